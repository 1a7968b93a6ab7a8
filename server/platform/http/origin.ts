import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../access/refusal.ts'
import type { HttpApp } from './routes.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])
const PREFLIGHT_SECONDS = '600'
const HEADERS_SENT = 'authorization, content-type, quittance-tenant, idempotency-key, if-match, if-none-match, accept-language, last-event-id'
const HEADERS_READ = 'etag, location, retry-after, x-request-id, content-disposition, content-language, ratelimit, ratelimit-policy'

/** The origin a browser names, in Origin or, where it left that out, in Referer; undefined for a program. */
function originOf({ origin, referer }: FastifyRequest['headers']): string | undefined {
  if (origin !== undefined || referer === undefined) return origin
  return URL.canParse(referer) ? new URL(referer).origin : 'null'
}

/** A page of an allowed site may read the answers of the API. It never comes with a cookie: no answer allows credentials. */
function answerOrigin(request: FastifyRequest, reply: FastifyReply, allowed: ReadonlySet<string>): boolean {
  const { origin } = request.headers
  if (origin === undefined || !allowed.has(origin) || !request.url.startsWith('/api/')) return false
  reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', HEADERS_READ)
  return true
}

function refuseForeign(request: FastifyRequest, publicOrigin: string): void {
  if (SAFE_METHODS.has(request.method)) return
  // No page makes another site's browser send this header without being allowed first, and no cookie counts beside it.
  if (request.headers.authorization !== undefined) return
  const origin = originOf(request.headers)
  if (origin !== undefined) {
    if (origin !== publicOrigin && origin !== `${request.protocol}://${request.headers.host ?? ''}`) throw new Refusal('ORIGIN_REFUSED')
    return
  }
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Refusal('ORIGIN_REFUSED')
}

/** Lets the pages of allowed sites ask, and read what they are answered, refusals included. */
export function allowOrigins(http: HttpApp, allowed: readonly string[]): void {
  const origins = new Set(allowed)
  if (origins.size === 0) return
  http.addHook('onRequest', async (request, reply) => {
    const isAllowed = answerOrigin(request, reply, origins)
    if (!isAllowed || request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return undefined
    return reply.code(204).header('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE').header('access-control-allow-headers', HEADERS_SENT)
      .header('access-control-max-age', PREFLIGHT_SECONDS).header('vary', 'Origin, Access-Control-Request-Method').send()
  })
}

/**
 * A page of another site must not act with this site's cookie. A browser says where a request comes from in Origin,
 * Referer and Sec-Fetch-Site; a program says none of them and is let through, its cookie being its own.
 */
export function refuseForeignOrigins(http: HttpApp, publicUrl: string): void {
  const publicOrigin = new URL(publicUrl).origin
  http.addHook('onRequest', async (request) => { refuseForeign(request, publicOrigin) })
}
