import { claimsOf } from '../csv/words.ts'
import { leadingDay } from './dates.ts'
import { type Money, moneyOn } from './money.ts'
import type { Phrase, TextLine } from './page.ts'
import { noticeOf } from './words.ts'

/** What a column of amounts holds. */
export type MoneyRole = 'debit' | 'credit' | 'amount' | 'balance' | 'none'

/** A column of amounts: its extent, and the title that stands above it, if one does. */
export type MoneyColumn = { readonly x: number; readonly end: number; readonly title: MoneyRole | null }

/** Where a document keeps its dates and its amounts. */
export type Geometry = { readonly dateX: number | null; readonly columns: readonly MoneyColumn[] }

/** A title is at most this far, in points, from the amounts under it. */
const TITLE_DISTANCE_MAX = 60
/** How far, in letter heights, a date may stand from its column. */
const DATE_SHIFT = 1.6
const COLUMNS_MAX = 6
/** Places where dates begin that are looked at: a page is some hundred points wide. */
const PLACES_MAX = 2000
/** Lines around a title line that still belong to it. */
const TITLE_LINES = 3

/** The date that begins a line, and the words it takes, when it is one of its first two phrases. */
export function dayOn(line: TextLine): { readonly phrase: Phrase; readonly at: number; readonly found: NonNullable<ReturnType<typeof leadingDay>> } | undefined {
  for (const at of [0, 1]) {
    const phrase = line.phrases[at]
    if (!phrase) return undefined
    const own = phrase.words.map((word) => word.text)
    // "02" and "MAR" may be wide enough apart to be two phrases.
    const found = leadingDay(own)
    if (found) return { phrase, at, found }
  }
  return undefined
}

/** True when a date stands in the column of dates. */
export function isInDates(x: number, height: number, dateX: number | null): boolean {
  return dateX !== null && Math.abs(x - dateX) <= height * DATE_SHIFT
}

/** The place where most lines that begin with a date begin. */
function dateColumn(lines: readonly TextLine[]): number | null {
  const counts = new Map<number, { x: number; height: number; count: number }>()
  for (const line of lines) {
    const x = dayOn(line)?.phrase.x
    if (x === undefined) continue
    const key = Math.round(x)
    const known = counts.get(key)
    if (known) known.count += 1
    else if (counts.size < PLACES_MAX) counts.set(key, { x, height: line.height, count: 1 })
  }
  let best: { x: number; count: number } | null = null
  for (const { x, height } of counts.values()) {
    let count = 0
    for (const other of counts.values()) if (isInDates(other.x, height, x)) count += other.count
    if (!best || count > best.count) best = { x, count }
  }
  return best?.x ?? null
}

const TABLE_ROLES = new Set(['booked', 'value', 'label', 'debit', 'credit', 'amount', 'balance'])

/** A title is a few words; a sentence that says "solde" is none. */
const TITLE_WORDS_MAX = 5

function titleOf(phrase: Phrase): MoneyRole | 'text' | null {
  if (phrase.words.length > TITLE_WORDS_MAX) return null
  const roles = claimsOf(phrase.text).map((claim) => claim.role)
  const money = roles.find((role) => role === 'debit' || role === 'credit' || role === 'balance' || role === 'amount')
  return (money as MoneyRole | undefined) ?? (roles.some((role) => TABLE_ROLES.has(role)) ? 'text' : null)
}

/** Titles of amount columns: words of a table's first lines, two of which at least are titles. */
function titles(lines: readonly TextLine[]): { phrase: Phrase; role: MoneyRole }[] {
  const known = lines.map((line) => line.phrases.map((phrase) => ({ phrase, role: titleOf(phrase) })).filter(({ role }) => role !== null))
  return known.flatMap((found, at) => {
    const around = known.slice(Math.max(0, at - TITLE_LINES), at + TITLE_LINES + 1).filter((_, index) => lines[Math.max(0, at - TITLE_LINES) + index]?.page === lines[at]!.page)
    return around.flat().length < 2 ? [] : found.filter((entry): entry is { phrase: Phrase; role: MoneyRole } => entry.role !== 'text')
  })
}

