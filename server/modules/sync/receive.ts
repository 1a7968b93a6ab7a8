import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Provider } from '../../../contract/sync.ts'
import type { TenantScope } from '../../platform/db/types.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { countRefusal, findSealed } from './connection-store.ts'
import { insertEvent } from './event-store.ts'
import { queueEvent } from './jobs.ts'
import { plaidKey } from './plaid-keys.ts'
import { readPlaidToken, verifyPlaid } from './plaid-signature.ts'
import { readNotification } from './read-notification.ts'
import { secretScope } from './seals.ts'
import { BRIDGE_HOURS_MAX, CLOCK_SECONDS_MAX, type Signed, verifyBridge, verifyTimed, type Verdict } from './signatures.ts'
import { hashToken, readToken } from './token.ts'
import type { Notification, PlaidAccess, Sealed } from './types.ts'

/** Bytes of one notification. */
export const NOTIFICATION_BYTES_MAX = 1_048_576
/** What is kept of the headers: what proves it and what it says of itself. */
const HEADERS_KEPT = ['content-type', 'user-agent', 'bridgeapi-signature', 'x-qonto-signature', 'plaid-verification', 'quittance-signature'] as const
const HEADER_LENGTH_MAX = 4_000

export type Arrival = { readonly provider: Provider; readonly token: string | undefined; readonly headers: IncomingHttpHeaders; readonly body: Uint8Array }

function keptHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(HEADERS_KEPT.flatMap((name): [string, string][] => {
    const value = headers[name]
    return typeof value === 'string' ? [[name, value.slice(0, HEADER_LENGTH_MAX)]] : []
  }))
}

type Door = { readonly app: App; readonly scope: TenantScope; readonly connectionId: string; readonly sealed: Sealed & { readonly provider: Provider } }

/** The connection a token opens; undefined for any other, whatever is wrong with it. */
async function openDoor(app: App, { token, provider }: Arrival): Promise<Door | undefined> {
  const named = readToken(token)
  if (!named || token === undefined) return undefined
  const scope = { tenantId: named.tenantId, userId: null }
  const sealed = await app.db.tenant(scope, (tx) => findSealed(tx, named.connectionId))
  if (!sealed?.tokenHash || sealed.provider !== provider || !timingSafeEqual(hashToken(token), Buffer.from(sealed.tokenHash))) return undefined
  return { app, scope, connectionId: named.connectionId, sealed }
}

async function provePlaid({ app, scope, connectionId, sealed }: Door, signed: Signed): Promise<Verdict> {
  const token = readPlaidToken(signed.headers['plaid-verification'])
  if (!token || sealed.plaidAccess === null) return 'unsigned'
  const access = JSON.parse(await app.secrets.open(secretScope(scope.tenantId, connectionId), sealed.plaidAccess)) as PlaidAccess
  const key = await plaidKey(app, { tenantId: scope.tenantId, connectionId, kid: token.kid, access })
  if (key === 'unavailable') throw new Refusal('NOTIFICATION_KEYS_UNAVAILABLE')
  return key === 'unknown' ? 'signature' : verifyPlaid(key.jwk, token, signed)
}

async function prove(door: Door, signed: Signed): Promise<Verdict> {
  const { app, scope, connectionId, sealed } = door
  if (sealed.provider === 'plaid') return await provePlaid(door, signed)
  if (sealed.signingSecret === null) return 'unsigned'
  const secret = await app.secrets.open(secretScope(scope.tenantId, connectionId), sealed.signingSecret)
  switch (sealed.provider) {
    case 'bridge': return verifyBridge(secret, signed)
    case 'qonto': return verifyTimed(secret, 'x-qonto-signature', signed)
    case 'finary': return verifyTimed(secret, 'quittance-signature', signed)
  }
}

/** A signature of Bridge holds no time: what the signed body says of its own age is looked at instead. */
function ageOf(provider: Provider, notification: Notification | undefined, now: Date): Verdict {
  if (provider !== 'bridge' || !notification?.at) return undefined
  const seconds = (now.getTime() - notification.at.getTime()) / 1000
  return seconds > BRIDGE_HOURS_MAX * 3600 || seconds < -CLOCK_SECONDS_MAX ? 'clock' : undefined
}

/**
 * Takes a notification: finds its connection by the token of the address, proves the bytes, keeps them, and leaves the rest to a
 * job. The same one again is known and does nothing. Of what is not proven nothing is kept but a count. Refuses
 * NOTIFICATION_REFUSED, NOTIFICATION_KEYS_UNAVAILABLE.
 */
export async function receiveNotification(app: App, arrival: Arrival): Promise<{ received: true; known: boolean }> {
  const door = await openDoor(app, arrival)
  if (!door) throw new Refusal('NOTIFICATION_REFUSED')
  const [now, headers] = [app.clock.now(), keptHeaders(arrival.headers)]
  const proven = await prove(door, { headers, body: arrival.body, now })
  const notification = proven === undefined ? readNotification(arrival.provider, arrival.body) : undefined
  const reason = proven ?? ageOf(arrival.provider, notification, now)
  if (reason !== undefined) {
    await app.db.tenant(door.scope, (tx) => countRefusal(tx, { connectionId: door.connectionId, reason, at: now }))
    throw new Refusal('NOTIFICATION_REFUSED')
  }
  const key = notification?.key ?? `sha256:${createHash('sha256').update(arrival.body).digest('hex')}`
  return await app.db.tenant(door.scope, async (tx) => {
    const id = uuidv7()
    const isNew = await insertEvent(tx, { id, connectionId: door.connectionId, key, kind: notification?.kind ?? null, body: arrival.body, headers, at: now })
    if (isNew) {
      await queueEvent(app, tx, id)
      await appendEvent(tx, { tenantId: tx.tenantId }, { kind: 'notification.received', subject: id, data: { connectionId: door.connectionId, state: 'waiting' } })
    }
    return { received: true, known: !isNew }
  })
}
