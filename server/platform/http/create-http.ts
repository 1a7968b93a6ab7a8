import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import { fastify, LogController } from 'fastify'
import type { FastifyBaseLogger, FastifyReply } from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FindAccess } from '../access/tenant-access.ts'
import type { App } from '../app.ts'
import type { FindApiKey } from '../auth/credential.ts'
import { uuidv7 } from '../id/uuid.ts'
import { decorateContext } from './context.ts'
import { serveDocs } from './docs.ts'
import { JSON_BYTES_MAX, UPLOAD_MB_MAX, handleErrors, problemOf } from './errors.ts'
import { serveErrorPages } from './error-pages.ts'
import { markAnswers } from './etag.ts'
import { bareHeaders, registerHeaders } from './headers.ts'
import { serveHealth } from './health.ts'
import { limitRequests } from './limits/limit-requests.ts'
import { answerOnce } from './once/once.ts'
import { registerOpenApi, serveOpenApi } from './openapi.ts'
import { allowOrigins, refuseForeignOrigins } from './origin.ts'
import { addressOf, guardOptions, guardRequests, PATIENCE, type Patience } from './protect.ts'
import { serveMetrics } from '../metrics/serve-metrics.ts'
import type { HttpApp, ModuleRoutes } from './routes.ts'
import { trustOf } from './trust.ts'
import { compileValidator } from './validate.ts'
import { serveWeb } from './web.ts'

export type HttpOptions = {
  readonly routes: readonly ModuleRoutes[]
  readonly findAccess: FindAccess
  /** What an API key opens; without it every key is refused. */
  readonly findApiKey?: FindApiKey
  readonly version: string
  /** The built web application, when it is not at its usual place. */
  readonly webFolder?: string
  /** Waits shorter than the usual ones, for tests. */
  readonly patience?: Partial<Patience>
  readonly twinWaitMs?: number
}

/** The HTTP server with every route, not yet listening. */
export async function createHttp(app: App, options: HttpOptions): Promise<HttpApp> {
  const trusted = trustOf(app.config.trustProxy)
  const patience = { ...PATIENCE, ...options.patience }
  const http: HttpApp = fastify({
    loggerInstance: app.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // The proxies named in the settings say who they speak for; nobody else is believed.
    trustProxy: trusted,
    genReqId: () => uuidv7(),
    bodyLimit: JSON_BYTES_MAX,
    rewriteUrl: addressOf,
    ...guardOptions(app.config.publicUrl, patience),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    // A path the router cannot decode never reaches the hooks that give a request its language.
    frameworkErrors: (error, request, reply) => {
      request.locale = 'fr'
      const body = problemOf(error, request, app.config.publicUrl)
      const answer = reply as unknown as FastifyReply
      void answer.code(body.status).headers(bareHeaders(request.id)).type('application/problem+json; charset=utf-8').send(JSON.stringify(body))
    },
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.tracing?.watch(http)
  http.setValidatorCompiler(compileValidator)
  // Nothing here reads plain text: such a body is refused, not taken for JSON.
  http.removeContentTypeParser('text/plain')
  handleErrors(http, app.config.publicUrl)
  await registerHeaders(http, { publicUrl: app.config.publicUrl, trusted })
  allowOrigins(http, app.config.allowedOrigins)
  await http.register(cookie)
  await http.register(multipart, { limits: { fileSize: UPLOAD_MB_MAX * 1_048_576, files: 1, fields: 20, parts: 21, fieldSize: 65_536 } })
  await registerOpenApi(http, options.version)
  guardRequests(http, patience)
  const limiter = await limitRequests(http, app)
  limiter.byAddress()
  decorateContext(http, app, { findAccess: options.findAccess, findApiKey: options.findApiKey })
  limiter.byCaller()
  refuseForeignOrigins(http, app.config.publicUrl)
  http.addHook('onResponse', async (request, reply) => {
    request.log.debug({ id: request.id, method: request.method, route: request.routeOptions.url, status: reply.statusCode, durationMs: Math.round(reply.elapsedTime) }, 'answered')
  })
  answerOnce(http, app, { waitMs: options.twinWaitMs })
  markAnswers(http)
  await http.register(async (scope) => {
    for (const routes of options.routes) routes(scope as unknown as HttpApp, app)
  })
  serveOpenApi(http)
  serveHealth(http, app, options.version)
  serveMetrics(http, app, options.version)
  serveDocs(http)
  serveErrorPages(http)
  await serveWeb(http, options.webFolder)
  return http
}
