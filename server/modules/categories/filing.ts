import { predict, type Prediction } from '../../../core/category/model.ts'
import { parseCondition } from '../../../core/category/rule-parse.ts'
import { firstMatch, type Rule, type RuleLine, ruleLine } from '../../../core/category/rule.ts'
import { allocate } from '../../../core/kernel/allocate.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import type { App } from '../../platform/app.ts'
import type { Context } from '../../platform/access/context.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { allCategories } from './category-store.ts'
import { featuresOfLine, type Knowing, knowingOf } from './model.ts'
import { allRules, type RuleRow } from './rule-store.ts'
import { ensureCategories } from './start-categories.ts'
import type { Category, Filed, FilingLine, Part } from './types.ts'

/** What is learnt decides by itself from this confidence on; below it only proposes. */
export const FILING_CONFIDENCE = 0.5

/** What decides the category of lines in one company at a moment. */
export type Filing = { readonly categories: ReadonlyMap<string, Category>; readonly rules: readonly Rule[]; readonly knowing: Knowing }

/** Loads the categories, the active rules and what was learnt. */
export async function openFiling(app: App, tx: TenantTx, ctx: Context): Promise<Filing> {
  await ensureCategories(tx)
  const categories = await allCategories(tx)
  return { categories: new Map(categories.map((category) => [category.id, category])), rules: readableRules(await allRules(tx), ctx.currency), knowing: await knowingOf(app, tx, categories) }
}

/** Rules in service as they are asked. One that cannot be read any more is passed over: it was checked when it was written. */
export function readableRules(rows: readonly RuleRow[], currency: Currency): Rule[] {
  return rows.filter(({ isActive }) => isActive).flatMap((row) => { const rule = readRule(row, currency); return rule ? [rule] : [] })
}

export function readRule(row: Pick<RuleRow, 'id' | 'version' | 'match' | 'conditions' | 'actions'>, currency: Currency): Rule | undefined {
  const conditions = row.conditions.map((text) => parseCondition(text, { currency, where: 'conditions' }))
  return conditions.every((one) => one.ok) ? { id: row.id, version: row.version, match: row.match, conditions: conditions.map(({ value }) => value), actions: row.actions } : undefined
}

export function ruleLineOf(line: FilingLine): RuleLine {
  return ruleLine({ label: line.label, counterparty: line.counterpartyName, reference: line.reference, merchantId: line.merchantId, accountId: line.accountId, bookedOn: line.bookedOn, minor: line.amount })
}

/** The likely categories of a line by what was learnt. Until a company has taught much, money in is not called a charge. */
export function candidatesOf(filing: Filing, line: FilingLine, limit = 5): Prediction[] {
  const { model } = filing.knowing
  const isNew = model.calibration.temperature === 1.5 && model.counts.every((count) => count === 0)
  return predict(model, featuresOfLine(line), {
    limit, allowed: (id) => {
      const category = filing.categories.get(id)
      return category !== undefined && !category.isArchived && !(isNew && ((category.kind === 'income' && line.amount < 0n) || (category.kind === 'expense' && line.amount > 0n)))
    },
  })
}

/** What a rule makes of a line: null when it gives no category, or one that is archived. */
export function filedByRule(filing: Pick<Filing, 'categories'>, rule: Rule, line: FilingLine): Filed | null {
  const { categoryId, split } = rule.actions
  const inUse = (id: string) => filing.categories.get(id)?.isArchived === false
  const base = { lineId: line.id, source: 'rule' as const, confidence: null, ruleId: rule.id, ruleVersion: rule.version, modelVersion: null }
  if (categoryId !== null) return inUse(categoryId) ? { ...base, categoryId, parts: null } : null
  if (split === null || !split.every((share) => inUse(share.categoryId))) return null
  const amounts = allocate(line.amount, split.map(({ share }) => BigInt(share)))
  const parts = split.map(({ categoryId: own }, at) => ({ categoryId: own, amount: amounts[at]! })).filter(({ amount }) => amount !== 0n)
  return parts.length === 0 ? null : { ...base, categoryId: biggest(parts), parts: parts.length > 1 ? parts : null }
}

/** The category of the part that weighs most, the first when two weigh the same. */
export function biggest(parts: readonly Part[]): string {
  const size = (amount: bigint) => (amount < 0n ? -amount : amount)
  return parts.reduce((best, part) => (size(part.amount) > size(best.amount) ? part : best)).categoryId
}

/** The rule that decides a line, and its category by that rule or, failing it, by what was learnt when that is sure enough. */
export function decide(filing: Filing, line: FilingLine): { readonly rule: Rule | undefined; readonly filed: Filed | null } {
  const rule = firstMatch(filing.rules, ruleLineOf(line))
  const byRule = rule ? filedByRule(filing, rule, line) : null
  if (byRule) return { rule, filed: byRule }
  const best = candidatesOf(filing, line, 1)[0]
  if (!best || best.confidence < FILING_CONFIDENCE) return { rule, filed: null }
  return { rule, filed: { lineId: line.id, categoryId: best.id, source: best.by, confidence: best.confidence, ruleId: null, ruleVersion: null, modelVersion: filing.knowing.version, parts: null } }
}
