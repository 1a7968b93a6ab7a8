import { addDays, addMonths, dateOf, endOfMonth, type LocalDate, monthOf, startOfMonth, yearOf } from '../kernel/local-date.ts'

/** A budget counts calendar months, quarters or years, or one span of its own. */
export type BudgetPeriod = 'month' | 'quarter' | 'year' | 'custom'

/** Days from `from` to `to`, both included. */
export type Span = { readonly from: LocalDate; readonly to: LocalDate }

/** When a budget counts: a period that comes back from the one that holds `startsOn` to the one that holds `endsOn`, without end when that is null. */
export type Schedule = { readonly period: BudgetPeriod; readonly startsOn: LocalDate; readonly endsOn: LocalDate | null }

const MONTHS = { month: 1, quarter: 3, year: 12 } as const

/** The calendar month, quarter or year of a day. */
export function calendarSpan(period: 'month' | 'quarter' | 'year', day: LocalDate): Span {
  const months = MONTHS[period]
  const month = Math.floor((monthOf(day) - 1) / months) * months + 1
  const from = startOfMonth(dateOf(yearOf(day), month, 1) ?? day)
  return { from, to: endOfMonth(addMonths(from, months - 1)) }
}

/** The period of the budget that holds a day; undefined before the first, after the last, and outside of a span of its own. */
export function periodAt(schedule: Schedule, day: LocalDate): Span | undefined {
  const { period, startsOn, endsOn } = schedule
  if (period === 'custom') return endsOn !== null && day >= startsOn && day <= endsOn ? { from: startsOn, to: endsOn } : undefined
  const span = calendarSpan(period, day)
  const isBefore = span.to < startsOn
  const isAfter = endsOn !== null && span.from > endsOn
  return isBefore || isAfter ? undefined : span
}

/** The period just before one of the budget's; undefined before the first. */
export function periodBefore(schedule: Schedule, span: Span): Span | undefined {
  return schedule.period === 'custom' ? undefined : periodAt(schedule, addDays(span.from, -1))
}

/** Periods of a budget that a carry-over looks back over: ten years of months. */
export const PERIODS_MAX = 120

/** The periods of a budget up to the one given, in order, at most PERIODS_MAX of them. */
export function periodsUpTo(schedule: Schedule, last: Span): Span[] {
  const spans = [last]
  for (let before = periodBefore(schedule, last); before && spans.length < PERIODS_MAX; before = periodBefore(schedule, before)) spans.push(before)
  return spans.reverse()
}

/** The first day on which the budget counts. */
export function firstDay(schedule: Schedule): LocalDate {
  return schedule.period === 'custom' ? schedule.startsOn : calendarSpan(schedule.period, schedule.startsOn).from
}

/** The last day on which the budget counts; null when it has no end. */
export function lastDay({ period, endsOn }: Schedule): LocalDate | null {
  return endsOn === null || period === 'custom' ? endsOn : calendarSpan(period, endsOn).to
}

/** The periods of a budget that touch the days given, in order, at most PERIODS_MAX of them, the latest ones. */
export function periodsWithin(schedule: Schedule, days: Span): Span[] {
  const end = lastDay(schedule)
  const to = end !== null && end < days.to ? end : days.to
  const last = periodAt(schedule, to) ?? undefined
  return last ? periodsUpTo(schedule, last).filter((span) => span.to >= days.from) : []
}
