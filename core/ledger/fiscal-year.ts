import { addDays, addMonths, earlier, endOfMonth, type LocalDate, startOfMonth } from '../kernel/local-date.ts'
import { problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'

export type PeriodStatus = 'open' | 'locked'

/** One month of a fiscal year, clipped to the year. The index is 1-based. */
export type Period = { readonly index: number; readonly start: LocalDate; readonly end: LocalDate; readonly status: PeriodStatus }

/** A fiscal year of any dates, both days included, cut in monthly periods that cover it without a hole. */
export type FiscalYear = { readonly start: LocalDate; readonly end: LocalDate; readonly periods: readonly Period[] }

/** A financial year lasts twelve months; only a first or a changed one is longer, and never beyond two years. */
export const YEAR_MONTHS_MAX = 24

function periodsOf(start: LocalDate, end: LocalDate): Period[] {
  const periods: Period[] = []
  for (let from = start; from <= end; from = addDays(endOfMonth(from), 1)) {
    periods.push({ index: periods.length + 1, start: from, end: earlier(endOfMonth(from), end), status: 'open' })
  }
  return periods
}

/**
 * The fiscal year from one day to another, every period open: twelve periods for a plain year, the first and last ones clipped
 * when the year begins or ends within a month. Refuses an end before the start and more than 24 months.
 * Source: C. com. art. L. 123-12 (yearly inventory and accounts).
 */
export function fiscalYear(start: LocalDate, end: LocalDate): Result<FiscalYear> {
  if (end < start) {
    return fail(problem('YEAR_REVERSED', {
      fr: `L'exercice finit le ${end}, avant son début le ${start}. Corrigez l'une des deux dates.`,
      en: `The year ends on ${end}, before its start on ${start}. Correct one of the two dates.`,
    }, { field: 'end' }))
  }
  if (end >= addMonths(start, YEAR_MONTHS_MAX)) {
    return fail(problem('YEAR_TOO_LONG', {
      fr: `L'exercice du ${start} au ${end} dépasse ${YEAR_MONTHS_MAX} mois. Choisissez une date de clôture plus proche.`,
      en: `The year from ${start} to ${end} is longer than ${YEAR_MONTHS_MAX} months. Choose an earlier closing day.`,
    }, { field: 'end' }))
  }
  return ok({ start, end, periods: periodsOf(start, end) })
}

/** The year that follows: it starts the day after and lasts twelve months. */
export function nextFiscalYear(year: FiscalYear): FiscalYear {
  const start = addDays(year.end, 1)
  const end = addDays(addMonths(startOfMonth(start), 12), start === startOfMonth(start) ? -1 : Number(start.slice(8, 10)) - 2)
  return { start, end, periods: periodsOf(start, end) }
}

/** True when the day lies in the year. */
export function holds(year: FiscalYear, date: LocalDate): boolean {
  return year.start <= date && date <= year.end
}

/** The period that holds a day; undefined outside the year. */
export function periodOf(year: FiscalYear, date: LocalDate): Period | undefined {
  return year.periods.find((period) => period.start <= date && date <= period.end)
}

/**
 * The day an operation is booked on: its own when its period is open, else the first day of the next open period (its real day
 * stays on the document). Undefined when nothing is open from that day on, or when the day is outside the year.
 * Source: PCG art. 1031-4.
 */
export function bookingDate(year: FiscalYear, date: LocalDate): LocalDate | undefined {
  const own = periodOf(year, date)
  if (!own) return undefined
  if (own.status === 'open') return date
  return year.periods.find((period) => period.index > own.index && period.status === 'open')?.start
}

/** The same year with every period that ends on or before a day locked. Locking is never undone by this function. */
export function lockUntil(year: FiscalYear, date: LocalDate): FiscalYear {
  return { ...year, periods: year.periods.map((period) => (period.end <= date ? { ...period, status: 'locked' } : period)) }
}
