import { formatAmount } from '../kernel/money.ts'
import { type Problem, warning } from '../kernel/problem.ts'
import { accountKey } from './account-name.ts'
import type { Continuity, Statement } from './statement.ts'

/**
 * Closing minus (opening + booked lines), in minor units: zero when the statement holds together.
 * Null when it cannot be known: a balance is missing, or a line is in another currency. Pending lines are not in a balance yet.
 */
export function missingAmount(statement: Statement): bigint | null {
  if (statement.opening === null || statement.closing === null) return null
  let expected = statement.opening.minor
  for (const line of statement.lines) {
    if (line.status === 'pending') continue
    if (line.currency !== statement.currency) return null
    expected += line.minor
  }
  return statement.closing.minor - expected
}

/** Whether a statement's own balances agree with its lines. */
export function continuityOf(statement: Statement): Continuity {
  const missing = missingAmount(statement)
  return missing === null ? 'unknown' : missing === 0n ? 'proven' : 'broken'
}

/** Whether a statement starts where the one before it, of the same account, ended. */
export function linkBetween(previous: Statement, next: Statement): Continuity {
  if (previous.closing === null || next.opening === null || previous.currency !== next.currency) return 'unknown'
  return previous.closing.minor === next.opening.minor ? 'proven' : 'broken'
}

/**
 * The chain of statements, account by account: for each one, in the order given, how it follows the statement of the same
 * account and currency that precedes it in time (`unknown` for the first one, and when a balance is missing).
 */
export function chainOf(statements: readonly Statement[]): Continuity[] {
  const links: Continuity[] = statements.map(() => 'unknown')
  const byAccount = new Map<string, number[]>()
  statements.forEach((statement, index) => {
    const key = accountKey(statement.account)
    if (key === null) return
    const group = `${key} ${statement.currency ?? ''}`
    byAccount.set(group, [...(byAccount.get(group) ?? []), index])
  })
  const closingDay = (index: number): string => statements[index]?.closing?.date ?? statements[index]?.opening?.date ?? ''
  for (const indexes of byAccount.values()) {
    const ordered = indexes.toSorted((a, b) => (closingDay(a) < closingDay(b) ? -1 : closingDay(a) > closingDay(b) ? 1 : a - b))
    for (let at = 1; at < ordered.length; at++) {
      links[ordered[at]!] = linkBetween(statements[ordered[at - 1]!]!, statements[ordered[at]!]!)
    }
  }
  return links
}

/** What to tell the user of a statement that does not hold together; undefined when it is proven or cannot be known. */
export function continuityProblem(statement: Statement): Problem | undefined {
  const missing = missingAmount(statement)
  if (missing === null || missing === 0n || statement.currency === null) return undefined
  const amount = `${formatAmount(missing, statement.currency)} ${statement.currency}`
  const line = statement.lines[0]?.line
  const of = statement.account.iban ?? statement.account.id ?? '?'
  return warning('BALANCE_BROKEN', {
    fr: `Compte ${of} : le solde d'ouverture et les opérations ne donnent pas le solde de clôture (écart de ${amount}). Les opérations lues sont conservées ; demandez à la banque le relevé complet.`,
    en: `Account ${of}: the opening balance and the lines do not give the closing balance (difference of ${amount}). The lines that were read are kept; ask the bank for the whole statement.`,
  }, line === undefined ? {} : { line })
}
