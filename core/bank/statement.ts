import type { Currency } from '../kernel/currency.ts'
import type { LocalDate } from '../kernel/local-date.ts'
import type { Problem } from '../kernel/problem.ts'

/** How a statement names its account. `id` is the bank's own writing when it gives no IBAN. */
export type AccountName = { readonly iban: string | null; readonly id: string | null }

/** A balance the bank states for the end of a day. */
export type StatedBalance = { readonly date: LocalDate; readonly minor: bigint }

/** One movement of an account as the bank tells it. Amounts are signed minor units: positive comes in. */
export type StatementLine = {
  readonly bookedOn: LocalDate
  readonly valueOn: LocalDate | null
  readonly minor: bigint
  readonly currency: Currency
  /** Everything the bank says, joined in reading order. Never shortened. */
  readonly label: string
  /** End-to-end or remittance reference. */
  readonly reference: string | null
  readonly counterparty: { readonly name: string | null; readonly iban: string | null }
  /** The bank's own identifier of this movement, unique in its account when present. */
  readonly bankId: string | null
  readonly status: 'booked' | 'pending'
  /** 1-based line of the file where the record starts. */
  readonly line: number
  /** What was kept on the way as a fee, when the file says it: `minor` is what reached the account, `minor + fee` what was moved. */
  readonly fee?: bigint
  /** Where each field was seen, for documents that are looked at rather than parsed. */
  readonly evidence?: readonly FieldEvidence[]
}

/** A rectangle of a page, in points from its upper left corner. Pages count from 1. */
export type Place = { readonly page: number; readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** A field of a line as a document shows it: its text there, its place, and how sure the reading is (0 to 1). */
export type FieldEvidence = { readonly field: 'bookedOn' | 'valueOn' | 'amount' | 'label'; readonly text: string; readonly place: Place; readonly confidence: number }

/** One statement: an account, its stated balances, its lines. A balance the file does not give is null, never zero. */
export type Statement = {
  readonly account: AccountName
  readonly currency: Currency | null
  readonly opening: StatedBalance | null
  readonly closing: StatedBalance | null
  readonly lines: readonly StatementLine[]
}

/** What a reader gives as it goes: a statement opens, its lines follow, it closes; problems come where they are found. */
export type StatementRecord =
  | { readonly kind: 'open'; readonly account: AccountName; readonly currency: Currency | null; readonly opening: StatedBalance | null }
  | { readonly kind: 'line'; readonly line: StatementLine }
  | { readonly kind: 'close'; readonly opening: StatedBalance | null; readonly closing: StatedBalance | null; readonly currency: Currency | null }
  | { readonly kind: 'problem'; readonly problem: Problem }

/** `proven`: opening + lines = closing. `broken`: it does not. `unknown`: the file does not give both balances. */
export type Continuity = 'proven' | 'broken' | 'unknown'
