import { withBelow } from '../../../core/analytics/tree.ts'
import { amountOn, followCarry, type PeriodSums } from '../../../core/budget/carry.ts'
import { periodAt, periodsUpTo, type Span } from '../../../core/budget/period.ts'
import { type DaySpent, figuresOf, type Standing } from '../../../core/budget/progress.ts'
import { earlier, later, type LocalDate } from '../../../core/kernel/local-date.ts'
import { sum } from '../../../core/kernel/money.ts'
import { datesWithin } from '../../../core/recurring/state.ts'
import type { Context } from '../../platform/access/context.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { categoryNodes, type DaySum, type MonthSum, spentByDay, spentByMonth } from './flow-store.ts'
import { allRecurring } from './recurring-store.ts'
import type { Budget, BudgetPeriodView, BudgetView, CategoryNode, Expected, Recurring } from './types.ts'

/** What the figures of budgets are made of. */
type Ground = { readonly nodes: readonly CategoryNode[]; readonly days: readonly DaySum[]; readonly months: readonly MonthSum[]; readonly recurring: readonly Recurring[]; readonly today: LocalDate }

/** The categories a budget counts; null when it counts everything. */
export function categoriesOf(budget: Pick<Budget, 'categoryId'>, nodes: readonly CategoryNode[]): ReadonlySet<string> | null {
  return budget.categoryId === null ? null : new Set(withBelow(nodes, budget.categoryId))
}

const counts = (categories: ReadonlySet<string> | null, categoryId: string | null): boolean => categories === null || (categoryId !== null && categories.has(categoryId))

