import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Category } from '../../../contract/categories.ts'
import { choicesOf } from '../../lib/categories.ts'
import { useShortcuts } from '../../lib/keyboard.ts'
import { Button, ComboField, Dialog, ProblemNote, type ComboOption } from '../../ui/index.ts'

export type PlaceDialogProps = {
  readonly category: Category
  /** `move`: under another group. `merge`: its lines go to another category, and it is gone. */
  readonly mode: 'move' | 'merge'
  readonly targets: readonly Category[]
  readonly busy: boolean
  readonly error: unknown
  readonly onClose: () => void
  /** null: at the top. */
  readonly onChoose: (target: string | null) => void
}

/** Where a category goes: typed, chosen with the arrows, done with Enter. */
export function PlaceDialog({ category, mode, targets, busy, error, onClose, onChoose }: PlaceDialogProps) {
  const { t } = useLingui()
  const top: ComboOption = { value: '', label: t`At the top, as a group` }
  const options = [...(mode === 'move' && category.parentId !== null ? [top] : []), ...choicesOf(targets)]
  const [chosen, setChosen] = useState<ComboOption | null>(null)
  const send = () => { if (chosen && !busy) onChoose(chosen.value || null) }
  const merging = mode === 'merge'
  return (
    <Dialog
      open onClose={onClose} title={merging ? t`Merge “${category.name}” into another` : t`Move “${category.name}”`}
      description={merging ? t`Its lines, rules and budgets go to the category chosen, and this one goes away. Entries that are posted do not change.` : t`Its lines stay in it; the totals of the groups follow.`}
      actions={<><Button onClick={onClose}>{t`Cancel`}</Button><Button tone="primary" busy={busy} disabled={!chosen} onClick={send}>{merging ? t`Merge` : t`Move`}</Button></>}
    >
      <SendKey onSend={send} />
      <div className="space-y-3">
        <ProblemNote error={error} />
        <ComboField label={merging ? t`Into the category` : t`Under the group`} autoFocus placeholder={t`Type a few letters`} value={chosen} onChange={setChosen} options={options} />
      </div>
    </Dialog>
  )
}

function SendKey({ onSend }: { readonly onSend: () => void }) {
  useShortcuts([{ keys: 'Mod+Enter', run: onSend }])
  return null
}
