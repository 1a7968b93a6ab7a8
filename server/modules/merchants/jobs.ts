import { LABEL_RULES } from '../../../core/label/read-label.ts'
import type { TenantId } from '../../../core/kernel/id.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import { appendEvent, type EventReaction } from '../../platform/events/index.ts'
import type { Job } from '../../platform/jobs/jobs.ts'
import { countWanted, linesToRead, tenantsWithBooks, type Wanted } from './enrichment-store.ts'
import { enrich } from './read-lines.ts'
import { lockMerchants } from './store.ts'

const QUEUE = 'enrich-lines'
const SWEEP = 'enrich-missed-lines'
/** Lines one transaction reads, so that people are served between two batches. */
const BATCH_MAX = 500

/** `importId` null: every line, or only those no rule of this version has read. */
type EnrichJob = { readonly tenantId: string; readonly importId: string | null; readonly all: boolean }

/** Reads the labels wanted, batch by batch. It may run twice: the same label gives the same values. */
async function enrichWanted(app: App, tenantId: TenantId, { wanted, job }: { readonly wanted: Wanted; readonly job: Pick<Job<EnrichJob>, 'progress' | 'signal'> }): Promise<void> {
  const scope = { tenantId, userId: null }
  const total = await app.db.tenant(scope, (tx) => countWanted(tx, wanted))
  let after: string | null = null
  for (let done = 0; ;) {
    job.signal.throwIfAborted()
    const from: string | null = after
    const lines = await app.db.tenant(scope, async (tx) => {
      await lockMerchants(tx)
      const batch = await linesToRead(tx, wanted, { after: from, limit: BATCH_MAX })
      await enrich(tx, batch)
      done += batch.length
      if (batch.length < BATCH_MAX && done > 0) await appendEvent(tx, { tenantId }, { kind: 'lines.enriched', subject: wanted.importId, data: { count: done } })
      return batch
    })
    if (total > 0) job.progress(done, Math.max(done, total))
    if (lines.length < BATCH_MAX) return
    after = lines.at(-1)!.id
  }
}

/** Declares the queues that read labels. */
export function defineMerchantJobs(app: App): void {
  app.jobs.define<EnrichJob>(QUEUE, {
    timeoutSeconds: 1800, title: { fr: 'Lecture des libellés bancaires', en: 'Reading of bank labels' }, subject: ({ importId }) => (importId === null ? null : { kind: 'import', id: importId }),
  }, async (job) => {
    const { tenantId, importId, all } = job.data
    await enrichWanted(app, tenantId as TenantId, { wanted: { importId, olderThan: importId !== null || all ? null : LABEL_RULES }, job })
  })
  app.jobs.define(SWEEP, { timeoutSeconds: 1800, title: { fr: 'Libellés restés sans lecture', en: 'Labels left unread' } }, async () => { await sweepUnread(app) })
}

/** Asks for the lines of every company that no rule of this version has read: after an update of the rules, or a job that was lost. */
export async function sweepUnread(app: App): Promise<void> {
  for (const tenantId of await app.db.system(tenantsWithBooks)) {
    const unread = await app.db.tenant({ tenantId, userId: null }, (tx) => linesToRead(tx, { importId: null, olderThan: LABEL_RULES }, { after: null, limit: 1 }))
    if (unread.length > 0) await app.jobs.enqueue<EnrichJob>(QUEUE, { tenantId, importId: null, all: false }, { key: `${tenantId} unread` })
  }
}

/** Sets the clock of what happens every night. */
export async function scheduleMerchantJobs(app: App): Promise<() => Promise<void>> {
  await app.jobs.schedule(SWEEP, { cron: '53 3 * * *', timeZone: 'UTC', data: {} })
  return async () => undefined
}

/** Reads the labels of each import that was committed. */
export const readNewLabels: EventReaction = async (app, tx, events) => {
  for (const { kind, subject } of events) {
    if (kind === 'import.committed' && subject !== null) await app.jobs.enqueue<EnrichJob>(QUEUE, { tenantId: tx.tenantId, importId: subject, all: false }, { key: subject })
  }
}

/** Reads every label of the company again, by a job. */
export async function enrichEveryLine(app: App, ctx: Context): Promise<{ lines: number; jobId: string | null }> {
  authorize(ctx, 'merchant.write')
  return await app.db.tenant(ctx, async (tx) => ({
    lines: await countWanted(tx, { importId: null, olderThan: null }),
    jobId: await app.jobs.enqueue<EnrichJob>(QUEUE, { tenantId: ctx.tenantId, importId: null, all: true }, { key: `${ctx.tenantId} all` }),
  }))
}
