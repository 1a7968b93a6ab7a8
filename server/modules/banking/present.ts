import type { Static } from 'typebox'
import type { BankAccount as AccountJson, BankImport as ImportJson, BankImportPage, BankLine as LineJson } from '../../../contract/banking.ts'
import { type Money, money, toJson } from '../../../core/kernel/money.ts'
import type { Locale } from '../../../core/kernel/problem.ts'
import { presentProblem } from '../../platform/http/present-problem.ts'
import type { ImportView } from './imports.ts'
import type { AccountView, ImportRow, Line, StatementRow } from './types.ts'

/** A bank account as the API tells it. */
export function presentAccount({ stated, balance, ...account }: AccountView): AccountJson {
  const amount = (minor: bigint) => toJson(money(minor, account.currency))
  return { ...account, balance: amount(balance), statedBalance: stated && { on: stated.on, balance: amount(stated.balance), agrees: stated.balance === stated.ours } }
}

/** Where a line stands between the bank and the books. */
export function stateOf(line: Pick<Line, 'amount' | 'treated' | 'entryId'>): LineJson['state'] {
  if (line.amount === line.treated) return 'treated'
  if (line.entryId === null) return 'posting'
  return line.treated === 0n ? 'to_treat' : 'part_treated'
}

/** A bank line as the API tells it. */
export function presentLine(line: Line): LineJson {
  const amount = (minor: bigint) => toJson(money(minor, line.currency))
  return {
    id: line.id, accountId: line.accountId, bookedOn: line.bookedOn, valueOn: line.valueOn, amount: amount(line.amount), label: line.label, reference: line.reference,
    counterparty: { name: line.counterpartyName, iban: line.counterpartyIban }, state: stateOf(line), toTreat: amount(line.amount - line.treated), entryId: line.entryId, importId: line.importId,
  }
}

function countsOf(row: ImportRow): ImportJson['counts'] {
  return { new: row.linesNew, known: row.linesKnown, suspicious: row.linesSuspicious, posted: row.linesPosted }
}

/** An import as lists tell it. */
export function presentImportRow(row: ImportRow): Static<typeof BankImportPage>['items'][number] {
  return { id: row.id, status: row.status, fileName: row.fileName, format: row.format, uploadedAt: row.uploadedAt, counts: countsOf(row), accountId: row.accountId }
}

function presentStatement(statement: StatementRow, amount: (minor: bigint | null) => ReturnType<typeof toJson> | null): ImportJson['statements'][number] {
  const { openingOn, closingOn, lineCount, continuity } = statement
  return { openingOn, opening: amount(statement.opening), closingOn, closing: amount(statement.closing), lineCount, continuity, gap: amount(continuity === 'broken' ? statement.gap : null) }
}

/** An import, whole, in the reader's language. */
export function presentImport({ row, account, currency, statements, problems, lines }: ImportView, locale: Locale): ImportJson {
  const amount = (minor: bigint | null) => (minor === null ? null : toJson(money(minor, currency)))
  const of = (value: Money) => toJson(value)
  return {
    id: row.id, status: row.status, fileName: row.fileName, format: row.format, uploadedAt: row.uploadedAt, committedAt: row.committedAt, counts: countsOf(row),
    account: { id: account.id, name: account.name, iban: account.iban, bankWriting: account.bankWriting, currency: account.currency },
    statements: statements.map((statement) => presentStatement(statement, amount)),
    problems: problems.map((problem) => presentProblem(problem, locale)),
    lines: lines.map((line) => ({ position: line.position, bookedOn: line.bookedOn, amount: of(money(line.amount, line.currency)), label: line.label, verdict: line.verdict, because: line.because[locale] })),
  }
}
