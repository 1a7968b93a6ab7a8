import { accountLabel, classOf } from './accounts.ts'
import { ownText } from './own-text.ts'

/** What one line does to an account, in cents. `opening` marks the lines of the opening entry. */
export type Movement = { readonly account: string; readonly label?: string; readonly debit: bigint; readonly credit: bigint; readonly opening?: boolean }

/**
 * One account over a year, in cents. `opening` is debit minus credit of the opening entry, whose two sides are kept as well;
 * `debit` and `credit` are the movements after it; `balance` is everything, debit minus credit.
 */
export type AccountBalance = {
  readonly account: string
  readonly label: string
  readonly opening: bigint
  readonly openingDebit: bigint
  readonly openingCredit: bigint
  readonly debit: bigint
  readonly credit: bigint
  readonly balance: bigint
}

/**
 * Every account with a movement, in the order of their numbers. Totals include the opening entry. `classes` holds the balance
 * of each class met, '1' to '9' (debit minus credit). `result` is the profit (positive) or loss of classes 6 and 7.
 */
export type TrialBalance = {
  readonly accounts: readonly AccountBalance[]
  readonly totals: { readonly debit: bigint; readonly credit: bigint }
  readonly classes: Readonly<Record<string, bigint>>
  readonly result: bigint
}

type Sums = { label: string; openingDebit: bigint; openingCredit: bigint; debit: bigint; credit: bigint }

function toBalance(account: string, sums: Sums): AccountBalance {
  const opening = sums.openingDebit - sums.openingCredit
  return { account, ...sums, opening, balance: opening + sums.debit - sums.credit }
}

function finish(byAccount: ReadonlyMap<string, Sums>): TrialBalance {
  const accounts = [...byAccount].sort(([a], [b]) => (a < b ? -1 : 1)).map(([account, sums]) => toBalance(account, sums))
  const classes: Record<string, bigint> = {}
  let debit = 0n
  let credit = 0n
  for (const account of accounts) {
    const of = classOf(account.account)
    classes[of] = (classes[of] ?? 0n) + account.balance
    debit += account.openingDebit + account.debit
    credit += account.openingCredit + account.credit
  }
  return { accounts, totals: { debit, credit }, classes, result: -((classes['6'] ?? 0n) + (classes['7'] ?? 0n)) }
}

/**
 * Adds lines one by one and gives the trial balance at the end; memory grows with the number of accounts, not of lines.
 * The first non-empty label met names the account; without one the chart's label does.
 */
export function createTrialBalance(): { add(movement: Movement): void; end(): TrialBalance } {
  const byAccount = new Map<string, Sums>()
  return {
    add(movement) {
      let sums = byAccount.get(movement.account)
      if (!sums) {
        sums = { label: ownText(movement.label ?? '') || accountLabel(movement.account), openingDebit: 0n, openingCredit: 0n, debit: 0n, credit: 0n }
        byAccount.set(ownText(movement.account), sums)
      }
      if (movement.opening) {
        sums.openingDebit += movement.debit
        sums.openingCredit += movement.credit
      } else {
        sums.debit += movement.debit
        sums.credit += movement.credit
      }
    },
    end: () => finish(byAccount),
  }
}

/** The trial balance of lines that are all at hand. */
export function trialBalance(movements: Iterable<Movement>): TrialBalance {
  const balance = createTrialBalance()
  for (const movement of movements) balance.add(movement)
  return balance.end()
}

/**
 * Balance (debit minus credit, cents) of the accounts that begin with one prefix and with none of the exceptions:
 * balanceOf(tb, ['74'], ['747']).
 */
export function balanceOf(balance: TrialBalance, prefixes: readonly string[], except: readonly string[] = []): bigint {
  let total = 0n
  for (const { account, balance: amount } of balance.accounts) {
    if (prefixes.some((p) => account.startsWith(p)) && !except.some((p) => account.startsWith(p))) total += amount
  }
  return total
}
