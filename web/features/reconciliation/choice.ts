import type { Invoice } from '../../../contract/invoicing.ts'
import type { NewMatch, Proposal, Suggestion } from '../../../contract/reconciliation.ts'
import { vatWaits } from '../../../core/invoice/accounts.ts'
import { settlementEntry } from '../../../core/invoice/posting.ts'
import { releasedVat } from '../../../core/invoice/vat-release.ts'
import { currency as currencyOf } from '../../../core/kernel/currency.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { absolute, formatAmount, sum } from '../../../core/kernel/money.ts'
import { parsePercent } from '../../../core/kernel/rate.ts'
import type { LineDraft } from '../../../core/ledger/entry.ts'
import { minorOf } from '../../lib/amounts.ts'

/** What of an invoice a line pays: minor units, signed as the line. */
export type Part = { readonly invoiceId: string; readonly number: string; readonly customerName: string; readonly amount: bigint }
/** What a person is about to accept for a line. A residual of null leaves the rest of the line to treat. */
export type Choice = { readonly parts: readonly Part[]; readonly residual: { readonly account: string; readonly amount: bigint } | null }

/** What the choice explains of the line: its parts and the difference that is posted. */
export function explainedBy({ parts, residual }: Choice): bigint {
  return sum(parts.map(({ amount }) => amount)) + (residual?.amount ?? 0n)
}

/** A proposal as a choice; what was paid too much stays on the waiting account and is not posted. */
export function choiceOf(proposal: Proposal, suspenseAccount: string | undefined): Choice {
  const { residual } = proposal
  const posted = residual && residual.kind !== 'overpayment' && residual.account !== suspenseAccount
  return {
    parts: proposal.allocations.map(({ invoiceId, number, customerName, amount }) => ({ invoiceId, number, customerName, amount: minorOf(amount.amount, amount.currency) })),
    residual: posted ? { account: residual.account, amount: minorOf(residual.amount.amount, residual.amount.currency) } : null,
  }
}

export function requestOf(lineId: string, choice: Choice, currency: string): NewMatch {
  const text = (minor: bigint) => formatAmount(minor, currencyOf(currency))
  return {
    lineId, allocations: choice.parts.map(({ invoiceId, amount }) => ({ invoiceId, amount: text(amount) })),
    residual: choice.residual && choice.residual.amount !== 0n ? { account: choice.residual.account, amount: text(choice.residual.amount) } : null,
  }
}

/** The entry that accepting would post, by the rule the server follows. */
export function postingOf(choice: Choice, { suspenseAccount, date, label }: { readonly suspenseAccount: string; readonly date: string; readonly label: string }): readonly LineDraft[] {
  return settlementEntry({
    date: date as LocalDate, pieceRef: '', label, suspenseAccount, residual: choice.residual,
    allocations: choice.parts.map(({ amount, number, customerName }) => ({ customer: { code: '', name: customerName }, amount, number })),
  }).lines
}

/** The TVA that a payment of an invoice makes due; zero when nothing waits for a payment. */
export function releasedBy(invoice: Invoice, amount: bigint): bigint {
  const minor = (money: { amount: string; currency: string }) => minorOf(money.amount, money.currency)
  const gross = minor(invoice.gross)
  if (gross === 0n) return 0n
  const before = gross - minor(invoice.open)
  const waiting = invoice.vatBreakdown.filter(({ nature }) => vatWaits(nature, invoice.vatDueOn)).flatMap(({ rate, amount: vat }) => {
    const vatRate = parsePercent(rate)
    return vatRate === undefined ? [] : [{ vatRate, amount: minor(vat) }]
  })
  return sum(releasedVat(waiting, { gross, before, after: before + amount }).map((share) => share.amount))
}

/**
 * The lines to treat once a choice is accepted, before the server says so: the line loses what is explained and goes when nothing
 * is left, and no other line may be offered what its invoices no longer owe.
 */
export function withoutAccepted(items: readonly Suggestion[], lineId: string, choice: Choice): Suggestion[] {
  const taken = new Map<string, bigint>()
  for (const { invoiceId, amount } of choice.parts) taken.set(invoiceId, (taken.get(invoiceId) ?? 0n) + amount)
  return items.flatMap(({ line, proposals }) => {
    if (line.id !== lineId) return [{ line, proposals: proposals.flatMap((proposal) => stillPossible(proposal, taken)) }]
    const { currency } = line.toTreat
    const left = minorOf(line.toTreat.amount, currency) - explainedBy(choice)
    return left === 0n ? [] : [{ line: { ...line, state: 'part_treated' as const, toTreat: { amount: formatAmount(left, currencyOf(currency)), currency } }, proposals: [] }]
  })
}

function stillPossible(proposal: Proposal, taken: ReadonlyMap<string, bigint>): Proposal[] {
  const allocations = proposal.allocations.map((part) => {
    const less = taken.get(part.invoiceId)
    return less === undefined ? part : { ...part, open: { ...part.open, amount: formatAmount(minorOf(part.open.amount, part.open.currency) - less, currencyOf(part.open.currency)) } }
  })
  const fits = allocations.every(({ open, amount }) => absolute(minorOf(amount.amount, amount.currency)) <= absolute(minorOf(open.amount, open.currency)))
  return fits ? [{ ...proposal, allocations }] : []
}

/**
 * The invoices to set aside when a proposal is refused. Of a payment of several invoices, those that no other proposal needs:
 * refusing the group must not refuse each invoice by itself. When every one is needed elsewhere, all of them.
 */
export function refusedInvoices(proposals: readonly Proposal[], index: number): string[] {
  const own = proposals[index]?.allocations.map(({ invoiceId }) => invoiceId) ?? []
  const elsewhere = new Set(proposals.filter((_, place) => place !== index).flatMap(({ allocations }) => allocations.map(({ invoiceId }) => invoiceId)))
  const alone = own.filter((id) => !elsewhere.has(id))
  return alone.length > 0 ? alone : own
}
