import { useLingui } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import { useRef, type KeyboardEvent, type RefObject } from 'react'
import { formatDecimal } from '../../lib/format.ts'
import { digitsOf } from '../../lib/amounts.ts'
import { useIsPhone } from '../../lib/media.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { Button, IconButton, TextField } from '../../ui/index.ts'
import { AccountField } from './account-field.tsx'
import { blankLine, faultsOfLine, isBlankLine, sumsOfEntry, takesParty, type EntryDraftLine, type LineFault, type Side } from './entry-draft.ts'

export type EntryLinesProps = {
  readonly lines: readonly EntryDraftLine[]
  readonly onChange: (lines: readonly EntryDraftLine[]) => void
  readonly currency: string
  readonly label: string
  readonly strict: boolean
  readonly problemAt: (line: number, field: string) => string | undefined
}
const TEMPLATE = 'desk:grid desk:grid-cols-[minmax(14rem,2fr)_minmax(9rem,1fr)_minmax(9rem,1.2fr)_8.5rem_8.5rem_2.25rem] desk:items-start desk:gap-2'

function useFaultWords(): Readonly<Record<LineFault, string>> {
  const { t } = useLingui()
  return { ACCOUNT_MISSING: t`Choose an account.`, AMOUNT_MISSING: t`Give a debit or a credit.`, AMOUNT_UNREADABLE: t`Write an amount in digits.`, AMOUNT_NEGATIVE: t`Write it as a positive amount on the other side.`, BOTH_SIDES: t`One side only.` }
}

type RowProps = Omit<EntryLinesProps, 'lines' | 'onChange'> & { readonly line: EntryDraftLine; readonly index: number; readonly missing: { readonly side: Side | null; readonly text: string }; readonly onChange: (change: Partial<EntryDraftLine>) => void; readonly onRemove: () => void; readonly onAccount: () => void }

function LineRow({ line, index, missing, currency, label, strict, problemAt, onChange, onRemove, onAccount }: RowProps) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const words = useFaultWords()
  const phone = useIsPhone()
  const n = index + 1
  const faults = faultsOfLine(line, currency)
  const errorOf = (field: 'account' | Side) => {
    const fault = faults[field]
    const early = !strict && (fault === 'ACCOUNT_MISSING' || fault === 'AMOUNT_MISSING')
    return problemAt(n, field) ?? (fault && !early && !(isBlankLine(line) && fault !== 'AMOUNT_UNREADABLE') ? words[fault] : undefined)
  }
  const hint = line.debit === '' && line.credit === '' && !isBlankLine(line)
  const amount = (side: Side, name: string) => (
    <TextField
      label={phone ? (side === 'debit' ? t`Debit` : t`Credit`) : name} labelHidden={!phone} className={side === 'debit' ? 'order-3 desk:order-none' : 'order-3 col-span-2 desk:order-none desk:col-span-1'} data-field={side} inputMode="decimal" autoComplete="off" controlClass="figures text-right" value={line[side]} error={errorOf(side)}
      placeholder={hint && missing.side === side ? formatDecimal(missing.text, digitsOf(currency), locale) : undefined} onFocus={(event) => event.target.select()}
      onChange={(event) => onChange(event.target.value === '=' && missing.side ? { debit: '', credit: '', [missing.side]: missing.text.replace('.', locale === 'fr' ? ',' : '.') } : { [side]: event.target.value })}
    />
  )
  const party = takesParty(line.account?.number)
  return (
    <fieldset data-line={line.key} className={`grid min-w-0 grid-cols-[1fr_1fr_2.25rem] gap-2 border-b border-line py-2.5 ${TEMPLATE}`}>
      <legend className="sr-only">{t`Line ${n}`}</legend>
      <div className="order-1 col-span-2 desk:order-none desk:col-span-1"><AccountField label={t`Account of line ${n}`} value={line.account} error={errorOf('account')} onChange={(account) => { onChange({ account }); if (account) onAccount() }} /></div>
      <TextField label={phone ? t`Third party` : t`Third party of line ${n}`} labelHidden={!phone} className="order-3 desk:order-none" data-field="party" autoComplete="off" disabled={!party} placeholder={party ? t`Code, then name` : undefined} value={party ? line.party : ''} error={problemAt(n, 'auxiliary')} onChange={(event) => onChange({ party: event.target.value })} />
      <TextField label={phone ? t`Label` : t`Label of line ${n}`} labelHidden={!phone} className="order-3 col-span-2 desk:order-none desk:col-span-1" data-field="label" autoComplete="off" placeholder={label} maxLength={200} value={line.label} onChange={(event) => onChange({ label: event.target.value })} />
      {amount('debit', t`Debit of line ${n}`)}
      {amount('credit', t`Credit of line ${n}`)}
      <IconButton icon={X} label={t`Remove line ${n}`} shortcut="Mod+Delete" onClick={onRemove} className="order-2 desk:order-none" />
    </fieldset>
  )
}

