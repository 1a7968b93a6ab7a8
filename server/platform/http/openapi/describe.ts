import type { FastifySchema, RouteOptions } from 'fastify'
import { showsOne } from '../etag.ts'
import { takesKey } from '../once/once.ts'
import { UPLOAD_MB_MAX } from '../errors.ts'
import type { Document, Json, Operation } from './components.ts'
import { TAGS } from './tags.ts'

const TENANT = { type: 'string', format: 'uuid', description: 'The company concerned: an `id` of `companies` in GET /api/me. An API key names its own company; the header may then be left out.' }
const KEY = { type: 'string', minLength: 1, maxLength: 255, description: 'Names this request, so that it is done once: sent again within 24 hours it gets the first answer again. Take a new uuid for each new request.' }
const MATCH = { type: 'string', description: 'The `ETag` that was read: the change is refused with 412 VERSION_CONFLICT when the item is no longer the same.' }
const NONE_MATCH = { type: 'string', description: 'The `ETag` of what one already has: unchanged, it is answered 304 without a body.' }
const UPLOAD_BODY = { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary', description: `One file, ${UPLOAD_MB_MAX} MB at most.` } } }

export const SECURITY_SCHEMES = {
  session: { type: 'apiKey', in: 'cookie', name: 'quittance.session_token', description: 'The cookie set by POST /api/auth/login; over https its name starts with `__Secure-`.' },
  apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of a company, `Authorization: Bearer qt_…`. It does at most what its scopes say, in its company alone.' },
  accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A short-lived access token of a person, signed by this installation (its keys: /.well-known/jwks.json).' },
}

const SECURITY = { public: [], person: [{ session: [] }, { accessToken: [] }], tenant: [{ session: [] }, { apiKey: [] }, { accessToken: [] }] } as const

/** What every route of the API has in common is written here once: who may call it, its headers, the form of its file. */
export function describeRoute(schema: FastifySchema, route: RouteOptions, titleOf: (schema: unknown) => unknown): FastifySchema {
  const access = route.config?.access ?? 'tenant'
  const methods = [route.method].flat()
  const changes = methods.some((method) => method === 'PUT' || method === 'PATCH' || method === 'DELETE')
  const headers = {
    ...(access === 'tenant' ? { 'Quittance-Tenant': TENANT } : {}),
    ...(takesKey(route) ? { 'Idempotency-Key': KEY } : {}),
    ...(changes && takesKey(route) ? { 'If-Match': MATCH } : {}),
    ...(showsOne(route) ? { 'If-None-Match': NONE_MATCH } : {}),
  }
  const responses = Object.entries((schema.response ?? fileOf(schema)) as Record<string, unknown>).map(([status, answer]) => [status, titleOf(answer)])
  return {
    ...schema,
    ...(schema.body === undefined ? {} : { body: titleOf(schema.body) }),
    security: SECURITY[access],
    ...(Object.keys(headers).length > 0 ? { headers: { type: 'object', properties: headers } } : {}),
    ...(route.config?.upload ? { consumes: ['multipart/form-data'], body: UPLOAD_BODY } : {}),
    response: Object.fromEntries(responses),
  } as FastifySchema
}

/** The answer of a route that sends a file as it comes, and so has no schema to check it by. */
function fileOf({ produces = [] }: FastifySchema): Record<string, unknown> {
  return produces.length === 0 ? {} : { 200: { description: 'The file.', content: Object.fromEntries(produces.map((type) => [type, { schema: { type: 'string' } }])) } }
}

const HEADERS = {
  ETag: { description: 'The version of what is shown, for If-Match and If-None-Match.', schema: { type: 'string' } },
  RequestId: { description: 'The id of this request, to quote.', schema: { type: 'string', format: 'uuid' } },
  Replayed: { description: '`true` when this is the first answer to the Idempotency-Key, given again.', schema: { type: 'string', enum: ['true'] } },
  RateLimitLimit: { description: 'Requests allowed in the window.', schema: { type: 'integer' } },
  RateLimitRemaining: { description: 'Requests left in the window.', schema: { type: 'integer' } },
  RateLimitReset: { description: 'Seconds until the window ends.', schema: { type: 'integer' } },
  RateLimitPolicy: { description: 'The limit and its window in seconds, such as `600;w=60`.', schema: { type: 'string' } },
  RetryAfter: { description: 'Seconds to wait before the same request is sent again.', schema: { type: 'integer' } },
}
const header = (name: keyof typeof HEADERS): Json => ({ $ref: `#/components/headers/${name}` })
const LIMITS = { 'RateLimit-Limit': header('RateLimitLimit'), 'RateLimit-Remaining': header('RateLimitRemaining'), 'RateLimit-Reset': header('RateLimitReset'), 'RateLimit-Policy': header('RateLimitPolicy') }

function problemResponse(description: string, example: Json, more: Record<string, Json> = {}): Json {
  return { description, headers: { 'X-Request-Id': header('RequestId'), ...more }, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' }, example } } }
}

function exampleProblem(code: string, status: number, detail: string): Json {
  return { type: `https://compta.exemple.fr/docs/errors/${code}`, title: detail, status, detail, code, instance: '01930000-0000-7000-8000-000000000000' }
}

/** The answers that any operation may give, written once. */
export const COMMON = {
  headers: HEADERS,
  responses: {
    Problem: problemResponse('A refusal (RFC 9457): its stable code, and a sentence that says what to do, in French or English. The codes are listed at /docs/errors.', exampleProblem('NOT_FOUND', 404, 'Cet élément n\'existe pas ou ne vous est pas accessible.')),
    TooManyRequests: problemResponse('The rate limit is reached.', exampleProblem('RATE_LIMITED', 429, 'Trop d\'essais. Attendez 12 secondes.'), { ...LIMITS, 'Retry-After': header('RetryAfter') }),
    Unavailable: problemResponse('The service starts, stops, or waits for its database.', exampleProblem('NOT_READY', 503, 'Le service démarre ou s\'arrête. Réessayez dans un instant.'), { 'Retry-After': header('RetryAfter') }),
    Unchanged: { description: 'Unchanged since the version of If-None-Match.', headers: { ETag: header('ETag') } },
  },
}

/** Headers of the answers, and the refusals that every operation shares. */
export function completeAnswers(operation: Operation): void {
  const names = new Set((operation.parameters ?? []).map(({ name }) => name))
  for (const [status, answer] of Object.entries(operation.responses)) {
    if (!status.startsWith('2')) continue
    if (answer.description === undefined || answer.description === 'Default Response') answer.description = 'Done.'
    answer.headers = {
      'X-Request-Id': header('RequestId'), ...LIMITS, ...(names.has('If-None-Match') ? { ETag: header('ETag') } : {}),
      ...(names.has('Idempotency-Key') ? { 'Idempotency-Replayed': header('Replayed') } : {}),
    }
  }
  if (names.has('If-None-Match')) operation.responses['304'] = { $ref: '#/components/responses/Unchanged' }
  operation.responses['4XX'] = { $ref: '#/components/responses/Problem' }
  operation.responses['429'] = { $ref: '#/components/responses/TooManyRequests' }
  operation.responses['503'] = { $ref: '#/components/responses/Unavailable' }
}

/** The tags that the operations use, each with what it is about. */
export function tagsOf(document: Document): Json {
  const used = new Set(Object.values(document.paths).flatMap((operations) => Object.values(operations).flatMap(({ tags }) => tags ?? [])))
  const order = Object.keys(TAGS)
  return [...used].sort((a, b) => order.indexOf(a) - order.indexOf(b) || (a < b ? -1 : 1)).map((name) => ({ name, description: TAGS[name] ?? '' }))
}
