import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { DataProblem, ProblemDetails } from '../../../contract/common.ts'
import { errorField, errorSentence } from '../../../contract/errors.ts'
import type { Locale } from '../../../core/kernel/problem.ts'
import { Refusal } from '../access/refusal.ts'
import { databaseFault } from '../db/faults.ts'
import { presentProblem } from './present-problem.ts'
import type { HttpApp } from './routes.ts'

/** Largest file, in megabytes of 1024 x 1024 bytes. */
export const UPLOAD_MB_MAX = 30
/** Largest JSON body, in bytes. */
export const JSON_BYTES_MAX = 1_048_576
const COME_BACK_SECONDS = '5'

function tooLarge(error: FastifyError): Refusal {
  const limit = error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' ? JSON_BYTES_MAX / 1_048_576 : UPLOAD_MB_MAX
  return new Refusal('PAYLOAD_TOO_LARGE', { limit: String(limit) })
}

/** What the framework refuses by itself, in our words; undefined for a true failure. */
function refusalOf(error: FastifyError): Refusal | undefined {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE': case 'FST_REQ_FILE_TOO_LARGE': case 'FST_FILES_LIMIT': case 'FST_PARTS_LIMIT': case 'FST_FIELDS_LIMIT': return tooLarge(error)
    case 'FST_ERR_CTP_INVALID_JSON_BODY': case 'FST_ERR_CTP_EMPTY_JSON_BODY': case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH': return new Refusal('JSON_MALFORMED')
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE': case 'FST_INVALID_MULTIPART_CONTENT_TYPE': return new Refusal('MEDIA_TYPE_REFUSED')
    case 'FST_ERR_BAD_URL': case 'FST_ERR_MAX_PARAM_LENGTH': case 'FST_ERR_NOT_FOUND': return new Refusal('NOT_FOUND')
    case 'FST_ERR_REP_ALREADY_SENT': return undefined
    default: break
  }
  // What the file server says of a path that leads out of its folder.
  if (error.statusCode === 403 || error.statusCode === 404) return new Refusal('NOT_FOUND')
  return error.statusCode === 400 && error instanceof SyntaxError ? new Refusal('JSON_MALFORMED') : undefined
}

/** A failure of the database that whoever administers it mends, or time does: said so, and kept in the log without being an error of ours. */
function refusalOfFault(error: unknown, request: FastifyRequest): Refusal | undefined {
  const fault = error instanceof Refusal ? undefined : databaseFault(error)
  if (fault === undefined) return undefined
  request.log.warn({ err: error, id: request.id, route: request.routeOptions.url }, 'the database could not serve a request')
  switch (fault) {
    case 'unavailable': return new Refusal('DATABASE_UNAVAILABLE')
    case 'full': return new Refusal('STORAGE_FULL')
    case 'slow': case 'contended': return new Refusal('DATABASE_BUSY')
  }
}

/** The page that explains a code. */
export function pageOfCode(publicUrl: string, code: string): string {
  return `${publicUrl}/docs/errors/${code}`
}

/** A refusal as an RFC 9457 problem. */
export function refusedProblem(refusal: Refusal, to: { readonly publicUrl: string; readonly locale: Locale; readonly id: string }): ProblemDetails {
  const sentence = errorSentence(refusal.code, to.locale, refusal.details)
  const field = errorField(refusal.code)
  const own: DataProblem[] = field === undefined ? [] : [{ severity: 'error', code: refusal.code, message: sentence, line: null, field, file: null }]
  const problems = refusal.problems.length > 0 ? refusal.problems.map((item) => presentProblem(item, to.locale)) : own
  return {
    type: pageOfCode(to.publicUrl, refusal.code),
    title: sentence,
    status: refusal.status,
    detail: sentence,
    code: refusal.code,
    instance: to.id,
    ...(problems.length > 0 ? { problems } : {}),
  }
}

/** An error as an RFC 9457 problem. Only an unexpected one is written to the log, with the id the person can quote. */
export function problemOf(error: unknown, request: FastifyRequest, publicUrl: string): ProblemDetails {
  const known = error instanceof Refusal ? error : refusalOf(error as FastifyError)
  if (!known) request.log.error({ err: error, id: request.id, method: request.method, route: request.routeOptions.url }, 'request failed')
  return refusedProblem(known ?? new Refusal('INTERNAL', { id: request.id }), { publicUrl, locale: request.locale, id: request.id })
}

/** When to come back, for what says that it will pass. */
function secondsOf(error: unknown): string | undefined {
  if (!(error instanceof Refusal)) return undefined
  if (error.code === 'RATE_LIMITED' || error.code === 'IDEMPOTENCY_IN_PROGRESS') return error.details['seconds']
  return error.status === 503 ? COME_BACK_SECONDS : undefined
}

type SendProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply

function sender(publicUrl: string): SendProblem {
  return (thrown, request, reply) => {
    const error = refusalOfFault(thrown, request) ?? thrown
    const body = problemOf(error, request, publicUrl)
    const seconds = secondsOf(error)
    if (seconds !== undefined) void reply.header('retry-after', seconds)
    // Sent as text, so that the schema a route declares for its good answers does not filter it.
    return reply.code(body.status).header('content-language', request.locale).header('cache-control', 'no-store')
      .type('application/problem+json; charset=utf-8').serializer((text: unknown) => String(text)).send(JSON.stringify(body))
  }
}

/** The one error handler of the server. */
export function handleErrors(http: HttpApp, publicUrl: string): void {
  const send = sender(publicUrl)
  http.setErrorHandler((error, request, reply) => send(error, request, reply))
}
