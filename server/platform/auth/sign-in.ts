import { Refusal } from '../access/refusal.ts'
import type { Db } from '../db/types.ts'
import { passwordCounts, type Attempts } from './attempts.ts'
import { deleteChallengesOf } from './factors/factor-store.ts'
import type { Library } from './library.ts'
import { counted } from './network.ts'
import type { AuthSettings } from './options.ts'
import type { Credential, Passkeys } from './factors/passkeys.ts'
import { hashPassword, refuseWeakPassword, verifyPassword } from './passwords/passwords.ts'
import { deleteResetsOf } from './passwords/reset-store.ts'
import type { CodeGiven, SecondFactor } from './factors/second-factor.ts'
import { cookieToken, expiredCookie, setCookie } from './sessions/session-cookie.ts'
import { deleteOtherSessions, deleteSessionByToken, emailExists, findAccount, findAccountById, savePassword, type Account } from './sessions/session-store.ts'
import { deviceHashOf, type NewSession } from './sessions/sessions.ts'
import type { CodeAsked, Origin, Person, SessionKind, SessionMethod, SignedIn, SignedPerson } from './types.ts'

/** Where a call comes from: all that is known of a request, or its address alone. */
export type From = Origin | string

export type SignIn = {
  /** Without `from` (a command, the demonstration) nothing is counted. */
  signUp(input: { readonly name: string; readonly email: string; readonly password: string }, from?: Origin): Promise<SignedIn>
  /** Checks the password; wrong ones are counted. A person with a second factor is asked for a code. */
  signIn(input: { readonly email: string; readonly password: string }, from: From): Promise<SignedIn | CodeAsked>
  /** The second step: the code of the challenge that the cookie names. */
  answerChallenge(given: CodeGiven, from: Origin): Promise<SignedIn>
  signInByPasskey(credential: Credential, from: Origin): Promise<SignedIn>
  /** A whole sign-in in one call, for programs: password, and code when the person has a second factor. */
  signInProgram(input: { readonly email: string; readonly password: string } & CodeGiven, from: Origin): Promise<{ readonly person: Person; readonly method: SessionMethod }>
  /** Asks for the present password again before a sensitive change; wrong ones are counted. */
  confirmPassword(person: Person, password: string, from: Origin): Promise<void>
  /** Puts a new password in place of the present one and ends every other session. */
  changePassword(person: SignedPerson, input: { readonly current: string; readonly password: string }, from: Origin): Promise<void>
}

type Parts = {
  readonly db: Db; readonly settings: AuthSettings; readonly library: Library; readonly attempts: Attempts; readonly secondFactor: SecondFactor; readonly passkeys: Passkeys
  readonly open: (session: NewSession) => Promise<SignedIn>
  readonly personById: (id: string) => Promise<Person>
  /** Tells every process, after the commit, that sessions ended. */
  readonly onManyEnded: () => Promise<void>
}

const BROWSER: SessionKind = 'browser'

function originOf(from: From): Origin {
  return typeof from === 'string' ? { address: from } : from
}

function codeOf(error: unknown): string {
  const body = error && typeof error === 'object' && 'body' in error ? error.body as { code?: unknown } | undefined : undefined
  return String(body?.code ?? '')
}

async function signUp(parts: Parts, input: { readonly name: string; readonly email: string; readonly password: string }, from: Origin | undefined): Promise<SignedIn> {
  const { db, library } = parts
  const asked = { ...input, name: input.name.trim() }
  refuseWeakPassword(asked.password, asked)
  if (from) await parts.attempts.count([{ kind: 'signUp', of: counted(from.address) }])
  try {
    // One transaction: an account without its password would keep the address from signing up again.
    return await db.transaction(async () => {
      const { user, token } = await library.api.signUpEmail({ body: asked, headers: new Headers() })
      // The session it made is not described: ours takes its place.
      if (token !== null) await db.system((tx) => deleteSessionByToken(tx, token))
      const person = await parts.personById(user.id)
      return await parts.open({ person, kind: BROWSER, method: 'sign-up', origin: from ?? { address: '' } })
    })
  } catch (error) {
    // Two sign-ups at the same moment: the second meets the unique index, which the library reports without its reason.
    if (codeOf(error).startsWith('USER_ALREADY_EXISTS') || await db.system((tx) => emailExists(tx, input.email))) throw new Refusal('EMAIL_TAKEN')
    throw error
  }
}

