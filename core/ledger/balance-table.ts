import { absolute } from '../kernel/money.ts'
import { problem, type Problem, warning } from '../kernel/problem.ts'
import type { Movement } from './trial-balance.ts'

/** The columns of a trial balance as other software exports it; each is the 0-based position of a column, or undefined. */
type Columns = {
  account: number
  label?: number
  openingDebit?: number
  openingCredit?: number
  debit?: number
  credit?: number
  closingDebit?: number
  closingCredit?: number
  /** One signed column, debit minus credit. */
  balance?: number
}

/** Rows looked at for the names of the columns: a title and a few lines of address may come before them. */
export const HEADER_ROWS_MAX = 30

const plain = (text: string): string => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().trim()

function sideOf(name: string): keyof Columns | undefined {
  const side = /\bdebit|deb\b|^debiteur|\bdebiteur/.test(name) ? 'Debit' : /\bcredit|cred\b|\bcrediteur/.test(name) ? 'Credit' : undefined
  if (!side) return /\bsolde|\bbalance|\bsold\b/.test(name) ? 'balance' : undefined
  if (/initial|ouverture|report|nouveau|opening/.test(name)) return `opening${side}`
  if (/solde|final|cloture|closing|balance|debiteur|crediteur/.test(name)) return `closing${side}`
  return side === 'Debit' ? 'debit' : 'credit'
}

/** Reads a row as names of columns; undefined when it names no account or no amount. */
function columnsOf(row: readonly string[]): Columns | undefined {
  const found: Partial<Columns> = {}
  row.forEach((cell, index) => {
    const name = plain(cell)
    const role = sideOf(name) ?? (/libell|intitul|label|designation|description|nom du|^nom$|^name$|account name/.test(name) ? 'label'
      : /compte|account|numero|cpte|^n[o°.]/.test(name) ? 'account' : undefined)
    if (role && found[role] === undefined) found[role] = index
  })
  const amounts = (found.debit !== undefined && found.credit !== undefined) || (found.closingDebit !== undefined && found.closingCredit !== undefined) || found.balance !== undefined
  return found.account !== undefined && amounts ? (found as Columns) : undefined
}

const isAccountCell = (cell: string | undefined): boolean => /^\d{3}[0-9A-Za-z]*$/.test((cell ?? '').trim())

/** Where the columns are and where the accounts begin; a table without names is read as account, label, debit, credit, balance. */
export function balanceColumns(rows: readonly (readonly string[])[]): { columns: Columns; firstRow: number } | undefined {
  for (let index = 0; index < Math.min(rows.length, HEADER_ROWS_MAX); index += 1) {
    const columns = columnsOf(rows[index]!)
    if (columns) return { columns, firstRow: index + 1 }
  }
  const first = rows.findIndex((row) => isAccountCell(row[0]))
  const width = rows[first]?.length ?? 0
  if (first < 0 || first >= HEADER_ROWS_MAX || width < 4) return undefined
  return { columns: { account: 0, label: 1, debit: 2, credit: 3, ...(width > 4 ? { balance: 4 } : {}) }, firstRow: first }
}

/** The decimal mark of a file: the one that most amounts end with before one or two digits; the comma without any evidence. */
export function decimalMark(texts: Iterable<string>): ',' | '.' {
  let commas = 0
  let dots = 0
  for (const text of texts) {
    const match = /([.,])\d{1,2}\D*$/.exec(text)
    if (match) match[1] === ',' ? (commas += 1) : (dots += 1)
  }
  return dots > commas ? '.' : ','
}

/**
 * Reads an amount of a table: thousands set apart by spaces, apostrophes or the other mark, a currency sign, a minus first or
 * last, brackets for a negative, D or C after it. Blank is zero; null when unreadable or finer than a cent.
 */
