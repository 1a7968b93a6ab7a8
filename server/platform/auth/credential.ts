import type { IncomingHttpHeaders } from 'node:http'
import type { Permission } from '../../../core/access/permissions.ts'
import type { UserId } from '../../../core/kernel/id.ts'
import { Refusal } from '../access/refusal.ts'
import type { TenantAccess } from '../access/tenant-access.ts'
import type { Auth, SignedPerson } from './auth.ts'

/** An API key in force. `access.permissions` is what it may do today: its scopes, as far as its maker still has them. */
export type ApiKeyAccess = {
  readonly id: string
  readonly name: string
  /** Who made it: what the key writes is theirs. */
  readonly userId: UserId
  readonly access: TenantAccess & { readonly permissions: readonly Permission[] }
}

/** Finds what an API key opens; null when it is unknown, expired, revoked or suspended. */
export type FindApiKey = (token: string, address: string) => Promise<ApiKeyAccess | null>

/** Who a request speaks for: a person, by a cookie or an access token, or an API key. */
export type Credential = { readonly kind: 'person'; readonly person: SignedPerson } | { readonly kind: 'api-key'; readonly key: ApiKeyAccess }

export type CredentialSources = { readonly auth: Pick<Auth, 'personOf' | 'personOfBearer'>; readonly findApiKey: FindApiKey | undefined }
export type CredentialRequest = { readonly headers: Pick<IncomingHttpHeaders, 'authorization' | 'cookie'>; readonly ip: string }

const BEARER = /^bearer +([A-Za-z0-9._~+/=-]{1,4000}) *$/i
/** Three parts: a JWT. An API key has no dot. */
const JWT = /^[^.]+\.[^.]*\.[^.]*$/

/**
 * Who a request speaks for; null when it names nobody. A header Authorization decides alone: when it is wrong the
 * request is refused, whatever its cookie says.
 */
export async function credentialOf(request: CredentialRequest, sources: CredentialSources): Promise<Credential | null> {
  const { authorization, cookie } = request.headers
  if (authorization === undefined) {
    const person = await sources.auth.personOf(cookie)
    return person && { kind: 'person', person }
  }
  const token = BEARER.exec(authorization)?.[1]
  if (token === undefined) throw new Refusal('TOKEN_INVALID')
  if (JWT.test(token)) {
    const person = await sources.auth.personOfBearer(token)
    if (person) return { kind: 'person', person }
  } else {
    const key = await sources.findApiKey?.(token, request.ip)
    if (key) return { kind: 'api-key', key }
  }
  throw new Refusal('TOKEN_INVALID')
}
