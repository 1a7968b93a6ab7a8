import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Pencil, Trash2 } from 'lucide-react'
import { GoalDetail } from '../../../features/goals/goal-detail.tsx'
import { STATES } from '../../../features/goals/words.ts'
import { useAction } from '../../../lib/action.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { reading, useRefresh } from '../../../lib/queries.ts'
import { Button, Confirm, ErrorState, Link, RowsSkeleton, SidePanel, Status } from '../../../ui/index.ts'
import { useState } from 'react'
import type { LoadContext } from '../../page-module.ts'

export function load({ api, queries, params }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/goals/:id', { params: { id: params['id']! } }))
}

export function Page() {
  const { t, i18n } = useLingui()
  const { api, at, may } = useCompany()
  const { id } = useParams({ strict: false }) as { id: string }
  const go = useNavigate()
  const refresh = useRefresh(api)
  const [asking, setAsking] = useState(false)
  const query = useQuery(reading(api, '/api/goals/:id', { params: { id } }))
  const goal = query.data
  const close = () => void go({ to: at('banque/objectifs'), search: true } as never)
  const remove = useAction({ run: () => api.delete('/api/goals/:id', { params: { id } }), after: () => { close(); return refresh('/api/goals') }, done: () => t`The goal “${goal!.name}” is removed.` })
  const writes = may('budget.write')
  useShortcuts([{ keys: 'e', label: t`Change the goal`, when: writes && goal !== undefined, run: () => void go({ to: at(`banque/objectifs/${id}/modifier`), search: true } as never) }])
  if (!goal) return <SidePanel title={t`Goal`} onClose={close}>{query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Goal`} />}</SidePanel>
  return (
    <SidePanel
      title={goal.name} aside={<Status tone={STATES[goal.state].tone}>{i18n._(STATES[goal.state].words)}</Status>} onClose={close}
      actions={writes ? <><Button tone="quiet" icon={Trash2} onClick={() => setAsking(true)}>{t`Remove`}</Button><Link to={at(`banque/objectifs/${id}/modifier`)} look={{ button: 'primary' }} icon={Pencil}>{t`Change`}</Link></> : undefined}
    >
      <GoalDetail key={id} goal={goal} />
      <Confirm open={asking} onClose={() => setAsking(false)} title={t`Remove the goal “${goal.name}”?`} description={t`What was noted by hand goes with it and cannot be had back. The accounts and their lines stay.`} confirm={t`Remove`} tone="danger" busy={remove.isPending} onConfirm={() => remove.mutate()} />
    </SidePanel>
  )
}
