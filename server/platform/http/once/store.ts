import type { SystemTx } from '../../db/types.ts'

export type KeptAnswer = { readonly fingerprint: Uint8Array; readonly status: number; readonly answer: Uint8Array }
export type NewKeptAnswer = KeptAnswer & { readonly id: Uint8Array; readonly tenantId: string | null }

/** How long a key gives its first answer again. */
export const KEPT_HOURS = 24
const PURGE_MAX = 5_000

/** Takes the key for this transaction; false when another transaction has it at this moment. */
export async function takeKey(tx: SystemTx, id: Uint8Array): Promise<boolean> {
  const lock = new DataView(id.buffer, id.byteOffset).getBigInt64(0)
  const { rows } = await tx.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [lock])
  return rows[0]?.mine === true
}

export async function readAnswer(tx: SystemTx, id: Uint8Array): Promise<KeptAnswer | undefined> {
  const { rows } = await tx.query<{ fingerprint: Uint8Array; status: number; answer: Uint8Array }>(
    'select fingerprint, status, answer from auth.idempotency_key where id = $1 and expires_at > now()', [id])
  return rows[0]
}

/** Keeps the first answer of a key. One that another request kept meanwhile stays; one that has expired is replaced. */
export async function keepAnswer(tx: SystemTx, kept: NewKeptAnswer): Promise<void> {
  await tx.query(`
    insert into auth.idempotency_key as known (id, tenant_id, fingerprint, status, answer, expires_at)
    values ($1, $2, $3, $4, $5, now() + make_interval(hours => $6))
    on conflict (id) do update set tenant_id = excluded.tenant_id, fingerprint = excluded.fingerprint, status = excluded.status, answer = excluded.answer, expires_at = excluded.expires_at
    where known.expires_at <= now()`, [kept.id, kept.tenantId, kept.fingerprint, kept.status, kept.answer, KEPT_HOURS])
}

/** Removes expired answers, a bounded number at a time; answers how many. */
export async function purgeAnswers(tx: SystemTx): Promise<number> {
  const { rowCount } = await tx.query(`
    delete from auth.idempotency_key where id in (select id from auth.idempotency_key where expires_at <= now() order by expires_at limit $1)`, [PURGE_MAX])
  return rowCount
}
