import type { Static } from 'typebox'
import type { BankAccount as AccountJson, BankImport as ImportJson, BankImportPage, BankLine as LineJson, Institution as InstitutionJson } from '../../../../contract/banking.ts'
import { initialsOf } from '../../../../core/bank/institutions.ts'
import { type Money, money, toJson } from '../../../../core/kernel/money.ts'
import type { Locale } from '../../../../core/kernel/problem.ts'
import { presentProblem } from '../../../platform/http/present-problem.ts'
import { type LineDetails, NO_DETAILS } from './details-store.ts'
import type { ImportView } from '../imports/imports.ts'
import type { AccountView, ImportRow, Institution, Line, StatementRow } from '../types.ts'

/** An institution as the API tells it: two letters on a colour stand for its picture. */
export function presentInstitution(institution: Institution): InstitutionJson {
  return { ...institution, initials: initialsOf(institution.name) }
}

/** A bank account as the API tells it. */
export function presentAccount({ stated, balance, pendingCount, pendingAmount, institution, institutionId: _institutionId, openingOn: _openingOn, opening: _opening, ...account }: AccountView): AccountJson {
  const amount = (minor: bigint) => toJson(money(minor, account.currency))
  return {
    ...account, balance: amount(balance), pending: { count: pendingCount, amount: amount(pendingAmount) }, institution: institution && presentInstitution(institution),
    statedBalance: stated && { on: stated.on, balance: amount(stated.balance), agrees: stated.balance === stated.ours },
  }
}

/** Where a line stands between the bank and the books. */
export function stateOf(line: Pick<Line, 'amount' | 'treated' | 'entryId' | 'status' | 'posts'>): LineJson['state'] {
  if (line.status === 'pending' || (!line.posts && line.entryId === null)) return 'not_posted'
  if (line.amount === line.treated) return 'treated'
  if (line.entryId === null) return 'posting'
  return line.treated === 0n ? 'to_treat' : 'part_treated'
}

/** A bank line as the API tells it, with what others say of it. */
export function presentLine(line: Line & Partial<LineDetails>): LineJson {
  const amount = (minor: bigint) => toJson(money(minor, line.currency))
  const { category, isSplit, merchant, hold } = { ...NO_DETAILS, ...line }
  return {
    id: line.id, accountId: line.accountId, bookedOn: line.bookedOn, valueOn: line.valueOn, amount: amount(line.amount), label: line.label, reference: line.reference,
    counterparty: { name: line.counterpartyName, iban: line.counterpartyIban }, status: line.status, state: stateOf(line), toTreat: amount(line.amount - line.treated), entryId: line.entryId, importId: line.importId,
    category, isSplit, merchant, note: line.note, hold, transferId: line.transferId,
  }
}

function countsOf(row: ImportRow): ImportJson['counts'] {
  return { new: row.linesNew, known: row.linesKnown, suspicious: row.linesSuspicious, posted: row.linesPosted, pending: row.linesPending, updated: row.linesUpdated }
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
export function presentImport({ row, account, currency, statements, problems, lines, mapping, undo }: ImportView, locale: Locale): ImportJson {
  const amount = (minor: bigint | null) => (minor === null ? null : toJson(money(minor, currency)))
  const of = (value: Money) => toJson(value)
  return {
    id: row.id, status: row.status, fileName: row.fileName, format: row.format, uploadedAt: row.uploadedAt, committedAt: row.committedAt, undoneAt: row.undoneAt, counts: countsOf(row),
    account: { id: account.id, name: account.name, iban: account.iban, bankWriting: account.bankWriting, currency: account.currency },
    statements: statements.map((statement) => presentStatement(statement, amount)),
    problems: problems.map((problem) => presentProblem(problem, locale)),
    lines: lines.map((line) => ({ position: line.position, bookedOn: line.bookedOn, amount: of(money(line.amount, line.currency)), label: line.label, status: line.status, verdict: line.verdict, removed: line.removed, because: line.because[locale], ...(line.evidence ? { evidence: [...line.evidence] } : {}) })),
    mapping: mapping(), undo: undo === null ? { possible: false, because: null } : { possible: undo.possible, because: undo.because?.[locale] ?? null },
  }
}
