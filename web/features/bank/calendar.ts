import { addDays, addMonths, daysInMonth, localDate, startOfMonth, type LocalDate } from '../../../core/kernel/local-date.ts'
import type { AccountContinuity } from '../../../contract/banking.ts'

export type CalendarDay = AccountContinuity['days'][number]
export type CalendarMonth = { readonly month: string; readonly days: readonly (CalendarDay | undefined)[] }

/** Days as rows of a calendar, one a month, the latest first; undefined where the month has no such day or the range does not hold it. */
export function calendarOf(days: readonly CalendarDay[]): readonly CalendarMonth[] {
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return []
  const known = new Map(days.map((day) => [day.on, day]))
  const months: CalendarMonth[] = []
  for (let month = startOfMonth(localDate(last.on)); month >= startOfMonth(localDate(first.on)); month = addMonths(month, -1)) {
    const [year, number] = month.split('-').map(Number)
    months.push({ month, days: Array.from({ length: daysInMonth(year!, number!) }, (_, n) => known.get(addDays(month, n))) })
  }
  return months
}

/** Where the arrows lead from a day: left and right by a day, up and down by a month, kept within the range. */
export function dayBeside(from: string, key: string, days: readonly CalendarDay[]): string | undefined {
  const [first, last] = [days[0]?.on, days.at(-1)?.on]
  if (!first || !last) return undefined
  const at = localDate(from)
  const moves: Readonly<Record<string, () => LocalDate | string>> = {
    ArrowLeft: () => addDays(at, -1), ArrowRight: () => addDays(at, 1), ArrowUp: () => addMonths(at, 1), ArrowDown: () => addMonths(at, -1), Home: () => first, End: () => last,
  }
  const wanted = moves[key]?.()
  if (wanted === undefined) return undefined
  return wanted < first ? first : wanted > last ? last : wanted
}
