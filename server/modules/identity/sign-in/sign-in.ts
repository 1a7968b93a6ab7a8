// Signing in and what protects it. None of it belongs to a company, so that none of it is in a company's log: the person is told by e-mail.
import type { Locale } from '../../../../core/kernel/problem.ts'
import type { App } from '../../../platform/app.ts'
import type { CodeAsked, DeviceSeen, Origin, Person, SignedIn, SignedPerson } from '../../../platform/auth/types.ts'
import type { Credential } from '../../../platform/auth/factors/passkeys.ts'
import type { CodeGiven } from '../../../platform/auth/factors/second-factor.ts'
import type { TokenPair } from '../../../platform/auth/tokens/program-tokens.ts'
import { newDeviceMail, passwordResetMail, securityChangeMail, type Letter, type SecurityChange } from './mails.ts'
import { RESET_MINUTES } from '../../../platform/auth/passwords/password-reset.ts'

/** A request of someone who signs in: where it comes from, and the language to answer in. */
export type Caller = { readonly origin: Origin; readonly locale: Locale }

async function write(app: App, to: string, { letter, locale, opensAccount }: { readonly letter: Letter; readonly locale: Locale; readonly opensAccount?: boolean }): Promise<void> {
  await app.mail.send({ to, locale, ...letter, opensAccount: opensAccount ?? false })
}

/** Tells a person what changed in how they sign in, whoever did it. */
export async function tellChange(app: App, person: Person, told: { readonly change: SecurityChange; readonly locale: Locale; readonly name?: string }): Promise<void> {
  await write(app, person.email, { locale: told.locale, letter: securityChangeMail(told.locale, told.change, told.name) })
}

/** Tells a person of a sign-in from a device they had not used; nobody needs to hear of their very first one. */
async function tellDevice(app: App, person: Person, { device, locale }: { readonly device: DeviceSeen; readonly locale: Locale }): Promise<void> {
  if (!device.isNew || device.isFirst) return
  await write(app, person.email, { locale, letter: newDeviceMail(locale, { device: device.words, address: device.address, at: app.clock.now() }) })
}

async function tellSignIn(app: App, signedIn: SignedIn, { locale }: Caller): Promise<SignedIn> {
  await tellDevice(app, signedIn.person, { device: signedIn.device, locale })
  if (signedIn.method === 'recovery-code') await tellChange(app, signedIn.person, { change: 'recovery-code-used', locale })
  return signedIn
}

/** A sign-in by password: done, or a code is asked for. */
export async function signIn(app: App, input: { readonly email: string; readonly password: string }, caller: Caller): Promise<SignedIn | CodeAsked> {
  const answer = await app.auth.signIn(input, caller.origin)
  return answer.next === 'done' ? await tellSignIn(app, answer, caller) : answer
}

/** The second step of a sign-in. */
export async function verifySecondFactor(app: App, given: CodeGiven, caller: Caller): Promise<SignedIn> {
  return await tellSignIn(app, await app.auth.answerChallenge(given, caller.origin), caller)
}

export async function signInByPasskey(app: App, credential: Credential, caller: Caller): Promise<SignedIn> {
  return await tellSignIn(app, await app.auth.signInByPasskey(credential, caller.origin), caller)
}

/** The first tokens of a program: from an e-mail and its password, or from the session of the request. */
export async function issueTokens(app: App, input: { readonly email: string; readonly password: string } & CodeGiven, caller: Caller): Promise<TokenPair> {
  const { person, method } = await app.auth.signInProgram(input, caller.origin)
  return await issueFor(app, { person, method }, caller)
}

export async function issueFor(app: App, { person, method }: { readonly person: Person; readonly method: SignedIn['method'] }, caller: Caller): Promise<TokenPair> {
  const { tokens, device } = await app.auth.tokens.issue(person, method, caller.origin)
  await tellDevice(app, person, { device, locale: caller.locale })
  return tokens
}

/** Puts a new password in place of the present one and ends every other session. */
export async function changePassword(app: App, person: SignedPerson, change: { readonly current: string; readonly password: string; readonly caller: Caller }): Promise<void> {
  const { current, password, caller } = change
  await app.auth.changePassword(person, { current, password }, caller.origin)
  await tellChange(app, person, { change: 'password-changed', locale: caller.locale })
}

const RESET_QUEUE = 'sign-in.password-reset'
type ResetJob = { readonly email: string; readonly locale: Locale }

/** Declares the queue that answers requests for a new password. */
export function defineSignInJobs(app: App): void {
  app.jobs.define<ResetJob>(RESET_QUEUE, { title: { fr: 'Envoyer un lien de mot de passe', en: 'Send a password link' }, retryLimit: 2 }, async ({ data }) => {
    await app.db.transaction(async () => {
      const begun = await app.auth.passwordReset.begin(data.email)
      if (!begun) return
      const letter = passwordResetMail(data.locale, { publicUrl: app.config.publicUrl, token: begun.token, minutes: RESET_MINUTES })
      await write(app, begun.person.email, { letter, locale: data.locale, opensAccount: true })
    })
  })
}

/** Asks for a link. The account is looked for by a job, so that neither the answer nor its time tells whether there is one. */
export async function askPasswordReset(app: App, email: string, caller: Caller): Promise<{ readonly minutes: number }> {
  await app.auth.passwordReset.count(caller.origin)
  const asked = email.trim().toLowerCase()
  await app.jobs.enqueue<ResetJob>(RESET_QUEUE, { email: asked, locale: caller.locale }, { key: asked })
  return { minutes: RESET_MINUTES }
}

/** Takes the link and the new password. Every session ends, and the person signs in with the new one. */
export async function resetPassword(app: App, input: { readonly token: string; readonly password: string }, caller: Caller): Promise<readonly string[]> {
  const { person, cookies } = await app.auth.passwordReset.finish(input, caller.origin)
  await tellChange(app, person, { change: 'password-changed', locale: caller.locale })
  return cookies
}
