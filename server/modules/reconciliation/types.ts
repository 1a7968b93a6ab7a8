import type { BankLineId, EntryId, InvoiceId, MatchId } from '../../../core/kernel/id.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { Text } from '../../../core/kernel/problem.ts'
import type { WaitingVat } from '../../../core/invoice/vat-release.ts'

/** One ground of a match, in words: those of its proposal, or that a person chose. */
export type MatchReason = { readonly code: string; readonly text: Text }

/** One of several accounts a residual goes to: a category, its TVA, the next category. Signed as the line. */
export type ResidualPart = { readonly account: string; readonly amount: bigint }

/** The difference of a match that is posted: a fee, a discount, a rounding. Signed as the line. `parts`, when it has several accounts, sum to it. */
export type PostedResidual = { readonly account: string; readonly amount: bigint; readonly parts?: readonly ResidualPart[] }

/** Why a match was made: its calibrated probability when it was proposed, and the grounds. */
export type Evidence = { readonly confidence: number | null; readonly automatic: boolean; readonly reasons: readonly MatchReason[] }

/** What of an invoice a match settles; signed minor units. `lineN` is its line in the entry of the match. */
export type StoredAllocation = {
  readonly matchId: MatchId
  readonly invoiceId: InvoiceId
  readonly amount: bigint
  readonly vatReleased: bigint
  readonly vatShares: readonly WaitingVat[]
  readonly vatEntryId: EntryId | null
  readonly lineN: number
}

/** A match as it is stored. */
export type MatchRow = {
  readonly id: MatchId
  readonly lineId: BankLineId
  readonly status: 'active' | 'undone'
  readonly confidence: string | null
  readonly automatic: boolean
  readonly reasons: readonly MatchReason[]
  readonly residual: bigint
  readonly residualAccount: string | null
  readonly entryId: EntryId
  readonly undoEntryId: EntryId | null
  readonly createdAt: string
  readonly undoneAt: string | null
}

/** A match as lists tell it, with its line and its invoices. */
export type MatchView = MatchRow & {
  readonly lineLabel: string
  readonly bookedOn: LocalDate
  readonly lineAmount: bigint
  readonly currency: Currency
  readonly allocations: readonly { readonly invoiceId: InvoiceId; readonly number: string; readonly customerName: string; readonly amount: bigint; readonly vatReleased: bigint }[]
}
