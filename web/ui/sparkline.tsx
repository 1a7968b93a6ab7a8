import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { isNegative, minorOf } from '../lib/amounts.ts'
import { classes } from './classes.ts'
import { DateText } from './date-text.tsx'
import { Money } from './money.tsx'

export type SparkPoint = { readonly on: string; readonly balance: string }
const WIDTH = 720
const HEIGHT = 128
const PAD = 6

type Drawn = { readonly line: string; readonly zero: number | undefined; readonly at: readonly { readonly x: number; readonly y: number }[] }

/** Points to a path in the drawing's own units. Floats are enough here: the exact amounts are in the label and the table. */
function draw(points: readonly SparkPoint[], currency: string): Drawn {
  const values = points.map(({ balance }) => Number(minorOf(balance, currency)))
  const low = Math.min(0, ...values)
  const high = Math.max(0, ...values, low + 1)
  const y = (value: number) => PAD + (HEIGHT - 2 * PAD) * (1 - (value - low) / (high - low))
  const at = values.map((value, index) => ({ x: points.length > 1 ? (index / (points.length - 1)) * WIDTH : WIDTH / 2, y: y(value) }))
  return { at, line: at.map(({ x, y: height }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${height.toFixed(1)}`).join(''), zero: y(0) }
}

/** A balance over days: arrows walk the points, and the same figures are a table under a switch. */
export function Sparkline({ label, points, currency }: { readonly label: string; readonly points: readonly SparkPoint[]; readonly currency: string }) {
  const { t } = useLingui()
  const [chosen, setChosen] = useState<number>()
  const [asTable, setAsTable] = useState(false)
  if (points.length === 0) return null
  const drawn = draw(points, currency)
  const index = Math.min(chosen ?? points.length - 1, points.length - 1)
  const point = points[index]!
  const place = drawn.at[index]!
  const move = (step: number) => setChosen(Math.max(0, Math.min(points.length - 1, index + step)))
  return (
    <figure>
      <figcaption className="flex flex-wrap items-baseline gap-x-3">
        <span className="text-sm font-medium">{label}</span>
        <span className="text-sm text-muted" aria-live="polite"><DateText day={point.on} /> · <Money value={{ amount: point.balance, currency }} className="text-ink" /></span>
      </figcaption>
      {asTable ? <PointsTable points={points} currency={currency} label={label} /> : (
        <div
          role="slider" tabIndex={0} aria-label={label} aria-valuemin={0} aria-valuemax={points.length - 1} aria-valuenow={index} aria-valuetext={`${point.on} : ${point.balance} ${currency}`}
          onKeyDown={(event) => {
            const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7, Home: -points.length, End: points.length }[event.key]
            if (step) { event.preventDefault(); move(step) }
          }}
          onPointerMove={(event) => {
            const box = event.currentTarget.getBoundingClientRect()
            setChosen(Math.round(((event.clientX - box.left) / box.width) * (points.length - 1)))
          }}
          onPointerLeave={() => setChosen(undefined)}
          className="relative mt-2 rounded-sm"
        >
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden className="h-32 w-full overflow-visible">
            {drawn.zero === undefined ? null : <line x1="0" x2={WIDTH} y1={drawn.zero} y2={drawn.zero} stroke="var(--line-strong)" strokeWidth="1" vectorEffect="non-scaling-stroke" />}
            <path d={drawn.line} fill="none" stroke="var(--ink)" strokeWidth="1.5" strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
          </svg>
          <span aria-hidden className={classes('absolute size-2 -translate-1/2 rounded-full border-2 border-surface', isNegative(point.balance) ? 'bg-red' : 'bg-ink')} style={{ left: `${(place.x / WIDTH) * 100}%`, top: `${(place.y / HEIGHT) * 100}%` }} />
        </div>
      )}
      <button type="button" aria-expanded={asTable} onClick={() => setAsTable(!asTable)} className="mt-2 text-sm text-muted underline-offset-2 hover:text-ink hover:underline">{asTable ? t`See the curve` : t`See the table`}</button>
    </figure>
  )
}

function PointsTable({ points, currency, label }: { readonly points: readonly SparkPoint[]; readonly currency: string; readonly label: string }) {
  const { t } = useLingui()
  return (
    <div className="mt-2 max-h-64 overflow-y-auto" tabIndex={0} role="region" aria-label={label}>
      <table className="w-full max-w-sm text-sm">
        <thead className="sticky top-0 bg-paper text-xs text-muted"><tr><th scope="col" className="py-1 text-left font-medium">{t`Day`}</th><th scope="col" className="py-1 text-right font-medium">{t`Balance in the evening`}</th></tr></thead>
        <tbody>{points.toReversed().map((point) => <tr key={point.on} className="border-t border-line"><td className="py-1"><DateText day={point.on} /></td><td className="py-1 text-right"><Money value={{ amount: point.balance, currency }} /></td></tr>)}</tbody>
      </table>
    </div>
  )
}
