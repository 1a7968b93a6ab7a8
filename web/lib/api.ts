import type { ProblemDetails } from '../../contract/common.ts'
import type { Deletes, Gets, Patches, Posts, Puts } from './endpoints.ts'
import { locale } from './locale.ts'
import { ApiProblem } from './problem.ts'

export type Scalar = string | number | boolean | null | undefined
export type CallOptions<Spec> = {
  /** Values of the `:names` of the path. */
  readonly params?: Readonly<Record<string, string>> | undefined
  readonly query?: (Spec extends { query: infer Q } ? Q : never) | undefined
  /** The version the change starts from: refused with VERSION_CONFLICT when someone changed it since. */
  readonly version?: number | undefined
  readonly signal?: AbortSignal | undefined
}
type BodyOf<Spec> = Spec extends { body: infer B } ? B : never
type AnswerOf<Spec> = Spec extends { answer: infer A } ? A : never
type SendOptions<Spec> = CallOptions<Spec> & (BodyOf<Spec> extends undefined ? { readonly body?: undefined } : { readonly body: BodyOf<Spec> })

export function urlOf(path: string, params: Readonly<Record<string, string>> = {}, query: Readonly<Record<string, Scalar>> = {}): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  const text = search.toString()
  return text ? `${filled}?${text}` : filled
}

const OFFLINE = {
  fr: 'Le serveur ne répond pas. Rien n\'a été modifié ; vérifiez votre connexion, puis réessayez.',
  en: 'The server does not answer. Nothing was changed; check your connection, then try again.',
}
const UNREADABLE = { fr: 'La réponse du serveur n\'est pas lisible. Réessayez dans un instant.', en: 'The server\'s answer cannot be read. Try again in a moment.' }

async function problemOf(response: Response): Promise<ApiProblem> {
  // A proxy in front of a stopped server answers in its own words, not in ours.
  if (response.status >= 502 && response.status <= 504 && !response.headers.get('content-type')?.includes('json')) {
    return new ApiProblem({ status: response.status, code: 'OFFLINE', detail: OFFLINE[locale()] })
  }
  try {
    return new ApiProblem((await response.json()) as ProblemDetails)
  } catch {
    return new ApiProblem({ status: response.status, code: 'UNREADABLE', detail: UNREADABLE[locale()], instance: response.headers.get('x-request-id') ?? '' })
  }
}

type Call = { readonly method: string; readonly url: string; readonly tenant: string | null; readonly body?: unknown; readonly version?: number | undefined; readonly signal?: AbortSignal | undefined }

async function call(given: Call): Promise<unknown> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': locale() }
  if (given.tenant) headers['quittance-tenant'] = given.tenant
  if (given.version !== undefined) headers['if-match'] = `"${given.version}"`
  const isForm = given.body instanceof FormData
  if (given.body !== undefined && !isForm) headers['content-type'] = 'application/json'
  const body = given.body === undefined ? null : isForm ? (given.body as FormData) : JSON.stringify(given.body)
  let response: Response
  try {
    response = await fetch(given.url, { method: given.method, headers, body, signal: given.signal ?? null, credentials: 'same-origin' })
  } catch (error) {
    if (given.signal?.aborted) throw error
    throw new ApiProblem({ status: 0, code: 'OFFLINE', detail: OFFLINE[locale()] })
  }
  if (!response.ok) throw await problemOf(response)
  if (response.status === 204) return null
  return response.json()
}

/** The API as one person sees it in one company; `tenant` is null before a company is chosen. */
export function createApi(tenant: string | null) {
  function request(method: string, path: string, options: { params?: unknown; query?: unknown; body?: unknown; version?: number | undefined; signal?: AbortSignal | undefined } = {}): Promise<unknown> {
    const url = urlOf(path, options.params as Record<string, string> | undefined, options.query as Record<string, Scalar> | undefined)
    return call({ method, url, tenant, body: options.body, version: options.version, signal: options.signal })
  }
  return {
    tenant,
    get: <P extends keyof Gets>(path: P, options?: CallOptions<Gets[P]>) => request('GET', path, options) as Promise<AnswerOf<Gets[P]>>,
    post: <P extends keyof Posts>(path: P, options?: SendOptions<Posts[P]>) => request('POST', path, options) as Promise<AnswerOf<Posts[P]>>,
    put: <P extends keyof Puts>(path: P, options?: SendOptions<Puts[P]>) => request('PUT', path, options) as Promise<AnswerOf<Puts[P]>>,
    patch: <P extends keyof Patches>(path: P, options?: SendOptions<Patches[P]>) => request('PATCH', path, options) as Promise<AnswerOf<Patches[P]>>,
    delete: <P extends keyof Deletes>(path: P, options?: CallOptions<Deletes[P]>) => request('DELETE', path, options) as Promise<AnswerOf<Deletes[P]>>,
    /** A file of the API (a FEC, a PDF) as the browser would save it, with the name the server gives. */
    download: (path: string, query: Readonly<Record<string, Scalar>> = {}) => download(urlOf(path, {}, query), tenant),
  }
}
export type Api = ReturnType<typeof createApi>

/** The header names the company, so a plain link cannot fetch a file: it is fetched, then handed to the browser. */
async function download(url: string, tenant: string | null): Promise<string> {
  let response: Response
  try {
    response = await fetch(url, { headers: { 'accept-language': locale(), ...(tenant ? { 'quittance-tenant': tenant } : {}) } })
  } catch {
    throw new ApiProblem({ status: 0, code: 'OFFLINE', detail: OFFLINE[locale()] })
  }
  if (!response.ok) throw await problemOf(response)
  const disposition = response.headers.get('content-disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  const name = encoded ? decodeURIComponent(encoded) : (/filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? url.split('?')[0]!.split('/').at(-1)!)
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
  return name
}

/** One file as the API takes it. */
export function fileBody(file: File, fields: Readonly<Record<string, string>> = {}): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', file, file.name)
  return form
}
