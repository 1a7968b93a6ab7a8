import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { AccountLine } from '../../../../contract/ledger.ts'
import { useAccountColumns } from '../../../features/ledger/account-columns.tsx'
import { useYears, YearSelect } from '../../../features/ledger/years.tsx'
import type { Api } from '../../../lib/api.ts'
import { useCompany } from '../../../lib/company.tsx'
import { listing, rowsOf } from '../../../lib/queries.ts'
import { useSearchState, type SearchValues } from '../../../lib/search-state.ts'
import { CompanyLink, EmptyState, ErrorState, FilterChips, Page as PageFrame, QueryGrid, WithPanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

const options = (api: Api, number: string, search: SearchValues) => listing(api, '/api/ledger/accounts/:number/lines', {
  params: { number },
  query: { limit: 200, ...(search['exercice'] ? { fiscalYearId: search['exercice'] } : {}), ...(search['tiers'] ? { auxiliary: search['tiers'] } : {}), ...(search['lettrage'] === 'non' ? { unlettered: true } : {}) },
})

export function load({ api, queries, params, search }: LoadContext) {
  void queries.prefetchInfiniteQuery(options(api, params['number']!, search))
}

export function Page() {
  const { t } = useLingui()
  const { api, at, company } = useCompany()
  const { number, entryId } = useParams({ strict: false }) as { number: string; entryId?: string }
  const go = useNavigate()
  const [search] = useSearchState()
  const { years, year, choose } = useYears()
  const query = useInfiniteQuery(options(api, number, search))
  const first = query.data?.pages[0]
  const rows = useMemo(() => rowsOf<AccountLine>(query.data), [query.data])
  const onAuxiliary = useCallback((code: string) => { void go({ to: '.', search: (before: SearchValues) => ({ ...before, tiers: code }), replace: true } as never) }, [go])
  const columns = useAccountColumns(rows, { currency: company.currency, narrow: entryId !== undefined, more: query.hasNextPage, onAuxiliary })
  const parties = useMemo(() => {
    const named = new Map<string, string>(rows.flatMap(({ auxiliary }) => auxiliary ? [[auxiliary.code, `${auxiliary.name} (${auxiliary.code})`] as const] : []))
    const chosen = search['tiers']
    if (chosen && !named.has(chosen)) named.set(chosen, chosen)
    return [...named].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label))
  }, [rows, search])
  const filters = [
    ...(parties.length > 0 ? [{ name: 'tiers', label: t`Third party`, options: parties }] : []),
    { name: 'lettrage', label: t`Lettering`, options: [{ value: 'non', label: t`Not lettered` }] },
  ]
  const filtered = search['tiers'] !== undefined || search['lettrage'] !== undefined
  const title = first ? `${first.account.number} ${first.account.label}` : number
  const back = <CompanyLink to="compta/balance" search={{ exercice: search['exercice'] }}>{t`Trial balance`}</CompanyLink>
  if (query.error && !query.data) return <PageFrame title={number} back={back}><ErrorState error={query.error} onRetry={() => { void query.refetch() }} /></PageFrame>
  return (
    <WithPanel panel={<Outlet />}>
      <PageFrame
        title={title} layout="grid" back={back}
        filters={<div className="flex flex-wrap items-center gap-2"><YearSelect years={years} year={year} onChange={choose} /><FilterChips filters={filters} /></div>}
      >
        <QueryGrid
          label={title} query={query} columns={columns} rowId={(row) => `${row.entryId}:${row.n}`} to={(row) => at(`compta/comptes/${number}/${row.entryId}`)}
          openId={entryId ? rows.filter((row) => row.entryId === entryId).map((row) => `${row.entryId}:${row.n}`)[0] : undefined}
          empty={filtered
            ? <EmptyState title={search['lettrage'] ? t`Everything is lettered` : t`No line for this third party`}>{t`Remove a filter to see the other lines of the account.`}</EmptyState>
            : <EmptyState title={t`No line in this year`}>{t`This account has not moved. Choose another year, or go back to the balance.`}</EmptyState>}
        />
      </PageFrame>
    </WithPanel>
  )
}
