import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { BankAccount, NewBankLine } from '../../../contract/banking.ts'
import { minorOf } from '../../lib/amounts.ts'
import { todayHere } from '../../lib/format.ts'
import { AmountField, Button, DateField, Dialog, ProblemNote, SelectField, TextField } from '../../ui/index.ts'

/** A line written by hand, in an account that no file feeds, such as a cash box. */
export function NewLineDialog({ account, error, busy, onSave, onClose }: { readonly account: BankAccount; readonly error: unknown; readonly busy: boolean; readonly onSave: (line: NewBankLine) => void; readonly onClose: () => void }) {
  const { t } = useLingui()
  const [bookedOn, setBookedOn] = useState<string>(todayHere())
  const [label, setLabel] = useState('')
  const [amount, setAmount] = useState('')
  const [goesOut, setGoesOut] = useState(true)
  const isReady = bookedOn !== '' && label.trim() !== '' && amount !== '' && minorOf(amount, account.currency) > 0n
  const save = () => { if (isReady) onSave({ accountId: account.id, bookedOn, label: label.trim(), amount: goesOut ? `-${amount}` : amount }) }
  return (
    <Dialog open onClose={onClose} title={t`Write a line`} description={account.name} actions={<><Button onClick={onClose}>{t`Cancel`}</Button><Button tone="primary" type="submit" form="new-line" busy={busy} disabled={!isReady}>{t`Write it`}</Button></>}>
      <form id="new-line" className="grid grid-cols-2 gap-3" onSubmit={(event) => { event.preventDefault(); save() }}>
        {error ? <div className="col-span-2"><ProblemNote error={error} /></div> : null}
        <TextField label={t`Label`} className="col-span-2" autoFocus maxLength={500} value={label} onChange={(event) => setLabel(event.target.value)} />
        <DateField label={t`Date`} value={bookedOn} onChange={setBookedOn} />
        <div className="grid grid-cols-[6.5rem_1fr] gap-2">
          <SelectField label={t`Direction`} value={goesOut ? 'out' : 'in'} onChange={(event) => setGoesOut(event.target.value === 'out')} options={[{ value: 'out', label: t`goes out` }, { value: 'in', label: t`comes in` }]} />
          <AmountField label={t`Amount`} currency={account.currency} value={amount} onChange={(text) => setAmount(text?.replace('-', '') ?? '')} />
        </div>
      </form>
    </Dialog>
  )
}
