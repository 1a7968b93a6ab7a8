import { Type } from 'typebox'
import type { BudgetAlertQuery } from '../../../contract/budgets.ts'
import { Instant, Uuid } from '../../../contract/common.ts'
import { crossed, crossingLine, THRESHOLDS, type Threshold } from '../../../core/budget/alert.ts'
import { periodAt, type Span } from '../../../core/budget/period.ts'
import { addDays } from '../../../core/kernel/local-date.ts'
import { money, toJson } from '../../../core/kernel/money.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { decodeCursor, PAGE_LIMIT } from '../../platform/http/cursor.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { alertsSince, closeLower, dismissAlertRow, findAlert, insertAlert, listAlerts, saveChecks } from './alert-store.ts'
import { BUDGETS_MAX, listBudgets, lockBudgets } from './budget-store.ts'
import { categoryNodes, spentLines } from './flow-store.ts'
import { budgetViews, categoriesOf } from './standing.ts'
import type { Alert, Budget, BudgetPeriodView } from './types.ts'

const Key = Type.Tuple([Instant, Uuid])
/** A line of a period that is over may land a few days later: so long it is still talked about. */
const LATE_DAYS = 10

const keyOf = (budgetId: string, span: Span, threshold: Threshold): string => `${budgetId} ${span.from} ${threshold}`

/** Alerts, latest first: those open unless asked otherwise. One row more than asked for says that there is a next page. */
export async function browseAlerts(app: App, ctx: Context, query: BudgetAlertQuery): Promise<Alert[]> {
  authorize(ctx, 'budget.read')
  const key = decodeCursor(query.cursor, Key)
  return app.db.tenant(ctx, (tx) => listAlerts(tx, { state: query.state ?? 'open', budgetId: query.budgetId ?? null, before: key && { at: key[0], id: key[1] }, limit: (query.limit ?? PAGE_LIMIT) + 1 }))
}

/** Puts an alert away; it is not raised again for its period. Doing it twice changes nothing. Refuses NOT_FOUND. */
export async function dismissAlert(app: App, ctx: Context, id: string): Promise<Alert> {
  authorize(ctx, 'budget.write')
  return app.db.tenant(ctx, async (tx) => {
    const alert = await findAlert(tx, id)
    if (!alert) throw new Refusal('NOT_FOUND')
    if (alert.dismissedAt !== null) return alert
    await dismissAlertRow(tx, id, { at: app.clock.now().toISOString(), by: ctx.userId, name: ctx.actor })
    await appendEvent(tx, ctx, { kind: 'budget.changed', subject: alert.budgetId, data: {} })
    await recordAudit(tx, ctx, { action: 'budget.dismiss-alert', subjectKind: 'budget', subjectId: alert.budgetId, after: { alert: id, threshold: alert.threshold, from: alert.from } })
    return (await findAlert(tx, id))!
  })
}

/** The budgets with a period to watch: the present one, and the one that ended a few days ago if the budget was there then. */
async function watched(tx: TenantTx, ctx: Context, budgets: readonly Budget[]): Promise<{ budget: Budget; period: BudgetPeriodView }[]> {
  const pastDay = addDays(ctx.today, -LATE_DAYS)
  const now = await budgetViews(tx, ctx, { budgets, on: ctx.today })
  const late = budgets.filter((budget) => {
    const span = periodAt(budget, pastDay)
    return span !== undefined && span.to < ctx.today && budget.createdAt.slice(0, 10) <= span.to
  })
  const before = late.length === 0 ? [] : await budgetViews(tx, ctx, { budgets: late, on: pastDay })
  return [...now, ...before].flatMap(({ current, ...budget }) => (current ? [{ budget, period: current }] : []))
}

/** Raises what a period crossed and was not told yet. Only the highest threshold is told; the lower ones are noted as passed. */
async function raise(app: App, tx: TenantTx, { ctx, budget, period, known }: { readonly ctx: Context; readonly budget: Budget; readonly period: BudgetPeriodView; readonly known: ReadonlySet<string> }): Promise<number> {
  const { span, sums } = period
  const passed = crossed(sums.spent, sums.available)
  const highest = passed.at(-1)
  if (highest === undefined || passed.every((threshold) => known.has(keyOf(budget.id, span, threshold)))) return 0
  // Once a period was told of its overrun, falling back and coming near again is no news.
  const isTold = THRESHOLDS.some((threshold) => threshold >= highest && known.has(keyOf(budget.id, span, threshold)))
  const categories = categoriesOf(budget, await categoryNodes(tx))
  const lines = await spentLines(tx, span, { currency: ctx.currency, categories: categories && [...categories] })
  const raisedAt = app.clock.now().toISOString()
  let told = 0
  for (const threshold of passed) {
    const isSilent = isTold || threshold !== highest
    const alert = { id: uuidv7(), budgetId: budget.id, ...span, threshold, spent: sums.spent, available: sums.available, lineId: crossingLine(lines, sums.available, threshold) ?? null, raisedAt, isSilent }
    if (!await insertAlert(tx, alert) || isSilent) continue
    told += 1
    await closeLower(tx, alert)
    const amount = (minor: bigint) => toJson(money(minor, ctx.currency))
    await appendEvent(tx, ctx, { kind: 'budget.overrun', subject: budget.id, data: { budgetId: budget.id, threshold, ...span, spent: amount(sums.spent), available: amount(sums.available) } })
  }
  return told
}

/**
 * Looks at every budget, or at the one named, and raises the alerts that are due, in the caller's transaction. It may run twice: a budget is told
 * once of each threshold in each period. Answers how many were told.
 */
export async function raiseAlerts(app: App, tx: TenantTx, { ctx, only = null }: { readonly ctx: Context; readonly only?: Budget | null }): Promise<number> {
  await lockBudgets(tx)
  const budgets = only ? [only] : await listBudgets(tx, { categoryId: null, period: null, after: null, limit: BUDGETS_MAX })
  if (budgets.length === 0) return 0
  const known = await alertsSince(tx, addDays(ctx.today, -LATE_DAYS))
  let told = 0
  const periods = await watched(tx, ctx, budgets)
  await saveChecks(tx, periods.filter(({ period }) => period.span.to >= ctx.today).map(({ budget, period: { span, sums } }) => ({ budgetId: budget.id, from: span.from, spent: sums.spent, available: sums.available })))
  for (const { budget, period } of periods) told += await raise(app, tx, { ctx, budget, period, known })
  return told
}
