import type { LocalDate } from '../kernel/local-date.ts'
import type { BasisPoints } from '../kernel/rate.ts'
import type { Auxiliary, EntryDraft, LineDraft } from '../ledger/entry.ts'
import { signedLine } from '../ledger/signed.ts'
import { CUSTOMERS_ACCOUNT, revenueAccount, type VatDueOn, vatDueAccount, vatWaitingAccount, vatWaits } from './accounts.ts'
import type { Nature } from './totals.ts'
import type { WaitingVat } from './vat-release.ts'

/** The amounts of an issued document in the company's currency, signed: a credit note is negative throughout. */
export type PostedInvoice = {
  readonly number: string
  readonly issuedOn: LocalDate
  readonly customer: Auxiliary
  readonly gross: bigint
  readonly revenue: readonly { readonly nature: Nature; readonly net: bigint }[]
  readonly vat: readonly { readonly vatRate: BasisPoints; readonly nature: Nature; readonly amount: bigint }[]
  readonly vatDueOn: VatDueOn
}

/**
 * The entry of a sales invoice or credit note, journal VT: customer against revenue and TVA. TVA on services waits on
 * 44574 until it is paid unless the company opted for débits; every other TVA goes straight to 44571 (regulation: CGI art. 269).
 */
export function invoiceEntry(invoice: PostedInvoice): EntryDraft {
  const label = `${invoice.number} ${invoice.customer.name}`
  const customer = signedLine(CUSTOMERS_ACCOUNT, invoice.gross, { auxiliary: invoice.customer, label })
  const revenue = invoice.revenue.map(({ nature, net }) => signedLine(revenueAccount(nature), -net, { label }))
  const vat = invoice.vat.map(({ vatRate, nature, amount }) =>
    signedLine(vatWaits(nature, invoice.vatDueOn) ? vatWaitingAccount(vatRate) : vatDueAccount(vatRate), -amount, { label }))
  return { journal: 'VT', date: invoice.issuedOn, pieceRef: invoice.number, pieceDate: invoice.issuedOn, label, lines: [customer, ...revenue, ...vat].filter(isNotZero) }
}

/** What one bank line settles: signed amounts, money in is positive. The parts and the residual add up to what leaves 471. */
export type SettledLine = {
  readonly date: LocalDate
  readonly pieceRef: string
  readonly label: string
  readonly suspenseAccount: string
  readonly allocations: readonly { readonly customer: Auxiliary; readonly amount: bigint; readonly number: string }[]
  /** A fee, a discount, a rounding: positive when more came in than the invoices explain. Its parts, when it has several accounts, sum to it. */
  readonly residual: { readonly account: string; readonly amount: bigint; readonly parts?: readonly { readonly account: string; readonly amount: bigint }[] } | null
}

/** The entry that treats a bank line, journal BQ: clears 471 against the customers it pays, and books the residual. */
export function settlementEntry(line: SettledLine): EntryDraft {
  const explained = line.allocations.reduce((total, part) => total + part.amount, 0n) + (line.residual?.amount ?? 0n)
  const lines = [
    signedLine(line.suspenseAccount, explained, { label: line.label }),
    ...line.allocations.map((part) => signedLine(CUSTOMERS_ACCOUNT, -part.amount, { auxiliary: part.customer, label: `${part.number} ${part.customer.name}` })),
    ...(line.residual ? (line.residual.parts ?? [line.residual]).map(({ account, amount }) => signedLine(account, -amount, { label: line.label })) : []),
  ].filter(isNotZero)
  return { journal: 'BQ', date: line.date, pieceRef: line.pieceRef, pieceDate: line.date, label: line.label, lines }
}

/** The entry in journal RT that makes TVA due when a payment arrives: 44574 to 44571, rate by rate. */
export function vatReleaseEntry(document: { number: string; date: LocalDate; customerName: string }, released: readonly WaitingVat[]): EntryDraft {
  const label = `TVA sur encaissement ${document.number} ${document.customerName}`
  const lines = released.flatMap(({ vatRate, amount }) => [
    signedLine(vatWaitingAccount(vatRate), amount, { label }),
    signedLine(vatDueAccount(vatRate), -amount, { label }),
  ])
  return { journal: 'RT', date: document.date, pieceRef: document.number, pieceDate: document.date, label, lines }
}

function isNotZero(line: LineDraft): boolean {
  return line.debit !== 0n || line.credit !== 0n
}
