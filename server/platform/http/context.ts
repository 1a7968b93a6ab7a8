import type { FastifyRequest } from 'fastify'
import type { Locale } from '../../../core/kernel/problem.ts'
import type { Context } from '../access/context.ts'
import { Refusal } from '../access/refusal.ts'
import type { FindAccess } from '../access/tenant-access.ts'
import type { App } from '../app.ts'
import type { Person } from '../auth/auth.ts'
import { languageOf } from './language.ts'
import type { HttpApp, RouteAccess } from './routes.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The signed-in person; refuses with SIGN_IN_REQUIRED. */
    user: () => Promise<Person>
    /** Who acts in which company; refuses with SIGN_IN_REQUIRED, TENANT_REQUIRED, or NOT_FOUND for a company that is not theirs. */
    context: () => Promise<Context>
    /** The language of the answer. */
    locale: Locale
  }
}

const TENANT_HEADER = 'quittance-tenant'

async function findUser(request: FastifyRequest, app: App): Promise<Person> {
  const person = await app.auth.personOf(request.headers.cookie)
  if (!person) throw new Refusal('SIGN_IN_REQUIRED')
  return person
}

async function findContext(request: FastifyRequest, app: App, findAccess: FindAccess): Promise<Context> {
  const person = await request.user()
  const tenantId = request.headers[TENANT_HEADER]
  if (typeof tenantId !== 'string' || tenantId === '') throw new Refusal('TENANT_REQUIRED')
  const access = await findAccess(person.id, tenantId.toLowerCase())
  if (!access) throw new Refusal('NOT_FOUND')
  request.locale = languageOf(request.headers['accept-language']) ?? access.locale
  return {
    tenantId: access.tenantId,
    userId: person.id,
    actor: access.firmName === null ? person.name : `${person.name} (${access.firmName})`,
    role: access.role,
    locale: request.locale,
    today: app.clock.today(access.timeZone),
    currency: access.currency,
    address: request.ip,
    viaFirm: access.firmName !== null,
  }
}

function accessOf(request: FastifyRequest): RouteAccess {
  if (request.is404) return 'public'
  return request.routeOptions.config.access ?? (request.routeOptions.url?.startsWith('/api/') ? 'tenant' : 'public')
}

/**
 * Gives each request its language, its person and its company, and checks them before the body is read: a route under
 * /api is closed unless it says otherwise.
 */
export function decorateContext(http: HttpApp, app: App, findAccess: FindAccess): void {
  http.decorateRequest('locale', 'fr')
  http.decorateRequest('user')
  http.decorateRequest('context')
  http.addHook('onRequest', async (request) => {
    request.locale = languageOf(request.headers['accept-language']) ?? 'fr'
    let user: Promise<Person> | undefined
    let context: Promise<Context> | undefined
    request.user = () => (user ??= findUser(request, app))
    request.context = () => (context ??= findContext(request, app, findAccess))
    const access = accessOf(request)
    if (access === 'tenant') await request.context()
    else if (access === 'person') await request.user()
  })
}