/** What is still expected of a budget in a period, soonest first. A payment that is late is expected today. */
function expectedIn(span: Span, categories: ReadonlySet<string> | null, { recurring, today }: Ground): Expected[] {
  if (span.to < today) return []
  return recurring.filter((series) => series.flow === 'spending' && series.direction === 'out' && series.decision !== 'dismissed' && counts(categories, series.categoryId))
    .flatMap((series) => datesWithin({ rhythm: series.rhythm, days: series.recentDays, nextOn: series.nextOn }, today, span.to).filter((on) => on >= span.from)
      .map((dueOn) => ({ recurringId: series.id, name: series.name, dueOn, amount: series.usual })))
    .toSorted((a, b) => (a.dueOn === b.dueOn ? (a.name < b.name ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1))
}

function daysIn(span: Span, categories: ReadonlySet<string> | null, days: readonly DaySum[]): DaySpent[] {
  return days.filter(({ on, categoryId }) => on >= span.from && on <= span.to && counts(categories, categoryId)).map(({ on, spent, recurring }) => ({ on, spent, recurring }))
}

/** What was spent in each earlier period, and what they carried into this one. */
function sumsOf(budget: Budget, span: Span, { spent, categories, months }: { readonly spent: bigint; readonly categories: ReadonlySet<string> | null; readonly months: readonly MonthSum[] }): PeriodSums[] {
  const mine = months.filter(({ categoryId }) => counts(categories, categoryId))
  const periods = periodsUpTo(budget, span).map((period) => ({
    amount: amountOn(budget.amounts, period.from),
    spent: period.from === span.from ? spent : sum(mine.filter(({ month }) => month >= period.from && month <= period.to).map((one) => one.spent)),
  }))
  return followCarry(budget.carryOver, periods)
}

function viewOf(budget: Budget, span: Span, ground: Ground): BudgetPeriodView {
  const categories = categoriesOf(budget, ground.nodes)
  const days = daysIn(span, categories, ground.days)
  const sums = sumsOf(budget, span, { spent: sum(days.map(({ spent }) => spent)), categories, months: ground.months }).at(-1)!
  const expected = expectedIn(span, categories, ground)
  const standing: Standing = { span, today: ground.today, available: sums.available, days, commitments: expected }
  return { span, sums, figures: figuresOf(standing), standing, expected }
}

type Asked = { readonly budget: Budget; readonly span: Span }

/** The days that hold all of these. */
const around = (spans: readonly Span[]): Span | undefined => (spans[0] ? spans.reduce((all, one) => ({ from: earlier(all.from, one.from), to: later(all.to, one.to) })) : undefined)

/** The days whose spending must be known before the periods asked for: only a budget that carries over looks back. */
function lookBack(asked: readonly Asked[]): Span | undefined {
  return around(asked.flatMap(({ budget, span }) => (budget.carryOver === 'none' ? [] : periodsUpTo(budget, span).slice(0, -1))))
}

async function groundOf(tx: TenantTx, ctx: Context, asked: readonly Asked[]): Promise<Ground> {
  const nodes = await categoryNodes(tx)
  const span = around(asked.map((one) => one.span))
  if (!span) return { nodes, days: [], months: [], recurring: [], today: ctx.today }
  const before = lookBack(asked)
  return {
    nodes, today: ctx.today, days: await spentByDay(tx, span, ctx.currency), months: before ? await spentByMonth(tx, before, ctx.currency) : [],
    recurring: (await allRecurring(tx)).filter((series) => series.currency === ctx.currency && series.state === 'active'),
  }
}

/** Budgets with the period that holds a day, where they have one. */
export async function budgetViews(tx: TenantTx, ctx: Context, { budgets, on }: { readonly budgets: readonly Budget[]; readonly on: LocalDate }): Promise<BudgetView[]> {
  const asked = budgets.flatMap((budget) => { const span = periodAt(budget, on); return span ? [{ budget, span }] : [] })
  const ground = await groundOf(tx, ctx, asked)
  return budgets.map((budget) => {
    const span = periodAt(budget, on)
    return { ...budget, amount: amountOn(budget.amounts, span?.from ?? on), current: span ? viewOf(budget, span, ground) : null }
  })
}

/** One period of a budget, and what its categories are. */
export async function periodView(tx: TenantTx, ctx: Context, { budget, span }: { readonly budget: Budget; readonly span: Span }): Promise<{ view: BudgetPeriodView; ground: Pick<Ground, 'nodes' | 'days'> }> {
  const ground = await groundOf(tx, ctx, [{ budget, span }])
  return { view: viewOf(budget, span, ground), ground }
}

/** What the periods of some budgets are made of: calendar periods of months, spans of their own of days. */
export type History = { readonly nodes: readonly CategoryNode[]; readonly months: readonly MonthSum[]; readonly days: readonly DaySum[] }
/** Reads what was spent over all the periods of the budgets given, each up to the span given with it. */
export async function historyOf(tx: TenantTx, ctx: Context, asked: readonly Asked[]): Promise<History> {
  const ofMonths = around(asked.filter(({ budget }) => budget.period !== 'custom').flatMap(({ budget, span }) => periodsUpTo(budget, span)))
  const ofDays = around(asked.filter(({ budget }) => budget.period === 'custom').map(({ span }) => span))
  return { nodes: await categoryNodes(tx), months: ofMonths ? await spentByMonth(tx, ofMonths, ctx.currency) : [], days: ofDays ? await spentByDay(tx, ofDays, ctx.currency) : [] }
}

/** Every period of a budget up to one, oldest first, with what each was worth. */
export function periodsOf({ budget, span }: Asked, { nodes, months, days }: History): (PeriodSums & Span)[] {
  const categories = categoriesOf(budget, nodes)
  const rows = budget.period === 'custom' ? days.map(({ on, ...row }) => ({ ...row, day: on })) : months.map(({ month, ...row }) => ({ ...row, day: month }))
  const mine = rows.filter(({ categoryId }) => counts(categories, categoryId))
  const spans = periodsUpTo(budget, span)
  const spent = ({ from, to }: Span) => sum(mine.filter(({ day }) => day >= from && day <= to).map((row) => row.spent))
  return followCarry(budget.carryOver, spans.map((one) => ({ amount: amountOn(budget.amounts, one.from), spent: spent(one) }))).map((sums, index) => ({ ...sums, ...spans[index]! }))
}
