import { useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ChartColumn } from 'lucide-react'
import type { AnalyticsQuery } from '../../../../contract/analytics.ts'
import { BreakdownView } from '../../../features/analytics/breakdown.tsx'
import { CategoryParts, MerchantParts } from '../../../features/analytics/breakdown-parts.tsx'
import { Figures } from '../../../features/analytics/figures.tsx'
import { Notes } from '../../../features/analytics/notes.tsx'
import { PeriodChips } from '../../../features/analytics/period-chips.tsx'
import { periodOf, queryOf } from '../../../features/analytics/period.ts'
import { yearTo } from '../../../features/analytics/running.ts'
import { CategoryTrend, FlowTrend } from '../../../features/analytics/trends.tsx'
import type { Api } from '../../../lib/api.ts'
import { useCategories } from '../../../lib/categories.ts'
import { useCompany } from '../../../lib/company.tsx'
import { todayHere } from '../../../lib/format.ts'
import { reading } from '../../../lib/queries.ts'
import { useSearchState, type SearchValues } from '../../../lib/search-state.ts'
import { CompanyLink, DateText, EmptyState, ErrorState, FilterChips, Page as PageFrame, PageSkeleton, Tabs } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

const VIEWS = ['ensemble', 'depenses', 'recettes'] as const
type View = (typeof VIEWS)[number]
const MERCHANTS_LIMIT = 12

const viewOf = (search: SearchValues): View => VIEWS.find((one) => one === search['vue']) ?? 'ensemble'

/** What an address asks of the API: the period, the account, the category. */
function askedOf(search: SearchValues): { readonly filters: Pick<AnalyticsQuery, 'accountId' | 'categoryId'>; readonly query: AnalyticsQuery; readonly year: AnalyticsQuery } {
  const period = periodOf(search, todayHere())
  const category = search['categorie'] === 'aucune' ? 'uncategorised' : search['categorie']
  const filters = { ...(search['compte'] ? { accountId: search['compte'] } : {}), ...(category ? { categoryId: category } : {}) }
  return { filters, query: { ...queryOf(period), ...filters }, year: { ...yearTo(period.to), ...filters } }
}

const merchantsOf = (api: Api, query: AnalyticsQuery, direction: 'in' | 'out') => reading(api, '/api/analytics/top-merchants', { query: { ...query, direction, limit: MERCHANTS_LIMIT } })

export function load({ api, queries, search }: LoadContext) {
  const { query, year } = askedOf(search)
  const view = viewOf(search)
  if (view === 'ensemble') {
    void queries.prefetchQuery(reading(api, '/api/analytics/overview', { query }))
    void queries.prefetchQuery(reading(api, '/api/analytics/trends', { query: year }))
  } else {
    void queries.prefetchQuery(reading(api, view === 'depenses' ? '/api/analytics/spending' : '/api/analytics/income', { query }))
    void queries.prefetchQuery(merchantsOf(api, query, view === 'depenses' ? 'out' : 'in'))
  }
}

function Overall({ search }: { readonly search: SearchValues }) {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const { query, year } = askedOf(search)
  const overview = useQuery({ ...reading(api, '/api/analytics/overview', { query }), placeholderData: keepPreviousData })
  const trends = useQuery({ ...reading(api, '/api/analytics/trends', { query: year }), placeholderData: keepPreviousData })
  const error = overview.error ?? trends.error
  if (!overview.data || !trends.data) return error ? <ErrorState error={error} onRetry={() => { void overview.refetch(); void trends.refetch() }} /> : <PageSkeleton />
  const { currency } = overview.data
  const importing = may('bank.import') ? <CompanyLink to="banque/import" look={{ button: 'primary' }}>{t`Import a statement`}</CompanyLink> : undefined
  if (overview.data.balance.accounts === 0) return <EmptyState icon={ChartColumn} title={t`Your analyses will be here`} action={importing}>{t`They are drawn from your bank lines: what comes in, what goes out, and on what.`}</EmptyState>
  return (
    <div>
      <Figures overview={overview.data} />
      <div className="py-6"><FlowTrend trends={trends.data} /></div>
      <div className="grid gap-x-12 gap-y-8 border-t border-line py-6 wide:grid-cols-2">
        <CategoryParts label={t`Largest spending`} currency={currency} figures={overview.data.topCategories} tone={2} />
        <MerchantParts label={t`Largest merchants`} currency={currency} figures={overview.data.topMerchants} tone={2} />
      </div>
      <div className="grid gap-x-12 gap-y-8 border-t border-line py-6 wide:grid-cols-2"><CategoryTrend trends={trends.data} /><Notes overview={overview.data} /></div>
    </div>
  )
}

function OneWay({ search, direction }: { readonly search: SearchValues; readonly direction: 'in' | 'out' }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const { query } = askedOf(search)
  const breakdown = useQuery({ ...reading(api, direction === 'out' ? '/api/analytics/spending' : '/api/analytics/income', { query }), placeholderData: keepPreviousData })
  const merchants = useQuery({ ...merchantsOf(api, query, direction), placeholderData: keepPreviousData })
  const error = breakdown.error ?? merchants.error
  if (!breakdown.data || !merchants.data) return error ? <ErrorState error={error} onRetry={() => { void breakdown.refetch(); void merchants.refetch() }} /> : <PageSkeleton />
  if (breakdown.data.total.lines === 0) return <EmptyState icon={ChartColumn} title={direction === 'out' ? t`Nothing went out in this period` : t`Nothing came in in this period`}>{t`Choose a longer period, or remove a filter.`}</EmptyState>
  return <BreakdownView breakdown={breakdown.data} merchants={merchants.data} direction={direction} />
}

/** Where the money comes from and goes, over a period, against the one before. */
export function Page() {
  const { t } = useLingui()
  const { api } = useCompany()
  const [search, setSearch] = useSearchState()
  const accounts = useQuery(reading(api, '/api/accounts')).data?.items ?? []
  const { choices } = useCategories()
  const period = periodOf(search, todayHere())
  return (
    <PageFrame
      title={t`Analyses`} aside={<span className="text-sm text-muted"><DateText day={period.from} /> – <DateText day={period.to} /></span>}
      filters={
        <div className="flex flex-wrap items-center gap-2">
          <PeriodChips period={period} />
          <FilterChips filters={[
            ...(accounts.length > 1 ? [{ name: 'compte', label: t`Account`, options: accounts.map(({ id, name }) => ({ value: id, label: name })) }] : []),
            { name: 'categorie', label: t`Category`, options: [{ value: 'aucune', label: t`without a category` }, ...choices] },
          ]}
          />
        </div>
      }
    >
      <Tabs
        label={t`What is looked at`} value={viewOf(search)} onChange={(view) => setSearch({ vue: view === 'ensemble' ? undefined : view })}
        tabs={[
          { value: 'ensemble', label: t`Overview`, content: viewOf(search) === 'ensemble' ? <Overall search={search} /> : null },
          { value: 'depenses', label: t`Spending`, content: viewOf(search) === 'depenses' ? <OneWay search={search} direction="out" /> : null },
          { value: 'recettes', label: t`Earnings`, content: viewOf(search) === 'recettes' ? <OneWay search={search} direction="in" /> : null },
        ]}
      />
    </PageFrame>
  )
}
