import { Type } from 'typebox'
import { Instance, Login, Me, Session, SignUp } from '../../../../contract/identity.ts'
import { SignInAnswer } from '../../../../contract/sign-in.ts'
import type { ModuleRoutes } from '../../../platform/http/routes.ts'
import { accessesOf, presentAccess } from '../access.ts'
import { callerOf } from './caller.ts'
import { signIn } from './sign-in.ts'
import { instanceState } from '../store.ts'

const tags = ['Sign-in']

/** Signing up, in and out, and who I am. None of it belongs to a company, so none of it is in a company's log. */
export const sessionRoutes: ModuleRoutes = (http, app) => {
  http.post('/api/auth/sign-up', {
    config: { access: 'public' },
    schema: { operationId: 'signUp', tags, summary: 'Create an account', description: 'Creates the account and signs in: the answer sets the session cookie.', body: SignUp, response: { 201: Session } },
  }, async (request, reply) => {
    const { person, cookies } = await app.auth.signUp(request.body, callerOf(request).origin)
    return reply.code(201).header('set-cookie', [...cookies]).send({ user: person })
  })

  http.post('/api/auth/login', {
    config: { access: 'public' },
    schema: { operationId: 'login', tags, summary: 'Sign in', description: 'The answer sets the session cookie; or, for a person with a second factor, asks for a code (`next`). After several wrong passwords one has to wait.', body: Login, response: { 200: SignInAnswer } },
  }, async (request, reply) => {
    const { next, person, cookies } = await signIn(app, request.body, callerOf(request))
    return reply.header('set-cookie', [...cookies]).send({ next, user: next === 'done' ? person : null })
  })

  http.post('/api/auth/logout', {
    config: { access: 'public' },
    schema: { operationId: 'logout', tags, summary: 'Sign out', description: 'Ends the session for good. Harmless without one.', response: { 204: Type.Null({ description: 'Signed out.' }) } },
  }, async (request, reply) => reply.header('set-cookie', await app.auth.signOut(request.headers.cookie)).code(204).send(null))

  http.get('/api/me', {
    config: { access: 'person' },
    schema: { operationId: 'getMe', tags, summary: 'Who I am', description: 'The signed-in person and the companies they can open, with what they may do in each.', response: { 200: Me } },
  }, async (request) => {
    const user = await request.user()
    return { user, companies: (await accessesOf(app, user.id)).map(presentAccess) }
  })
}

/** What this installation is, for the page shown before anyone signs in. */
export function instanceRoutes(about: { readonly version: string; readonly demo: { readonly email: string; readonly password: string } | null; readonly backupFolder: string | null }): ModuleRoutes {
  return (http, app) => {
    http.get('/api/instance', {
      config: { access: 'public' },
      schema: { operationId: 'getInstance', tags: ['Installation'], summary: 'About this installation', description: 'Version, database engine, and whether anyone has an account yet.', response: { 200: Instance } },
    }, async () => {
      const { hasUsers, hasDemo } = await app.db.system(instanceState)
      return { version: about.version, engine: app.db.engine, hasUsers, demo: hasDemo ? about.demo : null, backupFolder: about.backupFolder }
    })
  }
}
