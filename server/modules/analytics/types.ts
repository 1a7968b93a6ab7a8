import type { Window } from '../../../core/analytics/window.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { Sums } from '../../../core/analytics/tree.ts'
import type { CategoryNode } from '../budgets/index.ts'

/** What someone looks at: days, and which lines among them. `categories` null: all of them. */
export type Scope = {
  readonly window: Window
  readonly currency: string
  readonly accountId: string | null
  /** As it was asked: a category, or null for what has none; undefined for all. */
  readonly categoryId: string | null | undefined
  /** That category with those below it. */
  readonly categories: readonly string[] | null
}

export type Flow = 'income' | 'spending'

/** Sums of a flow by what they are about, in the company's currency. Spending is positive. */
export type Account = { readonly id: string; readonly name: string; readonly currency: string; readonly isArchived: boolean }
export type MerchantSums = Sums & { readonly id: string | null; readonly name: string | null; readonly lastOn: LocalDate }
export type ForeignSums = { readonly currency: string; readonly income: bigint; readonly spending: bigint; readonly lines: number }
export type Head = { readonly scope: Scope; readonly foreign: readonly ForeignSums[] }
export type DaySums = { readonly on: LocalDate; readonly income: bigint; readonly spending: bigint }
export type LineRow = { readonly lineId: string; readonly bookedOn: LocalDate; readonly label: string; readonly amount: bigint }
export type Tree = readonly CategoryNode[]
