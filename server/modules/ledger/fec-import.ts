import { addDays, addMonths, endOfMonth, localDate, type LocalDate, startOfMonth, yearOf } from '../../../core/kernel/local-date.ts'
import type { Problem } from '../../../core/kernel/problem.ts'
import { createFecCheck, type FecReport } from '../../../formats/ledger/fec/check.ts'
import type { FecLine } from '../../../formats/ledger/fec/record.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { recordAudit } from '../audit/index.ts'
import { type FiscalYearRow, insertJournals, listFiscalYears } from './books-store.ts'
import { fecDrafts, type FecDrafts } from './fec-drafts.ts'
import { countEntries, raiseNextNumber, renameUnusedJournals } from './fec-store.ts'
import { saveLastLetters } from './lettering-store.ts'
import { addFiscalYear, type YearDates } from './open-books.ts'
import { post } from './post.ts'
import { insertAccounts, lockChain } from './posting-store.ts'

/** Rules that keep a file out of the books; a breach of the others is told and the file is stored. */
const BLOCKING: ReadonlySet<string> = new Set(['FEC_TOTAL', 'FEC_ENTRY_BALANCE', 'FEC_SENS', 'FEC_FIELD_COUNT'])
const UNREADABLE: ReadonlySet<string> = new Set(['FEC_NOT_A_FEC', 'FEC_EMPTY'])

export type FecFile = { readonly fileName: string; readonly bytes: Uint8Array; readonly dryRun: boolean }
export type FecImport = { readonly dryRun: boolean; readonly committed: boolean; readonly fiscalYear: YearDates | null; readonly report: FecReport; readonly problems: readonly Problem[] }

/**
 * The year a FEC covers: it closes on the day of the file's name when the entries agree with it, else at the end of the calendar
 * year or of the month of the last entry, and lasts twelve months unless the entries begin earlier.
 */
export function yearOfFec(report: Pick<FecReport, 'from' | 'to' | 'closingOn'>): YearDates | null {
  const { from, to, closingOn } = report
  if (!from || !to) return null
  const agrees = closingOn !== null && to <= closingOn && closingOn < addMonths(from, 24)
  const endsOn = agrees ? closingOn : yearOf(from) === yearOf(to) ? localDate(`${to.slice(0, 4)}-12-31`) : endOfMonth(to)
  const twelve = addMonths(addDays(endsOn, 1), -12)
  return { startsOn: twelve <= from ? twelve : startOfMonth(from), endsOn }
}

function read(file: FecFile): { report: FecReport; books: FecDrafts; blocking: boolean } {
  const lines: FecLine[] = []
  const check = createFecCheck({ fileName: file.fileName, onLine: (line) => { lines.push(line) } })
  check.push(file.bytes)
  const report = check.end()
  if (report.facts.header === null || report.problems.some((found) => UNREADABLE.has(found.code))) {
    throw new Refusal('FILE_UNREADABLE', { file: file.fileName, expected: 'FEC' }, report.problems)
  }
  const books = fecDrafts(lines)
  const blocking = report.refused > 0 || books.problems.length > 0 || report.problems.some((found) => BLOCKING.has(found.code))
  return { report, books, blocking }
}

/** The year of the books that holds every entry; undefined when it must be created. Refuses a file across two years. */
function findYear(years: readonly FiscalYearRow[], span: { readonly from: LocalDate; readonly to: LocalDate }): FiscalYearRow | undefined {
  const touched = years.filter((year) => year.startsOn <= span.to && year.endsOn >= span.from)
  const [year] = touched
  if (!year) return undefined
  if (touched.length > 1 || span.from < year.startsOn || span.to > year.endsOn) throw new Refusal('FISCAL_YEAR_OVERLAPS', { startsOn: year.startsOn, endsOn: year.endsOn })
  return year
}

/** A new year never covers days of one that exists: it gives way to its neighbours. */
function fitBetween(dates: YearDates, years: readonly FiscalYearRow[], span: { readonly from: LocalDate; readonly to: LocalDate }): YearDates {
  const before = years.findLast((year) => year.endsOn < span.from)
  const after = years.find((year) => year.startsOn > span.to)
  return {
    startsOn: before && before.endsOn >= dates.startsOn ? addDays(before.endsOn, 1) : dates.startsOn,
    endsOn: after && after.startsOn <= dates.endsOn ? addDays(after.startsOn, -1) : dates.endsOn,
  }
}

async function placeOf(tx: TenantTx, report: FecReport): Promise<{ year: FiscalYearRow | undefined; dates: YearDates }> {
  const span = { from: report.from!, to: report.to! }
  const years = await listFiscalYears(tx)
  const year = findYear(years, span)
  if (!year) return { year, dates: fitBetween(yearOfFec(report)!, years, span) }
  if ((await countEntries(tx, year.id)).entries > 0) throw new Refusal('YEAR_NOT_EMPTY')
  return { year, dates: { startsOn: year.startsOn, endsOn: year.endsOn } }
}

async function store(tx: TenantTx, ctx: Context, given: { readonly file: FecFile; readonly report: FecReport; readonly books: FecDrafts }): Promise<YearDates> {
  const { books, report } = given
  // The chain comes first: accounts and journals are then never added crosswise with another posting.
  await lockChain(tx)
  const { year: existing, dates } = await placeOf(tx, report)
  const year = existing ?? await addFiscalYear(tx, dates)
  await renameUnusedJournals(tx, books.journals)
  await insertJournals(tx, books.journals)
  await insertAccounts(tx, books.accounts)
  await post(tx, ctx, books.drafts)
  await saveLastLetters(tx, books.letters)
  await raiseNextNumber(tx, year.id, books.nextNumber)
  await recordAudit(tx, ctx, { action: 'fec.import', subjectKind: 'fiscal-year', subjectId: year.id, after: { file: given.file.fileName, lines: report.lines, entries: books.drafts.length, debit: report.debit.toString() } })
  return dates
}

/**
 * Imports a whole year from a FEC, in one transaction: entries keep their numbers, days of validation, third parties, lettering
 * and signs. What the law would object to is told; what does not balance or cannot be read is refused with its lines.
 * Refuses FILE_UNREADABLE, FEC_REFUSED, YEAR_NOT_EMPTY, FISCAL_YEAR_OVERLAPS, PERIOD_LOCKED. A dry run answers and stores nothing.
 */
export async function importFec(app: App, ctx: Context, file: FecFile): Promise<FecImport> {
  authorize(ctx, 'ledger.import')
  const { report, books, blocking } = read(file)
  const problems = [...books.problems, ...report.problems]
  if (blocking) {
    if (file.dryRun) return { dryRun: true, committed: false, fiscalYear: yearOfFec(report), report, problems }
    throw new Refusal('FEC_REFUSED', { file: file.fileName }, problems)
  }
  const fiscalYear = await app.db.tenant(ctx, async (tx) => (file.dryRun ? (await placeOf(tx, report)).dates : store(tx, ctx, { file, report, books })))
  return { dryRun: file.dryRun, committed: !file.dryRun, fiscalYear, report, problems }
}
