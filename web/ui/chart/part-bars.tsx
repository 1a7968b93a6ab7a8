import { useLingui } from '@lingui/react/macro'
import { useState, type ReactNode } from 'react'
import { minorOf } from '../../lib/amounts.ts'
import { classes } from '../classes.ts'
import { Link } from '../link.tsx'
import { Money } from '../money.tsx'
import { FiguresTable } from './figures-table.tsx'
import { colourOf, type ChartTone } from './tones.ts'

export type Part = {
  readonly id: string
  readonly name: string
  readonly amount: string
  /** Where the lines behind the figure are: every figure opens. */
  readonly to?: string | undefined
  readonly search?: Readonly<Record<string, string | undefined>> | undefined
  /** The same part of the period before, as a mark on the bar. */
  readonly before?: string | undefined
  /** At the end of the row: a share, a change. */
  readonly aside?: ReactNode
  readonly tone?: ChartTone | undefined
}
export type PartBarsProps = { readonly label: string; readonly currency: string; readonly parts: readonly Part[]; readonly nameHead: string; readonly beforeName?: string | undefined; readonly actions?: ReactNode }

/** How long each bar is, from 0 to 100, beside the longest. Sizes are compared, signs are in the figures. */
export function lengths(parts: readonly Pick<Part, 'amount' | 'before'>[], currency: string): readonly { readonly bar: number; readonly before: number | undefined }[] {
  const size = (amount: string) => { const minor = Number(minorOf(amount, currency)); return Math.abs(minor) }
  const most = Math.max(1, ...parts.flatMap(({ amount, before }) => [size(amount), before === undefined ? 0 : size(before)]))
  return parts.map(({ amount, before }) => ({ bar: (size(amount) / most) * 100, before: before === undefined ? undefined : (size(before) / most) * 100 }))
}

/** Parts of a whole, such as spending by category: one bar a row with its name and its figure, each a link to its lines. */
export function PartBars({ label, currency, parts, nameHead, beforeName, actions }: PartBarsProps) {
  const { t } = useLingui()
  const [asTable, setAsTable] = useState(false)
  if (parts.length === 0) return null
  const sizes = lengths(parts, currency)
  const hasBefore = beforeName !== undefined
  return (
    <figure className="min-w-0">
      <figcaption className="flex flex-wrap items-baseline gap-x-3">
        <span className="text-sm font-medium">{label}</span>
        {hasBefore ? <span className="inline-flex items-center gap-1.5 text-sm text-muted"><span aria-hidden className="h-3 border-l-2 border-ink" />{beforeName}</span> : null}
        {actions ? <span className="ml-auto">{actions}</span> : null}
      </figcaption>
      {asTable ? (
        <div className="mt-2 max-h-72 overflow-y-auto" tabIndex={0} role="region" aria-label={label}>
          <FiguresTable label={label} head={nameHead} currency={currency} names={[t`Amount`, ...(hasBefore ? [beforeName] : [])]} rows={parts.map((part) => ({ id: part.id, head: part.name, amounts: [part.amount, ...(hasBefore ? [part.before] : [])] }))} />
        </div>
      ) : (
        <ul aria-label={label} className="mt-2">
          {parts.map((part, index) => (
            <li key={part.id} className="grid grid-cols-[minmax(6rem,14rem)_1fr_auto] items-center gap-x-3 border-b border-line py-1.5 text-sm last:border-b-0 max-desk:grid-cols-[1fr_auto]">
              <span className="min-w-0 truncate" title={part.name}>{part.to ? <Link to={part.to} search={part.search} look="bare" className="underline decoration-line-strong underline-offset-3 hover:decoration-current">{part.name}</Link> : part.name}</span>
              <span aria-hidden className="relative h-3 max-desk:order-last max-desk:col-span-2 max-desk:mt-1">
                <span className="absolute inset-y-0 left-0 rounded-sm" style={{ width: `${sizes[index]!.bar}%`, backgroundColor: colourOf(part.tone ?? 1) }} />
                {sizes[index]!.before === undefined ? null : <span className="absolute -inset-y-0.5 border-l-2 border-ink" style={{ left: `${sizes[index]!.before}%` }} />}
              </span>
              <span className={classes('flex items-baseline justify-end gap-3 text-right', part.aside !== undefined && 'min-w-36')}><Money value={{ amount: part.amount, currency }} />{part.aside}</span>
            </li>
          ))}
        </ul>
      )}
      <button type="button" data-print="no" aria-expanded={asTable} onClick={() => setAsTable(!asTable)} className="mt-2 text-sm text-muted underline-offset-2 hover:text-ink hover:underline">{asTable ? t`See the bars` : t`See the table`}</button>
    </figure>
  )
}
