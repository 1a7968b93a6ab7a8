import type { TenantId } from '../../../core/kernel/id.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { CONNECTIONS_MAX, listConnections } from './connection-store.ts'
import { allCompanies, dropOld } from './event-store.ts'
import { handleNotification } from './handle.ts'
import { tellInstitutions } from './state.ts'

const QUEUE = 'handle-notifications'
const DROP = 'drop-old-notifications'
/** Notifications that were handled, and the log of the runs, are kept as long. */
const DAYS_KEPT = 90

/** Not named `tenantId`: notifications have a page of their own and are not shown among the jobs of the company. */
type NotificationJob = { readonly company: string; readonly id: string }

/** Asks for a notification to be handled, in the transaction this call stands in. */
export async function queueEvent(app: App, tx: TenantTx, id: string): Promise<void> {
  await app.jobs.enqueue<NotificationJob>(QUEUE, { company: tx.tenantId, id }, { key: id })
}

/** Forgets what was handled long ago, in every company, and tells institutions whose consent comes to its end. What failed stays until a person has looked. */
export async function dropOldNotifications(app: App, days: number = DAYS_KEPT): Promise<void> {
  const before = new Date(app.clock.now().getTime() - days * 86_400_000)
  for (const tenantId of await app.db.system(allCompanies)) {
    await app.db.tenant({ tenantId, userId: null }, async (tx) => {
      await dropOld(tx, before)
      for (const { id } of await listConnections(tx, { id: null, provider: null, limit: CONNECTIONS_MAX })) await tellInstitutions(tx, id, app.clock.now())
    })
  }
}

/** Declares the queues of the connections. */
export function defineSyncJobs(app: App): void {
  app.jobs.define<NotificationJob>(QUEUE, { concurrency: 2, title: { fr: 'Notification d\'un service bancaire', en: 'Notification of a bank service' } }, async ({ data: { company, id }, isLastAttempt }) => {
    await handleNotification(app, { tenantId: company as TenantId, id, isLast: isLastAttempt })
  })
  app.jobs.define(DROP, { timeoutSeconds: 3600, title: { fr: 'Oubli des anciennes notifications', en: 'Forgetting of old notifications' } }, async () => { await dropOldNotifications(app) })
}

/** Sets the clock of what happens every night. */
export async function scheduleSyncJobs(app: App): Promise<() => Promise<void>> {
  await app.jobs.schedule(DROP, { cron: '11 4 * * *', timeZone: 'UTC', data: {} })
  return async () => undefined
}
