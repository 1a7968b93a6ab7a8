import { Refusal } from '../../access/refusal.ts'
import type { Db } from '../../db/types.ts'
import { ACCESS_SECONDS, type AccessTokens } from './jwt.ts'
import { endSession, insertRefreshToken, lockRefreshToken, prolongSession, useRefreshToken } from './jwt-store.ts'
import { personBySession } from '../sessions/session-store.ts'
import { PROGRAM_SECONDS, type NewSession } from '../sessions/sessions.ts'
import { newToken, sha256 } from './tokens.ts'
import type { DeviceSeen, Origin, Person, SessionMethod, SignedIn } from '../types.ts'

export type TokenPair = { readonly accessToken: string; readonly tokenType: 'Bearer'; readonly expiresIn: number; readonly refreshToken: string; readonly refreshExpiresIn: number }

export type ProgramTokens = {
  /** Opens a session of a program and gives its first tokens. */
  issue(person: Person, method: SessionMethod, from: Origin): Promise<{ readonly tokens: TokenPair; readonly device: DeviceSeen }>
  /** Takes a refresh token, good once, and gives the next pair. One that was used already ends its whole family. */
  refresh(refreshToken: string): Promise<TokenPair>
  /** Ends the session of a refresh token. Harmless for one that is unknown. */
  revoke(refreshToken: string): Promise<void>
}

type Parts = {
  readonly db: Db; readonly accessTokens: AccessTokens
  readonly open: (session: NewSession) => Promise<SignedIn>
  /** Tells every process that a session ended. */
  readonly onEnded: (token: string | undefined, sessionId: string) => Promise<void>
}

/**
 * Tokens for programs. A family of refresh tokens is one session, which its person sees in the list and can end.
 * Whoever stole a refresh token and its owner both use it sooner or later: the second use ends the session for both.
 */
export function createProgramTokens({ db, accessTokens, open, onEnded }: Parts): ProgramTokens {
  const pair = async (person: Person, sessionId: string): Promise<TokenPair> => {
    const refreshToken = newToken()
    await db.system((tx) => insertRefreshToken(tx, { hash: sha256(refreshToken), sessionId, seconds: PROGRAM_SECONDS }))
    return { accessToken: await accessTokens.sign({ userId: person.id, sessionId }), tokenType: 'Bearer', expiresIn: ACCESS_SECONDS, refreshToken, refreshExpiresIn: PROGRAM_SECONDS }
  }
  const end = async (sessionId: string) => { await onEnded(await db.system((tx) => endSession(tx, sessionId)), sessionId) }
  return {
    issue: async (person, method, from) => {
      const { person: signed, device } = await open({ person, kind: 'program', method, origin: from })
      return { tokens: await pair(person, signed.sessionId), device }
    },
    refresh: async (refreshToken) => {
      const hash = sha256(refreshToken)
      const taken = await db.system(async (tx) => {
        const found = await lockRefreshToken(tx, hash)
        if (!found || found.used || found.expired) return { person: null, reused: found?.used ? found.sessionId : null }
        const person = await personBySession(tx, found.sessionId)
        if (!person) return { person: null, reused: null }
        await useRefreshToken(tx, hash)
        await prolongSession(tx, found.sessionId, PROGRAM_SECONDS)
        return { person, reused: null }
      })
      if (taken.reused !== null) await end(taken.reused)
      if (!taken.person) throw new Refusal('REFRESH_TOKEN_ENDED')
      return await pair(taken.person, taken.person.sessionId)
    },
    revoke: async (refreshToken) => {
      const found = await db.system((tx) => lockRefreshToken(tx, sha256(refreshToken)))
      if (found) await end(found.sessionId)
    },
  }
}
