import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest, RouteHandlerMethod, RouteOptions } from 'fastify'
import { isPassing, type ErrorCode } from '../../../../contract/errors.ts'
import { Refusal } from '../../access/refusal.ts'
import type { App } from '../../app.ts'
import { isMultipart, readUpload } from '../upload.ts'
import type { HttpApp } from '../routes.ts'
import { holdAnswer, sendHeld, type Held } from './held-reply.ts'
import { checkPrecondition } from './precondition.ts'
import { fingerprintOf, keyId, openAnswer, sealAnswer, type KeyScope } from './seal.ts'
import { keepAnswer, readAnswer, takeKey } from './store.ts'

/** A twin of a request under way waits for its answer this long, then is told to come back. */
export const TWIN_WAIT_MS = 10_000
const TWIN_POLL_MS = 40
const COME_BACK_SECONDS = 2
const KEY = /^"?([\u0021-\u007e]{1,255}?)"?$/
/** Headers that belong to the answer itself; the others are given anew to each answer. */
const KEPT_HEADERS = ['content-type', 'content-language', 'content-disposition', 'etag', 'location', 'set-cookie'] as const
/** Where a refusal must leave its trace, a wrong code that is counted for example: undone with the rest, it could be tried for ever. */
const NEVER_ONCE = /^\/api\/(?:auth|me)(?:\/|$)/
const NOT_KEPT = new Set([401, 408, 425, 429])

type Demand = { readonly scope: KeyScope; readonly id: Buffer; readonly fingerprint: Buffer }
type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply }
type Work = { readonly http: HttpApp; readonly app: App; readonly handler: RouteHandlerMethod; readonly waitMs: number }

declare module 'fastify' {
  interface FastifyRequest {
    /** The key of a request whose refusal is still to be kept. */
    refusedOnce: Demand | null
  }
}

function keyOf(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key']
  if (header === undefined) return undefined
  const key = typeof header === 'string' ? KEY.exec(header.trim())?.[1] : undefined
  if (key === undefined) throw new Refusal('IDEMPOTENCY_KEY_INVALID')
  return key
}

/** The key with what it is for. A file is read whole before the transaction opens, so that a slow sender holds no session. */
async function demandOf(request: FastifyRequest, app: App, key: string): Promise<Demand> {
  const credential = await request.credential()
  const tenantId = request.routeOptions.config.access === 'person' ? null : (await request.context()).tenantId
  const scope: KeyScope = {
    secret: app.config.secret, tenantId, key,
    credential: credential === null ? '' : credential.kind === 'api-key' ? `key ${credential.key.id}` : `person ${credential.person.id}`,
    route: `${request.method} ${request.routeOptions.url ?? ''}`,
  }
  const file = isMultipart(request) ? await readUpload(request) : undefined
  return { scope, id: keyId(scope), fingerprint: fingerprintOf(scope, { url: request.url, body: request.body, file }) }
}

function keptHeaders(reply: FastifyReply): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {}
  for (const name of KEPT_HEADERS) {
    const value = reply.getHeader(name)
    if (value !== undefined) kept[name] = Array.isArray(value) ? value : String(value)
  }
  return kept
}

function giveAgain(reply: FastifyReply, demand: Demand, known: { fingerprint: Uint8Array; status: number; answer: Uint8Array }): Held {
  if (!demand.fingerprint.equals(known.fingerprint)) throw new Refusal('IDEMPOTENCY_KEY_REUSED')
  const { headers, body } = openAnswer(demand.scope, known.answer)
  for (const [name, value] of Object.entries(headers)) void reply.header(name, value)
  void reply.header('idempotency-replayed', 'true')
  return { status: known.status, body, stream: false }
}

