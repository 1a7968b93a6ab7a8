import { Type } from 'typebox'
import { IdParams } from '../../../../contract/common.ts'
import { Session } from '../../../../contract/identity.ts'
import { NewPasskey, Passkey, PasskeyCreationOptions, PasskeyList, PasskeyPatch, PasskeyRegistration, PasskeyRequestOptions, PasskeySignIn } from '../../../../contract/sign-in.ts'
import type { ModuleRoutes } from '../../../platform/http/routes.ts'
import { browserPerson, callerOf } from './caller.ts'
import { signInByPasskey, tellChange } from './sign-in.ts'

const tags = ['Sign-in']

/** Passkeys: a finger, a face or the code of a device instead of a password. */
export const passkeyRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/auth/passkeys', {
    config: { access: 'person' },
    schema: { operationId: 'listPasskeys', tags, summary: 'List my passkeys', description: 'A hundred at most, the oldest first, and whether browsers accept passkeys at the address of this installation.', response: { 200: PasskeyList } },
  }, async (request) => ({ available: app.auth.passkeys.available, items: [...await app.auth.passkeys.list(await request.user())] }))

  http.post('/api/auth/passkeys/registration', {
    config: { access: 'person' },
    schema: { operationId: 'beginPasskey', tags, summary: 'Begin a passkey', description: 'Answers what the browser needs to make one, and sets a cookie for five minutes. Asks for the password.', body: PasskeyRegistration, response: { 200: PasskeyCreationOptions } },
  }, async (request, reply) => {
    const { origin } = callerOf(request)
    await app.auth.confirmPassword(await browserPerson(request), request.body.password, origin)
    const { options, cookies } = await app.auth.passkeys.beginRegistration(origin)
    return reply.header('set-cookie', [...cookies]).send(options)
  })

  http.post('/api/auth/passkeys', {
    config: { access: 'person' },
    schema: { operationId: 'addPasskey', tags, summary: 'Add a passkey', description: 'Keeps the passkey that the browser just made. The device must have verified the person.', body: NewPasskey, response: { 201: Passkey } },
  }, async (request, reply) => {
    const person = await browserPerson(request)
    const passkey = await app.auth.passkeys.register(callerOf(request).origin, { name: request.body.name.trim(), credential: request.body.credential })
    await tellChange(app, person, { change: 'passkey-added', locale: request.locale, name: passkey.name })
    return reply.code(201).send(passkey)
  })

  http.patch('/api/auth/passkeys/:id', {
    config: { access: 'person' },
    schema: { operationId: 'renamePasskey', tags, summary: 'Rename a passkey', description: 'Gives one of my passkeys another name.', params: IdParams, body: PasskeyPatch, response: { 200: Passkey } },
  }, async (request) => app.auth.passkeys.rename(await request.user(), request.params.id, request.body.name.trim()))

  http.delete('/api/auth/passkeys/:id', {
    config: { access: 'person' },
    schema: { operationId: 'removePasskey', tags, summary: 'Remove a passkey', description: 'It opens the account no longer.', params: IdParams, response: { 204: Type.Null({ description: 'Removed.' }) } },
  }, async (request, reply) => {
    const person = await request.user()
    const { name } = await app.auth.passkeys.remove(person, request.params.id)
    await tellChange(app, person, { change: 'passkey-removed', locale: request.locale, name })
    return reply.code(204).send(null)
  })

  http.post('/api/auth/passkeys/authentication', {
    config: { access: 'public' },
    schema: { operationId: 'beginPasskeySignIn', tags, summary: 'Begin a sign-in by passkey', description: 'Answers what the browser needs to offer its passkeys, and sets a cookie for five minutes. It names nobody: the passkey says who it is.', response: { 200: PasskeyRequestOptions } },
  }, async (_request, reply) => {
    const { options, cookies } = await app.auth.passkeys.beginSignIn()
    return reply.header('set-cookie', [...cookies]).send(options)
  })

  http.post('/api/auth/passkeys/sign-in', {
    config: { access: 'public' },
    schema: { operationId: 'signInByPasskey', tags, summary: 'Sign in by passkey', description: 'A passkey stands for the password and the second factor: no code is asked for.', body: PasskeySignIn, response: { 200: Session } },
  }, async (request, reply) => {
    const { person, cookies } = await signInByPasskey(app, request.body.credential, callerOf(request))
    return reply.header('set-cookie', [...cookies]).send({ user: person })
  })
}
