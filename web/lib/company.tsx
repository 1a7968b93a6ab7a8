import { createContext, use, useMemo, type ReactNode } from 'react'
import type { CompanyAccess, Me } from '../../contract/identity.ts'
import type { Permission } from '../../core/access/permissions.ts'
import { createApi, type Api } from './api.ts'

export type CompanyContext = {
  readonly company: CompanyAccess
  readonly me: Me
  readonly api: Api
  readonly may: (permission: Permission) => boolean
  /** The address of a page of this company: `at('ventes/factures')`. */
  readonly at: (path?: string) => string
}

const Context = createContext<CompanyContext | null>(null)

export function CompanyProvider({ company, me, children }: { readonly company: CompanyAccess; readonly me: Me; readonly children: ReactNode }) {
  const value = useMemo<CompanyContext>(() => ({
    company, me, api: createApi(company.id),
    may: (permission) => company.permissions.includes(permission),
    at: (path = '') => addressIn(company.slug, path),
  }), [company, me])
  return <Context value={value}>{children}</Context>
}

export function addressIn(slug: string, path = ''): string {
  return path ? `/c/${slug}/${path}` : `/c/${slug}`
}

/** The company of the address, what the person may do there, and its API. Only inside `/c/{slug}`. */
export function useCompany(): CompanyContext {
  const value = use(Context)
  if (!value) throw new Error('useCompany needs a page under /c/{slug}')
  return value
}
