import { EVENT_KINDS, EVENTS, type EventKind, type EventPage, type EventQuery } from '../../../contract/events.ts'
import { allows, authorize, type Context } from '../access/context.ts'
import { Refusal } from '../access/refusal.ts'
import type { App } from '../app.ts'
import { findEnd, listEvents, rankEvents, type StoredEvent } from './event-store.ts'
import { presentEvent } from './event-stream.ts'

const EVENTS_SHOWN = 100
/** Events one reading of a stream takes into memory. */
const STREAM_PAGE = 50

/** The kinds this access may see, among those asked for. Refuses EVENT_KIND_UNKNOWN. */
export function visibleKinds(ctx: Context, asked: string | undefined): ReadonlySet<EventKind> {
  const words = asked === undefined || asked.trim() === '' ? undefined : asked.split(',').map((word) => word.trim())
  const unknown = words?.find((word) => !Object.hasOwn(EVENTS, word))
  if (unknown !== undefined) throw new Refusal('EVENT_KIND_UNKNOWN', { kind: unknown })
  return new Set(EVENT_KINDS.filter((kind) => (words === undefined || words.includes(kind)) && allows(ctx, EVENTS[kind].permission)))
}

/** Where to start reading: where the client stopped, or here and now. What is no longer kept, or was never given, cannot be resumed. */
export async function startOf(app: App, ctx: Context, after: string | undefined): Promise<{ after: bigint; isReset: boolean }> {
  authorize(ctx, 'company.read')
  return await app.db.tenant(ctx, async (tx) => {
    await rankEvents(tx)
    const end = await findEnd(tx)
    if (after === undefined) return { after: end.seq, isReset: false }
    const asked = BigInt(after)
    return asked < end.dropped || asked > end.seq ? { after: end.seq, isReset: true } : { after: asked, isReset: false }
  })
}

/** The next events after a rank, whatever their kind: who reads them decides which to show. */
export async function eventsAfter(app: App, ctx: Pick<Context, 'tenantId' | 'userId'>, after: bigint): Promise<StoredEvent[]> {
  return await app.db.tenant(ctx, async (tx) => {
    await rankEvents(tx)
    return await listEvents(tx, { after, limit: STREAM_PAGE })
  })
}

/** A page of the events of a company, for a program that asks from time to time instead of following. */
export async function readEvents(app: App, ctx: Context, query: EventQuery): Promise<EventPage> {
  authorize(ctx, 'company.read')
  const kinds = visibleKinds(ctx, query.kinds)
  const start = await startOf(app, ctx, query.after)
  const rows = start.isReset ? [] : await app.db.tenant(ctx, (tx) => listEvents(tx, { after: start.after, limit: query.limit ?? EVENTS_SHOWN }))
  return { items: rows.filter(({ kind }) => kinds.has(kind)).map(presentEvent), last: (rows.at(-1)?.seq ?? start.after).toString(), reset: start.isReset }
}
