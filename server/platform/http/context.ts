import type { FastifyRequest } from 'fastify'
import type { Locale } from '../../../core/kernel/problem.ts'
import type { Context } from '../access/context.ts'
import { Refusal } from '../access/refusal.ts'
import type { FindAccess, TenantAccess } from '../access/tenant-access.ts'
import type { App } from '../app.ts'
import type { SignedPerson } from '../auth/auth.ts'
import { credentialOf, type Credential, type FindApiKey } from '../auth/credential.ts'
import { languageOf } from './language.ts'
import type { HttpApp, RouteAccess } from './routes.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who the request speaks for, a person or an API key; null for nobody. Refuses a wrong Authorization header with TOKEN_INVALID. */
    credential: () => Promise<Credential | null>
    /** The signed-in person; refuses with SIGN_IN_REQUIRED, and an API key with API_KEY_NOT_A_PERSON. */
    user: () => Promise<SignedPerson>
    /** Who acts in which company; refuses with SIGN_IN_REQUIRED, TENANT_REQUIRED, or NOT_FOUND for a company that is not theirs. */
    context: () => Promise<Context>
    /** Asks again who calls and what they may open, and refuses when it was taken back since: for what comes slowly. */
    checkAgain: () => Promise<void>
    /** The language of the answer. */
    locale: Locale
  }
}

const TENANT_HEADER = 'quittance-tenant'

/** How the modules answer what the platform must know of who calls. */
export type Finders = { readonly findAccess: FindAccess; readonly findApiKey: FindApiKey | undefined }

async function findUser(request: FastifyRequest): Promise<SignedPerson> {
  const credential = await request.credential()
  if (!credential) throw new Refusal('SIGN_IN_REQUIRED')
  if (credential.kind === 'api-key') throw new Refusal('API_KEY_NOT_A_PERSON')
  return credential.person
}

/** The company a request names. An API key names its own, which the header may only repeat. */
async function findAccessOf(credential: Credential, given: string | undefined, findAccess: FindAccess): Promise<TenantAccess | undefined> {
  if (credential.kind === 'api-key') return given === undefined || given === credential.key.access.tenantId ? credential.key.access : undefined
  if (given === undefined) throw new Refusal('TENANT_REQUIRED')
  return await findAccess(credential.person.id, given)
}

async function findContext(request: FastifyRequest, app: App, findAccess: FindAccess): Promise<Context> {
  const credential = await request.credential()
  if (!credential) throw new Refusal('SIGN_IN_REQUIRED')
  const header = request.headers[TENANT_HEADER]
  const access = await findAccessOf(credential, typeof header === 'string' && header !== '' ? header.toLowerCase() : undefined, findAccess)
  if (!access) throw new Refusal('NOT_FOUND')
  request.locale = languageOf(request.headers['accept-language']) ?? access.locale
  const name = credential.kind === 'person' ? credential.person.name : credential.key.name
  return {
    tenantId: access.tenantId,
    userId: credential.kind === 'person' ? credential.person.id : credential.key.userId,
    actor: access.firmName === null ? name : `${name} (${access.firmName})`,
    role: access.role,
    locale: request.locale,
    today: app.clock.today(access.timeZone),
    currency: access.currency,
    address: request.ip,
    viaFirm: access.firmName !== null,
    ...(access.permissions ? { permissions: access.permissions } : {}),
    ...(credential.kind === 'api-key' ? { keyId: credential.key.id } : {}),
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
export function decorateContext(http: HttpApp, app: App, { findAccess, findApiKey }: Finders): void {
  http.decorateRequest('locale', 'fr')
  http.decorateRequest('credential')
  http.decorateRequest('user')
  http.decorateRequest('context')
  http.decorateRequest('checkAgain')
  http.addHook('onRequest', async (request) => {
    request.locale = languageOf(request.headers['accept-language']) ?? 'fr'
    let credential: Promise<Credential | null> | undefined
    let user: Promise<SignedPerson> | undefined
    let context: Promise<Context> | undefined
    request.credential = () => (credential ??= credentialOf(request, { auth: app.auth, findApiKey }))
    request.user = () => (user ??= findUser(request))
    request.context = () => (context ??= findContext(request, app, findAccess))
    const access = accessOf(request)
    const check = async () => {
      if (access === 'tenant') await request.context()
      else if (access === 'person') await request.user()
    }
    request.checkAgain = async () => {
      credential = undefined
      user = undefined
      context = undefined
      await check()
    }
    await check()
  })
  // A body may take its time: what was revoked while it came is revoked.
  http.addHook('preHandler', async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') await request.checkAgain()
  })
}
