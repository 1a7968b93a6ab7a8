import type { QueryClient } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import type { CompanyAccess, Me } from '../../contract/identity.ts'
import type { Api } from '../lib/api.ts'
import type { SearchValues } from '../lib/search-state.ts'

/** What a page may use to fetch its data before it shows, on hover already. */
export type LoadContext = {
  readonly api: Api
  readonly queries: QueryClient
  readonly company: CompanyAccess
  readonly me: Me
  readonly params: Readonly<Record<string, string>>
  readonly search: SearchValues
}

/** What a file of `pages/` exports. `load` starts reading and does not wait: the page draws its own skeleton. */
export type PageModule = {
  readonly Page: ComponentType
  readonly load?: (context: LoadContext) => unknown
}

/** One address under `/c/{slug}/`. Children are panels over the list: they fill its `<Outlet />`. */
export type PageEntry = {
  readonly path: string
  readonly page: () => Promise<PageModule>
  readonly children?: readonly PageEntry[]
}
