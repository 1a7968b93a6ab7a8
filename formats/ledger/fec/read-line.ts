import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { readAmount, readSens } from './amount.ts'
import type { FecColumn, FecHeader } from './columns.ts'
import { readDate } from './date.ts'
import type { FecFinding, FecLine, FecRecord } from './record.ts'

/** One line on its way: the value of a column, and the findings made so far. */
type Draft = { readonly number: number; readonly header: FecHeader; readonly fields: readonly string[]; readonly findings: FecFinding[] }

/** Trailing and leading spaces are padding, no-break ones too; NUL characters are padding of old systems. */
function clean(field: string): string {
  return field.includes('\0') ? field.replaceAll('\0', '').trim() : field.trim()
}

function value(draft: Draft, column: FecColumn): string {
  const position = draft.header.index[column]
  return position === undefined ? '' : (draft.fields[position] ?? '')
}

function note(draft: Draft, rule: FecFinding['rule'], where: Pick<FecFinding, 'field' | 'detail'>): void {
  draft.findings.push({ rule, line: draft.number, ...where })
}

function amount(draft: Draft, column: FecColumn): bigint | null {
  const text = value(draft, column)
  const read = readAmount(text)
  if (read.rule) note(draft, read.rule, { field: column, detail: [text] })
  return read.cents
}

/** Debit and credit of the line, or null when one of them cannot be trusted. */
function sides(draft: Draft): { debit: bigint; credit: bigint } | null {
  if (!draft.header.signed) {
    const debit = amount(draft, 'Debit')
    const credit = amount(draft, 'Credit')
    return debit === null || credit === null ? null : { debit, credit }
  }
  const cents = amount(draft, 'Montant')
  const sens = readSens(value(draft, 'Sens'))
  if (!sens) note(draft, 'FEC_SENS', { field: 'Sens', detail: [value(draft, 'Sens')] })
  if (cents === null || !sens) return null
  return sens === 1 ? { debit: cents, credit: 0n } : { debit: 0n, credit: cents }
}

function date(draft: Draft, column: FecColumn): LocalDate | null {
  const text = value(draft, column)
  const read = readDate(text)
  if (!read.legal) note(draft, 'FEC_DATE', { field: column, detail: [text] })
  else if (read.date && (read.date < '1900-01-01' || read.date > '2099-12-31')) note(draft, 'FEC_DATE_RANGE', { field: column, detail: [{ day: read.date }] })
  return read.date
}

function foreignAmount(draft: Draft): string {
  const text = value(draft, 'Montantdevise')
  if (text && !/^([+-]?\d+(,\d+)?|\d+(,\d+)?[+-])$/.test(text)) note(draft, /\d\.\d/.test(text) ? 'FEC_AMOUNT_POINT' : 'FEC_AMOUNT_FORMAT', { field: 'Montantdevise', detail: [text] })
  return text
}

// Characters no field may hold: controls of both ranges, and the mark of an unreadable byte.
const FORBIDDEN = /[\u0001-\u0008\u000b-\u001f\u007f-\u009f\ufffd]/

function checkCharacters(draft: Draft, text: string): void {
  if (!FORBIDDEN.test(text)) return
  const position = draft.fields.findIndex((field) => FORBIDDEN.test(field))
  note(draft, 'FEC_CHARACTER', { field: draft.header.names[position] ?? String(position + 1) })
}

function toLine(draft: Draft, amounts: { debit: bigint; credit: bigint }): FecLine {
  return {
    line: draft.number,
    journalCode: value(draft, 'JournalCode'), journalLib: value(draft, 'JournalLib'),
    ecritureNum: value(draft, 'EcritureNum'), ecritureDate: date(draft, 'EcritureDate'),
    compteNum: value(draft, 'CompteNum'), compteLib: value(draft, 'CompteLib'),
    compAuxNum: value(draft, 'CompAuxNum'), compAuxLib: value(draft, 'CompAuxLib'),
    pieceRef: value(draft, 'PieceRef'), pieceDate: date(draft, 'PieceDate'), ecritureLib: value(draft, 'EcritureLib'),
    ...amounts,
    ecritureLet: value(draft, 'EcritureLet'), dateLet: date(draft, 'DateLet'), validDate: date(draft, 'ValidDate'),
    montantDevise: foreignAmount(draft), idevise: value(draft, 'Idevise'),
    dateRglt: date(draft, 'DateRglt'), modeRglt: value(draft, 'ModeRglt'), natOp: value(draft, 'NatOp'), idClient: value(draft, 'IdClient'),
  }
}

/** Columns that are present and blank on this line. */
function blankColumns(draft: Draft): FecColumn[] {
  const blank: FecColumn[] = []
  for (const column of draft.header.columns) if (value(draft, column) === '') blank.push(column)
  return blank
}

/**
 * True when each field is surely under its own name. Too many fields are aligned only when the extra ones are blank at the
 * end; too few, only when both amounts are written: one missing before them would shift a blank or a letter under Credit.
 */
function isAligned(draft: Draft): boolean {
  const extra = draft.fields.length - draft.header.names.length
  if (extra === 0) return true
  if (extra > 0) return draft.fields.slice(-extra).every((field) => field === '')
  const [first, second] = draft.header.signed ? (['Montant', 'Sens'] as const) : (['Debit', 'Credit'] as const)
  return /^[\d,.+-]+$/.test(value(draft, first)) && /^[\dDC,.+-]+$/.test(value(draft, second))
}

/**
 * Reads one line of text under a header: the line and the findings on its writing, or its refusal when an amount cannot be
 * read, or when the count of its fields leaves a doubt about which is which.
 */
export function readLine(number: number, text: string, header: FecHeader): FecRecord[] {
  const finding = (made: FecFinding): FecRecord => ({ kind: 'finding', finding: made })
  if (text.trim() === '' && !text.includes(header.separator)) return [finding({ rule: 'FEC_EMPTY_LINE', line: number })]
  const fields = text.split(header.separator)
  for (let index = 0; index < fields.length; index += 1) fields[index] = clean(fields[index]!)
  const draft: Draft = { number, header, fields, findings: [] }
  checkCharacters(draft, text)
  if (fields.length !== header.names.length) note(draft, 'FEC_FIELD_COUNT', { detail: [String(fields.length), String(header.names.length)] })
  const amounts = isAligned(draft) ? sides(draft) : null
  const line = amounts && toLine(draft, amounts)
  const records = draft.findings.map(finding)
  records.push(line ? { kind: 'line', line, blank: blankColumns(draft) } : { kind: 'refused', line: number })
  return records
}
