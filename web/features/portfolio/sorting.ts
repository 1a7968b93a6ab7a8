import type { PortfolioQuery } from '../../../contract/portfolio.ts'
import type { SearchValues } from '../../lib/search-state.ts'

export type SortName = NonNullable<PortfolioQuery['sort']>
export type Order = 'asc' | 'desc'

const SORTS: readonly SortName[] = ['name', 'toTreat', 'overdue', 'cash', 'drafts', 'lastImport', 'lastClosedPeriod']
const ONLY = ['toTreat', 'overdue', 'drafts', 'unposted', 'broken'] as const

/** What is most pressing first: the most to do, the least cash, the oldest import. */
export function firstOrder(sort: SortName): Order {
  return sort === 'toTreat' || sort === 'overdue' || sort === 'drafts' ? 'desc' : 'asc'
}

/** The order of the address; by what is left to treat when it names none. */
export function sortingOf(search: SearchValues): { readonly sort: SortName; readonly order: Order } {
  const sort = SORTS.find((known) => known === search['tri']) ?? 'toTreat'
  const order = search['ordre'] === 'asc' || search['ordre'] === 'desc' ? search['ordre'] : firstOrder(sort)
  return { sort, order }
}

/** The address after a press on the head of a column: sorted by it, or the other way round. */
export function pressed(search: SearchValues, name: SortName): SearchValues {
  const { sort, order } = sortingOf(search)
  const next = sort === name ? (order === 'asc' ? 'desc' : 'asc') : firstOrder(name)
  return { tri: name, ordre: next === firstOrder(name) ? undefined : next }
}

/** The filters of the address as the API takes them. */
export function portfolioQueryOf(search: SearchValues, limit: number): PortfolioQuery {
  const only = ONLY.find((known) => known === search['seulement'])
  return { limit, ...sortingOf(search), ...(only ? { only } : {}), ...(search['q'] ? { search: search['q'] } : {}) }
}
