import type { CompanyEvent } from '../../contract/events.ts'
import { locale } from './locale.ts'

export type Heard = {
  readonly hear: (event: CompanyEvent) => void
  /** Something was missed for good: everything that is shown is read again. */
  readonly lost: () => void
}

type Message = { readonly event: CompanyEvent } | { readonly lost: true }

const RETRY_MS_MIN = 2_000
const RETRY_MS_MAX = 60_000
/** The server says something every 15 seconds; silence for longer is a connection that is gone. */
const SILENCE_MS_MAX = 45_000

export type Block = { readonly id: string | undefined; readonly event: string; readonly data: string }

/** The whole blocks of a text of server-sent events, and what is left of an unfinished one. */
export function readBlocks(text: string): { blocks: Block[]; rest: string } {
  const parts = text.replaceAll('\r\n', '\n').split('\n\n')
  const rest = parts.pop() ?? ''
  const blocks = parts.flatMap((part): Block[] => {
    const values = (name: string) => part.split('\n').flatMap((line) => (line.startsWith(`${name}:`) ? [line.slice(name.length + 1).replace(/^ /, '')] : []))
    const event = values('event').at(-1)
    return event === undefined ? [] : [{ id: values('id').at(-1), event, data: values('data').join('\n') }]
  })
  return { blocks, rest }
}

async function read(body: ReadableStream<Uint8Array>, onBlock: (block: Block) => void, alive: () => void): Promise<void> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    alive()
    const found = readBlocks(rest + decoder.decode(value, { stream: true }))
    rest = found.rest
    for (const block of found.blocks) onBlock(block)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve() }, { once: true })
  })
}

/** One connection after another until it is stopped, or until the server says that this person may not listen. */
async function stream(tenant: string, tell: (message: Message) => void, signal: AbortSignal): Promise<void> {
  let last: string | undefined
  let wait = RETRY_MS_MIN
  while (!signal.aborted) {
    const connection = new AbortController()
    const stop = () => connection.abort()
    signal.addEventListener('abort', stop, { once: true })
    let silence = setTimeout(stop, SILENCE_MS_MAX)
    const alive = () => { clearTimeout(silence); silence = setTimeout(stop, SILENCE_MS_MAX) }
    try {
      const response = await fetch('/api/events', {
        headers: { accept: 'text/event-stream', 'accept-language': locale(), 'quittance-tenant': tenant, ...(last === undefined ? {} : { 'last-event-id': last }) },
        credentials: 'same-origin', signal: connection.signal,
      })
      if ([400, 401, 403, 404].includes(response.status)) return
      if (response.ok && response.body) {
        await read(response.body, (block) => {
          wait = RETRY_MS_MIN
          last = block.id ?? last
          if (block.event === 'reset') tell({ lost: true })
          else if (!['ready', 'passed', 'end'].includes(block.event)) tell({ event: JSON.parse(block.data) as CompanyEvent })
        }, alive)
      }
    } catch {
      // Offline, or the server restarts: the pages say so themselves when they ask for something.
    } finally {
      clearTimeout(silence)
      signal.removeEventListener('abort', stop)
    }
    await pause(wait, signal)
    wait = Math.min(wait * 2, RETRY_MS_MAX)
  }
}

/**
 * Follows the events of a company. A browser opens few connections to one server, so the tabs of one company share one
 * stream: the tab that holds the lock listens and tells the others; when it closes, another takes over.
 */
export function followEvents(tenant: string, { hear, lost }: Heard): () => void {
  const stopped = new AbortController()
  const receive = (message: Message) => { if ('lost' in message) lost(); else hear(message.event) }
  const name = `quittance-live-${tenant}`
  if (!('locks' in navigator) || typeof BroadcastChannel === 'undefined') {
    void stream(tenant, receive, stopped.signal)
    return () => stopped.abort()
  }
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }: MessageEvent<Message>) => receive(data)
  const tellAll = (message: Message) => { receive(message); channel.postMessage(message) }
  navigator.locks.request(name, { signal: stopped.signal }, () => stream(tenant, tellAll, stopped.signal)).catch(() => undefined)
  return () => { stopped.abort(); channel.close() }
}
