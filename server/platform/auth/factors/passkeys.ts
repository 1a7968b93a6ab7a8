import { isIP } from 'node:net'
import type { UserId } from '../../../../core/kernel/id.ts'
import { Refusal } from '../../access/refusal.ts'
import type { Db } from '../../db/types.ts'
import { deletePasskey, endSessionByToken, listPasskeys, renamePasskey, touchPasskey, type PasskeyRow } from './passkey-store.ts'
import type { Library } from '../library.ts'
import type { Origin, Person } from '../types.ts'

/** What the browser's `toJSON()` gave; the library reads it. */
export type Credential = Readonly<Record<string, unknown>> & { readonly id: string }
/** What the browser's API takes, and the cookie that names the challenge. */
export type Ceremony = { readonly options: Readonly<Record<string, unknown>>; readonly cookies: readonly string[] }

export type Passkeys = {
  /** Whether browsers accept passkeys for the address of this installation. */
  readonly available: boolean
  list(person: Person): Promise<readonly PasskeyRow[]>
  beginRegistration(origin: Origin): Promise<Ceremony>
  register(origin: Origin, input: { readonly name: string; readonly credential: Credential }): Promise<PasskeyRow>
  rename(person: Person, id: string, name: string): Promise<PasskeyRow>
  remove(person: Person, id: string): Promise<PasskeyRow>
  beginSignIn(): Promise<Ceremony>
  /** Whose passkey signed the challenge. */
  signIn(origin: Origin, credential: Credential): Promise<UserId>
}

/** WebAuthn, section 5.1.3: a name and not an IP address, over https except on this machine. */
export function passkeysAvailable(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl)
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 && (protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost'))
}

function headersOf(origin: Origin): Headers {
  return new Headers(origin.cookie === undefined ? {} : { cookie: origin.cookie })
}

/** The library's refusals in our words: all it refuses is a ceremony that does not hold. */
function refusalOf(error: unknown): unknown {
  const status = error && typeof error === 'object' && 'statusCode' in error ? Number(error.statusCode) : undefined
  const body = error && typeof error === 'object' && 'body' in error ? error.body as { code?: unknown } | undefined : undefined
  const refused = (status !== undefined && status < 500) || String(body?.code ?? '') === 'FAILED_TO_VERIFY_REGISTRATION'
  return refused ? new Refusal('PASSKEY_REFUSED') : error
}

async function refusing<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw refusalOf(error)
  }
}

/** Passkeys: the sign-in library runs the ceremonies, and a passkey always asks for the person (a finger, a face, a code). */
export function createPasskeys({ db, library, publicUrl }: { readonly db: Db; readonly library: Library; readonly publicUrl: string }): Passkeys {
  const available = passkeysAvailable(publicUrl)
  const find = async (person: Person, id: string): Promise<PasskeyRow> => {
    const row = (await db.system((tx) => listPasskeys(tx, person.id))).find((one) => one.id === id)
    if (!row) throw new Refusal('NOT_FOUND')
    return row
  }
  const refuseUnlessAvailable = () => { if (!available) throw new Refusal('PASSKEYS_UNAVAILABLE') }
  return {
    available,
    list: (person) => db.system((tx) => listPasskeys(tx, person.id)),
    beginRegistration: async (origin) => {
      refuseUnlessAvailable()
      const { headers, response } = await refusing(() => library.api.generatePasskeyRegistrationOptions({ headers: headersOf(origin), returnHeaders: true }))
      return { options: { ...response }, cookies: headers.getSetCookie() }
    },
    register: async (origin, { name, credential }) => {
      refuseUnlessAvailable()
      const made = await refusing(() => library.api.verifyPasskeyRegistration({ headers: headersOf(origin), body: { response: credential, name } }))
      return await find({ id: made.userId as UserId, name: '', email: '' }, made.id)
    },
    rename: async (person, id, name) => {
      if (!await db.system((tx) => renamePasskey(tx, { userId: person.id, id, name }))) throw new Refusal('NOT_FOUND')
      return await find(person, id)
    },
    remove: async (person, id) => {
      const row = await find(person, id)
      if (!await db.system((tx) => deletePasskey(tx, { userId: person.id, id }))) throw new Refusal('NOT_FOUND')
      return row
    },
    beginSignIn: async () => {
      refuseUnlessAvailable()
      const { headers, response } = await refusing(() => library.api.generatePasskeyAuthenticationOptions({ headers: new Headers(), returnHeaders: true }))
      return { options: { ...response, userVerification: 'required' }, cookies: headers.getSetCookie() }
    },
    signIn: async (origin, credential) => {
      refuseUnlessAvailable()
      const { session } = await refusing(() => library.api.verifyPasskeyAuthentication({ headers: headersOf(origin), body: { response: { ...credential } } as never }))
      // The session it made is not described: ours takes its place.
      await db.system(async (tx) => {
        await endSessionByToken(tx, session.token)
        await touchPasskey(tx, credential.id)
      })
      return session.userId as UserId
    },
  }
}
