import { hash, verify } from '@node-rs/argon2'
import { organization } from 'better-auth/plugins/organization'
import { makeKysely } from '../db/kysely.ts'
import type { Db } from '../db/types.ts'
import { uuidv7 } from '../id/uuid.ts'

/** Argon2id with the parameters of the OWASP cheat sheet (19 MiB, 2 passes, 1 lane). The library's default algorithm is Argon2id. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** A session ends after this long, and one has to sign in again. */
export const SESSION_SECONDS = 14 * 24 * 3600
export const COOKIE_PREFIX = 'quittance'
export const PASSWORD_LENGTH = { min: 10, max: 200 }

export type AuthSettings = { readonly publicUrl: string; readonly secret: string }

/** How the sign-in library is set up. Its tables are migration 0002, which a test compares with these options. */
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
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true },
    rateLimit: { enabled: true },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      password: {
        hash: (password: string) => hash(password, ARGON2),
        verify: (given: { hash: string; password: string }) => verify(given.hash, given.password),
      },
    },
    plugins: [organization()],
  }
}
