import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Customer } from '../../../contract/party.ts'
import { Button, Dialog } from '../../ui/index.ts'
import { CustomerForm } from './customer-form.tsx'
import { emptyFields } from './fields.ts'
import { useCustomerSaving } from './saving.ts'

/** A customer added without leaving what one is writing. */
export function NewCustomerDialog({ name, onClose, onCreated }: { readonly name: string; readonly onClose: () => void; readonly onCreated: (customer: Customer) => void }) {
  const { t } = useLingui()
  const [fields, setFields] = useState(() => emptyFields(name))
  const { save, strict, error, isPending } = useCustomerSaving(fields, { onSaved: onCreated })
  return (
    <Dialog open onClose={onClose} title={t`New customer`} actions={<><Button onClick={onClose}>{t`Cancel`}</Button><Button tone="primary" busy={isPending} onClick={save}>{t`Add the customer`}</Button></>}>
      <form noValidate aria-label={t`New customer`} onSubmit={(event) => { event.preventDefault(); save() }}>
        <CustomerForm fields={fields} onChange={setFields} strict={strict} error={error} isNew />
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
