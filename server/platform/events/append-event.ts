import type { EventData, EventKind } from '../../../contract/events.ts'
import type { Context } from '../access/context.ts'
import type { TenantTx } from '../db/types.ts'
import { insertEvents } from './event-store.ts'

/** What happened: its kind, the id of what it is about, and the data its kind asks for. */
export type EventOf<Kind extends EventKind> = { readonly kind: Kind; readonly subject: string | null; readonly data: EventData<Kind> }

/**
 * Tells an event in the transaction of the change it is about: both are kept or neither is. It takes no lock, so it may
 * stand anywhere in the transaction. Open screens, webhooks and jobs hear of it after the commit.
 */
export async function appendEvent<Kind extends EventKind>(tx: TenantTx, ctx: Pick<Context, 'tenantId'>, event: EventOf<Kind>): Promise<void> {
  await appendEvents(tx, ctx, [event])
}

/** The same for several events, in one statement. */
export async function appendEvents<Kind extends EventKind>(tx: TenantTx, ctx: Pick<Context, 'tenantId'>, events: readonly EventOf<Kind>[]): Promise<void> {
  if (tx.tenantId !== ctx.tenantId) throw new Error('an event belongs to the company of its transaction')
  if (events.length > 0) await insertEvents(tx, events)
}
