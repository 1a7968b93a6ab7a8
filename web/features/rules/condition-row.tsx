import { useLingui } from '@lingui/react/macro'
import { Trash2 } from 'lucide-react'
import { useCompany } from '../../lib/company.tsx'
import { AmountField, ComboField, IconButton, NumberField, SelectField, TextField } from '../../ui/index.ts'
import { FIELDS, faultOf, OPERATORS, type ConditionDraft, type Fault, type Field, type Operator } from './draft.ts'
import { useRuleNames, useRulePlaces } from './words.ts'

function useFaultWords(): Readonly<Record<Fault, string>> {
  const { t } = useLingui()
  return { VALUE_MISSING: t`Say what to look for.`, RANGE_MISSING: t`Give at least one of the two.`, RANGE_WRONG: t`The first is more than the second.`, DAY_WRONG: t`A day from 1 to 31.`, AMOUNT_WRONG: t`An amount without its sign, such as 59,90.` }
}

export type ConditionRowProps = {
  readonly condition: ConditionDraft
  /** Its rank, from 1: what tells the boxes of a row from those of another. */
  readonly rank: number
  readonly onChange: (condition: ConditionDraft) => void
  readonly onRemove: (() => void) | undefined
  readonly strict: boolean
  /** What the server refuses of it, such as an expression that could never end. */
  readonly refused: string | undefined
}

/** The boxes that follow the field: what is looked for, between what and what, which account. */
function Value({ condition, rank, onChange, error }: Pick<ConditionRowProps, 'condition' | 'rank' | 'onChange'> & { readonly error: string | undefined }) {
  const { t } = useLingui()
  const { company } = useCompany()
  const { operators } = useRuleNames()
  const { accounts, merchants } = useRulePlaces()
  const set = (change: Partial<ConditionDraft>) => onChange({ ...condition, ...change })
  const name = (text: string) => t`${text}, condition ${rank}`
  switch (condition.field) {
    case 'amount': return (
      <div className="grid grid-cols-2 gap-2">
        <AmountField label={name(t`At least`)} labelHidden currency={company.currency} value={condition.min} onChange={(min) => set({ min: min ?? '-' })} error={error} hint={t`at least`} />
        <AmountField label={name(t`At most`)} labelHidden currency={company.currency} value={condition.max} onChange={(max) => set({ max: max ?? '-' })} hint={t`at most`} />
      </div>
    )
    case 'day': return (
      <div className="grid grid-cols-2 gap-2">
        <NumberField label={name(t`From the`)} labelHidden maxLength={2} value={condition.min} onChange={(event) => set({ min: event.target.value })} error={error} hint={t`from the`} />
        <NumberField label={name(t`To the`)} labelHidden maxLength={2} value={condition.max} onChange={(event) => set({ max: event.target.value })} hint={t`to the`} />
      </div>
    )
    case 'sign': return <SelectField label={name(t`Direction`)} labelHidden value={condition.value} error={error} options={[{ value: '', label: t`Choose` }, { value: 'out', label: t`Money that goes out` }, { value: 'in', label: t`Money that comes in` }]} onChange={(event) => set({ value: event.target.value })} />
    case 'account': return <SelectField label={name(t`Bank account`)} labelHidden value={condition.value} error={error} options={[{ value: '', label: t`Choose` }, ...accounts.map(({ id, name: label }) => ({ value: id, label }))]} onChange={(event) => set({ value: event.target.value })} />
    case 'merchant': {
      const options = merchants.map(({ id, name: label }) => ({ value: id, label }))
      return <ComboField label={name(t`Merchant`)} labelHidden error={error} placeholder={t`Type a few letters`} options={options} value={options.find(({ value }) => value === condition.value) ?? null} onChange={(option) => set({ value: option?.value ?? '' })} />
    }
    default: return (
      <div className="grid grid-cols-[minmax(8rem,11rem)_1fr] gap-2 max-desk:grid-cols-1">
        <SelectField label={name(t`How`)} labelHidden value={condition.operator} options={OPERATORS.map((operator) => ({ value: operator, label: operators[operator] }))} onChange={(event) => set({ operator: event.target.value as Operator })} />
        <TextField label={name(t`What`)} labelHidden maxLength={200} autoComplete="off" spellCheck={false} autoFocus={rank === 1 && condition.value === ''} controlClass={condition.operator === 'regex' ? 'font-mono' : undefined} value={condition.value} error={error} onChange={(event) => set({ value: event.target.value })} />
      </div>
    )
  }
}

/** One condition of a rule, on a line. */
export function ConditionRow({ condition, rank, onChange, onRemove, strict, refused }: ConditionRowProps) {
  const { t } = useLingui()
  const { company } = useCompany()
  const { fields } = useRuleNames()
  const words = useFaultWords()
  const fault = faultOf(condition, company.currency)
  const early = !strict && (fault === 'VALUE_MISSING' || fault === 'RANGE_MISSING')
  return (
    <li className="grid grid-cols-[minmax(9rem,11rem)_1fr_auto] items-start gap-2 max-desk:grid-cols-[1fr_auto]">
      <SelectField
        label={t`Condition ${rank}`} labelHidden value={condition.field} options={FIELDS.map((field) => ({ value: field, label: fields[field] }))}
        onChange={(event) => onChange({ ...condition, field: event.target.value as Field, value: '' })}
      />
      <div className="min-w-0 max-desk:order-last max-desk:col-span-2"><Value condition={condition} rank={rank} onChange={onChange} error={refused ?? (fault && !early ? words[fault] : undefined)} /></div>
      <IconButton icon={Trash2} label={t`Remove the condition ${rank}`} disabled={!onRemove} onClick={onRemove} />
    </li>
  )
}
