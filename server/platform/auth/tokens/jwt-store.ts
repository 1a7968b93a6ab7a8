import type { SystemTx } from '../../db/types.ts'

// Any number will do as long as it stays: two processes do not make a signing key at the same moment.
const LOCK_KEY = 7_185_401_267

export type SigningKey = { readonly kid: string; readonly publicJwk: { readonly kty: string; readonly crv: string; readonly x: string }; readonly privateSealed: string; readonly createdAt: string }

/** The keys made after an instant, the newest first. */
export async function listKeys(tx: SystemTx, after: Date): Promise<SigningKey[]> {
  const { rows } = await tx.query<SigningKey>(`
    select id as kid, public_jwk as "publicJwk", private_sealed as "privateSealed", created_at as "createdAt" from auth.jwks where created_at > $1 order by created_at desc, id limit 100`, [after.toISOString()])
  return rows
}

/** Waits until no other process makes a key. */
export async function lockKeys(tx: SystemTx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [LOCK_KEY])
}

export async function insertKey(tx: SystemTx, key: SigningKey): Promise<void> {
  await tx.query('insert into auth.jwks (id, public_jwk, private_sealed, created_at) values ($1, $2, $3, $4)', [key.kid, JSON.stringify(key.publicJwk), key.privateSealed, key.createdAt])
}

/** Keys that signed nothing that is still valid. */
export async function deleteKeysBefore(tx: SystemTx, before: Date): Promise<void> {
  await tx.query('delete from auth.jwks where created_at < $1', [before.toISOString()])
}

export async function insertRefreshToken(tx: SystemTx, token: { readonly hash: string; readonly sessionId: string; readonly seconds: number }): Promise<void> {
  await tx.query('insert into auth.refresh_token (token_hash, session_id, expires_at) values ($1, $2, now() + make_interval(secs => $3))', [token.hash, token.sessionId, token.seconds])
}

export type RefreshRow = { readonly sessionId: string; readonly used: boolean; readonly expired: boolean }

/** A refresh token, locked: of two uses at the same moment the second sees the first. */
export async function lockRefreshToken(tx: SystemTx, hash: string): Promise<RefreshRow | undefined> {
  const { rows } = await tx.query<RefreshRow>(`
    select session_id as "sessionId", used_at is not null as used, expires_at <= now() as expired from auth.refresh_token where token_hash = $1 for update`, [hash])
  return rows[0]
}

export async function useRefreshToken(tx: SystemTx, hash: string): Promise<void> {
  await tx.query('update auth.refresh_token set used_at = now() where token_hash = $1', [hash])
}

/** A session that is used goes on: it ends so many seconds from now. */
export async function prolongSession(tx: SystemTx, sessionId: string, seconds: number): Promise<void> {
  await tx.query('update auth.session set "expiresAt" = now() + make_interval(secs => $2), "updatedAt" = now() where id = $1', [sessionId, seconds])
}

/** Ends the session of a token, and with it every token of its family. */
export async function endSession(tx: SystemTx, sessionId: string): Promise<string | undefined> {
  return (await tx.query<{ token: string }>('delete from auth.session where id = $1 returning token', [sessionId])).rows[0]?.token
}
