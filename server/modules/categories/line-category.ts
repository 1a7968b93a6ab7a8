import type { Text } from '../../../core/kernel/problem.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { candidatesOf, filedByRule, type Filing, openFiling, ruleLineOf } from './filing.ts'
import { firstMatch } from '../../../core/category/rule.ts'
import { filedRows, latestChange, linesById } from './line-store.ts'
import { allRules } from './rule-store.ts'
import type { FiledRow, FilingLine, Source } from './types.ts'

export type CandidateView = { readonly categoryId: string; readonly name: string; readonly confidence: number; readonly source: Source; readonly because: Text }
export type Categorisation = {
  readonly lineId: string
  readonly currency: Currency
  readonly amount: bigint
  readonly filed: FiledRow | null
  readonly nameOf: (categoryId: string) => string
  readonly candidates: readonly CandidateView[]
  readonly canUndo: boolean
}

/** The category of a line, where it comes from, and what else it could be. Refuses NOT_FOUND. */
export async function readLineCategory(app: App, ctx: Context, lineId: string): Promise<Categorisation> {
  authorize(ctx, 'category.read')
  return app.db.tenant(ctx, async (tx) => {
    const line = (await linesById(tx, [lineId]))[0]
    if (!line) throw new Refusal('NOT_FOUND')
    return readCategorisation(tx, { filing: await openFiling(app, tx, ctx), line })
  })
}

const BECAUSE: Readonly<Record<'model' | 'memory', Text>> = {
  memory: { fr: 'les mêmes mots ont déjà été classés ainsi', en: 'the same words were filed so before' },
  model: { fr: 'd\'après les mots, le montant et le jour', en: 'from the words, the amount and the day' },
}

/** What is known of the category of one line, within the transaction of the caller. */
export async function readCategorisation(tx: TenantTx, { filing, line }: { readonly filing: Filing; readonly line: FilingLine }): Promise<Categorisation> {
  const filed = (await filedRows(tx, [line.id]))[0] ?? null
  const nameOf = (categoryId: string) => filing.categories.get(categoryId)?.name ?? ''
  const rule = firstMatch(filing.rules, ruleLineOf(line))
  const byRule = rule && filedByRule(filing, rule, line)
  const ruleName = rule && (await allRules(tx)).find(({ id }) => id === rule.id)?.name
  const first: CandidateView[] = byRule?.categoryId ? [{ categoryId: byRule.categoryId, name: nameOf(byRule.categoryId), confidence: 1, source: 'rule', because: { fr: `règle « ${ruleName} »`, en: `rule "${ruleName}"` } }] : []
  const learnt = candidatesOf(filing, line).filter(({ id }) => id !== byRule?.categoryId).map(({ id, confidence, by }): CandidateView => ({ categoryId: id, name: nameOf(id), confidence, source: by, because: BECAUSE[by] }))
  return { lineId: line.id, currency: line.currency, amount: line.amount, filed, nameOf, candidates: [...first, ...learnt].slice(0, 5), canUndo: await latestChange(tx, line.id) !== undefined }
}
