import type { Currency } from '../../../core/kernel/currency.ts'
import { parseAmount } from '../../../core/kernel/money.ts'
import { type DecimalMark, decideMark, plainDecimal } from '../csv/numbers.ts'
import { columnOf, type MoneyColumn, type MoneyRole } from './columns.ts'
import type { Money } from './money.ts'
import type { RawBalance, RawEntry, RawStatement } from './walk.ts'
import { balanceSign } from './words.ts'

/** What the whole document decides for its amounts. */
export type AmountContext = { readonly columns: readonly MoneyColumn[]; readonly mark: DecimalMark; readonly currency: Currency }

/** A movement with its amount; null when it has none that can be read. `isSure` is false when nothing on the page gives its sign. */
export type Valued = { readonly entry: RawEntry; readonly minor: bigint | null; readonly isSure: boolean; readonly money: readonly Money[] }

/** A balance with its amount. */
export type ValuedBalance = { readonly balance: RawBalance; readonly minor: bigint }

/** A statement read under one understanding of its columns: the movements up to its closing balance. */
export type Valuation = { readonly raw: RawStatement; readonly lines: readonly Valued[]; readonly opening: ValuedBalance | null; readonly closing: ValuedBalance | null; readonly isProven: boolean }

/** The decimal mark of a document, by what most of its amounts say. */
export function markOf(money: readonly Money[], habit: DecimalMark): DecimalMark {
  return decideMark(money.map((one) => one.cell.body), habit, null)
}

function sizeOf(money: Money, { mark, currency }: AmountContext): bigint | null {
  const decimal = plainDecimal(money.cell.body, mark)
  const parsed = decimal === undefined ? undefined : parseAmount(decimal, currency)
  return parsed?.ok ? parsed.value : null
}

const isNegative = (money: Money): boolean => money.cell.sign === '-' || money.cell.marker === 'debit'

function roleOf(money: Money, roles: readonly MoneyRole[], { columns }: AmountContext): MoneyRole {
  return roles[columnOf(money, columns)] ?? 'none'
}

type Habits = { readonly areDebitsNegative: boolean }

/** The amount of a movement from its cells. */
function valueOf(entry: RawEntry, { roles, habits, context }: { readonly roles: readonly MoneyRole[]; readonly habits: Habits; readonly context: AmountContext }): Valued {
  let minor: bigint | null = null
  let isSure = true
  const used: Money[] = []
  for (const money of entry.money) {
    const role = roleOf(money, roles, context)
    const size = role === 'none' || role === 'balance' ? null : sizeOf(money, context)
    if (size === null) continue
    const written = isNegative(money) ? -size : size
    used.push(money)
    if (role === 'debit') minor = (minor ?? 0n) - (habits.areDebitsNegative ? -written : written)
    else if (role === 'credit') minor = (minor ?? 0n) + written
    else {
      const isSigned = money.cell.sign !== '' || money.cell.marker !== null
      minor = (minor ?? 0n) + (isSigned ? written : entry.section === -1 ? -size : size)
      if (!isSigned && entry.section === null) isSure = false
    }
  }
  return { entry, minor, isSure, money: used }
}

function balanceValue(balance: RawBalance, roles: readonly MoneyRole[], context: AmountContext): ValuedBalance | null {
  const size = sizeOf(balance.money, context)
  if (size === null) return null
  const role = roleOf(balance.money, roles, context)
  const sign = isNegative(balance.money) ? -1 : balance.money.cell.sign === '+' || balance.money.cell.marker === 'credit' ? 1 : (balanceSign(balance.text) ?? (role === 'debit' ? -1 : 1))
  return { balance, minor: BigInt(sign) * size }
}

/** The balance printed behind a movement; null when its line shows none. */
function runningOf(entry: RawEntry, roles: readonly MoneyRole[], context: AmountContext): bigint | null {
  const money = entry.money.find((one) => roleOf(one, roles, context) === 'balance')
  const size = money ? sizeOf(money, context) : null
  return size === null || !money ? null : isNegative(money) ? -size : size
}

/** Signs that nothing on the page gives, found from the balance printed behind each movement. */
function signedByBalances(lines: readonly Valued[], running: readonly (bigint | null)[], opening: bigint | null): Valued[] {
  let known = opening
  return lines.map((line, at) => {
    const after = running[at] ?? null
    const before = known
    if (after !== null) known = after
    else if (known !== null && line.minor !== null && line.isSure) known += line.minor
    else known = null
    if (line.isSure || line.minor === null || before === null || after === null) return line
    return after - before === line.minor ? { ...line, isSure: true } : after - before === -line.minor ? { ...line, minor: -line.minor, isSure: true } : line
  })
}

/** The sum of the first movements: of none, of one, of two... */
function sumsOf(lines: readonly Valued[]): bigint[] {
  const sums: bigint[] = [0n]
  for (const line of lines) sums.push(sums.at(-1)! + (line.minor ?? 0n))
  return sums
}

