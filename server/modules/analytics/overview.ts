import type { AnalyticsQuery } from '../../../contract/analytics.ts'
import { rollUp, type Sums, type TreeSums } from '../../../core/analytics/tree.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { sum } from '../../../core/kernel/money.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { balanceAt } from '../banking/index.ts'
import { budgetAdherence, categoryNodes, monthlyTotals, recurringOf } from '../budgets/index.ts'
import { accountsOf, type CategoryRow, type DayRow, sumsByCategory, sumsByDay, sumsByMerchant } from './flow-store.ts'
import { byCategory, foreignOf, scopeOf, sumsOf } from './scope.ts'
import type { DaySums, Head, MerchantSums, Scope } from './types.ts'

const TOP = 5

export type OverviewView = Head & {
  readonly balance: { readonly total: bigint; readonly accounts: number }
  readonly income: Sums
  readonly spending: Sums
  readonly topCategories: readonly TreeSums[]
  readonly topMerchants: readonly MerchantSums[]
  readonly uncategorised: { readonly total: bigint; readonly lines: number }
  readonly budgets: { readonly count: number; readonly over: number } | null
  readonly recurring: { readonly spending: bigint; readonly income: bigint; readonly count: number }
  readonly days: readonly DaySums[]
}

/** The balance of the accounts in use that are kept in the company's currency, or of the one chosen. */
async function balanceOf(tx: TenantTx, { accountId, currency }: Scope, today: LocalDate): Promise<OverviewView['balance']> {
  const counted = (await accountsOf(tx)).filter((account) => account.currency === currency && (accountId === null ? !account.isArchived : account.id === accountId))
  let total = 0n
  for (const { id } of counted) total += await balanceAt(tx, id, today)
  return { total, accounts: counted.length }
}

/** What of the window has no category, in and out added without sign. */
function uncategorisedOf(rows: readonly CategoryRow[]): OverviewView['uncategorised'] {
  const loose = rows.filter(({ categoryId, isNow }) => categoryId === null && isNow)
  return { total: sum(loose.map(({ total }) => total)), lines: loose.reduce((count, { lines }) => count + lines, 0) }
}

/** Days with movement, both flows side by side. */
export function daysOf(rows: readonly DayRow[]): DaySums[] {
  const total = (some: readonly DayRow[], flow: DayRow['flow']) => sum(some.filter((row) => row.flow === flow).map((row) => row.total))
  return [...Map.groupBy(rows, ({ on }) => on)].map(([on, some]) => ({ on, income: total(some, 'income'), spending: total(some, 'spending') }))
}

/** Income, spending and what is left of it over some days, against as many days before. Refuses REQUEST_INVALID, NOT_FOUND. */
export async function readAnalyticsOverview(app: App, ctx: Context, query: AnalyticsQuery): Promise<OverviewView> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, async (tx) => {
    const tree = await categoryNodes(tx)
    const scope = await scopeOf(tx, ctx, { query, tree })
    const rows = await sumsByCategory(tx, scope)
    const own = rows.filter(({ currency }) => currency === scope.currency)
    const of = (flow: 'income' | 'spending') => sumsOf(own.filter((row) => row.flow === flow))
    return {
      scope, foreign: foreignOf(rows.filter(({ isNow }) => isNow), scope.currency), balance: await balanceOf(tx, scope, ctx.today), income: of('income'), spending: of('spending'),
      topCategories: rollUp(tree, byCategory(rows, { flow: 'spending', currency: scope.currency })).filter(({ depth, node }) => depth === 0 && node !== null).slice(0, TOP),
      topMerchants: (await sumsByMerchant(tx, scope, 'spending')).filter(({ id }) => id !== null).slice(0, TOP),
      uncategorised: uncategorisedOf(own), budgets: await budgetAdherence(tx, ctx), recurring: monthlyTotals(await recurringOf(tx), scope.currency), days: daysOf(await sumsByDay(tx, scope)),
    }
  })
}
