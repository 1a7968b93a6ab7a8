import { problemOf, send, urlOf, type Scalar, type Settings } from './core.ts'
import { OPERATIONS, type Operations } from './operations.ts'

export type OperationId = keyof Operations
type Given<Id extends OperationId, Name extends 'params' | 'query' | 'body'> = Operations[Id][Name]
/** A part of the call: left out when the operation has none, and free when all of it is optional. */
type Part<Name extends string, Value> = Value extends undefined ? { readonly [N in Name]?: undefined } : Record<string, never> extends Value ? { readonly [N in Name]?: Value } : { readonly [N in Name]: Value }

export type Input<Id extends OperationId> = Part<'params', Given<Id, 'params'>> & Part<'query', Given<Id, 'query'>> & Part<'body', Given<Id, 'body'>> & {
  readonly ifMatch?: string | number
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}
type Arguments<Id extends OperationId> = Record<string, never> extends Input<Id> ? [input?: Input<Id>] : [input: Input<Id>]

/** One method for each operation of the API. */
export type Quittance = { readonly [Id in OperationId]: (...input: Arguments<Id>) => Promise<Operations[Id]['answer']> }

type AnyInput = { readonly params?: Record<string, string>; readonly query?: Record<string, Scalar>; readonly body?: unknown; readonly ifMatch?: string | number; readonly idempotencyKey?: string; readonly signal?: AbortSignal }

/** The API of one installation. A refusal is thrown as a `QuittanceProblem`. */
export function createClient(settings: Settings): Quittance {
  const methods = Object.entries(OPERATIONS).map(([id, [method, path, answers]]) => [id, async (input: AnyInput = {}): Promise<unknown> => {
    const { params, query, ...call } = input
    const response = await send(settings, { method, path: urlOf(path, params, query), ...call })
    if (!response.ok) throw await problemOf(response)
    if (answers === 'text') return response
    return response.status === 204 || answers === 'none' ? null : await response.json()
  }])
  return Object.fromEntries(methods) as Quittance
}

type Paged = { readonly items: readonly unknown[]; readonly next: string | null }
/** The operations that answer a list page by page. */
export type ListId = { [Id in OperationId]: Operations[Id]['answer'] extends Paged ? Id : never }[OperationId]
type Item<Id extends ListId> = Operations[Id]['answer'] extends { items: (infer One)[] } ? One : never

/** Every item of a list, page after page: `for await (const customer of itemsOf(api, 'listCustomers'))`. */
export async function* itemsOf<Id extends ListId>(api: Quittance, id: Id, input?: Input<Id>): AsyncGenerator<Item<Id>> {
  const list = api[id] as unknown as (given: AnyInput) => Promise<Paged>
  let cursor: string | null | undefined
  do {
    const given = input as AnyInput | undefined
    const page = await list({ ...given, query: { ...given?.query, ...(cursor ? { cursor } : {}) } })
    yield* page.items as Item<Id>[]
    cursor = page.next
  } while (cursor)
}
