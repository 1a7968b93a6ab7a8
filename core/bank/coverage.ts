import { addDays, endOfMonth, fromEpochDay, type LocalDate, toEpochDay } from '../kernel/local-date.ts'
import type { Continuity } from './statement.ts'

/** A stored statement: what it says of its balances, and whether its own lines hold. Amounts in minor units. */
export type CoveringStatement = {
  readonly id: string
  readonly openingOn: LocalDate | null
  readonly opening: bigint | null
  readonly closingOn: LocalDate | null
  readonly closing: bigint | null
  readonly firstLineOn: LocalDate | null
  readonly lastLineOn: LocalDate | null
  readonly continuity: Continuity
  readonly gap: bigint | null
}

/**
 * How well a day is known. `proven`: a statement covers it, whose balances hold. `covered`: lines or a statement without both balances.
 * `broken`: its statement, or the link to the one before, does not hold. `missing`: between two statements and in none. `outside`:
 * before the first or after the last.
 */
export type DayState = 'proven' | 'covered' | 'broken' | 'missing' | 'outside'

/**
 * Something that does not follow. `missing`: days no statement covers though the balance moved; `broken_link`: a statement opens at
 * another balance than the one before closed at; `broken_statement`: lines do not lead from opening to closing.
 */
export type CoverageGap = { readonly kind: 'missing' | 'broken_link' | 'broken_statement'; readonly from: LocalDate; readonly to: LocalDate; readonly expected: bigint | null; readonly found: bigint | null; readonly difference: bigint | null; readonly statementId: string | null }

export type CoverageDay = { readonly on: LocalDate; readonly state: DayState; readonly lineCount: number }
export type CoverageMonth = { readonly month: string; readonly state: DayState; readonly missingDays: number; readonly lineCount: number }
export type Coverage = { readonly firstOn: LocalDate | null; readonly lastOn: LocalDate | null; readonly days: readonly CoverageDay[]; readonly months: readonly CoverageMonth[]; readonly gaps: readonly CoverageGap[] }

/** Files without balances leave quiet days between them; beyond this many nobody can say that nothing moved. */
const QUIET_DAYS_MAX = 7

type Span = { readonly statement: CoveringStatement; readonly from: number; readonly to: number }

/** The days a statement covers; null when it says none. Banks date an opening at the evening before, or at its first line's own morning. */
function spanOf(statement: CoveringStatement): Span | null {
  const { openingOn, firstLineOn, lastLineOn, closingOn } = statement
  const isMorning = openingOn !== null && firstLineOn !== null && firstLineOn <= openingOn
  const start = openingOn === null ? firstLineOn : isMorning ? openingOn : addDays(openingOn, 1)
  const end = closingOn ?? lastLineOn ?? start
  if (start === null || end === null) return null
  const [from, to] = [toEpochDay(start), toEpochDay(end)]
  return { statement, from: Math.min(from, to), to }
}

const rank: Readonly<Record<Continuity, number>> = { proven: 2, broken: 1, unknown: 0 }

/** Spans in time; of two that cover the same days (the same month in two formats) the one that proves more. */
function inTime(statements: readonly CoveringStatement[]): Span[] {
  const spans = statements.flatMap((statement) => spanOf(statement) ?? []).sort((a, b) => a.from - b.from || a.to - b.to || rank[b.statement.continuity] - rank[a.statement.continuity])
  return spans.filter((span, at) => !spans.some((other, index) => index !== at && other.from <= span.from && other.to >= span.to
    && rank[other.statement.continuity] >= rank[span.statement.continuity] && (other.from < span.from || other.to > span.to || rank[other.statement.continuity] > rank[span.statement.continuity] || index < at)))
}

function dateOf(day: number): LocalDate {
  return fromEpochDay(day)
}

/** What stands between two neighbours: nothing, days that are missing, or a link that does not hold. */
function between(before: Span, after: Span): CoverageGap | null {
  const [closing, opening] = [before.statement.closing, after.statement.opening]
  const apart = after.from - before.to - 1
  const known = closing !== null && opening !== null
  const difference = known ? opening - closing : null
  if (known && difference === 0n) return null
  if (apart > 0 && (known || apart > QUIET_DAYS_MAX)) return { kind: 'missing', from: dateOf(before.to + 1), to: dateOf(after.from - 1), expected: closing, found: opening, difference, statementId: after.statement.id }
  // Two statements that overlap are linked by the lines they share, not by their balances.
  return known && apart === 0 ? { kind: 'broken_link', from: dateOf(after.from), to: dateOf(after.from), expected: closing, found: opening, difference, statementId: after.statement.id } : null
}

