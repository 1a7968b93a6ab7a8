import type { Currency } from '../kernel/currency.ts'
import type { LocalDate } from '../kernel/local-date.ts'
import type { Money } from '../kernel/money.ts'

/** How money moved. */
export type PaymentMethod = 'card' | 'transfer' | 'direct_debit' | 'cheque' | 'cash' | 'fee' | 'interest'

/** What is known of a line before it is read. The sign of the amount is that of the account: negative when money goes out. */
export type RawLine = {
  readonly label: string
  readonly reference: string | null
  readonly counterpartyName: string | null
  readonly amount: bigint
  readonly currency: Currency
  readonly bookedOn: LocalDate
}

/** A value and where it comes from: `rule` is a name and a version, null for a field that the bank gives apart from the label. */
export type Found<T> = { readonly value: T; readonly rule: string | null; readonly confidence: number }

/** What a label says. Null: it does not say. */
export type LabelReading = {
  readonly merchant: Found<string> | null
  readonly counterparty: Found<string> | null
  readonly method: Found<PaymentMethod> | null
  readonly place: Found<string> | null
  readonly cardDate: Found<LocalDate> | null
  readonly original: Found<Money> | null
  readonly mandate: Found<string> | null
  readonly creditorId: Found<string> | null
  readonly reference: Found<string> | null
  readonly siren: Found<string> | null
}

/**
 * One way a bank writes a kind of operation, on a folded label (capitals, no accents, single spaces). The groups of the pattern
 * name what they hold: `who`, `day`, `reason`, `reference`, `mandate`, `creditor`, `number`.
 */
export type Shape = {
  readonly rule: string
  readonly method: PaymentMethod
  readonly pattern: RegExp
  readonly confidence: number
  /** How the digits of `day` stand; day before month when absent. */
  readonly dayOrder?: 'month-first'
  /** `who` may begin with the town. */
  readonly townFirst?: true
  /** `who` names nobody. */
  readonly nobody?: true
  /** `who` is followed by what the payer wrote, with nothing between. */
  readonly runsOn?: true
}
