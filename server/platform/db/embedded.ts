import { Worker } from 'node:worker_threads'
import type { QueryResult } from './types.ts'
import { createQueue } from './engine.ts'
import type { Connection, Engine, Lease, Row } from './engine.ts'
import { encode } from './values.ts'
import type { WorkerAnswer, WorkerFailure, WorkerOptions, WorkerRequest } from './pglite-worker.ts'

/** A refusal of the database, with the same fields as the PostgreSQL driver's: code, constraint, table, column, detail. */
export class DatabaseError extends Error {
  constructor(failure: WorkerFailure) {
    super(failure.message)
    this.name = 'DatabaseError'
    Object.assign(this, failure.fields)
  }
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never
type Rpc = {
  call(request: WithoutId<WorkerRequest>): Promise<unknown>
  onNotification(heard: (channel: string, payload: string) => void): void
  end(): Promise<void>
}

/** Questions to the thread and their answers, matched by number. When the thread dies every open question fails. */
function startWorker(options: WorkerOptions): Rpc {
  // The flags of the process (such as --eval) are about its own first file, not about this one.
  const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), { workerData: options, execArgv: [] })
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let notified: (channel: string, payload: string) => void = () => undefined
  let number = 0
  let dead: Error | undefined
  const die = (error: Error) => {
    dead ??= error
    for (const { reject } of waiting.values()) reject(dead)
    waiting.clear()
  }
  worker.on('message', (message: WorkerAnswer) => {
    if ('channel' in message) { notified(message.channel, message.payload); return }
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if ('failure' in message) asked?.reject(new DatabaseError(message.failure))
    else asked?.resolve(message.value)
    // An idle database does not keep the process alive; a question that is being answered does.
    if (waiting.size === 0) worker.unref()
  })
  worker.on('error', (error: unknown) => { die(error instanceof Error ? error : new Error(String(error))) })
  worker.on('exit', () => { die(new Error('the embedded database is closed')) })
  return {
    call: (request) => new Promise((resolve, reject) => {
      if (dead) { reject(dead); return }
      number += 1
      waiting.set(number, { resolve, reject })
      worker.ref()
      worker.postMessage({ ...request, id: number })
    }),
    onNotification: (heard) => { notified = heard },
    end: async () => { await worker.terminate() },
  }
}

function connectionOf(rpc: Rpc): Connection {
  return {
    query: async (sql, params, shape) => await rpc.call({ op: 'query', sql, params: params.map(encode), shape }) as QueryResult<Row>,
    exec: async (sql, shape) => await rpc.call({ op: 'exec', sql, shape }) as QueryResult<Row>[],
  }
}

/** One listener in the thread for each channel, whatever the number of those who listen to it here. */
function createListeners(rpc: Rpc, exclusive: <T>(task: () => Promise<T>) => Promise<T>): Engine['listen'] {
  const channels = new Map<string, Set<(payload: string) => void>>()
  rpc.onNotification((channel, payload) => {
    for (const heard of channels.get(channel) ?? []) heard(payload)
  })
  return (channel, heard) => exclusive(async () => {
    // A wrapper of its own lets the same function listen twice and stop twice.
    const listener = (payload: string) => { heard(payload) }
    const listeners = channels.get(channel) ?? new Set()
    if (listeners.size === 0) await rpc.call({ op: 'listen', channel })
    listeners.add(listener)
    channels.set(channel, listeners)
    return () => exclusive(async () => {
      if (listeners.delete(listener) && listeners.size === 0) await rpc.call({ op: 'unlisten', channel })
    })
  })
}

export type EmbeddedEngine = Engine & {
  /** The whole database as one archive, to start another from. */
  dump(): Promise<Uint8Array>
}

/**
 * PostgreSQL inside this process. There is one session, so one transaction runs at a time and the others wait.
 * Whoever opens a folder holds its lock first (lock.ts): two processes on one folder destroy it.
 */
export async function openEmbeddedEngine(options: { readonly folder?: string; readonly template?: string } = {}): Promise<EmbeddedEngine> {
  const rpc = startWorker({ folder: options.folder, template: options.template })
  try {
    await rpc.call({ op: 'ready' })
  } catch (error) {
    await rpc.end()
    throw error
  }
  const connection = connectionOf(rpc)
  const exclusive = createQueue()
  let waiting = 0
  let working = 0
  const acquire = () => new Promise<Lease>((granted, refused) => {
    waiting += 1
    exclusive(() => new Promise<void>((release) => {
      waiting -= 1
      working = 1
      granted({ connection, release: () => { working = 0; release() } })
    })).catch(refused)
  })
  return {
    name: 'embedded', acquire,
    listen: createListeners(rpc, exclusive),
    sessions: () => ({ open: 1, idle: 1 - working, waiting, most: 1 }),
    folder: options.folder,
    snapshot: (look) => exclusive(async () => {
      const seen = await look(connection)
      return { seen, archive: await rpc.call({ op: 'dump' }) as Uint8Array }
    }),
    dump: () => exclusive(async () => await rpc.call({ op: 'dump' }) as Uint8Array),
    close: () => exclusive(async () => {
      await rpc.call({ op: 'close' }).finally(() => rpc.end())
    }),
  }
}
