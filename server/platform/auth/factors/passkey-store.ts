import type { UserId } from '../../../../core/kernel/id.ts'
import type { SystemTx } from '../../db/types.ts'

export type PasskeyRow = { readonly id: string; readonly name: string; readonly createdAt: string; readonly lastUsedAt: string | null; readonly synced: boolean }
const PASSKEYS_MAX = 100

export async function listPasskeys(tx: SystemTx, userId: UserId): Promise<PasskeyRow[]> {
  const { rows } = await tx.query<PasskeyRow>(`
    select id, coalesce(name, '') as name, "createdAt", last_used_at as "lastUsedAt", "backedUp" as synced
    from auth.passkey where "userId" = $1 order by "createdAt", id limit ${PASSKEYS_MAX}`, [userId])
  return rows
}

export async function renamePasskey(tx: SystemTx, passkey: { readonly userId: UserId; readonly id: string; readonly name: string }): Promise<boolean> {
  return (await tx.query('update auth.passkey set name = $3 where "userId" = $1 and id = $2', [passkey.userId, passkey.id, passkey.name])).rowCount > 0
}

export async function deletePasskey(tx: SystemTx, passkey: { readonly userId: UserId; readonly id: string }): Promise<boolean> {
  return (await tx.query('delete from auth.passkey where "userId" = $1 and id = $2', [passkey.userId, passkey.id])).rowCount > 0
}

export async function touchPasskey(tx: SystemTx, credentialId: string): Promise<void> {
  await tx.query('update auth.passkey set last_used_at = now() where "credentialID" = $1', [credentialId])
}

export async function endSessionByToken(tx: SystemTx, token: string): Promise<void> {
  await tx.query('delete from auth.session where token = $1', [token])
}
