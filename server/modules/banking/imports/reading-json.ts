import { currency } from '../../../../core/kernel/currency.ts'
import type { LocalDate } from '../../../../core/kernel/local-date.ts'
import type { BankFile, FileGroup, FileLine } from './read-file.ts'
import type { StatementRow } from '../types.ts'

type Facts = [position: number, bookedOn: LocalDate, valueOn: LocalDate | null, minor: string, currency: string, label: string, reference: string | null, name: string | null, iban: string | null, bankId: string | null, pending: 0 | 1]
/** The facts of a line, and where a document shows them. */
type LineRow = [...Facts, evidence?: NonNullable<FileLine['evidence']>]
type StatementJson = Omit<StatementRow, 'opening' | 'closing' | 'gap'> & { readonly opening: string | null; readonly closing: string | null; readonly gap: string | null }
type GroupJson = Pick<FileGroup, 'account' | 'key' | 'currency'> & { readonly statements: readonly StatementJson[]; readonly lines: readonly LineRow[] }
type FileJson = Pick<BankFile, 'format' | 'problems'> & { readonly groups: readonly GroupJson[] }

const written = (minor: bigint | null): string | null => (minor === null ? null : minor.toString())
const read = (text: string | null): bigint | null => (text === null ? null : BigInt(text))

function factsOf(line: FileLine): Facts {
  return [line.position, line.bookedOn, line.valueOn, line.minor.toString(), line.currency, line.label, line.reference, line.counterparty.name, line.counterparty.iban, line.bankId, line.status === 'pending' ? 1 : 0]
}

/** A file understood, as text to keep between its preview and its commit: lines as rows, for the size. */
export function readingToJson({ format, problems, groups }: BankFile): string {
  const of = (group: FileGroup): GroupJson => ({
    account: group.account, key: group.key, currency: group.currency,
    statements: group.statements.map((statement) => ({ ...statement, opening: written(statement.opening), closing: written(statement.closing), gap: written(statement.gap) })),
    lines: group.lines.map((line): LineRow => (line.evidence ? [...factsOf(line), line.evidence] : factsOf(line))),
  })
  return JSON.stringify({ format, problems, groups: groups.map(of) } satisfies FileJson)
}

function lineOf([position, bookedOn, valueOn, minor, code, label, reference, name, iban, bankId, pending, evidence]: LineRow): FileLine {
  return { position, bookedOn, valueOn, minor: BigInt(minor), currency: currency(code), label, reference, counterparty: { name, iban }, bankId, status: pending === 1 ? 'pending' : 'booked', ...(evidence ? { evidence } : {}) }
}

/** The inverse of readingToJson. */
export function readingFromJson(text: string): BankFile {
  const { format, problems, groups } = JSON.parse(text) as FileJson
  return {
    format, problems,
    groups: groups.map((group) => ({
      ...group, lines: group.lines.map(lineOf),
      statements: group.statements.map((statement) => ({ ...statement, opening: read(statement.opening), closing: read(statement.closing), gap: read(statement.gap) })),
    })),
  }
}
