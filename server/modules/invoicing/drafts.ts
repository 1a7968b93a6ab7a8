import type { NewInvoice } from '../../../contract/invoicing.ts'
import type { InvoiceId } from '../../../core/kernel/id.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { parseDate } from '../../../core/kernel/local-date.ts'
import { problem } from '../../../core/kernel/problem.ts'
import type { App } from '../../platform/app.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { vatRegimeOf } from '../identity/index.ts'
import { customersById } from '../party/index.ts'
import { contentOf, readLines } from './content.ts'
import { deleteDraft, findInvoice, insertInvoices, replaceDraft } from './store.ts'
import type { Invoice } from './types.ts'

/** Writes a new draft. It has no number and no entry until it is issued. Refuses NOT_FOUND (customer), INVOICE_INVALID. */
export async function createInvoice(app: App, ctx: Context, input: NewInvoice): Promise<InvoiceId> {
  authorize(ctx, 'invoice.write')
  return app.db.tenant(ctx, async (tx) => {
    const draft = await buildDraft(tx, ctx, { id: uuidv7() as InvoiceId, input })
    await insertInvoices(tx, [draft], ctx.userId)
    await appendEvent(tx, ctx, { kind: 'invoice.changed', subject: draft.id, data: {} })
    await recordAudit(tx, ctx, { action: 'invoice.create', subjectKind: 'invoice', subjectId: draft.id, before: null, after: trace(draft) })
    return draft.id
  })
}

/** Replaces the content of a draft. Refuses NOT_FOUND, INVOICE_ALREADY_ISSUED, INVOICE_INVALID. */
export async function changeInvoice(app: App, ctx: Context, change: { id: string; input: NewInvoice }): Promise<void> {
  authorize(ctx, 'invoice.write')
  await app.db.tenant(ctx, async (tx) => {
    const before = await loadDraft(tx, change.id)
    if (before.kind === 'credit_note') throw new Refusal('INVOICE_INVALID', {}, [problem('CREDIT_NOTE_FIXED', { fr: 'Un avoir reprend les lignes de sa facture.', en: 'A credit note takes the lines of its invoice.' })])
    const after = await buildDraft(tx, ctx, { id: before.id, input: change.input })
    await replaceDraft(tx, after)
    await appendEvent(tx, ctx, { kind: 'invoice.changed', subject: before.id, data: {} })
    await recordAudit(tx, ctx, { action: 'invoice.update', subjectKind: 'invoice', subjectId: before.id, before: trace(before), after: trace(after) })
  })
}

/** Removes a draft; nothing is lost of what was issued. Refuses NOT_FOUND, INVOICE_ALREADY_ISSUED. */
export async function removeInvoice(app: App, ctx: Context, id: string): Promise<void> {
  authorize(ctx, 'invoice.write')
  await app.db.tenant(ctx, async (tx) => {
    const before = await loadDraft(tx, id)
    await deleteDraft(tx, id)
    await appendEvent(tx, ctx, { kind: 'invoice.changed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'invoice.delete', subjectKind: 'invoice', subjectId: id, before: trace(before), after: null })
  })
}

/** A draft, locked. Refuses NOT_FOUND and INVOICE_ALREADY_ISSUED. */
export async function loadDraft(tx: TenantTx, id: string): Promise<Invoice> {
  const invoice = await findInvoice(tx, id, { lock: true })
  if (!invoice) throw new Refusal('NOT_FOUND')
  if (invoice.status !== 'draft') throw new Refusal('INVOICE_ALREADY_ISSUED', { number: invoice.number ?? '' })
  return invoice
}

async function buildDraft(tx: TenantTx, ctx: Context, { id, input }: { id: InvoiceId; input: NewInvoice }): Promise<Invoice> {
  const [customer] = await customersById(tx, [input.customerId])
  if (!customer) throw new Refusal('NOT_FOUND')
  const content = contentOf(readLines(input.lines), ctx.currency)
  return {
    id, kind: 'invoice', status: 'draft', origin: 'quittance', number: null, customerId: customer.id, customerSnapshot: null,
    issuedOn: readDay(input.issuedOn, 'issuedOn'), dueOn: readDay(input.dueOn, 'dueOn'), currency: ctx.currency, vatDueOn: await vatRegimeOf(tx),
    ...content, baseNet: content.net, baseVat: content.vat, baseGross: content.gross,
    creditsId: null, settled: 0n, entryId: null, orderReference: input.orderReference ?? null, note: input.note ?? null, externalId: null,
  }
}

function readDay(text: string | null | undefined, field: string): LocalDate | null {
  if (text === null || text === undefined) return null
  const day = parseDate(text)
  if (!day) throw new Refusal('INVOICE_INVALID', {}, [problem('DATE_UNREADABLE', { fr: `La date « ${text} » n'existe pas.`, en: `The date "${text}" does not exist.` }, { field })])
  return day
}

/** What the audit log keeps of an invoice. */
export function trace(invoice: Invoice): Record<string, unknown> {
  return {
    kind: invoice.kind, status: invoice.status, number: invoice.number, customerId: invoice.customerId, issuedOn: invoice.issuedOn, dueOn: invoice.dueOn, currency: invoice.currency,
    net: invoice.net.toString(), vat: invoice.vat.toString(), gross: invoice.gross.toString(), settled: invoice.settled.toString(), lines: invoice.lines.length,
  }
}
