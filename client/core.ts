import type { ProblemDetails } from './schemas.ts'

/** What the API refuses: `code` is stable, the message is a sentence for a person, `problems` names the fields at fault. */
export class QuittanceProblem extends Error {
  override name = 'QuittanceProblem'
  readonly status: number
  readonly code: string
  /** The id of the request, to quote. */
  readonly instance: string
  /** The page that explains the code. */
  readonly type: string
  readonly problems: NonNullable<ProblemDetails['problems']>

  constructor(problem: Partial<ProblemDetails> & { readonly status: number; readonly code: string }) {
    super(problem.detail ?? problem.code)
    this.status = problem.status
    this.code = problem.code
    this.instance = problem.instance ?? ''
    this.type = problem.type ?? 'about:blank'
    this.problems = problem.problems ?? []
  }
}

export type Settings = {
  /** The address of the installation, without a path; the page's own when it is left out. */
  readonly baseUrl?: string | undefined
  /** An API key (`qt_…`) or an access token. Without one, the browser's cookie signs the requests. */
  readonly key?: string | undefined
  /** The company concerned. An API key names its own. */
  readonly tenant?: string | null | undefined
  /** The language of sentences. */
  readonly language?: 'fr' | 'en' | (() => 'fr' | 'en') | undefined
  /** Tries after the first one when the server says to come back; 2 when it is left out. */
  readonly retries?: number | undefined
  /** Asked to wait longer than this, the client gives the refusal instead; 30 seconds when it is left out. */
  readonly retryWaitMsMax?: number | undefined
  /** Makes the keys that let a change be sent again without being done twice; a random uuid when it is left out. */
  readonly newKey?: (() => string) | undefined
  readonly fetch?: typeof fetch | undefined
}

export type Call = {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly body?: unknown
  /** An ETag, or a version: the change is refused with VERSION_CONFLICT when the item changed since. */
  readonly ifMatch?: string | number | undefined
  readonly idempotencyKey?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export type Scalar = string | number | boolean | null | undefined

const SAFE = new Set(['GET', 'HEAD'])
const WAIT_MS = 500
const WAIT_MS_MAX = 30_000
const RETRIES = 2
/** Answers that ask to come back, with or without the time to wait. */
const COME_BACK = new Set([429, 502, 503, 504])

/** A path with its `{names}` or `:names` filled in and its query after it. Empty values are left out. */
export function urlOf(path: string, params: Readonly<Record<string, string>> = {}, query: Readonly<Record<string, Scalar>> = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}|:(\w+)/g, (_whole, braced: string | undefined, colon: string | undefined) => encodeURIComponent(params[braced ?? colon ?? ''] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  const text = search.toString()
  return text ? `${filled}?${text}` : filled
}

function headersOf(settings: Settings, call: Call): Record<string, string> {
  const language = typeof settings.language === 'function' ? settings.language() : settings.language
  const headers: Record<string, string> = { accept: 'application/json' }
  if (language) headers['accept-language'] = language
  if (settings.key) headers['authorization'] = `Bearer ${settings.key}`
  if (settings.tenant) headers['quittance-tenant'] = settings.tenant
  if (call.ifMatch !== undefined) headers['if-match'] = typeof call.ifMatch === 'number' ? `"${call.ifMatch}"` : call.ifMatch
  if (call.body !== undefined && !(call.body instanceof FormData)) headers['content-type'] = 'application/json'
  // The same key at each try: what was done before the answer was lost is answered again, not done again.
  if (!SAFE.has(call.method)) headers['idempotency-key'] = call.idempotencyKey ?? (settings.newKey ?? randomKey)()
  return headers
}

/** Outside of https and localhost a browser has no randomUUID. */
function randomKey(): string {
  return typeof crypto.randomUUID === 'function' ? crypto.randomUUID() : [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** How long the server asks to wait, or twice as long at each try. */
function waitMsOf(response: Response | undefined, attempt: number): number {
  const seconds = Number(response?.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1000 : WAIT_MS * 2 ** attempt
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => { clearTimeout(timer); reject(signal?.reason as Error) }
    const timer = setTimeout(() => { signal?.removeEventListener('abort', stop); resolve() }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}

async function comesBack(response: Response): Promise<boolean> {
  if (COME_BACK.has(response.status)) return true
  if (response.status !== 409) return false
  const problem = await response.clone().json().catch(() => null) as { code?: string } | null
  return problem?.code === 'IDEMPOTENCY_IN_PROGRESS'
}

/**
 * Sends a request, again when the server says to come back or the connection is lost, and answers the response whatever its status.
 * A change carries one Idempotency-Key through all its tries.
 */
export async function send(settings: Settings, call: Call): Promise<Response> {
  const { retries = RETRIES, retryWaitMsMax = WAIT_MS_MAX } = settings
  const headers = headersOf(settings, call)
  const isForm = call.body instanceof FormData
  const body = call.body === undefined ? null : isForm ? call.body as FormData : JSON.stringify(call.body)
  const go = settings.fetch ?? fetch
  for (let attempt = 0; ; attempt += 1) {
    let response: Response | undefined
    try {
      response = await go(`${settings.baseUrl ?? ''}${call.path}`, { method: call.method, headers, body, signal: call.signal ?? null, credentials: 'same-origin' })
    } catch (error) {
      if (call.signal?.aborted || attempt >= retries) throw error
    }
    const waitMs = waitMsOf(response, attempt)
    // Whoever is asked to wait longer than they would is told so at once.
    if (response && (attempt >= retries || waitMs > retryWaitMsMax || !await comesBack(response))) return response
    await response?.body?.cancel()
    await pause(Math.min(waitMs, retryWaitMsMax), call.signal)
  }
}

/** The refusal that a response carries. */
export async function problemOf(response: Response): Promise<QuittanceProblem> {
  const problem = await response.json().catch(() => null) as Partial<ProblemDetails> | null
  const code = problem !== null && typeof problem === 'object' && typeof problem.code === 'string' ? problem.code : 'UNREADABLE'
  return new QuittanceProblem({ ...(code === 'UNREADABLE' ? {} : problem), status: response.status, code })
}
