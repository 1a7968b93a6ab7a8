import { createHash, randomBytes } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import { ARGON2 } from '../passwords/passwords.ts'

export const RECOVERY_CODES = 10
const LENGTH = 12
/** Crockford's base 32: no letter looks like a digit, so that a code written by hand is read back. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Ten codes of sixty random bits, such as 7K2M-QX4P-9TBD. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const letters = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte & 31]).join('')
    return letters.match(/.{4}/g)?.join('-') ?? letters
  })
}

/** The code as it was given out, whatever the case, the dashes, and the letters taken for digits. */
export function readRecoveryCode(text: string): string {
  return text.toUpperCase().replace(/[^0-9A-Z]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
}

/** Sixty bits are few for a plain hash, so it is Argon2id; salted by the person, so that one computation serves their ten codes. */
export async function hashRecoveryCode(userId: string, code: string): Promise<string> {
  const salt = createHash('sha256').update(`recovery codes of ${userId}`).digest().subarray(0, 16)
  return (await hashRaw(readRecoveryCode(code), { ...ARGON2, salt })).toString('base64url')
}
