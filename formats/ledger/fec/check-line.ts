import { findAccount } from '../../../core/ledger/accounts.ts'
import { parseCurrency } from '../../../core/kernel/currency.ts'
import { addMonths, type LocalDate } from '../../../core/kernel/local-date.ts'
import type { FecColumn } from './columns.ts'
import type { FecFinding, FecLine } from './record.ts'

/** What a line is judged against: the closing day of the file's name, and whether the file is one of cash accounting (BA, BNC). */
export type LineContext = { readonly blank: readonly FecColumn[]; readonly closingOn: LocalDate | null; readonly cash: boolean }

/** A rule about one line: the finding it makes, or null. */
export type LineRule = (line: FecLine, context: LineContext) => FecFinding | null

/** Longest financial year, in months: an entry older than that before the closing day belongs to another one. */
const YEAR_MONTHS_MAX = 24

const REQUIRED: readonly FecColumn[] = ['EcritureNum', 'EcritureDate', 'CompteNum', 'CompteLib', 'EcritureLib']
const ABSENT: readonly FecColumn[] = ['JournalCode', 'JournalLib', 'PieceRef', 'PieceDate', 'ValidDate']

// Cash files of farms and liberal professions may leave these blank (A.47 A-1, VIII).
const BLANK_IN_CASH: readonly FecColumn[] = ['JournalCode', 'JournalLib', 'CompteNum', 'CompAuxNum', 'CompAuxLib']

const blankRule = (column: FecColumn, rule: 'FEC_REQUIRED' | 'FEC_ABSENT'): LineRule => (line, { blank, cash }) => (
  blank.includes(column) && !(cash && BLANK_IN_CASH.includes(column)) ? { rule, line: line.line, field: column } : null)

/** The account begins with three digits. */
export const accountDigits = (line: FecLine): FecFinding | null => (
  line.compteNum && !/^\d{3}/.test(line.compteNum) ? { rule: 'FEC_ACCOUNT_DIGITS', line: line.line, field: 'CompteNum', detail: [line.compteNum] } : null)

/** The account's first two digits at least are an account of the chart (a class alone is not). */
export const accountKnown = (line: FecLine): FecFinding | null => {
  if (!/^\d{3}/.test(line.compteNum) || (findAccount(line.compteNum)?.number.length ?? 0) >= 2) return null
  return { rule: 'FEC_ACCOUNT_UNKNOWN', line: line.line, field: 'CompteNum', detail: [line.compteNum] }
}

/** Debit and credit are not both filled in. */
export const oneSide: LineRule = (line) => (
  line.debit !== 0n && line.credit !== 0n ? { rule: 'FEC_BOTH_SIDES', line: line.line, field: 'Debit', detail: [line.debit, line.credit] } : null)

/** Debit and credit are not both zero. */
export const someAmount: LineRule = (line) => (line.debit === 0n && line.credit === 0n ? { rule: 'FEC_NO_SIDE', line: line.line, field: 'Debit' } : null)

/** CompAuxNum is filled in when and only when CompAuxLib is. */
export const auxiliaryPair: LineRule = (line) => (
  (line.compAuxNum === '') === (line.compAuxLib === '') ? null : { rule: 'FEC_AUXILIARY', line: line.line, field: line.compAuxNum ? 'CompAuxLib' : 'CompAuxNum' })

/** Montantdevise is filled in when and only when Idevise is; a foreign amount of zero counts as blank. */
export const currencyPair: LineRule = (line) => {
  const amount = line.montantDevise !== '' && !/^[+-]?0*(,0*)?[+-]?$/.test(line.montantDevise)
  if (amount === (line.idevise !== '') || (line.montantDevise !== '' && line.idevise !== '')) return null
  return { rule: 'FEC_CURRENCY', line: line.line, field: amount ? 'Idevise' : 'Montantdevise' }
}

/** The currency is an ISO 4217 code. */
export const currencyCode: LineRule = (line) => (
  line.idevise && !parseCurrency(line.idevise) ? { rule: 'FEC_CURRENCY_CODE', line: line.line, field: 'Idevise', detail: [line.idevise] } : null)

/** An entry is not validated before its own day. */
export const validatedAfter: LineRule = (line) => (
  line.ecritureDate && line.validDate && line.validDate < line.ecritureDate
    ? { rule: 'FEC_VALID_BEFORE', line: line.line, field: 'ValidDate', detail: [{ day: line.ecritureDate }, { day: line.validDate }] } : null)

/** The entry's day is in the year that the file's name closes. */
export const insideYear: LineRule = (line, { closingOn }) => {
  const date = line.ecritureDate
  if (!date || !closingOn || (date <= closingOn && date > addMonths(closingOn, -YEAR_MONTHS_MAX))) return null
  return { rule: 'FEC_OUTSIDE_YEAR', line: line.line, field: 'EcritureDate', detail: [{ day: date }, { day: closingOn }] }
}

/** A letter has its day and a day its letter. */
export const letterPair: LineRule = (line, { blank }) => {
  const hasDay = !blank.includes('DateLet')
  return (line.ecritureLet !== '') === hasDay ? null : { rule: 'FEC_LETTER_DATE', line: line.line, field: hasDay ? 'EcritureLet' : 'DateLet' }
}

/** Every rule that one line alone can break, beyond the writing of its fields. */
export const LINE_RULES: readonly LineRule[] = [
  ...REQUIRED.map((column) => blankRule(column, 'FEC_REQUIRED')), ...ABSENT.map((column) => blankRule(column, 'FEC_ABSENT')),
  oneSide, someAmount, auxiliaryPair, currencyPair, currencyCode, validatedAfter, insideYear, letterPair,
]
