import type { Currency } from '../../../core/kernel/currency.ts'
import type { CustomerId, EntryId, InvoiceId } from '../../../core/kernel/id.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { BasisPoints } from '../../../core/kernel/rate.ts'
import type { VatDueOn } from '../../../core/invoice/accounts.ts'
import type { InvoiceKind } from '../../../core/invoice/number.ts'
import type { InvoiceLine, Nature } from '../../../core/invoice/totals.ts'

export type InvoiceStatus = 'draft' | 'issued' | 'part_paid' | 'paid' | 'credited'
export type InvoiceOrigin = 'quittance' | 'taken_over' | 'imported'

/** What the document says of the customer, fixed on the day of issue. */
export type CustomerSnapshot = { readonly code: string; readonly name: string; readonly siren: string | null; readonly vatNumber: string | null; readonly address: string | null; readonly postalCode: string | null; readonly city: string | null; readonly country: string }

/** The head of an invoice. Amounts are signed minor units: a credit note is negative; `base*` are in the company's currency. */
export type InvoiceHead = {
  readonly id: InvoiceId
  readonly kind: InvoiceKind
  readonly status: InvoiceStatus
  readonly origin: InvoiceOrigin
  readonly number: string | null
  readonly customerId: CustomerId
  readonly customerSnapshot: CustomerSnapshot | null
  readonly issuedOn: LocalDate | null
  readonly dueOn: LocalDate | null
  readonly currency: Currency
  readonly net: bigint
  readonly vat: bigint
  readonly gross: bigint
  readonly baseNet: bigint
  readonly baseVat: bigint
  readonly baseGross: bigint
  readonly vatDueOn: VatDueOn
  readonly creditsId: InvoiceId | null
  readonly settled: bigint
  readonly entryId: EntryId | null
  readonly orderReference: string | null
  readonly note: string | null
  readonly externalId: string | null
}

export type StoredLine = InvoiceLine & { readonly net: bigint }
export type StoredVat = { readonly vatRate: BasisPoints; readonly nature: Nature; readonly basis: bigint; readonly amount: bigint; readonly baseAmount: bigint }

/** A whole invoice, as written and read at once. */
export type Invoice = InvoiceHead & { readonly lines: readonly StoredLine[]; readonly vatShares: readonly StoredVat[] }

/** A head as lists show it: with the customer's present code and name, and its version. */
export type InvoiceRow = InvoiceHead & { readonly customerName: string; readonly customerCode: string; readonly version: number }
