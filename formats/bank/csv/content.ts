import { parseIban } from '../../../core/bank/account-name.ts'
import { readDateCell } from './dates.ts'
import { type Columns, type Layout, modalWidth } from './layout.ts'
import { currencyIn, readNumberCell } from './numbers.ts'
import type { Row } from './rows.ts'
import { flagOf } from './words.ts'

/** What the cells of one column are, in shares of the filled ones. */
type Profile = { readonly index: number; readonly filled: number; readonly dates: number; readonly amounts: number; readonly codes: number; readonly flags: number; readonly ibans: number; readonly cells: readonly string[] }

/** A number that can be money: it has decimals, a sign or a currency. Bare integers are as likely account numbers. */
function isMoney(cell: string): boolean {
  const number = readNumberCell(cell)
  return number !== undefined && readDateCell(cell) === undefined && (/[.,]\d{1,3}$/.test(number.body) || number.sign !== '' || number.currency !== null)
}

function profileOf(rows: readonly Row[], index: number): Profile {
  const cells = rows.map((row) => row.cells[index] ?? '')
  const filled = cells.filter((cell) => cell !== '')
  const share = (isOne: (cell: string) => boolean): number => (filled.length === 0 ? 0 : filled.filter(isOne).length / filled.length)
  return {
    index, cells, filled: rows.length === 0 ? 0 : filled.length / rows.length,
    dates: share((cell) => readDateCell(cell) !== undefined), amounts: share(isMoney), codes: share((cell) => cell.length === 3 && currencyIn(cell) !== null),
    flags: share((cell) => flagOf(cell) !== undefined), ibans: share((cell) => parseIban(cell) !== undefined),
  }
}

/** True when the days of a column never go both up and down (undecided orders are compared as they are written). */
function isSorted(profile: Profile): boolean {
  const keys = profile.cells.map((cell) => readDateCell(cell)).filter((cell) => cell !== undefined)
    .map((cell) => (cell.kind === 'day' ? cell.day : `${cell.year}-${String(cell.second).padStart(2, '0')}-${String(cell.first).padStart(2, '0')}`))
  return keys.every((key, at) => at === 0 || key >= keys[at - 1]!) || keys.every((key, at) => at === 0 || key <= keys[at - 1]!)
}

/** Money columns of a table without header: one amount; an amount and its running balance; or a debit and a credit, never both filled. */
function moneyColumns(money: readonly Profile[]): Pick<Columns, 'amount' | 'debit' | 'credit' | 'balance'> | null {
  const [first, second, third] = money
  if (!first) return null
  if (!second) return { amount: first.index, debit: null, credit: null, balance: null }
  const isExclusive = first.cells.every((cell, row) => (cell === '') !== (second.cells[row] === ''))
  if (isExclusive && first.filled < 1 && second.filled < 1) return { amount: null, debit: first.index, credit: second.index, balance: third?.index ?? null }
  const full = money.filter((profile) => profile.filled > 0.9)
  return { amount: (full[0] ?? first).index, debit: null, credit: null, balance: (full[1] ?? second).index }
}

/** Understands a table without a header from what its columns hold. Null when there is no date or no amount column. */
export function layoutByContent(rows: readonly Row[]): Layout | null {
  const width = modalWidth(rows)
  const body = rows.filter((row) => row.cells.length > 1 && row.cells.some((cell) => readDateCell(cell) !== undefined))
  if (width < 2 || body.length === 0 || body.length < rows.length * 0.5) return null
  const profiles = Array.from({ length: Math.max(...body.map((row) => row.cells.length)) }, (_, index) => profileOf(body, index))
  const dates = profiles.filter((profile) => profile.dates > 0.8 && profile.filled > 0.8)
  const booked = dates.find(isSorted) ?? dates[0]
  const moneyProfiles = profiles.filter((profile) => profile.amounts > 0.8 && profile.dates < 0.5)
  const money = moneyColumns(moneyProfiles)
  if (!booked || !money) return null
  const used = new Set<number>([booked.index, ...[money.amount, money.debit, money.credit, money.balance].filter((index) => index !== null)])
  const take = (isOne: (profile: Profile) => boolean): number | null => {
    const found = profiles.find((profile) => !used.has(profile.index) && isOne(profile))
    if (found) used.add(found.index)
    return found?.index ?? null
  }
  const value = take((profile) => profile.dates > 0.8)
  const sign = take((profile) => profile.flags >= 0.8 && profile.filled > 0.2)
  const currency = take((profile) => profile.codes > 0.8)
  const iban = take((profile) => profile.ibans > 0.5)
  const labels = profiles.filter((profile) => !used.has(profile.index) && profile.filled > 0 && profile.cells.some((cell) => /\p{L}{2}/u.test(cell))).map((profile) => profile.index)
  const isOwn = iban !== null && new Set(body.map((row) => row.cells[iban])).size === 1 && body.length > 1
  const columns: Columns = {
    booked: booked.index, started: null, value, ...money, fee: null, sign, currency, account: isOwn ? iban : null, name: null, iban: isOwn ? null : iban,
    reference: null, bankId: null, status: null, labels,
  }
  return { headerAt: -1, bodyAt: 0, header: [], columns, recognised: 0, width, money: moneyProfiles.filter((profile) => profile.filled > 0.9).map((profile) => profile.index), profile: null, isNamed: false, delimiter: '' }
}
