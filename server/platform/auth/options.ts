import { passkey } from '@better-auth/passkey'
import { organization } from 'better-auth/plugins/organization'
import { makeKysely } from '../db/kysely.ts'
import type { Db } from '../db/types.ts'
import { uuidv7 } from '../id/uuid.ts'
import { PASSWORD_LENGTH, hashPassword, verifyPassword } from './passwords/passwords.ts'

/** A session ends after this long, and one has to sign in again. */
export const SESSION_SECONDS = 14 * 24 * 3600
export const COOKIE_PREFIX = 'quittance'

export type AuthSettings = { readonly publicUrl: string; readonly secret: string }

/** How the sign-in library is set up. Its tables are migrations 0002 and 0010, which a test compares with these options. */
export function authOptions(db: Db, settings: AuthSettings) {
  return {
    baseURL: settings.publicUrl,
    basePath: '/api/auth',
    secret: settings.secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: { db: makeKysely<Record<string, never>>(db, { for: 'library' }), type: 'postgres' as const, schemaName: 'auth', transaction: false },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: settings.publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' as const, path: '/' },
      database: { generateId: () => uuidv7() },
      // Requests reach it through our routes, which check their origin.
      disableOriginCheck: true,
    },
    // A new passkey asks for the password, whatever the age of the session.
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true, freshAge: 0 },
    rateLimit: { enabled: true },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      password: {
        hash: hashPassword,
        verify: (given: { hash: string; password: string }) => verifyPassword(given.hash, given.password),
      },
    },
    plugins: [organization(), passkeyPlugin(settings)],
  }
}

/** A passkey stands for both factors, so that the device must have asked for the person: the library itself only prefers it. */
function passkeyPlugin(settings: AuthSettings) {
  const refuseUnverified = (verified: boolean | undefined) => { if (verified !== true) throw new Error('the person was not verified by the device') }
  return passkey({
    rpName: 'Quittance', rpID: new URL(settings.publicUrl).hostname, origin: new URL(settings.publicUrl).origin,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    advanced: { webAuthnChallengeCookie: 'passkey' },
    registration: { afterVerification: async ({ verification }) => { refuseUnverified(verification.registrationInfo?.userVerified) } },
    authentication: { afterVerification: async ({ verification }) => { refuseUnverified(verification.authenticationInfo.userVerified) } },
  })
}
