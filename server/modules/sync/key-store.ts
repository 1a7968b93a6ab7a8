import type { JsonWebKey } from 'node:crypto'
import type { TenantTx } from '../../platform/db/types.ts'

export type StoredKey = { readonly jwk: JsonWebKey; readonly expiredAt: string | null; readonly fetchedAt: string }

export async function findKey(tx: TenantTx, connectionId: string, kid: string): Promise<StoredKey | undefined> {
  const { rows } = await tx.query<StoredKey>('select jwk, expired_at as "expiredAt", fetched_at as "fetchedAt" from app.sync_key where tenant_id = $1 and connection_id = $2 and kid = $3', [tx.tenantId, connectionId, kid])
  return rows[0]
}

export async function countKeys(tx: TenantTx, connectionId: string): Promise<number> {
  const { rows } = await tx.query<{ count: number }>('select count(*)::int as count from app.sync_key where tenant_id = $1 and connection_id = $2', [tx.tenantId, connectionId])
  return rows[0]!.count
}

/** True for the one who may ask the provider now: a flood of unknown keys asks it once in a while. */
export async function mayAskKeys(tx: TenantTx, connectionId: string, { at, seconds }: { readonly at: Date; readonly seconds: number }): Promise<boolean> {
  const { rowCount } = await tx.query(`update app.sync_connection set keys_asked_at = $3 where tenant_id = $1 and id = $2
    and (keys_asked_at is null or keys_asked_at <= $3::timestamptz - make_interval(secs => $4))`, [tx.tenantId, connectionId, at.toISOString(), seconds])
  return rowCount > 0
}

/** Keeps a key, and the few latest beside it. */
export async function saveKey(tx: TenantTx, { connectionId, kid, jwk, expiredAt, at, keep }: { readonly connectionId: string; readonly kid: string; readonly jwk: JsonWebKey; readonly expiredAt: Date | null; readonly at: Date; readonly keep: number }): Promise<void> {
  await tx.query(`insert into app.sync_key (tenant_id, connection_id, kid, jwk, expired_at, fetched_at) values ($1, $2, $3, $4::text::jsonb, $5, $6)
    on conflict (tenant_id, connection_id, kid) do update set jwk = excluded.jwk, expired_at = excluded.expired_at, fetched_at = excluded.fetched_at`,
  [tx.tenantId, connectionId, kid, JSON.stringify(jwk), expiredAt?.toISOString() ?? null, at.toISOString()])
  await tx.query(`delete from app.sync_key where tenant_id = $1 and connection_id = $2 and kid not in (
    select kid from app.sync_key where tenant_id = $1 and connection_id = $2 order by fetched_at desc, kid limit $3)`, [tx.tenantId, connectionId, keep])
}
