import type { FieldEvidence, StatementLine, StatementRecord } from '../../../core/bank/statement.ts'
import { type Currency, EUR } from '../../../core/kernel/currency.ts'
import { type LocalDate, later } from '../../../core/kernel/local-date.ts'
import { warning } from '../../../core/kernel/problem.ts'
import type { DateOrder } from '../csv/dates.ts'
import { currencyIn } from '../csv/numbers.ts'
import type { ReaderOptions } from '../format.ts'
import { words } from '../csv/words.ts'
import { assignments, type Geometry, geometryOf } from './columns.ts'
import { dayWithin, type DayText, orderOf, resolveDay } from './dates.ts'
import { type AmountContext, bestValuation, markOf, type Valuation, type Valued } from './evaluate.ts'
import { moneyOn } from './money.ts'
import { linesOf, type Page, placeOf, type TextLine } from './page.ts'
import { amountMissing, dayMissing, noStatement, toReview, totalDiffers, unreadable } from './problems.ts'
import { type RawStatement, walk } from './walk.ts'

/** How sure a field is by what its reading rests on. */
const SURE = { proven: 0.99, titled: 0.85, guessed: 0.6, unsigned: 0.3 } as const
const LABEL_SURE = 0.95
const YEARLESS = 0.97

type Decided = { readonly order: DateOrder; readonly until: LocalDate | null; readonly currency: Currency; readonly amountSure: number }

/** The currency most named in the document; the account's for a dollar sign. */
function currencyOf(lines: readonly TextLine[], options: ReaderOptions): { currency: Currency; isAssumed: boolean } {
  const counts = new Map<Currency, number>()
  for (const line of lines) {
    for (const phrase of line.phrases) {
      const found = currencyIn(phrase.text)
      if (found) counts.set(found, (counts.get(found) ?? 0) + 1)
    }
  }
  const most = [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0]
  const isSymbolOnly = most === 'USD' && !lines.some((line) => line.phrases.some((phrase) => /\bUSD\b|US ?\$/.test(phrase.text)))
  const found = isSymbolOnly ? (options.currency ?? most) : (most ?? options.currency)
  return { currency: found ?? EUR, isAssumed: found === undefined }
}

/** The last whole day that the document writes outside of its movements. */
function lastDay(lines: readonly TextLine[], order: DateOrder): LocalDate | null {
  let last: LocalDate | null = null
  for (const line of lines) {
    const found = dayWithin(line.phrases.map((phrase) => phrase.text).join('  '), order)
    if (found) last = last === null ? found : later(last, found)
  }
  return last
}

function evidenceOf(valued: Valued, decided: Decided): FieldEvidence[] {
  const { entry, money } = valued
  const daySure = entry.day.kind === 'whole' ? SURE.proven : YEARLESS
  const at = (field: FieldEvidence['field'], words: Parameters<typeof placeOf>[0], confidence: number): FieldEvidence[] => (words.length === 0 ? [] : [{
    field, text: words.map((word) => word.text).join(' '), place: placeOf(words, entry.page), confidence,
  }])
  const moneyWords = money.filter((one) => one.page === entry.page).flatMap((one) => one.phrase.words)
  return [
    ...at('bookedOn', entry.dayWords, daySure), ...at('valueOn', entry.value?.words ?? [], daySure - 0.1),
    ...at('amount', moneyWords, valued.isSure || decided.amountSure === SURE.proven ? decided.amountSure : SURE.unsigned), ...at('label', entry.texts.flatMap((phrase) => phrase.words), LABEL_SURE),
  ]
}

function lineOf(valued: Valued, decided: Decided): StatementLine | null {
  const { entry, minor } = valued
  const bookedOn = resolveDay(entry.day, decided.order, decided.until)
  if (bookedOn === undefined || minor === null) return null
  const valueOn = entry.value ? resolveDay(entry.value.day, decided.order, decided.until) : undefined
  return {
    bookedOn, valueOn: valueOn ?? null, minor, currency: decided.currency, label: entry.texts.map((phrase) => phrase.text).join(' '), reference: null, counterparty: { name: null, iban: null },
    bankId: null, status: 'booked', line: entry.line, evidence: evidenceOf(valued, decided),
  }
}

function balanceDay(value: Valuation['opening'], order: DateOrder, other: LocalDate | null): LocalDate | null {
  return (value && value.balance.text !== '' ? dayWithin(value.balance.text, order) : undefined) ?? other
}

/** Totals that the document prints after its movements, against those of the movements before them. */
function checkTotals(value: Valuation, context: AmountContext, records: StatementRecord[]): void {
  if (!value.isProven) return
  for (const total of value.raw.totals.filter(({ after, money }) => after === value.lines.length && money.length === 2)) {
    const lines = value.lines.slice(0, total.after)
    const [out, into] = [lines.reduce((sum, line) => sum + ((line.minor ?? 0n) < 0n ? -line.minor! : 0n), 0n), lines.reduce((sum, line) => sum + ((line.minor ?? 0n) > 0n ? line.minor! : 0n), 0n)]
    const told = total.money.map((money) => BigInt(money.cell.body.replace(/\D/g, '')))
    // Two decimals are what a printed total has; other currencies are left unchecked.
    if (/[.,]\d{2}$/.test(total.money[0]!.cell.body) && context.currency !== 'JPY' && !(told.includes(out) && told.includes(into))) records.push({ kind: 'problem', problem: totalDiffers(total.line) })
  }
}

