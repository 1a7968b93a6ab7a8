import { addDays, addMonths, daysInMonth, endOfMonth, type LocalDate, monthOf, startOfMonth, weekdayOf, yearOf } from '../../../../core/kernel/local-date.ts'

const FRIDAY = 5

/** The day itself, or the Monday after a weekend: banks book nothing on those days. */
export function workingDay(date: LocalDate): LocalDate {
  let day = date
  while (weekdayOf(day) > FRIDAY) day = addDays(day, 1)
  return day
}

/** The day itself, or the Friday before a weekend. */
export function workingDayBefore(date: LocalDate): LocalDate {
  let day = date
  while (weekdayOf(day) > FRIDAY) day = addDays(day, -1)
  return day
}

/** The working day of a month nearest to a day of it, never after the month: the 31st of February is its last day. */
export function dayOfMonth(month: LocalDate, day: number): LocalDate {
  const wanted = addDays(startOfMonth(month), Math.min(day, daysInMonth(yearOf(month), monthOf(month))) - 1)
  const next = workingDay(wanted)
  return next <= endOfMonth(month) ? next : workingDayBefore(wanted)
}

/** First days of so many months, the last one being the month of `today`. */
export function monthsUntil(today: LocalDate, count: number): LocalDate[] {
  return Array.from({ length: count }, (_, index) => addMonths(startOfMonth(today), index - count + 1))
}

/** "mars 2026". */
export function monthName(month: LocalDate): string {
  const names = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre']
  return `${names[monthOf(month) - 1]} ${yearOf(month)}`
}

/** Months that are told together, and their name. */
export type MonthGroup = { readonly name: string; readonly months: readonly LocalDate[] }

/** The last months one by one, the older ones by quarter: "2025-T3", then "2026-10". */
export function monthGroups(months: readonly LocalDate[], single: number): MonthGroup[] {
  const nameOf = (month: LocalDate, index: number) => (index >= months.length - single ? month.slice(0, 7) : `${yearOf(month)}-T${Math.ceil(monthOf(month) / 3)}`)
  return [...Map.groupBy(months, (month) => nameOf(month, months.indexOf(month)))].map(([name, own]) => ({ name, months: own }))
}
