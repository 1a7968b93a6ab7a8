import { createHash, timingSafeEqual } from 'node:crypto'
import { Refusal } from '../access/refusal.ts'
import type { App } from '../app.ts'
import { operationsOf } from '../config/operations.ts'
import type { HttpApp } from '../http/routes.ts'

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/
/** What no route answered: one name for all of them, so that a scanner does not make a measure for each address it tries. */
const UNKNOWN_ROUTE = 'unknown'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

function authorizeCollector(authorization: string | undefined, token: string): void {
  const given = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? ''
  if (!timingSafeEqual(digest(given), digest(token))) throw new Refusal('TOKEN_INVALID')
}

/** Counts every request by the template of its route, and serves /metrics to whoever holds the token, or to this machine alone without one. */
export function serveMetrics(http: HttpApp, app: App, version: string): void {
  const { metricsToken } = operationsOf(app.config)
  http.addHook('onResponse', async (request, reply) => {
    app.metrics.request({ method: request.method, route: request.is404 ? UNKNOWN_ROUTE : request.routeOptions.url ?? UNKNOWN_ROUTE, status: reply.statusCode, seconds: reply.elapsedTime / 1_000 })
  })
  http.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (metricsToken !== null) authorizeCollector(request.headers.authorization, metricsToken)
    else if (!LOOPBACK.test(request.ip)) throw new Refusal('NOT_FOUND')
    const { type, body } = await app.metrics.text({ version })
    return reply.header('cache-control', 'no-store').type(type).send(body)
  })
}
