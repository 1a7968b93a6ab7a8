import { memo } from 'react'
import { Bar, CartesianGrid, ComposedChart, Line, ReferenceArea, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import { formatShortMoney, formatShortMonth } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import type { MonthAmounts, MonthSeries } from './month-chart.tsx'
import type { Scale } from './scale.ts'
import { colourOf } from './tones.ts'

export type MonthPlotProps = { readonly months: readonly MonthAmounts[]; readonly series: readonly MonthSeries[]; readonly scale: Scale; readonly currency: string; readonly chosen: number | undefined }

const TICK = { fill: 'var(--muted)', fontSize: 12 } as const

/** The bars themselves; see `day-plot.tsx` for why they are apart. */
function Plot({ months, series, scale, currency, chosen }: MonthPlotProps) {
  const { locale } = usePreferences()
  const data = months.map(({ month, amounts }) => ({ month, ...Object.fromEntries(Object.entries(amounts).map(([id, amount]) => [id, Number(amount)])) }))
  const pointed = chosen === undefined ? undefined : months[chosen]?.month
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={data} margin={{ top: 8, right: 16, bottom: 0, left: 0 }} stackOffset="sign" barCategoryGap="28%" accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        {pointed === undefined ? null : <ReferenceArea x1={pointed} x2={pointed} fill="var(--sunken)" fillOpacity={1} />}
        <XAxis dataKey="month" interval="equidistantPreserveStart" minTickGap={8} height={24} tick={TICK} tickLine={false} axisLine={false} tickFormatter={(month: string) => formatShortMonth(month, locale)} />
        <YAxis width={64} domain={[scale.low, scale.high]} ticks={scale.ticks} interval={0} tickFormatter={(value: number) => formatShortMoney(String(value), currency, locale)} tick={TICK} tickLine={false} axisLine={false} />
        {series.filter(({ look }) => look !== 'line').map(({ id, tone }) => <Bar key={id} dataKey={id} stackId="month" fill={colourOf(tone)} maxBarSize={36} isAnimationActive={false} />)}
        <ReferenceLine y={0} stroke="var(--line-strong)" />
        {series.filter(({ look }) => look === 'line').map(({ id, tone }) => <Line key={id} dataKey={id} type="linear" stroke={colourOf(tone)} strokeWidth={1.5} dot={{ r: 2.5, fill: colourOf(tone), strokeWidth: 0 }} activeDot={false} isAnimationActive={false} />)}
      </ComposedChart>
    </ResponsiveContainer>
  )
}

export const MonthPlot = memo(Plot)
