import type { AnalyticsQuery, MerchantsQuery } from '../../../contract/analytics.ts'
import { rollUp, type Sums, type TreeSums } from '../../../core/analytics/tree.ts'
import { sum } from '../../../core/kernel/money.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import { categoryNodes } from '../budgets/index.ts'
import { type AccountRow, accountsOf, largestLines, sumsByAccount, sumsByCategory, sumsByDay, sumsByMerchant } from './flow-store.ts'
import { byCategory, foreignOf, readForeign, scopeOf, sumsOf } from './scope.ts'
import type { Account, Flow, Head, LineRow, MerchantSums } from './types.ts'

const MERCHANTS_SHOWN = 10
const LINES_SHOWN = 10

export type BreakdownView = Head & {
  readonly flow: Flow
  readonly total: Sums
  readonly categories: readonly TreeSums[]
  readonly accounts: readonly (AccountRow & Pick<Account, 'name'>)[]
  readonly merchants: readonly MerchantSums[]
  readonly days: readonly { readonly on: string; readonly total: bigint }[]
  readonly largest: readonly LineRow[]
}

/** Where the money of one flow went or came from, by category, account, merchant and day. Refuses REQUEST_INVALID, NOT_FOUND. */
export async function readBreakdown(app: App, ctx: Context, { query, flow }: { readonly query: AnalyticsQuery; readonly flow: Flow }): Promise<BreakdownView> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, async (tx) => {
    const tree = await categoryNodes(tx)
    const scope = await scopeOf(tx, ctx, { query, tree })
    const rows = await sumsByCategory(tx, scope)
    const names = new Map((await accountsOf(tx)).map(({ id, name }) => [id, name]))
    return {
      scope, flow, foreign: foreignOf(rows.filter(({ isNow }) => isNow), scope.currency),
      total: sumsOf(rows.filter((row) => row.flow === flow && row.currency === scope.currency)), categories: rollUp(tree, byCategory(rows, { flow, currency: scope.currency })),
      accounts: (await sumsByAccount(tx, scope, flow)).map((row) => ({ ...row, name: names.get(row.accountId) ?? '' })),
      merchants: (await sumsByMerchant(tx, scope, flow)).slice(0, MERCHANTS_SHOWN),
      days: (await sumsByDay(tx, scope)).filter((row) => row.flow === flow).map(({ on, total }) => ({ on, total })), largest: await largestLines(tx, scope, { flow, limit: LINES_SHOWN }),
    }
  })
}

const MERCHANTS_USUAL = 20

export type TopMerchantsView = Head & { readonly flow: Flow; readonly total: bigint; readonly items: readonly MerchantSums[]; readonly others: { readonly merchants: number; readonly total: bigint; readonly lines: number } | null }

/** The merchants paid most, or who paid most. Refuses REQUEST_INVALID, NOT_FOUND. */
export async function readTopMerchants(app: App, ctx: Context, query: MerchantsQuery): Promise<TopMerchantsView> {
  authorize(ctx, 'bank.read')
  const flow = query.direction === 'in' ? 'income' : 'spending'
  const limit = query.limit ?? MERCHANTS_USUAL
  return app.db.tenant(ctx, async (tx) => {
    const scope = await scopeOf(tx, ctx, { query, tree: await categoryNodes(tx) })
    const rows = await sumsByMerchant(tx, scope, flow)
    const rest = rows.slice(limit)
    return {
      scope, flow, foreign: await readForeign(tx, scope), total: sum(rows.map(({ now }) => now)), items: rows.slice(0, limit),
      others: rest.length === 0 ? null : { merchants: rest.length, total: sum(rest.map(({ now }) => now)), lines: rest.reduce((count, { lines }) => count + lines, 0) },
    }
  })
}
