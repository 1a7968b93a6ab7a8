import { AsyncLocalStorage } from 'node:async_hooks'
import { isUuid } from '../../../core/kernel/id.ts'
import type { TenantId } from '../../../core/kernel/id.ts'
import type { Connection, Engine, Lease, Row, Sessions } from './engine.ts'
import { createQueue } from './engine.ts'
import type { Db, QueryResult, SystemTx, TenantScope, TenantTx } from './types.ts'
import type { Shape } from './values.ts'

export type RawQueryable = {
  query(sql: string, params?: readonly unknown[]): Promise<QueryResult<Row>>
  /** Several statements without parameters; one result for each. */
  exec(sql: string): Promise<QueryResult<Row>[]>
}

/** One statement as it went. The text holds no value: those travel apart. */
export type Statement = { readonly sql: string; readonly durationMs: number; readonly failed: boolean }

/** What the platform itself may do beyond `Db`. A module never asks for it. */
export type DbInternals = {
  /** The same statements, answered as a library that knows the usual driver expects them: int8 as text, instants as Date. */
  readonly library: RawQueryable
  /** Runs outside of the transaction this call stands in, for what outlives it. */
  outside<T>(run: () => T): T
  /** One session of the login role without a transaction, for migrations. */
  session<T>(run: (session: RawQueryable) => Promise<T>): Promise<T>
  readonly sessions: () => Sessions
  /** Embedded only. */
  readonly snapshot: Engine['snapshot']
  /** Embedded only: the folder of the cluster. */
  readonly folder: string | undefined
  /** Hears of each statement from now on. Costs nothing until someone listens. */
  observe(heard: (statement: Statement) => void): void
}

/** One open transaction. `acting` is the role at work: a tenant call inside a wider transaction takes it over and gives it back. */
type Transaction = {
  readonly connection: Connection
  readonly inTurn: ReturnType<typeof createQueue>
  acting: Frame | undefined
  open: boolean
  failure: { readonly cause: unknown } | undefined
}

type Frame = { readonly transaction: Transaction; readonly scope: TenantScope | undefined }

const INTERNALS = new WeakMap<Db, DbInternals>()

/** The platform's own door into a database made by `createDb`. */
export function internalsOf(db: Db): DbInternals {
  const found = INTERNALS.get(db)
  if (!found) throw new Error('this Db was not made by createDb')
  return found
}

const SYSTEM_ROLE = 'set local role quittance_system; set local app.tenant_id = \'\'; set local app.user_id = \'\''

/** The uuids are checked because they are written into the statement, which saves two round trips for every transaction. */
function tenantRole(scope: TenantScope): string {
  if (!isUuid(scope.tenantId)) throw new Error('tenant id is not a uuid in canonical form')
  if (scope.userId !== null && !isUuid(scope.userId)) throw new Error('user id is not a uuid in canonical form')
  return `set local role quittance_tenant; set local app.tenant_id = '${scope.tenantId}'; set local app.user_id = '${scope.userId ?? ''}'`
}

/** Every statement of a transaction passes here: it must still be open, unbroken, and the caller's role must be the acting one. */
async function runIn<T>(frame: Frame, statement: (connection: Connection) => Promise<T>): Promise<T> {
  const { transaction } = frame
  if (!transaction.open) throw new Error('the transaction of this call has ended: a promise inside it was not awaited')
  if (transaction.failure) throw new Error('an earlier failure aborts this transaction: nothing more runs in it', { cause: transaction.failure.cause })
  if (transaction.acting !== frame) throw new Error('a tenant call is at work in this transaction: await it before the next statement')
  try {
    return await statement(transaction.connection)
  } catch (error) {
    transaction.failure ??= { cause: error }
    throw error
  }
}

/** Nothing but a rollback leads back from a failed part, so its failure is kept and the whole refuses to commit. */
async function part<T>(transaction: Transaction, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    transaction.failure ??= { cause: error }
    throw error
  }
}

async function settle(transaction: Transaction): Promise<void> {
  transaction.open = false
  if (transaction.failure) throw transaction.failure.cause
  await transaction.connection.exec('commit', 'product')
}

type Locals = AsyncLocalStorage<Frame | undefined>

/** Opens a transaction as one role, commits when `run` succeeded in all its parts, rolls back otherwise. */
async function openTransaction<T>(engine: Engine, locals: Locals, begin: { scope: TenantScope | undefined; run: (frame: Frame) => Promise<T> }): Promise<T> {
  const role = begin.scope ? tenantRole(begin.scope) : SYSTEM_ROLE
  const lease = await engine.acquire()
  let broken = false
  const transaction: Transaction = { connection: lease.connection, inTurn: createQueue(), acting: undefined, open: true, failure: undefined }
  const frame: Frame = { transaction, scope: begin.scope }
  transaction.acting = frame
  try {
    await lease.connection.exec(`begin; ${role}`, 'product')
    const value = await locals.run(frame, () => begin.run(frame))
    await settle(transaction)
    return value
  } catch (error) {
    transaction.open = false
    await lease.connection.exec('rollback', 'product').catch(() => { broken = true })
    throw error
  } finally {
    lease.release(broken)
  }
}

/** Changes the acting role. Nobody acts meanwhile: a statement that came in between would run under the other's role. */
async function handOver(frame: Frame, role: string): Promise<void> {
  const { transaction } = frame
  transaction.acting = undefined
  await part(transaction, () => transaction.connection.exec(role, 'product'))
  transaction.acting = frame
}

