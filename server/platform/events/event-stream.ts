import { Readable } from 'node:stream'
import type { StoredEvent } from './event-store.ts'
import type { Events } from './events.ts'

export type StreamSource = {
  readonly tenantId: string
  /** Where reading starts: after this rank. */
  readonly after: bigint
  /** What the client missed cannot be told any more: it reads everything again. */
  readonly isReset: boolean
  /** The next events after a rank, all kinds, a bounded number of them. */
  readonly read: (after: bigint) => Promise<StoredEvent[]>
  /** The kinds the client may see now; undefined when its right to follow is gone. */
  readonly visible: () => Promise<ReadonlySet<string> | undefined>
  readonly kinds: ReadonlySet<string>
  readonly failed: (error: unknown) => void
}

const HEARTBEAT_MS = 15_000
/** A client that takes nothing for this long is hung up on: it comes back where it was. */
const STUCK_BEATS_MAX = 4
/** The client's wait before it connects again. */
const RETRY_MS = 2_000

function frame(event: { readonly seq: bigint; readonly kind: string; readonly data: unknown }): string {
  return `id: ${event.seq}\nevent: ${event.kind}\ndata: ${JSON.stringify(event.data)}\n\n`
}

/** An event as the API tells it. */
export function presentEvent(event: StoredEvent): { seq: string; id: string; at: string; kind: StoredEvent['kind']; subject: string | null; data: Record<string, unknown> } {
  return { seq: event.seq.toString(), id: event.id, at: event.at, kind: event.kind, subject: event.subject, data: event.data }
}

/**
 * Server-sent events of one company. It reads only what the client takes: a slow one waits in the database, not in memory.
 * The position is that of the last event handed over, so nothing is skipped and nothing is said twice.
 */
export function eventStream(events: Events, source: StreamSource): Readable {
  let position = source.after
  let { kinds } = source
  let isOpen = true
  let wanted = false
  let reading = false
  let again = false
  let beatsMissed = 0
  const stream = new Readable({ highWaterMark: 16_384, read: () => { wanted = true; beatsMissed = 0; void pump() } })

  const say = (text: string) => { if (isOpen) wanted = stream.push(text) && wanted }
  const give = (rows: readonly StoredEvent[]) => {
    position = rows.at(-1)!.seq
    const seen = rows.filter(({ kind }) => kinds.has(kind)).map((row) => frame({ seq: row.seq, kind: row.kind, data: presentEvent(row) }))
    // A client that sees none of them still learns how far it is.
    say(seen.length > 0 ? seen.join('') : `id: ${position}\nevent: passed\ndata: {}\n\n`)
  }
  const pump = async (): Promise<void> => {
    if (reading) { again = true; return }
    reading = true
    try {
      do {
        again = false
        while (wanted && isOpen) {
          const rows = await source.read(position)
          if (rows.length === 0) break
          give(rows)
        }
      } while (again && wanted && isOpen)
    } catch (error) {
      source.failed(error)
    } finally {
      reading = false
    }
  }
  const end = (why: string) => {
    if (!isOpen) return
    say(`event: end\ndata: ${JSON.stringify({ why })}\n\n`)
    stop()
    stream.push(null)
  }
  const check = () => {
    source.visible().then((visible) => { if (visible) kinds = visible; else end('access') }, source.failed)
  }
  const beat = setInterval(() => {
    if (wanted) say(': \n\n')
    else if (++beatsMissed >= STUCK_BEATS_MAX) stream.destroy()
  }, HEARTBEAT_MS).unref()
  const unfollow = events.follow({ tenantId: source.tenantId, wake: () => { void pump() }, check, end: () => { end('stop') } })
  const stop = () => { isOpen = false; clearInterval(beat); unfollow() }
  stream.once('close', stop)
  say(`retry: ${RETRY_MS}\n${frame({ seq: position, kind: source.isReset ? 'reset' : 'ready', data: { seq: position.toString() } })}`)
  return stream
}
