import type { CategoryRuleChange, NewCategoryRule } from '../../../contract/categories.ts'
import { checkActions, type ConditionText, parseCondition } from '../../../core/category/rule-parse.ts'
import type { Actions, Rule } from '../../../core/category/rule.ts'
import { isUuid } from '../../../core/kernel/id.ts'
import type { Problem } from '../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { allCategories, lockCategories } from './category-store.ts'
import { ruleFromLine } from './draft-rule.ts'
import { linesById } from './line-store.ts'
import { allRules, findRule, insertRule, listRules, orderRules, removeRule, type RuleContent, type RuleView, ruleSubjects, updateRule } from './rule-store.ts'
import { ensureCategories } from './start-categories.ts'

/** Rules one company may have: each new line is asked of all of them. */
export const RULES_MAX = 500

/** One page of rules in their order. */
export async function browseRules(app: App, ctx: Context, page: { readonly after: { readonly position: number; readonly id: string } | null; readonly limit: number }): Promise<RuleView[]> {
  authorize(ctx, 'category.read')
  return app.db.tenant(ctx, (tx) => listRules(tx, page))
}

/** One rule. Refuses NOT_FOUND. */
export async function readOneRule(app: App, ctx: Context, id: string): Promise<RuleView> {
  authorize(ctx, 'category.read')
  return app.db.tenant(ctx, (tx) => load(tx, id))
}

/** Adds a rule, after the others. Refuses REQUEST_INVALID (with each problem), NOT_FOUND, CATEGORY_ARCHIVED, RULES_TOO_MANY. */
export async function createRule(app: App, ctx: Context, input: NewCategoryRule): Promise<RuleView> {
  authorize(ctx, 'category.write')
  return app.db.tenant(ctx, async (tx) => {
    await lockCategories(tx)
    const rule = await checked(tx, ctx, { id: uuidv7(), input })
    if ((await allRules(tx)).length >= RULES_MAX) throw new Refusal('RULES_TOO_MANY', { limit: String(RULES_MAX) })
    await insertRule(tx, rule.content, ctx.userId)
    await told(tx, ctx, { action: 'category-rule.create', id: rule.content.id, before: null, after: rule.content })
    return load(tx, rule.content.id)
  })
}

/** Changes a rule; lines it decided keep what it said then. Refuses NOT_FOUND, VERSION_CONFLICT, and what createRule refuses. */
export async function changeRule(app: App, ctx: Context, { id, change }: { readonly id: string; readonly change: CategoryRuleChange }): Promise<RuleView> {
  authorize(ctx, 'category.write')
  return app.db.tenant(ctx, async (tx) => {
    await lockCategories(tx)
    const before = await load(tx, id)
    if (before.version !== change.version) throw new Refusal('VERSION_CONFLICT')
    const { content } = await checked(tx, ctx, { id, input: change })
    await updateRule(tx, content, ctx.userId)
    await told(tx, ctx, { action: 'category-rule.update', id, before, after: content })
    return load(tx, id)
  })
}

/** Takes a rule away; the lines it decided stay as they are. Refuses NOT_FOUND. */
export async function deleteRule(app: App, ctx: Context, id: string): Promise<void> {
  authorize(ctx, 'category.write')
  await app.db.tenant(ctx, async (tx) => {
    await lockCategories(tx)
    const before = await load(tx, id)
    await removeRule(tx, id, ctx.userId)
    await told(tx, ctx, { action: 'category-rule.delete', id, before, after: null })
  })
}

/** Gives the rules another order; every rule is named once. Refuses RULE_ORDER_INCOMPLETE, NOT_FOUND. */
export async function reorderRules(app: App, ctx: Context, ids: readonly string[]): Promise<void> {
  authorize(ctx, 'category.write')
  await app.db.tenant(ctx, async (tx) => {
    await lockCategories(tx)
    const before = (await allRules(tx)).map(({ id }) => id)
    const known = new Set(before)
    if (ids.some((id) => !known.has(id))) throw new Refusal('NOT_FOUND')
    if (new Set(ids).size !== before.length || ids.length !== before.length) throw new Refusal('RULE_ORDER_INCOMPLETE')
    await orderRules(tx, ids)
    await told(tx, ctx, { action: 'category-rule.order', id: ids[0] ?? ctx.tenantId, before: { ids: before }, after: { ids } })
  })
}

/** A rule as it could be made from a line: its cleaned words, its direction, its category. Nothing is stored. Refuses NOT_FOUND. */
export async function draftRule(app: App, ctx: Context, lineId: string): Promise<NewCategoryRule> {
  authorize(ctx, 'category.read')
  return app.db.tenant(ctx, async (tx) => {
    const line = (await linesById(tx, [lineId]))[0]
    if (!line) throw new Refusal('NOT_FOUND')
    return ruleFromLine(line)
  })
}

/** Reads a rule whole: its conditions, its actions, and that what it names belongs to the company and is in service. */
export async function checked(tx: TenantTx, ctx: Context, { id, input }: { readonly id: string; readonly input: NewCategoryRule }): Promise<{ readonly content: RuleContent; readonly rule: Rule }> {
  await ensureCategories(tx)
  const actions: Actions = { categoryId: input.actions.categoryId ?? null, split: input.actions.split ?? null, note: input.actions.note?.trim() || null, merchantId: input.actions.merchantId ?? null }
  const read = input.conditions.map((condition, at) => parseCondition(condition, { currency: ctx.currency, where: `conditions.${at}` }))
  const problems: Problem[] = [...read.flatMap((one) => (one.ok ? [] : [one.problem])), ...checkActions(actions)]
  if (problems.length > 0) throw new Refusal('REQUEST_INVALID', {}, problems)
  await checkSubjects(tx, { conditions: input.conditions, actions })
  const content = { id, name: input.name.trim(), isActive: input.isActive, match: input.match, conditions: input.conditions, actions }
  return { content, rule: { id, version: 0, match: input.match, conditions: read.flatMap((one) => (one.ok ? [one.value] : [])), actions } }
}

async function checkSubjects(tx: TenantTx, { conditions, actions }: { readonly conditions: readonly ConditionText[]; readonly actions: Actions }): Promise<void> {
  const categories = new Map((await allCategories(tx)).map((category) => [category.id, category]))
  for (const id of [...(actions.categoryId === null ? [] : [actions.categoryId]), ...(actions.split ?? []).map((share) => share.categoryId)]) {
    const category = categories.get(id)
    if (!category) throw new Refusal('NOT_FOUND')
    if (category.isArchived) throw new Refusal('CATEGORY_ARCHIVED', { name: category.name })
  }
  const named = (field: string) => conditions.flatMap((condition) => (condition.field === field && condition.value !== undefined ? [condition.value] : []))
  const accounts = named('account')
  const merchants = [...named('merchant'), ...(actions.merchantId === null ? [] : [actions.merchantId])]
  if (![...accounts, ...merchants].every(isUuid) || !await ruleSubjects(tx, { accounts: [...new Set(accounts)], merchants: [...new Set(merchants)] })) throw new Refusal('NOT_FOUND')
}

async function load(tx: TenantTx, id: string): Promise<RuleView> {
  const rule = await findRule(tx, id)
  if (!rule) throw new Refusal('NOT_FOUND')
  return rule
}

async function told(tx: TenantTx, ctx: Context, { action, id, before, after }: { readonly action: string; readonly id: string; readonly before: unknown; readonly after: unknown }): Promise<void> {
  await appendEvent(tx, ctx, { kind: 'category.changed', subject: id, data: {} })
  await recordAudit(tx, ctx, { action, subjectKind: 'category-rule', subjectId: id, before, after })
}
