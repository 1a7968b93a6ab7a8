import { Type } from 'typebox'
import { Instant, Uuid } from '../../../../contract/common.ts'
import type { ApiKey, CreatedApiKey, NewApiKey } from '../../../../contract/team.ts'
import { isPermission, PERMISSIONS, PERSON_ONLY, type Permission } from '../../../../core/access/permissions.ts'
import { problem } from '../../../../core/kernel/problem.ts'
import { allows, authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../../platform/http/cursor.ts'
import { uuidv7 } from '../../../platform/id/uuid.ts'
import { recordAudit } from '../../audit/index.ts'
import { keyAccess } from './api-key-access.ts'
import { countKeysForUpdate, insertKey, listKeys as loadKeys, lockKey, namesOf, revokeKeyRow, type KeyRow } from './api-key-store.ts'
import { newKey } from './api-key-token.ts'

const KEYS_MAX = 100
const Key = Type.Tuple([Instant, Uuid])

async function stateOf(app: App, tenantId: string, row: KeyRow): Promise<ApiKey['state']> {
  if (row.revokedAt !== null) return 'revoked'
  if (row.expiresAt !== null && Date.parse(row.expiresAt) <= app.clock.now().getTime()) return 'expired'
  return await keyAccess(app, tenantId, row) ? 'active' : 'suspended'
}

async function present(app: App, tenantId: string, rows: readonly KeyRow[]): Promise<Map<string, ApiKey>> {
  const names = await app.db.system((tx) => namesOf(tx, rows.map((row) => row.createdBy)))
  const shown = new Map<string, ApiKey>()
  for (const row of rows) {
    const name = names.get(row.createdBy)
    shown.set(row.id, { ...row, scopes: [...row.scopes], createdBy: name === undefined ? null : { id: row.createdBy, name }, state: await stateOf(app, tenantId, row) })
  }
  return shown
}

/** The keys of the company, in service and revoked, latest first. Their secret is never shown again. */
export async function listKeys(app: App, ctx: Context, query: { readonly limit?: number; readonly cursor?: string }): Promise<{ items: ApiKey[]; next: string | null }> {
  authorize(ctx, 'key.manage')
  const key = decodeCursor(query.cursor, Key)
  const limit = query.limit ?? PAGE_LIMIT
  const rows = await app.db.tenant(ctx, (tx) => loadKeys(tx, { before: key ? { createdAt: key[0], id: key[1] } : null, limit: limit + 1 }))
  const { items, next } = pageOf(rows, limit, { item: (row) => row, key: (row) => [row.createdAt, row.id] })
  const shown = await present(app, ctx.tenantId, items)
  return { items: items.flatMap((row) => shown.get(row.id) ?? []), next }
}

/** Known scopes that the maker has too, in the order of the list, each once. Refuses KEY_SCOPE_REFUSED. */
function scopesOf(ctx: Context, wanted: readonly string[]): Permission[] {
  const refused = wanted.find((scope) => !isPermission(scope) || !allows(ctx, scope) || PERSON_ONLY.includes(scope))
  if (refused !== undefined) throw new Refusal('KEY_SCOPE_REFUSED', { permission: refused })
  return PERMISSIONS.filter((permission) => wanted.includes(permission))
}

/** Makes a key and answers it, this once. It does what its scopes say, as far as its maker may do it on the day. */
export async function createKey(app: App, ctx: Context, input: NewApiKey): Promise<CreatedApiKey> {
  authorize(ctx, 'key.manage')
  const userId = ctx.userId
  if (userId === null || ctx.keyId !== undefined) throw new Refusal('API_KEY_NOT_A_PERSON')
  const name = input.name.trim()
  if (name === '') throw new Refusal('REQUEST_INVALID', {}, [problem('FIELD_MIN_LENGTH', { fr: 'Ce champ ne peut pas être vide.', en: 'This field cannot be empty.' }, { field: 'name' })])
  const scopes = scopesOf(ctx, input.scopes)
  const expiresAt = input.expiresAt ?? null
  if (expiresAt !== null && Date.parse(expiresAt) <= app.clock.now().getTime()) throw new Refusal('KEY_EXPIRY_PAST')
  const { key, start, hash } = newKey()
  const row = await app.db.tenant(ctx, async (tx) => {
    if (await countKeysForUpdate(tx) >= KEYS_MAX) throw new Refusal('KEYS_TOO_MANY', { limit: String(KEYS_MAX) })
    const made = await insertKey(tx, { id: uuidv7(), name, start, hash, scopes, createdBy: userId, expiresAt })
    await recordAudit(tx, ctx, { action: 'key.create', subjectKind: 'key', subjectId: made.id, before: null, after: { name, start, scopes, expiresAt } })
    return made
  })
  const shown = (await present(app, ctx.tenantId, [row])).get(row.id)
  if (!shown) throw new Error('the key was not written')
  return { ...shown, key }
}

/** Ends a key, at once and everywhere. Doing it again changes nothing. */
export async function revokeKey(app: App, ctx: Context, id: string): Promise<void> {
  authorize(ctx, 'key.manage')
  await app.db.tenant(ctx, async (tx) => {
    const row = await lockKey(tx, id)
    if (!row) throw new Refusal('NOT_FOUND')
    if (row.revokedAt !== null) return
    await revokeKeyRow(tx, id)
    await recordAudit(tx, ctx, { action: 'key.revoke', subjectKind: 'key', subjectId: id, before: { name: row.name, scopes: row.scopes, expiresAt: row.expiresAt }, after: null })
  })
  await app.auth.accessChanged()
}
