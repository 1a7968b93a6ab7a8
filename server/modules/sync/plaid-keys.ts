import type { JsonWebKey } from 'node:crypto'
import type { TenantId } from '../../../core/kernel/id.ts'
import type { App } from '../../platform/app.ts'
import { OutgoingError } from '../../platform/network/outgoing-error.ts'
import { findKey, mayAskKeys, saveKey } from './key-store.ts'
import { readJson } from './read-notification.ts'
import type { PlaidAccess } from './types.ts'

const HOSTS = { sandbox: 'https://sandbox.plaid.com', production: 'https://production.plaid.com' } as const
const VERSION = '2020-09-14'
/** A key is asked for again after a day, since the provider may have ended it meanwhile. */
const FRESH_HOURS = 24
const ASK_SECONDS_MIN = 5
const KEYS_KEPT = 10
const ANSWER_MS_MAX = 5_000

/** `unknown`: the provider has no such key, or ended it. `unavailable`: it could not be asked. */
export type KeyAnswer = { readonly jwk: JsonWebKey } | 'unknown' | 'unavailable'

type Wanted = { readonly tenantId: TenantId; readonly connectionId: string; readonly kid: string; readonly access: PlaidAccess }

async function ask(app: App, { kid, access }: Wanted): Promise<{ readonly jwk: JsonWebKey; readonly expiredAt: Date | null } | 'unknown' | 'unavailable'> {
  const headers = { 'content-type': 'application/json', 'plaid-client-id': access.clientId, 'plaid-secret': access.secret, 'plaid-version': VERSION }
  try {
    const answer = await app.outgoing.send({ url: `${HOSTS[access.environment]}/webhook_verification_key/get`, method: 'POST', headers, body: JSON.stringify({ key_id: kid }), timeoutMs: ANSWER_MS_MAX })
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) return 'unknown'
    const key = answer.status === 200 ? readJson(answer.body.toString('utf8'))?.['key'] : undefined
    if (typeof key !== 'object' || key === null) return 'unavailable'
    const { expired_at: ended, kty, crv, x, y } = key as Record<string, unknown>
    if (kty !== 'EC' || crv !== 'P-256' || typeof x !== 'string' || typeof y !== 'string') return 'unknown'
    return { jwk: { kty, crv, x, y }, expiredAt: typeof ended === 'number' ? new Date(ended * 1000) : null }
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error
    return 'unavailable'
  }
}

/** The public key of the provider by its name, asked for once a day. No transaction is open while the provider is asked. */
export async function plaidKey(app: App, wanted: Wanted): Promise<KeyAnswer> {
  const [now, scope] = [app.clock.now(), { tenantId: wanted.tenantId, userId: null }]
  const ended = (expiredAt: string | null) => expiredAt !== null && new Date(expiredAt) <= now
  const kept = await app.db.tenant(scope, (tx) => findKey(tx, wanted.connectionId, wanted.kid))
  const isFresh = kept !== undefined && now.getTime() - new Date(kept.fetchedAt).getTime() < FRESH_HOURS * 3_600_000
  if (kept && isFresh) return ended(kept.expiredAt) ? 'unknown' : { jwk: kept.jwk }
  if (!await app.db.tenant(scope, (tx) => mayAskKeys(tx, wanted.connectionId, { at: now, seconds: ASK_SECONDS_MIN }))) return 'unavailable'
  const answer = await ask(app, wanted)
  if (typeof answer === 'string') return answer
  await app.db.tenant(scope, (tx) => saveKey(tx, { connectionId: wanted.connectionId, kid: wanted.kid, ...answer, at: now, keep: KEYS_KEPT }))
  return ended(answer.expiredAt?.toISOString() ?? null) ? 'unknown' : { jwk: answer.jwk }
}