/** One try: the first answer again, the work and its answer in one transaction, or undefined while a twin has the key. */
async function tryOnce(work: Work, { request, reply }: Exchange, demand: Demand | undefined): Promise<Held | undefined> {
  const { app, http, handler } = work
  return await app.db.transaction(async () => {
    if (demand) {
      if (!await app.db.system((tx) => takeKey(tx, demand.id))) return undefined
      const known = await app.db.system((tx) => readAnswer(tx, demand.id))
      if (known) return giveAgain(reply, demand, known)
    }
    await app.db.system((tx) => checkPrecondition(http, request, tx))
    request.refusedOnce = demand ?? null
    const held = await holdAnswer(handler, request, reply)
    if (demand && !held.stream && held.status < 500) {
      const answer = sealAnswer(demand.scope, { headers: keptHeaders(reply), body: held.body })
      await app.db.system((tx) => keepAnswer(tx, { id: demand.id, tenantId: demand.scope.tenantId, fingerprint: demand.fingerprint, status: held.status, answer }))
    }
    request.refusedOnce = null
    return held
  })
}

async function once(work: Work, exchange: Exchange): Promise<FastifyReply> {
  const { request, reply } = exchange
  const key = keyOf(request)
  const demand = key === undefined ? undefined : await demandOf(request, work.app, key)
  const until = performance.now() + work.waitMs
  for (;;) {
    const held = await tryOnce(work, exchange, demand)
    if (held) return sendHeld(reply, held)
    if (performance.now() > until) throw new Refusal('IDEMPOTENCY_IN_PROGRESS', { seconds: String(COME_BACK_SECONDS) })
    await wait(TWIN_POLL_MS * (0.5 + Math.random()))
  }
}

/** A refusal is an answer too: the same key gets it again, unless it says that it will pass. Nothing was stored, so it is kept after the fact. */
async function keepRefusal(app: App, { request, reply }: Exchange, payload: unknown): Promise<void> {
  const demand = request.refusedOnce
  request.refusedOnce = null
  const status = reply.statusCode
  if (!demand || typeof payload !== 'string' || status < 400 || status >= 500 || NOT_KEPT.has(status)) return
  if (isPassing((JSON.parse(payload) as { code: ErrorCode }).code)) return
  const answer = sealAnswer(demand.scope, { headers: keptHeaders(reply), body: Buffer.from(payload) })
  await app.db.system((tx) => keepAnswer(tx, { id: demand.id, tenantId: demand.scope.tenantId, fingerprint: demand.fingerprint, status, answer }))
}

/** Whether a key has an effect on a route: it changes something, for someone who is known. */
export function takesKey(route: Pick<RouteOptions, 'url' | 'method' | 'config'>): boolean {
  const reads = [route.method].flat().every((method) => method === 'GET' || method === 'HEAD')
  return !reads && route.url.startsWith('/api/') && !NEVER_ONCE.test(route.url) && route.config?.access !== 'public' && route.config?.once !== false
}

/**
 * Idempotency-Key and If-Match on every route that changes something for someone who is known. The work, the check and the key
 * are one transaction: either all of it happened and the key tells, or none of it. Register before the routes.
 */
export function answerOnce(http: HttpApp, app: App, options: { readonly waitMs?: number | undefined } = {}): void {
  const waitMs = options.waitMs ?? TWIN_WAIT_MS
  http.decorateRequest('refusedOnce', null)
  http.addHook('onRoute', (route) => {
    if (!takesKey(route)) return
    const handler = route.handler
    route.handler = function (request, reply) {
      const { 'idempotency-key': key, 'if-match': match } = request.headers
      if (key === undefined && (match === undefined || request.method === 'POST')) return handler.call(this, request, reply)
      return once({ http, app, handler, waitMs }, { request, reply })
    }
  })
  http.addHook('onSend', async (request, reply, payload) => {
    if (!request.refusedOnce) return
    // The refusal stands whether or not it could be kept.
    await keepRefusal(app, { request, reply }, payload).catch((error: unknown) => { request.log.warn({ err: error, id: request.id }, 'a refusal could not be kept for its key') })
  })
}
