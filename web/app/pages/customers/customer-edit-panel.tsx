import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Customer } from '../../../../contract/party.ts'
import { CustomerForm } from '../../../features/customers/customer-form.tsx'
import { emptyFields, fieldsOf } from '../../../features/customers/fields.ts'
import { useCustomerSaving } from '../../../features/customers/saving.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { reading } from '../../../lib/queries.ts'
import { Button, ErrorState, RefusedState, RowsSkeleton, SidePanel } from '../../../ui/index.ts'

function Editor({ customer }: { readonly customer?: Customer | undefined }) {
  const { t } = useLingui()
  const { at } = useCompany()
  const go = useNavigate()
  const open = (id?: string) => void go({ to: at(id ? `ventes/clients/${id}` : 'ventes/clients'), search: true } as never)
  const [fields, setFields] = useState(() => customer ? fieldsOf(customer) : emptyFields())
  const { save, strict, error, isPending } = useCustomerSaving(fields, { customer, onSaved: (saved) => open(saved.id) })
  const close = () => open(customer?.id)
  useShortcuts([{ keys: 'Mod+Enter', label: t`Save the customer`, run: save }, { keys: 'Mod+s', run: save }])
  return (
    <SidePanel title={customer?.name ?? t`New customer`} onClose={close} actions={<><Button onClick={close}>{t`Cancel`}</Button><Button tone="primary" busy={isPending} onClick={save}>{customer ? t`Save` : t`Add the customer`}</Button></>}>
      <form noValidate aria-label={t`Customer`} onSubmit={(event) => { event.preventDefault(); save() }}>
        <CustomerForm fields={fields} onChange={setFields} strict={strict} error={error} isNew={!customer} />
        <button type="submit" hidden />
      </form>
    </SidePanel>
  )
}

function Existing({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const { api, at } = useCompany()
  const go = useNavigate()
  const query = useQuery({ ...reading(api, '/api/customers/:id', { params: { id } }), refetchOnWindowFocus: false })
  if (query.data) return <Editor key={id} customer={query.data} />
  return (
    <SidePanel title={t`Customer`} onClose={() => void go({ to: at('ventes/clients'), search: true } as never)}>
      {query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={6} />}
    </SidePanel>
  )
}

/** A new customer, or an existing one when the address names it. */
export function Page() {
  const { t } = useLingui()
  const { at, may } = useCompany()
  const go = useNavigate()
  const { id } = useParams({ strict: false }) as { id?: string }
  if (!may('customer.write')) return <SidePanel title={t`Customer`} onClose={() => void go({ to: at('ventes/clients') } as never)}><RefusedState /></SidePanel>
  return id ? <Existing id={id} /> : <Editor />
}
