import { addDays, daysBetween, earlier, later, type LocalDate } from '../kernel/local-date.ts'
import { absolute } from '../kernel/money.ts'
import type { PriceChange } from './amounts.ts'
import type { Series } from './find.ts'
import { expectedAfter, RHYTHMS, type Rhythm } from './rhythm.ts'

export type RecurringFlag =
  | { readonly kind: 'price_rise' | 'price_drop'; readonly on: LocalDate; readonly before: bigint; readonly after: bigint }
  | { readonly kind: 'missed' | 'new'; readonly on: LocalDate }

/** Where a series stands. `nextOn` is the next day expected, null once it has ended. */
export type SeriesState = {
  readonly state: 'active' | 'ended'
  readonly nextOn: LocalDate | null
  readonly flags: readonly RecurringFlag[]
}

const NEW_DAYS = 60
/** A change of price is told for so long, or until the next time but two, whichever is later. */
const CHANGE_DAYS = 120
/** Days beyond its slip before something is said to be missed. */
const PATIENCE = 2

function changeFlag(series: Series, change: PriceChange | null, today: LocalDate): RecurringFlag[] {
  const since = change && series.lines[change.at]
  if (!since) return []
  const isLate = daysBetween(since.bookedOn, today) > CHANGE_DAYS && series.lines.length - change.at > 2
  const isStale = daysBetween(since.bookedOn, today) > 3 * CHANGE_DAYS
  return isLate || isStale ? [] : [{ kind: change.after > change.before ? 'price_rise' : 'price_drop', on: since.bookedOn, before: change.before, after: change.after }]
}

/**
 * Where a series stands. `seenTo` is the last day of which the account's lines are known: what lies after it is not missed, only
 * unknown. A time that did not come is missed; two of them end the series.
 */
export function stateOf(series: Series, { seenTo, today }: { readonly seenTo: LocalDate; readonly today: LocalDate }): SeriesState {
  const days = series.lines.map(({ bookedOn }) => bookedOn)
  const known = earlier(seenTo, today)
  const { slip } = RHYTHMS[series.rhythm]
  const isPast = (day: LocalDate) => known > addDays(day, slip + PATIENCE)
  const [next, nextButOne] = [expectedAfter(series.rhythm, days, 1), expectedAfter(series.rhythm, days, 2)]
  const change = changeFlag(series, series.level.change, today)
  if (isPast(nextButOne)) return { state: 'ended', nextOn: null, flags: [] }
  const first = days[0]!
  const flags: RecurringFlag[] = [
    ...change,
    ...(isPast(next) ? [{ kind: 'missed' as const, on: next }] : []),
    ...(daysBetween(first, today) < NEW_DAYS ? [{ kind: 'new' as const, on: first }] : []),
  ]
  return { state: 'active', nextOn: isPast(next) ? nextButOne : next, flags }
}

const DATES_MAX = 400

/** The days on which an active series is expected within a span. What is due and has not come, without being missed, is expected on the first day. */
export function datesWithin(series: { readonly rhythm: Rhythm; readonly days: readonly LocalDate[]; readonly nextOn: LocalDate | null }, from: LocalDate, to: LocalDate): LocalDate[] {
  const { nextOn, rhythm, days } = series
  if (nextOn === null) return []
  const dates: LocalDate[] = []
  for (let step = 1; step <= DATES_MAX; step += 1) {
    const expected = expectedAfter(rhythm, days, step)
    if (expected < nextOn) continue
    if (expected > to) break
    const on = later(expected, from)
    // Only the very next one may be late: those after it keep their days.
    if (expected >= from || expected === nextOn) dates.push(on)
  }
  return dates
}

/** The usual amount as an amount per month, rounded half up, positive minor units. */
export function perMonth(rhythm: Rhythm, usual: bigint): bigint {
  const { perYear } = RHYTHMS[rhythm]
  const yearly = absolute(usual) * BigInt(perYear)
  return (yearly + 6n) / 12n
}
