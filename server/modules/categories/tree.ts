import type { CategoryChange, CategoryQuery, NewCategory } from '../../../contract/categories.ts'
import { findAccount } from '../../../core/ledger/accounts.ts'
import { problem } from '../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { allCategories, archiveCategory, categoryViews, deleteCategory, findCategory, insertCategories, listCategories, lockCategories, nameTaken, updateCategory } from './category-store.ts'
import { ruleUses } from './rule-store.ts'
import { ensureCategories } from './start-categories.ts'
import type { Category, CategoryView } from './types.ts'

/** Categories one company may have, archived ones included: trees and lists are read whole. */
export const CATEGORIES_MAX = 500

/** Groups in their order, each with its categories; archived ones are left out. */
export async function readTree(app: App, ctx: Context): Promise<{ group: CategoryView; children: CategoryView[] }[]> {
  authorize(ctx, 'category.read')
  return app.db.tenant(ctx, async (tx) => {
    await ensureCategories(tx)
    const inUse = (await categoryViews(tx)).filter(({ isArchived }) => !isArchived)
    const groups = inUse.filter(({ parentId }) => parentId === null)
    return groups.map((group) => ({ group, children: inUse.filter(({ parentId }) => parentId === group.id) }))
  })
}

/** One page of categories by name. */
export async function browseCategories(app: App, ctx: Context, query: Omit<CategoryQuery, 'cursor' | 'limit'> & { readonly after: { readonly name: string; readonly id: string } | null; readonly limit: number }): Promise<CategoryView[]> {
  authorize(ctx, 'category.read')
  return app.db.tenant(ctx, async (tx) => {
    await ensureCategories(tx)
    return listCategories(tx, { kind: query.kind ?? null, archived: query.archived ?? false, search: query.search?.trim() || null, after: query.after, limit: query.limit })
  })
}

/** Adds a category; what is not said is taken from its group. Refuses NOT_FOUND, CATEGORY_NAME_TAKEN, CATEGORY_MOVE_REFUSED, CATEGORIES_TOO_MANY. */
export async function createCategory(app: App, ctx: Context, input: NewCategory): Promise<CategoryView> {
  authorize(ctx, 'category.write')
  return app.db.tenant(ctx, async (tx) => {
    await ensureCategories(tx)
    await lockCategories(tx)
    const known = await allCategories(tx)
    if (known.length >= CATEGORIES_MAX) throw new Refusal('CATEGORIES_TOO_MANY', { limit: String(CATEGORIES_MAX) })
    const parent = input.parentId ? groupOf(known, input.parentId, null) : null
    const kind = input.kind ?? parent?.kind
    const account = input.account ?? parent?.account
    if (kind === undefined || account === undefined) throw new Refusal('REQUEST_INVALID', {}, [problem('GROUP_INCOMPLETE', { fr: 'Un groupe a besoin de sa nature et de son compte.', en: 'A group needs its kind and its account.' }, { field: kind === undefined ? 'kind' : 'account' })])
    const category = {
      id: uuidv7(), parentId: parent?.id ?? null, key: null, name: input.name.trim(), kind, account: checkedAccount(account), vatRate: input.vatRate ?? parent?.vatRate ?? 'none',
      vatDeductible: input.vatDeductible ?? parent?.vatDeductible ?? 100, position: known.length,
    }
    await checkName(tx, category, null)
    await insertCategories(tx, [category])
    await told(tx, ctx, { action: 'category.create', id: category.id, before: null, after: category })
    return load(tx, category.id)
  })
}

/** Changes a category, its place included. Refuses NOT_FOUND, VERSION_CONFLICT, CATEGORY_NAME_TAKEN, CATEGORY_MOVE_REFUSED, CATEGORY_ARCHIVED. */
export async function changeCategory(app: App, ctx: Context, { id, change }: { readonly id: string; readonly change: CategoryChange }): Promise<CategoryView> {
  authorize(ctx, 'category.write')
  return app.db.tenant(ctx, async (tx) => {
    await lockCategories(tx)
    const known = await allCategories(tx)
    const before = known.find((one) => one.id === id)
    if (!before) throw new Refusal('NOT_FOUND')
    if (before.version !== change.version) throw new Refusal('VERSION_CONFLICT')
    if (before.isArchived) throw new Refusal('CATEGORY_ARCHIVED', { name: before.name })
    if (change.parentId !== null) {
      groupOf(known, change.parentId, id)
      if (known.some(({ parentId }) => parentId === id)) throw new Refusal('CATEGORY_MOVE_REFUSED')
    }
    const { version: _version, ...fields } = change
    const after = { ...fields, id, name: change.name.trim(), account: checkedAccount(change.account), position: change.position ?? before.position }
    await checkName(tx, after, id)
    await updateCategory(tx, after)
    await told(tx, ctx, { action: 'category.update', id, before, after })
    return load(tx, id)
  })
}

