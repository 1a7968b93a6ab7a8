import { useCompany } from '../../../lib/company.tsx'
import { reading } from '../../../lib/queries.ts'
import type { LoadContext } from '../../page-module.ts'
import { PortfolioPage, portfolioListing } from './portfolio-page.tsx'
import { TodoPage } from './todo-page.tsx'

export function load({ api, queries, company, search }: LoadContext): void {
  if (company.kind === 'company') void queries.prefetchQuery(reading(api, '/api/summary'))
  else void queries.prefetchInfiniteQuery(portfolioListing(api, search))
}

/** A company opens on its work; a firm on its clients. */
export function Page() {
  const { company } = useCompany()
  return company.kind === 'firm' ? <PortfolioPage /> : <TodoPage />
}
