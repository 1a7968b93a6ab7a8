import type { PeriodSums } from '../../../core/budget/carry.ts'
import { calendarSpan, periodAt, type Span } from '../../../core/budget/period.ts'
import { type DayProgress, roadOf } from '../../../core/budget/progress.ts'
import { sum } from '../../../core/kernel/money.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { countOpenAlerts, readChecks } from './alert-store.ts'
import { BUDGETS_MAX, findBudget, listBudgets } from './budget-store.ts'
import { dayGiven } from './budgets.ts'
import { categoryNodes, type DaySum, spentByDay } from './flow-store.ts'
import { budgetViews, categoriesOf, historyOf, periodsOf, periodView } from './standing.ts'
import type { Budget, BudgetPeriodView, BudgetView, CategoryNode } from './types.ts'

export type CategorySpent = { readonly categoryId: string | null; readonly name: string | null; readonly spent: bigint; readonly lines: number }
export type ProgressView = {
  readonly budget: Budget
  readonly period: BudgetPeriodView
  readonly road: readonly DayProgress[]
  readonly byCategory: readonly CategorySpent[]
  readonly history: readonly (PeriodSums & Span)[]
}

const HISTORY_MAX = 12

function byCategory(days: readonly DaySum[], nodes: readonly CategoryNode[]): CategorySpent[] {
  const names = new Map(nodes.map(({ id, name }) => [id, name]))
  return [...Map.groupBy(days, ({ categoryId }) => categoryId)].map(([categoryId, rows]) => ({
    categoryId, name: categoryId === null ? null : names.get(categoryId) ?? null, spent: sum(rows.map(({ spent }) => spent)), lines: rows.reduce((total, { lines }) => total + lines, 0),
  })).toSorted((a, b) => (a.spent === b.spent ? ((a.name ?? '') < (b.name ?? '') ? -1 : 1) : a.spent > b.spent ? -1 : 1))
}

/** One period of a budget day by day: the one that holds the day asked for, or today. Refuses NOT_FOUND, REQUEST_INVALID, BUDGET_NO_PERIOD. */
export async function readProgress(app: App, ctx: Context, { id, on }: { readonly id: string; readonly on?: string | undefined }): Promise<ProgressView> {
  authorize(ctx, 'budget.read')
  const day = dayGiven(on, 'on') ?? ctx.today
  return app.db.tenant(ctx, async (tx) => {
    const budget = await findBudget(tx, id)
    if (!budget) throw new Refusal('NOT_FOUND')
    const span = periodAt(budget, day)
    if (!span) throw new Refusal('BUDGET_NO_PERIOD', { on: day })
    const { view, ground } = await periodView(tx, ctx, { budget, span })
    const categories = categoriesOf(budget, ground.nodes)
    const mine = ground.days.filter(({ categoryId }) => categories === null || (categoryId !== null && categories.has(categoryId)))
    const history = periodsOf({ budget, span }, await historyOf(tx, ctx, [{ budget, span }]))
    return { budget, period: view, road: roadOf(view.standing), byCategory: byCategory(mine, ground.nodes), history: history.slice(0, -1).reverse().slice(0, HISTORY_MAX) }
  })
}

export type OverviewView = {
  readonly on: string
  readonly budgets: readonly (BudgetView & { readonly current: BudgetPeriodView })[]
  readonly openAlerts: number
  readonly unbudgeted: Span & { readonly spent: bigint; readonly lines: number }
}

/** Every budget that counts on a day, and what the month of that day spent outside of them all. Refuses REQUEST_INVALID. */
export async function readOverview(app: App, ctx: Context, { on }: { readonly on?: string | undefined }): Promise<OverviewView> {
  authorize(ctx, 'budget.read')
  const day = dayGiven(on, 'on') ?? ctx.today
  return app.db.tenant(ctx, async (tx) => {
    const all = await listBudgets(tx, { categoryId: null, period: null, after: null, limit: BUDGETS_MAX })
    const views = await budgetViews(tx, ctx, { budgets: all, on: day })
    const budgets = views.flatMap((view) => (view.current ? [{ ...view, current: view.current }] : []))
      .toSorted((a, b) => b.current.figures.usedPercent - a.current.figures.usedPercent || (a.name < b.name ? -1 : 1))
    return { on: day, budgets, openAlerts: await countOpenAlerts(tx), unbudgeted: await unbudgetedOf(tx, ctx, { budgets, month: calendarSpan('month', day) }) }
  })
}

async function unbudgetedOf(tx: TenantTx, ctx: Context, { budgets, month }: { readonly budgets: readonly Budget[]; readonly month: Span }): Promise<OverviewView['unbudgeted']> {
  const nodes = await categoryNodes(tx)
  const counted = budgets.map((budget) => categoriesOf(budget, nodes))
  const rows = counted.includes(null) ? [] : (await spentByDay(tx, month, ctx.currency)).filter(({ categoryId }) => !counted.some((categories) => categoryId !== null && categories?.has(categoryId)))
  return { ...month, spent: sum(rows.map(({ spent }) => spent)), lines: rows.reduce((total, { lines }) => total + lines, 0) }
}

/** A budget that carries nothing over needs no earlier period: it is as if it began with this one. */
function lookingBack(budget: Budget, span: Span): Budget {
  return budget.carryOver === 'none' && budget.period !== 'custom' ? { ...budget, startsOn: span.from } : budget
}

/**
 * How many budgets count today and how many of them are overspent, as the last look found them, which follows each change by a
 * second or two; a budget whose period was not looked at yet is added up. Null without any. For another module's figures.
 */
export async function budgetAdherence(tx: TenantTx, ctx: Context): Promise<{ count: number; over: number } | null> {
  const budgets = await listBudgets(tx, { categoryId: null, period: null, after: null, limit: BUDGETS_MAX })
  const asked = budgets.flatMap((budget) => { const span = periodAt(budget, ctx.today); return span ? [{ budget: lookingBack(budget, span), span }] : [] })
  if (asked.length === 0) return null
  const checks = new Map((await readChecks(tx)).map((check) => [`${check.budgetId} ${check.from}`, check]))
  const known = asked.flatMap(({ budget, span }) => checks.get(`${budget.id} ${span.from}`) ?? [])
  const unknown = asked.filter(({ budget, span }) => !checks.has(`${budget.id} ${span.from}`))
  const history = unknown.length === 0 ? null : await historyOf(tx, ctx, unknown)
  const added = history ? unknown.map((one) => periodsOf(one, history).at(-1)!) : []
  return { count: asked.length, over: [...known, ...added].filter(({ spent, available }) => spent > available).length }
}
