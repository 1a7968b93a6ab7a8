import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Merchant } from '../../../contract/merchants.ts'
import { useShortcuts } from '../../lib/keyboard.ts'
import { Button, Dialog, Money } from '../../ui/index.ts'

/** Several merchants become one: whoever keeps its name is chosen, the others go into it with their labels and lines. */
export function MergeDialog({ merchants, busy, onMerge, onClose }: { readonly merchants: readonly Merchant[]; readonly busy: boolean; readonly onMerge: (into: Merchant, from: readonly Merchant[]) => void; readonly onClose: () => void }) {
  const { t } = useLingui()
  const [into, setInto] = useState(() => merchants.toSorted((a, b) => b.lineCount - a.lineCount)[0]?.id)
  const kept = merchants.find(({ id }) => id === into)
  const save = () => { if (kept && !busy) onMerge(kept, merchants.filter(({ id }) => id !== kept.id)) }
  return (
    <Dialog open onClose={onClose} title={t`Merge ${merchants.length} merchants`} description={t`Their labels and their lines go to the one that stays. It can be undone.`} actions={<><Button onClick={onClose}>{t`Cancel`}</Button><Button tone="primary" busy={busy} onClick={save}>{t`Merge`}</Button></>}>
      <SaveKey onSave={save} />
      <fieldset>
        <legend className="mb-1 text-sm font-medium">{t`The one that stays`}</legend>
        {merchants.map((one) => (
          <label key={one.id} className="flex items-baseline gap-2.5 border-t border-line py-2 first-of-type:border-t-0">
            <input type="radio" name="into" checked={one.id === into} onChange={() => setInto(one.id)} className="accent-accent self-center" />
            <span className="min-w-0 flex-1 truncate">{one.name}</span>
            <span className="figures text-sm text-muted">{one.lineCount === 1 ? t`1 line` : t`${one.lineCount} lines`}</span>
            {one.totals[0] ? <Money value={one.totals[0]} className="text-sm" /> : null}
          </label>
        ))}
      </fieldset>
    </Dialog>
  )
}

function SaveKey({ onSave }: { readonly onSave: () => void }) {
  const { t } = useLingui()
  useShortcuts([{ keys: 'Mod+Enter', label: t`Merge`, run: onSave }])
  return null
}
