import type { CategorySettings } from '../../../contract/categories.ts'
import { exampleCount } from '../../../core/category/model.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import { recordAudit } from '../audit/index.ts'
import { allCategories, updateSettings } from './category-store.ts'
import { knowingOf } from './model.ts'
import { modelHead, type ModelHead } from './model-store.ts'
import { ensureCategories } from './start-categories.ts'
import type { Settings } from './types.ts'

/** What happens by itself. */
export async function readSettings(app: App, ctx: Context): Promise<Settings> {
  authorize(ctx, 'category.read')
  const { categoriseNewLines, postAutomatically } = await app.db.tenant(ctx, ensureCategories)
  return { categoriseNewLines, postAutomatically }
}

/** Changes what happens by itself. Posting entries without a person needs who may post. */
export async function changeSettings(app: App, ctx: Context, settings: CategorySettings): Promise<Settings> {
  authorize(ctx, 'category.write')
  return app.db.tenant(ctx, async (tx) => {
    const { categoriseNewLines, postAutomatically } = await ensureCategories(tx)
    if (settings.postAutomatically !== postAutomatically) authorize(ctx, 'ledger.post')
    await updateSettings(tx, settings)
    await recordAudit(tx, ctx, { action: 'category-settings.update', subjectKind: 'company', subjectId: ctx.tenantId, before: { categoriseNewLines, postAutomatically }, after: settings })
    return settings
  })
}

export type ModelState = { readonly version: bigint; readonly examples: number; readonly categories: number; readonly memories: number; readonly head: ModelHead | undefined }

/** What was learnt so far, and how well it does. */
export async function readModel(app: App, ctx: Context): Promise<ModelState> {
  authorize(ctx, 'category.read')
  return app.db.tenant(ctx, async (tx) => {
    await ensureCategories(tx)
    const { model, version } = await knowingOf(app, tx, await allCategories(tx))
    return { version, examples: exampleCount(model), categories: model.counts.filter((count) => count > 0).length, memories: model.memory.size, head: await modelHead(tx) }
  })
}
