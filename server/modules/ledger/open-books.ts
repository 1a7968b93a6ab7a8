import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { fiscalYear } from '../../../core/ledger/fiscal-year.ts'
import { JOURNALS } from '../../../core/ledger/journals.ts'
import type { Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { type FiscalYearRow, findOverlappingYear, insertChain, insertFiscalYear, insertJournals } from './books-store.ts'

export type YearDates = { readonly startsOn: LocalDate; readonly endsOn: LocalDate }

/** Adds a fiscal year and its months, all open. Refuses FISCAL_YEAR_INVALID and FISCAL_YEAR_OVERLAPS. */
export async function addFiscalYear(tx: TenantTx, dates: YearDates): Promise<FiscalYearRow> {
  const year = fiscalYear(dates.startsOn, dates.endsOn)
  if (!year.ok) throw new Refusal('FISCAL_YEAR_INVALID', {}, [year.problem])
  const other = await findOverlappingYear(tx, dates)
  if (other) throw new Refusal('FISCAL_YEAR_OVERLAPS', { startsOn: other.startsOn, endsOn: other.endsOn })
  return await insertFiscalYear(tx, year.value)
}

/** The books of a company that has just been created: its first year, the usual journals and the start of its chain. */
export async function openBooks(tx: TenantTx, _ctx: Context, dates: YearDates): Promise<FiscalYearRow> {
  await insertChain(tx)
  await insertJournals(tx, JOURNALS.map((journal) => ({ code: journal.code, label: journal.label.fr, imported: false })))
  return await addFiscalYear(tx, dates)
}
