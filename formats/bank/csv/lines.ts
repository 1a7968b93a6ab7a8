import { parseIban } from '../../../core/bank/account-name.ts'
import { DELIMITERS } from '../../../core/bank/mapping.ts'
import type { AccountName, StatementLine } from '../../../core/bank/statement.ts'
import { type Currency, parseCurrency } from '../../../core/kernel/currency.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { parseAmount } from '../../../core/kernel/money.ts'
import { type Problem, problem, type Where } from '../../../core/kernel/problem.ts'
import { readDateCell, resolveDate } from './dates.ts'
import type { Decisions } from './evidence.ts'
import { statusOf } from './flags.ts'
import type { Layout } from './layout.ts'
import { currencyIn, readNumberCell } from './numbers.ts'
import type { Row } from './rows.ts'
import { figureAt, type Movement, movementOf } from './signs.ts'
import { isPendingWord, summaryKind } from './words.ts'

/** A row understood: a movement; a stated balance; a row of another kind, passed over; or what is wrong with it. */
export type Outcome =
  | { readonly kind: 'line'; readonly line: Omit<StatementLine, 'bookedOn'> & { bookedOn: LocalDate | null }; readonly account: AccountName; readonly balance: bigint | null }
  | { readonly kind: 'summary'; readonly which: 'opening' | 'closing'; readonly minor: bigint; readonly date: LocalDate | null }
  | { readonly kind: 'passed'; readonly why: 'other' | 'cancelled' | 'profile' }
  | { readonly kind: 'problem'; readonly problem: Problem }

/** A table and what was decided over it. */
type Reading = { readonly layout: Layout; readonly decisions: Decisions }

const passed: Outcome = { kind: 'passed', why: 'other' }

/** Name of a column for a person: its header, else its rank between brackets. */
function columnName(layout: Layout, index: number | null): string {
  if (index === null) return ''
  return layout.header[index] || `[${index + 1}]`
}

function amountProblem(movement: Extract<Movement, { unreadable: string }>, row: Row, layout: Layout): Problem {
  const field = columnName(layout, movement.column)
  const where: Where = { line: row.line, field }
  const text = movement.column === null ? '' : (row.cells[movement.column] ?? '')
  if (movement.unreadable === 'sign') {
    return problem('SIGN_UNREADABLE', {
      fr: `« ${text} » (${field}) ne dit pas si ce montant entre ou sort. L'opération n'est pas reprise ; corrigez cette ligne.`,
      en: `"${text}" (${field}) does not tell whether this amount comes in or goes out. The line is left out; correct it.`,
    }, where)
  }
  return problem('AMOUNT_UNREADABLE', {
    fr: `Le montant « ${text} » (${field}) n'est pas lisible. L'opération n'est pas reprise ; corrigez cette ligne.`,
    en: `The amount "${text}" (${field}) cannot be read. The line is left out; correct it.`,
  }, where)
}

/** Minor units of a movement; the problem when a term has more decimals than the currency. */
function minorOf(movement: Extract<Movement, { terms: unknown }>, currency: Currency, where: Where): { minor: bigint } | { problem: Problem } {
  let minor = 0n
  for (const term of movement.terms) {
    const parsed = parseAmount(term.decimal, currency, where)
    if (!parsed.ok) return { problem: parsed.problem }
    minor += BigInt(term.sign) * parsed.value
  }
  return { minor }
}

/** The text with one plain blank where there were several or of another kind. Few texts have any: they are looked at first. */
function oneSpaced(text: string): string {
  return /\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ') : text
}

function labelOf(row: Row, columns: Decisions['columns']): string {
  const parts: string[] = []
  for (const index of columns.labels) {
    const text = oneSpaced(row.cells[index] ?? '')
    if (text === '' || parts.some((part) => part.includes(text))) continue
    const contained = parts.findIndex((part) => text.includes(part))
    if (contained >= 0) parts[contained] = text
    else parts.push(text)
  }
  // A reference of several words is a text that the other party wrote.
  const reference = cellAt(row, columns.reference)
  if (reference?.includes(' ') && !parts.some((part) => part.includes(reference))) parts.push(reference)
  return parts.join(' ')
}

const cellAt = (row: Row, index: number | null): string | null => {
  const text = index === null ? '' : oneSpaced(row.cells[index] ?? '')
  return text === '' || /^N(OT ?PROVIDED|ONREF)$/i.test(text) ? null : text
}

