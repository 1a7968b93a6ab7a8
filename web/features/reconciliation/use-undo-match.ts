import { useLingui } from '@lingui/react/macro'
import type { Match } from '../../../contract/reconciliation.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { useRefresh } from '../../lib/queries.ts'

/** Takes a match back. What it did can be done again, by the same allocations: that is the undo of the undo. */
export function useUndoMatch() {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  return useAction<Match, Match>({
    run: (match) => api.post('/api/reconciliation/matches/:id/undo', { params: { id: match.id } }),
    after: () => refresh(),
    done: (match) => t`Reconciliation undone: ${match.allocations.map(({ number }) => number).join(', ')} owes again.`,
    undo: (_, match) => () => api.post('/api/reconciliation/matches', {
      body: {
        lineId: match.lineId, allocations: match.allocations.map(({ invoiceId, amount }) => ({ invoiceId, amount: amount.amount })),
        residual: match.residual && { amount: match.residual.amount.amount, account: match.residual.account },
      },
    }),
  })
}
