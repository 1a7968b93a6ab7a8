import { memo } from 'react'
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import { formatDay, formatShortMoney, formatShortMonth } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { FOOT, TOP, type DayBand, type DayChartProps, type DaySeries } from './day-chart.tsx'
import { dayNumber, dayTicks, type Scale } from './scale.ts'
import { fromEpochDay } from '../../../core/kernel/local-date.ts'
import { colourOf } from './tones.ts'

type Row = { readonly on: string; readonly amounts: Readonly<Record<string, string>>; readonly band: DayBand | undefined }
export type DayPlotProps = {
  readonly rows: readonly Row[]
  readonly series: readonly DaySeries[]
  readonly scale: Scale
  readonly currency: string
  readonly inset: { readonly left: number; readonly right: number }
  readonly isNamed: boolean
  readonly hasBand: boolean
  readonly mark: DayChartProps['mark']
  readonly narrow: boolean
}
type Drawn = { readonly day: number; readonly band?: readonly [number, number]; readonly [id: string]: number | readonly [number, number] | undefined }

const TICK = { fill: 'var(--muted)', fontSize: 12 } as const
const NAME_APART = 15

/** Names of curves whose ends are close are moved apart, top one first. */
function namePlaces(series: readonly DaySeries[], scale: Scale, height: number): ReadonlyMap<string, number> {
  const ends = series.map(({ id, points }) => ({ id, at: height * ((scale.high - Number(points.at(-1)?.amount ?? 0)) / (scale.high - scale.low)) })).sort((a, b) => a.at - b.at)
  let above = -Infinity
  return new Map(ends.map(({ id, at }) => { above = Math.max(at, above + NAME_APART); return [id, above - at] }))
}

type Place = { readonly x?: number | string | undefined; readonly y?: number | string | undefined; readonly index?: number | undefined }
/** Beside the last point; before it, over the curve, when others go on after it. */
function NameAtEnd({ x, y, name, moved, colour, goesOn }: Place & { readonly name: string; readonly moved: number; readonly colour: string; readonly goesOn: boolean }) {
  if (!name) return <g />
  return goesOn ? <text x={Number(x) - 8} y={Number(y)} dy={-8} textAnchor="end" fontSize={12} fill={colour}>{name}</text> : <text x={Number(x) + 8} y={Number(y) + moved} dy={4} fontSize={12} fill={colour}>{name}</text>
}

/** The curves themselves. In a file of its own, since the library that draws them is only downloaded where there is a chart. */
function Plot({ rows, series, scale, currency, inset, isNamed, hasBand, mark, narrow }: DayPlotProps) {
  const { locale } = usePreferences()
  const data: Drawn[] = rows.map(({ on, amounts, band }) => ({
    day: dayNumber(on), ...(band ? { band: [Number(band.low), Number(band.high)] as const } : {}),
    ...Object.fromEntries(Object.entries(amounts).map(([id, amount]) => [id, Number(amount)])),
  }))
  const first = data[0]!.day
  const last = data.at(-1)!.day
  const ticks = dayTicks(first, last, narrow ? 4 : 7)
  const isByMonth = ticks.every((tick) => fromEpochDay(tick).endsWith('-01'))
  const nameOf = (tick: number) => isByMonth ? formatShortMonth(fromEpochDay(tick), locale) : formatDay(fromEpochDay(tick)).slice(0, 5)
  const moved = namePlaces(series, scale, 180)
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={data} margin={{ top: TOP, right: inset.right, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="day" type="number" domain={[first, last]} ticks={ticks} tickFormatter={nameOf} height={FOOT} tick={TICK} tickLine={false} axisLine={false} interval="preserveStartEnd" />
        <YAxis width={inset.left} domain={[scale.low, scale.high]} ticks={scale.ticks} interval={0} tickFormatter={(value: number) => formatShortMoney(String(value), currency, locale)} tick={TICK} tickLine={false} axisLine={false} />
        {hasBand ? <Area dataKey="band" type="monotone" stroke="none" fill="var(--muted)" fillOpacity={0.16} isAnimationActive={false} connectNulls /> : null}
        <ReferenceLine y={0} stroke="var(--line-strong)" />
        {mark ? <ReferenceLine x={dayNumber(mark.on)} stroke="var(--line-strong)" strokeDasharray="2 3" label={{ value: mark.name, position: 'insideTopRight', fill: 'var(--muted)', fontSize: 12 }} /> : null}
        {series.map(({ id, name, tone, look = 'line', points }) => (
          <Line
            key={id} dataKey={id} type={look === 'step' ? 'stepAfter' : 'linear'} stroke={colourOf(tone)} strokeWidth={1.5} strokeDasharray={look === 'dashed' ? '4 4' : '0'} dot={false} activeDot={false} isAnimationActive={false} connectNulls
            {...(isNamed ? { label: (at: Place) => <NameAtEnd {...at} name={rows[at.index ?? -1]?.on === points.at(-1)?.on ? name : ''} moved={moved.get(id) ?? 0} colour={colourOf(tone)} goesOn={points.at(-1)?.on !== rows.at(-1)?.on} /> } : {})}
          />
        ))}
      </ComposedChart>
    </ResponsiveContainer>
  )
}

export const DayPlot = memo(Plot)
