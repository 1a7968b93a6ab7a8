import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { BankLine } from '../../../contract/banking.ts'
import { useCategories } from '../../lib/categories.ts'
import { useCompany } from '../../lib/company.tsx'
import { isZero } from '../../lib/amounts.ts'
import { useShortcuts } from '../../lib/keyboard.ts'
import { reading } from '../../lib/queries.ts'
import { AmountField, Button, classes, ComboField, Dialog, IconButton, Money, RowsSkeleton, type ComboOption } from '../../ui/index.ts'
import { LineHead } from './line-head.tsx'
import { remainderOf, shownPart, splitOf, type PartDraft } from './split.ts'

const PARTS_MAX = 20
export type SplitParts = readonly { readonly categoryId: string; readonly amount: string }[]
type SplitDialogProps = { readonly line: BankLine; readonly onSplit: (parts: SplitParts) => void; readonly onClose: () => void }

/** `s`: parts of a line by category, which must sum to it; what is left is said as one types. */
export function SplitDialog({ line, onSplit, onClose }: SplitDialogProps) {
  const { t } = useLingui()
  const { api } = useCompany()
  const known = useQuery(reading(api, '/api/transactions/:id/category', { params: { id: line.id } }))
  if (known.isPending) return <Dialog open wide onClose={onClose} title={t`Split by category`}><RowsSkeleton label={t`Split by category`} rows={3} /></Dialog>
  const parts = known.data?.category?.parts ?? []
  const first: readonly PartDraft[] = parts.length > 1
    ? parts.map(({ categoryId, amount }, key) => ({ key, categoryId, amount: shownPart(line.amount, amount.amount) }))
    : [{ key: 0, categoryId: line.category?.id ?? null, amount: '' }, { key: 1, categoryId: null, amount: '' }]
  return <SplitForm line={line} first={first} onSplit={onSplit} onClose={onClose} />
}

function SplitForm({ line, first, onSplit, onClose }: SplitDialogProps & { readonly first: readonly PartDraft[] }) {
  const { t } = useLingui()
  const { items, choices, find } = useCategories()
  const [parts, setParts] = useState(first)
  const { currency } = line.amount
  const left = remainderOf(line.amount, parts)
  const ready = splitOf(line.amount, parts)
  const options: readonly ComboOption[] = choices.map((choice) => ({ ...choice, label: `${choice.label} · ${find(choice.value)?.account ?? ''}` }))
  const set = (key: number, change: Partial<PartDraft>) => setParts((all) => all.map((part) => (part.key === key ? { ...part, ...change } : part)))
  const add = () => setParts((all) => all.length >= PARTS_MAX ? all : [...all, { key: Math.max(...all.map(({ key }) => key)) + 1, categoryId: null, amount: isZero(left) ? '' : left }])
  return (
    <Dialog
      open wide onClose={onClose} title={t`Split by category`}
      actions={<><Button onClick={onClose}>{t`Cancel`}</Button><Button tone="primary" disabled={!ready} onClick={() => ready && onSplit(ready)}>{t`Split the line`}</Button></>}
    >
      <SplitKeys onSave={ready ? () => onSplit(ready) : undefined} onAdd={add} />
      <LineHead line={line} />
      <div role="group" aria-label={t`Parts`} className="mt-4 space-y-2">
        {parts.map((part, index) => (
          <div key={part.key} className="grid grid-cols-[1fr_9.5rem_auto] items-end gap-2 max-desk:grid-cols-[1fr_auto]">
            <ComboField
              label={t`Category of part ${index + 1}`} labelHidden={index > 0} autoFocus={index === (line.category ? 1 : 0) && first.length === 2} className="max-desk:col-span-2" placeholder={t`Words, or an account number`} options={options}
              value={options.find(({ value }) => value === part.categoryId) ?? null} onChange={(option) => set(part.key, { categoryId: option?.value ?? null })}
            />
            <AmountField label={t`Amount of part ${index + 1}`} labelHidden={index > 0} currency={currency} value={part.amount ?? ''} onChange={(amount) => set(part.key, { amount })} />
            <span className="flex">
              {isZero(left) || part.amount === null || part.amount !== '' ? null : <Button size="small" tone="quiet" className="h-9" onClick={() => set(part.key, { amount: left })}>{t`The rest`}</Button>}
              <IconButton icon={X} label={t`Remove part ${index + 1}`} disabled={parts.length <= 2} onClick={() => setParts((all) => all.filter(({ key }) => key !== part.key))} />
            </span>
          </div>
        ))}
      </div>
      <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
        <Button size="small" tone="quiet" icon={Plus} className="-ml-2.5" disabled={items.length === 0 || parts.length >= PARTS_MAX} onClick={add}>{t`Another part`}</Button>
        <p role="status" className={classes('text-sm', isZero(left) ? 'text-green' : 'text-amber')}>{isZero(left) ? t`The parts make up the line.` : <>{left.startsWith('-') ? t`Too much:` : t`Left to share:`} <Money value={{ amount: left, currency }} className="font-medium" /></>}</p>
      </div>
    </Dialog>
  )
}

function SplitKeys({ onSave, onAdd }: { readonly onSave: (() => void) | undefined; readonly onAdd: () => void }) {
  const { t } = useLingui()
  useShortcuts([{ keys: 'Mod+Enter', label: t`Split the line`, when: onSave !== undefined, run: () => onSave?.() }, { keys: 'Alt+n', label: t`Another part`, whileTyping: true, run: onAdd }])
  return null
}
