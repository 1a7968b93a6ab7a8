import type { Actions } from '../../../core/category/rule.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import { allCategories, archiveCategory, lockCategories } from './category-store.ts'
import { queueTraining } from './queues.ts'
import { moveLines } from './merge-store.ts'
import { allRules, updateRule } from './rule-store.ts'
import { load, told } from './tree.ts'
import type { CategoryView } from './types.ts'

/**
 * Merges a category into another: its lines, its rules and what was learnt of it go over, and it is archived. Refuses NOT_FOUND,
 * CATEGORY_MERGE_REFUSED (itself, an archived one, another kind, a group that is not empty).
 */
export async function mergeCategory(app: App, ctx: Context, { id, into }: { readonly id: string; readonly into: string }): Promise<CategoryView> {
  authorize(ctx, 'category.write')
  return app.db.tenant(ctx, async (tx) => {
    await lockCategories(tx)
    const known = await allCategories(tx)
    const [from, target] = [id, into].map((wanted) => known.find((one) => one.id === wanted))
    if (!from || !target) throw new Refusal('NOT_FOUND')
    if (from.id === target.id || target.isArchived || from.kind !== target.kind || known.some(({ parentId, isArchived }) => parentId === id && !isArchived)) throw new Refusal('CATEGORY_MERGE_REFUSED')
    const lines = await moveLines(tx, id, into)
    for (const rule of await allRules(tx)) {
      const actions = merged(rule.actions, { id, into })
      if (JSON.stringify(actions) !== JSON.stringify(rule.actions)) await updateRule(tx, { ...rule, actions }, ctx.userId)
    }
    await archiveCategory(tx, id, true)
    await queueTraining(app, tx)
    await told(tx, ctx, { action: 'category.merge', id, before: from, after: { into, lines } })
    return load(tx, into)
  })
}

/** The shares of two categories that become one are one share. A split that comes to one category is that category. */
function merged(actions: Actions, { id, into }: { readonly id: string; readonly into: string }): Actions {
  if (actions.split === null) return actions.categoryId === id ? { ...actions, categoryId: into } : actions
  const shares = new Map<string, number>()
  for (const { categoryId, share } of actions.split) {
    const own = categoryId === id ? into : categoryId
    shares.set(own, (shares.get(own) ?? 0) + share)
  }
  if (shares.size === 1) return { ...actions, split: null, categoryId: into }
  return { ...actions, split: [...shares].map(([categoryId, share]) => ({ categoryId, share })) }
}
