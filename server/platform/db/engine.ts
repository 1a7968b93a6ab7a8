import type { QueryResult } from './types.ts'
import type { Shape } from './values.ts'

export type Row = Record<string, unknown>

/** One session with the database. Statements of one session run one after the other, in the order they are given. */
export type Connection = {
  query(sql: string, params: readonly unknown[], shape: Shape): Promise<QueryResult<Row>>
  /** Several statements without parameters; one result for each. */
  exec(sql: string, shape: Shape): Promise<QueryResult<Row>[]>
}

export type Lease = {
  readonly connection: Connection
  /** Gives the session back. A broken one is thrown away where the engine can make another. */
  release(broken: boolean): void
}

/** How many sessions there are, and how many callers wait for one. */
export type Sessions = { readonly open: number; readonly idle: number; readonly waiting: number; readonly most: number }

/** A whole copy of an embedded database, and what was read of it at the same moment. */
export type Snapshot<T> = { readonly seen: T; readonly archive: Uint8Array }

/** What the seam needs of a database: sessions and notifications. */
export type Engine = {
  readonly name: 'embedded' | 'postgres'
  acquire(): Promise<Lease>
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>
  sessions(): Sessions
  /** Embedded only: nothing else runs between the look and the copy. */
  snapshot?<T>(look: (connection: Connection) => Promise<T>): Promise<Snapshot<T>>
  /** Embedded only: the folder of the cluster, or undefined in memory. */
  readonly folder?: string | undefined
  close(): Promise<void>
}

/** Runs tasks one at a time, in the order they came. */
export function createQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const next = last.then(task, task)
    last = next.catch(() => undefined)
    return next
  }
}
