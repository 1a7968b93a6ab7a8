import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useCompany } from '../../lib/company.tsx'
import { isApiProblem } from '../../lib/problem.ts'
import { reading } from '../../lib/queries.ts'
import { AmountField, Checkbox, DateField, ProblemNote, TextArea, TextField } from '../../ui/index.ts'
import { faultsOf, type Fault, type GoalFields } from './fields.ts'

function useFaultWords(): Readonly<Record<Fault, string>> {
  const { t } = useLingui()
  return { NAME_MISSING: t`Give a name.`, TARGET_MISSING: t`Give the amount to reach.`, TARGET_WRONG: t`Give an amount above zero.` }
}

export function GoalForm({ fields, onChange, strict, error }: { readonly fields: GoalFields; readonly onChange: (fields: GoalFields) => void; readonly strict: boolean; readonly error: unknown }) {
  const { t } = useLingui()
  const { api, company } = useCompany()
  const accounts = (useQuery(reading(api, '/api/accounts')).data?.items ?? []).filter(({ currency }) => currency === company.currency)
  const words = useFaultWords()
  const faults = faultsOf(fields)
  const set = (change: Partial<GoalFields>) => onChange({ ...fields, ...change })
  const said = (name: keyof GoalFields) => { const fault = faults[name]; return (isApiProblem(error) ? error.field(name) : undefined) ?? (fault && strict ? words[fault] : undefined) }
  const toggle = (id: string, on: boolean) => set({ accountIds: new Set(on ? [...fields.accountIds, id] : [...fields.accountIds].filter((one) => one !== id)) })
  return (
    <div className="grid grid-cols-2 gap-3">
      <div className="col-span-2 empty:hidden"><ProblemNote error={error} except={({ field }) => field !== null && field in fields} /></div>
      <TextField label={t`What you save for`} className="col-span-2" autoFocus maxLength={120} autoComplete="off" value={fields.name} error={said('name')} onChange={(event) => set({ name: event.target.value })} />
      <AmountField label={t`Amount to reach`} currency={company.currency} value={fields.target ?? ''} onChange={(target) => set({ target })} error={said('target')} />
      <DateField label={t`By, if there is a date`} value={fields.targetOn} onChange={(targetOn) => set({ targetOn })} error={said('targetOn')} />
      <fieldset className="col-span-2">
        <legend className="mb-1.5 text-sm font-medium">{t`Accounts that count`}</legend>
        {accounts.length === 0 ? <p className="text-sm text-muted">{t`No bank account yet: note by hand what you put aside.`}</p> : <ul className="space-y-1.5">{accounts.map(({ id, name }) => <li key={id}><Checkbox label={name} checked={fields.accountIds.has(id)} onChange={(on) => toggle(id, on)} /></li>)}</ul>}
        <p className="mt-1.5 text-xs text-muted">{t`Their whole balance counts: choose those kept for saving. What is elsewhere is noted by hand.`}</p>
      </fieldset>
      <div className="col-span-2"><TextArea label={t`Note`} maxLength={500} value={fields.note} onChange={(event) => set({ note: event.target.value })} /></div>
    </div>
  )
}
