import { useLingui } from '@lingui/react/macro'
import { useRef, useState } from 'react'
import type { Customer } from '../../../contract/party.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { useRefresh } from '../../lib/queries.ts'
import { faultsOf, newCustomerOf, patchOf, type CustomerFields } from './fields.ts'

/** Adds or changes a customer. A second press while the first is under way does nothing. */
export function useCustomerSaving(fields: CustomerFields, options: { readonly customer?: Customer | undefined; readonly onSaved: (customer: Customer) => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const [strict, setStrict] = useState(false)
  const running = useRef(false)
  const { customer } = options
  const action = useAction({
    run: (given: CustomerFields) => customer
      ? api.patch('/api/customers/:id', { params: { id: customer.id }, body: patchOf(given), version: customer.version })
      : api.post('/api/customers', { body: newCustomerOf(given) }),
    after: () => refresh('/api/customers', '/api/customers/:id', '/api/invoices/sales'),
    done: (saved) => customer ? t`Customer saved.` : t`${saved.name} is now a customer.`, quiet: true,
  })
  const save = () => {
    setStrict(true)
    if (running.current || Object.keys(faultsOf(fields)).length > 0) return
    running.current = true
    action.mutate(fields, { onSuccess: options.onSaved, onSettled: () => { running.current = false } })
  }
  return { save, strict, error: action.error, isPending: action.isPending }
}
