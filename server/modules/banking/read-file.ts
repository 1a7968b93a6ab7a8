import { accountKey } from '../../../core/bank/account-name.ts'
import { continuityOf, missingAmount } from '../../../core/bank/continuity.ts'
import type { AccountName, Statement, StatementLine } from '../../../core/bank/statement.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import { earlier } from '../../../core/kernel/local-date.ts'
import { hasErrors, type Problem, warning } from '../../../core/kernel/problem.ts'
import { readStatements } from '../../../formats/bank/read-statements.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { StatementRow } from './types.ts'

/** A booked line and its rank in the file, from 1. */
export type FileLine = StatementLine & { readonly position: number }

/** What a file says of one account: its name there, its statements and their booked lines. */
export type FileGroup = { readonly account: AccountName; readonly key: string | null; readonly currency: Currency; readonly statements: readonly StatementRow[]; readonly lines: readonly FileLine[] }

/** A bank file, understood. */
export type BankFile = { readonly format: string; readonly groups: readonly FileGroup[]; readonly problems: readonly Problem[] }

const EXPECTED = 'CFONB 120, CAMT.053 / CSV'

/**
 * Reads a bank file, account by account. Movements the bank only announces are left out, and said. Refuses FILE_UNREADABLE
 * with what the reader found wrong when nothing of it is a statement.
 */
export function readBankFile(file: { readonly bytes: Uint8Array; readonly fileName: string; readonly currency: Currency }): BankFile {
  const reading = readStatements(file.bytes, { currency: file.currency })
  const told = reading.statements.some((statement) => statement.lines.length > 0 || statement.opening !== null || statement.closing !== null)
  if (reading.format === null || reading.statements.length === 0 || (!told && hasErrors(reading.problems))) {
    throw new Refusal('FILE_UNREADABLE', { file: file.fileName, expected: EXPECTED }, reading.problems)
  }
  const pending = reading.statements.reduce((count, statement) => count + statement.lines.filter((line) => line.status === 'pending').length, 0)
  return { format: reading.format, groups: groupByAccount(reading.statements, file.currency), problems: pending === 0 ? reading.problems : [...reading.problems, pendingProblem(pending)] }
}

function pendingProblem(count: number): Problem {
  if (count === 1) {
    return warning('PENDING_LINES', { fr: 'Une opération est encore en attente à la banque : elle sera prise une fois comptabilisée.', en: 'One movement is still pending at the bank: it will be taken once booked.' })
  }
  return warning('PENDING_LINES', {
    fr: `${count} opérations sont encore en attente à la banque : elles seront prises une fois comptabilisées.`, en: `${count} movements are still pending at the bank: they will be taken once booked.`,
  })
}

type Draft = { account: AccountName; readonly key: string | null; currency: Currency; readonly statements: StatementRow[]; readonly lines: FileLine[] }

function groupByAccount(statements: readonly Statement[], fallback: Currency): FileGroup[] {
  const groups = new Map<string | null, Draft>()
  let position = 0
  for (const statement of statements) {
    const key = accountKey(statement.account)
    const group = groups.get(key) ?? { account: statement.account, key, currency: statement.currency ?? fallback, statements: [], lines: [] }
    groups.set(key, group)
    group.account = { iban: group.account.iban ?? statement.account.iban, id: group.account.id ?? statement.account.id }
    const booked = statement.lines.filter((line) => line.status === 'booked')
    group.statements.push(rowOf(statement, booked))
    for (const line of booked) {
      position += 1
      group.lines.push({ ...line, position, label: plain(line.label) })
    }
    // One odd currency decides: the account cannot take the file, and says so at commit.
    group.currency = [statement.currency ?? fallback, ...booked.map((line) => line.currency)].find((currency) => currency !== fallback) ?? group.currency
  }
  return [...groups.values()]
}

/** A label on one line: a control character in it would break the files that carry it further. */
function plain(label: string): string {
  return label.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()
}

function rowOf(statement: Statement, booked: readonly StatementLine[]): StatementRow {
  const first = booked[0]
  return {
    openingOn: statement.opening?.date ?? null, opening: statement.opening?.minor ?? null, closingOn: statement.closing?.date ?? null, closing: statement.closing?.minor ?? null,
    firstLineOn: first ? booked.reduce((day, line) => earlier(day, line.bookedOn), first.bookedOn) : null,
    lineCount: booked.length, continuity: continuityOf(statement), gap: missingAmount(statement),
  }
}
