import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Repeat } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import type { Recurring } from '../../../../contract/analytics.ts'
import { useRecurringColumns } from '../../../features/recurring/columns.tsx'
import { byNextDay } from '../../../features/recurring/words.ts'
import { useAction } from '../../../lib/action.ts'
import type { Api } from '../../../lib/api.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { linesSearch } from '../../../lib/lines-search.ts'
import { listing, rowsOf, useRefresh } from '../../../lib/queries.ts'
import { useSearchState, type SearchValues } from '../../../lib/search-state.ts'
import { CompanyLink, DataGrid, EmptyState, ErrorState, FilterChips, Money, moreOf, Page as PageFrame, RowsSkeleton } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

const LIMIT = 200

function options(api: Api, search: SearchValues) {
  const direction = search['sens'] === 'sortie' ? 'out' as const : search['sens'] === 'entree' ? 'in' as const : undefined
  const state = search['etat'] === 'ended' || search['etat'] === 'all' ? search['etat'] : undefined
  return listing(api, '/api/analytics/recurring', { query: { limit: LIMIT, ...(direction ? { direction } : {}), ...(state ? { state } : {}), ...(search['etat'] === 'dismissed' ? { dismissed: true } : {}) } })
}

export function load({ api, queries, search }: LoadContext) {
  void queries.prefetchInfiniteQuery(options(api, search))
}

/** What a person says of one: it does come back, or it does not. Said at once, taken back for ten seconds. */
function useDecision() {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const send = (id: string, decision: Recurring['decision']) => api.put('/api/analytics/recurring/:id', { params: { id }, body: { decision } })
  return useAction({
    run: ({ row, decision }: { readonly row: Recurring; readonly decision: 'confirmed' | 'dismissed' }) => send(row.id, decision),
    after: () => refresh('/api/analytics/recurring'),
    done: (_, { row, decision }) => (decision === 'confirmed' ? t`“${row.name}” is confirmed.` : t`“${row.name}” is set aside.`),
    undo: (_, { row }) => () => send(row.id, row.decision),
  })
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const [search] = useSearchState()
  const query = useInfiniteQuery(options(api, search))
  const rows = useMemo(() => byNextDay(rowsOf<Recurring>(query.data)), [query.data])
  const go = useNavigate()
  const [active, setActive] = useState<Recurring>()
  const { mutate: decide } = useDecision()
  const writes = may('budget.write')
  const onDecide = useCallback((row: Recurring, decision: 'confirmed' | 'dismissed') => decide({ row, decision }), [decide])
  const columns = useRecurringColumns(writes ? onDecide : undefined)
  const chosen = active && rows.find(({ id }) => id === active.id)
  useShortcuts([
    { keys: 'c', label: t`Confirm: it does come back`, group: t`Recurring`, when: writes && chosen !== undefined, run: () => onDecide(chosen!, 'confirmed') },
    { keys: 'i', label: t`Set aside: it does not come back`, group: t`Recurring`, when: writes && chosen !== undefined, run: () => onDecide(chosen!, 'dismissed') },
  ])
  const monthly = query.data?.pages[0]?.monthly
  const narrowed = Boolean(search['sens'] || search['etat'])
  return (
    <PageFrame
      title={t`Recurring`} layout="grid"
      aside={monthly && monthly.count > 0 ? <span className="text-sm text-muted"><Trans>each month <Money value={monthly.spending} className="text-ink" /> out, <Money value={monthly.income} className="text-ink" /> in</Trans></span> : null}
      filters={<FilterChips filters={[
        { name: 'sens', label: t`Direction`, options: [{ value: 'sortie', label: t`goes out` }, { value: 'entree', label: t`comes in` }] },
        { name: 'etat', label: t`State`, options: [{ value: 'ended', label: t`ended` }, { value: 'all', label: t`all` }, { value: 'dismissed', label: t`set aside` }] },
      ]}
      />}
    >
      {query.data === undefined ? (query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Recurring`} />)
        : rows.length === 0 ? (
          <EmptyState icon={Repeat} title={narrowed ? t`Nothing recurring here` : t`Nothing recurring yet`} action={narrowed ? <CompanyLink to="banque/recurrences" look={{ button: 'plain' }}>{t`See every one`}</CompanyLink> : undefined}>
            {t`What comes back (rent, subscriptions, taxes, a customer who pays each month) is found by itself after a few times, with its next date. Rises in price and missed payments are told here.`}
          </EmptyState>
        )
        : <DataGrid label={t`Recurring`} rows={rows} columns={columns} rowId={(row) => row.id} onOpen={(row) => void go({ to: at('banque/operations'), search: linesSearch(row.query) } as never)} onActive={setActive} more={moreOf(query)} />}
    </PageFrame>
  )
}
