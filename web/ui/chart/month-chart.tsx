import { useLingui } from '@lingui/react/macro'
import { lazy, useMemo, type ReactNode } from 'react'
import { formatMoney, formatMonth } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { Money } from '../money.tsx'
import { FiguresTable, SeriesFigure } from './figures-table.tsx'
import { ChartFrame } from './frame.tsx'
import { scaleOf } from './scale.ts'
import { colourOf, type ChartTone } from './tones.ts'

const MonthPlot = lazy(() => import('./month-plot.tsx').then((file) => ({ default: file.MonthPlot })))

export type MonthSeries = { readonly id: string; readonly name: string; readonly tone: ChartTone; /** A line over the bars, such as what is left of a month. */ readonly look?: 'bar' | 'line' | undefined }
/** `month` is its first day, or "2026-11"; amounts by the id of their series, signed as they are to be drawn. */
export type MonthAmounts = { readonly month: string; readonly amounts: Readonly<Record<string, string>> }
export type MonthChartProps = {
  readonly label: string
  readonly currency: string
  /** At most six. Bars of one month stand on the zero line: what is positive above, what is negative below. */
  readonly series: readonly MonthSeries[]
  readonly months: readonly MonthAmounts[]
  readonly actions?: ReactNode
  readonly height?: number | undefined
}

const dayOfMonth = (month: string) => month.length === 7 ? `${month}-01` : month

/** The highest and lowest reach of the bars of each month: bars of one sign stand on each other. */
export function reaches(months: readonly MonthAmounts[], series: readonly MonthSeries[]): readonly number[] {
  const bars = series.filter(({ look }) => look !== 'line')
  return months.flatMap(({ amounts }) => {
    const values = bars.map(({ id }) => Number(amounts[id] ?? '0'))
    const lines = series.filter(({ look }) => look === 'line').map(({ id }) => Number(amounts[id] ?? '0'))
    return [values.filter((one) => one > 0).reduce((a, b) => a + b, 0), values.filter((one) => one < 0).reduce((a, b) => a + b, 0), ...lines]
  })
}

/** Amounts by month, such as what came in and what went out: bars on a zero line, arrows and a table. Nothing when there is no month. */
export function MonthChart({ label, currency, series, months, actions, height = 220 }: MonthChartProps) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const scale = useMemo(() => scaleOf(reaches(months, series)), [months, series])
  if (months.length === 0) return null
  const name = (index: number) => formatMonth(dayOfMonth(months[index]!.month), locale)
  const figures = (index: number) => series.flatMap((one) => { const amount = months[index]!.amounts[one.id]; return amount === undefined ? [] : [{ ...one, amount }] })
  return (
    <ChartFrame
      label={label} count={months.length} kind="band" leap={12} inset={{ left: 64, right: 16 }} height={height} actions={actions}
      valueText={(index) => [name(index), ...figures(index).map((one) => `${one.name} ${formatMoney(one.amount, currency, locale)}`)].join(', ')}
      readout={(index) => <><span className="whitespace-nowrap">{name(index)}</span>{figures(index).map((one) => <SeriesFigure key={one.id} name={one.name} colour={colourOf(one.tone)}><Money value={{ amount: one.amount, currency }} /></SeriesFigure>)}</>}
      table={() => <FiguresTable label={label} head={t`Month`} currency={currency} names={series.map((one) => one.name)} rows={months.map(({ month, amounts }, index) => ({ id: month, head: name(index), amounts: series.map(({ id }) => amounts[id]) })).toReversed()} />}
    >
      {(chosen) => <MonthPlot months={months} series={series} scale={scale} currency={currency} chosen={chosen} />}
    </ChartFrame>
  )
}
