// The keys of programs: their rows are the company's, and the system finds one by its hash before any company is known.
import type { TenantId, UserId } from '../../../../core/kernel/id.ts'
import type { SystemTx, TenantTx } from '../../../platform/db/types.ts'

export type KeyRow = {
  readonly id: string; readonly name: string; readonly start: string; readonly scopes: readonly string[]; readonly createdBy: UserId
  readonly createdAt: string; readonly expiresAt: string | null; readonly lastUsedAt: string | null; readonly lastUsedAddress: string | null; readonly revokedAt: string | null
}

const COLUMNS = `id, name, start, scopes, created_by as "createdBy", created_at as "createdAt", expires_at as "expiresAt",
  last_used_at as "lastUsedAt", last_used_address as "lastUsedAddress", revoked_at as "revokedAt"`

export type NewKey = { readonly id: string; readonly name: string; readonly start: string; readonly hash: Uint8Array; readonly scopes: readonly string[]; readonly createdBy: UserId; readonly expiresAt: string | null }

export async function insertKey(tx: TenantTx, key: NewKey): Promise<KeyRow> {
  const { rows } = await tx.query<KeyRow>(`
    insert into app.api_key (tenant_id, id, name, start, hash, scopes, created_by, expires_at) values ($1, $2, $3, $4, $5, $6::text[], $7, $8)
    returning ${COLUMNS}`, [tx.tenantId, key.id, key.name, key.start, key.hash, key.scopes, key.createdBy, key.expiresAt])
  const row = rows[0]
  if (!row) throw new Error('the key was not written')
  return row
}

/** Keys in service; those who add one wait for each other on the company's row. */
export async function countKeysForUpdate(tx: TenantTx): Promise<number> {
  await tx.query('select 1 from app.company where tenant_id = $1 for no key update', [tx.tenantId])
  const { rows } = await tx.query<{ n: number }>('select count(*)::int as n from app.api_key where tenant_id = $1 and revoked_at is null and (expires_at is null or expires_at > now())', [tx.tenantId])
  return rows[0]?.n ?? 0
}

/** From the latest to the first. */
export async function listKeys(tx: TenantTx, page: { readonly before: { readonly id: string; readonly createdAt: string } | null; readonly limit: number }): Promise<KeyRow[]> {
  const { rows } = await tx.query<KeyRow>(`
    select ${COLUMNS} from app.api_key where tenant_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
    order by created_at desc, id desc limit $4`, [tx.tenantId, page.before?.createdAt ?? null, page.before?.id ?? null, page.limit])
  return rows
}

export async function lockKey(tx: TenantTx, id: string): Promise<KeyRow | undefined> {
  const { rows } = await tx.query<KeyRow>(`select ${COLUMNS} from app.api_key where tenant_id = $1 and id = $2 for update`, [tx.tenantId, id])
  return rows[0]
}

export async function revokeKeyRow(tx: TenantTx, id: string): Promise<void> {
  await tx.query('update app.api_key set revoked_at = now() where tenant_id = $1 and id = $2 and revoked_at is null', [tx.tenantId, id])
}

/** Notes a use, once a minute at most. */
export async function touchKey(tx: TenantTx, id: string, address: string): Promise<void> {
  await tx.query(`
    update app.api_key set last_used_at = now(), last_used_address = $3
    where tenant_id = $1 and id = $2 and (last_used_at is null or last_used_at <= now() - interval '1 minute')`, [tx.tenantId, id, address])
}

export type FoundKey = Pick<KeyRow, 'id' | 'name' | 'scopes' | 'createdBy' | 'expiresAt'> & { readonly tenantId: TenantId; readonly personName: string; readonly toTouch: boolean }

/** The key in force that has this hash, with the name of who made it. */
export async function findKeyByHash(tx: SystemTx, hash: Uint8Array): Promise<FoundKey | undefined> {
  const { rows } = await tx.query<FoundKey>(`
    select k.tenant_id as "tenantId", k.id, k.name, k.scopes, k.created_by as "createdBy", k.expires_at as "expiresAt", u.name as "personName",
      k.last_used_at is null or k.last_used_at <= now() - interval '1 minute' as "toTouch"
    from app.api_key k join auth."user" u on u.id = k.created_by
    where k.hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())`, [hash])
  return rows[0]
}

/** Names of people, by their ids. */
export async function namesOf(tx: SystemTx, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ id: string; name: string }>('select id, name from auth."user" where id = any($1::uuid[])', [[...new Set(ids)]])
  return new Map(rows.map((row) => [row.id, row.name]))
}