/** A tenant call inside a wider transaction: takes the tenant's role, and gives the system's back unless the whole is lost. */
async function takeOver<T>(outer: Frame, scope: TenantScope, run: (frame: Frame) => Promise<T>): Promise<T> {
  const { transaction } = outer
  return await transaction.inTurn(async () => {
    const frame: Frame = { transaction, scope }
    await handOver(frame, tenantRole(scope))
    const value = await run(frame)
    if (!transaction.failure) await handOver(outer, SYSTEM_ROLE)
    return value
  })
}

function assertSameScope(outer: TenantScope, inner: TenantScope): void {
  if (outer.tenantId !== inner.tenantId) throw new Error('a second tenant inside the transaction of a first one')
  if (inner.userId !== null && outer.userId !== inner.userId) throw new Error('a second user inside the transaction of a first one')
}

function queryOf(frame: Frame) {
  return <T>(sql: string, params: readonly unknown[] = []) =>
    runIn(frame, (connection) => connection.query(sql, params, 'product')) as Promise<QueryResult<T>>
}

function tenantTx(frame: Frame, tenantId: TenantId): TenantTx {
  return { scope: 'tenant', tenantId, query: queryOf(frame) }
}

/** Outside of a transaction each call takes a session for itself and leaves it clean, even when its own `begin` failed half-way. */
async function runAlone<T>(acquire: () => Promise<Lease>, statement: (connection: Connection) => Promise<T>): Promise<T> {
  const lease = await acquire()
  let broken = false
  try {
    return await statement(lease.connection)
  } catch (error) {
    await lease.connection.exec('rollback', 'product').catch(() => { broken = true })
    throw error
  } finally {
    lease.release(broken)
  }
}

type Run = <T>(statement: (connection: Connection) => Promise<T>) => Promise<T>

function rawQueryable(run: Run, shape: Shape): RawQueryable {
  return {
    query: (sql, params = []) => run((connection) => connection.query(sql, params, shape)),
    exec: (sql) => run((connection) => connection.exec(sql, shape)),
  }
}

type Observers = Set<(statement: Statement) => void>

/** A session whose statements are told to the observers. */
function observed(lease: Lease, observers: Observers): Lease {
  const timed = async <T>(sql: string, run: () => Promise<T>): Promise<T> => {
    const from = performance.now()
    let failed = true
    try {
      const value = await run()
      failed = false
      return value
    } finally {
      const statement = { sql, durationMs: performance.now() - from, failed }
      for (const heard of observers) heard(statement)
    }
  }
  const { connection } = lease
  return {
    connection: {
      query: (sql, params, shape) => timed(sql, () => connection.query(sql, params, shape)),
      exec: (sql, shape) => timed(sql, () => connection.exec(sql, shape)),
    },
    release: (broken) => { lease.release(broken) },
  }
}

/** The seam over one engine: see `Db` for what each call promises. */
export function createDb(opened: Engine): Db {
  const observers: Observers = new Set()
  const engine: Engine = { ...opened, acquire: async () => observers.size === 0 ? await opened.acquire() : observed(await opened.acquire(), observers) }
  const locals: Locals = new AsyncLocalStorage()
  const run: Run = (statement) => {
    const frame = locals.getStore()
    return frame ? runIn(frame, statement) : runAlone(engine.acquire, statement)
  }
  const product = rawQueryable(run, 'product')
  const inside = <T>(frame: Frame, body: () => Promise<T>) => part(frame.transaction, () => locals.run(frame, body))

  const db: Db = {
    engine: engine.name,
    query: <T>(sql: string, params?: readonly unknown[]) => product.query(sql, params) as Promise<QueryResult<T>>,
    exec: async (sql) => (await product.exec(sql)).at(-1) ?? { rows: [], rowCount: 0 },
    tenant: async <T>(scope: TenantScope, body: (tx: TenantTx) => Promise<T>) => {
      const frame = locals.getStore()
      const runBody = (own: Frame) => body(tenantTx(own, scope.tenantId))
      if (!frame) return await openTransaction(engine, locals, { scope, run: runBody })
      return await part(frame.transaction, async () => {
        if (!frame.scope) return await takeOver(frame, scope, (own) => inside(own, () => runBody(own)))
        assertSameScope(frame.scope, scope)
        return await runBody(frame)
      })
    },
    system: async <T>(body: (tx: SystemTx) => Promise<T>) => {
      const frame = locals.getStore()
      const runBody = (own: Frame) => body({ scope: 'system', query: queryOf(own) })
      if (!frame) return await openTransaction(engine, locals, { scope: undefined, run: runBody })
      return await part(frame.transaction, async () => {
        if (frame.scope) throw new Error('a system call inside a tenant\'s transaction')
        return await runBody(frame)
      })
    },
    transaction: async <T>(body: () => Promise<T>) => {
      const frame = locals.getStore()
      return frame ? await part(frame.transaction, body) : await openTransaction(engine, locals, { scope: undefined, run: body })
    },
    listen: async (channel, heard) => {
      if (locals.getStore()) throw new Error('listening starts outside of a transaction: it outlives it')
      return await engine.listen(channel, heard)
    },
    close: () => engine.close(),
  }
  INTERNALS.set(db, {
    library: rawQueryable(run, 'library'),
    outside: (body) => locals.run(undefined, body),
    session: (body) => locals.run(undefined, () => runAlone(engine.acquire, (connection) => body(rawQueryable((statement) => statement(connection), 'product')))),
    sessions: () => opened.sessions(),
    snapshot: opened.snapshot,
    folder: opened.folder,
    observe: (heard) => { observers.add(heard) },
  })
  return db
}
