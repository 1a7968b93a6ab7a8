import { formatAmount } from '../../../core/kernel/money.ts'
import { currency as currencyOf } from '../../../core/kernel/currency.ts'
import { addMonths, startOfMonth, type LocalDate } from '../../../core/kernel/local-date.ts'
import type { Money } from '../../../contract/common.ts'
import { minorOf } from '../../lib/amounts.ts'

export type DayTotal = { readonly on: string; readonly total: Money }

/** The sum from the first day to each day, exact; the days without movement at both ends are there too, so that the curve spans the period. */
export function running(days: readonly DayTotal[], period: { readonly from: string; readonly to: string }, currency: string): readonly { readonly on: string; readonly amount: string }[] {
  let sum = 0n
  const points = days.map(({ on, total }) => { sum += minorOf(total.amount, currency); return { on, amount: formatAmount(sum, currencyOf(currency)) } })
  const zero = formatAmount(0n, currencyOf(currency))
  const first = points[0]?.on === period.from ? [] : [{ on: period.from, amount: zero }]
  const last = points.at(-1)?.on === period.to ? [] : [{ on: period.to, amount: points.at(-1)?.amount ?? zero }]
  return period.from === period.to ? points : [...first, ...points, ...last]
}

/** The twelve months that end with a day: what a trend is drawn over, whatever the period looked at. */
export function yearTo(to: LocalDate): { readonly from: LocalDate; readonly to: LocalDate } {
  return { from: addMonths(startOfMonth(to), -11), to }
}
