import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { Category } from '../../../contract/categories.ts'
import { CATEGORY_KINDS, kindWords, VAT_KEYS, vatWords } from '../../lib/categories.ts'
import { isApiProblem } from '../../lib/problem.ts'
import { NumberField, ProblemNote, SelectField, TextField } from '../../ui/index.ts'
import { asksShare, faultsOf, type CategoryFields, type Fault } from './fields.ts'

export type CategoryFormProps = {
  readonly fields: CategoryFields
  readonly onChange: (fields: CategoryFields) => void
  /** The groups it can stand in; none when it is a group that has categories. */
  readonly groups: readonly Category[]
  /** After a first try to save: what is missing is then said. */
  readonly strict: boolean
  readonly error: unknown
  /** The field of an account of the ledger, which another domain draws. */
  readonly accountField: (props: { readonly label: string; readonly value: string; readonly onChange: (account: string) => void; readonly error: string | undefined }) => ReactNode
}

function useFaultWords(): Readonly<Record<Fault, string>> {
  const { t } = useLingui()
  return { NAME_MISSING: t`Give a name.`, ACCOUNT_MISSING: t`Choose the account its lines are put on.`, SHARE_WRONG: t`A whole number from 0 to 100.` }
}

export function CategoryForm({ fields, onChange, groups, strict, error, accountField }: CategoryFormProps) {
  const { t, i18n } = useLingui()
  const words = useFaultWords()
  const faults = faultsOf(fields)
  const said = (name: keyof CategoryFields) => {
    const fault = faults[name]
    return (isApiProblem(error) ? error.field(name) : undefined) ?? (fault && (strict || fault === 'SHARE_WRONG') ? words[fault] : undefined)
  }
  const set = (change: Partial<CategoryFields>) => onChange({ ...fields, ...change })
  return (
    <div className="grid grid-cols-2 gap-3">
      <div className="col-span-2 empty:hidden"><ProblemNote error={error} except={({ field }) => field !== null && field in fields} /></div>
      <TextField label={t`Name`} className="col-span-2" maxLength={80} autoFocus autoComplete="off" value={fields.name} error={said('name')} onChange={(event) => set({ name: event.target.value })} />
      <SelectField
        label={t`In the group`} value={fields.parentId} error={said('parentId')} onChange={(event) => set({ parentId: event.target.value })}
        options={[{ value: '', label: t`None: it is a group` }, ...groups.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <SelectField label={t`What it is`} value={fields.kind} error={said('kind')} options={CATEGORY_KINDS.map((kind) => ({ value: kind, label: i18n._(kindWords(kind)) }))} onChange={(event) => set({ kind: event.target.value as CategoryFields['kind'] })} />
      <div className="col-span-2">{accountField({ label: t`Account of the ledger`, value: fields.account, onChange: (account) => set({ account }), error: said('account') })}</div>
      <SelectField label={t`VAT rate`} value={fields.vatRate} error={said('vatRate')} options={VAT_KEYS.map((rate) => ({ value: rate, label: i18n._(vatWords(rate)) }))} onChange={(event) => set({ vatRate: event.target.value as CategoryFields['vatRate'] })} />
      {asksShare(fields) ? <NumberField label={t`Deductible VAT, in %`} value={fields.vatDeductible} error={said('vatDeductible')} hint={t`80 for the fuel of a car, 0 for a train ticket.`} onChange={(event) => set({ vatDeductible: event.target.value })} /> : null}
    </div>
  )
}
