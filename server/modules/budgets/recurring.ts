import { Type } from 'typebox'
import type { RecurringDecision, RecurringQuery } from '../../../contract/analytics.ts'
import { sum } from '../../../core/kernel/money.ts'
import { perMonth } from '../../../core/recurring/state.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { decodeCursor, PAGE_LIMIT } from '../../platform/http/cursor.ts'
import { recordAudit } from '../audit/index.ts'
import { allRecurring, linesOfSeries, lockRecurring, saveDecision, searchedAt, type SeriesLine } from './recurring-store.ts'
import type { Recurring } from './types.ts'

const Key = Type.Tuple([Type.Integer({ minimum: 0 })])
const LINES_SHOWN = 60

export type MonthlyTotals = { readonly spending: bigint; readonly income: bigint; readonly count: number }
export type RecurringPageView = { readonly items: readonly Recurring[]; readonly next: readonly [number] | null; readonly monthly: MonthlyTotals; readonly foundAt: string | null }

/** What is active and not dismissed, as amounts per month in one currency; money between own accounts is neither. */
export function monthlyTotals(series: readonly Recurring[], currency: string): MonthlyTotals {
  const counted = series.filter((one) => one.state === 'active' && one.decision !== 'dismissed' && one.currency === currency && one.flow !== 'transfer')
  const total = (direction: 'in' | 'out') => sum(counted.filter((one) => one.direction === direction).map((one) => perMonth(one.rhythm, one.usual)))
  return { spending: total('out'), income: total('in'), count: counted.length }
}

/** Every series of a company, for another module's figures. */
export async function recurringOf(tx: TenantTx): Promise<Recurring[]> {
  return allRecurring(tx)
}

/** What comes back, the nearest to come first. */
export async function browseRecurring(app: App, ctx: Context, query: RecurringQuery): Promise<RecurringPageView> {
  authorize(ctx, 'bank.read')
  const start = decodeCursor(query.cursor, Key)?.[0] ?? 0
  const limit = query.limit ?? PAGE_LIMIT
  const state = query.state ?? 'active'
  return app.db.tenant(ctx, async (tx) => {
    const kept = (await allRecurring(tx)).filter((series) => (state === 'all' || series.state === state) && (series.decision === 'dismissed') === (query.dismissed ?? false)
      && (query.direction === undefined || series.direction === query.direction) && (query.accountId === undefined || series.accountId === query.accountId))
    return { items: kept.slice(start, start + limit), next: kept.length > start + limit ? [start + limit] : null, monthly: monthlyTotals(kept, ctx.currency), foundAt: await searchedAt(tx) }
  })
}

export type RecurringDetailView = { readonly series: Recurring; readonly lines: readonly SeriesLine[] }

async function detailOf(tx: TenantTx, id: string): Promise<RecurringDetailView> {
  const [series] = await allRecurring(tx, id)
  if (!series) throw new Refusal('NOT_FOUND')
  return { series, lines: await linesOfSeries(tx, id, LINES_SHOWN) }
}

/** One series with its latest lines. Refuses NOT_FOUND. */
export async function readRecurring(app: App, ctx: Context, id: string): Promise<RecurringDetailView> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, (tx) => detailOf(tx, id))
}

/** Confirms a series, dismisses it, or takes either back. Dismissed, it is counted nowhere and not proposed again. Refuses NOT_FOUND. */
export async function decideRecurring(app: App, ctx: Context, { id, decision }: RecurringDecision & { readonly id: string }): Promise<RecurringDetailView> {
  authorize(ctx, 'budget.write')
  return app.db.tenant(ctx, async (tx) => {
    await lockRecurring(tx)
    const { series } = await detailOf(tx, id)
    if (series.decision !== decision) {
      await saveDecision(tx, id, { decision, by: ctx.userId, at: app.clock.now().toISOString() })
      const active = (await allRecurring(tx)).filter((one) => one.state === 'active')
      const flagged = (kind: string) => active.filter(({ flags }) => flags.some((flag) => flag.kind === kind)).length
      await appendEvent(tx, ctx, { kind: 'recurring.changed', subject: id, data: { active: active.length, priceRises: flagged('price_rise'), missed: flagged('missed') } })
      await recordAudit(tx, ctx, { action: 'recurring.decide', subjectKind: 'recurring', subjectId: id, before: { decision: series.decision }, after: { decision } })
    }
    return detailOf(tx, id)
  })
}