/** Enter walks the fields of a line and goes to the next one, which it adds after the last; "=" fills in what is missing. */
function useEnterFlow({ lines, onChange }: EntryLinesProps, root: RefObject<HTMLDivElement | null>) {
  const cells = () => [...(root.current?.querySelectorAll<HTMLInputElement>('[data-line] input:not(:disabled)') ?? [])]
  const focusLine = (key: number) => requestAnimationFrame(() => root.current?.querySelector<HTMLElement>(`[data-line="${key}"] input`)?.focus())
  const add = () => {
    const added = blankLine(lines)
    onChange([...lines, added])
    focusLine(added.key)
  }
  const remove = (index: number) => {
    const left = lines.toSpliced(index, 1)
    const next = left.length > 0 ? left : [blankLine([])]
    onChange(next)
    focusLine(next[Math.max(0, index - 1)]!.key)
  }
  const forward = (from: HTMLElement) => {
    const list = cells()
    const next = list[list.indexOf(from as HTMLInputElement) + 1]
    if (next) next.focus()
    else if (!isBlankLine(lines.at(-1)!)) add()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const target = event.target as HTMLElement
    const index = lines.findIndex(({ key }) => String(key) === target.closest<HTMLElement>('[data-line]')?.dataset['line'])
    if (index < 0) return
    if (event.key === 'Delete' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); remove(index) }
    // An open list of accounts takes Enter for its own choice.
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || !target.matches('input') || target.getAttribute('aria-expanded') === 'true') return
    event.preventDefault()
    // A line with its debit has no credit: Enter leaves it.
    const field = target.dataset['field']
    const skip = field === 'debit' && lines[index]!.debit.trim() !== ''
    forward(skip ? target.closest('[data-line]')!.querySelector<HTMLElement>('[data-field="credit"]')! : target)
  }
  const afterAccount = (key: number) => requestAnimationFrame(() => {
    const line = root.current?.querySelector(`[data-line="${key}"]`)
    line?.querySelector<HTMLElement>('[data-field="party"]:not(:disabled), [data-field="label"]')?.focus()
  })
  return { add, remove, onKeyDown, afterAccount }
}

export function EntryLines(props: EntryLinesProps) {
  const { t } = useLingui()
  const { lines, onChange, currency } = props
  const root = useRef<HTMLDivElement>(null)
  const { add, remove, onKeyDown, afterAccount } = useEnterFlow(props, root)
  return (
    <div ref={root} onKeyDown={onKeyDown}>
      <div aria-hidden className={`hidden border-b border-line-strong pb-1.5 text-xs font-medium text-muted ${TEMPLATE}`}>
        <span>{t`Account`}</span><span>{t`Third party`}</span><span>{t`Label`}</span><span className="text-right">{t`Debit`}</span><span className="text-right">{t`Credit`}</span><span />
      </div>
      {lines.map((line, index) => {
        const sums = sumsOfEntry(lines.filter(({ key }) => key !== line.key), currency)
        return (
          <LineRow
            key={line.key} {...props} line={line} index={index} missing={{ side: sums.missingOn, text: sums.gap }} onAccount={() => afterAccount(line.key)}
            onChange={(change) => onChange(lines.with(index, { ...line, ...change }))} onRemove={() => remove(index)}
          />
        )
      })}
      <Button size="small" tone="quiet" icon={Plus} className="mt-2 -ml-2.5" onClick={add}>{t`Add a line`}</Button>
    </div>
  )
}
