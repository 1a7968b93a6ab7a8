import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import { internalsOf } from './db.ts'
import type { Db, Queryable } from './types.ts'

/**
 * Kysely over the seam: it writes and types the SQL, `Db` owns the sessions, the transactions and the tenant. A query
 * run inside `db.tenant` is part of it. `for: 'library'` answers as the usual driver does (instants as Date), which is
 * what better-auth expects; our own code leaves it out.
 */
export function makeKysely<Schema>(db: Db, options: { readonly for?: 'library' } = {}): Kysely<Schema> {
  const target: Queryable = options.for === 'library' ? internalsOf(db).library as Queryable : db
  const connection: DatabaseConnection = {
    executeQuery: async <Row>(compiled: CompiledQuery): Promise<QueryResult<Row>> => {
      const { rows, rowCount } = await target.query<Row>(compiled.sql, compiled.parameters)
      return { rows, numAffectedRows: BigInt(rowCount) }
    },
    streamQuery: () => { throw new Error('streaming is not offered: read by pages') },
  }
  const refuse = () => Promise.reject(new Error('transactions are opened by db.tenant, db.system or db.transaction'))
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: (kysely) => new PostgresIntrospector(kysely),
      createDriver: () => ({
        init: async () => undefined, acquireConnection: async () => connection, releaseConnection: async () => undefined, destroy: async () => undefined,
        beginTransaction: refuse, commitTransaction: refuse, rollbackTransaction: refuse,
      }),
    },
  })
}
