import { type Currency, EUR, parseCurrency } from '../../core/kernel/currency.ts'
import { type LocalDate, parseDate } from '../../core/kernel/local-date.ts'
import { parseAmount } from '../../core/kernel/money.ts'
import { problem, type Problem } from '../../core/kernel/problem.ts'
import type { Row } from './table.ts'

/** Reads one row's cells and remembers what is wrong with it; a row with a problem is kept out whole. */
export type CellReader = {
  readonly text: (column: string) => string
  readonly required: (column: string) => string
  readonly optional: (column: string) => string | null
  readonly date: (column: string) => LocalDate
  readonly optionalDate: (column: string) => LocalDate | null
  readonly currency: (column: string) => Currency
  readonly amount: (column: string, currency: Currency) => bigint
  readonly problems: readonly Problem[]
}

/** A reader of the cells of one row. After reading, `problems` says whether the values can be used. */
export function cellsOf(row: Row, file: string): CellReader {
  const problems: Problem[] = []
  const where = (field: string) => ({ line: row.line, field, file })
  const refuse = (code: string, column: string, what: { readonly fr: string; readonly en: string }) => { problems.push(problem(code, what, where(column))) }
  const date = (column: string): LocalDate => {
    const parsed = parseDate(row.cell(column))
    if (!parsed) refuse('DATE_UNREADABLE', column, { fr: `La date « ${row.cell(column)} » n'est pas lisible. Écrivez-la sous la forme 2026-11-20.`, en: `The date "${row.cell(column)}" cannot be read. Write it like 2026-11-20.` })
    return parsed ?? ('0001-01-01' as LocalDate)
  }
  return {
    text: row.cell,
    required: (column) => {
      const value = row.cell(column)
      if (value === '') refuse('CELL_EMPTY', column, { fr: `La colonne ${column} est vide. Complétez-la à la source.`, en: `The column ${column} is empty. Fill it in at the source.` })
      return value
    },
    optional: (column) => row.cell(column) || null,
    date,
    optionalDate: (column) => (row.cell(column) === '' ? null : date(column)),
    currency: (column) => {
      const text = row.cell(column)
      const parsed = text === '' ? EUR : parseCurrency(text)
      if (!parsed) refuse('CURRENCY_UNREADABLE', column, { fr: `« ${text} » n'est pas un code de devise. Écrivez trois lettres, comme EUR.`, en: `"${text}" is not a currency code. Write three letters, such as EUR.` })
      return parsed ?? EUR
    },
    amount: (column, currency) => {
      const parsed = parseAmount(row.cell(column), currency, where(column))
      if (parsed.ok) return parsed.value
      problems.push(parsed.problem)
      return 0n
    },
    problems,
  }
}

/** Reads every row with `read`; rows with a problem are left out and their problems returned. */
export function readRows<T>(rows: readonly Row[], file: string, read: (cells: CellReader) => T): { readonly value: T[]; readonly problems: Problem[] } {
  const value: T[] = []
  const problems: Problem[] = []
  for (const row of rows) {
    const cells = cellsOf(row, file)
    const record = read(cells)
    if (cells.problems.length === 0) value.push(record)
    else problems.push(...cells.problems)
  }
  return { value, problems }
}