/** Deletes a category that nothing uses; one that has lines, rules, categories or budgets is archived. Refuses NOT_FOUND, CATEGORY_MOVE_REFUSED (a group that is not empty). */
export async function removeCategory(app: App, ctx: Context, id: string): Promise<'deleted' | 'archived'> {
  authorize(ctx, 'category.write')
  return app.db.tenant(ctx, async (tx) => {
    await lockCategories(tx)
    const known = await allCategories(tx)
    const before = known.find((one) => one.id === id)
    if (!before) throw new Refusal('NOT_FOUND')
    if (known.some(({ parentId, isArchived }) => parentId === id && !isArchived)) throw new Refusal('CATEGORY_MOVE_REFUSED')
    // A default category would come back as unknown to what was learnt: it is only put away.
    const isDeleted = before.key === null && !await ruleUses(tx, id) && await deleteCategory(tx, id)
    if (!isDeleted) await archiveCategory(tx, id, true)
    await told(tx, ctx, { action: isDeleted ? 'category.delete' : 'category.archive', id, before, after: null })
    return isDeleted ? 'deleted' : 'archived'
  })
}

/** Puts an archived category back in service. Refuses NOT_FOUND, CATEGORY_NAME_TAKEN. */
export async function restoreCategory(app: App, ctx: Context, id: string): Promise<CategoryView> {
  authorize(ctx, 'category.write')
  return app.db.tenant(ctx, async (tx) => {
    await lockCategories(tx)
    const known = await allCategories(tx)
    const before = known.find((one) => one.id === id)
    if (!before) throw new Refusal('NOT_FOUND')
    if (before.isArchived) {
      await checkName(tx, before, id)
      const parent = known.find((one) => one.id === before.parentId)
      if (parent?.isArchived) await archiveCategory(tx, parent.id, false)
      await archiveCategory(tx, id, false)
      await told(tx, ctx, { action: 'category.restore', id, before, after: null })
    }
    return load(tx, id)
  })
}

/** The group a category goes into. A category under another, or under itself, is refused. */
function groupOf(known: readonly Category[], parentId: string, self: string | null): Category {
  const parent = known.find(({ id }) => id === parentId)
  if (!parent) throw new Refusal('NOT_FOUND')
  if (parent.isArchived) throw new Refusal('CATEGORY_ARCHIVED', { name: parent.name })
  if (parent.parentId !== null || parent.id === self) throw new Refusal('CATEGORY_MOVE_REFUSED')
  return parent
}

function checkedAccount(account: string): string {
  if (findAccount(account)) return account
  throw new Refusal('REQUEST_INVALID', {}, [problem('ACCOUNT_UNKNOWN', { fr: `Le plan comptable n'a pas de compte ${account}.`, en: `The chart of accounts has no account ${account}.` }, { field: 'account' })])
}

async function checkName(tx: TenantTx, { name, parentId }: { readonly name: string; readonly parentId: string | null }, except: string | null): Promise<void> {
  if (name === '') throw new Refusal('REQUEST_INVALID', {}, [problem('NAME_EMPTY', { fr: 'Donnez un nom.', en: 'Give a name.' }, { field: 'name' })])
  if (await nameTaken(tx, { name, parentId, except })) throw new Refusal('CATEGORY_NAME_TAKEN', { name })
}

export async function load(tx: TenantTx, id: string): Promise<CategoryView> {
  const category = await findCategory(tx, id)
  if (!category) throw new Refusal('NOT_FOUND')
  return category
}

export async function told(tx: TenantTx, ctx: Context, { action, id, before, after }: { readonly action: string; readonly id: string; readonly before: unknown; readonly after: unknown }): Promise<void> {
  await appendEvent(tx, ctx, { kind: 'category.changed', subject: id, data: {} })
  await recordAudit(tx, ctx, { action, subjectKind: 'category', subjectId: id, before, after })
}
