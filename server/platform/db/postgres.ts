import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { QueryResult } from './types.ts'
import { createQueue } from './engine.ts'
import type { Connection, Engine, Row } from './engine.ts'
import { PARSERS, encode } from './values.ts'
import type { Shape } from './values.ts'

export type PostgresOptions = {
  readonly url: string
  /** Sessions opened at most; 10 when it is not given. */
  readonly poolSize?: number
  /** Sessions kept open even when nothing is asked; none when it is not given. */
  readonly poolMin?: number
  /** A statement that takes longer is given up; never when it is 0 or not given. */
  readonly statementSeconds?: number
  /** Told when an idle session is lost; the pool opens another by itself. */
  readonly onLost?: (error: Error) => void
}

const asText = (text: string): unknown => text
// Given with each query: the driver's global table belongs to nobody and is left alone.
const TYPES: Readonly<Record<Shape, pg.CustomTypesConfig>> = {
  product: { getTypeParser: ((oid: number) => PARSERS.product[oid] ?? asText) as pg.CustomTypesConfig['getTypeParser'] },
  library: { getTypeParser: ((oid: number) => PARSERS.library[oid] ?? asText) as pg.CustomTypesConfig['getTypeParser'] },
}
// Without a tenant a policy meets the empty text and fails, on a new session as on a used one.
const SESSION = 'set timezone to \'UTC\'; set app.tenant_id = \'\''
const RECONNECT_MS_MAX = 5_000
// A process that stopped in the middle of a transaction must not hold its locks for ever.
const IDLE_IN_TRANSACTION_SECONDS = 120
// Waiting for a free session longer than this is an error to report, not a wait to hide.
const ACQUIRE_MS_MAX = 30_000

function plain(result: pg.QueryResult<Row>): QueryResult<Row> {
  return { rows: result.rows, rowCount: result.rowCount ?? 0 }
}

/** The driver wants each statement awaited before the next: the queue keeps callers free of that rule. */
function connectionOf(client: pg.ClientBase): Connection {
  const inTurn = createQueue()
  return {
    query: (sql, params, shape) => inTurn(async () => plain(await client.query<Row>({ text: sql, values: params.map(encode), types: TYPES[shape] }))),
    exec: (sql, shape) => inTurn(async () => {
      const answer = await client.query<Row>({ text: sql, types: TYPES[shape] }) as pg.QueryResult<Row> | pg.QueryResult<Row>[]
      return (Array.isArray(answer) ? answer : [answer]).map(plain)
    }),
  }
}

type Listeners = Map<string, Set<(payload: string) => void>>

/** One session of its own hears every channel; when it is lost it comes back by itself and takes its channels again. */
function createListeners(options: PostgresOptions): { listen: Engine['listen']; close(): Promise<void> } {
  const channels: Listeners = new Map()
  const inTurn = createQueue()
  let client: pg.Client | undefined
  let closed = false
  const connect = async (): Promise<pg.Client> => {
    const fresh = new pg.Client({ connectionString: options.url, keepAlive: true, application_name: 'quittance listen' })
    fresh.on('notification', ({ channel, payload }) => {
      for (const heard of channels.get(channel) ?? []) heard(payload ?? '')
    })
    fresh.on('error', (error) => {
      if (client !== fresh) return
      client = undefined
      options.onLost?.(error)
      if (!closed) void inTurn(reconnect)
    })
    await fresh.connect()
    for (const [channel, listeners] of channels) if (listeners.size > 0) await fresh.query(`listen ${pg.escapeIdentifier(channel)}`)
    return fresh
  }
  const reconnect = async (): Promise<void> => {
    for (let delay = 100; !closed && !client && channels.size > 0; delay = Math.min(delay * 2, RECONNECT_MS_MAX)) {
      try {
        client = await connect()
      } catch (error) {
        options.onLost?.(error instanceof Error ? error : new Error(String(error)))
        await wait(delay, undefined, { ref: false })
      }
    }
  }
  const listen: Engine['listen'] = (channel, heard) => inTurn(async () => {
    client ??= await connect()
    const listener = (payload: string) => { heard(payload) }
    const listeners = channels.get(channel) ?? new Set()
    if (listeners.size === 0) await client.query(`listen ${pg.escapeIdentifier(channel)}`)
    listeners.add(listener)
    channels.set(channel, listeners)
    return () => inTurn(async () => {
      if (listeners.delete(listener) && listeners.size === 0) await client?.query(`unlisten ${pg.escapeIdentifier(channel)}`)
    })
  })
  return { listen, close: async () => { closed = true; await inTurn(async () => { await client?.end() }) } }
}

type PoolLimits = Required<Pick<PostgresOptions, 'poolSize' | 'poolMin' | 'statementSeconds'>>

let limits: PoolLimits = { poolSize: 10, poolMin: 0, statementSeconds: 0 }

/** The limits of the pools that this process opens from now on, where the opening says nothing. A server sets them from its settings; a migration keeps none. */
export function usePoolLimits(wanted: { readonly min: number; readonly max: number; readonly statementSeconds: number }): void {
  limits = { poolSize: wanted.max, poolMin: wanted.min, statementSeconds: wanted.statementSeconds }
}

function sessionSettings(statementSeconds: number): string {
  return statementSeconds === 0 ? SESSION : `${SESSION}; set statement_timeout = '${statementSeconds}s'; set idle_in_transaction_session_timeout = '${IDLE_IN_TRANSACTION_SECONDS}s'`
}

/** A pool of sessions on a PostgreSQL server, 15 or later. */
export function openPostgresEngine(options: PostgresOptions): Engine {
  const session = sessionSettings(options.statementSeconds ?? limits.statementSeconds)
  const pool = new pg.Pool({
    connectionString: options.url, max: options.poolSize ?? limits.poolSize, min: options.poolMin ?? Math.min(limits.poolMin, options.poolSize ?? limits.poolSize),
    application_name: 'quittance', keepAlive: true, connectionTimeoutMillis: ACQUIRE_MS_MAX,
    onConnect: async (client: pg.ClientBase) => { await client.query(session) },
  } as pg.PoolConfig)
  pool.on('error', (error) => options.onLost?.(error))
  const listeners = createListeners(options)
  return {
    name: 'postgres',
    acquire: async () => {
      const client = await pool.connect()
      // A session lost while it is in use also fails the statement that waits for it: here the event only must not end the process.
      const lost = () => undefined
      client.on('error', lost)
      return {
        connection: connectionOf(client),
        release: (broken) => { client.off('error', lost); client.release(broken) },
      }
    },
    listen: listeners.listen,
    sessions: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount, most: pool.options.max ?? limits.poolSize }),
    close: async () => { await listeners.close(); await pool.end() },
  }
}
