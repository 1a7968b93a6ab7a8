import type { AmountSince, CarryOver, PeriodSums } from '../../../core/budget/carry.ts'
import type { Schedule, Span } from '../../../core/budget/period.ts'
import type { Figures, Standing } from '../../../core/budget/progress.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { RecurringFlag } from '../../../core/recurring/state.ts'
import type { Rhythm } from '../../../core/recurring/rhythm.ts'

/** A budget as it was decided. `categoryId` null: all spending. Amounts are minor units of the company's currency. */
export type Budget = Schedule & {
  readonly id: string
  readonly name: string
  readonly categoryId: string | null
  readonly categoryName: string | null
  readonly carryOver: CarryOver
  readonly amounts: readonly AmountSince[]
  readonly version: number
  readonly createdAt: string
}

/** A category in its tree. */
export type CategoryNode = { readonly id: string; readonly parentId: string | null; readonly name: string; readonly kind: 'income' | 'expense' | 'transfer' }

/** A payment expected in a period, and which series it is of. */
export type Expected = { readonly recurringId: string; readonly name: string; readonly dueOn: LocalDate; readonly amount: bigint }

/** One period of a budget with its figures. */
export type BudgetPeriodView = { readonly span: Span; readonly sums: PeriodSums; readonly figures: Figures; readonly standing: Standing; readonly expected: readonly Expected[] }
export type BudgetView = Budget & { readonly amount: bigint; readonly current: BudgetPeriodView | null }

export type Alert = {
  readonly id: string
  readonly budgetId: string
  readonly budgetName: string
  readonly categoryId: string | null
  readonly categoryName: string | null
  readonly from: LocalDate
  readonly to: LocalDate
  readonly threshold: 80 | 100
  readonly spent: bigint
  readonly available: bigint
  readonly lineId: string | null
  readonly raisedAt: string
  readonly dismissedAt: string | null
  readonly dismissedBy: string | null
}

/** A stored series of payments that come back; amounts are positive minor units. */
export type Recurring = {
  readonly id: string
  readonly key: string
  readonly accountId: string
  readonly merchantId: string | null
  readonly merchantName: string | null
  readonly categoryId: string | null
  readonly categoryName: string | null
  /** Which way its latest line flows, and in which category: what budgets expect of it. */
  readonly flow: 'income' | 'spending' | 'transfer'
  readonly name: string
  readonly direction: 'in' | 'out'
  readonly currency: string
  readonly rhythm: Rhythm
  readonly usual: bigint
  readonly low: bigint
  readonly high: bigint
  readonly lastAmount: bigint
  readonly firstOn: LocalDate
  readonly lastOn: LocalDate
  readonly nextOn: LocalDate | null
  readonly recentDays: readonly LocalDate[]
  readonly occurrences: number
  readonly confidence: number
  readonly state: 'active' | 'ended'
  readonly flags: readonly RecurringFlag[]
  readonly decision: 'confirmed' | 'dismissed' | null
}
