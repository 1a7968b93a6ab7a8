import { useLingui } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import { useRef, type KeyboardEvent } from 'react'
import { VAT_RATES } from '../../../core/law/vat-rates.ts'
import { inForce } from '../../../core/law/dated.ts'
import { currency as currencyOf } from '../../../core/kernel/currency.ts'
import { parseDate } from '../../../core/kernel/local-date.ts'
import { formatAmount } from '../../../core/kernel/money.ts'
import { formatPercent } from '../../../core/kernel/rate.ts'
import { todayHere } from '../../lib/format.ts'
import { Button, IconButton, Money, SelectField, TextField } from '../../ui/index.ts'
import { isBlank, lineFaults, nextLine, type DraftLine, type LineField } from './draft.ts'
import { useDecimal } from './invoice-lines.tsx'

export type LineFieldsProps = {
  readonly lines: readonly DraftLine[]
  readonly onChange: (lines: readonly DraftLine[]) => void
  readonly netByKey: ReadonlyMap<number, bigint>
  readonly currency: string
  /** The day that says which rates exist. */
  readonly day: string
  /** After a first try to save: what is missing is then said. */
  readonly strict: boolean
  /** What the server says of a field of a line (1-based). */
  readonly problemAt: (line: number, field: string) => string | undefined
}

/** Rates in force that day: those of metropolitan France, then Corsica and overseas, and none. */
function useRateOptions(day: string, current: readonly string[]) {
  const { t } = useLingui()
  const decimal = useDecimal()
  const places = { metropole: '', corse: ` (${t`Corsica`})`, drom: ` (${t`Overseas`})` }
  const known = inForce(VAT_RATES, parseDate(day) ?? todayHere()).map(({ rate, territory }) => ({ value: formatPercent(rate), order: territory === 'metropole' ? 0 : 1, rate, place: places[territory] }))
  const options = known.sort((a, b) => a.order - b.order || b.rate - a.rate).map(({ value, place }) => ({ value, label: `${decimal(value)} %${place}` }))
  const all = [...options.slice(0, 4), { value: '0', label: `0 %` }, ...options.slice(4)]
  return [...all, ...[...new Set(current)].filter((value) => !all.some((option) => option.value === value)).map((value) => ({ value, label: `${decimal(value)} %` }))]
}

type RowProps = Omit<LineFieldsProps, 'lines' | 'onChange' | 'netByKey'> & {
  readonly line: DraftLine
  readonly index: number
  readonly alone: boolean
  readonly net: bigint | undefined
  readonly rates: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (change: Partial<DraftLine>) => void
  readonly onRemove: () => void
}

function LineRow({ line, index, alone, net, rates, currency, strict, problemAt, onChange, onRemove }: RowProps) {
  const { t } = useLingui()
  const n = index + 1
  const faults = lineFaults(line)
  const words = { missing: { description: t`Say what is sold.`, quantity: t`Give a quantity.`, unitPrice: t`Give a price.` }, unreadable: t`Unreadable: write for example 12.50` }
  const errorOf = (field: LineField) => {
    const fault = faults[field]
    const skip = !strict || (isBlank(line) && !alone)
    return problemAt(n, field) ?? (fault === 'unreadable' ? words.unreadable : fault === 'missing' && !skip ? words.missing[field] : undefined)
  }
  return (
    <fieldset data-line={line.key} className="min-w-0 border-b border-line py-3 first:pt-0">
      <legend className="sr-only">{t`Line ${n}`}</legend>
      <div className="flex items-start gap-2">
        <TextField label={t`Description of line ${n}`} labelHidden data-field="description" className="flex-1" placeholder={t`What is sold`} value={line.description} maxLength={1000} error={errorOf('description')} onChange={(event) => onChange({ description: event.target.value })} />
        <IconButton icon={X} label={t`Remove line ${n}`} shortcut="Mod+Delete" disabled={alone && isBlank(line)} onClick={onRemove} />
      </div>
      <div className="mt-2 grid grid-cols-2 gap-2 pr-11 desk:grid-cols-[5rem_minmax(6.5rem,1fr)_6.5rem_7rem_6.5rem]">
        <TextField label={t`Quantity`} labelHidden={index > 0} inputMode="decimal" autoComplete="off" controlClass="figures text-right" data-field="quantity" value={line.quantity} error={errorOf('quantity')} onFocus={(event) => event.target.select()} onChange={(event) => onChange({ quantity: event.target.value })} />
        <TextField label={t`Unit price`} labelHidden={index > 0} inputMode="decimal" autoComplete="off" controlClass="figures text-right" data-field="unitPrice" value={line.unitPrice} error={errorOf('unitPrice')} onFocus={(event) => event.target.select()} onChange={(event) => onChange({ unitPrice: event.target.value })} />
        <SelectField label={t`VAT`} labelHidden={index > 0} data-field="vatRate" value={line.vatRate} options={rates} error={problemAt(n, 'vatRate')} onChange={(event) => onChange({ vatRate: event.target.value })} />
        <SelectField label={t`Nature`} labelHidden={index > 0} data-field="nature" value={line.nature} options={[{ value: 'services', label: t`Services` }, { value: 'goods', label: t`Goods` }]} onChange={(event) => onChange({ nature: event.target.value === 'goods' ? 'goods' : 'services' })} />
        <div className="col-span-2 text-right desk:col-span-1">
          <p className={index > 0 ? 'sr-only' : 'mb-1 text-sm font-medium'}>{t`Before tax`}</p>
          <p className="leading-9">{net === undefined ? <span className="text-muted">—</span> : <Money value={{ amount: formatAmount(net, currencyOf(currency)), currency }} bare />}</p>
        </div>
      </div>
    </fieldset>
  )
}

/** The lines of the draft. Enter goes to the next line, and adds one after the last; Ctrl+Delete removes one. */
export function LineFields({ lines, onChange, netByKey, ...rest }: LineFieldsProps) {
  const { t } = useLingui()
  const root = useRef<HTMLDivElement>(null)
  const rates = useRateOptions(rest.day, lines.map(({ vatRate }) => vatRate))
  const focus = (key: number, field: string) => requestAnimationFrame(() => root.current?.querySelector<HTMLElement>(`[data-line="${key}"] [data-field="${field}"]`)?.focus())
  const add = () => {
    const added = nextLine(lines)
    onChange([...lines, added])
    focus(added.key, 'description')
  }
  const remove = (index: number) => {
    const left = lines.toSpliced(index, 1)
    const next = left.length > 0 ? left : [nextLine([])]
    onChange(next)
    focus(next[Math.max(0, index - 1)]!.key, 'description')
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const target = event.target as HTMLElement
    const index = lines.findIndex(({ key }) => String(key) === target.closest<HTMLElement>('[data-line]')?.dataset['line'])
    if (index < 0) return
    if (event.key === 'Delete' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); remove(index) }
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || !target.matches('input, select')) return
    event.preventDefault()
    const next = lines[index + 1]
    if (next) focus(next.key, target.dataset['field'] ?? 'description')
    else if (!isBlank(lines[index]!)) add()
  }
  return (
    <div ref={root} onKeyDown={onKeyDown}>
      {lines.map((line, index) => (
        <LineRow
          key={line.key} {...rest} line={line} index={index} alone={lines.length === 1} net={netByKey.get(line.key)} rates={rates}
          onChange={(change) => onChange(lines.with(index, { ...line, ...change }))} onRemove={() => remove(index)}
        />
      ))}
      <div className="mt-3"><Button size="small" tone="quiet" icon={Plus} className="-ml-2.5" onClick={add}>{t`Add a line`}</Button></div>
    </div>
  )
}
