import type { KeyTable } from './store.ts'
import { assertPlain, type SealedColumn } from './sealed-columns.ts'

export type SealedRow = { readonly id: string; readonly sealed: string }

const owned = (column: SealedColumn) => (column.schema === 'app' ? 'tenant_id = $1::uuid' : '$1::uuid is null')

/** A page of the sealed texts of one column after an id, only those of some keys when `keys` names them. */
export async function listSealed({ tx, tenantId }: KeyTable, column: SealedColumn, page: { readonly keys: readonly string[] | null; readonly after: string | null; readonly limit: number }): Promise<SealedRow[]> {
  const { schema, table, column: name } = assertPlain(column)
  return (await tx.query<SealedRow>(`
    select id, ${name} as sealed from ${schema}.${table}
    where ${owned(column)} and ${name} is not null and ($2::text[] is null or split_part(${name}, '.', 2) = any($2)) and ($3::uuid is null or id > $3)
    order by id limit $4`, [tenantId, page.keys, page.after, page.limit])).rows
}

/** Puts a sealed text in the place of the one that was read; a row that changed meanwhile is left as it is. */
export async function replaceSealed({ tx, tenantId }: KeyTable, column: SealedColumn, change: SealedRow & { readonly next: string }): Promise<void> {
  const { schema, table, column: name } = assertPlain(column)
  await tx.query(`update ${schema}.${table} set ${name} = $4 where ${owned(column)} and id = $2 and ${name} = $3`, [tenantId, change.id, change.sealed, change.next])
}
