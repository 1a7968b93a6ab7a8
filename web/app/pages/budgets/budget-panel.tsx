import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Pencil, Trash2 } from 'lucide-react'
import type { BudgetProgress } from '../../../../contract/budgets.ts'
import { BudgetDetail } from '../../../features/budgets/budget-detail.tsx'
import { STATES } from '../../../features/budgets/words.ts'
import { useAction } from '../../../lib/action.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { reading, useRefresh } from '../../../lib/queries.ts'
import { Button, ErrorState, Link, RowsSkeleton, SidePanel, Status } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

export function load({ api, queries, params }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/budgets/:id/progress', { params: { id: params['id']! } }))
}

/** Takes a budget away; taken back, it is written again as it was. */
function useRemove(budget: BudgetProgress['budget'] | undefined, onGone: () => void) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  return useAction({
    run: () => api.delete('/api/budgets/:id', { params: { id: budget!.id } }),
    after: () => { onGone(); return refresh('/api/budgets', '/api/budgets/overview', '/api/budgets/alerts') }, done: () => t`The budget “${budget!.name}” is removed.`,
    undo: () => { const { name, categoryId, period, amount, startsOn, endsOn, carryOver } = budget!; return () => api.post('/api/budgets', { body: { name, categoryId, period, amount: amount.amount, startsOn, endsOn, carryOver } }) },
  })
}

export function Page() {
  const { t, i18n } = useLingui()
  const { api, at, may } = useCompany()
  const { id } = useParams({ strict: false }) as { id: string }
  const go = useNavigate()
  const query = useQuery(reading(api, '/api/budgets/:id/progress', { params: { id } }))
  const close = () => void go({ to: at('banque/budgets') } as never)
  const remove = useRemove(query.data?.budget, close)
  const writes = may('budget.write')
  useShortcuts([{ keys: 'e', label: t`Change the budget`, when: writes && query.data !== undefined, run: () => void go({ to: at(`banque/budgets/${id}/modifier`) } as never) }])
  if (!query.data) {
    return <SidePanel title={t`Budget`} onClose={close}>{query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Budget`} />}</SidePanel>
  }
  const { budget, figures } = query.data
  return (
    <SidePanel
      title={budget.name} aside={<Status tone={STATES[figures.state].tone}>{i18n._(STATES[figures.state].words)}</Status>} onClose={close}
      actions={writes ? <><Button tone="quiet" icon={Trash2} busy={remove.isPending} onClick={() => remove.mutate()}>{t`Remove`}</Button><Link to={at(`banque/budgets/${id}/modifier`)} look={{ button: 'primary' }} icon={Pencil}>{t`Change`}</Link></> : undefined}
    >
      <BudgetDetail progress={query.data} />
    </SidePanel>
  )
}