/** The balance that ends the statement, and how many movements come before it: one that the arithmetic proves, the last such; else the one called closing. */
function closingOf(lines: readonly Valued[], opening: ValuedBalance | null, checks: readonly ValuedBalance[]): { closing: ValuedBalance; count: number; isProven: boolean } | null {
  const sums = sumsOf(lines)
  if (opening) {
    for (const check of checks.toReversed()) {
      // A balance told before any movement, in a summary, may close anywhere: the farthest place where it holds.
      const isAhead = check.balance.after === 0
      const counts = isAhead ? sums.map((_, index) => index).toReversed() : [check.balance.after]
      const count = counts.find((index) => opening.minor + sums[index]! === check.minor && (!isAhead || index > 0 || lines.length === 0))
      if (count !== undefined) return { closing: check, count, isProven: true }
    }
  }
  const told = checks.find((check) => check.balance.kind === 'closing') ?? checks.findLast((check) => check.balance.kind === 'balance') ?? checks.at(-1)
  return told ? { closing: told, count: told.balance.after === 0 ? lines.length : told.balance.after, isProven: false } : null
}

/** Reads a statement under one understanding of the columns. */
export function evaluate(raw: RawStatement, roles: readonly MoneyRole[], context: AmountContext): Valuation {
  const debits = raw.entries.flatMap((entry) => entry.money.filter((money) => roleOf(money, roles, context) === 'debit'))
  const habits = { areDebitsNegative: debits.length > 0 && debits.every((money) => money.cell.sign === '-') }
  const opening = raw.opening && balanceValue(raw.opening, roles, context)
  const checks = raw.checks.map((check) => balanceValue(check, roles, context)).filter((check) => check !== null)
  const running = raw.entries.map((entry) => runningOf(entry, roles, context))
  const read = raw.entries.map((entry) => valueOf(entry, { roles, habits, context }))
  const lines = running.some((balance) => balance !== null) ? signedByBalances(read, running, opening?.minor ?? null) : read
  const found = closingOf(lines, opening, checks)
  if (found) {
    const kept = lines.slice(0, found.count)
    return { raw, lines: kept, opening, closing: found.closing, isProven: found.isProven }
  }
  return byRunning(raw, lines, { running, opening })
}

/** A statement that states no closing balance, or none at all: the balance behind each movement proves it when it follows all of them. */
function byRunning(raw: RawStatement, lines: readonly Valued[], { running, opening }: { readonly running: readonly (bigint | null)[]; readonly opening: ValuedBalance | null }): Valuation {
  const inOrder = framed(lines, running, opening?.minor)
  // Some statements show their latest movement first.
  const frame = inOrder ?? framed(lines.toReversed(), running.toReversed(), opening?.minor)
  if (!frame) return { raw, lines, opening, closing: null, isProven: false }
  const moneyAt = (at: number): RawBalance => ({ money: raw.entries[at]!.money.at(-1)!, text: '', line: raw.entries[at]!.line, after: at + 1, kind: 'balance' })
  const [first, last] = inOrder ? [0, lines.length - 1] : [lines.length - 1, 0]
  return { raw, lines, isProven: true, opening: opening ?? { balance: moneyAt(first), minor: frame.before }, closing: { balance: moneyAt(last), minor: frame.after } }
}

/** The balances before and after some movements when every balance shown agrees with them; null when one does not, or too few are shown. */
function framed(lines: readonly Valued[], running: readonly (bigint | null)[], opening: bigint | undefined): { readonly before: bigint; readonly after: bigint } | null {
  const sums = sumsOf(lines)
  const first = running.findIndex((balance) => balance !== null)
  const after = running.at(-1)
  if (first < 0 || after === null || after === undefined || running.filter((balance) => balance !== null).length < 2) return null
  const before = opening ?? running[first]! - sums[first + 1]!
  return running.every((balance, at) => balance === null || before + sums[at + 1]! === balance) ? { before, after } : null
}

/** The understanding of the columns that the arithmetic proves for most statements; the likeliest one when it proves none. */
export function bestValuation(statements: readonly RawStatement[], candidates: readonly (readonly MoneyRole[])[], context: AmountContext): { readonly values: readonly Valuation[]; readonly rank: number; readonly roles: readonly MoneyRole[] } {
  let best: { values: Valuation[]; rank: number; roles: readonly MoneyRole[]; proven: number } | null = null
  candidates.forEach((roles, rank) => {
    const values = statements.map((raw) => evaluate(raw, roles, context))
    // A statement without movements proves itself whatever its columns are.
    const proven = values.filter((value) => value.isProven && value.lines.some((line) => line.minor !== null && line.minor !== 0n)).length
    if (!best || proven > best.proven) best = { values, rank, roles, proven }
  })
  return best ?? { values: [], rank: 0, roles: [] }
}

