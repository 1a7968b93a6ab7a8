import type { TenantId } from '../../../core/kernel/id.ts'
import type { App } from '../app.ts'
import { internalsOf } from '../db/db.ts'
import type { TenantTx } from '../db/types.ts'
import { dropEvents, listEvents, lockEnd, markHandled, rankEvents, tenantsToReact, tenantsWithEvents, type StoredEvent } from './event-store.ts'

/** What a module does about events: rows and jobs of its own, in the transaction that marks the events as handled. So it happens once. */
export type EventReaction = (app: App, tx: TenantTx, events: readonly StoredEvent[]) => Promise<void>

const REACT = 'react-to-events'
const SWEEP = 'sweep-events'
const DROP = 'drop-old-events'
const BATCH_MAX = 100
/** Events that come close together are handled by one job. */
const GATHER_MS = 50
export const EVENT_DAYS_KEPT = 30
const TENANTS_PAGE = 500

/** Not named `tenantId`: these jobs serve the product and are not shown among those of the company. */
type CompanyJob = { readonly company: string }

/** Lets each module react to the events of a company, in their order, until none is left. */
export async function reactToEvents(app: App, tenantId: string, reactions: readonly EventReaction[]): Promise<void> {
  for (;;) {
    const handled = await app.db.tenant({ tenantId: tenantId as TenantId, userId: null }, async (tx) => {
      await rankEvents(tx)
      const end = await lockEnd(tx)
      const events = await listEvents(tx, { after: end.handled, limit: BATCH_MAX })
      const last = events.at(-1)
      if (!last) return 0
      for (const reaction of reactions) await reaction(app, tx, events)
      await markHandled(tx, last.seq)
      return events.length
    })
    if (handled === 0) return
  }
}

/** Throws away the events of every company that are older than the days kept. */
export async function dropOldEvents(app: App, days: number = EVENT_DAYS_KEPT): Promise<void> {
  let after: string | null = null
  for (;;) {
    const from: string | null = after
    const tenants: readonly TenantId[] = await app.db.system((tx) => tenantsWithEvents(tx, { after: from, limit: TENANTS_PAGE }))
    for (const tenantId of tenants) {
      while (await app.db.tenant({ tenantId, userId: null }, (tx) => dropEvents(tx, days)) > 0) { /* the next part */ }
      after = tenantId
    }
    if (tenants.length < TENANTS_PAGE) return
  }
}

/** Declares the queues of the events. Before `jobs.start()`. */
export function defineEventJobs(app: App, reactions: readonly EventReaction[]): void {
  app.jobs.define<CompanyJob>(REACT, { concurrency: 2, title: { fr: 'Suites d\'un événement', en: 'What follows from an event' } }, async ({ data }) => { await reactToEvents(app, data.company, reactions) })
  app.jobs.define(SWEEP, { title: { fr: 'Événements restés sans suite', en: 'Events left without follow-up' } }, async () => {
    for (const tenantId of await app.db.system(tenantsToReact)) await app.jobs.enqueue<CompanyJob>(REACT, { company: tenantId }, { key: tenantId })
  })
  app.jobs.define(DROP, { timeoutSeconds: 3600, title: { fr: 'Oubli des anciens événements', en: 'Forgetting of old events' } }, async () => { await dropOldEvents(app) })
}

/** Has the jobs react as soon as something happens anywhere. Answers the way to stop. */
export async function startEvents(app: App): Promise<() => Promise<void>> {
  const waiting = new Map<string, NodeJS.Timeout>()
  const asking = new Set<Promise<unknown>>()
  const ask = (tenantId: string) => {
    waiting.delete(tenantId)
    const asked = internalsOf(app.db).outside(() => app.jobs.enqueue<CompanyJob>(REACT, { company: tenantId }, { key: tenantId }))
      // The sweep finds what could not be asked for now.
      .catch((error: unknown) => { app.log.warn({ err: error }, 'the jobs could not be told of an event') })
      .finally(() => { asking.delete(asked) })
    asking.add(asked)
  }
  app.events.onAppended((tenantId) => {
    if (!waiting.has(tenantId)) waiting.set(tenantId, setTimeout(() => { ask(tenantId) }, GATHER_MS))
  })
  const stop = await app.events.start()
  await app.jobs.schedule(SWEEP, { cron: '* * * * *', timeZone: 'UTC', data: {} })
  await app.jobs.schedule(DROP, { cron: '17 3 * * *', timeZone: 'UTC', data: {} })
  return async () => {
    await stop()
    for (const timer of waiting.values()) clearTimeout(timer)
    waiting.clear()
    await Promise.all(asking)
  }
}
