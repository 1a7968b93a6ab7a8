import { assert } from '../../../core/kernel/assert.ts'
import { absolute, formatAmount, money, toJson } from '../../../core/kernel/money.ts'
import { vatWaits } from '../../../core/invoice/accounts.ts'
import { releasedVat, type WaitingVat } from '../../../core/invoice/vat-release.ts'
import type { Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvents, type EventOf } from '../../platform/events/index.ts'
import { lockInvoices, saveSettlements, vatOf } from './store.ts'
import type { InvoiceRow, InvoiceStatus } from './types.ts'

/** An amount put on an invoice: signed minor units of the company's currency, same sign as the invoice. */
export type Allocation = { readonly invoiceId: string; readonly amount: bigint }

/**
 * What an allocation did: the invoice as it was, all the TVA per rate that is due now that it is settled so far (who releases it
 * takes off what was released before), whether it is now fully settled.
 */
export type SettledInvoice = { readonly invoice: InvoiceRow; readonly amount: bigint; readonly due: readonly WaitingVat[]; readonly isSettled: boolean }

/**
 * Puts payments on issued invoices within the caller's transaction and answers the TVA that is then due. Invoices are
 * locked in the order of their ids. Refuses NOT_FOUND, INVOICE_NOT_ISSUED, MATCH_CURRENCY_DIFFERS, MATCH_EXCEEDS_INVOICE.
 */
export async function settle(tx: TenantTx, ctx: Context, allocations: readonly Allocation[]): Promise<SettledInvoice[]> {
  return move(tx, ctx, allocations.map((allocation) => ({ ...allocation, direction: 1n })))
}

/** Takes payments back; the answer's TVA is what stays due. */
export async function unsettle(tx: TenantTx, ctx: Context, allocations: readonly Allocation[]): Promise<SettledInvoice[]> {
  return move(tx, ctx, allocations.map((allocation) => ({ ...allocation, direction: -1n })))
}

async function move(tx: TenantTx, ctx: Context, moves: readonly (Allocation & { direction: 1n | -1n })[]): Promise<SettledInvoice[]> {
  const invoices = new Map((await lockInvoices(tx, moves.map((one) => one.invoiceId))).map((invoice) => [invoice.id as string, invoice]))
  const shares = await vatOf(tx, [...invoices.keys()])
  const settled = moves.map(({ invoiceId, amount, direction }): SettledInvoice & { after: bigint } => {
    const invoice = invoices.get(invoiceId)
    if (!invoice) throw new Refusal('NOT_FOUND')
    check(invoice, ctx, { amount, direction })
    const after = invoice.settled + amount * direction
    const waiting = (shares.get(invoice.id) ?? []).filter((share) => vatWaits(share.nature, invoice.vatDueOn)).map((share) => ({ vatRate: share.vatRate, amount: share.baseAmount }))
    const { gross } = invoice
    return { invoice, amount, after, isSettled: after === gross, due: releasedVat(waiting, { gross, before: 0n, after }) }
  })
  await saveSettlements(tx, settled.map(({ invoice, after }) => ({ id: invoice.id, settled: after, status: statusOf(invoice.gross, after) })))
  await appendEvents(tx, ctx, settled.map(({ invoice, after }, index) => eventOf(invoice, after, moves[index]!.direction)))
  return settled
}

/** What a payment, or its undoing, changed for who follows the invoice. */
function eventOf(invoice: InvoiceRow, after: bigint, direction: 1n | -1n): EventOf<'invoice.paid' | 'invoice.part_paid' | 'invoice.reopened'> {
  const amount = (minor: bigint) => toJson(money(minor, invoice.currency))
  const kind = direction === -1n ? 'invoice.reopened' : after === invoice.gross ? 'invoice.paid' : 'invoice.part_paid'
  return { kind, subject: invoice.id, data: { number: invoice.number ?? '', total: amount(invoice.gross), open: amount(invoice.gross - after) } }
}

function check(invoice: InvoiceRow, ctx: Context, { amount, direction }: { amount: bigint; direction: 1n | -1n }): void {
  const number = invoice.number ?? ''
  if (invoice.status === 'draft') throw new Refusal('INVOICE_NOT_ISSUED')
  if (invoice.currency !== ctx.currency) throw new Refusal('MATCH_CURRENCY_DIFFERS', { number })
  const open = invoice.gross - invoice.settled
  if (direction === 1n && (amount > 0n !== invoice.gross > 0n || absolute(amount) > absolute(open))) {
    throw new Refusal('MATCH_EXCEEDS_INVOICE', { number, open: formatAmount(open, ctx.currency) })
  }
  assert(direction === 1n || absolute(amount) <= absolute(invoice.settled), 'a payment is taken back once')
}

function statusOf(gross: bigint, settled: bigint): InvoiceStatus {
  if (settled === gross) return 'paid'
  return settled === 0n ? 'issued' : 'part_paid'
}
