import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Outlet, useLocation, useNavigate, useParams } from '@tanstack/react-router'
import { Plus, Target } from 'lucide-react'
import { useState } from 'react'
import type { Goal } from '../../../../contract/goals.ts'
import { useGoalColumns } from '../../../features/goals/columns.tsx'
import type { Api } from '../../../lib/api.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { listing } from '../../../lib/queries.ts'
import { useSearchState, type SearchValues } from '../../../lib/search-state.ts'
import { CompanyLink, EmptyState, FilterChips, Link, Page as PageFrame, QueryGrid, WithPanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

const STATES = ['open', 'reached'] as const
const options = (api: Api, search: SearchValues) => { const state = STATES.find((one) => one === search['etat']); return listing(api, '/api/goals', { query: state ? { state } : {} }) }

export function load({ api, queries, search }: LoadContext) {
  void queries.prefetchInfiniteQuery(options(api, search))
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const go = useNavigate()
  const { id } = useParams({ strict: false }) as { id?: string }
  const [search] = useSearchState()
  const panelOpen = useLocation({ select: ({ pathname }) => !pathname.endsWith('/objectifs') })
  const query = useInfiniteQuery(options(api, search))
  const [active, setActive] = useState<Goal>()
  const columns = useGoalColumns({ narrow: panelOpen })
  const writes = may('budget.write')
  useShortcuts([
    { keys: 'n', label: t`New goal`, group: t`Goals`, when: writes, run: () => void go({ to: at('banque/objectifs/nouveau') } as never) },
    { keys: 'e', label: t`Change the goal`, group: t`Goals`, when: writes && active !== undefined, run: () => void go({ to: at(`banque/objectifs/${active!.id}/modifier`), search: true } as never) },
  ])
  const add = writes ? <Link to={at('banque/objectifs/nouveau')} look={{ button: 'primary' }} icon={Plus}>{t`New goal`}</Link> : null
  const empty = search['etat']
    ? <EmptyState icon={Target} title={t`No goal here`} action={<CompanyLink to="banque/objectifs" look={{ button: 'plain' }}>{t`See every goal`}</CompanyLink>}>{t`Remove the filter to see the others.`}</EmptyState>
    : <EmptyState icon={Target} title={t`No goal yet`} action={add}>{t`A machine, a reserve, the tax of next year: say how much and by when. You see what to put aside each month, and the day you get there at the present pace.`}</EmptyState>
  const isEmpty = query.data?.pages[0]?.items.length === 0 && !search['etat']
  return (
    <WithPanel panel={<Outlet />}>
      <PageFrame title={t`Goals`} layout="grid" actions={isEmpty ? null : add} filters={isEmpty ? undefined : <FilterChips filters={[{ name: 'etat', label: t`State`, options: [{ value: 'open', label: t`under way` }, { value: 'reached', label: t`reached` }] }]} />}>
        <QueryGrid label={t`Goals`} query={query} columns={columns} rowId={(row) => row.id} to={(row) => at(`banque/objectifs/${row.id}`)} openId={id} onActive={setActive} empty={empty} />
      </PageFrame>
    </WithPanel>
  )
}
