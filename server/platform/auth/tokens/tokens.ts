import { createHash, randomBytes } from 'node:crypto'

/** What is kept of a token: whoever reads the database cannot use it. A token is random, so that a plain hash is enough. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A secret that nobody can guess, for a cookie or a link: 256 bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}
