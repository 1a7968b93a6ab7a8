import type { EventKind } from '../../../contract/events.ts'
import type { TenantId } from '../../../core/kernel/id.ts'
import type { App } from '../../platform/app.ts'
import type { EventReaction } from '../../platform/events/index.ts'
import { portfolioContext, refreshPortfolio } from './refresh-portfolio.ts'

const QUEUE = 'refresh-portfolio'
/** What happens within this time is one refresh. */
const GATHER_SECONDS = 3
/** These change nothing that a firm sees in its list. */
const UNSEEN: readonly EventKind[] = ['job.progress', 'workflow.changed', 'member.added', 'member.changed', 'member.removed', 'webhook.changed', 'webhook.tested', 'webhook.failed']

/** Not named `tenantId`: it is housekeeping, and is not shown among the jobs of the company. */
type RefreshJob = { readonly company: string }

/** Declares the queue that keeps the portfolio's rows. */
export function defineReportingJobs(app: App): void {
  app.jobs.define<RefreshJob>(QUEUE, { title: { fr: 'Mise à jour du portefeuille', en: 'Refresh of the portfolio' } }, async ({ data }) => {
    const ctx = await portfolioContext(app, data.company as TenantId)
    if (ctx) await refreshPortfolio(app, ctx)
  })
}

/** Asks for a refresh a moment from now; those that follow closely are the same one. */
export async function queueRefresh(app: App, company: string, seconds: number = GATHER_SECONDS): Promise<void> {
  await app.jobs.enqueue<RefreshJob>(QUEUE, { company }, { key: company, startAfter: seconds })
}

/** Has the row of a company follow what happens there. */
export const followPortfolio: EventReaction = async (app, tx, events) => {
  if (events.some(({ kind }) => !UNSEEN.includes(kind))) await queueRefresh(app, tx.tenantId)
}
