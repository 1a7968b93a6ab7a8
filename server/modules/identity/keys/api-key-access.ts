import { PERSON_ONLY } from '../../../../core/access/permissions.ts'
import type { App } from '../../../platform/app.ts'
import type { ApiKeyAccess, FindApiKey } from '../../../platform/auth/credential.ts'
import { accessesOf, permissionsIn, tenantAccessOf } from '../access.ts'
import { findKeyByHash, touchKey, type FoundKey, type KeyRow } from './api-key-store.ts'
import { hashOfSecret, isKey } from './api-key-token.ts'

/** What a key may do today: its scopes, as far as the person who made it may still do them there. Null when nothing is left. */
export async function keyAccess(app: App, tenantId: string, key: Pick<KeyRow, 'createdBy' | 'scopes'>): Promise<ApiKeyAccess['access'] | null> {
  const found = (await accessesOf(app, key.createdBy)).find((row) => row.tenantId === tenantId)
  if (!found) return null
  const permissions = permissionsIn(found).filter((permission) => key.scopes.includes(permission) && !PERSON_ONLY.includes(permission))
  return permissions.length === 0 ? null : { ...tenantAccessOf(found), permissions }
}

/** Keeps the answer "no such key" out of the memory of a few seconds: made-up keys must not drive true ones out of it. */
const UNKNOWN = new Error('no such key')

async function loadKey(app: App, token: string, address: string): Promise<FoundKey> {
  const key = await app.db.system((tx) => findKeyByHash(tx, hashOfSecret(token)))
  if (!key) throw UNKNOWN
  if (key.toTouch) {
    await app.db.tenant({ tenantId: key.tenantId, userId: key.createdBy }, (tx) => touchKey(tx, key.id, address))
      .catch((error: unknown) => { app.log.warn({ err: error, key: key.id }, 'the use of an API key was not noted') })
  }
  return key
}

/** How the HTTP layer finds out what an API key opens. Kept a few seconds, and forgotten everywhere as soon as a key, a membership or a grant changes. */
export function findApiKeyIn(app: App): FindApiKey {
  return async (token, address) => {
    if (!isKey(token)) return null
    const key = await app.auth.remember(`api-key ${hashOfSecret(token).toString('hex')}`, () => loadKey(app, token, address))
      .catch((error: unknown) => { if (error === UNKNOWN) return null; throw error })
    if (!key || (key.expiresAt !== null && Date.parse(key.expiresAt) <= app.clock.now().getTime())) return null
    const access = await keyAccess(app, key.tenantId, key)
    return access && { id: key.id, name: `${key.name} · ${key.personName}`, userId: key.createdBy, access }
  }
}
