import { addDays, addMonths, daysBetween, earlier, endOfMonth, later, type LocalDate, startOfMonth, weekdayOf } from '../kernel/local-date.ts'
import { problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'

export type Span = { readonly from: LocalDate; readonly to: LocalDate }

/** The days looked at and the same number of days just before, to compare with. */
export type Window = Span & { readonly days: number; readonly previous: Span }

export const WINDOW_DAYS_MAX = 3_660
const DAYS_WITHOUT_PERIOD = 30

/** A window from its two days. */
export function windowOf({ from, to }: Span): Window {
  const days = daysBetween(from, to) + 1
  return { from, to, days, previous: { from: addDays(from, -days), to: addDays(from, -1) } }
}

/**
 * The window someone asks for: the last `days`, or from a day to a day; the last 30 days when nothing is asked. Only a first day
 * goes on until today, only a last day goes back over the usual number of days. Refuses both ways at once, days in the wrong order and more than ten years.
 */
export function askedWindow(asked: { readonly days?: number | undefined; readonly from?: LocalDate | undefined; readonly to?: LocalDate | undefined }, today: LocalDate, usualDays: number = DAYS_WITHOUT_PERIOD): Result<Window> {
  const { days, from, to } = asked
  if (days !== undefined && (from !== undefined || to !== undefined)) {
    return fail(problem('PERIOD_AMBIGUOUS', { fr: 'Donnez un nombre de jours, ou des dates, mais pas les deux.', en: 'Give a number of days, or dates, but not both.' }, { field: 'days' }))
  }
  const end = to ?? today
  const begin = from ?? addDays(end, 1 - (days ?? usualDays))
  if (begin > end) return fail(problem('PERIOD_REVERSED', { fr: `Le premier jour (${begin}) est après le dernier (${end}). Inversez-les.`, en: `The first day (${begin}) is after the last (${end}). Swap them.` }, { field: 'from' }))
  if (daysBetween(begin, end) >= WINDOW_DAYS_MAX) return fail(problem('PERIOD_TOO_LONG', { fr: `Une analyse porte sur ${WINDOW_DAYS_MAX} jours au plus. Rapprochez les dates.`, en: `An analysis covers ${WINDOW_DAYS_MAX} days at most. Bring the dates closer.` }, { field: 'from' }))
  return ok(windowOf({ from: begin, to: end }))
}

export type Interval = 'week' | 'month'

/** One week or month of a window. It is not whole when the window cuts it, or when it is not over. */
export type Bucket = Span & { readonly isWhole: boolean }

/** The weeks (from Monday) or months of a window, in order; the first and the last are cut to it. */
export function bucketsOf(window: Span, interval: Interval, today: LocalDate): Bucket[] {
  const buckets: Bucket[] = []
  let start = interval === 'week' ? addDays(window.from, 1 - weekdayOf(window.from)) : startOfMonth(window.from)
  while (start <= window.to) {
    const end = interval === 'week' ? addDays(start, 6) : endOfMonth(start)
    buckets.push({ from: later(start, window.from), to: earlier(end, window.to), isWhole: start >= window.from && end <= window.to && end <= today })
    start = interval === 'week' ? addDays(start, 7) : addMonths(start, 1)
  }
  return buckets
}
