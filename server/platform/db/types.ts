import type { TenantId, UserId } from '../../../core/kernel/id.ts'

export type QueryResult<T> = { readonly rows: T[]; readonly rowCount: number }

/** Anything that runs one SQL statement with $1-style parameters. int8 comes back as bigint, date and numeric as string. */
export interface Queryable {
  query<T = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<QueryResult<T>>
}

/** An open transaction that sees exactly one tenant: row-level security refuses every other row. */
export interface TenantTx extends Queryable {
  readonly scope: 'tenant'
  readonly tenantId: TenantId
}

/** An open transaction on sign-in data (schema auth, memberships, grants). It never sees a tenant's books. */
export interface SystemTx extends Queryable {
  readonly scope: 'system'
}

/** Who acts, for whom. `userId` is null for the product's own jobs. */
export type TenantScope = { readonly tenantId: TenantId; readonly userId: UserId | null }

/**
 * One seam over both engines. Nested calls join the open transaction (AsyncLocalStorage), so a library that calls
 * `query` inside `tenant` is part of it.
 */
export interface Db extends Queryable {
  readonly engine: 'embedded' | 'postgres'
  /** Several statements without parameters; answers the last one. */
  exec(sql: string): Promise<QueryResult<Record<string, unknown>>>
  /** One transaction as the tenant role, tenant and user set locally. Joins an outer transaction; a second tenant inside the first is a bug and throws. */
  tenant<T>(scope: TenantScope, run: (tx: TenantTx) => Promise<T>): Promise<T>
  /** One transaction as the system role. Refused inside `tenant`. */
  system<T>(run: (tx: SystemTx) => Promise<T>): Promise<T>
  /** One transaction in which `system` and `tenant` calls both join: a company is created together with its organisation. */
  transaction<T>(run: () => Promise<T>): Promise<T>
  /** Hears `pg_notify(channel, payload)` after the sender's commit. Answers the way to stop. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}
