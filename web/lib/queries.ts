import { infiniteQueryOptions, QueryCache, QueryClient, queryOptions, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import type { Api, CallOptions } from './api.ts'
import type { Gets } from './endpoints.ts'
import { isApiProblem } from './problem.ts'

type Answer<P extends keyof Gets> = Gets[P]['answer']
type Listed = { [P in keyof Gets]: Answer<P> extends { items: unknown[]; next: string | null } ? P : never }[keyof Gets]
type Params = Readonly<Record<string, string>> | undefined

/** [company, path, params, query]: everything of one company goes at once with `[company]`, every list of one path with `[company, path]`. */
export function queryKey(api: Api, path: keyof Gets, rest: { params?: Params; query?: unknown } = {}) {
  return [api.tenant ?? 'person', path, rest.params ?? {}, rest.query ?? {}] as const
}

/** How to read one address of the API, for `useQuery`, `useSuspenseQuery` and for prefetching in a loader. */
export function reading<P extends keyof Gets>(api: Api, path: P, options: Pick<CallOptions<Gets[P]>, 'params' | 'query'> = {}) {
  return queryOptions<Answer<P>>({
    queryKey: queryKey(api, path, options),
    queryFn: ({ signal }) => api.get(path, { ...options, signal } as CallOptions<Gets[P]>) as Promise<Answer<P>>,
  })
}

/** How to read a list page after page by its cursor, for `useInfiniteQuery` and loaders. */
export function listing<P extends Listed>(api: Api, path: P, options: { params?: Params; query?: Omit<NonNullable<Gets[P]['query']>, 'cursor'> } = {}) {
  return infiniteQueryOptions<Answer<P>, Error, InfiniteData<Answer<P>, string | null>, readonly unknown[], string | null>({
    queryKey: [...queryKey(api, path, options), 'pages'],
    queryFn: ({ pageParam, signal }) => api.get(path, {
      params: options.params, query: { ...options.query, ...(pageParam ? { cursor: pageParam } : {}) }, signal,
    } as CallOptions<Gets[P]>) as Promise<Answer<P>>,
    initialPageParam: null,
    getNextPageParam: (last) => (last as { next: string | null }).next,
  })
}

/** The rows of the pages loaded so far, in order. */
export function rowsOf<T>(data: { pages: readonly { items: T[] }[] } | undefined): T[] {
  return data?.pages.flatMap((page) => page.items) ?? []
}

/** `onSignedOut` is told when the server no longer knows the session. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error) => { if (isApiProblem(error) && error.status === 401) onSignedOut() } }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // A refusal is an answer: only silence is worth asking again.
        retry: (count, error) => count < 1 && !(isApiProblem(error) && error.status > 0 && error.status < 500),
        refetchOnWindowFocus: true,
        // "Offline" is what our own server says, not what the browser believes: it may run on this machine.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  })
}

/** Reads again what a change may have touched: the paths named, or everything of the company. */
export function useRefresh(api: Api): (...paths: (keyof Gets)[]) => Promise<void> {
  const client = useQueryClient()
  return async (...paths) => {
    if (paths.length === 0) await client.invalidateQueries({ queryKey: [api.tenant ?? 'person'] })
    else await Promise.all(paths.map((path) => client.invalidateQueries({ queryKey: [api.tenant ?? 'person', path] })))
  }
}
