import { createHash } from 'node:crypto'
import { betterAuth } from 'better-auth'
import type { UserId } from '../../../core/kernel/id.ts'
import { Refusal } from '../access/refusal.ts'
import type { Db } from '../db/types.ts'
import { createAttempts, type AttemptLimits } from './attempts.ts'
import { createFreshCache } from './fresh-cache.ts'
import { authOptions, type AuthSettings } from './options.ts'
import { expiredCookie, sessionToken } from './session-cookie.ts'

export type Person = { readonly id: UserId; readonly name: string; readonly email: string }

/** A person who just signed in, and the Set-Cookie headers that say so to the browser. */
export type SignedIn = { readonly person: Person; readonly cookies: readonly string[] }

export type Auth = {
  signUp(input: { readonly name: string; readonly email: string; readonly password: string }): Promise<SignedIn>
  /** `address` is where the request comes from: wrong passwords are counted by it. */
  signIn(input: { readonly email: string; readonly password: string }, address: string): Promise<SignedIn>
  /** Ends the session of this Cookie header, at once in this process and a moment later in the others. Answers the Set-Cookie header. */
  signOut(cookieHeader: string | undefined): Promise<string>
  /** Who a Cookie header belongs to; null when nobody. Kept for five seconds. */
  personOf(cookieHeader: string | undefined): Promise<Person | null>
  /** Remembers for five seconds what a person may open; forgotten everywhere when `accessChanged` is called. */
  remember<T>(key: string, load: () => Promise<T>): Promise<T>
  /** Called after the transaction that changed a membership or a grant. */
  accessChanged(): Promise<void>
  /** Hears what other processes revoke. Answers the way to stop. */
  start(): Promise<() => Promise<void>>
}

const CHANNEL = 'quittance_sign_in'
const CACHE_MS = 5_000
const ACCESS = 'access'

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function codeOf(error: unknown): string {
  const body = error && typeof error === 'object' && 'body' in error ? error.body as { code?: unknown } | undefined : undefined
  return String(body?.code ?? '')
}

function personFrom(user: { id: string; name: string; email: string }): Person {
  return { id: user.id as UserId, name: user.name, email: user.email }
}

async function loadPerson(db: Db, token: string): Promise<Person | null> {
  const { rows } = await db.system((tx) => tx.query<{ id: string; name: string; email: string }>(
    'select u.id, u.name, u.email from auth.session s join auth."user" u on u.id = s."userId" where s.token = $1 and s."expiresAt" > now()', [token]))
  return rows[0] ? personFrom(rows[0]) : null
}

async function emailExists(db: Db, email: string): Promise<boolean> {
  const { rows } = await db.system((tx) => tx.query('select 1 from auth."user" where email = $1', [email.toLowerCase()]))
  return rows.length > 0
}

/** Sign-in: the library keeps accounts, passwords and sessions; checking a session at each request is ours. */
export function createAuth(db: Db, settings: AuthSettings, limits?: AttemptLimits): Auth {
  const library = betterAuth(authOptions(db, settings))
  const attempts = createAttempts(limits)
  const people = createFreshCache<Person | null>(CACHE_MS)
  const accesses = createFreshCache<unknown>(CACHE_MS)
  const heard = (payload: string) => {
    if (payload === ACCESS) accesses.clear()
    else people.forget(payload)
  }
  const tell = async (payload: string) => {
    heard(payload)
    await db.system((tx) => tx.query('select pg_notify($1, $2)', [CHANNEL, payload]))
  }
  return {
    signUp: async (input) => {
      try {
        // One transaction: an account without its password would keep the address from signing up again.
        const { headers, response } = await db.transaction(() => library.api.signUpEmail({ body: { ...input, name: input.name.trim() }, headers: new Headers(), returnHeaders: true }))
        return { person: personFrom(response.user), cookies: headers.getSetCookie() }
      } catch (error) {
        // Two sign-ups at the same moment: the second meets the unique index, which the library reports without its reason.
        if (codeOf(error).startsWith('USER_ALREADY_EXISTS') || await emailExists(db, input.email)) throw new Refusal('EMAIL_TAKEN')
        throw error
      }
    },
    signIn: async (input, address) => {
      attempts.check(input.email, address)
      // Counted before the password is checked: guesses sent at the same moment do not slip through together.
      attempts.failed(input.email, address)
      try {
        const { headers, response } = await library.api.signInEmail({ body: input, headers: new Headers(), returnHeaders: true })
        attempts.succeeded(input.email, address)
        return { person: personFrom(response.user), cookies: headers.getSetCookie() }
      } catch (error) {
        if (codeOf(error) === 'INVALID_EMAIL_OR_PASSWORD') throw new Refusal('CREDENTIALS_WRONG')
        throw error
      }
    },
    signOut: async (cookieHeader) => {
      const token = sessionToken(cookieHeader, settings)
      if (token !== undefined) {
        await db.system((tx) => tx.query('delete from auth.session where token = $1', [token]))
        await tell(sha256(token))
      }
      return expiredCookie(settings)
    },
    personOf: async (cookieHeader) => {
      const token = sessionToken(cookieHeader, settings)
      return token === undefined ? null : await people.get(sha256(token), () => loadPerson(db, token))
    },
    remember: async <T>(key: string, load: () => Promise<T>) => await accesses.get(key, load) as T,
    accessChanged: () => tell(ACCESS),
    start: async () => {
      // The library reads its tables when it is made; until then it would wait for a session that a transaction holds.
      await library.$context
      return db.listen(CHANNEL, heard)
    },
  }
}
