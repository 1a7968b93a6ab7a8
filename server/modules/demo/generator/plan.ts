import type { Currency } from '../../../../core/kernel/currency.ts'
import type { LocalDate } from '../../../../core/kernel/local-date.ts'
import type { BasisPoints } from '../../../../core/kernel/rate.ts'
import type { Nature } from '../../../../core/invoice/totals.ts'
import type { LineDraft } from '../../../../core/ledger/entry.ts'

/** A customer of a demonstration company. `key` is its identifier in the company's earlier tool. */
export type DemoCustomer = {
  readonly key: string
  readonly name: string
  readonly siren: string | null
  readonly iban: string | null
  readonly email: string
  readonly address: string
  readonly postalCode: string
  readonly city: string
  readonly paymentDays: number
}

export type DemoInvoiceLine = { readonly description: string; readonly quantity: string; readonly unitPrice: string; readonly vatRate: BasisPoints; readonly nature: Nature }

/**
 * How a document comes into the books: `taken_over` (open when the company came to the product), `posted` (issued by the tool
 * it used before), `issued` here, `draft`.
 */
export type DemoOrigin = 'taken_over' | 'posted' | 'issued' | 'draft'

/** A sales document. Amounts are signed minor units: a credit note is negative. `number` is null for what the product numbers itself. */
export type DemoInvoice = {
  readonly key: string
  readonly kind: 'invoice' | 'credit_note'
  readonly origin: DemoOrigin
  readonly number: string | null
  readonly customer: DemoCustomer
  readonly issuedOn: LocalDate
  readonly dueOn: LocalDate
  readonly lines: readonly DemoInvoiceLine[]
  readonly net: bigint
  readonly vat: bigint
  readonly gross: bigint
  readonly shares: readonly { readonly vatRate: BasisPoints; readonly nature: Nature; readonly basis: bigint; readonly amount: bigint }[]
  readonly orderReference: string | null
}

/** A credit note that cancels an invoice issued here. */
export type DemoCredit = { readonly invoice: DemoInvoice; readonly on: LocalDate; readonly reason: string }

/** An entry of the books that no bank line makes: opening, purchase, payroll, tax. */
export type DemoEntry = { readonly journal: string; readonly date: LocalDate; readonly pieceRef: string; readonly label: string; readonly lines: readonly LineDraft[]; readonly isOpening?: boolean }

/** What a bank line pays: invoices, or accounts of the ledger. The parts add up to the line; nothing is said of what is left to treat. */
export type DemoMeaning =
  | { readonly kind: 'payment'; readonly parts: readonly { readonly invoice: DemoInvoice; readonly amount: bigint }[]; readonly residual: { readonly account: string; readonly amount: bigint } | null }
  | { readonly kind: 'entry'; readonly label: string; readonly counterparts: readonly LineDraft[] }

/** One movement of the bank account. `words` is its 31-character label, `details` what the bank adds. */
export type DemoBankLine = {
  readonly on: LocalDate
  readonly amount: bigint
  readonly words: string
  readonly details: { readonly name?: string; readonly iban?: string; readonly remittance?: string; readonly reference?: string }
  readonly meaning: DemoMeaning
}

export type DemoBankAccount = { readonly name: string; readonly iban: string | null; readonly writing: string; readonly opening: bigint }

/** A month of a company, or an older quarter: told one after the other, so that numbers follow days. No step holds days of two years. */
export type DemoStep = {
  /** "2026-10" or "2025-T3". */
  readonly name: string
  readonly startsOn: LocalDate
  readonly endsOn: LocalDate
  readonly statement: { readonly fileName: string; readonly bytes: Uint8Array } | null
  /** In the order of the statement. */
  readonly bankLines: readonly DemoBankLine[]
  readonly invoices: readonly DemoInvoice[]
  readonly credits: readonly DemoCredit[]
  readonly entries: readonly DemoEntry[]
}

/** A whole company, ready to be told to the product's own use-cases. */
export type DemoCompany = {
  readonly name: string
  readonly currency: Currency
  readonly years: readonly { readonly startsOn: LocalDate; readonly endsOn: LocalDate }[]
  readonly account: DemoBankAccount
  readonly opening: readonly DemoEntry[]
  readonly takenOver: readonly DemoInvoice[]
  readonly steps: readonly DemoStep[]
  /** From these days on bank lines are left for the person to treat: what customers pay, and the others. */
  readonly treatedBefore: { readonly customers: LocalDate; readonly others: LocalDate }
  /** Periods that end before this day are locked. */
  readonly lockedBefore: LocalDate
}
