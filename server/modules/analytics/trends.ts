import type { TrendsQuery } from '../../../contract/analytics.ts'
import { topOf } from '../../../core/analytics/tree.ts'
import { type Bucket, bucketsOf, type Interval } from '../../../core/analytics/window.ts'
import { sum } from '../../../core/kernel/money.ts'
import { divide } from '../../../core/kernel/rounding.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import { categoryNodes } from '../budgets/index.ts'
import { type PointRow, sumsByInterval } from './flow-store.ts'
import { readForeign, scopeOf } from './scope.ts'
import type { Head, Tree } from './types.ts'

/** Without a period, trends look a year back. */
const USUAL_DAYS = 365
const CATEGORIES_SHOWN = 8

export type Point = Bucket & { readonly income: bigint; readonly spending: bigint; readonly lines: number }
export type CategoryTrend = { readonly categoryId: string | null; readonly name: string | null; readonly spending: readonly bigint[] }
export type TrendsView = Head & {
  readonly interval: Interval
  readonly points: readonly Point[]
  readonly averages: { readonly points: number; readonly income: bigint; readonly spending: bigint } | null
  readonly categories: readonly CategoryTrend[]
}

/** The rows of each week or month; a row stands at its first day, which the window may cut off. */
function rowsOf(rows: readonly PointRow[], { from, to }: Bucket, isFirst: boolean): PointRow[] {
  return rows.filter((row) => row.from <= to && (isFirst || row.from >= from))
}

function averagesOf(points: readonly Point[]): TrendsView['averages'] {
  const whole = points.filter(({ isWhole }) => isWhole)
  if (whole.length === 0) return null
  const mean = (of: (point: Point) => bigint) => divide(sum(whole.map(of)), BigInt(whole.length), 'half-up')
  return { points: whole.length, income: mean(({ income }) => income), spending: mean(({ spending }) => spending) }
}

/** The top categories of spending, the largest first, each with an amount for each point. */
function categoryTrends(parts: readonly (readonly PointRow[])[], tree: Tree): CategoryTrend[] {
  const nodes = new Map(tree.map((node) => [node.id, node]))
  const top = (id: string | null) => (id === null ? null : topOf(nodes, id))
  const spent = parts.map((rows) => rows.filter(({ flow }) => flow === 'spending'))
  const ids = [...new Set(spent.flat().map(({ categoryId }) => top(categoryId)))]
  return ids.map((id) => ({ categoryId: id, name: id === null ? null : nodes.get(id)?.name ?? null, spending: spent.map((rows) => sum(rows.filter(({ categoryId }) => top(categoryId) === id).map(({ total }) => total))) }))
    .toSorted((a, b) => { const [left, right] = [sum(a.spending), sum(b.spending)]; return left === right ? ((a.name ?? '') < (b.name ?? '') ? -1 : 1) : left > right ? -1 : 1 })
    .slice(0, CATEGORIES_SHOWN)
}

/** Income and spending by week or by month. Refuses REQUEST_INVALID, NOT_FOUND. */
export async function readTrends(app: App, ctx: Context, query: TrendsQuery): Promise<TrendsView> {
  authorize(ctx, 'bank.read')
  const interval = query.interval ?? 'month'
  return app.db.tenant(ctx, async (tx) => {
    const tree = await categoryNodes(tx)
    const scope = await scopeOf(tx, ctx, { query, tree, usualDays: USUAL_DAYS })
    const rows = await sumsByInterval(tx, scope, interval)
    const buckets = bucketsOf(scope.window, interval, ctx.today)
    const parts = buckets.map((bucket, index) => rowsOf(rows, bucket, index === 0))
    const total = (some: readonly PointRow[], flow: PointRow['flow']) => sum(some.filter((row) => row.flow === flow).map((row) => row.total))
    const points = buckets.map((bucket, index) => ({ ...bucket, income: total(parts[index]!, 'income'), spending: total(parts[index]!, 'spending'), lines: parts[index]!.reduce((count, row) => count + row.lines, 0) }))
    return { scope, foreign: await readForeign(tx, scope), interval, points, averages: averagesOf(points), categories: categoryTrends(parts, tree) }
  })
}