function accountOf(row: Row, index: number | null): AccountName {
  const text = cellAt(row, index)
  const iban = text === null ? undefined : parseIban(text)
  return iban ? { iban, id: null } : { iban: null, id: text }
}

function currencyOf(row: Row, decisions: Decisions): Currency {
  const text = cellAt(row, decisions.columns.currency)
  const own = text === null ? null : (parseCurrency(text.toUpperCase()) ?? currencyIn(text))
  return own ?? decisions.currency
}

/** True when a row has more filled cells than the table has columns: a delimiter inside an unquoted text has shifted it. */
function isShifted(row: Row, layout: Layout): boolean {
  return row.cells.length > layout.width && row.cells.slice(layout.width).some((cell) => cell !== '')
}

function summaryOf(row: Row, decisions: Decisions, isDated: boolean): 'opening' | 'closing' | 'total' | undefined {
  for (const cell of row.cells) {
    const kind = summaryKind(cell)
    // A dated row with an amount is a movement unless its label is a stated balance and nothing else ("TOTAL" is also a petrol station).
    if (kind === undefined || (isDated && (kind === 'total' ? !/^turnover$/i.test(cell) : cell.trim().split(/\s+/).length > 3))) continue
    return kind
  }
  return undefined
}

/** True for a row that is of the table's width once it is cut at another separator: the file changed its separator on the way. */
function isOtherwiseCut(row: Row, layout: Layout): boolean {
  if (layout.delimiter === '' || row.cells.length >= layout.width) return false
  const text = row.cells.join(layout.delimiter)
  return DELIMITERS.some((other) => {
    const cells = other === layout.delimiter || !text.includes(other) ? [] : text.split(other)
    return cells.length >= Math.max(2, layout.width - 1) && cells.some((cell) => readDateCell(cell.replaceAll('"', '').trim()) !== undefined)
  })
}

function undated(row: Row, layout: Layout, decisions: Decisions): Outcome {
  const { columns } = decisions
  if (isOtherwiseCut(row, layout)) {
    return { kind: 'problem', problem: problem('SEPARATOR_CHANGED', {
      fr: `À partir d'ici, les colonnes ne sont plus séparées par « ${layout.delimiter} ». L'opération n'est pas reprise ; rétablissez le séparateur, ou importez cette partie dans un fichier à part.`,
      en: `From here, columns are no longer separated by "${layout.delimiter}". The line is left out; put the separator back, or import this part as a file of its own.`,
    }, { line: row.line, field: columnName(layout, columns.booked) }) }
  }
  if (!row.cells.some((cell) => /\d/.test(cell))) return passed
  const kind = summaryOf(row, decisions, false)
  const movement = movementOf(row, decisions, decisions.reading)
  if (kind === 'opening' || kind === 'closing') return summary(row, { which: kind, date: null }, decisions) ?? passed
  if (kind === 'total' || !('terms' in movement)) return passed
  const text = row.cells[columns.booked] ?? ''
  return { kind: 'problem', problem: problem('DATE_UNREADABLE', {
    fr: `La date « ${text} » (${columnName(layout, columns.booked)}) n'est pas lisible. L'opération n'est pas reprise ; corrigez cette ligne.`,
    en: `The date "${text}" (${columnName(layout, columns.booked)}) cannot be read. The line is left out; correct it.`,
  }, { line: row.line, field: columnName(layout, columns.booked) }) }
}

/** A stated balance: the last number of its row, signed as written or by the row's own direction. */
function summary(row: Row, { which, date }: { which: 'opening' | 'closing'; date: LocalDate | null }, decisions: Decisions): Outcome | undefined {
  const movement = movementOf(row, decisions, decisions.reading)
  const balance = figureAt(row, decisions.columns.balance, decisions.marks)
  const term = balance ? { terms: [{ sign: balance.cell.sign === '-' ? -1 as const : 1 as const, decimal: balance.decimal }] } : movement
  if (!('terms' in term)) return undefined
  const read = minorOf(term, currencyOf(row, decisions), { line: row.line })
  return 'minor' in read ? { kind: 'summary', which, minor: read.minor, date } : undefined
}

