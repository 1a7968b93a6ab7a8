import type { Currency } from '../kernel/currency.ts'
import type { LocalDate } from '../kernel/local-date.ts'
import type { Text } from '../kernel/problem.ts'

/** A customer or a supplier as matching needs it. IBANs are compared without spaces. */
export type Party = { readonly id: string; readonly name: string; readonly iban: string | null }

/**
 * An invoice or credit note with something left to settle.
 * `open` is in minor units of the bank account's currency, signed as the bank line that settles it would be:
 * positive for a sale or a supplier's credit note, negative for a purchase or a customer's credit note.
 * `gross` is the total in the invoice's own currency, always positive.
 */
export type OpenInvoice = {
  readonly id: string
  readonly number: string
  readonly partyId: string
  readonly issuedOn: LocalDate
  readonly dueOn: LocalDate | null
  readonly currency: Currency
  readonly gross: bigint
  readonly open: bigint
  /** For an invoice with nothing left: what it was settled with (signed like `open`) and when, so that a second payment or a rejection is recognised. */
  readonly settled?: { readonly minor: bigint; readonly on: LocalDate }
}

/** The bank line to explain. `minor` is signed: positive comes in. */
export type PaymentLine = {
  readonly id: string
  readonly bookedOn: LocalDate
  readonly minor: bigint
  readonly currency: Currency
  readonly label: string
  readonly reference: string | null
  readonly counterparty: { readonly name: string | null; readonly iban: string | null }
}

/** How the money came; a cheque or a card charge is one part of a bank line. */
export type Channel = 'transfer' | 'debit' | 'cheque' | 'card'

/** What was learnt from a confirmed match: which party hides behind a payer's wording, and when it was last seen. */
export type Alias = { readonly partyId: string; readonly lastSeenOn: LocalDate; readonly times: number }

/** How a party usually pays: days after the due date (mean), and how often through each channel. */
export type Habit = { readonly delayDays: number; readonly payments: number; readonly channels: Readonly<Partial<Record<Channel, number>>> }

/** What earlier confirmed matches taught. Aliases are keyed by `payerKey(line)`, habits by party. */
export type Memory = { readonly aliases: ReadonlyMap<string, Alias>; readonly habits: ReadonlyMap<string, Habit> }

/** Why the money and the invoices differ, so that the difference can be posted to the right account. */
export type ResidualKind = 'bank_fee' | 'processor_fee' | 'discount' | 'rounding' | 'exchange' | 'overpayment'

/** One ground of a proposal, in words a person can check. */
export type Reason = { readonly code: ReasonCode; readonly text: Text }

export type ReasonCode =
  | 'REFERENCE' | 'REFERENCE_PARTIAL' | 'REFERENCE_TYPO' | 'REFERENCE_CUT' | 'REFERENCE_OTHER'
  | 'IBAN' | 'PAYER_NAME' | 'PAYER_NAME_NEAR' | 'PAYER_KNOWN' | 'PAYER_OTHER'
  | 'AMOUNT_EXACT' | 'AMOUNT_SUM' | 'AMOUNT_PART' | 'AMOUNT_FOREIGN' | 'CREDIT_NETTED'
  | 'BANK_FEE' | 'PROCESSOR_FEE' | 'DISCOUNT' | 'ROUNDING' | 'EXCHANGE' | 'OVERPAYMENT'
  | 'SLIP' | 'PAYOUT' | 'REJECTED' | 'PAID_TWICE' | 'SEVERAL_ALIKE'

/** Money of the line given to one invoice, signed as the line; a rejected debit gives back what it had settled. */
export type Allocation = { readonly invoiceId: string; readonly minor: bigint }

/** `minor` is what the line holds beyond (or below) its allocations: line = allocations + residual. */
export type Residual = { readonly kind: ResidualKind; readonly minor: bigint }

/**
 * One explanation of a line. `confidence` is calibrated: among proposals at 0.9, nine in ten are right.
 * `automatic` is true at or above AUTOMATIC_THRESHOLD. No allocation at all means the line is recognised and settles nothing (paid twice).
 */
export type Proposal = {
  readonly allocations: readonly Allocation[]
  readonly residual: Residual | null
  readonly confidence: number
  readonly automatic: boolean
  readonly reasons: readonly Reason[]
}
