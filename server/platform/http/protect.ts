import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyRequest, FastifyServerOptions } from 'fastify'
import { Refusal } from '../access/refusal.ts'
import { uuidv7 } from '../id/uuid.ts'
import { JSON_BYTES_MAX, refusedProblem, UPLOAD_MB_MAX } from './errors.ts'
import type { HttpApp } from './routes.ts'

/** How long and how much a connection may take. Slower or larger is refused, so that no client holds a place for nothing. */
export type Patience = {
  /** The headers of a request, once its first byte came. */
  readonly headersMs: number
  /** A whole request, its file included: 30 MB at 1 Mbit/s take four minutes. */
  readonly requestMs: number
  readonly keepAliveMs: number
  /** How often connections are looked at. */
  readonly checkMs: number
  readonly connectionsMax: number
}

export const PATIENCE: Patience = { headersMs: 15_000, requestMs: 300_000, keepAliveMs: 72_000, checkMs: 5_000, connectionsMax: 10_000 }
/** Bytes of the headers and the address of one request. */
const HEADER_BYTES_MAX = 16_384
const QUERY_PARAMETERS_MAX = 200
const FORM_BYTES_MAX = 1_048_576
/** What decides who asks for what is said once: a proxy and this server might each believe another of two. */
const ONCE_ONLY = ['authorization', 'quittance-tenant', 'idempotency-key', 'if-match', 'content-type', 'host'] as const

type ClientError = Error & { readonly code?: string }

function refusalOf({ code }: ClientError): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new Refusal('REQUEST_TOO_SLOW')
  return code === 'HPE_HEADER_OVERFLOW' ? new Refusal('HEADERS_TOO_LARGE', { limit: String(HEADER_BYTES_MAX / 1024) }) : new Refusal('REQUEST_UNREADABLE')
}

/** What never became a request is answered on the bare connection, which ends there: what follows on it cannot be trusted. */
function answerOnSocket(error: ClientError, socket: Socket, publicUrl: string): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  if (!socket.writable) { socket.destroy(); return }
  const problem = refusedProblem(refusalOf(error), { publicUrl, locale: 'fr', id: uuidv7() })
  const body = Buffer.from(JSON.stringify(problem))
  socket.end([
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`, 'content-type: application/problem+json; charset=utf-8', 'content-language: fr', `x-request-id: ${problem.instance}`,
    'cache-control: no-store', 'x-content-type-options: nosniff', `content-length: ${body.length}`, 'connection: close', '', body.toString('utf8'),
  ].join('\r\n'))
}

/** The options of the server that guard its connections. */
export function guardOptions(publicUrl: string, patience: Patience): FastifyServerOptions {
  return {
    requestTimeout: patience.requestMs, keepAliveTimeout: patience.keepAliveMs,
    http: { maxHeaderSize: HEADER_BYTES_MAX, headersTimeout: patience.headersMs, connectionsCheckingInterval: patience.checkMs },
    clientErrorHandler: (error, socket) => { answerOnSocket(error, socket, publicUrl) },
    // Requests that come on an open connection while the server stops are answered in our own words.
    return503OnClosing: false,
  } as FastifyServerOptions
}

function checkShape(request: FastifyRequest): void {
  const { rawHeaders } = request.raw
  const seen = new Set<string>()
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? ''
    if (!(ONCE_ONLY as readonly string[]).includes(name)) continue
    if (seen.has(name)) throw new Refusal('HEADER_REPEATED', { header: name })
    seen.add(name)
  }
  let parameters = 1
  for (let at = request.url.indexOf('&'); at >= 0; at = request.url.indexOf('&', at + 1)) parameters += 1
  if (parameters > QUERY_PARAMETERS_MAX) throw new Refusal('QUERY_TOO_LARGE', { limit: String(QUERY_PARAMETERS_MAX) })
}

/** A body that says it is too large is refused before a byte of it is read. */
function checkLength(request: FastifyRequest): void {
  const length = Number(request.headers['content-length'] ?? 0)
  const isForm = request.headers['content-type']?.startsWith('multipart/form-data') === true
  const limit = isForm ? UPLOAD_MB_MAX * 1_048_576 + FORM_BYTES_MAX : JSON_BYTES_MAX
  if (length > limit) throw new Refusal('PAYLOAD_TOO_LARGE', { limit: String(isForm ? UPLOAD_MB_MAX : JSON_BYTES_MAX / 1_048_576) })
}

/** Refuses what no client in good order sends, before anyone is recognised, and everything once the server is stopping. */
export function guardRequests(http: HttpApp, patience: Patience): void {
  http.server.maxConnections = patience.connectionsMax
  let isStopping = false
  http.addHook('preClose', async () => { isStopping = true })
  http.addHook('onRequest', async (request, reply) => {
    if (isStopping) {
      void reply.header('connection', 'close')
      throw new Refusal('NOT_READY')
    }
    checkShape(request)
    checkLength(request)
  })
  // What was under way when the stop began ends its connection with its answer: kept open, it would hold the stop back.
  http.addHook('onSend', async (_request, reply) => { if (isStopping) void reply.header('connection', 'close') })
}

const TWINS = /^\/(?:health|auth\/[a-z-]+|workflow\/[0-9a-z-]+)(?=$|[?/])/
const READ_TWINS = /^\/(?:health|workflow\/[0-9a-f-]{36})(?=$|\?)/

/** Paths outside of /api that other systems know: each is the same route as its twin under /api. */
export function addressOf(request: { readonly method?: string | undefined; readonly url?: string | undefined }): string {
  const url = request.url ?? '/'
  const isTwin = request.method === 'GET' || request.method === 'HEAD' ? READ_TWINS.test(url) : TWINS.test(url)
  return isTwin ? `/api${url}` : url
}
