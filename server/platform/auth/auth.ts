import type { UserId } from '../../../core/kernel/id.ts'
import { Refusal } from '../access/refusal.ts'
import type { Db } from '../db/types.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { createAttempts, type Attempts, type AttemptLimits } from './attempts.ts'
import { createFreshCache } from './sessions/fresh-cache.ts'
import { createAccessTokens, type PublicKey } from './tokens/jwt.ts'
import { openLibrary } from './library.ts'
import type { AuthSettings } from './options.ts'
import { createPasskeys, type Passkeys } from './factors/passkeys.ts'
import { createPasswordReset, type PasswordReset } from './passwords/password-reset.ts'
import { createProgramTokens, type ProgramTokens } from './tokens/program-tokens.ts'
import { createSecondFactor, type SecondFactor } from './factors/second-factor.ts'
import { expiredCookie, sessionToken } from './sessions/session-cookie.ts'
import { deleteOtherSessions, deleteSession, findAccountById, listSessions, notify, personBySession, personByToken, type SessionListRow } from './sessions/session-store.ts'
import { openSession, type NewSession } from './sessions/sessions.ts'
import { createSignIn, type SignIn } from './sign-in.ts'
import { sha256 } from './tokens/tokens.ts'
import type { Person, SignedIn, SignedPerson } from './types.ts'

export type { Origin, Person, SignedIn, SignedPerson } from './types.ts'

export type Auth = SignIn & {
  /** Ends the session of this Cookie header, at once in this process and a moment later in the others. Answers the Set-Cookie header. */
  signOut(cookieHeader: string | undefined): Promise<string>
  /** Who a Cookie header belongs to; null when nobody. Kept for five seconds. */
  personOf(cookieHeader: string | undefined): Promise<SignedPerson | null>
  /** Who an access token (a JWT) speaks for; null when it is not valid, or its session ended. Kept for five seconds. */
  personOfBearer(token: string): Promise<SignedPerson | null>
  /** A person by their id; refuses with SIGN_IN_REQUIRED when they are gone. */
  personById(id: string): Promise<Person>
  /** The open sessions of a person. */
  sessions(person: SignedPerson): Promise<readonly (SessionListRow & { readonly current: boolean })[]>
  /** Ends one of them; refuses with NOT_FOUND when it is not theirs. */
  revokeSession(person: Person, id: string): Promise<void>
  /** Ends every session of a person but the one given. Answers how many. */
  revokeOthers(person: Person, kept: string | null): Promise<number>
  /** The public halves of the keys that sign access tokens. */
  publicKeys(): Promise<readonly PublicKey[]>
  readonly secondFactor: SecondFactor
  readonly passkeys: Passkeys
  readonly passwordReset: PasswordReset
  readonly tokens: ProgramTokens
  readonly attempts: Attempts
  /** Remembers for five seconds what a person may open; forgotten everywhere when `accessChanged` is called. */
  remember<T>(key: string, load: () => Promise<T>): Promise<T>
  /** Called after the transaction that changed a membership or a grant. */
  accessChanged(): Promise<void>
  /** Hears what other processes revoke. Answers the way to stop. */
  start(): Promise<() => Promise<void>>
}

export type AuthParts = { readonly secrets: Secrets; readonly now?: () => Date; readonly limits?: AttemptLimits | undefined }

const CHANNEL = 'quittance_sign_in'
const CACHE_MS = 5_000
const ACCESS = 'access'
const PEOPLE = 'people'

const sessionKey = (id: string) => `session ${id}`

/** Who is signed in, remembered for a few seconds and forgotten in every process as soon as it is revoked. */
function createMemory(db: Db) {
  const people = createFreshCache<SignedPerson | null>(CACHE_MS)
  const accesses = createFreshCache<unknown>(CACHE_MS)
  const heard = (payload: string) => {
    if (payload === ACCESS) accesses.clear()
    else if (payload === PEOPLE) people.clear()
    else people.forget(payload)
  }
  return {
    people, accesses, heard,
    tell: async (...payloads: readonly string[]) => {
      for (const payload of payloads) heard(payload)
      await db.system(async (tx) => { for (const payload of payloads) await notify(tx, CHANNEL, payload) })
    },
  }
}

