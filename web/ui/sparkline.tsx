import { useLingui } from '@lingui/react/macro'
import { isNegative, minorOf } from '../lib/amounts.ts'
import { ChartFrame } from './chart/frame.tsx'
import { FiguresTable } from './chart/figures-table.tsx'
import { classes } from './classes.ts'
import { DateText } from './date-text.tsx'
import { Money } from './money.tsx'

export type SparkPoint = { readonly on: string; readonly balance: string }
const WIDTH = 720
const HEIGHT = 128
const PAD = 6

type Drawn = { readonly line: string; readonly zero: number; readonly at: readonly { readonly x: number; readonly y: number }[] }

/** Points to a path in the drawing's own units. Floats are enough here: the exact amounts are in the label and the table. */
function draw(points: readonly SparkPoint[], currency: string): Drawn {
  const values = points.map(({ balance }) => Number(minorOf(balance, currency)))
  const low = Math.min(0, ...values)
  const high = Math.max(0, ...values, low + 1)
  const y = (value: number) => PAD + (HEIGHT - 2 * PAD) * (1 - (value - low) / (high - low))
  const at = values.map((value, index) => ({ x: points.length > 1 ? (index / (points.length - 1)) * WIDTH : WIDTH / 2, y: y(value) }))
  return { at, line: at.map(({ x, y: height }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${height.toFixed(1)}`).join(''), zero: y(0) }
}

/** A balance over days without axes, for a page that must open at once: nothing is downloaded to draw it. */
export function Sparkline({ label, points, currency }: { readonly label: string; readonly points: readonly SparkPoint[]; readonly currency: string }) {
  const { t } = useLingui()
  if (points.length === 0) return null
  const drawn = draw(points, currency)
  return (
    <ChartFrame
      label={label} count={points.length} height={HEIGHT}
      readout={(index) => <span><DateText day={points[index]!.on} /> · <Money value={{ amount: points[index]!.balance, currency }} className="text-ink" /></span>}
      valueText={(index) => `${points[index]!.on} : ${points[index]!.balance} ${currency}`}
      table={() => <FiguresTable label={label} head={t`Day`} names={[t`Balance in the evening`]} currency={currency} rows={points.toReversed().map(({ on, balance }) => ({ id: on, head: <DateText day={on} />, amounts: [balance] }))} />}
    >
      {(chosen) => {
        const index = chosen ?? points.length - 1
        const place = drawn.at[index]!
        return <>
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden className="h-32 w-full overflow-visible">
            <line x1="0" x2={WIDTH} y1={drawn.zero} y2={drawn.zero} stroke="var(--line-strong)" strokeWidth="1" vectorEffect="non-scaling-stroke" />
            <path d={drawn.line} fill="none" stroke="var(--ink)" strokeWidth="1.5" strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
          </svg>
          <span aria-hidden className={classes('absolute size-2 -translate-1/2 rounded-full border-2 border-surface', isNegative(points[index]!.balance) ? 'bg-red' : 'bg-ink')} style={{ left: `${(place.x / WIDTH) * 100}%`, top: `${(place.y / HEIGHT) * 100}%` }} />
        </>
      }}
    </ChartFrame>
  )
}
