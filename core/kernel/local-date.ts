import { assert } from './assert.ts'

/** A calendar day of accounting, 'YYYY-MM-DD'. It has no hour and no zone; comparing the strings compares the days. */
export type LocalDate = string & { readonly __brand: 'LocalDate' }

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Days in a month (1-12) of a year. */
export function daysInMonth(year: number, month: number): number {
  const days = MONTH_DAYS[month - 1]
  assert(days, `not a month: ${month}`)
  return month === 2 && isLeap(year) ? 29 : days
}

/** The day of these three numbers, or undefined when the calendar has none (30 February, month 13, year 0). */
export function dateOf(year: number, month: number, day: number): LocalDate | undefined {
  if (!Number.isInteger(year) || year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as LocalDate
}

/** Reads 'YYYY-MM-DD' and nothing else. */
export function parseDate(text: string): LocalDate | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return match ? dateOf(Number(match[1]), Number(match[2]), Number(match[3])) : undefined
}

/** Reads 'YYYYMMDD', the form of FEC and of many bank formats. */
export function parseCompactDate(text: string): LocalDate | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  return match ? dateOf(Number(match[1]), Number(match[2]), Number(match[3])) : undefined
}

/** A day known to be well formed: throws otherwise. */
export function localDate(text: string): LocalDate {
  const parsed = parseDate(text)
  assert(parsed, `not a calendar day: ${text}`)
  return parsed
}

/** The year of a day, 1 to 9999. */
export function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4))
}

/** The month of a day, 1 to 12. */
export function monthOf(date: LocalDate): number {
  return Number(date.slice(5, 7))
}

/** The day of its month, 1 to 31. */
export function dayOf(date: LocalDate): number {
  return Number(date.slice(8, 10))
}

/** Days since 1970-01-01, negative before (proleptic Gregorian; algorithm of H. Hinnant, days_from_civil). */
export function toEpochDay(date: LocalDate): number {
  const month = monthOf(date)
  const year = month <= 2 ? yearOf(date) - 1 : yearOf(date)
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOf(date) - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The inverse of toEpochDay. */
export function fromEpochDay(epochDay: number): LocalDate {
  const shifted = epochDay + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const date = dateOf(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  assert(date, `day out of the calendar: ${epochDay}`)
  return date
}

/** The day so many days later, earlier when negative. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return fromEpochDay(toEpochDay(date) + days)
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return toEpochDay(to) - toEpochDay(from)
}

/** The same day of another month, or that month's last day when it has no such day (31 January + 1 = 28 February). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const index = yearOf(date) * 12 + monthOf(date) - 1 + months
  const year = Math.floor(index / 12)
  const month = (index % 12 + 12) % 12 + 1
  const moved = dateOf(year, month, Math.min(dayOf(date), daysInMonth(year, month)))
  assert(moved, `month out of the calendar: ${date} + ${months}`)
  return moved
}

/** The first day of its month. */
export function startOfMonth(date: LocalDate): LocalDate {
  return `${date.slice(0, 8)}01` as LocalDate
}

/** The last day of its month. */
export function endOfMonth(date: LocalDate): LocalDate {
  return `${date.slice(0, 8)}${daysInMonth(yearOf(date), monthOf(date))}` as LocalDate
}

/** 1 for Monday to 7 for Sunday (ISO 8601). */
export function weekdayOf(date: LocalDate): number {
  return ((toEpochDay(date) + 3) % 7 + 7) % 7 + 1
}

/** 'YYYYMMDD'. */
export function compactDate(date: LocalDate): string {
  return date.replaceAll('-', '')
}

/** The earlier of two days. */
export function earlier(a: LocalDate, b: LocalDate): LocalDate {
  return a <= b ? a : b
}

/** The later of two days. */
export function later(a: LocalDate, b: LocalDate): LocalDate {
  return a >= b ? a : b
}
