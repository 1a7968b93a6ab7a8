import type { StatsQuery } from '../../../contract/categories.ts'
import { cleanLabel, labelKey } from '../../../core/category/clean-label.ts'
import { addDays, daysBetween, type LocalDate, parseDate } from '../../../core/kernel/local-date.ts'
import { absolute } from '../../../core/kernel/money.ts'
import { problem } from '../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import { allCategories } from './category-store.ts'
import { labelsOf, monthsOf, sourcesOf, type Sums, sumsOf } from './stats-store.ts'
import { ensureCategories } from './start-categories.ts'
import type { Source } from './types.ts'

const DAYS = 365
const DAYS_MAX = 3660
/** Labels read before they are cleaned and gathered. */
const LABELS_READ = 500
const LABELS_SHOWN = 10

export type Stats = {
  readonly from: LocalDate
  readonly to: LocalDate
  readonly sums: Sums
  readonly previous: { readonly from: LocalDate; readonly to: LocalDate; readonly sums: Sums }
  readonly bySource: readonly { readonly source: Source; readonly lines: number }[]
  readonly months: readonly { readonly month: string; readonly total: bigint; readonly lines: number }[]
  readonly labels: readonly { readonly label: string; readonly total: bigint; readonly lines: number }[]
}

/** What a category and those in it moved over some days, in the currency of the company. Refuses NOT_FOUND, REQUEST_INVALID. */
export async function readStats(app: App, ctx: Context, { id, query }: { readonly id: string; readonly query: StatsQuery }): Promise<Stats> {
  authorize(ctx, 'category.read')
  const { from, to } = rangeOf(query, ctx.today)
  return app.db.tenant(ctx, async (tx) => {
    await ensureCategories(tx)
    const known = await allCategories(tx)
    if (!known.some((category) => category.id === id)) throw new Refusal('NOT_FOUND')
    const range = { categoryIds: known.filter((category) => category.id === id || category.parentId === id).map((category) => category.id), currency: ctx.currency, from, to }
    const before = { from: addDays(from, -daysBetween(from, to) - 1), to: addDays(from, -1) }
    return {
      from, to, sums: await sumsOf(tx, range), previous: { ...before, sums: await sumsOf(tx, { ...range, ...before }) },
      bySource: await sourcesOf(tx, range), months: await monthsOf(tx, range), labels: gather(await labelsOf(tx, range, LABELS_READ)),
    }
  })
}

/** The days asked for: the last ones, or from one day to another. */
export function rangeOf({ days, from, to }: StatsQuery, today: LocalDate): { readonly from: LocalDate; readonly to: LocalDate } {
  const [first, last] = [from, to].map((text) => (text === undefined ? undefined : parseDate(text)))
  const end = last ?? today
  const start = first ?? addDays(end, 1 - (days ?? DAYS))
  const isReadable = (from === undefined || first !== undefined) && (to === undefined || last !== undefined)
  if (isReadable && start <= end && daysBetween(start, end) <= DAYS_MAX) return { from: start, to: end }
  throw new Refusal('REQUEST_INVALID', {}, [problem('RANGE_INVALID', { fr: `Indiquez deux jours du calendrier, le premier avant le second, à ${DAYS_MAX} jours au plus.`, en: `Give two days of the calendar, the first before the second, at most ${DAYS_MAX} days apart.` }, { field: 'from' })])
}

function gather(rows: readonly { readonly label: string; readonly total: bigint; readonly lines: number }[]): { label: string; total: bigint; lines: number }[] {
  const byLabel = new Map<string, { label: string; total: bigint; lines: number }>()
  for (const { label, total, lines } of rows) {
    const key = labelKey(cleanLabel(label)) || label
    const sum = byLabel.get(key) ?? { label: key, total: 0n, lines: 0 }
    byLabel.set(key, { label: key, total: sum.total + total, lines: sum.lines + lines })
  }
  return [...byLabel.values()].sort((a, b) => (absolute(a.total) === absolute(b.total) ? 0 : absolute(a.total) > absolute(b.total) ? -1 : 1)).slice(0, LABELS_SHOWN)
}