function gapsOf(spans: readonly Span[]): CoverageGap[] {
  const broken = spans.filter(({ statement }) => statement.continuity === 'broken').map(({ statement, from, to }): CoverageGap => {
    const expected = statement.closing === null || statement.gap === null ? null : statement.closing - statement.gap
    return { kind: 'broken_statement', from: dateOf(from), to: dateOf(to), expected, found: statement.closing, difference: statement.gap, statementId: statement.id }
  })
  let last = spans[0]
  const links = spans.slice(1).flatMap((span) => {
    const gap = between(last!, span)
    if (span.to >= last!.to) last = span
    return gap ?? []
  })
  return [...broken, ...links].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
}

const SEVERITY: readonly DayState[] = ['broken', 'missing', 'covered', 'proven', 'outside']

function worst(states: readonly DayState[]): DayState {
  return SEVERITY.find((state) => states.includes(state)) ?? 'outside'
}

function stateOf(day: number, { spans, gaps, lines, first, last }: { readonly spans: readonly Span[]; readonly gaps: readonly CoverageGap[]; readonly lines: number; readonly first: number; readonly last: number }): DayState {
  const covering = spans.filter((span) => span.from <= day && day <= span.to).map(({ statement }) => statement.continuity)
  const on = dateOf(day)
  if (gaps.some((gap) => gap.kind === 'broken_link' && gap.from === on)) return 'broken'
  if (covering.includes('proven')) return 'proven'
  if (covering.includes('broken')) return 'broken'
  if (covering.length > 0 || lines > 0) return 'covered'
  if (gaps.some((gap) => gap.kind === 'missing' && gap.from <= on && on <= gap.to)) return 'missing'
  return day < first || day > last ? 'outside' : 'covered'
}

/**
 * How well each day of a range is known: which are covered, which are proven, where a statement is missing or does not follow the
 * one before. `lines` are the booked lines of each day of the account; statements are those of one account, in any order.
 */
export function coverageOf(statements: readonly CoveringStatement[], lines: ReadonlyMap<LocalDate, number>, range: { readonly from: LocalDate; readonly to: LocalDate }): Coverage {
  const spans = inTime(statements)
  const gaps = gapsOf(spans)
  const lineDays = [...lines].filter(([, count]) => count > 0).map(([day]) => toEpochDay(day))
  const ends = [...spans.flatMap(({ from, to }) => [from, to]), ...lineDays]
  const [first, last] = [ends.reduce((a, b) => Math.min(a, b), Infinity), ends.reduce((a, b) => Math.max(a, b), -Infinity)]
  const days: CoverageDay[] = []
  for (let day = toEpochDay(range.from); day <= toEpochDay(range.to); day += 1) {
    const on = dateOf(day)
    const count = lines.get(on) ?? 0
    days.push({ on, state: stateOf(day, { spans, gaps, lines: count, first, last }), lineCount: count })
  }
  return {
    firstOn: first === Infinity ? null : dateOf(first), lastOn: last === -Infinity ? null : dateOf(last), days, months: monthsOf(days),
    gaps: gaps.filter((gap) => gap.from <= range.to && gap.to >= range.from),
  }
}

function monthsOf(days: readonly CoverageDay[]): CoverageMonth[] {
  const months: CoverageMonth[] = []
  for (let at = 0; at < days.length;) {
    const end = endOfMonth(days[at]!.on)
    const inMonth: CoverageDay[] = []
    for (; at < days.length && days[at]!.on <= end; at += 1) inMonth.push(days[at]!)
    months.push({ month: end.slice(0, 7), state: worst(inMonth.map((day) => day.state)), missingDays: inMonth.filter((day) => day.state === 'missing').length, lineCount: inMonth.reduce((sum, day) => sum + day.lineCount, 0) })
  }
  return months
}
