import { pino, type DestinationStream, type Logger } from 'pino'

export type { Logger } from 'pino'

const REDACTED = '[redacted]'
const DEPTH_MAX = 6
const ITEMS_MAX = 50

/**
 * Fields that name a person, give access, or carry a bank's free text: never written to a log, at any depth.
 * Compared in lower case without `_` and `-`.
 */
const PERSONAL = new Set([
  'password', 'newpassword', 'currentpassword', 'hash', 'secret', 'token', 'accesstoken', 'refreshtoken', 'apikey', 'authorization', 'cookie', 'setcookie', 'session', 'totp', 'otp', 'code2fa', 'databaseurl',
  'email', 'mail', 'to', 'from', 'cc', 'bcc', 'phone', 'telephone', 'mobile', 'firstname', 'lastname', 'fullname', 'displayname', 'username', 'customername', 'counterpartyname', 'suppliername', 'contact',
  'address', 'street', 'postcode', 'postalcode', 'city', 'birthdate', 'socialsecuritynumber', 'nir', 'siren', 'siret', 'vatnumber',
  'person', 'user', 'customer', 'supplier', 'employee', 'headers', 'xforwardedfor', 'forwarded', 'filename',
  'iban', 'bic', 'counterparty', 'label', 'reference', 'note', 'comment', 'body', 'ip', 'ipaddress', 'remoteaddress', 'useragent',
])

function isPersonal(key: string): boolean {
  return PERSONAL.has(key.toLowerCase().replaceAll(/[_-]/g, ''))
}

/** What names a person or opens a door inside a sentence, such as the message of an error that quotes what it was given. */
const IN_TEXT: readonly (readonly [RegExp, string])[] = [
  [/\b(\w+:\/\/)[^\s/@]+@/g, '$1[redacted]@'],
  [/[\p{L}\d._%+'-]{1,64}@(?:[\p{L}\d-]{1,63}\.){1,8}\p{L}{2,63}/gu, '[email]'],
  [/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b/g, '[iban]'],
  [/\bbearer +[\w.~+/=-]+/gi, '[token]'],
  [/\bq1\.[0-9a-f-]{36}\.[\w-]+/g, '[sealed]'],
]
const TEXT_MAX = 10_000

function scrub(text: string): string {
  return IN_TEXT.reduce((rest, [pattern, word]) => rest.replace(pattern, word), text.slice(0, TEXT_MAX))
}

function redact(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return scrub(value)
  if (typeof value === 'bigint') return value.toString()
  if (value === null || typeof value !== 'object' || value instanceof Error || value instanceof Date) return value
  if (depth >= DEPTH_MAX) return '[deep]'
  if (Array.isArray(value)) return value.slice(0, ITEMS_MAX).map((item) => redact(item, depth + 1))
  const prototype: unknown = Object.getPrototypeOf(value)
  // Requests, replies and other instances are left to their serializer.
  if (prototype !== Object.prototype && prototype !== null) return value
  return redactFields(value as Record<string, unknown>, depth)
}

function redactFields(fields: Readonly<Record<string, unknown>>, depth: number): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, isPersonal(key) && value !== undefined ? REDACTED : redact(value, depth + 1)]))
}

type RequestLike = { readonly id?: unknown; readonly method?: string; readonly url?: string }
type ReplyLike = { readonly statusCode?: number }
type ErrorLike = { readonly name?: string; readonly message?: string; readonly code?: unknown; readonly constraint?: unknown; readonly stack?: string }

/** Database errors carry the offending values in `detail` and `where`: only what finds the cause is kept. */
const serializers = {
  err: (error: ErrorLike) => ({ type: error.name, code: error.code, constraint: error.constraint, message: error.message === undefined ? undefined : scrub(error.message), stack: error.stack === undefined ? undefined : scrub(error.stack) }),
  req: (request: RequestLike) => ({ id: request.id, method: request.method, path: request.url?.split('?')[0] }),
  res: (reply: ReplyLike) => ({ statusCode: reply.statusCode }),
}

export type LogOptions = { readonly level: string; readonly destination?: DestinationStream }

/** A JSON logger, one object per line on standard output unless told otherwise. Give it to Fastify as `loggerInstance`. */
export function createLogger(options: LogOptions): Logger {
  return pino({
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: (fields) => redactFields(fields, 0) },
    serializers,
  }, options.destination ?? pino.destination({ dest: 1, sync: true }))
}
