import type { UserId } from '../../../../core/kernel/id.ts'
import type { SystemTx } from '../../db/types.ts'

export type FactorState = { readonly enabled: boolean; readonly enabledAt: string | null; readonly recoveryCodesLeft: number }

export async function readFactor(tx: SystemTx, userId: UserId): Promise<FactorState> {
  const { rows } = await tx.query<{ enabledAt: string | null; left: number }>(`
    select f.confirmed_at as "enabledAt", (select count(*)::int from auth.recovery_code c where c.user_id = f.id and c.used_at is null) as left
    from auth.second_factor f where f.id = $1 and f.confirmed_at is not null`, [userId])
  return { enabled: rows.length > 0, enabledAt: rows[0]?.enabledAt ?? null, recoveryCodesLeft: rows[0]?.left ?? 0 }
}

/** Keeps a seed that is not confirmed yet, in place of an earlier one. Answers false when a factor is in force. */
export async function saveSeed(tx: SystemTx, userId: UserId, sealed: string): Promise<boolean> {
  const { rowCount } = await tx.query(`
    insert into auth.second_factor as f (id, seed_sealed) values ($1, $2)
    on conflict (id) do update set seed_sealed = excluded.seed_sealed, last_step = 0, created_at = now() where f.confirmed_at is null`, [userId, sealed])
  return rowCount > 0
}

export type Seed = { readonly sealed: string; readonly lastStep: bigint; readonly confirmed: boolean }

/** The seed of a person, locked: two codes are never checked at once. */
export async function lockSeed(tx: SystemTx, userId: UserId): Promise<Seed | undefined> {
  const { rows } = await tx.query<Seed>(`
    select seed_sealed as sealed, last_step as "lastStep", confirmed_at is not null as confirmed from auth.second_factor where id = $1 for update`, [userId])
  return rows[0]
}

export async function saveStep(tx: SystemTx, userId: UserId, step: bigint): Promise<void> {
  await tx.query('update auth.second_factor set last_step = $2, confirmed_at = coalesce(confirmed_at, now()) where id = $1', [userId, step])
}

/** Puts new recovery codes in place of all the former ones. */
export async function replaceRecoveryCodes(tx: SystemTx, userId: UserId, hashes: readonly string[]): Promise<void> {
  await tx.query('delete from auth.recovery_code where user_id = $1', [userId])
  await tx.query('insert into auth.recovery_code (user_id, hash) select $1, hash from unnest($2::text[]) as given(hash)', [userId, hashes])
}

/** Uses a recovery code up. Answers false when there is no such code, or it was used. */
export async function useRecoveryCode(tx: SystemTx, userId: UserId, hash: string): Promise<boolean> {
  return (await tx.query('update auth.recovery_code set used_at = now() where user_id = $1 and hash = $2 and used_at is null', [userId, hash])).rowCount > 0
}

export async function deleteFactor(tx: SystemTx, userId: UserId): Promise<boolean> {
  return (await tx.query('delete from auth.second_factor where id = $1', [userId])).rowCount > 0
}

const SWEPT_MAX = 100

/** Notes that a code is asked for, and forgets challenges that ended. */
export async function insertChallenge(tx: SystemTx, challenge: { readonly tokenHash: string; readonly userId: UserId; readonly seconds: number }): Promise<void> {
  await tx.query(`delete from auth.sign_in_challenge where token_hash in (select token_hash from auth.sign_in_challenge where expires_at < now() limit ${SWEPT_MAX} for update skip locked)`)
  await tx.query('insert into auth.sign_in_challenge (token_hash, user_id, expires_at) values ($1, $2, now() + make_interval(secs => $3))', [challenge.tokenHash, challenge.userId, challenge.seconds])
}

export async function lockChallenge(tx: SystemTx, tokenHash: string): Promise<{ readonly userId: UserId; readonly wrongCodes: number } | undefined> {
  const { rows } = await tx.query<{ userId: UserId; wrongCodes: number }>('select user_id as "userId", wrong_codes as "wrongCodes" from auth.sign_in_challenge where token_hash = $1 and expires_at > now() for update', [tokenHash])
  return rows[0]
}

export async function deleteChallenge(tx: SystemTx, tokenHash: string): Promise<void> {
  await tx.query('delete from auth.sign_in_challenge where token_hash = $1', [tokenHash])
}

export async function countWrongCode(tx: SystemTx, tokenHash: string): Promise<void> {
  await tx.query('update auth.sign_in_challenge set wrong_codes = wrong_codes + 1 where token_hash = $1', [tokenHash])
}

export async function deleteChallengesOf(tx: SystemTx, userId: UserId): Promise<void> {
  await tx.query('delete from auth.sign_in_challenge where user_id = $1', [userId])
}
