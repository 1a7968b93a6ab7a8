import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EventQuery } from '../../../contract/events.ts'
import { EventPage, EventQuery as EventQuerySchema } from '../../../contract/events.ts'
import { Refusal } from '../access/refusal.ts'
import type { Context } from '../access/context.ts'
import type { App } from '../app.ts'
import type { HttpApp, ModuleRoutes } from '../http/routes.ts'
import { eventStream } from './event-stream.ts'
import { eventsAfter, readEvents, startOf, visibleKinds } from './read-events.ts'

/** Streams of one person, and of everyone, in one process. */
const PERSON_STREAMS_MAX = 10
const PROCESS_STREAMS_MAX = 500
const ACCESS_PATH = '/api/events/access'
const RANK = /^\d{1,18}$/

function wantsStream(request: FastifyRequest): boolean {
  return request.method === 'GET' && (request.headers.accept ?? '').includes('text/event-stream')
}

/** Counts the open streams of each person, or of each key. */
function createPlaces() {
  const taken = new Map<string, number>()
  let total = 0
  return {
    take: (who: string): (() => void) => {
      const own = taken.get(who) ?? 0
      if (own >= PERSON_STREAMS_MAX || total >= PROCESS_STREAMS_MAX) throw new Refusal('EVENT_STREAMS_FULL')
      taken.set(who, own + 1)
      total += 1
      return () => {
        total -= 1
        const left = (taken.get(who) ?? 1) - 1
        if (left > 0) taken.set(who, left)
        else taken.delete(who)
      }
    },
  }
}

/**
 * What a stream may still see, asked through the same door as any request: whatever proves who calls (cookie, key, token)
 * is verified again. Undefined when the door is closed; a failure of the server itself says nothing and throws.
 */
function accessAgain(http: HttpApp, request: FastifyRequest, query: EventQuery) {
  const { accept: _accept, connection: _connection, 'last-event-id': _last, ...headers } = request.headers
  return async (): Promise<ReadonlySet<string> | undefined> => {
    const answer = await http.inject({ method: 'GET', url: ACCESS_PATH, query: query.kinds === undefined ? {} : { kinds: query.kinds }, headers: headers as Record<string, string>, remoteAddress: request.ip })
    if (answer.statusCode === 200) return new Set(answer.json<{ kinds: string[] }>().kinds)
    if ([400, 401, 403, 404].includes(answer.statusCode)) return undefined
    throw new Error(`the access of a stream could not be verified: status ${answer.statusCode}`)
  }
}

type Opening = { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly ctx: Context; readonly query: EventQuery; readonly leave: () => void }

async function openStream(http: HttpApp, app: App, { request, reply, ctx, query, leave }: Opening) {
  const given = request.headers['last-event-id']
  const start = await startOf(app, ctx, typeof given === 'string' && RANK.test(given) ? given : query.after)
  const stream = eventStream(app.events, {
    tenantId: ctx.tenantId, ...start, kinds: visibleKinds(ctx, query.kinds), visible: accessAgain(http, request, query),
    read: (after) => eventsAfter(app, { tenantId: ctx.tenantId, userId: ctx.userId }, after),
    failed: (error) => { request.log.warn({ err: error, id: request.id }, 'an event stream waits: reading failed') },
  })
  stream.once('close', leave)
  void reply.header('cache-control', 'no-store, no-transform').header('x-accel-buffering', 'no').type('text/event-stream; charset=utf-8')
  return stream
}

export const eventRoutes: ModuleRoutes = (http, app) => {
  const places = createPlaces()
  // Streams never end by themselves: without this a stop would wait for each of them.
  http.addHook('preClose', async () => { app.events.endAll() })

  http.get('/api/events', {
    exposeHeadRoute: false,
    schema: {
      operationId: 'readEvents', tags: ['Events'], summary: 'Follow what happens',
      description: 'With `Accept: text/event-stream`, a stream of server-sent events that resumes after `Last-Event-ID` or `after`, and ends when the session, the key or the grant is revoked. Otherwise one page of events after `after`. Permission: company.read, and that of each kind.',
      querystring: EventQuerySchema, response: { 200: EventPage },
    },
  }, async (request, reply) => {
    const ctx = await request.context()
    if (!wantsStream(request)) return await readEvents(app, ctx, request.query)
    const leave = places.take(`${ctx.keyId ?? ctx.userId ?? ''}`)
    try {
      return await openStream(http, app, { request, reply, ctx, query: request.query, leave }) as unknown as EventPage
    } catch (error) {
      leave()
      throw error
    }
  })

  http.get(ACCESS_PATH, { schema: { hide: true, querystring: EventQuerySchema } }, async (request) => ({ kinds: [...visibleKinds(await request.context(), request.query.kinds)] }))
}