export function readTableAmount(text: string, mark: ',' | '.'): bigint | null {
  let body = text.replace(/[\s\u00a0\u202f'’€]|EUR/g, '')
  if (body === '' || body === '-') return 0n
  const credit = /C$/i.test(body)
  body = body.replace(/[DC]$/i, '')
  const negative = /^\(.*\)$/.test(body) || body.startsWith('-') || body.endsWith('-')
  body = body.replace(/^\((.*)\)$/, '$1').replace(/^[+-]|[+-]$/g, '')
  const other = mark === ',' ? '\\.' : ','
  const match = new RegExp(`^(\\d{1,3}(?:${other}\\d{3})+|\\d{1,16})(?:[${mark}](\\d*))?$`).exec(body)
  if (!match) return null
  const decimals = (match[2] ?? '').replace(/0+$/, '')
  if (decimals.length > 2) return null
  const cents = BigInt(match[1]!.replace(/\D/g, '') + decimals.padEnd(2, '0'))
  return negative !== credit ? -cents : cents
}

type Row = { readonly number: number; readonly cells: readonly string[] }

type Layout = { readonly columns: Columns; readonly mark: ',' | '.' }

function toMovements(row: Row, { columns, mark }: Layout, problems: Problem[]): Movement[] {
  const account = row.cells[columns.account]!.trim()
  const label = columns.label === undefined ? '' : (row.cells[columns.label] ?? '').trim()
  let readable = true
  const amount = (column: number | undefined): bigint | undefined => {
    if (column === undefined) return undefined
    const cents = readTableAmount(row.cells[column] ?? '', mark)
    if (cents === null) {
      readable = false
      problems.push(problem('BALANCE_AMOUNT', {
        fr: `Ligne ${row.number} : le montant « ${row.cells[column]} » du compte ${account} n'est pas lisible au centime. La ligne est laissée de côté ; corrigez-la.`,
        en: `Line ${row.number}: the amount "${row.cells[column]}" of the account ${account} cannot be read to the cent. The line is left out; correct it.`,
      }, { line: row.number }))
    }
    return cents ?? undefined
  }
  const opening = (amount(columns.openingDebit) ?? 0n) - (amount(columns.openingCredit) ?? 0n)
  const closing = columns.balance === undefined && columns.closingDebit === undefined && columns.closingCredit === undefined ? undefined
    : (amount(columns.balance) ?? absolute(amount(columns.closingDebit) ?? 0n) - absolute(amount(columns.closingCredit) ?? 0n))
  const debit = amount(columns.debit)
  const credit = amount(columns.credit)
  if (!readable) return []
  const hasMovement = debit !== undefined && credit !== undefined
  const carried = closing === undefined ? opening : hasMovement ? closing - debit + credit : closing
  if (columns.openingDebit !== undefined && hasMovement && carried !== opening) {
    problems.push(warning('BALANCE_ROW', {
      fr: `Ligne ${row.number} : le solde du compte ${account} n'est pas la somme de son ouverture et de ses mouvements. Le solde indiqué est retenu.`,
      en: `Line ${row.number}: the balance of the account ${account} is not its opening plus its movements. The stated balance is kept.`,
    }, { line: row.number }))
  }
  const movements: Movement[] = []
  if (hasMovement) movements.push({ account, label, debit, credit })
  if (carried !== 0n || !hasMovement) movements.push({ account, label, debit: carried > 0n ? carried : 0n, credit: carried < 0n ? -carried : 0n, opening: hasMovement })
  return movements
}

/**
 * Reads a trial balance given as rows of cells (CSV, spreadsheet) into movements: columns are found by their French or English
 * names, amounts by the file's own decimal mark. What a stated balance holds beyond the movements is the opening. Rows whose
 * account has fewer than three digits or is no number (totals, classes) are left out. Line numbers are 1-based rows.
 */
export function readBalanceTable(rows: readonly (readonly string[])[]): { movements: Movement[]; problems: Problem[] } {
  const found = balanceColumns(rows)
  if (!found) {
    return { movements: [], problems: [problem('BALANCE_COLUMNS', {
      fr: 'Le fichier n\'est pas une balance : aucune ligne ne nomme un compte avec un débit et un crédit, ou un solde. Ajoutez ces titres de colonnes.',
      en: 'The file is not a trial balance: no line names an account with a debit and a credit, or a balance. Add these column titles.',
    })] }
  }
  const { columns, firstRow } = found
  const body: Row[] = rows.slice(firstRow).map((cells, index) => ({ number: firstRow + index + 1, cells })).filter((row) => isAccountCell(row.cells[columns.account]))
  const { account: _account, label: _label, ...amounts } = columns
  const mark = decimalMark(body.flatMap((row) => Object.values(amounts).map((column) => row.cells[column] ?? '')))
  const problems: Problem[] = []
  const movements = body.flatMap((row) => toMovements(row, { columns, mark }, problems))
  if (body.length === 0) {
    problems.push(problem('BALANCE_EMPTY', { fr: 'La balance ne contient aucun compte. Vérifiez le fichier.', en: 'The trial balance holds no account. Check the file.' }))
  }
  return { movements, problems }
}
