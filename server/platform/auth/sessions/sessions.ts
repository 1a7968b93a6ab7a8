import type { UserId } from '../../../../core/kernel/id.ts'
import type { Db } from '../../db/types.ts'
import { networkOf } from '../network.ts'
import { SESSION_SECONDS, type AuthSettings } from '../options.ts'
import { cookieToken, setCookie } from './session-cookie.ts'
import { describeSession, recogniseDevice } from './session-store.ts'
import { newToken, sha256 } from '../tokens/tokens.ts'
import type { DeviceSeen, Origin, Person, SessionKind, SessionMethod, SignedIn } from '../types.ts'
import { deviceWords } from './user-agent.ts'

/** The session of a program lasts this long after its last refresh. */
export const PROGRAM_SECONDS = 30 * 24 * 3600

/** Makes a session of the sign-in library and answers its token. */
export type MakeSession = (userId: UserId) => Promise<string>

export type NewSession = { readonly person: Person; readonly kind: SessionKind; readonly method: SessionMethod; readonly origin: Origin }

/** The hash of the cookie by which a browser is recognised. */
export function deviceHashOf(origin: Origin, settings: AuthSettings): string | undefined {
  const token = cookieToken(origin.cookie, settings, 'device')
  return token === undefined ? undefined : sha256(token)
}

/** Recognises the device of a sign-in, or makes it known. Answers the cookie to give, if any. */
export async function meetDevice(db: Db, settings: AuthSettings, { person, kind, origin }: Pick<NewSession, 'person' | 'kind' | 'origin'>): Promise<DeviceSeen & { readonly id: string; readonly cookies: readonly string[] }> {
  const given = deviceHashOf(origin, settings)
  // A program keeps no cookie, so that it is known by what it is and where it is.
  const fresh = given === undefined && kind === 'browser' && origin.userAgent !== undefined ? newToken() : undefined
  const seen = await db.system((tx) => recogniseDevice(tx, {
    userId: person.id, tokenHash: given, newTokenHash: fresh === undefined ? given : sha256(fresh), agentHash: sha256(origin.userAgent ?? ''),
    words: deviceWords(origin.userAgent), network: networkOf(origin.address), address: origin.address,
  }))
  return { ...seen, cookies: fresh !== undefined && seen.isNew ? [setCookie(settings, 'device', fresh)] : [] }
}

/** Opens a session: the library makes it, and we write down how, from which device and where. */
export async function openSession(parts: { readonly db: Db; readonly settings: AuthSettings; readonly makeSession: MakeSession }, input: NewSession): Promise<SignedIn> {
  const { db, settings } = parts
  const { person, kind, method, origin } = input
  return await db.transaction(async () => {
    const device = await meetDevice(db, settings, input)
    const token = await parts.makeSession(person.id)
    const sessionId = await db.system((tx) => describeSession(tx, {
      token, kind, method, deviceId: device.id, words: device.words, address: origin.address, userAgent: origin.userAgent ?? '', seconds: kind === 'program' ? PROGRAM_SECONDS : SESSION_SECONDS,
    }))
    const cookies = kind === 'program' ? [] : [setCookie(settings, 'session_token', token), ...device.cookies]
    return { next: 'done', person: { ...person, sessionId }, cookies, device: { isNew: device.isNew, isFirst: device.isFirst, words: device.words, address: device.address }, method }
  })
}
