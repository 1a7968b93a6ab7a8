import { Trans, useLingui } from '@lingui/react/macro'
import type { Trends } from '../../../contract/analytics.ts'
import { opposite } from '../../lib/amounts.ts'
import { Money } from '../../ui/index.ts'
import { MonthChart, type ChartTone, type MonthSeries } from '../../ui/chart/index.ts'

/** What came in above the line, what went out below, what is left as a curve; the usual month in words. */
export function FlowTrend({ trends }: { readonly trends: Trends }) {
  const { t } = useLingui()
  const { averages, currency } = trends
  return (
    <div>
      <MonthChart
        label={t`Month by month`} currency={currency} height={230}
        series={[{ id: 'income', name: t`Came in`, tone: 1 }, { id: 'spending', name: t`Went out`, tone: 2 }, { id: 'net', name: t`Left`, tone: 'ink', look: 'line' }]}
        months={trends.points.map(({ from, income, spending, net }) => ({ month: from, amounts: { income: income.amount, spending: opposite(spending.amount), net: net.amount } }))}
      />
      {averages ? <p className="mt-2 text-sm text-muted"><Trans>A usual month, over {averages.points} whole ones: <Money value={averages.income} className="text-ink" /> in, <Money value={averages.spending} className="text-ink" /> out, <Money value={averages.net} className="text-ink" /> left.</Trans></p> : null}
    </div>
  )
}

const TONES: readonly ChartTone[] = [1, 2, 3, 4, 5, 6]

/** The largest categories of spending, one on the other, month by month. */
export function CategoryTrend({ trends }: { readonly trends: Trends }) {
  const { t } = useLingui()
  const shown = trends.categories.filter(({ categoryId }) => categoryId !== null).slice(0, TONES.length)
  if (shown.length === 0) return null
  const series: readonly MonthSeries[] = shown.map(({ categoryId, name }, index) => ({ id: categoryId!, name: name ?? '', tone: TONES[index]! }))
  return (
    <div>
      <MonthChart label={t`The largest categories, month by month`} currency={trends.currency} series={series} height={230} months={trends.points.map(({ from }, index) => ({ month: from, amounts: Object.fromEntries(shown.map(({ categoryId, spending }) => [categoryId!, spending[index]?.amount ?? '0'])) }))} />
    </div>
  )
}
