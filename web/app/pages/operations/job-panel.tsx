import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { JobActions, JobDetail } from '../../../features/operations/job-detail.tsx'
import { JobStatus } from '../../../features/operations/lists.tsx'
import { isMoving } from '../../../features/operations/words.ts'
import { useCompany } from '../../../lib/company.tsx'
import { reading } from '../../../lib/queries.ts'
import { useSay } from '../../../lib/say-text.ts'
import { ErrorState, RowsSkeleton, SidePanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'
import { useFollow } from './follow.ts'

export function load({ api, queries, params }: LoadContext): void {
  void queries.prefetchQuery(reading(api, '/api/jobs/:id', { params: { id: params['id']! } }))
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const say = useSay()
  const go = useNavigate()
  const { id } = useParams({ strict: false }) as { id: string }
  const query = useQuery({ ...reading(api, '/api/jobs/:id', { params: { id } }), enabled: may('operation.read') })
  const job = query.data
  useFollow(job !== undefined && isMoving(job.state), ['/api/jobs/:id'])
  if (!may('operation.read')) return null
  return (
    <SidePanel
      title={job ? say(job.title) : t`Job`} aside={job ? <JobStatus state={job.state} /> : undefined} onClose={() => void go({ to: at('activite/traitements'), search: true } as never)}
      actions={job?.mayRetry && may('operation.run') ? <JobActions key={job.id} job={job} /> : undefined}
    >
      {job ? <JobDetail job={job} /> : query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={5} />}
    </SidePanel>
  )
}
