import { exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT, type JWK } from 'jose'
import type { Db } from '../../db/types.ts'
import { uuidv7 } from '../../id/uuid.ts'
import type { Secrets } from '../../secrets/secrets.ts'
import { createFreshCache } from '../sessions/fresh-cache.ts'
import { deleteKeysBefore, insertKey, listKeys, lockKeys, type SigningKey } from './jwt-store.ts'

export const ACCESS_SECONDS = 900
const ALGORITHM = 'EdDSA'
/** RFC 9068: an access token says that it is one, so that no other signed text passes for it. */
const TYPE = 'at+jwt'
const AUDIENCE = 'quittance-api'
const DAY_MS = 86_400_000
/** A key signs for thirty days, and is published one day more than anything it signed lives. */
const SIGNS_MS = 30 * DAY_MS
const PUBLISHED_MS = 31 * DAY_MS
const KEPT_MS = 90 * DAY_MS
const CACHE_MS = 60_000
/** Unknown keys make the published ones be read again at most this often: forged tokens cost no query each. */
const LOOK_AGAIN_MS = 5_000

export type AccessClaims = { readonly userId: string; readonly sessionId: string }
export type PublicKey = { readonly kty: string; readonly crv: string; readonly x: string; readonly kid: string; readonly alg: string; readonly use: string }

export type AccessTokens = {
  sign(claims: AccessClaims): Promise<string>
  /** What a token of ours says; null when it is forged, expired, for someone else, or of another kind. */
  verify(token: string): Promise<AccessClaims | null>
  publicKeys(): Promise<readonly PublicKey[]>
}

type Parts = { readonly db: Db; readonly secrets: Secrets; readonly now: () => Date; readonly issuer: string }

const purposeOf = (kid: string) => ({ tenantId: null, purpose: `jwt.key:${kid}` })

async function makeKey({ db, secrets, now }: Parts): Promise<void> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true })
  const { kty, crv, x } = await exportJWK(publicKey)
  if (kty === undefined || crv === undefined || x === undefined) throw new Error('the key that was made has no public half')
  const kid = uuidv7()
  const privateSealed = await secrets.seal(purposeOf(kid), JSON.stringify(await exportJWK(privateKey)))
  await db.system(async (tx) => {
    await lockKeys(tx)
    const at = now()
    // Another process may have made one while this one waited.
    if ((await listKeys(tx, new Date(at.getTime() - SIGNS_MS))).length > 0) return
    await insertKey(tx, { kid, publicJwk: { kty, crv, x }, privateSealed, createdAt: at.toISOString() })
    await deleteKeysBefore(tx, new Date(at.getTime() - KEPT_MS))
  })
}

/** Access tokens for programs: short-lived JWTs signed with Ed25519. They name a session, which is looked up at each use, so that what is revoked stops at once. */
export function createAccessTokens(parts: Parts): AccessTokens {
  const { db, secrets, now, issuer } = parts
  const cache = createFreshCache<readonly SigningKey[]>(CACHE_MS)
  const opened = createFreshCache<Awaited<ReturnType<typeof importJWK>>>(CACHE_MS)
  let lookedAgainAt = -LOOK_AGAIN_MS
  const published = () => cache.get('keys', () => db.system((tx) => listKeys(tx, new Date(now().getTime() - PUBLISHED_MS))))
  const isSigning = ({ createdAt }: SigningKey) => Date.parse(createdAt) > now().getTime() - SIGNS_MS
  const signingKey = async (): Promise<SigningKey> => {
    const known = (await published()).find(isSigning)
    if (known) return known
    await makeKey(parts)
    cache.clear()
    const made = (await published()).find(isSigning)
    if (!made) throw new Error('no key to sign access tokens with')
    return made
  }
  const keyOf = async (kid: string | undefined): Promise<SigningKey> => {
    const known = (await published()).find((key) => key.kid === kid)
    if (known) return known
    // It may be one that another process made a moment ago.
    if (performance.now() - lookedAgainAt < LOOK_AGAIN_MS) throw new Error('unknown key')
    lookedAgainAt = performance.now()
    cache.clear()
    const found = (await published()).find((key) => key.kid === kid)
    if (!found) throw new Error('unknown key')
    return found
  }
  return {
    sign: async ({ userId, sessionId }) => {
      const key = await signingKey()
      const secret = await opened.get(key.kid, async () => importJWK(JSON.parse(await secrets.open(purposeOf(key.kid), key.privateSealed)) as JWK, ALGORITHM))
      const issuedAt = Math.floor(now().getTime() / 1000)
      return await new SignJWT({ sid: sessionId }).setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: key.kid })
        .setSubject(userId).setIssuer(issuer).setAudience(AUDIENCE).setIssuedAt(issuedAt).setExpirationTime(issuedAt + ACCESS_SECONDS).setJti(uuidv7()).sign(secret)
    },
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify(token, async ({ kid }) => importJWK({ ...(await keyOf(kid)).publicJwk }, ALGORITHM), {
          algorithms: [ALGORITHM], typ: TYPE, issuer, audience: AUDIENCE, currentDate: now(), requiredClaims: ['sub', 'sid', 'exp', 'iat', 'jti'],
        })
        return typeof payload.sub === 'string' && typeof payload['sid'] === 'string' ? { userId: payload.sub, sessionId: payload['sid'] } : null
      } catch (error) {
        // What jose refuses, and a kid of nobody, is a token of nobody; a database that fails is a failure.
        if (error instanceof Error && ('code' in error && String(error.code).startsWith('ERR_J') || error.message === 'unknown key')) return null
        throw error
      }
    },
    publicKeys: async () => {
      await signingKey()
      return (await published()).map(({ kid, publicJwk }) => ({ kty: publicJwk.kty, crv: publicJwk.crv, x: publicJwk.x, kid, alg: ALGORITHM, use: 'sig' }))
    },
  }
}
