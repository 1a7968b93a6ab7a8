import type { DateOrder } from '../../../core/bank/mapping.ts'
import { dateOf, type LocalDate, parseCompactDate } from '../../../core/kernel/local-date.ts'

export type { DateOrder }

/** A date cell: a day already certain, or two numbers whose order the file must tell. */
export type DateCell = { readonly kind: 'day'; readonly day: LocalDate } | { readonly kind: 'numbers'; readonly first: number; readonly second: number; readonly year: number }

/** First letters of the months in the languages of bank exports, without accents. Longer forms share them. */
const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'ene', 'gen', 'styc', 'sty'], ['fev', 'feb', 'fevr', 'lut'], ['mar', 'mrt', 'mae', 'maa'], ['avr', 'apr', 'abr', 'kwi'], ['mai', 'may', 'mei', 'mag', 'maj'],
  ['juin', 'jun', 'giu', 'cze'], ['juil', 'jul', 'lug', 'lip'], ['aou', 'aug', 'ago', 'sie'], ['sep', 'set', 'wrz'], ['oct', 'okt', 'ott', 'out', 'paz'], ['nov', 'lis'], ['dec', 'dez', 'dic', 'des', 'gru'],
]

/** Removes accents and case. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase()
}

function monthOf(word: string): number | undefined {
  const letters = plain(word).replace(/[^a-z]/g, '')
  // The longest beginning wins: "juil" is July although "jui" alone would not tell.
  let found: number | undefined
  let length = 0
  MONTHS.forEach((names, index) => {
    for (const name of names) if (letters.startsWith(name) && name.length > length) [found, length] = [index + 1, name.length]
  })
  return found
}

/** Two-digit years: statements are younger than 1980. */
function fullYear(text: string): number {
  const year = Number(text)
  return text.length > 2 ? year : year >= 80 ? 1900 + year : 2000 + year
}

const day = (found: LocalDate | undefined): DateCell | undefined => (found ? { kind: 'day', day: found } : undefined)

/** What the last texts read as: the rows of a statement repeat the same few days. */
const KNOWN = new Map<string, DateCell>()
const KNOWN_MAX = 1000
const DATE_LENGTH_MAX = 64

/** Reads a date cell, with or without an hour behind it. Undefined when it is no date. */
export function readDateCell(cell: string): DateCell | undefined {
  if (cell.length > DATE_LENGTH_MAX) return undefined
  const known = KNOWN.get(cell)
  if (known !== undefined) return known
  const read = freshDateCell(cell)
  if (read === undefined) return undefined
  if (KNOWN.size >= KNOWN_MAX) KNOWN.clear()
  KNOWN.set(cell, read)
  return read
}

function freshDateCell(cell: string): DateCell | undefined {
  const text = cell.replace(/^'/, '').replace(/[T ,]+\d{1,2}[:h.]\d{2}.*$/, '').trim()
  if (text.length < 6 || text.length > 32 || !/\d/.test(text)) return undefined
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (compact) {
    const forward = Number(compact[1]) >= 1980 && Number(compact[1]) < 2100 ? parseCompactDate(text) : undefined
    return day(forward ?? dateOf(Number(text.slice(4)), Number(text.slice(2, 4)), Number(text.slice(0, 2))))
  }
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\.?$/.exec(text)
  if (yearFirst) return day(dateOf(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3])))
  const numbers = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})\.?$/.exec(text)
  if (numbers) {
    const [first, second] = [Number(numbers[1]), Number(numbers[3])]
    if (first > 31) return day(dateOf(fullYear(numbers[1]!), second, Number(numbers[4])))
    return first >= 1 && second >= 1 && second <= 31 && (first <= 12 || second <= 12) ? { kind: 'numbers', first, second, year: fullYear(numbers[4]!) } : undefined
  }
  const named = /^(?:\p{L}{2,9}\.?,? )?(\d{1,2})(?:er)?[-/. ]+(\p{L}{3,10})\.?[-/., ]+(\d{4}|\d{2})$/u.exec(text)
  if (named) return day(dateOf(fullYear(named[3]!), monthOf(named[2]!) ?? 0, Number(named[1])))
  const monthFirst = /^(\p{L}{3,10})\.?[- ](\d{1,2}),?[- ](\d{4})$/u.exec(text)
  return monthFirst ? day(dateOf(Number(monthFirst[3]), monthOf(monthFirst[1]!) ?? 0, Number(monthFirst[2]))) : undefined
}

/** The day of a date cell once the order is known; undefined when the calendar has no such day. */
export function resolveDate(cell: DateCell, order: DateOrder): LocalDate | undefined {
  if (cell.kind === 'day') return cell.day
  return order === 'day-first' ? dateOf(cell.year, cell.second, cell.first) : dateOf(cell.year, cell.first, cell.second)
}

/** How often a list of days changes direction: a statement is sorted, so the right order changes least. */
function turns(days: readonly (LocalDate | undefined)[]): number {
  const known = days.filter((found) => found !== undefined)
  let up = 0
  let down = 0
  for (let at = 1; at < known.length; at++) {
    if (known[at]! > known[at - 1]!) up += 1
    if (known[at]! < known[at - 1]!) down += 1
  }
  return Math.min(up, down)
}

/**
 * Decides the order over all the date cells of a file, column by column. A number over 12 settles it; then the order in which the
 * rows stay sorted; then the habit (`isAmerican`). `isSettled` is false when only habit decided. `known` is what a profile says of
 * such files: it is believed unless a number over 12 denies it.
 */
export function decideDateOrder(columns: readonly (readonly DateCell[])[], isAmerican: boolean, known?: DateOrder): { order: DateOrder; isSettled: boolean } {
  let dayFirst = 0
  let monthFirst = 0
  let open = 0
  for (const cell of columns.flat()) {
    if (cell.kind === 'day') continue
    if (cell.first > 12) dayFirst += 1
    else if (cell.second > 12) monthFirst += 1
    else if (cell.first !== cell.second) open += 1
  }
  if (dayFirst !== monthFirst) return { order: dayFirst > monthFirst ? 'day-first' : 'month-first', isSettled: true }
  if (known) return { order: known, isSettled: true }
  if (open === 0) return { order: isAmerican ? 'month-first' : 'day-first', isSettled: true }
  let asDays = 0
  let asMonths = 0
  for (const column of columns) {
    asDays += turns(column.map((cell) => resolveDate(cell, 'day-first')))
    asMonths += turns(column.map((cell) => resolveDate(cell, 'month-first')))
  }
  if (asDays !== asMonths) return { order: asDays < asMonths ? 'day-first' : 'month-first', isSettled: true }
  return { order: isAmerican ? 'month-first' : 'day-first', isSettled: false }
}
