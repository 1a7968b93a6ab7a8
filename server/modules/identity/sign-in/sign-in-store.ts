import type { SealedColumn } from '../../../platform/secrets/sealed-columns.ts'

/** The sealed texts of signing in and of mail; `quittance secrets` finds them by this list. */
export const SIGN_IN_SEALED: readonly SealedColumn[] = [
  { schema: 'auth', table: 'second_factor', column: 'seed_sealed', group: 'totp.seed' },
  { schema: 'auth', table: 'jwks', column: 'private_sealed', group: 'jwt.key' },
  { schema: 'auth', table: 'mail_message', column: 'body_sealed', group: 'mail.body' },
]
