import { addDays, addMonths, dateOf, dayOf, daysBetween, daysInMonth, type LocalDate, monthOf, toEpochDay, yearOf } from '../kernel/local-date.ts'

/** How often something comes back. */
export type Rhythm = 'week' | 'two_weeks' | 'month' | 'quarter' | 'year'

/** What a rhythm asks of the days: the step, how far a date may slip (weekends, holidays, a slow bank), and how many times make it one. */
type RhythmRow = { readonly days: number; readonly months: number; readonly slip: number; readonly timesMin: number; readonly perYear: number }

export const RHYTHMS: Readonly<Record<Rhythm, RhythmRow>> = {
  week: { days: 7, months: 0, slip: 1, timesMin: 4, perYear: 52 },
  two_weeks: { days: 14, months: 0, slip: 2, timesMin: 4, perYear: 26 },
  month: { days: 30, months: 1, slip: 4, timesMin: 3, perYear: 12 },
  quarter: { days: 91, months: 3, slip: 8, timesMin: 3, perYear: 4 },
  year: { days: 365, months: 12, slip: 12, timesMin: 2, perYear: 1 },
}

/** The day so many steps later; the last day of a month that has no such day. */
export function stepFrom(rhythm: Rhythm, day: LocalDate, steps: number): LocalDate {
  const { days, months } = RHYTHMS[rhythm]
  return months > 0 ? addMonths(day, months * steps) : addDays(day, days * steps)
}

/** How many days `day` is from the day expected so many steps after `from`. */
export function slipBetween(rhythm: Rhythm, from: LocalDate, { to, steps }: { readonly to: LocalDate; readonly steps: number }): number {
  return Math.abs(daysBetween(stepFrom(rhythm, from, steps), to))
}

const AROUND_MONTH = 31

/** The day of the month most of the days keep to: the one the others are nearest to, the latest of those, the end and the beginning of a month being neighbours. */
function usualDayOfMonth(days: readonly LocalDate[]): number {
  const found = days.map(dayOf)
  const distance = (a: number, b: number) => Math.min(Math.abs(a - b), AROUND_MONTH - Math.abs(a - b))
  // A short month holds its last day for all those it lacks.
  const costs = found.map((day) => days.reduce((cost, other) => cost + distance(Math.min(day, daysInMonth(yearOf(other), monthOf(other))), dayOf(other)), 0))
  return found[costs.lastIndexOf(Math.min(...costs))] ?? 1
}

/** Days looked at to know on which day something usually comes. */
const RECENT = 6

/** The day expected so many steps after the last one, brought to the usual day of the month for what comes by months. */
export function expectedAfter(rhythm: Rhythm, days: readonly LocalDate[], steps: number): LocalDate {
  const last = days.at(-1)!
  const plain = stepFrom(rhythm, last, steps)
  if (RHYTHMS[rhythm].months === 0) return plain
  const usual = usualDayOfMonth(days.slice(-RECENT))
  const candidates = [-1, 0, 1].flatMap((shift) => {
    const month = addMonths(dateOf(yearOf(plain), monthOf(plain), 1)!, shift)
    return dateOf(yearOf(month), monthOf(month), Math.min(usual, daysInMonth(yearOf(month), monthOf(month)))) ?? []
  })
  const nearest = candidates.reduce((best, one) => (Math.abs(toEpochDay(one) - toEpochDay(plain)) < Math.abs(toEpochDay(best) - toEpochDay(plain)) ? one : best))
  return Math.abs(daysBetween(nearest, plain)) <= RHYTHMS[rhythm].slip ? nearest : plain
}
