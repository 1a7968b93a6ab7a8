import { useLingui } from '@lingui/react/macro'
import { Plus } from 'lucide-react'
import { isApiProblem } from '../../lib/problem.ts'
import { Button, Checkbox, ProblemNote, SelectField, TextField } from '../../ui/index.ts'
import { ActionFields } from './action-fields.tsx'
import { ConditionRow } from './condition-row.tsx'
import { emptyCondition, type ConditionDraft, type RuleDraft } from './draft.ts'

const CONDITIONS_MAX = 20
/** A refusal names the condition by its place: "conditions.1.value", "rule.conditions.1.value". */
const CONDITION_FIELD = /conditions[./[](\d+)/

/** What the server says of one condition. */
export function refusedAt(error: unknown, index: number): string | undefined {
  if (!isApiProblem(error)) return undefined
  return error.problems.find(({ field }) => Number(CONDITION_FIELD.exec(field ?? '')?.[1] ?? -1) === index)?.message
}

export type RuleFormProps = {
  readonly draft: RuleDraft
  readonly onChange: (draft: RuleDraft) => void
  readonly strict: boolean
  /** What was refused when saving. */
  readonly error: unknown
  /** What is refused while it is tried: said beside the condition only. */
  readonly trialError: unknown
  readonly proposedName: string
}

export function RuleForm({ draft, onChange, strict, error, trialError, proposedName }: RuleFormProps) {
  const { t } = useLingui()
  const setConditions = (conditions: readonly ConditionDraft[]) => onChange({ ...draft, conditions })
  return (
    <div className="space-y-7">
      <ProblemNote error={error} except={({ field }) => CONDITION_FIELD.test(field ?? '') || field === 'name'} />
      <section aria-label={t`If`}>
        <div className="mb-2.5 flex flex-wrap items-center gap-2">
          <h2 className="text-lead font-semibold">{t`If`}</h2>
          {draft.conditions.length > 1 ? <SelectField label={t`How many conditions must hold`} labelHidden className="w-60" value={draft.match} options={[{ value: 'all', label: t`all these conditions hold` }, { value: 'any', label: t`one of these conditions holds` }]} onChange={(event) => onChange({ ...draft, match: event.target.value === 'any' ? 'any' : 'all' })} /> : null}
        </div>
        <ul className="space-y-2">
          {draft.conditions.map((condition, index) => (
            <ConditionRow
              key={condition.key} condition={condition} rank={index + 1} strict={strict} refused={refusedAt(trialError, index) ?? refusedAt(error, index)}
              onChange={(next) => setConditions(draft.conditions.map((one) => (one.key === condition.key ? next : one)))}
              onRemove={draft.conditions.length > 1 ? () => setConditions(draft.conditions.filter(({ key }) => key !== condition.key)) : undefined}
            />
          ))}
        </ul>
        <Button size="small" tone="quiet" icon={Plus} className="mt-2" disabled={draft.conditions.length >= CONDITIONS_MAX} onClick={() => setConditions([...draft.conditions, emptyCondition('amount')])}>{t`Add a condition`}</Button>
        <p className="mt-2 text-xs text-muted">{t`Capitals, accents and runs of spaces do not count.`}</p>
      </section>
      <section aria-label={t`Then`} className="border-t border-line pt-5">
        <h2 className="mb-2.5 text-lead font-semibold">{t`Then`}</h2>
        <ActionFields draft={draft} onChange={onChange} strict={strict} />
      </section>
      <section aria-label={t`Name and state`} className="space-y-3 border-t border-line pt-5">
        <TextField label={t`Name of the rule`} maxLength={120} placeholder={proposedName} value={draft.name} error={isApiProblem(error) ? error.field('name') : undefined} onChange={(event) => onChange({ ...draft, name: event.target.value })} />
        <Checkbox label={t`The rule is at work`} hint={t`It looks at every line that arrives. Switched off, it waits.`} checked={draft.isActive} onChange={(isActive) => onChange({ ...draft, isActive })} />
      </section>
    </div>
  )
}
