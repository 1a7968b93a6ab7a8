import { Type } from 'typebox'
import { KeySet, RefreshRequest, TokenRequest, Tokens } from '../../../../contract/sign-in.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { ModuleRoutes } from '../../../platform/http/routes.ts'
import { callerOf } from './caller.ts'
import { issueFor, issueTokens } from './sign-in.ts'

const tags = ['Sign-in']

/** Tokens for programs: a JWT that lives fifteen minutes, and a refresh token that is good once. */
export const tokenRoutes: ModuleRoutes = (http, app) => {
  http.post('/api/auth/token', {
    config: { access: 'public' },
    schema: { operationId: 'issueTokens', tags, summary: 'Get tokens for a program', description: 'From an e-mail, its password and, with a second factor, a code; or, without an e-mail, from the session cookie of the request.', body: TokenRequest, response: { 200: Tokens } },
  }, async (request) => {
    const { email, password, code, recoveryCode } = request.body
    if (email !== undefined) {
      if (password === undefined) throw new Refusal('CREDENTIALS_WRONG')
      return await issueTokens(app, { email, password, code, recoveryCode }, callerOf(request))
    }
    // A token does not give another one: what was narrowed to fifteen minutes would live for ever.
    if (request.headers.authorization !== undefined) throw new Refusal('SESSION_NEEDED')
    return await issueFor(app, { person: await request.user(), method: 'password' }, callerOf(request))
  })

  http.post('/api/auth/refresh', {
    config: { access: 'public' },
    schema: { operationId: 'refreshTokens', tags, summary: 'Renew the tokens', description: 'Takes a refresh token, good once, and answers the next pair. One that was used already ends the session it belongs to.', body: RefreshRequest, response: { 200: Tokens } },
  }, async (request) => app.auth.tokens.refresh(request.body.refreshToken))

  http.post('/api/auth/token/revoke', {
    config: { access: 'public' },
    schema: { operationId: 'revokeTokens', tags, summary: 'Give tokens back', description: 'Ends the session of a refresh token. Harmless for one that is unknown.', body: RefreshRequest, response: { 204: Type.Null({ description: 'Ended.' }) } },
  }, async (request, reply) => {
    await app.auth.tokens.revoke(request.body.refreshToken)
    return reply.code(204).send(null)
  })

  http.get('/.well-known/jwks.json', {
    config: { access: 'public' },
    schema: { operationId: 'getKeySet', tags, summary: 'Keys of the tokens', description: 'The public keys that verify access tokens (RFC 7517).', response: { 200: KeySet } },
  }, async (_request, reply) => reply.header('cache-control', 'public, max-age=300').send({ keys: [...await app.auth.publicKeys()] }))
}
