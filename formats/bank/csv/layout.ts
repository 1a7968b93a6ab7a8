import { parseIban } from '../../../core/bank/account-name.ts'
import type { CsvProfile } from '../../../core/bank/mapping.ts'
import { parseCurrency } from '../../../core/kernel/currency.ts'
import { readDateCell } from './dates.ts'
import { readNumberCell } from './numbers.ts'
import type { Row } from './rows.ts'
import { claimsOf, flagOf, isCancelledWord, isPendingWord, type Role, words } from './words.ts'

/** Which column holds what; null when the file has none. Label columns are joined in reading order. */
export type Columns = {
  readonly booked: number
  /** Another day of the movement, used while a pending one has no booking day. */
  readonly started: number | null
  readonly value: number | null
  readonly amount: number | null
  readonly debit: number | null
  readonly credit: number | null
  readonly fee: number | null
  readonly sign: number | null
  readonly balance: number | null
  readonly currency: number | null
  readonly account: number | null
  readonly name: number | null
  readonly iban: number | null
  readonly reference: number | null
  readonly bankId: number | null
  readonly status: number | null
  readonly labels: readonly number[]
}

/** A table understood: where it starts, its columns, and the words of its header (empty without one). */
export type Layout = {
  /** Rank of the title row among the rows that are not empty; -1 without one. */
  readonly headerAt: number
  /** Rank of the first row of the table itself. */
  readonly bodyAt: number
  readonly header: readonly string[]; readonly columns: Columns; readonly recognised: number; readonly width: number
  /** Without a header: the columns that could be the amount or the running balance. */
  readonly money: readonly number[]
  /** What is known of such tables: shipped and recognised by its titles, or named by the user, whose word is then believed. */
  readonly profile: CsvProfile | null
  readonly isNamed: boolean
  /** What separates cells; empty when the file has cells of its own. */
  readonly delimiter: string
}

/** Rows looked at below a header to check what its columns hold. */
export const SAMPLE_ROWS = 200
export const HEADER_ROWS_MAX = 80

type Column = { readonly index: number; readonly header: string; readonly cells: readonly string[] }

function share(column: Column, isOne: (cell: string) => boolean): number {
  const filled = column.cells.filter((cell) => cell !== '')
  return filled.length === 0 ? 1 : filled.filter(isOne).length / filled.length
}

const isDate = (cell: string): boolean => readDateCell(cell) !== undefined || isPendingWord(cell)
const isNumber = (cell: string): boolean => readNumberCell(cell) !== undefined && (readDateCell(cell) === undefined || /^\d+$/.test(cell))
const isCode = (cell: string): boolean => parseCurrency(cell.toUpperCase()) !== undefined || /^([€£$]|euros?)$/i.test(cell)

/** Whether what stands below a header agrees with a role it claims. Damaged cells are allowed for: half is enough. */
function fits(column: Column, role: Role): boolean {
  switch (role) {
    case 'booked': case 'value': return share(column, isDate) >= 0.5
    case 'amount': case 'debit': case 'credit': case 'fee': case 'balance': return share(column, isNumber) >= 0.5
    case 'originalAmount': return true
    case 'sign': return column.cells.some((cell) => flagOf(cell) !== undefined) && share(column, (cell) => flagOf(cell) !== undefined) >= 0.6
    case 'currency': return share(column, isCode) >= 0.5
    case 'status': return column.cells.length === 0 || share(column, (cell) => isPendingWord(cell) || isCancelledWord(cell) || /^(completed|booked|settled|executed|terminee?|executee?|reglee?|comptabilisee?|umsatz gebucht|gebucht|cleared|posted|success|paid|utfort|verwerkt|uitgevoerd|geboekt|contabilizzato)/.test(words(cell))) >= 0.5
    default: return true
  }
}

/** Picks the best column for a role: lowest rank first, then the leftmost. */
function pick(claimed: ReadonlyMap<number, { role: Role; rank: number }>, role: Role): number | null {
  let best: number | null = null
  let rank = Infinity
  for (const [index, claim] of claimed) if (claim.role === role && claim.rank < rank) [best, rank] = [index, claim.rank]
  return best
}

/** A column of the account itself names few accounts, on every row. */
function isOwnAccount(column: Column | undefined): boolean {
  if (!column) return false
  const filled = column.cells.filter((cell) => cell !== '')
  return filled.length >= column.cells.length * 0.9 && new Set(filled).size <= Math.max(3, filled.length / 10)
}

function ownAccount(columns: readonly Column[], claimed: ReadonlyMap<number, { role: Role; rank: number }>): number | null {
  const candidates = columns.filter((column) => claimed.get(column.index)?.role === 'account' && isOwnAccount(column))
  const score = (column: Column): number => (claimed.get(column.index)?.rank ?? 9) - (column.cells.some((cell) => parseIban(cell)) ? 0.5 : 0)
  return candidates.toSorted((a, b) => score(a) - score(b) || a.index - b.index)[0]?.index ?? null
}

/** A column without a known header whose cells are all directions (S/H, CR). */
function unnamedSign(columns: readonly Column[], claimed: ReadonlyMap<number, { role: Role; rank: number }>): number | null {
  const found = columns.find((column) => !claimed.has(column.index) && fits(column, 'sign') && share(column, (cell) => flagOf(cell) !== undefined) >= 0.8)
  return found?.index ?? null
}

