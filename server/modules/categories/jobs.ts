import type { App } from '../../platform/app.ts'
import type { TenantId } from '../../../core/kernel/id.ts'
import type { EventReaction } from '../../platform/events/index.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { productContext } from '../../platform/workflow/product-context.ts'
import { findSettings } from './category-store.ts'
import { fileLines } from './file-lines.ts'
import { trainCompany } from './model.ts'
import { FILE, type FilingJob, queueFiling, TRAIN, type TrainJob } from './queues.ts'

/** What arrives within this time is looked at together, once labels were read. */
const GATHER_SECONDS = 2
/** A line arrives, its words are read, its entry is made: each may let it be filed or posted. */
const ARRIVALS: readonly string[] = ['import.committed', 'lines.enriched', 'lines.posted']

/** Declares the queues that file lines and that train. */
export function defineCategoryJobs(app: App): void {
  app.jobs.define<FilingJob>(FILE, {
    timeoutSeconds: 1800, title: { fr: 'Classement des opérations bancaires', en: 'Categories of bank lines' }, subject: ({ changeId }) => ({ kind: 'category-change', id: changeId }),
  }, async (job) => {
    const ctx = await productContext(app, job.data.tenantId as TenantId)
    if (ctx) await fileLines(app, ctx, job)
  })
  app.jobs.define<TrainJob>(TRAIN, { timeoutSeconds: 600, title: { fr: 'Apprentissage des catégories', en: 'Learning of categories' } }, async ({ data }) => {
    const ctx = await productContext(app, data.company as TenantId)
    if (ctx) await trainCompany(app, ctx)
  })
}

/** Files lines that arrive, and looks again once their labels were read and their entries made, where the company did not switch it off. */
export const fileNewLines: EventReaction = async (app, tx, events) => {
  if (!events.some(({ kind }) => ARRIVALS.includes(kind))) return
  const settings = await findSettings(tx)
  if (settings?.categoriseNewLines === false) return
  // An entry that was made changes no category: it only lets the proposed one follow.
  const heard = settings?.postAutomatically ? ARRIVALS : ARRIVALS.filter((kind) => kind !== 'lines.posted')
  const imports = new Set(events.flatMap(({ kind, subject }) => (heard.includes(kind) && subject !== null ? [subject] : [])))
  for (const importId of imports) await queueFiling(app, tx, { changeId: uuidv7(), importId, from: null, to: null, which: 'again', ruleIds: null, key: importId, seconds: GATHER_SECONDS })
}
