import { createHash, randomBytes } from 'node:crypto'
import { API_KEY_PREFIX } from '../../../../contract/team.ts'

const SHOWN = 6
const FORM = new RegExp(`^${API_KEY_PREFIX}[A-Za-z0-9_-]{43}$`)

/** A new key: 256 bits of chance behind a prefix that tools which look for leaked secrets recognise. */
export function newKey(): { readonly key: string; readonly start: string; readonly hash: Buffer } {
  const key = `${API_KEY_PREFIX}${randomBytes(32).toString('base64url')}`
  return { key, start: key.slice(0, API_KEY_PREFIX.length + SHOWN), hash: hashOfSecret(key) }
}

/** True when the text has the form of a key. */
export function isKey(text: string): boolean {
  return FORM.test(text)
}

/** What is kept of a secret of 256 random bits: plain SHA-256 is enough, since there is nothing to guess. */
export function hashOfSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
