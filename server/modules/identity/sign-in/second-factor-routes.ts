import { Type } from 'typebox'
import { RecoveryCodes, SignInAnswer, TwoFactor, TwoFactorConfirm, TwoFactorEnrol, TwoFactorEnrolment, TwoFactorPassword, TwoFactorVerify } from '../../../../contract/sign-in.ts'
import type { ModuleRoutes } from '../../../platform/http/routes.ts'
import { callerOf } from './caller.ts'
import { tellChange, verifySecondFactor } from './sign-in.ts'

const tags = ['Sign-in']

/** The second factor: codes of an authenticator application, and recovery codes. */
export const secondFactorRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/auth/two-factor', {
    config: { access: 'person' },
    schema: { operationId: 'getTwoFactor', tags, summary: 'Read my second factor', description: 'Whether it is on, and how many recovery codes are left.', response: { 200: TwoFactor } },
  }, async (request) => app.auth.secondFactor.state(await request.user()))

  http.post('/api/auth/two-factor/enrol', {
    config: { access: 'person' },
    schema: { operationId: 'enrolTwoFactor', tags, summary: 'Begin a second factor', description: 'Answers the seed to show as a QR code. It counts for nothing until a code of it is confirmed. Asks for the password.', body: TwoFactorEnrol, response: { 200: TwoFactorEnrolment } },
  }, async (request) => {
    const person = await request.user()
    await app.auth.confirmPassword(person, request.body.password, callerOf(request).origin)
    return await app.auth.secondFactor.enrol(person)
  })

  http.post('/api/auth/two-factor/confirm', {
    config: { access: 'person' },
    schema: { operationId: 'confirmTwoFactor', tags, summary: 'Turn the second factor on', description: 'Takes the first code of the application and answers ten recovery codes, this one time.', body: TwoFactorConfirm, response: { 200: RecoveryCodes } },
  }, async (request) => {
    const person = await request.user()
    const recoveryCodes = await app.auth.secondFactor.confirm(person, request.body.code)
    await tellChange(app, person, { change: 'two-factor-on', locale: request.locale })
    return { recoveryCodes: [...recoveryCodes] }
  })

  http.post('/api/auth/two-factor/verify', {
    config: { access: 'public' },
    schema: { operationId: 'verifyTwoFactor', tags, summary: 'Give the code of a sign-in', description: 'Ends a sign-in that asked for a code: the cookie of its first step names it. Five wrong codes end it, and the password is asked for again.', body: TwoFactorVerify, response: { 200: SignInAnswer } },
  }, async (request, reply) => {
    const { next, person, cookies } = await verifySecondFactor(app, request.body, callerOf(request))
    return reply.header('set-cookie', [...cookies]).send({ next, user: person })
  })

  http.post('/api/auth/two-factor/recovery-codes', {
    config: { access: 'person' },
    schema: { operationId: 'renewRecoveryCodes', tags, summary: 'Renew my recovery codes', description: 'Ten new codes; the former ones no longer work. Asks for the password.', body: TwoFactorPassword, response: { 200: RecoveryCodes } },
  }, async (request) => {
    const person = await request.user()
    await app.auth.confirmPassword(person, request.body.password, callerOf(request).origin)
    const recoveryCodes = await app.auth.secondFactor.regenerate(person)
    await tellChange(app, person, { change: 'recovery-codes', locale: request.locale })
    return { recoveryCodes: [...recoveryCodes] }
  })

  http.post('/api/auth/two-factor/disable', {
    config: { access: 'person' },
    schema: { operationId: 'disableTwoFactor', tags, summary: 'Turn the second factor off', description: 'The password alone then opens the account. Asks for the password.', body: TwoFactorPassword, response: { 204: Type.Null({ description: 'Off.' }) } },
  }, async (request, reply) => {
    const person = await request.user()
    await app.auth.confirmPassword(person, request.body.password, callerOf(request).origin)
    await app.auth.secondFactor.disable(person)
    await tellChange(app, person, { change: 'two-factor-off', locale: request.locale })
    return reply.code(204).send(null)
  })
}
