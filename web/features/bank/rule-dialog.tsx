import { Plural, useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { BankLine } from '../../../contract/banking.ts'
import type { NewCategoryRule, RuleTrialResult } from '../../../contract/categories.ts'
import { useCategories } from '../../lib/categories.ts'
import { useCompany } from '../../lib/company.tsx'
import { useShortcuts } from '../../lib/keyboard.ts'
import { Button, Checkbox, ComboField, CompanyLink, DateText, Dialog, Money, ProblemNote, SelectField, TextField } from '../../ui/index.ts'
import { isIncoming } from './line-filters.ts'
import { LineHead } from './line-head.tsx'
import { draftFrom, ruleOf } from './rule-draft.ts'

const SAMPLE_SHOWN = 6
type RuleDialogProps = { readonly line: BankLine; readonly error: unknown; readonly busy: boolean; readonly onSave: (rule: NewCategoryRule, isForPast: boolean) => void; readonly onClose: () => void }

/** `r`: a rule from a line, already filled in, with what it would change in the past before it is kept. */
export function RuleDialog({ line, error, busy, onSave, onClose }: RuleDialogProps) {
  const { t } = useLingui()
  const { choices, find } = useCategories()
  const [draft, setDraft] = useState(() => draftFrom(line))
  const [isForPast, setForPast] = useState(true)
  const rule = ruleOf(draft, line)
  const trial = useTrial(rule)
  const options = choices.map((choice) => ({ ...choice, label: `${choice.label} · ${find(choice.value)?.account ?? ''}` }))
  const save = () => { if (rule && !busy) onSave(rule, isForPast && (trial.data?.wouldChange ?? 0) > 0) }
  return (
    <Dialog
      open wide onClose={onClose} title={t`Rule from this line`}
      actions={<><CompanyLink to="banque/regles" className="mr-auto self-center text-sm">{t`Every rule`}</CompanyLink><Button onClick={onClose}>{t`Cancel`}</Button><Button tone="primary" busy={busy} disabled={!rule} onClick={save}>{t`Keep the rule`}</Button></>}
    >
      <SaveKey onSave={save} />
      <LineHead line={line} />
      {error ? <div className="mt-3"><ProblemNote error={error} /></div> : null}
      <div className="mt-4 grid gap-3 desk:grid-cols-2">
        {line.merchant ? <SelectField label={t`For the lines whose`} value={draft.by} onChange={(event) => setDraft({ ...draft, by: event.target.value as typeof draft.by })} options={[{ value: 'merchant', label: t`merchant is ${line.merchant.name}` }, { value: 'label', label: t`label holds these words` }]} /> : null}
        {draft.by === 'label' ? <TextField label={t`The label holds`} hint={t`Accents, case and spaces do not count.`} value={draft.words} maxLength={200} onChange={(event) => setDraft({ ...draft, words: event.target.value })} /> : null}
        <ComboField label={t`Put them in`} autoFocus placeholder={t`Words, or an account number`} options={options} value={options.find(({ value }) => value === draft.categoryId) ?? null} onChange={(option) => setDraft({ ...draft, categoryId: option?.value ?? null })} />
        <TextField label={t`Name of the rule`} value={draft.name} maxLength={120} onChange={(event) => setDraft({ ...draft, name: event.target.value })} />
      </div>
      <div className="mt-3"><Checkbox label={isIncoming(line) ? t`Only money that comes in` : t`Only money that goes out`} checked={draft.sameSign} onChange={(sameSign) => setDraft({ ...draft, sameSign })} /></div>
      <div className="mt-5 border-t border-line pt-4">
        {rule === undefined ? <p className="text-sm text-muted">{t`Choose a category: what the rule would change is shown here before anything happens.`}</p> : <Trial result={trial.data} error={trial.error} />}
        {trial.data && trial.data.wouldChange > 0 ? <div className="mt-3"><Checkbox label={t`Also apply it to these past lines`} checked={isForPast} onChange={setForPast} /></div> : null}
      </div>
    </Dialog>
  )
}

function SaveKey({ onSave }: { readonly onSave: () => void }) {
  const { t } = useLingui()
  useShortcuts([{ keys: 'Mod+Enter', label: t`Keep the rule`, run: onSave }])
  return null
}

/** Tries the rule on the lines there are, as it is being written. Nothing is changed. */
function useTrial(rule: NewCategoryRule | undefined) {
  const { api } = useCompany()
  const asked = useDeferredValue(rule ? JSON.stringify({ ...rule, name: '-' }) : undefined)
  return useQuery({
    queryKey: [api.tenant ?? 'person', '/api/category-rules/try', asked], enabled: asked !== undefined, placeholderData: keepPreviousData, retry: false,
    queryFn: ({ signal }) => api.post('/api/category-rules/try', { body: { rule: JSON.parse(asked!) as NewCategoryRule }, signal }),
  })
}

function Trial({ result, error }: { readonly result: RuleTrialResult | undefined; readonly error: unknown }) {
  const { t } = useLingui()
  if (error) return <ProblemNote error={error} />
  if (!result) return <p role="status" className="text-sm text-muted">{t`Trying the rule on the lines there are…`}</p>
  const aside = [
    result.same > 0 ? t`${result.same} already so` : '', result.manual > 0 ? t`${result.manual} chosen by a person, left alone` : '', result.earlier > 0 ? t`${result.earlier} decided by an earlier rule` : '',
  ].filter(Boolean).join(' · ')
  return (
    <div>
      <p role="status"><strong className="font-medium"><Plural value={result.wouldChange} _0="Would change no past line" one="Would change # past line" other="Would change # past lines" />, <Plural value={result.locked} _0="none in a locked period" one="# in a locked period, left alone" other="# in a locked period, left alone" /></strong></p>
      {aside ? <p className="mt-0.5 text-sm text-muted">{aside}</p> : null}
      {result.isComplete ? null : <p className="mt-0.5 text-sm text-amber">{t`The latest ${result.examined} lines were looked at; there are more.`}</p>}
      {result.sample.length > 0 ? (
        <ul aria-label={t`Lines that would change`} className="mt-2">
          {result.sample.slice(0, SAMPLE_SHOWN).map((row) => (
            <li key={row.lineId} className="flex items-baseline gap-3 border-t border-line py-1.5 text-sm first:border-t-0">
              <DateText day={row.bookedOn} className="figures shrink-0 text-muted" />
              <span className="min-w-0 flex-1 truncate" title={row.label}>{row.label}</span>
              <span className="max-w-[40%] shrink-0 truncate text-muted max-desk:hidden">{row.before ?? t`no category`} → {row.after ?? t`no category`}</span>
              <Money value={row.amount} signed />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
