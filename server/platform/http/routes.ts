import type { FastifyBaseLogger, FastifyInstance, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { App } from '../app.ts'

/** The HTTP server as routes see it: TypeBox schemas type the request and the answer. */
export type HttpApp = FastifyInstance<RawServerDefault, RawRequestDefaultExpression, RawReplyDefaultExpression, FastifyBaseLogger, TypeBoxTypeProvider>

/** What `server/modules/<name>/routes.ts` exports. */
export type ModuleRoutes = (http: HttpApp, app: App) => void

/**
 * Who may call a route. `tenant` (the default under /api): a signed-in person who names a company with the header
 * Quittance-Tenant. `person`: a signed-in person. `public`: anyone.
 */
export type RouteAccess = 'tenant' | 'person' | 'public'

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess
    /** The route reads one file in the multipart field `file` (see `uploadOf`). */
    upload?: boolean
    /**
     * False for a route that cannot be one transaction, because it calls an outside service or commits by parts: it says in its
     * description what repeating it does. An Idempotency-Key then has no effect.
     */
    once?: false
  }
}
