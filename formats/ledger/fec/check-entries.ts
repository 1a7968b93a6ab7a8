import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { absolute } from '../../../core/kernel/money.ts'
import { ownText } from '../../../core/ledger/own-text.ts'
import { isOpeningJournal } from '../../../core/ledger/journals.ts'
import type { FecFinding, FecLine } from './record.ts'

/** What is kept of an entry until the end of the file: no text but its identity. */
export type EntryState = {
  readonly line: number
  readonly journal: string
  readonly number: string
  readonly date: LocalDate | null
  readonly validDate: LocalDate | null
  readonly piece: string
  debit: bigint
  credit: bigint
  reported: Set<string> | null
  onIncome: boolean
  onResult: boolean
  salesLines: number
  sales: bigint
  vatLines: number
  vat: bigint
}

export type Report = (finding: FecFinding) => void

/** True for a number that numbers nothing: blank, or only zeros. */
export function isUnnumbered(number: string): boolean {
  return /^0*$/.test(number)
}

/** What makes two lines one entry: journal and number, and the day as well when the number is blank or zero. */
export function entryKey(line: FecLine): string {
  return isUnnumbered(line.ecritureNum) ? `${line.journalCode}\t${line.ecritureNum}\t${line.ecritureDate ?? ''}` : `${line.journalCode}\t${line.ecritureNum}`
}

export function startEntry(line: FecLine): EntryState {
  return {
    line: line.line, journal: ownText(line.journalCode), number: ownText(line.ecritureNum), date: line.ecritureDate, validDate: line.validDate, piece: ownText(line.pieceRef),
    debit: 0n, credit: 0n, reported: null, onIncome: false, onResult: false, salesLines: 0, sales: 0n, vatLines: 0, vat: 0n,
  }
}

function once(entry: EntryState, finding: FecFinding, report: Report): void {
  entry.reported ??= new Set()
  if (entry.reported.has(finding.rule)) return
  entry.reported.add(finding.rule)
  report(finding)
}

type EntryLineRule = (entry: EntryState, line: FecLine) => FecFinding | null

/** All lines of an entry have one day. */
export const oneDate: EntryLineRule = (entry, line) => (
  line.ecritureDate && entry.date && line.ecritureDate !== entry.date
    ? { rule: 'FEC_ENTRY_DATE', line: line.line, field: 'EcritureDate', detail: [entry.number, entry.journal, { day: entry.date }, { day: line.ecritureDate }] } : null)

/** All lines of an entry have one validation day. */
export const oneValidDate: EntryLineRule = (entry, line) => (
  line.validDate && entry.validDate && line.validDate !== entry.validDate && !isUnnumbered(entry.number)
    ? { rule: 'FEC_ENTRY_VALID_DATE', line: line.line, field: 'ValidDate', detail: [entry.number, entry.journal, { day: entry.validDate }, { day: line.validDate }] } : null)

/** All lines of an entry name one document; opening entries carry those of the year before. */
export const onePiece: EntryLineRule = (entry, line) => (
  line.pieceRef && entry.piece && line.pieceRef !== entry.piece && !isUnnumbered(entry.number) && !isOpeningJournal(line.journalCode, line.journalLib)
    ? { rule: 'FEC_ENTRY_PIECE', line: line.line, field: 'PieceRef', detail: [entry.number, entry.journal, entry.piece, line.pieceRef] } : null)

const ENTRY_LINE_RULES = [oneDate, oneValidDate, onePiece]

/** Adds a line to its entry and reports, once per entry, what it contradicts. */
export function addToEntry(entry: EntryState, line: FecLine, report: Report): void {
  for (const rule of ENTRY_LINE_RULES) {
    const finding = rule(entry, line)
    if (finding) once(entry, finding, report)
  }
  entry.debit += line.debit
  entry.credit += line.credit
  const account = line.compteNum
  if (account.startsWith('6') || account.startsWith('7')) entry.onIncome = true
  if (account.startsWith('12') || account.startsWith('89')) entry.onResult = true
  if (account.startsWith('70')) {
    entry.salesLines += 1
    entry.sales += line.credit - line.debit
  } else if (account.startsWith('4457')) {
    entry.vatLines += 1
    entry.vat += line.credit - line.debit
  }
}

type EntryRule = (entry: EntryState) => FecFinding | null

/** An entry balances. */
export const balanced: EntryRule = (entry) => (
  entry.debit === entry.credit ? null
    : { rule: 'FEC_ENTRY_BALANCE', line: entry.line, field: 'Debit', detail: [entry.number, entry.journal, entry.debit, entry.credit] })

/** No entry carries classes 6 and 7 to the result (12) or to a closing account (89). */
export const notClosing: EntryRule = (entry) => (
  entry.onIncome && entry.onResult ? { rule: 'FEC_CLOSING_ENTRY', line: entry.line, field: 'CompteNum', detail: [entry.number, entry.journal] } : null)

/** Rates of VAT in France and its departments since 1995, in hundredths of a percent (metropolitan, Corsica, overseas, former). */
const VAT_RATES = [2000n, 1960n, 1300n, 1000n, 850n, 700n, 550n, 210n, 175n, 105n, 90n]

/** A rate is recognised within 0.05 point, the tolerance of the administration's own control, or within one cent of tax. */
const RATE_TOLERANCE = 5n

/** The VAT of an entry with one line of sales and one of VAT is that of a known rate. */
export const knownVatRate: EntryRule = (entry) => {
  if (entry.salesLines !== 1 || entry.vatLines !== 1 || entry.sales === 0n || entry.vat === 0n) return null
  const base = absolute(entry.sales)
  const gaps = VAT_RATES.map((rate) => absolute(absolute(entry.vat) * 10_000n - base * rate))
  if (gaps.some((gap) => gap <= base * RATE_TOLERANCE || gap <= 10_000n)) return null
  return { rule: 'FEC_VAT_RATE', line: entry.line, field: 'Credit', detail: [entry.number, entry.vat, entry.sales] }
}

/** Every rule about an entry as a whole. */
export const ENTRY_RULES: readonly EntryRule[] = [balanced, notClosing, knownVatRate]
