import { send, urlOf, type Call, type Scalar } from '../../client/core.ts'
import type { ProblemDetails } from '../../contract/common.ts'
import type { Deletes, Gets, Patches, Posts, Puts } from './endpoints.ts'
import { locale } from './locale.ts'
import { ApiProblem } from './problem.ts'

export { urlOf }
export type { Scalar }
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
    return new ApiProblem((await response.json()) as ProblemDetails, Number(response.headers.get('retry-after') ?? 0) || 0)
  } catch {
    return new ApiProblem({ status: response.status, code: 'UNREADABLE', detail: UNREADABLE[locale()], instance: response.headers.get('x-request-id') ?? '' })
  }
}

/** One try more when the server says to come back at once or the connection breaks; a longer wait is shown to the person. */
const PATIENCE = { retries: 1, retryWaitMsMax: 1_000 } as const

async function call(tenant: string | null, given: Call): Promise<Response> {
  let response: Response
  try {
    response = await send({ ...PATIENCE, tenant, language: locale }, given)
  } catch (error) {
    if (given.signal?.aborted) throw error
    throw new ApiProblem({ status: 0, code: 'OFFLINE', detail: OFFLINE[locale()] })
  }
  if (!response.ok) throw await problemOf(response)
  return response
}

/** The API as one person sees it in one company; `tenant` is null before a company is chosen. */
export function createApi(tenant: string | null) {
  async function request(method: string, path: string, options: { params?: unknown; query?: unknown; body?: unknown; version?: number | undefined; signal?: AbortSignal | undefined } = {}): Promise<unknown> {
    const url = urlOf(path, options.params as Record<string, string> | undefined, options.query as Record<string, Scalar> | undefined)
    const response = await call(tenant, { method, path: url, body: options.body, ifMatch: options.version, signal: options.signal })
    return response.status === 204 ? null : await response.json()
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
  const response = await call(tenant, { method: 'GET', path: url })
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
