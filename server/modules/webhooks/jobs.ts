import { EVENTS } from '../../../contract/events.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { EventReaction } from '../../platform/events/index.ts'
import { bodyOf } from './body.ts'
import { deliver } from './deliver.ts'
import { allTenants, dropDeliveries, insertDeliveries } from './delivery-store.ts'
import { enabledEndpoints } from './store.ts'

const QUEUE = 'deliver-webhooks'
const DROP = 'drop-old-deliveries'
/** As long as the events they tell are kept. */
const DAYS_KEPT = 30

/** Not named `tenantId`: deliveries have a page of their own and are not shown among the jobs of the company. */
type DeliveryJob = { readonly company: string; readonly id: string }

/** Asks for a try of a delivery, in the transaction this call stands in. */
export async function queueDelivery(app: App, tx: TenantTx, { id, seconds = 0 }: { readonly id: string; readonly seconds?: number }): Promise<void> {
  await app.jobs.enqueue<DeliveryJob>(QUEUE, { company: tx.tenantId, id }, seconds > 0 ? { startAfter: seconds } : {})
}

/** Makes the deliveries of events, one for each address that asked for their kind. */
export const tellEndpoints: EventReaction = async (app, tx, events) => {
  const told = events.filter(({ kind }) => EVENTS[kind].webhook)
  const endpoints = told.length === 0 ? [] : await enabledEndpoints(tx)
  const deliveries = endpoints.flatMap(({ id, kinds }) => told.filter(({ kind }) => kinds.includes(kind))
    .map((event) => ({ endpointId: id, eventId: event.id, kind: event.kind, body: bodyOf(tx.tenantId, event) })))
  for (const id of await insertDeliveries(tx, deliveries)) await queueDelivery(app, tx, { id })
}

/** Forgets what was sent, in every company, as events are forgotten. */
export async function dropOldDeliveries(app: App, days: number = DAYS_KEPT): Promise<void> {
  for (const tenantId of await app.db.system(allTenants)) {
    while (await app.db.tenant({ tenantId, userId: null }, (tx) => dropDeliveries(tx, days)) > 0) { /* the next part */ }
  }
}

/** Declares the queues of the webhooks. */
export function defineWebhookJobs(app: App): void {
  app.jobs.define<DeliveryJob>(QUEUE, { concurrency: 8, timeoutSeconds: 90, title: { fr: 'Envoi d\'un webhook', en: 'Delivery of a webhook' } }, async ({ data: { company, id } }) => {
    await deliver(app, { tenantId: company, id }, (tx, seconds) => queueDelivery(app, tx, { id, seconds }))
  })
  app.jobs.define(DROP, { timeoutSeconds: 3600, title: { fr: 'Oubli des anciens envois', en: 'Forgetting of old deliveries' } }, async () => { await dropOldDeliveries(app) })
}

/** Sets the clock of what happens every night. */
export async function scheduleWebhookJobs(app: App): Promise<() => Promise<void>> {
  await app.jobs.schedule(DROP, { cron: '41 3 * * *', timeZone: 'UTC', data: {} })
  return async () => undefined
}
