import type { AmountReading } from '../../../core/bank/mapping.ts'
import type { Columns } from './layout.ts'
import { type DecimalMark, type NumberCell, plainDecimal, readNumberCell } from './numbers.ts'
import type { Row } from './rows.ts'

/** How the numbers of a row become one signed movement: see the type of profiles. */
export type Reading = AmountReading

/** The direction a flag cell names; undefined when it is no flag. */
export type FlagReader = (cell: string) => 'debit' | 'credit' | undefined

/** Decimal mark of each money column. */
export type Marks = ReadonlyMap<number, DecimalMark>

/** The columns of a table and how their numbers are written. */
export type NumberTable = { readonly columns: Columns; readonly marks: Marks; readonly flagOf: FlagReader }

/** One number of a row: a plain decimal without sign, and its sign and marker as written. */
export type Figure = { readonly decimal: string; readonly cell: NumberCell }

/** The figure in a column: null when the cell is empty, undefined when it cannot be read. */
export function figureAt(row: Row, column: number | null, marks: Marks): Figure | null | undefined {
  if (column === null) return null
  const text = row.cells[column] ?? ''
  if (text === '' || text === '-') return null
  const cell = readNumberCell(text)
  const decimal = cell && plainDecimal(cell.body, marks.get(column) ?? '.')
  return cell && decimal !== undefined ? { decimal, cell } : undefined
}

const isZero = (decimal: string): boolean => /^[0.]*$/.test(decimal)

/** -1 or 1 for one figure under a reading. Undefined when the row's flag is needed and cannot be read. */
function directionOf(figure: Figure, reading: Reading, flag: 'debit' | 'credit' | undefined): 1 | -1 | undefined {
  const written = figure.cell.sign === '-' || figure.cell.marker === 'debit' ? -1 : 1
  switch (reading) {
    case 'signed': case 'less-fee': return written
    case 'inverted': return written === 1 ? -1 : 1
    case 'outgoing': return -1
    case 'flagged': return flag === undefined ? undefined : flag === 'debit' ? -1 : 1
    case 'marked': return figure.cell.sign === '+' || figure.cell.marker === 'credit' || flag === 'credit' ? 1 : -1
    default: return written
  }
}

/** A movement as a sum of signed decimals (one, or two for a debit/credit pair or a fee), or why there is none. */
export type Movement = { readonly terms: readonly { readonly sign: 1 | -1; readonly decimal: string }[] } | { readonly unreadable: 'amount' | 'sign' | 'empty'; readonly column: number | null }

function single(row: Row, { columns, marks, flagOf }: NumberTable, reading: Reading): Movement {
  const figure = figureAt(row, columns.amount, marks)
  if (figure === undefined) return { unreadable: 'amount', column: columns.amount }
  if (figure === null) return { unreadable: 'empty', column: columns.amount }
  const sign = directionOf(figure, reading, columns.sign === null ? undefined : flagOf(row.cells[columns.sign] ?? ''))
  if (sign === undefined) return { unreadable: 'sign', column: columns.sign }
  const fee = reading === 'less-fee' ? figureAt(row, columns.fee, marks) : null
  if (fee === undefined) return { unreadable: 'amount', column: columns.fee }
  const terms: { sign: 1 | -1; decimal: string }[] = [{ sign, decimal: figure.decimal }]
  if (fee && !isZero(fee.decimal)) terms.push({ sign: fee.cell.sign === '-' ? 1 : -1, decimal: fee.decimal })
  return { terms }
}

