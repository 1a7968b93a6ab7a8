import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Outlet, useParams } from '@tanstack/react-router'
import { Cog } from 'lucide-react'
import { useMemo } from 'react'
import type { Job } from '../../../../contract/operations.ts'
import { jobsListing, useJobColumns } from '../../../features/operations/lists.tsx'
import { isMoving, JOB_ORDER, jobWords } from '../../../features/operations/words.ts'
import { useCompany } from '../../../lib/company.tsx'
import { reading, rowsOf } from '../../../lib/queries.ts'
import { useSay } from '../../../lib/say-text.ts'
import { useSearchState } from '../../../lib/search-state.ts'
import { EmptyState, FilterChips, Page as PageFrame, QueryGrid, RefusedState, WithPanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'
import { useFollow } from './follow.ts'
import { Views } from './views.tsx'

export function load({ api, queries, search, company }: LoadContext): void {
  if (!company.permissions.includes('operation.read')) return
  void queries.prefetchInfiniteQuery(jobsListing(api, search))
  void queries.prefetchQuery(reading(api, '/api/queues'))
}

/** What the server does by itself for this company, one line a job. */
export function Page() {
  const { t, i18n } = useLingui()
  const { api, at, may } = useCompany()
  const say = useSay()
  const { id } = useParams({ strict: false }) as { id?: string }
  const [search] = useSearchState()
  const allowed = may('operation.read')
  const query = useInfiniteQuery({ ...jobsListing(api, search), enabled: allowed })
  const queues = useQuery({ ...reading(api, '/api/queues'), enabled: allowed })
  useFollow(rowsOf<Job>(query.data).some(({ state }) => isMoving(state)), ['/api/jobs', '/api/queues'])
  const columns = useJobColumns(id !== undefined)
  const filters = useMemo(() => [
    { name: 'etat', label: t`Status`, options: JOB_ORDER.map((state) => ({ value: state, label: i18n._(jobWords(state).label) })) },
    { name: 'file', label: t`Queue`, options: (queues.data?.items ?? []).map((queue) => ({ value: queue.name, label: say(queue.title) })) },
  ], [t, i18n, say, queues.data])
  if (!allowed) return <PageFrame title={t`Activity`}><RefusedState /></PageFrame>
  const filtered = search['etat'] !== undefined || search['file'] !== undefined
  return (
    <WithPanel panel={<Outlet />}>
      <PageFrame title={t`Activity`} layout="grid" filters={<div className="space-y-3"><Views /><FilterChips filters={filters} /></div>}>
        <QueryGrid
          label={t`Jobs`} query={query} columns={columns} rowId={(row) => row.id} to={(row) => at(`activite/traitements/${row.id}`)} openId={id}
          empty={filtered
            ? <EmptyState title={t`Nothing matches`}>{t`Remove a filter to see the others.`}</EmptyState>
            : <EmptyState icon={Cog} title={t`No job yet`}>{t`Bank lines that become entries, proposals of matches: what the server does by itself is listed here, with what went wrong and how to try again.`}</EmptyState>}
        />
      </PageFrame>
    </WithPanel>
  )
}
