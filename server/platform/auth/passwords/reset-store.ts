import type { UserId } from '../../../../core/kernel/id.ts'
import type { SystemTx } from '../../db/types.ts'
import type { Person } from '../types.ts'

/** Keeps a link, and forgets those of everyone that ended. */
export async function insertReset(tx: SystemTx, reset: { readonly tokenHash: string; readonly userId: UserId; readonly seconds: number }): Promise<void> {
  await tx.query('delete from auth.password_reset where token_hash in (select token_hash from auth.password_reset where expires_at < now() limit 100 for update skip locked)')
  await tx.query('insert into auth.password_reset (token_hash, user_id, expires_at) values ($1, $2, now() + make_interval(secs => $3))', [reset.tokenHash, reset.userId, reset.seconds])
}

/** The person of a link that still works, locked: it serves once. */
export async function lockReset(tx: SystemTx, tokenHash: string): Promise<Person | undefined> {
  const { rows } = await tx.query<Person>(`
    select u.id, u.name, u.email from auth.password_reset r join auth."user" u on u.id = r.user_id
    where r.token_hash = $1 and r.expires_at > now() for update of r`, [tokenHash])
  return rows[0]
}

export async function deleteResetsOf(tx: SystemTx, userId: UserId): Promise<void> {
  await tx.query('delete from auth.password_reset where user_id = $1', [userId])
}

/** Whoever used a link reads the mail of the address. */
export async function confirmEmail(tx: SystemTx, userId: UserId): Promise<void> {
  await tx.query('update auth."user" set "emailVerified" = true, "updatedAt" = now() where id = $1', [userId])
}