function pair(row: Row, { columns, marks }: NumberTable, reading: Reading): Movement {
  const debit = figureAt(row, columns.debit, marks)
  const credit = figureAt(row, columns.credit, marks)
  if (debit === undefined) return { unreadable: 'amount', column: columns.debit }
  if (credit === undefined) return { unreadable: 'amount', column: columns.credit }
  if (debit === null && credit === null) return { unreadable: 'empty', column: columns.debit }
  const terms: { sign: 1 | -1; decimal: string }[] = []
  const add = (figure: Figure | null, isCredit: boolean): void => {
    if (!figure) return
    const written = figure.cell.sign === '-' ? -1 : 1
    const natural = isCredit ? 1 : -1
    const sign = reading === 'summed' ? written : reading === 'usual' ? natural : reading === 'swapped' ? -natural : natural * written
    terms.push({ sign: sign < 0 ? -1 : 1, decimal: figure.decimal })
  }
  add(debit, false)
  add(credit, true)
  return { terms }
}

/** The movement of a row under a reading. */
export function movementOf(row: Row, table: NumberTable, reading: Reading): Movement {
  return table.columns.amount === null ? pair(row, table, reading) : single(row, table, reading)
}

/** A decimal as an integer of millionths: exact for every currency, so that balances can be compared before the currency is known. */
export function millionths(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return BigInt(whole || '0') * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'))
}

/** A movement in millionths; undefined when it cannot be read. */
export function movementMillionths(row: Row, table: NumberTable, reading: Reading): bigint | undefined {
  const movement = movementOf(row, table, reading)
  return 'terms' in movement ? movement.terms.reduce((sum, term) => sum + BigInt(term.sign) * millionths(term.decimal), 0n) : undefined
}

const CARD_PAYMENT = /payment.{0,20}thank ?you|thank ?you.{0,20}payment|payment received|paiement re[cç]u/i

/** A card statement that counts purchases as positive: the payments it acknowledges are its negative amounts. */
function cardPaymentsAreNegative(rows: readonly Row[], { columns, marks }: Pick<NumberTable, 'columns' | 'marks'>): boolean {
  const payments = rows.filter((row) => row.cells.some((cell) => CARD_PAYMENT.test(cell))).map((row) => figureAt(row, columns.amount, marks)).filter((figure) => figure)
  return payments.length > 0 && payments.every((figure) => figure?.cell.sign === '-')
}

/** What the rows themselves say of the reading, without any balance. `isKnown` is false when nothing tells what comes in from what goes out. */
export function naturalReading(rows: readonly Row[], { columns, marks, flagOf }: NumberTable, isDebitColumn: boolean): { reading: Reading; isKnown: boolean } {
  if (columns.amount === null) {
    const debits = rows.map((row) => figureAt(row, columns.debit, marks)).filter((figure) => figure && !isZero(figure.decimal)) as Figure[]
    return { reading: debits.length > 0 && debits.every((figure) => figure.cell.sign === '-') ? 'summed' : 'reversed', isKnown: true }
  }
  const figures = rows.map((row) => ({ figure: figureAt(row, columns.amount, marks), flag: columns.sign === null ? undefined : flagOf(row.cells[columns.sign] ?? '') }))
    .filter((entry): entry is { figure: Figure; flag: 'debit' | 'credit' | undefined } => entry.figure !== null && entry.figure !== undefined)
  if (figures.length === 0) return { reading: 'signed', isKnown: true }
  if (figures.some(({ figure }) => figure.cell.sign === '-')) return { reading: cardPaymentsAreNegative(rows, { columns, marks }) ? 'inverted' : 'signed', isKnown: true }
  const flagged = figures.filter(({ flag }) => flag !== undefined).length
  if (flagged > figures.length * 0.6) return { reading: 'flagged', isKnown: true }
  const marked = figures.filter(({ figure, flag }) => figure.cell.sign === '+' || figure.cell.marker === 'credit' || flag === 'credit').length
  if (marked > 0 && marked < figures.length) return { reading: 'marked', isKnown: true }
  if (figures.some(({ figure }) => figure.cell.marker !== null || figure.cell.sign === '+')) return { reading: 'signed', isKnown: true }
  return isDebitColumn ? { reading: 'outgoing', isKnown: true } : { reading: 'signed', isKnown: false }
}
