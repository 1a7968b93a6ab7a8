import { useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Scale } from 'lucide-react'
import { useMemo } from 'react'
import { BalanceGrid } from '../../../features/ledger/balance-grid.tsx'
import { balanceItems, type BalanceItem } from '../../../features/ledger/balance-rows.ts'
import { CLASS_LABELS } from '../../../features/ledger/class-labels.ts'
import { useYears, YearSelect } from '../../../features/ledger/years.tsx'
import { isNegative } from '../../../lib/amounts.ts'
import { useCompany } from '../../../lib/company.tsx'
import { formatDay, formatMonth, todayHere } from '../../../lib/format.ts'
import { usePreferences } from '../../../lib/preferences.ts'
import { reading } from '../../../lib/queries.ts'
import { useSearchState, type SearchValues } from '../../../lib/search-state.ts'
import { CompanyLink, EmptyState, ErrorState, FilterChips, Money, Page as PageFrame, Popover, RowsSkeleton } from '../../../ui/index.ts'
import type { TrialBalance } from '../../../../contract/ledger.ts'
import type { Api } from '../../../lib/api.ts'
import type { LoadContext } from '../../page-module.ts'

const options = (api: Api, search: SearchValues) => reading(api, '/api/ledger/balance', { query: { ...(search['exercice'] ? { fiscalYearId: search['exercice'] } : {}), ...(search['au'] ? { to: search['au'] } : {}) } })

export function load({ api, queries, search }: LoadContext) {
  void queries.prefetchQuery(options(api, search))
  void queries.prefetchQuery(reading(api, '/api/ledger/fiscal-years'))
}

/** The result of the year, and how it is made. */
function Result({ balance }: { readonly balance: TrialBalance }) {
  const { t } = useLingui()
  const loss = isNegative(balance.result)
  const value = { amount: balance.result.replace('-', ''), currency: balance.currency }
  return (
    <Popover
      title={t`How the result is made`}
      trigger={<button type="button" className="rounded-md px-1.5 py-0.5 text-sm hover:bg-sunken"><span className="text-muted">{loss ? t`Loss` : t`Profit`}</span> <Money value={value} className="font-semibold" /></button>}
    >
      <p className="text-muted">{t`Income (class 7) less charges (class 6), from ${formatDay(balance.from)} to ${formatDay(balance.to)}. Each account opens.`}</p>
    </Popover>
  )
}

function useFilters(periods: readonly { startsOn: string; endsOn: string }[]) {
  const { t, i18n } = useLingui()
  const { locale } = usePreferences()
  return useMemo(() => [
    { name: 'classe', label: t`Class`, options: Object.entries(CLASS_LABELS).map(([digit, label]) => ({ value: digit, label: `${digit} · ${i18n._(label)}` })) },
    { name: 'au', label: t`Until the end of`, options: periods.filter(({ startsOn }) => startsOn <= todayHere()).map(({ startsOn, endsOn }) => ({ value: endsOn, label: formatMonth(startsOn, locale) })) },
  ], [t, i18n, locale, periods])
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const go = useNavigate()
  const [search, setSearch] = useSearchState()
  const { years, year, choose } = useYears()
  const query = useQuery({ ...options(api, search), placeholderData: keepPreviousData })
  const filters = useFilters(year?.periods ?? [])
  const items = useMemo(() => query.data ? balanceItems(query.data, { classDigit: search['classe'], search: search['q'] }) : [], [query.data, search])
  const carry = useMemo(() => ({ exercice: search['exercice'] }), [search])
  const open = (item: BalanceItem) => {
    if (item.kind === 'class') setSearch({ classe: search['classe'] === item.digit ? undefined : item.digit })
    else void go({ to: at(`compta/comptes/${item.account}`), search: carry } as never)
  }
  const empty = search['q'] || search['classe']
    ? <EmptyState title={t`No account matches`} action={<CompanyLink to="compta/balance" look={{ button: 'plain' }}>{t`See every account`}</CompanyLink>}>{t`Search by the start of a number or by words.`}</EmptyState>
    : <EmptyState icon={Scale} title={t`No entry in this year yet`} action={<>
      {may('ledger.draft') ? <CompanyLink to="compta/journal/nouvelle" look={{ button: 'primary' }}>{t`Write an entry`}</CompanyLink> : null}
      {may('ledger.import') ? <CompanyLink to="compta/exercices" look={{ button: 'plain' }}>{t`Import a FEC`}</CompanyLink> : null}
    </>}>{t`The balance builds itself from entries: invoices issued, bank lines, entries written by hand or a FEC brought in.`}</EmptyState>
  return (
    <PageFrame
      title={t`Trial balance`} layout="grid" aside={query.data && query.data.rows.length > 0 ? <Result balance={query.data} /> : null}
      filters={<div className="flex flex-wrap items-center gap-2"><YearSelect years={years} year={year} onChange={choose} /><FilterChips filters={filters} search={{ name: 'q', label: t`Number or words` }} /></div>}
    >
      {query.data ? (items.length > 0 ? <BalanceGrid items={items} balance={query.data} carry={carry} onOpen={open} /> : empty)
        : query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={16} label={t`Trial balance`} />}
    </PageFrame>
  )
}