function balanceOf(row: Row, decisions: Decisions, currency: Currency): bigint | null {
  if (decisions.balanceOrder === null) return null
  const figure = figureAt(row, decisions.columns.balance, decisions.marks)
  if (!figure) return null
  const parsed = parseAmount(figure.decimal, currency)
  return parsed.ok ? (figure.cell.sign === '-' || figure.cell.marker === 'debit' ? -parsed.value : parsed.value) : null
}

/** Understands one row below the header. */
export function readRow(row: Row, layout: Layout, decisions: Decisions): Outcome {
  const { columns, order } = decisions
  if (decisions.isIgnored(row)) return { kind: 'passed', why: 'profile' }
  const status = row.cells[columns.status ?? -1] ?? ''
  const state = statusOf(status, layout.profile)
  if (state === 'cancelled') return { kind: 'passed', why: 'cancelled' }
  const isPendingRow = state === 'pending'
  const bookedText = row.cells[columns.booked] || (isPendingRow ? (row.cells[columns.started ?? -1] || status) : '')
  const dateCell = readDateCell(bookedText)
  const isPendingDate = dateCell === undefined && (isPendingWord(bookedText) || (isPendingRow && bookedText === status))
  if (dateCell === undefined && !isPendingDate) return undated(row, layout, decisions)
  const bookedOn = dateCell ? resolveDate(dateCell, order) : null
  if (bookedOn === undefined) return undated(row, layout, decisions)
  const kind = summaryOf(row, decisions, true)
  if (kind === 'opening' || kind === 'closing') return summary(row, { which: kind, date: bookedOn }, decisions) ?? passed
  if (kind === 'total') return passed
  if (isShifted(row, layout)) {
    return { kind: 'problem', problem: problem('COLUMNS_SHIFTED', {
      fr: `Cette ligne a ${row.cells.length} cellules pour ${layout.width} colonnes : un séparateur se trouve dans un texte sans guillemets. L'opération n'est pas reprise ; corrigez cette ligne.`,
      en: `This line has ${row.cells.length} cells for ${layout.width} columns: a separator stands in a text without quotes. The line is left out; correct it.`,
    }, { line: row.line }) }
  }
  return movementLine(row, { layout, decisions }, { bookedOn, isPending: isPendingDate || isPendingRow })
}

/** A dated row that is a movement, once its day is known (null while the bank has not booked it). */
function movementLine(row: Row, { layout, decisions }: Reading, { bookedOn, isPending }: { readonly bookedOn: LocalDate | null; readonly isPending: boolean }): Outcome {
  const { columns, order } = decisions
  const movement = movementOf(row, decisions, decisions.reading)
  if ('unreadable' in movement) return movement.unreadable === 'empty' ? passed : { kind: 'problem', problem: amountProblem(movement, row, layout) }
  const currency = currencyOf(row, decisions)
  const read = minorOf(movement, currency, { line: row.line, field: columnName(layout, columns.amount ?? columns.debit) })
  if ('problem' in read) return { kind: 'problem', problem: read.problem }
  const valueCell = columns.value === null ? undefined : readDateCell(row.cells[columns.value] ?? '')
  const name = cellAt(row, columns.name)
  const iban = cellAt(row, columns.iban)
  const account = accountOf(row, columns.account)
  const fee = feeOf(row, { layout, decisions }, currency)
  return {
    kind: 'line', account, balance: balanceOf(row, decisions, currency),
    line: {
      bookedOn, valueOn: (valueCell && resolveDate(valueCell, order)) ?? null, minor: read.minor, currency,
      label: labelOf(row, columns) || name || cellAt(row, columns.reference) || '', reference: cellAt(row, columns.reference),
      counterparty: { name, iban: iban === null ? null : (parseIban(iban) ?? null) }, bankId: cellAt(row, columns.bankId),
      status: isPending ? 'pending' : 'booked', line: row.line, ...(fee === 0n ? {} : { fee }),
    },
  }
}

/** The fee of a row as a cost; zero when there is none, or when nothing tells how the column writes it. */
function feeOf(row: Row, { layout, decisions }: Reading, currency: Currency): bigint {
  const sign = decisions.reading === 'less-fee' ? 'positive' : layout.profile?.feeSign
  const figure = sign === undefined ? null : figureAt(row, decisions.columns.fee, decisions.marks)
  const parsed = figure ? parseAmount(figure.decimal, currency) : undefined
  if (!figure || !parsed?.ok) return 0n
  return (figure.cell.sign === '-') === (sign === 'negative') ? parsed.value : -parsed.value
}
