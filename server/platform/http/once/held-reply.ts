import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'

/** What a handler answered, before anything of it is sent. `stream`: it cannot be kept, and is sent as it comes. */
export type Held = { readonly status: number; readonly body: Uint8Array; readonly stream: false } | { readonly status: number; readonly payload: unknown; readonly stream: true }

const EMPTY = new Uint8Array()

function isStream(value: unknown): boolean {
  return value !== null && typeof value === 'object' && ('pipe' in value || 'getReader' in value || value instanceof Response)
}

function held(reply: FastifyReply, payload: unknown): Held {
  const status = reply.statusCode
  if (isStream(payload)) return { status, payload, stream: true }
  if (payload === null || payload === undefined) return { status, body: EMPTY, stream: false }
  if (payload instanceof Uint8Array) return { status, body: payload, stream: false }
  const isText = typeof payload === 'string' && !String(reply.getHeader('content-type') ?? 'text').includes('json')
  if (!reply.hasHeader('content-type')) void reply.type(isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8')
  return { status, body: Buffer.from(isText ? payload : reply.serialize(payload as Parameters<FastifyReply['serialize']>[0]) as string), stream: false }
}

/**
 * Runs a handler and holds what it answers, so that nothing is sent before the work is committed. A handler answers by
 * returning a value or by `return reply.send(value)`; the promise of the latter ends with the response, and is not awaited.
 */
export async function holdAnswer(handler: RouteHandlerMethod, request: FastifyRequest, reply: FastifyReply): Promise<Held> {
  let sent: ((payload: unknown) => void) | undefined
  const sending = new Promise<{ payload: unknown }>((resolve) => { sent = (payload) => { resolve({ payload }) } })
  Object.defineProperty(reply, 'send', { configurable: true, value: (payload: unknown) => { sent?.(payload); return reply } })
  try {
    const running = (async () => ({ payload: await handler.call(request.server, request, reply) as unknown }))()
    const { payload } = await Promise.race([sending, running])
    running.catch(() => undefined)
    if (payload instanceof Error) throw payload
    return held(reply, payload)
  } finally {
    Reflect.deleteProperty(reply, 'send')
  }
}

/** Sends what was held. */
export function sendHeld(reply: FastifyReply, answer: Held): FastifyReply {
  void reply.code(answer.status)
  if (answer.stream) return reply.send(answer.payload)
  return answer.body.length === 0 ? reply.send() : reply.send(Buffer.from(answer.body))
}
