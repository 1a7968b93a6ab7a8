import type pg from 'pg'
import type { PGlite } from '@electric-sql/pglite'

/** The bare database a reference works on: statements, COPY in and COPY out, and nothing of the product in between. */
export type Bare = {
  readonly name: string
  query(sql: string, params?: readonly unknown[]): Promise<Record<string, unknown>[]>
  copyIn(sql: string, text: string): Promise<void>
  /** Bytes that came out. */
  copyOut(sql: string): Promise<Buffer>
  close(): Promise<void>
}

const CHUNK = 1 << 16

type Wire = { query(text: string): void; sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }

/** What the driver calls back while it runs a statement it did not make itself. */
function submittable(sql: string, done: { resolve(chunks: Buffer[]): void; reject(error: Error): void }, input?: Buffer) {
  const chunks: Buffer[] = []
  let failure: Error | undefined
  return {
    submit: (wire: Wire) => { wire.query(sql) },
    handleCopyInResponse: (wire: Wire) => {
      for (let at = 0; at < input!.length; at += CHUNK) wire.sendCopyFromChunk(input!.subarray(at, at + CHUNK))
      wire.endCopyFrom()
    },
    handleCopyData: ({ chunk }: { chunk: Buffer }) => { chunks.push(Buffer.from(chunk)) },
    handleError: (error: Error) => { failure = error; done.reject(error) },
    handleReadyForQuery: () => { if (!failure) done.resolve(chunks) },
    handleCommandComplete: () => undefined, handleRowDescription: () => undefined, handleDataRow: () => undefined, handleEmptyQuery: () => undefined,
    handlePortalSuspended: () => undefined, callback: () => undefined,
  }
}

/** A PostgreSQL session. */
export function barePostgres(client: pg.Client): Bare {
  const copy = (sql: string, input?: Buffer) => new Promise<Buffer[]>((resolve, reject) => { client.query(submittable(sql, { resolve, reject }, input) as unknown as pg.Submittable) })
  return {
    name: 'PostgreSQL',
    query: async (sql, params = []) => (params.length > 0 ? await client.query(sql, [...params]) : await client.query(sql)).rows as Record<string, unknown>[],
    copyIn: async (sql, text) => { await copy(sql, Buffer.from(text)) },
    copyOut: async (sql) => Buffer.concat(await copy(sql)),
    close: () => client.end(),
  }
}

/** PostgreSQL embedded in this very thread. */
export function bareEmbedded(database: PGlite): Bare {
  return {
    name: 'embedded',
    query: async (sql, params = []) => (params.length > 0 ? (await database.query(sql, [...params])).rows : (await database.exec(sql)).at(-1)?.rows ?? []) as Record<string, unknown>[],
    copyIn: async (sql, text) => { await database.query(sql.replace('from stdin', 'from \'/dev/blob\''), [], { blob: new Blob([text]) }) },
    copyOut: async (sql) => {
      const { blob } = await database.query(sql.replace('to stdout', 'to \'/dev/blob\''))
      return Buffer.from(await blob!.arrayBuffer())
    },
    close: () => database.close(),
  }
}
