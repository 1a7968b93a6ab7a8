import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { entityTag, isUnchanged } from './once/precondition.ts'
import type { HttpApp } from './routes.ts'

type Shown = { type?: string; properties?: Readonly<Record<string, unknown>> }

declare module 'fastify' {
  interface FastifyRequest {
    /** The version of the row that the answer shows. */
    shownVersion: number | undefined
  }
}

/** A route that shows one thing, not a page of a list. */
export function showsOne(route: Pick<RouteOptions, 'url' | 'method' | 'schema'>): boolean {
  const shown = (route.schema?.response as Readonly<Record<string, Shown>> | undefined)?.['200']
  return route.url.startsWith('/api/') && [route.method].flat().includes('GET') && shown?.type === 'object' && shown.properties !== undefined && !('items' in shown.properties)
}

async function noteVersion(request: FastifyRequest, _reply: FastifyReply, payload: unknown): Promise<unknown> {
  const version = payload !== null && typeof payload === 'object' && 'version' in payload ? payload.version : undefined
  request.shownVersion = typeof version === 'number' ? version : undefined
  return payload
}

async function mark(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (reply.statusCode !== 200 || typeof payload !== 'string') return payload
  const etag = String(reply.getHeader('etag') ?? entityTag(payload, request.shownVersion))
  void reply.header('etag', etag)
  if (!isUnchanged(request.headers['if-none-match'], etag)) return payload
  void reply.code(304).removeHeader('content-type').removeHeader('content-length')
  return null
}

/** ETag on what shows one thing, and 304 for who already has it. Register before the routes. */
export function markAnswers(http: HttpApp): void {
  http.decorateRequest('shownVersion', undefined)
  http.addHook('onRoute', (route) => {
    if (!showsOne(route)) return
    route.preSerialization = [route.preSerialization ?? []].flat().concat(noteVersion)
    route.onSend = [route.onSend ?? []].flat().concat(mark)
  })
}
