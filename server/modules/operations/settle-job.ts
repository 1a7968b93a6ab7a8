import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import { discardJob, findJob, takeFromDeadLetters, type JobRow } from '../../platform/jobs/history-store.ts'
import { recordAudit } from '../audit/index.ts'

/** Decides about a job that waits in the dead letters: the jobs' tables are the system's, the trace of it is the company's. */
async function settle(app: App, ctx: Context, { id, action }: { readonly id: string; readonly action: 'retry' | 'discard' }): Promise<JobRow> {
  return app.db.transaction(async () => {
    const job = await app.db.system(async (tx) => {
      if (!await findJob(tx, ctx.tenantId, id)) throw new Refusal('NOT_FOUND')
      const queue = await takeFromDeadLetters(tx, ctx.tenantId, id)
      if (queue === null) throw new Refusal('JOB_NOT_FAILED')
      if (action === 'retry') await app.jobs.retry(queue, id)
      else await discardJob(tx, queue, id)
      return (await findJob(tx, ctx.tenantId, id))!
    })
    await app.db.tenant(ctx, (tx) => recordAudit(tx, ctx, { action: `job.${action}`, subjectKind: 'job', subjectId: id, before: { state: 'failed' }, after: { queue: job.queue, state: job.state } }))
    return job
  })
}

/** Gives a failed job one more try. Refuses NOT_FOUND, JOB_NOT_FAILED. */
export async function retryJob(app: App, ctx: Context, id: string): Promise<JobRow> {
  authorize(ctx, 'operation.run')
  return settle(app, ctx, { id, action: 'retry' })
}

/** Gives a failed job up. Refuses NOT_FOUND, JOB_NOT_FAILED. */
export async function discardFailedJob(app: App, ctx: Context, id: string): Promise<JobRow> {
  authorize(ctx, 'operation.run')
  return settle(app, ctx, { id, action: 'discard' })
}
