import type { DataProblem, ProblemDetails } from '../../contract/common.ts'

/** A refusal of the API, with its sentence for the person and the fields at fault. Code OFFLINE when no answer came. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  /** The id of the request, to quote to whoever helps; empty when no server answered. */
  readonly requestId: string
  readonly problems: readonly DataProblem[]
  /** After too many tries: how long to wait before the next one; 0 otherwise. */
  readonly retryAfterSeconds: number

  constructor(details: Pick<ProblemDetails, 'status' | 'code' | 'detail'> & Partial<ProblemDetails>, retryAfterSeconds = 0) {
    super(details.detail)
    this.name = 'ApiProblem'
    this.status = details.status
    this.code = details.code
    this.detail = details.detail
    this.requestId = details.instance ?? ''
    this.problems = details.problems ?? []
    this.retryAfterSeconds = retryAfterSeconds
  }

  /** The sentence about one field of a form, if the refusal names it. */
  field(name: string): string | undefined {
    return this.problems.find((problem) => problem.field === name)?.message
  }
}

export function isApiProblem(error: unknown): error is ApiProblem {
  return error instanceof ApiProblem
}

export function isOffline(error: unknown): boolean {
  return isApiProblem(error) && error.code === 'OFFLINE'
}
