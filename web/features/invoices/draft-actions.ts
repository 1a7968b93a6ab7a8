import { useLingui } from '@lingui/react/macro'
import type { Invoice } from '../../../contract/invoicing.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { useRefresh } from '../../lib/queries.ts'
import { requestAgain } from './draft.ts'

/** Removes a draft at once; the way back writes it again. */
export function useRemoveDraft(onRemoved: () => void) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  return useAction({
    run: async (invoice: Invoice) => {
      await api.delete('/api/invoices/sales/:id', { params: { id: invoice.id } })
      onRemoved()
    },
    after: () => refresh('/api/invoices/sales', '/api/summary'),
    done: () => t`Draft removed.`,
    undo: (_, invoice) => () => api.post('/api/invoices/sales', { body: requestAgain(invoice) }),
  })
}
