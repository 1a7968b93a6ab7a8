import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import { countJobs, findJob, listJobs, listSchedules, type JobFilter, type JobRow, type QueueCounts } from '../../platform/jobs/history-store.ts'

/** The queues that are the product's plumbing. */
const plumbing = (app: App): string[] => app.jobs.queues().filter((queue) => !queue.isShown).map((queue) => queue.name)

/** The jobs of the company, latest first. */
export async function browseJobs(app: App, ctx: Context, filter: Omit<JobFilter, 'hidden'>): Promise<JobRow[]> {
  authorize(ctx, 'operation.read')
  return app.db.system((tx) => listJobs(tx, ctx.tenantId, { ...filter, hidden: plumbing(app) }))
}

/** One job. Refuses NOT_FOUND, for another company's too. */
export async function readJob(app: App, ctx: Context, id: string): Promise<JobRow> {
  authorize(ctx, 'operation.read')
  const job = await app.db.system((tx) => findJob(tx, ctx.tenantId, id))
  if (!job) throw new Refusal('NOT_FOUND')
  return job
}

export type ScheduleView = { readonly queue: string; readonly workflow: string | null; readonly cron: string; readonly timeZone: string; readonly nextAt: string | null }

/** How many jobs of the company stand where, and what its clock starts. */
export async function browseQueues(app: App, ctx: Context): Promise<{ counts: QueueCounts[]; schedules: ScheduleView[] }> {
  authorize(ctx, 'operation.read')
  return app.db.system(async (tx) => ({
    counts: await countJobs(tx, ctx.tenantId, plumbing(app)),
    schedules: (await listSchedules(tx, { tenantId: ctx.tenantId })).map(({ queue, key, cron, timeZone }) => ({
      queue, workflow: key.includes('/') ? key.slice(0, key.indexOf('/')) : null, cron, timeZone, nextAt: app.jobs.nextAt({ cron, timeZone }),
    })),
  }))
}
