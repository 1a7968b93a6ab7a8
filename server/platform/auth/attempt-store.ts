import type { SystemTx } from '../db/types.ts'

export type Counter = { readonly key: string; readonly count: number; readonly idleSeconds: number; readonly waitSeconds: number }
const SWEPT_MAX = 200

/** The counters of these keys, made when they are not there and locked in one order. Waits are told by the database's clock, which every process shares. */
export async function lockCounters(tx: SystemTx, keys: readonly string[]): Promise<Counter[]> {
  await tx.query('insert into auth.attempt (key) select key from unnest($1::text[]) as given(key) order by key on conflict (key) do nothing', [keys])
  const { rows } = await tx.query<{ key: string; count: number; idle: number; wait: number | null }>(`
    select key, count, extract(epoch from clock_timestamp() - last_at)::float8 as idle, extract(epoch from blocked_until - clock_timestamp())::float8 as wait
    from auth.attempt where key = any($1::text[]) order by key for update`, [keys])
  return rows.map(({ key, count, idle, wait }) => ({ key, count, idleSeconds: idle, waitSeconds: Math.max(0, wait ?? 0) }))
}

/** Keeps the counts and their waits, and sweeps some that nobody needs any more. */
export async function saveCounters(tx: SystemTx, counters: readonly { key: string; count: number; waitSeconds: number; forgetSeconds: number }[]): Promise<void> {
  await tx.query(`
    update auth.attempt as a set count = given.count, last_at = clock_timestamp(), forget_at = clock_timestamp() + make_interval(secs => given.forget),
      blocked_until = case when given.wait > 0 then clock_timestamp() + make_interval(secs => given.wait) end
    from unnest($1::text[], $2::int[], $3::float8[], $4::float8[]) as given(key, count, wait, forget) where a.key = given.key`,
  [counters.map(({ key }) => key), counters.map(({ count }) => count), counters.map(({ waitSeconds }) => waitSeconds), counters.map(({ forgetSeconds }) => forgetSeconds)])
  await tx.query(`delete from auth.attempt where key in (
    select key from auth.attempt where forget_at < now() and (blocked_until is null or blocked_until < now()) order by forget_at limit ${SWEPT_MAX} for update skip locked)`)
}

export async function releaseCounters(tx: SystemTx, { taken, forgotten }: { readonly taken: readonly string[]; readonly forgotten: readonly string[] }): Promise<void> {
  // Only a try that was let through is taken back, so the wait it lifts is the one it caused itself.
  if (taken.length > 0) await tx.query('update auth.attempt set count = greatest(count - 1, 0), blocked_until = null where key in (select key from auth.attempt where key = any($1::text[]) order by key for update)', [taken])
  if (forgotten.length > 0) await tx.query('delete from auth.attempt where key = any($1::text[])', [forgotten])
}
