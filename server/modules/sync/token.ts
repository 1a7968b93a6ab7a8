import { createHash, randomBytes } from 'node:crypto'
import type { TenantId } from '../../../core/kernel/id.ts'

const PREFIX = 'qc_'
const SECRET_BYTES = 18
const TOKEN = /^qc_[A-Za-z0-9_-]{67}$/

/** What a connection's address names: the company and the connection, which the secret that follows them proves. */
export type TokenParts = { readonly tenantId: TenantId; readonly connectionId: string }

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex')

function uuidOf(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** A key nobody can guess, which names its company, so that no table is read across companies to find it. */
export function newToken({ tenantId, connectionId }: TokenParts): string {
  return PREFIX + Buffer.concat([bytesOf(tenantId), bytesOf(connectionId), randomBytes(SECRET_BYTES)]).toString('base64url')
}

export function readToken(token: string | undefined): TokenParts | undefined {
  if (token === undefined || !TOKEN.test(token)) return undefined
  const bytes = Buffer.from(token.slice(PREFIX.length), 'base64url')
  return { tenantId: uuidOf(bytes.subarray(0, 16)) as TenantId, connectionId: uuidOf(bytes.subarray(16, 32)) }
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