/** Sign-in: the library keeps accounts, passwords and passkeys; checking a session at each request, second factors and tokens are ours. */
export function createAuth(db: Db, settings: AuthSettings, { secrets, now = () => new Date(), limits }: AuthParts): Auth {
  const library = openLibrary(db, settings)
  const attempts = createAttempts(db, limits)
  const memory = createMemory(db)
  const secondFactor = createSecondFactor({ db, secrets, attempts, now })
  const passkeys = createPasskeys({ db, library, publicUrl: settings.publicUrl })
  const accessTokens = createAccessTokens({ db, secrets, now, issuer: settings.publicUrl })
  const makeSession = async (userId: UserId) => (await (await library.$context).internalAdapter.createSession(userId)).token
  const open = (input: NewSession): Promise<SignedIn> => openSession({ db, settings, makeSession }, input)
  const personById = async (id: string): Promise<Person> => {
    const account = await db.system((tx) => findAccountById(tx, id))
    if (!account) throw new Refusal('SIGN_IN_REQUIRED')
    return { id: account.id, name: account.name, email: account.email }
  }
  /** After the commit of what ended sessions: told before it, another request could remember the old answer. */
  const forgetSession = (token: string | undefined, id: string) => memory.tell(...(token === undefined ? [] : [sha256(token)]), sessionKey(id))
  const onManyEnded = () => memory.tell(PEOPLE)
  const revokeOthers = async (person: Person, kept: string | null) => {
    const count = await db.system((tx) => deleteOtherSessions(tx, person.id, kept))
    if (count > 0) await onManyEnded()
    return count
  }
  const personOf = async (cookieHeader: string | undefined) => {
    const token = sessionToken(cookieHeader, settings)
    return token === undefined ? null : await memory.people.get(sha256(token), () => db.system((tx) => personByToken(tx, token)))
  }
  const signIn = createSignIn({ db, settings, library, attempts, secondFactor, passkeys, open, personById, onManyEnded })
  return {
    ...signIn, personOf, personById, revokeOthers, secondFactor, passkeys, attempts,
    signOut: async (cookieHeader) => {
      const person = await personOf(cookieHeader)
      if (person) {
        const token = await db.system((tx) => deleteSession(tx, { userId: person.id, id: person.sessionId }))
        await forgetSession(token, person.sessionId)
      }
      return expiredCookie(settings)
    },
    personOfBearer: async (token) => {
      const claims = await accessTokens.verify(token)
      if (!claims) return null
      const person = await memory.people.get(sessionKey(claims.sessionId), () => db.system((tx) => personBySession(tx, claims.sessionId)))
      return person?.id === claims.userId ? person : null
    },
    sessions: async (person) => (await db.system((tx) => listSessions(tx, person.id))).map((row) => ({ ...row, current: row.id === person.sessionId })),
    revokeSession: async (person, id) => {
      const token = await db.system((tx) => deleteSession(tx, { userId: person.id, id }))
      if (token === undefined) throw new Refusal('NOT_FOUND')
      await forgetSession(token, id)
    },
    publicKeys: () => accessTokens.publicKeys(),
    passwordReset: createPasswordReset({ db, settings, attempts, onManyEnded }),
    tokens: createProgramTokens({ db, accessTokens, open, onEnded: forgetSession }),
    remember: async <T>(key: string, load: () => Promise<T>) => await memory.accesses.get(key, load) as T,
    accessChanged: () => memory.tell(ACCESS),
    start: async () => {
      // The library reads its tables when it is made; until then it would wait for a session that a transaction holds.
      await library.$context
      return db.listen(CHANNEL, memory.heard)
    },
  }
}
