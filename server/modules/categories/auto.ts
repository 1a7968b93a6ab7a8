import type { CategoriseAll, RuleApply } from '../../../contract/categories.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { lockCategories } from './category-store.ts'
import { decide, openFiling } from './filing.ts'
import { queueFiling } from './queues.ts'
import { readCategorisation, type Categorisation } from './line-category.ts'
import { countLines, filedRows, linesById } from './line-store.ts'
import { recordDecisions } from './record.ts'
import { allRules } from './rule-store.ts'
import { ensureCategories } from './start-categories.ts'
import { writeExtras } from './write-extras.ts'

export type AutoResult = { readonly categorisation: Categorisation; readonly changeId: string | null; readonly kept: boolean }

/** Gives one line its category by the rules, else by what was learnt. A person's choice stays, and so does a line nothing is sure of. Refuses NOT_FOUND. */
export async function categoriseLine(app: App, ctx: Context, lineId: string): Promise<AutoResult> {
  authorize(ctx, 'category.write')
  return app.db.tenant(ctx, async (tx) => {
    await lockCategories(tx)
    const line = (await linesById(tx, [lineId]))[0]
    if (!line) throw new Refusal('NOT_FOUND')
    const filing = await openFiling(app, tx, ctx)
    const { rule, filed } = line.source === 'manual' ? { rule: undefined, filed: null } : decide(filing, line)
    let changeId: string | null = null
    if (filed) {
      changeId = uuidv7()
      const before = new Map((await filedRows(tx, [lineId])).map((row) => [row.lineId, row]))
      await recordDecisions(tx, { app, ctx }, { change: { id: changeId, kind: 'automatic' }, decisions: [{ lineId, filed }], before })
      await writeExtras(tx, ctx, [{ line, rule }])
      await recordAudit(tx, ctx, { action: 'line.categorise', subjectKind: 'bank-line', subjectId: lineId, before: { categoryId: line.categoryId, source: line.source }, after: { categoryId: filed.categoryId, source: filed.source } })
    }
    return { categorisation: await readCategorisation(tx, { filing, line: (await linesById(tx, [lineId]))[0]! }), changeId, kept: filed === null }
  })
}

/** Asks for every line without a category to be given one, in the background; with `again`, also those that no person decided. */
export async function categoriseAll(app: App, ctx: Context, input: CategoriseAll): Promise<{ readonly changeId: string; readonly lines: number }> {
  authorize(ctx, 'category.write')
  return app.db.tenant(ctx, async (tx) => {
    await ensureCategories(tx)
    const choice = { importId: null, from: input.from ?? null, to: input.to ?? null, which: input.again ? 'again' as const : 'open' as const }
    const changeId = uuidv7()
    const lines = await countLines(tx, choice)
    await queueFiling(app, tx, { changeId, ...choice, ruleIds: null })
    await recordAudit(tx, ctx, { action: 'line.categorise-all', subjectKind: 'category-change', subjectId: changeId, before: null, after: { ...input, lines } })
    return { changeId, lines }
  })
}

/** Asks for rules to be applied to the lines there are, in the background. Manual choices and locked periods are left alone. Refuses NOT_FOUND. */
export async function applyRules(app: App, ctx: Context, input: RuleApply): Promise<{ readonly changeId: string; readonly lines: number }> {
  authorize(ctx, 'category.write')
  return app.db.tenant(ctx, async (tx) => {
    const known = new Set((await allRules(tx)).map(({ id }) => id))
    if (input.ruleIds?.some((id) => !known.has(id))) throw new Refusal('NOT_FOUND')
    const choice = { importId: null, from: input.from ?? null, to: input.to ?? null, which: 'again' as const }
    const changeId = uuidv7()
    const lines = await countLines(tx, choice)
    await queueFiling(app, tx, { changeId, ...choice, ruleIds: input.ruleIds ?? [...known] })
    await recordAudit(tx, ctx, { action: 'category-rule.apply', subjectKind: 'category-change', subjectId: changeId, before: null, after: { ...input, lines } })
    return { changeId, lines }
  })
}
