import { dateOf, daysBetween, type LocalDate, monthOf, dayOf, yearOf } from '../../../core/kernel/local-date.ts'
import { type DateCell, type DateOrder, readDateCell, resolveDate } from '../csv/dates.ts'

/** A day as a statement writes it, often without its year. */
export type DayText = { readonly kind: 'whole'; readonly cell: DateCell } | { readonly kind: 'numbers'; readonly first: number; readonly second: number } | { readonly kind: 'named'; readonly month: number; readonly day: number }

/** A movement may be dated a few days after the end that the statement tells. */
const DAYS_AFTER = 10
const LEAP_YEAR = 2000

function numbersOf(text: string): DayText | undefined {
  const match = /^(\d{1,2})[/.-](\d{1,2})$/.exec(text)
  if (!match) return undefined
  const [first, second] = [Number(match[1]), Number(match[2])]
  return first >= 1 && second >= 1 && ((first <= 31 && second <= 12) || (first <= 12 && second <= 31)) ? { kind: 'numbers', first, second } : undefined
}

/** "02 MAR", "Mar 2": a day and the name of its month. */
function namedOf(text: string): DayText | undefined {
  if (!/^(\d{1,2}(er)?[ .-]?\p{L}{3,9}\.?|\p{L}{3,9}\.? \d{1,2})$/u.test(text)) return undefined
  const cell = readDateCell(`${text.replace(/^(\d{1,2})(?:er)?[ .-]?(\p{L})/u, '$1 $2')} ${LEAP_YEAR}`)
  return cell?.kind === 'day' ? { kind: 'named', month: monthOf(cell.day), day: dayOf(cell.day) } : undefined
}

/** The day at the beginning of some words, and how many of them it takes. */
export function leadingDay(words: readonly string[]): { readonly day: DayText; readonly count: number } | undefined {
  for (const count of [3, 2, 1]) {
    if (words.length < count) continue
    const text = words.slice(0, count).join(' ')
    const cell = /\d{4}|\d[/.-]\d{1,2}[/.-]\d{2}$|\d \p{L}+\.? \d{2}$/u.test(text) ? readDateCell(text) : undefined
    if (cell) return { day: { kind: 'whole', cell }, count }
    const short = count === 1 ? (numbersOf(text) ?? namedOf(text)) : count === 2 ? namedOf(text) : undefined
    if (short) return { day: short, count }
  }
  return undefined
}

/** A whole day written anywhere in a text. */
export function dayWithin(text: string, order: DateOrder): LocalDate | undefined {
  const words = text.split(/[\s:*()]+/).map((word) => word.replace(/[.,;]+$/, ''))
  for (let at = 0; at < words.length; at++) {
    const found = leadingDay(words.slice(at, at + 3))
    if (found?.day.kind === 'whole') return resolveDate(found.day.cell, order)
  }
  return undefined
}

/** The day in the calendar. One without a year is in the last year that keeps it before the end of the statement. Undefined when there is no such day. */
export function resolveDay(day: DayText, order: DateOrder, until: LocalDate | null): LocalDate | undefined {
  if (day.kind === 'whole') return resolveDate(day.cell, order)
  if (until === null) return undefined
  const [number, month] = day.kind === 'named' ? [day.day, day.month] : order === 'day-first' ? [day.first, day.second] : [day.second, day.first]
  for (const year of [yearOf(until) + 1, yearOf(until), yearOf(until) - 1]) {
    const found = dateOf(year, month, number)
    if (found && daysBetween(until, found) <= DAYS_AFTER) return found
  }
  return undefined
}

/** Order of day and month over a document: a number over 12 tells; else a statement in dollars and English is month first. */
export function orderOf(days: readonly DayText[], isAmerican: boolean): DateOrder {
  const pairs = days.flatMap((day) => (day.kind === 'numbers' ? [day] : day.kind === 'whole' && day.cell.kind === 'numbers' ? [day.cell] : []))
  const dayFirst = pairs.filter(({ first }) => first > 12).length
  const monthFirst = pairs.filter(({ second }) => second > 12).length
  return dayFirst !== monthFirst ? (dayFirst > monthFirst ? 'day-first' : 'month-first') : isAmerican ? 'month-first' : 'day-first'
}
