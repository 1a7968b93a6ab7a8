import type { Queryable } from '../db/types.ts'

/** A data key as it is stored. `settled` says that it is committed, so that it may be remembered beyond this transaction. */
export type DataKeyRow = { readonly id: string; readonly purpose: string; readonly master: string; readonly bornUnder: string; readonly wrapped: Uint8Array; readonly settled: boolean }

/** The keys of a company (as its own role), or those of the installation (null, as the system role). */
export type KeyTable = { readonly tx: Queryable; readonly tenantId: string | null }

const COLUMNS = 'id, purpose, master, born_under as "bornUnder", wrapped, made_in is distinct from pg_current_xact_id_if_assigned() as settled'

/** Its name, and the condition on the company: `$1` is the company in one and a null in the other. */
const place = ({ tenantId }: KeyTable) => (tenantId === null ? { name: 'auth.data_key', owned: '$1::uuid is null' } : { name: 'app.data_key', owned: 'tenant_id = $1::uuid' })

/**
 * The key that seals now; undefined before the first one of its purpose. It is held until the transaction ends, so that
 * it cannot be retired between its use and the moment what it sealed can be seen.
 */
export async function readCurrent(table: KeyTable, purpose: string): Promise<DataKeyRow | undefined> {
  const { name, owned } = place(table)
  return (await table.tx.query<DataKeyRow>(`select ${COLUMNS} from ${name} where ${owned} and purpose = $2 and retired_at is null for share`, [table.tenantId, purpose])).rows[0]
}

export async function readById(table: KeyTable, id: string): Promise<DataKeyRow | undefined> {
  const { name, owned } = place(table)
  return (await table.tx.query<DataKeyRow>(`select ${COLUMNS} from ${name} where ${owned} and id = $2`, [table.tenantId, id])).rows[0]
}

/** Adds a key, unless another transaction just made the one of this purpose. */
export async function insertKey(table: KeyTable, row: Omit<DataKeyRow, 'settled' | 'bornUnder'>): Promise<void> {
  const values = [table.tenantId, row.id, row.purpose, row.master, row.wrapped]
  if (table.tenantId === null) {
    await table.tx.query(`
      insert into auth.data_key (id, purpose, master, born_under, wrapped) select $2, $3, $4, $4, $5 where $1::uuid is null
      on conflict (purpose) where retired_at is null do nothing`, values)
    return
  }
  await table.tx.query(`
    insert into app.data_key (tenant_id, id, purpose, master, born_under, wrapped) values ($1, $2, $3, $4, $4, $5)
    on conflict (tenant_id, purpose) where retired_at is null do nothing`, values)
}

/** A page of the keys of one owner, retired ones included, after an id. */
export async function listKeys(table: KeyTable, { after, limit }: { readonly after: string | null; readonly limit: number }): Promise<DataKeyRow[]> {
  const { name, owned } = place(table)
  return (await table.tx.query<DataKeyRow>(`select ${COLUMNS} from ${name} where ${owned} and ($2::uuid is null or id > $2) order by id limit $3`, [table.tenantId, after, limit])).rows
}

/** Puts a key under another master key, unless another process did. */
export async function rewrapRow(table: KeyTable, { id, from, to }: { readonly id: string; readonly from: string; readonly to: { readonly master: string; readonly wrapped: Uint8Array } }): Promise<void> {
  const { name, owned } = place(table)
  await table.tx.query(`update ${name} set master = $3, wrapped = $4 where ${owned} and id = $2 and master = $5`, [table.tenantId, id, to.master, to.wrapped, from])
}

/** Ends the use of the current keys that an earlier master key has seen. They still open what they sealed. */
export async function retireKeys(table: KeyTable, master: string): Promise<number> {
  const { name, owned } = place(table)
  return (await table.tx.query(`update ${name} set retired_at = now() where ${owned} and born_under <> $2 and retired_at is null`, [table.tenantId, master])).rowCount
}

/** The companies of this installation, page after page. */
export async function listTenants(tx: Queryable, { after, limit }: { readonly after: string | null; readonly limit: number }): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>('select id from auth.organization where $1::uuid is null or id > $1 order by id limit $2', [after, limit])
  return rows.map(({ id }) => id)
}
