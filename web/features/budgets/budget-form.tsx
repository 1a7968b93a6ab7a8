import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { useCategories } from '../../lib/categories.ts'
import { useCompany } from '../../lib/company.tsx'
import { isApiProblem } from '../../lib/problem.ts'
import { AmountField, ComboField, DateField, ProblemNote, SelectField, TextField } from '../../ui/index.ts'
import { CARRY_OVERS, faultsOf, PERIODS, type BudgetFields, type Fault } from './fields.ts'
import { CARRY_WORDS, PERIOD_WORDS } from './words.ts'

function useFaultWords(): Readonly<Record<Fault, string>> {
  const { t } = useLingui()
  return { AMOUNT_MISSING: t`Give the amount.`, AMOUNT_WRONG: t`Give an amount above zero.`, START_MISSING: t`Give the first day.`, END_MISSING: t`Give the last day.`, END_BEFORE_START: t`The last day comes before the first.` }
}

export type BudgetFormProps = { readonly fields: BudgetFields; readonly onChange: (fields: BudgetFields) => void; readonly strict: boolean; readonly error: unknown; readonly proposedName: string }

export function BudgetForm({ fields, onChange, strict, error, proposedName }: BudgetFormProps) {
  const { t, i18n } = useLingui()
  const { company } = useCompany()
  const { choices, items } = useCategories()
  const words = useFaultWords()
  const faults = faultsOf(fields)
  const set = (change: Partial<BudgetFields>) => onChange({ ...fields, ...change })
  const said = (name: keyof BudgetFields) => {
    const fault = faults[name]
    return (isApiProblem(error) ? error.field(name) : undefined) ?? (fault && (strict || fault === 'END_BEFORE_START') ? words[fault] : undefined)
  }
  // Kept the same from one drawing to the next: another object would take back what is being typed.
  const options = useMemo(() => [{ value: '', label: t`All spending` }, ...choices.filter(({ value }) => items.find(({ id }) => id === value)?.kind === 'expense')], [choices, items, t])
  const once = fields.period === 'custom'
  return (
    <div className="grid grid-cols-2 gap-3">
      <div className="col-span-2 empty:hidden"><ProblemNote error={error} except={({ field }) => field !== null && field in fields} /></div>
      <ComboField label={t`What it limits`} className="col-span-2" options={options} disabled={items.length === 0} value={options.find(({ value }) => value === fields.categoryId) ?? null} error={said('categoryId')} onChange={(option) => set({ categoryId: option?.value ?? '' })} hint={t`A group counts everything in it.`} />
      <AmountField label={t`Amount`} currency={company.currency} value={fields.amount ?? ''} onChange={(amount) => set({ amount })} error={said('amount')} />
      <SelectField label={t`How often`} value={fields.period} options={PERIODS.map((period) => ({ value: period, label: i18n._(PERIOD_WORDS[period]) }))} onChange={(event) => set({ period: event.target.value as BudgetFields['period'] })} />
      <DateField label={once ? t`First day` : t`From, if not now`} value={fields.startsOn} onChange={(startsOn) => set({ startsOn })} error={said('startsOn')} />
      <DateField label={once ? t`Last day` : t`Until, if it ends`} value={fields.endsOn} onChange={(endsOn) => set({ endsOn })} error={said('endsOn')} />
      {once ? null : <SelectField label={t`What a period hands to the next one`} className="col-span-2" value={fields.carryOver} options={CARRY_OVERS.map((one) => ({ value: one, label: i18n._(CARRY_WORDS[one]) }))} onChange={(event) => set({ carryOver: event.target.value as BudgetFields['carryOver'] })} />}
      <TextField label={t`Name`} className="col-span-2" maxLength={120} placeholder={proposedName} value={fields.name} error={said('name')} onChange={(event) => set({ name: event.target.value })} />
    </div>
  )
}
