import type { RuleTrial } from '../../../contract/categories.ts'
import { matches, type Rule } from '../../../core/category/rule.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import { allCategories } from './category-store.ts'
import { isSame } from './file-lines.ts'
import { filedByRule, readableRules, ruleLineOf } from './filing.ts'
import { filedRows, latestLines } from './line-store.ts'
import { checked } from './rules.ts'
import { allRules } from './rule-store.ts'
import type { FilingLine } from './types.ts'

/** Lines one trial looks at, the latest. */
const LINES_MAX = 20_000
const SAMPLE_MAX = 50

export type TrialLine = { readonly line: FilingLine; readonly before: string | null; readonly after: string | null }
export type Trial = { readonly examined: number; readonly matched: number; readonly wouldChange: number; readonly manual: number; readonly earlier: number; readonly locked: number; readonly same: number; readonly isComplete: boolean; readonly sample: readonly TrialLine[] }

/**
 * What a rule would do to the lines there are, without doing it: how many it would change, and why others stay as they are. A rule
 * that exists is tried in its place, a new one after the others. Refuses what createRule refuses.
 */
export async function tryRule(app: App, ctx: Context, { rule: input, ruleId, from, to }: RuleTrial): Promise<Trial> {
  authorize(ctx, 'category.read')
  return app.db.tenant(ctx, async (tx) => {
    const id = ruleId ?? '00000000-0000-0000-0000-000000000000'
    const { rule } = await checked(tx, ctx, { id, input })
    const rows = await allRules(tx)
    const place = rows.findIndex((row) => row.id === id)
    if (ruleId !== undefined && place < 0) throw new Refusal('NOT_FOUND')
    const earlierRules = readableRules(place < 0 ? rows : rows.slice(0, place), ctx.currency)
    const categories = new Map((await allCategories(tx)).map((category) => [category.id, category]))
    const lines = await latestLines(tx, { from: from ?? null, to: to ?? null, limit: LINES_MAX + 1 })
    const counts = sort(lines.slice(0, LINES_MAX), { rule, earlierRules })
    const rowsOf = new Map((await filedRows(tx, counts.open.map((line) => line.id))).map((row) => [row.lineId, row]))
    const changed = counts.open.flatMap((line): TrialLine[] => {
      const filed = filedByRule({ categories }, rule, line)
      const name = (categoryId: string | null | undefined) => (categoryId ? categories.get(categoryId)?.name ?? null : null)
      // The rule's own version differs once it is saved; what counts is whether the category would.
      const before = rowsOf.get(line.id)
      if (!filed || (before && isSame({ ...before, source: 'rule', ruleId: filed.ruleId }, filed))) return []
      return [{ line, before: name(line.categoryId), after: name(filed.categoryId) }]
    })
    return {
      examined: Math.min(lines.length, LINES_MAX), matched: counts.matched, wouldChange: changed.length, manual: counts.manual, earlier: counts.earlier, locked: counts.locked,
      same: counts.open.length - changed.length, isComplete: lines.length <= LINES_MAX, sample: changed.slice(0, SAMPLE_MAX),
    }
  })
}

/** The lines a rule matches, by what happens to them; `open` are those it may change. */
function sort(lines: readonly FilingLine[], { rule, earlierRules }: { readonly rule: Rule; readonly earlierRules: readonly Rule[] }): { matched: number; manual: number; earlier: number; locked: number; open: FilingLine[] } {
  const found = { matched: 0, manual: 0, earlier: 0, locked: 0, open: [] as FilingLine[] }
  for (const line of lines) {
    const asked = ruleLineOf(line)
    if (!matches(rule, asked)) continue
    found.matched += 1
    if (line.source === 'manual') found.manual += 1
    else if (earlierRules.some((earlier) => matches(earlier, asked))) found.earlier += 1
    else if (line.isLocked) found.locked += 1
    else found.open.push(line)
  }
  return found
}