/** Distributes roles over the columns of a header. Null when no date or no amount is found. */
export function columnsOf(header: readonly string[], sample: readonly Row[]): Columns | null {
  const columns: Column[] = header.map((name, index) => ({ index, header: name, cells: sample.map((row) => row.cells[index] ?? '') }))
  const extra = Math.max(0, ...sample.map((row) => row.cells.length))
  for (let index = header.length; index < extra; index++) columns.push({ index, header: '', cells: sample.map((row) => row.cells[index] ?? '') })
  const claimed = new Map<number, { role: Role; rank: number }>()
  for (const column of columns) {
    const claim = claimsOf(column.header).find(({ role }) => fits(column, role))
    if (claim) claimed.set(column.index, claim)
  }
  const debit = pick(claimed, 'debit')
  const credit = pick(claimed, 'credit')
  // "Inflow" or "Debit" alone is the only amount there is, signed.
  const amount = pick(claimed, 'amount') ?? (debit === null || credit === null ? (debit ?? credit) : null)
  const isPair = debit !== null && credit !== null
  const booked = pick(claimed, 'booked') ?? pick(claimed, 'value')
  if (booked === null || (amount === null && !isPair)) return null
  const hasAmount = amount !== null && (!isPair || amountIsFuller(columns, amount, { debit, credit }))
  const account = ownAccount(columns, claimed)
  const leftIban = columns.find((column) => column.index !== account && claimed.get(column.index)?.role === 'account' && column.cells.some((cell) => parseIban(cell)))
  const value = pick(claimed, 'value')
  return {
    booked, started: startedColumn(claimed, booked), value: value === booked ? null : value, amount: hasAmount ? amount : null, debit: hasAmount ? null : debit, credit: hasAmount ? null : credit,
    fee: pick(claimed, 'fee'), sign: pick(claimed, 'sign') ?? unnamedSign(columns, claimed), balance: pick(claimed, 'balance'),
    currency: currencyColumn(claimed), account, name: pick(claimed, 'name'),
    iban: pick(claimed, 'iban') ?? leftIban?.index ?? null, reference: pick(claimed, 'reference'), bankId: uniqueColumn(columns, claimed), status: pick(claimed, 'status'),
    labels: columns.filter((column) => claimed.get(column.index)?.role === 'label').map((column) => column.index),
  }
}

function startedColumn(claimed: ReadonlyMap<number, { role: Role; rank: number }>, booked: number): number | null {
  for (const [index, claim] of claimed) if (claim.role === 'booked' && index !== booked) return index
  return null
}

/** Both an amount and a debit/credit pair: the one that says more is read (the pair often repeats the amount, or is empty). */
function amountIsFuller(columns: readonly Column[], amount: number, { debit, credit }: { debit: number; credit: number }): boolean {
  const filled = (index: number): number => columns[index]?.cells.filter((cell) => readNumberCell(cell) !== undefined).length ?? 0
  return filled(amount) > filled(debit) + filled(credit) || (filled(amount) > 0 && columns[amount]!.cells.some((cell) => cell.startsWith('-')))
}

/** When the only currency column goes with an amount in a foreign currency, it says nothing of the account. */
function currencyColumn(claimed: ReadonlyMap<number, { role: Role; rank: number }>): number | null {
  const roles = [...claimed.values()].map((claim) => claim.role)
  return roles.includes('originalAmount') && !roles.includes('originalCurrency') ? null : pick(claimed, 'currency')
}

/** An identifier is only one if no two rows share it. */
function uniqueColumn(columns: readonly Column[], claimed: ReadonlyMap<number, { role: Role; rank: number }>): number | null {
  const candidates = columns.filter((column) => {
    const filled = column.cells.filter((cell) => cell !== '')
    return claimed.get(column.index)?.role === 'bankId' && new Set(filled).size === filled.length
  })
  return candidates.toSorted((a, b) => claimed.get(a.index)!.rank - claimed.get(b.index)!.rank)[0]?.index ?? null
}

/** True when the words of a header are those of a portfolio (shares, prices), not of an account. */
export function isPortfolio(header: readonly string[]): boolean {
  return header.filter((cell) => claimsOf(cell)[0]?.role === 'share').length >= 2
}

/** The row among the first ones that names the most columns, a date and an amount among them. */
export function findHeader(rows: readonly Row[]): Layout | { portfolio: readonly string[] } | null {
  let best: Layout | null = null
  for (let at = 0; at < Math.min(rows.length, HEADER_ROWS_MAX); at++) {
    const header = rows[at]!.cells
    const filled = header.filter((cell) => cell !== '')
    if (filled.length < 2 || filled.some((cell) => readDateCell(cell) !== undefined) || filled.filter((cell) => isNumber(cell)).length > filled.length / 2) continue
    if (isPortfolio(header)) return { portfolio: header }
    const recognised = header.filter((cell) => claimsOf(cell).length > 0).length
    if (recognised < 2 || (best && recognised <= best.recognised)) continue
    const sample = rows.slice(at + 1, at + 1 + SAMPLE_ROWS).filter((row) => row.cells.length > 1 && row.cells.some((cell) => readNumberCell(cell) !== undefined))
    const columns = columnsOf(header, sample)
    if (columns) best = { headerAt: at, bodyAt: at + 1, header, columns, recognised, width: Math.max(header.length, modalWidth(sample)), money: [], profile: null, isNamed: false, delimiter: '' }
  }
  return best
}

/** The number of cells most rows have. */
export function modalWidth(rows: readonly Row[]): number {
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(row.cells.length, (counts.get(row.cells.length) ?? 0) + 1)
  let [width, most] = [0, 0]
  for (const [length, count] of counts) if (count > most) [width, most] = [length, count]
  return width
}
