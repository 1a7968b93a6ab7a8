import type { AnalyticsQuery } from '../../../contract/analytics.ts'
import { type Sums, withBelow } from '../../../core/analytics/tree.ts'
import { askedWindow } from '../../../core/analytics/window.ts'
import type { Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { dayGiven, type LinesWanted } from '../budgets/index.ts'
import { accountsOf, type CategoryRow, type ForeignRow, foreignSums } from './flow-store.ts'
import type { Flow, ForeignSums, Scope, Tree } from './types.ts'

const UNCATEGORISED = 'uncategorised'

/** What a request looks at. Refuses REQUEST_INVALID, and NOT_FOUND for an account or a category that is not there. */
export async function scopeOf(tx: TenantTx, ctx: Context, { query, tree, usualDays }: { readonly query: AnalyticsQuery; readonly tree: Tree; readonly usualDays?: number }): Promise<Scope> {
  const window = askedWindow({ days: query.days, from: dayGiven(query.from, 'from') ?? undefined, to: dayGiven(query.to, 'to') ?? undefined }, ctx.today, usualDays)
  if (!window.ok) throw new Refusal('REQUEST_INVALID', {}, [window.problem])
  if (query.accountId !== undefined && !(await accountsOf(tx)).some(({ id }) => id === query.accountId)) throw new Refusal('NOT_FOUND')
  const categoryId = query.categoryId === UNCATEGORISED ? null : query.categoryId
  if (categoryId !== undefined && categoryId !== null && !tree.some(({ id }) => id === categoryId)) throw new Refusal('NOT_FOUND')
  return {
    window: window.value, currency: ctx.currency, accountId: query.accountId ?? null, categoryId,
    categories: categoryId === undefined || categoryId === null ? null : withBelow(tree, categoryId),
  }
}

/** The lines a figure of this scope is made of, for the query that opens them. */
export function wantedOf({ window, accountId, categoryId, currency }: Scope, more: Partial<LinesWanted> = {}): LinesWanted {
  return { from: window.from, to: window.to, currency, ...(accountId === null ? {} : { accountId }), ...(categoryId === undefined ? {} : { categoryId }), ...more }
}

/** Sums of both windows from rows of both. */
export function sumsOf(rows: readonly Pick<CategoryRow, 'isNow' | 'total' | 'lines'>[]): Sums {
  const [now, before] = [rows.filter(({ isNow }) => isNow), rows.filter(({ isNow }) => !isNow)]
  const total = (some: typeof rows) => some.reduce((sum, row) => sum + row.total, 0n)
  return { now: total(now), before: total(before), lines: now.reduce((count, row) => count + row.lines, 0) }
}

/** The same by category, of one flow in the company's currency. */
export function byCategory(rows: readonly CategoryRow[], { flow, currency }: { readonly flow: Flow; readonly currency: string }): Map<string | null, Sums> {
  const groups = Map.groupBy(rows.filter((row) => row.flow === flow && row.currency === currency), ({ categoryId }) => categoryId)
  return new Map([...groups].map(([id, some]) => [id, sumsOf(some)]))
}

/** The window in each other currency, in the order of their codes. */
export function foreignOf(rows: readonly ForeignRow[], currency: string): ForeignSums[] {
  const groups = Map.groupBy(rows.filter((row) => row.currency !== currency), (row) => row.currency)
  const total = (some: readonly ForeignRow[], flow: Flow) => some.filter((row) => row.flow === flow).reduce((sum, row) => sum + row.total, 0n)
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([code, some]) => ({ currency: code, income: total(some, 'income'), spending: total(some, 'spending'), lines: some.reduce((count, row) => count + row.lines, 0) }))
}

/** The same, read by itself. */
export async function readForeign(tx: TenantTx, scope: Scope): Promise<ForeignSums[]> {
  return foreignOf(await foreignSums(tx, scope), scope.currency)
}
