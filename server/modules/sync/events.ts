import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { recordAudit } from '../audit/index.ts'
import { type EventFilter, findEvent, listEvents, waitAgain } from './event-store.ts'
import { queueEvent } from './jobs.ts'
import type { IncomingEvent, IncomingEventWhole } from './types.ts'

async function eventOf(tx: TenantTx, id: string): Promise<IncomingEventWhole> {
  const event = await findEvent(tx, id)
  if (!event) throw new Refusal('NOT_FOUND')
  return event
}

/** One page of notifications, latest first. */
export async function browseEvents(app: App, ctx: Context, filter: EventFilter): Promise<IncomingEvent[]> {
  authorize(ctx, 'bank.read')
  return await app.db.tenant(ctx, (tx) => listEvents(tx, filter))
}

/** A notification with its bytes as they came. Refuses NOT_FOUND. */
export async function readEvent(app: App, ctx: Context, id: string): Promise<IncomingEventWhole> {
  authorize(ctx, 'bank.read')
  return await app.db.tenant(ctx, (tx) => eventOf(tx, id))
}

/** Has a notification handled again. Refuses NOT_FOUND, NOTIFICATION_WAITING. */
export async function replayEvent(app: App, ctx: Context, id: string): Promise<IncomingEvent> {
  authorize(ctx, 'bank.import')
  return await app.db.tenant(ctx, async (tx) => {
    await eventOf(tx, id)
    if (!await waitAgain(tx, id)) throw new Refusal('NOTIFICATION_WAITING')
    await queueEvent(app, tx, id)
    await recordAudit(tx, ctx, { action: 'notification.replay', subjectKind: 'notification', subjectId: id })
    return await eventOf(tx, id)
  })
}
