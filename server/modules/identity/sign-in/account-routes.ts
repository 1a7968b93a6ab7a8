import { Type } from 'typebox'
import { IdParams } from '../../../../contract/common.ts'
import { PasswordChange, PasswordReset, PasswordResetAsked, PasswordResetRequest, SessionList, SessionsRevoked } from '../../../../contract/sign-in.ts'
import type { ModuleRoutes } from '../../../platform/http/routes.ts'
import { callerOf } from './caller.ts'
import { askPasswordReset, changePassword, resetPassword } from './sign-in.ts'

const tags = ['Sign-in']

const sessionListRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/auth/sessions', {
    config: { access: 'person' },
    schema: { operationId: 'listSessions', tags, summary: 'List my sessions', description: 'Browsers and programs that are signed in as me, the one seen last first; two hundred at most.', response: { 200: SessionList } },
  }, async (request) => ({ items: [...await app.auth.sessions(await request.user())] }))

  http.delete('/api/auth/sessions/:id', {
    config: { access: 'person' },
    schema: { operationId: 'revokeSession', tags, summary: 'End a session', description: 'Ends one of my sessions at once, with the tokens it gave.', params: IdParams, response: { 204: Type.Null({ description: 'Ended.' }) } },
  }, async (request, reply) => {
    await app.auth.revokeSession(await request.user(), request.params.id)
    return reply.code(204).send(null)
  })

  http.post('/api/auth/sessions/revoke-others', {
    config: { access: 'person' },
    schema: { operationId: 'revokeOtherSessions', tags, summary: 'End my other sessions', description: 'Ends every session of mine but the one of this request.', response: { 200: SessionsRevoked } },
  }, async (request) => {
    const person = await request.user()
    return { revoked: await app.auth.revokeOthers(person, person.sessionId) }
  })
}

const passwordRoutes: ModuleRoutes = (http, app) => {
  http.post('/api/auth/password', {
    config: { access: 'person' },
    schema: { operationId: 'changePassword', tags, summary: 'Change my password', description: 'Asks for the present one, and ends every other session.', body: PasswordChange, response: { 204: Type.Null({ description: 'Changed.' }) } },
  }, async (request, reply) => {
    await changePassword(app, await request.user(), { ...request.body, caller: callerOf(request) })
    return reply.code(204).send(null)
  })

  http.post('/api/auth/password-reset', {
    config: { access: 'public' },
    schema: { operationId: 'askPasswordReset', tags, summary: 'Ask for a new password', description: 'Sends a link to the address if it has an account. The answer is the same if it has none.', body: PasswordResetRequest, response: { 202: PasswordResetAsked } },
  }, async (request, reply) => reply.code(202).send(await askPasswordReset(app, request.body.email, callerOf(request))))

  http.post('/api/auth/password-reset/confirm', {
    config: { access: 'public' },
    schema: { operationId: 'resetPassword', tags, summary: 'Choose a new password', description: 'Takes the token of the link, good once, and the new password. Every session ends; one then signs in.', body: PasswordReset, response: { 204: Type.Null({ description: 'Chosen.' }) } },
  }, async (request, reply) => {
    const cookies = await resetPassword(app, request.body, callerOf(request))
    if (cookies.length > 0) void reply.header('set-cookie', [...cookies])
    return reply.code(204).send(null)
  })
}

/** Sessions and passwords of a person. */
export const accountRoutes: ModuleRoutes = (http, app) => {
  for (const routes of [sessionListRoutes, passwordRoutes]) routes(http, app)
}
