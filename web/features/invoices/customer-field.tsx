import { useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useDeferredValue, useState, type ReactNode } from 'react'
import type { Customer } from '../../../contract/party.ts'
import { useCompany } from '../../lib/company.tsx'
import { reading } from '../../lib/queries.ts'
import { Button, ComboField } from '../../ui/index.ts'

export type NewCustomerProps = { readonly name: string; readonly onClose: () => void; readonly onCreated: (customer: Customer) => void }
export type CustomerFieldProps = {
  readonly value: Customer | null
  readonly onChange: (customer: Customer | null) => void
  readonly error: string | undefined
  /** The form that adds a customer without leaving the invoice; it belongs to the customers' own part. */
  readonly newCustomer: (props: NewCustomerProps) => ReactNode
}

/** The customer, found by name, code or SIREN as one types, or added on the spot. */
export function CustomerField({ value, onChange, error, newCustomer }: CustomerFieldProps) {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const [text, setText] = useState('')
  const [adding, setAdding] = useState(false)
  const search = useDeferredValue(text.trim())
  const query = useQuery({ ...reading(api, '/api/customers', { query: { limit: 30, ...(search ? { search } : {}) } }), placeholderData: keepPreviousData })
  const found = query.data?.items ?? []
  const optionOf = (customer: Customer) => ({ value: customer.id, label: customer.name, detail: [customer.code, customer.city].filter(Boolean).join(' · ') })
  return (
    <>
      <ComboField
        label={t`Customer`} placeholder={t`Name, code or SIREN`} error={error} value={value ? optionOf(value) : null} options={found.map(optionOf)} onSearch={setText} loading={query.isFetching}
        onChange={(option) => onChange(option ? found.find(({ id }) => id === option.value) ?? value : null)}
        footer={may('customer.write') ? <Button size="small" tone="quiet" icon={Plus} className="w-full justify-start" onMouseDown={(event) => event.preventDefault()} onClick={() => setAdding(true)}>{search ? t`New customer “${search}”` : t`New customer`}</Button> : undefined}
        hint={value ? (value.paymentDays === 0 ? t`Pays on receipt` : t`Pays in ${value.paymentDays} days`) : may('customer.write') ? <button type="button" className="text-accent underline-offset-2 hover:underline" onClick={() => setAdding(true)}>{t`Add a customer`}</button> : undefined}
      />
      {adding ? newCustomer({ name: search, onClose: () => setAdding(false), onCreated: (customer) => { setAdding(false); onChange(customer) } }) : null}
    </>
  )
}
