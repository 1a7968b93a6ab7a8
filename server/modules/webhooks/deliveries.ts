import { Type } from 'typebox'
import type { ReplayOutcome, ReplayWebhook, WebhookDeliveryQuery } from '../../../contract/webhooks.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { decodeCursor, PAGE_LIMIT } from '../../platform/http/cursor.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { bodyOf } from './body.ts'
import { deliveriesToReplay, findDelivery, insertDeliveries, listDeliveryRows, listTries, missedEvents, requeueDeliveries } from './delivery-store.ts'
import { queueDelivery } from './jobs.ts'
import { lockEndpoint } from './store.ts'
import type { Delivery, Endpoint, Try } from './types.ts'

const Key = Type.Tuple([Type.String(), Type.String({ pattern: '^[0-9a-f-]{36}$' })])
const TRIES_SHOWN = 100
/** Deliveries one call has sent again. */
const REPLAYED_MAX = 500

/** What was sent or waits to be, latest first. One row more than asked for says that there is a next page. */
export async function browseDeliveries(app: App, ctx: Context, query: WebhookDeliveryQuery): Promise<Delivery[]> {
  authorize(ctx, 'webhook.manage')
  const key = decodeCursor(query.cursor, Key)
  return await app.db.tenant(ctx, (tx) => listDeliveryRows(tx, {
    endpointId: query.endpointId ?? null, state: query.state ?? null, before: key && { at: key[0], id: key[1] }, limit: (query.limit ?? PAGE_LIMIT) + 1,
  }))
}

export async function readDelivery(app: App, ctx: Context, id: string): Promise<{ delivery: Delivery; tries: Try[] }> {
  authorize(ctx, 'webhook.manage')
  return await app.db.tenant(ctx, async (tx) => {
    const delivery = await findDelivery(tx, id)
    if (!delivery) throw new Refusal('NOT_FOUND')
    return { delivery, tries: await listTries(tx, id, TRIES_SHOWN) }
  })
}

async function enabledEndpoint(tx: TenantTx, id: string): Promise<Endpoint> {
  const endpoint = await lockEndpoint(tx, id)
  if (!endpoint) throw new Refusal('NOT_FOUND')
  if (!endpoint.enabled) throw new Refusal('WEBHOOK_DISABLED')
  return endpoint
}

/** Sends an event of no consequence, to see an address at work. Refuses NOT_FOUND, WEBHOOK_DISABLED. */
export async function testEndpoint(app: App, ctx: Context, id: string): Promise<Delivery> {
  authorize(ctx, 'webhook.manage')
  return await app.db.tenant(ctx, async (tx) => {
    await enabledEndpoint(tx, id)
    const event = { id: uuidv7(), at: app.clock.now().toISOString(), kind: 'webhook.tested' as const, subject: id, data: {} }
    const [deliveryId] = await insertDeliveries(tx, [{ endpointId: id, eventId: event.id, kind: event.kind, body: bodyOf(ctx.tenantId, event) }])
    await queueDelivery(app, tx, { id: deliveryId! })
    await recordAudit(tx, ctx, { action: 'webhook.test', subjectKind: 'webhook', subjectId: id })
    return (await findDelivery(tx, deliveryId!))!
  })
}

/** Has one delivery sent again, whatever its state. It keeps the id of its event, by which a receiver knows it. Refuses NOT_FOUND, WEBHOOK_DISABLED. */
export async function replayDelivery(app: App, ctx: Context, id: string): Promise<Delivery> {
  authorize(ctx, 'webhook.manage')
  return await app.db.tenant(ctx, async (tx) => {
    const delivery = await findDelivery(tx, id)
    if (!delivery) throw new Refusal('NOT_FOUND')
    await enabledEndpoint(tx, delivery.endpointId)
    for (const queued of await requeueDeliveries(tx, [id])) await queueDelivery(app, tx, { id: queued })
    await recordAudit(tx, ctx, { action: 'webhook.replay', subjectKind: 'webhook', subjectId: delivery.endpointId, after: { delivery: id } })
    return (await findDelivery(tx, id))!
  })
}

/**
 * Has everything since an instant sent again: what was given up, what happened while the address was suspended, and with
 * `all` what was delivered too. Refuses NOT_FOUND, WEBHOOK_DISABLED.
 */
export async function replaySince(app: App, ctx: Context, { id, since, only = 'dead' }: ReplayWebhook & { readonly id: string }): Promise<ReplayOutcome> {
  authorize(ctx, 'webhook.manage')
  return await app.db.tenant(ctx, async (tx) => {
    await enabledEndpoint(tx, id)
    const found = await deliveriesToReplay(tx, { endpointId: id, since, all: only === 'all', limit: REPLAYED_MAX + 1 })
    const missed = await missedEvents(tx, { endpointId: id, since, limit: REPLAYED_MAX + 1 })
    const again = await requeueDeliveries(tx, found.slice(0, REPLAYED_MAX))
    const added = await insertDeliveries(tx, missed.slice(0, REPLAYED_MAX).map((event) => ({ endpointId: id, eventId: event.id, kind: event.kind, body: bodyOf(ctx.tenantId, event) })))
    for (const queued of [...again, ...added]) await queueDelivery(app, tx, { id: queued })
    await recordAudit(tx, ctx, { action: 'webhook.replay', subjectKind: 'webhook', subjectId: id, after: { since, only, queued: again.length + added.length } })
    return { queued: again.length + added.length, isComplete: found.length <= REPLAYED_MAX && missed.length <= REPLAYED_MAX }
  })
}
