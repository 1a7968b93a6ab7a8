import { assert } from '../kernel/assert.ts'
import { ASSET_LINES, EQUITY_LINES, INCOME_LINES, LIABILITY_LINES, SHEET_RULES, type SheetRule } from './statement-lines.ts'
import type { TrialBalance } from './trial-balance.ts'

/** An asset in cents: what was paid, what amortisation and impairment took from it (positive), and what is left. */
export type AssetAmount = { readonly gross: bigint; readonly reduction: bigint; readonly net: bigint }

/**
 * The balance sheet in cents, every line present (zero when empty), keyed by the ids of statement-lines.ts. `off` is the
 * balance of classes 8 and 9, which no line holds. When the trial balance balances and `off` is zero, total assets equal
 * total liabilities: `gap` is their difference.
 */
export type BalanceSheet = {
  readonly assets: Readonly<Record<string, AssetAmount>>
  readonly liabilities: Readonly<Record<string, bigint>>
  readonly totalAssets: bigint
  readonly totalLiabilities: bigint
  readonly equity: bigint
  readonly debts: bigint
  readonly off: bigint
  readonly gap: bigint
}

/** The income statement in cents. Charges are positive amounts; `result` is the profit of the year. */
export type IncomeStatement = {
  readonly lines: Readonly<Record<string, bigint>>
  readonly turnover: bigint
  readonly operatingIncome: bigint
  readonly operatingCharges: bigint
  readonly operatingResult: bigint
  readonly jointResult: bigint
  readonly financialResult: bigint
  readonly currentResult: bigint
  readonly exceptionalResult: bigint
  readonly result: bigint
}

const rulesByPrefix = new Map<string, SheetRule[]>()
for (const rule of SHEET_RULES) {
  for (const prefix of rule.prefixes.split(' ')) rulesByPrefix.set(prefix, [...(rulesByPrefix.get(prefix) ?? []), rule])
}

const incomeByPrefix = new Map(INCOME_LINES.flatMap((line) => line.prefixes.split(' ').map((prefix) => [prefix, line.id] as const)))

/** The balance sheet line an account with this balance belongs to; undefined outside classes 1 to 5. */
export function sheetRule(account: string, balance: bigint): SheetRule | undefined {
  const side = balance >= 0n ? 'D' : 'C'
  for (let length = account.length; length > 0; length -= 1) {
    const rules = rulesByPrefix.get(account.slice(0, length)) ?? []
    const found = rules.find((rule) => rule.side === side) ?? rules.find((rule) => !rule.side)
    if (found) return found
  }
  return undefined
}

/** The income statement line of an account; undefined outside classes 6 and 7. */
export function incomeLineOf(account: string): string | undefined {
  for (let length = account.length; length > 0; length -= 1) {
    const found = incomeByPrefix.get(account.slice(0, length))
    if (found) return found
  }
  return undefined
}

type SheetSums = { gross: Record<string, bigint>; reduction: Record<string, bigint>; liabilities: Record<string, bigint>; off: bigint }

function place(sums: SheetSums, account: string, balance: bigint): void {
  const rule = sheetRule(account, balance)
  if (!rule) sums.off += /^[67]/.test(account) ? 0n : balance
  else if (rule.line in sums.liabilities) sums.liabilities[rule.line]! -= balance
  else if (rule.reduces) sums.reduction[rule.line]! -= balance
  else sums.gross[rule.line]! += balance
}

/**
 * Balance sheet of a trial balance, before the allocation of its result: the result line is account 12 plus classes 6 and 7.
 * Each account goes whole to one line, by its own balance's side, so a customer in credit is a debt only when it has an
 * account of its own. Source: PCG art. 821-1 and 822-1; placement of accounts as form 2033-A (2023 edition).
 */
export function balanceSheet(balance: TrialBalance): BalanceSheet {
  const zero = (ids: readonly { readonly id: string }[]) => Object.fromEntries(ids.map(({ id }) => [id, 0n]))
  const sums: SheetSums = { gross: zero(ASSET_LINES), reduction: zero(ASSET_LINES), liabilities: zero(LIABILITY_LINES), off: 0n }
  for (const account of balance.accounts) place(sums, account.account, account.balance)
  sums.liabilities['result']! += balance.result
  const assets = Object.fromEntries(ASSET_LINES.map(({ id }) => {
    const gross = sums.gross[id]!
    const reduction = sums.reduction[id]!
    return [id, { gross, reduction, net: gross - reduction }]
  }))
  const totalAssets = Object.values(assets).reduce((total, asset) => total + asset.net, 0n)
  const totalLiabilities = Object.values(sums.liabilities).reduce((total, amount) => total + amount, 0n)
  const equity = EQUITY_LINES.reduce((total, id) => total + sums.liabilities[id]!, 0n)
  const debts = totalLiabilities - equity - sums.liabilities['provisions']!
  return { assets, liabilities: sums.liabilities, totalAssets, totalLiabilities, equity, debts, off: sums.off, gap: totalAssets - totalLiabilities }
}

/**
 * Income statement of a trial balance. Every account of classes 6 and 7 is on exactly one line, so that `result` is always
 * minus the sum of the two classes. Source: PCG art. 821-2 and 822-2.
 */
export function incomeStatement(balance: TrialBalance): IncomeStatement {
  const lines: Record<string, bigint> = Object.fromEntries(INCOME_LINES.map(({ id }) => [id, 0n]))
  const signs = new Map(INCOME_LINES.map((line) => [line.id, line.sign]))
  for (const account of balance.accounts) {
    const id = incomeLineOf(account.account)
    if (!id) continue
    lines[id]! += signs.get(id) === 1 ? -account.balance : account.balance
  }
  const total = (kind: string, sign?: 1 | -1) => INCOME_LINES.reduce((sum, line) => (
    line.kind === kind && (!sign || line.sign === sign) ? sum + (sign ? lines[line.id]! : BigInt(line.sign) * lines[line.id]!) : sum), 0n)
  const operatingResult = total('operating')
  const currentResult = operatingResult + total('joint') + total('financial')
  const result = currentResult + total('exceptional') + total('tax')
  assert(result === balance.result, 'an account of classes 6 and 7 has no line')
  return {
    lines, turnover: lines['goodsSold']! + lines['productsSold']! + lines['servicesSold']!,
    operatingIncome: total('operating', 1), operatingCharges: total('operating', -1), operatingResult,
    jointResult: total('joint'), financialResult: total('financial'), currentResult, exceptionalResult: total('exceptional'), result,
  }
}
