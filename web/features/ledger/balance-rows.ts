import type { BalanceRow, TrialBalance } from '../../../contract/ledger.ts'
import { isNegative, sumAmounts } from '../../lib/amounts.ts'

/** The six columns of a trial balance; the closing balance stands on one side only. */
export type Sides = { readonly openingDebit: string; readonly openingCredit: string; readonly debit: string; readonly credit: string; readonly closingDebit: string; readonly closingCredit: string }
export type BalanceItem =
  | ({ readonly kind: 'class'; readonly digit: string; readonly accounts: number } & Sides)
  | ({ readonly kind: 'account'; readonly account: string; readonly label: string; readonly balance: string } & Sides)

const ZERO = '0'

function sidesOf(row: BalanceRow): Sides {
  const owed = isNegative(row.balance)
  return {
    openingDebit: row.openingDebit, openingCredit: row.openingCredit, debit: row.debit, credit: row.credit,
    closingDebit: owed ? ZERO : row.balance, closingCredit: owed ? row.balance.slice(1) : ZERO,
  }
}

/** Exact sums of the six columns. */
export function sumSides(rows: readonly Sides[], currency: string): Sides {
  const sum = (side: keyof Sides) => sumAmounts(rows.map((row) => row[side]), currency)
  return { openingDebit: sum('openingDebit'), openingCredit: sum('openingCredit'), debit: sum('debit'), credit: sum('credit'), closingDebit: sum('closingDebit'), closingCredit: sum('closingCredit') }
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The balance as a list: each class with its sums, then its accounts. `search` takes the start of a number or words of the label. */
export function balanceItems(balance: Pick<TrialBalance, 'rows' | 'currency'>, filter: { readonly classDigit?: string | undefined; readonly search?: string | undefined } = {}): BalanceItem[] {
  const words = plain(filter.search ?? '')
  const kept = balance.rows
    .filter((row) => (!filter.classDigit || row.account.startsWith(filter.classDigit)) && (words === '' || row.account.startsWith(words) || plain(row.label).includes(words)))
    .map((row) => ({ kind: 'account' as const, account: row.account, label: row.label, balance: row.balance, ...sidesOf(row) }))
  const digits = [...new Set(kept.map(({ account }) => account.slice(0, 1)))].sort()
  return digits.flatMap((digit): BalanceItem[] => {
    const accounts = kept.filter(({ account }) => account.startsWith(digit))
    return [{ kind: 'class', digit, accounts: accounts.length, ...sumSides(accounts, balance.currency) }, ...accounts]
  })
}
