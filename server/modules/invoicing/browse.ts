import type { InvoiceQuery } from '../../../contract/invoicing.ts'
import { parseDate } from '../../../core/kernel/local-date.ts'
import { type Mention, mentionsOf } from '../../../core/invoice/mentions.ts'
import { invoiceNumber, seriesOf } from '../../../core/invoice/number.ts'
import type { App } from '../../platform/app.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { creditedBy, findInvoice, type InvoicePayment, listInvoices, paymentsOf, peekNumber } from './store.ts'
import type { Invoice, InvoiceRow } from './types.ts'

/** An invoice with what surrounds it: its mentions, the credit notes on it, the number it would take while it is a draft. */
export type InvoiceDetail = { readonly invoice: Invoice & InvoiceRow; readonly mentions: readonly Mention[]; readonly creditedByIds: readonly string[]; readonly nextNumber: string | null; readonly payments: readonly InvoicePayment[] }

/** One page of sales invoices, drafts first, then latest first. */
export async function browseInvoices(app: App, ctx: Context, query: Omit<InvoiceQuery, 'cursor' | 'limit'> & { after: { issuedOn: string; id: string } | null; limit: number }): Promise<InvoiceRow[]> {
  authorize(ctx, 'invoice.read')
  return app.db.tenant(ctx, (tx) => listInvoices(tx, {
    status: query.status ?? null, open: query.open ?? false, overdue: query.overdue ?? false, customerId: query.customerId ?? null, search: query.search?.trim() || null,
    from: query.from === undefined ? null : parseDate(query.from) ?? null, to: query.to === undefined ? null : parseDate(query.to) ?? null,
    today: ctx.today, after: query.after, limit: query.limit,
  }))
}

/** One invoice, whole. Refuses NOT_FOUND. */
export async function readInvoice(app: App, ctx: Context, id: string): Promise<InvoiceDetail> {
  authorize(ctx, 'invoice.read')
  return app.db.tenant(ctx, (tx) => detailOf(tx, ctx, id))
}

async function detailOf(tx: TenantTx, ctx: Context, id: string): Promise<InvoiceDetail> {
  const invoice = await findInvoice(tx, id)
  if (!invoice) throw new Refusal('NOT_FOUND')
  const credited = invoice.creditsId === null ? undefined : await findInvoice(tx, invoice.creditsId)
  const mentions = mentionsOf({
    vatDueOn: invoice.vatDueOn, natures: invoice.lines.map((line) => line.nature), hasVat: invoice.vat !== 0n, kind: invoice.kind, creditedNumber: credited?.number ?? null,
  })
  const number = invoice.status === 'draft' ? await nextNumber(tx, ctx, invoice) : null
  return { invoice, mentions, creditedByIds: await creditedBy(tx, id), nextNumber: number, payments: await paymentsOf(tx, id) }
}

async function nextNumber(tx: TenantTx, ctx: Context, draft: Invoice): Promise<string> {
  const series = seriesOf(draft.kind, draft.issuedOn ?? ctx.today)
  return invoiceNumber(series, await peekNumber(tx, series))
}
