import { useLingui } from '@lingui/react/macro'
import { lazy, useMemo, type ReactNode } from 'react'
import { formatDay, formatMoney } from '../../lib/format.ts'
import { useIsPhone } from '../../lib/media.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { DateText } from '../date-text.tsx'
import { Money } from '../money.tsx'
import { FiguresTable, SeriesFigure } from './figures-table.tsx'
import { ChartFrame } from './frame.tsx'
import { dayNumber, scaleOf } from './scale.ts'
import { colourOf, type ChartTone } from './tones.ts'

const DayPlot = lazy(() => import('./day-plot.tsx').then((file) => ({ default: file.DayPlot })))

export type DayAmount = { readonly on: string; readonly amount: string }
export type DayBand = { readonly on: string; readonly low: string; readonly high: string }
export type DaySeries = {
  readonly id: string
  readonly name: string
  readonly tone: ChartTone
  readonly points: readonly DayAmount[]
  /** `step`: a balance stays what it is until the next day. `dashed`: not known yet. */
  readonly look?: 'line' | 'step' | 'dashed' | undefined
}
export type DayChartProps = {
  readonly label: string
  readonly currency: string
  /** At most six. With three or fewer each curve carries its name. */
  readonly series: readonly DaySeries[]
  /** What is uncertain, as a band behind the curves. */
  readonly band?: readonly DayBand[] | undefined
  /** A day to name, such as today. */
  readonly mark?: { readonly on: string; readonly name: string } | undefined
  readonly actions?: ReactNode
  readonly height?: number | undefined
}

/** One row a day, with the amount of each series by its id: what the drawing and the table both read. */
export function dayRows(series: readonly DaySeries[], band: readonly DayBand[] = []): readonly { readonly on: string; readonly amounts: Readonly<Record<string, string>>; readonly band: DayBand | undefined }[] {
  const days = new Map<string, Record<string, string>>()
  for (const { id, points } of series) for (const { on, amount } of points) days.set(on, { ...days.get(on), [id]: amount })
  const bands = new Map(band.map((one) => [one.on, one]))
  for (const on of bands.keys()) if (!days.has(on)) days.set(on, {})
  return [...days].sort(([a], [b]) => a.localeCompare(b)).map(([on, amounts]) => ({ on, amounts, band: bands.get(on) }))
}

/** Amounts over days: curves, a band for what is uncertain, the zero line, arrows and a table. Nothing when there is no day. */
export function DayChart({ label, currency, series, band, mark, actions, height = 220 }: DayChartProps) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const phone = useIsPhone()
  const rows = useMemo(() => dayRows(series, band), [series, band])
  const scale = useMemo(() => scaleOf(rows.flatMap(({ amounts, band: around }) => [...Object.values(amounts), ...(around ? [around.low, around.high] : [])].map(Number))), [rows])
  if (rows.length === 0) return null
  const isNamed = !phone && series.length > 1 && series.length <= 3
  const inset = { left: 64, right: isNamed ? Math.min(150, 20 + Math.max(...series.map(({ name }) => name.length)) * 7) : 16 }
  const first = dayNumber(rows[0]!.on)
  const last = dayNumber(rows.at(-1)!.on)
  const figures = (index: number) => series.flatMap((one) => { const amount = rows[index]!.amounts[one.id]; return amount === undefined ? [] : [{ ...one, amount }] })
  return (
    <ChartFrame
      label={label} count={rows.length} inset={inset} height={height} actions={actions} leap={rows.length > 40 ? 30 : 7}
      valueText={(index) => [formatDay(rows[index]!.on), ...figures(index).map(({ name, amount }) => `${series.length > 1 ? `${name} ` : ''}${formatMoney(amount, currency, locale)}`)].join(', ')}
      readout={(index) => <><DateText day={rows[index]!.on} />{figures(index).map(({ id, name, tone, amount }) => <SeriesFigure key={id} name={series.length > 1 ? name : ''} colour={series.length > 1 ? colourOf(tone) : undefined}><Money value={{ amount, currency }} /></SeriesFigure>)}</>}
      table={() => (
        <FiguresTable
          label={label} head={t`Day`} currency={currency} names={[...series.map(({ name }) => name), ...(band ? [t`At least`, t`At most`] : [])]}
          rows={rows.toReversed().map(({ on, amounts, band: around }) => ({ id: on, head: <DateText day={on} />, amounts: [...series.map(({ id }) => amounts[id]), ...(band ? [around?.low, around?.high] : [])] }))}
        />
      )}
    >
      {(chosen) => <>
        <DayPlot rows={rows} series={series} scale={scale} currency={currency} inset={inset} isNamed={isNamed} hasBand={band !== undefined} mark={mark} narrow={phone} />
        {chosen === undefined ? null : <Pointer share={last === first ? 0.5 : (dayNumber(rows[chosen]!.on) - first) / (last - first)} inset={inset} dots={figures(chosen).map(({ tone, amount }) => ({ colour: colourOf(tone), share: (scale.high - Number(amount)) / (scale.high - scale.low) }))} />}
      </>}
    </ChartFrame>
  )
}

/** The height of the names under the drawing, and the room above it: shared with the plot. */
export const FOOT = 24
export const TOP = 8

/** A hairline on the day pointed at and a dot on each curve, over the drawing, so that the drawing itself need not be made again. */
function Pointer({ share, inset, dots }: { readonly share: number; readonly inset: { readonly left: number; readonly right: number }; readonly dots: readonly { readonly colour: string; readonly share: number }[] }) {
  return (
    <span aria-hidden className="pointer-events-none absolute" style={{ left: inset.left, right: inset.right, top: TOP, bottom: FOOT }}>
      <span className="absolute inset-y-0 border-l border-line-strong" style={{ left: `${share * 100}%` }} />
      {dots.map((dot, index) => <span key={index} className="absolute size-2 -translate-1/2 rounded-full border-2 border-surface" style={{ left: `${share * 100}%`, top: `${dot.share * 100}%`, backgroundColor: dot.colour }} />)}
    </span>
  )
}