/** The account whose password this is. The try is counted before the password is checked, so that guesses sent together do not slip through. */
async function checkPassword(parts: Parts, input: { readonly email: string; readonly password: string }, origin: Origin): Promise<Account> {
  const account = await parts.db.system((tx) => findAccount(tx, input.email, deviceHashOf(origin, parts.settings)))
  const counts = passwordCounts(input.email, origin.address, account?.knownDevice ?? undefined)
  await parts.attempts.count(counts)
  const right = await verifyPassword(account?.password ?? undefined, input.password)
  if (!account || !right) throw new Refusal('CREDENTIALS_WRONG')
  await parts.attempts.release(counts, ['pair', 'device'])
  return account
}

const personOf = ({ id, name, email }: Account): Person => ({ id, name, email })

async function confirmPassword(parts: Parts, person: Person, { password, from }: { readonly password: string; readonly from: Origin }): Promise<void> {
  const account = await parts.db.system((tx) => findAccountById(tx, person.id))
  const counts = [{ kind: 'pair' as const, of: `confirm ${person.id} ${counted(from.address)}` }]
  await parts.attempts.count(counts)
  if (!await verifyPassword(account?.password ?? undefined, password)) throw new Refusal('PASSWORD_WRONG')
  await parts.attempts.release(counts, ['pair'])
}

/** Signing up and in. What ends a session, and who a request speaks for, is in auth.ts. */
export function createSignIn(parts: Parts): SignIn {
  const { db, settings, secondFactor, open } = parts
  return {
    signUp: (input, from) => signUp(parts, input, from),
    signIn: async (input, from) => {
      const origin = originOf(from)
      const account = await checkPassword(parts, input, origin)
      const person = personOf(account)
      if (!account.twoFactor) return await open({ person, kind: BROWSER, method: 'password', origin })
      return { next: 'two-factor', person, cookies: [setCookie(settings, 'challenge', await secondFactor.challenge(person))] }
    },
    answerChallenge: async (given, origin) => {
      const token = cookieToken(origin.cookie, settings, 'challenge')
      if (token === undefined) throw new Refusal('CHALLENGE_ENDED')
      const { person, kind } = await secondFactor.answer(token, given, parts.personById)
      const signedIn = await open({ person, kind: BROWSER, method: kind, origin })
      return { ...signedIn, cookies: [...signedIn.cookies, expiredCookie(settings, 'challenge')] }
    },
    signInByPasskey: async (credential, origin) => {
      const person = await parts.personById(await parts.passkeys.signIn(origin, credential))
      return await open({ person, kind: BROWSER, method: 'passkey', origin })
    },
    signInProgram: async (input, origin) => {
      const account = await checkPassword(parts, input, origin)
      const person = personOf(account)
      const method: SessionMethod = account.twoFactor ? await secondFactor.check(person, input) : 'password'
      return { person, method }
    },
    confirmPassword: (person, password, from) => confirmPassword(parts, person, { password, from }),
    changePassword: async (person, { current, password }, from) => {
      await confirmPassword(parts, person, { password: current, from })
      refuseWeakPassword(password, person)
      const hash = await hashPassword(password)
      await db.system(async (tx) => {
        await savePassword(tx, person.id, hash)
        await deleteOtherSessions(tx, person.id, person.sessionId)
        await deleteChallengesOf(tx, person.id)
        await deleteResetsOf(tx, person.id)
      })
      await parts.onManyEnded()
    },
  }
}
