import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import { fastify, LogController } from 'fastify'
import type { FastifyBaseLogger, FastifyReply } from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FindAccess } from '../access/tenant-access.ts'
import type { App } from '../app.ts'
import { uuidv7 } from '../id/uuid.ts'
import { decorateContext } from './context.ts'
import { serveDocs } from './docs.ts'
import { JSON_BYTES_MAX, UPLOAD_MB_MAX, handleErrors, problemOf } from './errors.ts'
import { registerHeaders } from './headers.ts'
import { serveHealth } from './health.ts'
import { registerOpenApi, serveOpenApi } from './openapi.ts'
import { refuseForeignOrigins } from './origin.ts'
import type { HttpApp, ModuleRoutes } from './routes.ts'
import { compileValidator } from './validate.ts'
import { serveWeb } from './web.ts'

export type HttpOptions = {
  readonly routes: readonly ModuleRoutes[]
  readonly findAccess: FindAccess
  readonly version: string
  /** The built web application, when it is not at its usual place. */
  readonly webFolder?: string
}

/** The HTTP server with every route, not yet listening. */
export async function createHttp(app: App, options: HttpOptions): Promise<HttpApp> {
  const http: HttpApp = fastify({
    loggerInstance: app.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // A proxy on this machine may say who it speaks for; nobody else is believed.
    trustProxy: 'loopback',
    genReqId: () => uuidv7(),
    bodyLimit: JSON_BYTES_MAX,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    // A path the router cannot decode never reaches the hooks that give a request its language.
    frameworkErrors: (error, request, reply) => {
      request.locale = 'fr'
      const body = problemOf(error, request)
      const answer = reply as unknown as FastifyReply
      void answer.code(body.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(body))
    },
  }).withTypeProvider<TypeBoxTypeProvider>()
  http.setValidatorCompiler(compileValidator)
  // Nothing here reads plain text: such a body is refused, not taken for JSON.
  http.removeContentTypeParser('text/plain')
  handleErrors(http)
  await registerHeaders(http, { secure: app.config.publicUrl.startsWith('https:') })
  await http.register(cookie)
  await http.register(multipart, { limits: { fileSize: UPLOAD_MB_MAX * 1_048_576, files: 1, fields: 20, parts: 21, fieldSize: 65_536 } })
  await registerOpenApi(http, options.version)
  decorateContext(http, app, options.findAccess)
  refuseForeignOrigins(http, app.config.publicUrl)
  http.addHook('onResponse', async (request, reply) => {
    request.log.debug({ id: request.id, method: request.method, route: request.routeOptions.url, status: reply.statusCode, durationMs: Math.round(reply.elapsedTime) }, 'answered')
  })
  await http.register(async (scope) => {
    for (const routes of options.routes) routes(scope as unknown as HttpApp, app)
  })
  serveOpenApi(http)
  serveHealth(http, app)
  serveDocs(http)
  await serveWeb(http, options.webFolder)
  return http
}