const gapBetween = (a: { x: number; end: number }, b: { x: number; end: number }): number => Math.max(0, Math.max(a.x, b.x) - Math.min(a.end, b.end))

/** Groups amounts that stand under each other: their extents overlap, or they end at one place. */
function clusters(money: readonly Money[]): { x: number; end: number }[] {
  const found: { x: number; end: number }[] = []
  for (const { phrase } of money.toSorted((a, b) => a.phrase.end - b.phrase.end)) {
    const own = found.find((cluster) => Math.min(cluster.end, phrase.end) - Math.max(cluster.x, phrase.x) > 0)
    if (own) [own.x, own.end] = [Math.min(own.x, phrase.x), Math.max(own.end, phrase.end)]
    else found.push({ x: phrase.x, end: phrase.end })
  }
  return found.toSorted((a, b) => a.x - b.x)
}

/** A balance before the first movement stands in the columns of the table as well. */
function isBalanceLine(line: TextLine): boolean {
  const notice = noticeOf(line.phrases.map((phrase) => phrase.text).join(' '))
  return notice === 'opening' || notice === 'balance' || notice === 'closing'
}

/** Finds the columns of a document from the places of its dates and amounts. */
export function geometryOf(lines: readonly TextLine[]): Geometry {
  const dateX = dateColumn(lines)
  let isInTable = false
  const inTable = lines.filter((line) => {
    const day = dayOn(line)
    if (!isInTable && ((day && isInDates(day.phrase.x, line.height, dateX)) || isBalanceLine(line))) isInTable = true
    return isInTable
  })
  const above = titles(lines)
  const found = clusters(inTable.flatMap((line) => moneyOn(line).money))
  const columns = found.slice(-COLUMNS_MAX).map((column): MoneyColumn => {
    const near = above.map(({ phrase, role }) => ({ role, gap: gapBetween(phrase, column), shift: Math.abs(phrase.end + phrase.x - column.end - column.x) }))
      .filter(({ gap }) => gap <= TITLE_DISTANCE_MAX).toSorted((a, b) => a.gap - b.gap || a.shift - b.shift)
    return { ...column, title: near[0]?.role ?? null }
  })
  return { dateX, columns }
}

/** The column an amount stands in; -1 when in none. */
export function columnOf(money: Money, columns: readonly MoneyColumn[]): number {
  const gaps = columns.map((column) => gapBetween(column, money.phrase))
  const least = Math.min(...gaps)
  return gaps.length === 0 || least > 0 ? -1 : gaps.indexOf(least)
}

/** The ways in which columns may be understood, likeliest first: as their titles say, else by their number. */
export function assignments(columns: readonly MoneyColumn[]): MoneyRole[][] {
  const told = columns.map((column) => column.title ?? 'none')
  const isTold = told.some((role) => role === 'debit' || role === 'credit' || role === 'amount')
  const pad = (roles: MoneyRole[]): MoneyRole[] => [...new Array<MoneyRole>(Math.max(0, columns.length - roles.length)).fill('none'), ...roles].slice(-columns.length || undefined)
  const byNumber: MoneyRole[][] = columns.length === 1 ? [['amount']]
    : columns.length === 2 ? [['debit', 'credit'], ['amount', 'balance'], ['credit', 'debit']]
    : [['debit', 'credit', 'balance'], ['credit', 'debit', 'balance'], ['debit', 'credit'], ['amount', 'balance']]
  // Titles that are twice the same tell nothing.
  const isClear = isTold && told.filter((role) => role === 'debit').length <= 1 && told.filter((role) => role === 'credit').length <= 1 && told.filter((role) => role === 'balance').length <= 1
  return [...(isClear ? [told] : []), ...byNumber.map(pad)]
}
