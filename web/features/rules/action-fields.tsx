import { useLingui } from '@lingui/react/macro'
import { Plus, Split, Trash2, Undo2 } from 'lucide-react'
import { choicesOf, useCategories } from '../../lib/categories.ts'
import { Button, ComboField, IconButton, TextField } from '../../ui/index.ts'
import { actionFaultOf, emptyShare, type ActionFault, type RuleDraft, type ShareDraft } from './draft.ts'
import { useRulePlaces } from './words.ts'

const SHARES_MAX = 10
type Props = { readonly draft: RuleDraft; readonly onChange: (draft: RuleDraft) => void; readonly strict: boolean }

function useFaultWords(): Readonly<Record<ActionFault, string>> {
  const { t } = useLingui()
  return { ACTION_MISSING: t`Choose what the rule does: a category, a merchant or a note.`, SHARES_WRONG: t`The shares must add up to 100 %.`, SHARE_CATEGORY_MISSING: t`Choose a category for each share.` }
}

function Shares({ draft, onChange }: Omit<Props, 'strict'>) {
  const { t } = useLingui()
  const { items } = useCategories()
  const options = choicesOf(items)
  const set = (shares: readonly ShareDraft[]) => onChange({ ...draft, shares })
  return (
    <>
      <ul className="space-y-2">
        {draft.shares.map((share, index) => {
          const rank = index + 1
          const change = (next: Partial<ShareDraft>) => set(draft.shares.map((one) => (one.key === share.key ? { ...one, ...next } : one)))
          return (
            <li key={share.key} className="grid grid-cols-[1fr_6rem_auto] items-start gap-2">
              <ComboField label={t`Category of share ${rank}`} labelHidden placeholder={t`Category`} options={options} value={options.find(({ value }) => value === share.categoryId) ?? null} onChange={(option) => change({ categoryId: option?.value ?? '' })} />
              <TextField label={t`Share ${rank}, in %`} labelHidden inputMode="decimal" controlClass="figures text-right" maxLength={5} value={share.percent} onChange={(event) => change({ percent: event.target.value })} />
              <IconButton icon={Trash2} label={t`Remove share ${rank}`} disabled={draft.shares.length <= 2} onClick={() => set(draft.shares.filter(({ key }) => key !== share.key))} />
            </li>
          )
        })}
      </ul>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button size="small" tone="quiet" icon={Plus} disabled={draft.shares.length >= SHARES_MAX} onClick={() => set([...draft.shares, emptyShare()])}>{t`Add a share`}</Button>
        <Button size="small" tone="quiet" icon={Undo2} onClick={() => onChange({ ...draft, isSplit: false })}>{t`One category`}</Button>
      </div>
    </>
  )
}

/** What the rule does: a category or shares, and, if one wants, a merchant and a note. */
export function ActionFields({ draft, onChange, strict }: Props) {
  const { t } = useLingui()
  const words = useFaultWords()
  const { items } = useCategories()
  const { merchants } = useRulePlaces()
  const options = choicesOf(items)
  const merchantOptions = merchants.map(({ id, name }) => ({ value: id, label: name }))
  const fault = actionFaultOf(draft)
  const said = fault && (strict || fault === 'SHARES_WRONG') ? words[fault] : undefined
  return (
    <div className="space-y-3">
      {draft.isSplit ? <Shares draft={draft} onChange={onChange} /> : (
        <div className="flex flex-wrap items-end gap-2">
          <ComboField label={t`Category`} className="min-w-56 flex-1" placeholder={t`Type a few letters`} options={options} value={options.find(({ value }) => value === draft.categoryId) ?? null} onChange={(option) => onChange({ ...draft, categoryId: option?.value ?? '' })} />
          <Button tone="quiet" icon={Split} onClick={() => onChange({ ...draft, isSplit: true, shares: draft.shares.map((share, index) => (index === 0 ? { ...share, categoryId: share.categoryId || draft.categoryId } : share)) })}>{t`Share between several`}</Button>
        </div>
      )}
      {said ? <p role="alert" className="text-xs text-red">{said}</p> : null}
      <div className="grid gap-3 desk:grid-cols-2">
        <ComboField label={t`Merchant, if you want`} options={merchantOptions} value={merchantOptions.find(({ value }) => value === draft.merchantId) ?? null} onChange={(option) => onChange({ ...draft, merchantId: option?.value ?? '' })} />
        <TextField label={t`Note, if you want`} maxLength={500} value={draft.note} onChange={(event) => onChange({ ...draft, note: event.target.value })} />
      </div>
    </div>
  )
}
