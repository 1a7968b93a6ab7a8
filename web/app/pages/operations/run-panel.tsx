import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { RunStatus } from '../../../features/operations/lists.tsx'
import { RunActions, RunDetail } from '../../../features/operations/run-detail.tsx'
import { isMoving } from '../../../features/operations/words.ts'
import { useCompany } from '../../../lib/company.tsx'
import { reading } from '../../../lib/queries.ts'
import { useSay } from '../../../lib/say-text.ts'
import { ErrorState, RowsSkeleton, SidePanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'
import { useFollow } from './follow.ts'

export function load({ api, queries, params }: LoadContext): void {
  void queries.prefetchQuery(reading(api, '/api/workflow/:id', { params: { id: params['id']! } }))
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const say = useSay()
  const go = useNavigate()
  const { id } = useParams({ strict: false }) as { id: string }
  const query = useQuery({ ...reading(api, '/api/workflow/:id', { params: { id } }), enabled: may('operation.read') })
  const run = query.data
  useFollow(run !== undefined && isMoving(run.state), ['/api/workflow/:id'])
  if (!may('operation.read')) return null
  return (
    <SidePanel
      title={run ? say(run.title) : t`Workflow`} aside={run ? <RunStatus state={run.state} /> : undefined} onClose={() => void go({ to: at('activite'), search: true } as never)}
      actions={run && may('operation.run') && (run.mayRetry || run.mayCancel) ? <RunActions key={run.id} run={run} /> : undefined}
    >
      {run ? <RunDetail key={run.id} run={run} /> : query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={5} />}
    </SidePanel>
  )
}
