import { accountKey } from '../../../../core/bank/account-name.ts'
import { continuityOf, missingAmount } from '../../../../core/bank/continuity.ts'
import { daysOf } from '../../../../core/bank/delivery.ts'
import type { CsvProfile } from '../../../../core/bank/mapping.ts'
import type { AccountName, Statement, StatementLine } from '../../../../core/bank/statement.ts'
import type { Currency } from '../../../../core/kernel/currency.ts'
import { hasErrors, type Problem, warning } from '../../../../core/kernel/problem.ts'
import { suggestMapping } from '../../../../formats/bank/csv/suggest.ts'
import { readPdf } from '../../../../formats/bank/pdf/read-layer.ts'
import { readStatements } from '../../../../formats/bank/read-statements.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import { isPdf, pdfText } from '../../../platform/documents/pdf-text.ts'
import { plainLabel } from '../landing/label.ts'
import { isTable } from './mapping.ts'
import type { Incoming, StatementRow } from '../types.ts'

/** A line and its rank in the file, from 1. */
export type FileLine = Incoming

/** What a file says of one account: its name there, its statements and their lines. */
export type FileGroup = { readonly account: AccountName; readonly key: string | null; readonly currency: Currency; readonly statements: readonly StatementRow[]; readonly lines: readonly FileLine[] }

/** A bank file, understood. */
export type BankFile = { readonly format: string; readonly groups: readonly FileGroup[]; readonly problems: readonly Problem[] }

const EXPECTED = 'CAMT.053, CFONB 120, MT940, OFX, QIF, CSV, XLSX, PDF'

/**
 * Reads a bank file, account by account, as it speaks for itself or with a profile of columns. Refuses FILE_UNREADABLE with what the
 * reader found wrong when nothing of it is a statement.
 */
export async function readBankFile(file: { readonly bytes: Uint8Array; readonly fileName: string; readonly currency: Currency; readonly profile?: CsvProfile | null }): Promise<BankFile> {
  const options = { currency: file.currency, ...(file.profile ? { csvProfile: file.profile } : {}) }
  const reading = isPdf(file.bytes) ? readPdf(await pdfText(file.bytes), options) : readStatements(file.bytes, options)
  const told = reading.statements.some((statement) => statement.lines.length > 0 || statement.opening !== null || statement.closing !== null)
  // A table whose columns nobody knows yet waits for a person to name them.
  if (reading.format !== null && isTable(reading.format) && reading.statements.length === 0 && suggestMapping(file.bytes).ok) return { format: reading.format, groups: [], problems: reading.problems }
  if (reading.format === null || reading.statements.length === 0 || (!told && hasErrors(reading.problems))) {
    throw new Refusal('FILE_UNREADABLE', { file: file.fileName, expected: EXPECTED }, reading.problems)
  }
  const pending = reading.statements.reduce((count, statement) => count + statement.lines.filter((line) => line.status === 'pending').length, 0)
  return { format: reading.format, groups: groupByAccount(reading.statements, file.currency), problems: pending === 0 ? reading.problems : [...reading.problems, pendingProblem(pending)] }
}

function pendingProblem(count: number): Problem {
  if (count === 1) {
    return warning('PENDING_LINES', { fr: 'Une opération est encore en attente à la banque : elle est montrée, et passera en écriture une fois comptabilisée.', en: 'One movement is still pending at the bank: it is shown, and posted once booked.' })
  }
  return warning('PENDING_LINES', {
    fr: `${count} opérations sont encore en attente à la banque : elles sont montrées, et passeront en écriture une fois comptabilisées.`, en: `${count} movements are still pending at the bank: they are shown, and posted once booked.`,
  })
}

type Draft = { account: AccountName; readonly key: string | null; currency: Currency; readonly statements: StatementRow[]; readonly lines: FileLine[] }

function groupByAccount(statements: readonly Statement[], fallback: Currency): FileGroup[] {
  const groups = new Map<string, Draft>()
  let position = 0
  for (const statement of statements) {
    const key = accountKey(statement.account)
    // Some banks keep several currencies under one number: each is an account of its own.
    const place = `${key ?? ''} ${statement.currency ?? fallback}`
    const group = groups.get(place) ?? { account: statement.account, key, currency: statement.currency ?? fallback, statements: [], lines: [] }
    groups.set(place, group)
    group.account = { iban: group.account.iban ?? statement.account.iban, id: group.account.id ?? statement.account.id }
    const booked = statement.lines.filter((line) => line.status === 'booked')
    group.statements.push(rowOf(statement, booked))
    for (const line of statement.lines) {
      position += 1
      group.lines.push(incomingOf(line, position))
    }
    // One odd currency decides: the account cannot take the file, and says so at commit.
    group.currency = [statement.currency ?? fallback, ...statement.lines.map((line) => line.currency)].find((currency) => currency !== fallback) ?? group.currency
  }
  return [...groups.values()]
}

function incomingOf(line: StatementLine, position: number): FileLine {
  const { bookedOn, valueOn, minor, currency, reference, counterparty, bankId, status, evidence } = line
  return { position, bookedOn, valueOn, minor, currency, label: plainLabel(line.label), reference, counterparty, bankId, status, ...(evidence ? { evidence } : {}) }
}

function rowOf(statement: Statement, booked: readonly StatementLine[]): StatementRow {
  const days = daysOf(booked)
  return {
    openingOn: statement.opening?.date ?? null, opening: statement.opening?.minor ?? null, closingOn: statement.closing?.date ?? null, closing: statement.closing?.minor ?? null,
    firstLineOn: days?.from ?? null, lastLineOn: days?.to ?? null,
    lineCount: booked.length, continuity: continuityOf(statement), gap: missingAmount(statement),
  }
}
