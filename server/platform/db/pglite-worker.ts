// The embedded PostgreSQL lives in this thread, so that a long query never stops the server from answering.
import { parentPort, workerData } from 'node:worker_threads'
import { readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import type { QueryOptions, Results } from '@electric-sql/pglite'
import { PARSERS } from './values.ts'
import type { Shape } from './values.ts'

/** Where the data is: a folder, or nothing for a database that lives in memory. `template` is a dump to start from. */
export type WorkerOptions = { readonly folder: string | undefined; readonly template: string | undefined }

export type WorkerRequest = { readonly id: number } & (
  | { readonly op: 'query'; readonly sql: string; readonly params: readonly (string | Uint8Array | null)[]; readonly shape: Shape }
  | { readonly op: 'exec'; readonly sql: string; readonly shape: Shape }
  | { readonly op: 'listen' | 'unlisten'; readonly channel: string }
  | { readonly op: 'dump' | 'close' | 'ready' }
)

export type WorkerFailure = { readonly message: string; readonly fields: Readonly<Record<string, string>> }

export type WorkerAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: WorkerFailure }
  | { readonly channel: string; readonly payload: string }

const port = parentPort
if (!port) throw new Error('pglite-worker.ts is started by embedded.ts')
const options = workerData as WorkerOptions

// Parameters arrive as text (or bytes), which is what the protocol carries: nothing is left to convert.
const untouched: Record<number, (value: string) => string> = new Proxy({}, { get: () => (value: string) => value })
const SHAPES: Readonly<Record<Shape, QueryOptions>> = {
  product: { parsers: PARSERS.product, serializers: untouched },
  library: { parsers: PARSERS.library, serializers: untouched },
}

const database = PGlite.create({
  ...(options.folder === undefined ? {} : { dataDir: `file://${options.folder}` }),
  ...(options.template === undefined ? {} : { loadDataDir: new Blob([readFileSync(options.template)]) }),
}).then(async (created) => {
  created.onNotification((channel, payload) => { port.postMessage({ channel, payload } satisfies WorkerAnswer) })
  await created.exec('set timezone to \'UTC\'; set app.tenant_id = \'\'')
  return created
})

function plain(result: Results): { rows: unknown[]; rowCount: number } {
  return { rows: result.rows, rowCount: result.rowCount ?? result.affectedRows ?? 0 }
}

function quoted(channel: string): string {
  return `"${channel.replaceAll('"', '""')}"`
}

async function answer(request: WorkerRequest): Promise<unknown> {
  const db = await database
  switch (request.op) {
    case 'ready': return undefined
    case 'query': return plain(await db.query(request.sql, [...request.params], SHAPES[request.shape]))
    case 'exec': return (await db.exec(request.sql, SHAPES[request.shape])).map(plain)
    case 'listen': await db.exec(`listen ${quoted(request.channel)}`); return undefined
    case 'unlisten': await db.exec(`unlisten ${quoted(request.channel)}`); return undefined
    case 'dump': return new Uint8Array(await (await db.dumpDataDir('none')).arrayBuffer())
    case 'close': await db.close(); return undefined
  }
}

const FIELDS = ['code', 'severity', 'detail', 'hint', 'constraint', 'table', 'schema', 'column', 'where', 'position'] as const

function failureOf(error: unknown): WorkerFailure {
  const fields: Record<string, string> = {}
  if (error && typeof error === 'object') {
    for (const name of FIELDS) {
      const value: unknown = Reflect.get(error, name)
      if (typeof value === 'string') fields[name] = value
    }
  }
  return { message: error instanceof Error ? error.message : String(error), fields }
}

port.on('message', (request: WorkerRequest) => {
  answer(request).then(
    (value) => { port.postMessage({ id: request.id, value } satisfies WorkerAnswer) },
    (error: unknown) => { port.postMessage({ id: request.id, failure: failureOf(error) } satisfies WorkerAnswer) },
  )
})
