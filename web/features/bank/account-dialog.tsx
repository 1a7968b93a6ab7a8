import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AccountType, BankAccount, NewBankAccount } from '../../../contract/banking.ts'
import { useCompany } from '../../lib/company.tsx'
import { todayHere } from '../../lib/format.ts'
import { isApiProblem } from '../../lib/problem.ts'
import { reading } from '../../lib/queries.ts'
import { AmountField, Button, Checkbox, DateField, Dialog, ProblemNote, SelectField, TextField } from '../../ui/index.ts'
import { ACCOUNT_TYPES, useAccountType } from './account-words.tsx'

const CURRENCIES = ['EUR', 'USD', 'CAD', 'CHF', 'GBP'] as const
export type AccountFields = { readonly name: string; readonly iban: string; readonly type: AccountType; readonly currency: string; readonly institutionId: string; readonly manual: boolean; readonly openingOn: string; readonly opening: string }

const NEW: AccountFields = { name: '', iban: '', type: 'current', currency: 'EUR', institutionId: '', manual: false, openingOn: todayHere(), opening: '' }

/** What is sent: what is empty is said to be unknown, and an opening balance only when it was typed. */
export function accountOf(fields: AccountFields, isNew: boolean): NewBankAccount {
  const iban = fields.iban.replace(/\s/g, '')
  const opening = fields.opening === '' || fields.openingOn === '' ? {} : { opening: { on: fields.openingOn, amount: fields.opening } }
  return { name: fields.name.trim(), iban: iban === '' ? null : iban, institutionId: fields.institutionId === '' ? null : fields.institutionId, manual: fields.manual, ...opening, ...(isNew ? { type: fields.type, currency: fields.currency } : {}) }
}

/** An account made by hand, or its name, its IBAN and its bank changed. Its kind and its currency are settled once. */
export function AccountDialog({ account, error, busy, onSave, onClose }: { readonly account: BankAccount | undefined; readonly error: unknown; readonly busy: boolean; readonly onSave: (fields: NewBankAccount) => void; readonly onClose: () => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const typeWords = useAccountType()
  const banks = useQuery(reading(api, '/api/institutions')).data?.items ?? []
  const [fields, setFields] = useState<AccountFields>(() => account ? { ...NEW, name: account.name, iban: account.iban ?? '', type: account.type, currency: account.currency, institutionId: account.institution?.id ?? '', manual: account.manual } : NEW)
  const set = (change: Partial<AccountFields>) => setFields((all) => ({ ...all, ...change }))
  const fault = (name: string) => isApiProblem(error) ? error.field(name) : undefined
  const isKnown = ({ field }: { field: string | null }) => ['name', 'iban'].includes(field ?? '')
  return (
    <Dialog
      open onClose={onClose} title={account ? t`Change the account` : t`A new account`}
      actions={<><Button onClick={onClose}>{t`Cancel`}</Button><Button tone="primary" type="submit" form="account-fields" busy={busy} disabled={!fields.name.trim()}>{account ? t`Save` : t`Create the account`}</Button></>}
    >
      <form id="account-fields" className="space-y-3" onSubmit={(event) => { event.preventDefault(); if (fields.name.trim()) onSave(accountOf(fields, account === undefined)) }}>
        {error ? <ProblemNote error={error} except={isKnown} /> : null}
        <TextField label={t`Name of the account`} autoFocus maxLength={120} value={fields.name} error={fault('name')} onChange={(event) => set({ name: event.target.value })} />
        {account ? null : (
          <div className="grid grid-cols-[1fr_7rem] gap-3">
            <SelectField label={t`Kind`} value={fields.type} onChange={(event) => set({ type: event.target.value as AccountType, manual: event.target.value === 'cash' || fields.manual })} options={ACCOUNT_TYPES.map((value) => ({ value, label: typeWords(value) }))} />
            <SelectField label={t`Currency`} value={fields.currency} onChange={(event) => set({ currency: event.target.value })} options={CURRENCIES.map((value) => ({ value, label: value }))} />
          </div>
        )}
        <SelectField label={t`Bank`} value={fields.institutionId} onChange={(event) => set({ institutionId: event.target.value })} options={[{ value: '', label: t`None, or not in the list` }, ...banks.map(({ id, name }) => ({ value: id, label: name }))]} />
        <TextField label={t`IBAN`} hint={t`May be left empty.`} maxLength={42} value={fields.iban} error={fault('iban')} onChange={(event) => set({ iban: event.target.value })} />
        <Checkbox label={t`Its lines are written by hand: no file is awaited`} checked={fields.manual} onChange={(manual) => set({ manual })} />
        <div className="grid grid-cols-2 gap-3">
          <AmountField label={t`Balance at the start`} hint={t`Where no statement says it.`} currency={fields.currency} value={fields.opening} onChange={(opening) => { if (opening !== null) set({ opening }) }} />
          <DateField label={t`In the evening of`} value={fields.openingOn} onChange={(openingOn) => set({ openingOn })} />
        </div>
      </form>
    </Dialog>
  )
}