function emitStatement(value: Valuation, decided: Decided, { context, records }: { readonly context: AmountContext; readonly records: StatementRecord[] }): void {
  const { currency, order } = decided
  const lines: StatementLine[] = []
  for (const valued of value.lines) {
    const line = lineOf(valued, decided)
    if (line) lines.push(line)
    else if (valued.minor !== null) records.push({ kind: 'problem', problem: dayMissing(valued.entry.line, valued.entry.dayWords.map((word) => word.text).join(' ')) })
    else if (!value.isProven) records.push({ kind: 'problem', problem: amountMissing(valued.entry.line, valued.entry.page) })
  }
  const days = lines.map((line) => line.bookedOn).toSorted()
  const openingDay = balanceDay(value.opening, order, days[0] ?? decided.until)
  const closingDay = balanceDay(value.closing, order, days.at(-1) ?? decided.until)
  const opening = value.opening && openingDay ? { date: openingDay, minor: value.opening.minor } : null
  const closing = value.closing && closingDay ? { date: closingDay, minor: value.closing.minor } : null
  const isWhole = value.isProven && lines.length === value.lines.filter(({ minor }) => minor !== null).length
  const missing = opening && closing ? closing.minor - opening.minor - lines.reduce((sum, line) => sum + line.minor, 0n) : null
  if (!isWhole) records.push({ kind: 'problem', problem: toReview(missing === 0n ? null : missing, currency, lines[0]?.line) })
  records.push({ kind: 'open', account: value.raw.account, currency, opening })
  for (const line of lines) records.push({ kind: 'line', line })
  records.push({ kind: 'close', opening, closing, currency })
  checkTotals(value, context, records)
}

const STATEMENT_WORDS = /\b(releve|extrait de compte|statement|kontoauszug|rekeningafschrift|estratto conto|extracto|account activity|historique)\b/

/** A document without a balance to start from is a statement when it calls itself one, and has a table with titles: an invoice has dates and amounts too. */
function callsItself(lines: readonly TextLine[], geometry: Geometry): boolean {
  return geometry.columns.some(({ title }) => title !== null) && lines.some((line) => STATEMENT_WORDS.test(words(line.phrases.map((phrase) => phrase.text).join(' '))))
}

function daysOf(statements: readonly RawStatement[]): DayText[] {
  return statements.flatMap((raw) => raw.entries.flatMap((entry) => (entry.value ? [entry.day, entry.value.day] : [entry.day])))
}

/**
 * Reads the statements of a document from the text layer of its pages: rows and columns by the places of words, movements by
 * dates and amounts, each field with its place and confidence. A statement is proven when opening and movements give its closing;
 * one that is not comes with PDF_TO_REVIEW, and its lines.
 */
export function readPages(pages: readonly Page[], options: ReaderOptions = {}): StatementRecord[] {
  const lines = linesOf(pages)
  if (lines.length === 0) return [{ kind: 'problem', problem: unreadable('no-text') }]
  const geometry = geometryOf(lines)
  const statements = walk(lines, geometry).filter((raw) => raw.entries.length > 0 || (raw.opening !== null && raw.checks.length > 0))
  if (statements.length === 0) return [{ kind: 'problem', problem: noStatement() }]
  const { currency, isAssumed } = currencyOf(lines, options)
  const isDollar = currency === 'USD'
  const context: AmountContext = { columns: geometry.columns, mark: markOf(lines.flatMap((line) => moneyOn(line).money), isDollar ? '.' : ','), currency }
  const { values, rank, roles } = bestValuation(statements, assignments(geometry.columns), context)
  if (!values.some((value) => value.opening !== null) && !callsItself(lines, geometry)) return [{ kind: 'problem', problem: noStatement() }]
  const isTitled = rank === 0 && geometry.columns.some((column, at) => column.title !== null && column.title === roles[at])
  const order = orderOf(daysOf(statements), isDollar)
  const fallback = lastDay(lines, order)
  const records: StatementRecord[] = []
  if (isAssumed) {
    records.push({ kind: 'problem', problem: warning('CURRENCY_ASSUMED', {
      fr: `Le document n'indique pas sa devise : ${currency} est retenu. Vérifiez la devise du compte.`, en: `The document does not name its currency: ${currency} is assumed. Check the currency of the account.`,
    }) })
  }
  for (const value of values) {
    const until = balanceDay(value.closing, order, null) ?? fallback
    const amountSure = value.isProven ? SURE.proven : isTitled ? SURE.titled : SURE.guessed
    emitStatement(value, { order, until, currency, amountSure }, { context, records })
  }
  return records
}
