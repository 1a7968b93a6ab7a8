import { useLingui } from '@lingui/react/macro'
import { TriangleAlert } from 'lucide-react'
import type { BudgetAlert } from '../../../contract/budgets.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { useRefresh } from '../../lib/queries.ts'
import { Button, classes, CompanyLink, DateText } from '../../ui/index.ts'

/** Budgets that crossed a threshold, until someone says it is seen. */
export function AlertList({ alerts }: { readonly alerts: readonly BudgetAlert[] }) {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const refresh = useRefresh(api)
  const dismiss = useAction({ run: (id: string) => api.post('/api/budgets/alerts/:id/dismiss', { params: { id } }), after: () => refresh('/api/budgets/alerts', '/api/budgets/overview') })
  if (alerts.length === 0) return null
  return (
    <ul aria-label={t`Alerts`} className="mx-4 mb-3 divide-y divide-line rounded-lg bg-sunken px-3 desk:mx-6">
      {alerts.map((alert) => (
        <li key={alert.id} className="flex items-center gap-3 py-2">
          <TriangleAlert size={16} aria-hidden className={classes('shrink-0', alert.threshold >= 100 ? 'text-red' : 'text-amber')} />
          <span className="min-w-0 flex-1"><CompanyLink look="bare" to={`banque/budgets/${alert.budgetId}`} className="font-medium hover:underline">{alert.text}</CompanyLink> <DateText day={alert.raisedAt.slice(0, 10)} relative className="text-sm text-muted" /></span>
          {alert.lineId ? <CompanyLink to={`banque/operations/${alert.lineId}`} className="hidden shrink-0 text-sm desk:inline">{t`The line`}</CompanyLink> : null}
          {may('budget.write') ? <Button size="small" tone="quiet" disabled={dismiss.isPending} onClick={() => dismiss.mutate(alert.id)}>{t`Seen`}</Button> : null}
        </li>
      ))}
    </ul>
  )
}
