import { createHash, createPublicKey, type JsonWebKey, timingSafeEqual, verify } from 'node:crypto'
import { CLOCK_SECONDS_MAX, type Signed, type Verdict } from './signatures.ts'

/** The three parts of a JSON Web Token, its two objects read. */
type Token = { readonly kid: string; readonly issuedAt: number; readonly bodyHash: string; readonly signed: string; readonly signature: Buffer }

const TOKEN_LENGTH_MAX = 4_000

function objectOf(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? value as Readonly<Record<string, unknown>> : undefined
  } catch {
    return undefined
  }
}

/** Reads `Plaid-Verification` without believing it. Only ES256 is taken: the token does not choose how it is checked. */
export function readPlaidToken(header: string | undefined): Token | undefined {
  const parts = header !== undefined && header.length <= TOKEN_LENGTH_MAX ? header.split('.') : []
  const [head = '', claims = '', signature = ''] = parts
  const [header_, payload] = [objectOf(head), objectOf(claims)]
  if (parts.length !== 3 || header_?.['alg'] !== 'ES256') return undefined
  const [kid, issuedAt, bodyHash] = [header_['kid'], payload?.['iat'], payload?.['request_body_sha256']]
  if (typeof kid !== 'string' || kid === '' || kid.length > 200 || typeof issuedAt !== 'number' || typeof bodyHash !== 'string') return undefined
  return { kid, issuedAt, bodyHash, signed: `${head}.${claims}`, signature: Buffer.from(signature, 'base64url') }
}

function isSignedBy(jwk: JsonWebKey, token: Token): boolean {
  try {
    return verify('sha256', Buffer.from(token.signed), { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, token.signature)
  } catch {
    return false
  }
}

/** Plaid: a token signed with the key `kid`, made in the last five minutes, that holds the SHA-256 of the body. */
export function verifyPlaid(jwk: JsonWebKey, token: Token, { body, now }: Signed): Verdict {
  const hash = createHash('sha256').update(body).digest()
  const given = /^[0-9a-fA-F]{64}$/.test(token.bodyHash) ? Buffer.from(token.bodyHash, 'hex') : Buffer.alloc(hash.length)
  if (!isSignedBy(jwk, token) || !timingSafeEqual(given, hash)) return 'signature'
  return Math.abs(now.getTime() / 1000 - token.issuedAt) > CLOCK_SECONDS_MAX ? 'clock' : undefined
}
