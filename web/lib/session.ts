import { queryOptions, type QueryClient } from '@tanstack/react-query'
import type { CompanyAccess, Me } from '../../contract/identity.ts'
import { createApi } from './api.ts'
import { reading } from './queries.ts'
import { preferences } from './preferences.ts'
import { isApiProblem } from './problem.ts'

/** The API before a company is chosen. */
export const personApi = createApi(null)

/** The signed-in person, or null: not being signed in is an answer, not an error. */
export const meQuery = queryOptions<Me | null>({
  queryKey: ['person', '/api/me', {}, {}],
  queryFn: async ({ signal }) => {
    try {
      return await personApi.get('/api/me', { signal })
    } catch (error) {
      if (isApiProblem(error) && error.status === 401) return null
      throw error
    }
  },
  staleTime: 60_000,
})

export const instanceQuery = reading(personApi, '/api/instance')

/** Where a signed-in person lands: the firm's clients first, else the company opened last, else the first one. */
export function landingOf(me: Me): CompanyAccess | undefined {
  const last = me.companies.find(({ slug }) => slug === preferences().lastCompany)
  return last ?? me.companies.find(({ kind }) => kind === 'firm') ?? me.companies[0]
}

/** Forgets all that the last person saw. */
export function forgetEverything(client: QueryClient): void {
  client.clear()
}
