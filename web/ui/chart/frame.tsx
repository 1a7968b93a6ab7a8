import { useLingui } from '@lingui/react/macro'
import { Suspense, useState, type KeyboardEvent, type ReactNode } from 'react'
import { indexAt } from './scale.ts'

export type ChartFrameProps = {
  readonly label: string
  /** How many points the arrows walk. */
  readonly count: number
  /** The point shown before one is chosen; the last one by default. */
  readonly first?: number | undefined
  /** The figures of a point, drawn beside the label. */
  readonly readout: (index: number) => ReactNode
  /** The same figures in plain words, for a screen reader. */
  readonly valueText: (index: number) => string
  /** The same figures as a table, under a switch. */
  readonly table: () => ReactNode
  /** The drawing; `chosen` is the point pointed at, if any. */
  readonly children: (chosen: number | undefined) => ReactNode
  /** Room taken by axes on each side, in pixels. */
  readonly inset?: { readonly left: number; readonly right: number } | undefined
  readonly kind?: 'point' | 'band' | undefined
  /** How many points Page up and Page down jump over. */
  readonly leap?: number | undefined
  readonly height?: number | undefined
  /** Beside the label: a choice of period. */
  readonly actions?: ReactNode
}

const NO_INSET = { left: 0, right: 0 }

/**
 * What every chart has around its drawing: its name, the figures of one point, arrows that walk the points, and the
 * same figures as a table under a switch.
 */
export function ChartFrame({ label, count, first, readout, valueText, table, children, inset = NO_INSET, kind = 'point', leap = 7, height = 220, actions }: ChartFrameProps) {
  const { t } = useLingui()
  const [chosen, setChosen] = useState<number>()
  const [asTable, setAsTable] = useState(false)
  const at = Math.max(0, Math.min(chosen ?? first ?? count - 1, count - 1))
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -leap, PageDown: leap, Home: -count, End: count }[event.key]
    if (step === undefined) return
    event.preventDefault()
    setChosen(Math.max(0, Math.min(count - 1, at + step)))
  }
  return (
    <figure className="min-w-0">
      <figcaption className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="text-sm font-medium">{label}</span>
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-3 text-sm text-muted" aria-live="polite">{readout(at)}</span>
        {actions ? <span className="ml-auto">{actions}</span> : null}
      </figcaption>
      {asTable ? <div className="mt-2 max-h-72 overflow-y-auto" tabIndex={0} role="region" aria-label={label}>{table()}</div> : (
        <div
          role="slider" tabIndex={0} aria-label={label} aria-valuemin={0} aria-valuemax={count - 1} aria-valuenow={at} aria-valuetext={valueText(at)}
          onKeyDown={onKeyDown} onPointerLeave={() => setChosen(undefined)}
          onPointerMove={(event) => {
            const box = event.currentTarget.getBoundingClientRect()
            setChosen(indexAt((event.clientX - box.left - inset.left) / Math.max(1, box.width - inset.left - inset.right), count, kind))
          }}
          className="relative mt-2 rounded-sm" style={{ height }}
        >
          <Suspense fallback={null}>{children(chosen === undefined ? undefined : at)}</Suspense>
        </div>
      )}
      <button type="button" data-print="no" aria-expanded={asTable} onClick={() => setAsTable(!asTable)} className="mt-2 text-sm text-muted underline-offset-2 hover:text-ink hover:underline">{asTable ? t`See the curve` : t`See the table`}</button>
    </figure>
  )
}
