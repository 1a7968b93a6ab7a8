import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { recordAudit } from '../audit/index.ts'
import { type FiscalYearRow, type JournalRow, listFiscalYears, listJournals, type PeriodRow, updatePeriodStatus } from './books-store.ts'
import { addFiscalYear, type YearDates } from './open-books.ts'

/** Every fiscal year with its periods, the first one first. */
export async function browseFiscalYears(app: App, ctx: Context): Promise<FiscalYearRow[]> {
  authorize(ctx, 'ledger.read')
  return app.db.tenant(ctx, listFiscalYears)
}

/** Adds a fiscal year. Refuses FISCAL_YEAR_INVALID and FISCAL_YEAR_OVERLAPS. */
export async function createFiscalYear(app: App, ctx: Context, dates: YearDates): Promise<FiscalYearRow> {
  authorize(ctx, 'ledger.lock')
  return app.db.tenant(ctx, async (tx) => {
    const year = await addFiscalYear(tx, dates)
    await recordAudit(tx, ctx, { action: 'fiscal-year.create', subjectKind: 'fiscal-year', subjectId: year.id, before: null, after: dates })
    return year
  })
}

/** Locks or opens a period. Entries on their way into it are waited for. Refuses NOT_FOUND. */
export async function setPeriodStatus(app: App, ctx: Context, change: { readonly id: string; readonly status: 'open' | 'locked' }): Promise<PeriodRow> {
  authorize(ctx, 'ledger.lock')
  return app.db.tenant(ctx, async (tx) => {
    const period = await updatePeriodStatus(tx, change.id, change.status)
    if (!period) throw new Refusal('NOT_FOUND')
    await recordAudit(tx, ctx, { action: change.status === 'locked' ? 'period.lock' : 'period.unlock', subjectKind: 'period', subjectId: change.id, after: { startsOn: period.startsOn, endsOn: period.endsOn } })
    return period
  })
}

/** The journals, by code. */
export async function browseJournals(app: App, ctx: Context): Promise<JournalRow[]> {
  authorize(ctx, 'ledger.read')
  return app.db.tenant(ctx, listJournals)
}

/** The year asked for, or the one that holds today, or the last one before it, or the first. Refuses NOT_FOUND. */
export async function pickFiscalYear(tx: TenantTx, ctx: Context, id: string | undefined): Promise<FiscalYearRow> {
  const years = await listFiscalYears(tx)
  const year = id === undefined ? years.findLast((candidate) => candidate.startsOn <= ctx.today) ?? years[0] : years.find((candidate) => candidate.id === id)
  if (!year) throw new Refusal('NOT_FOUND')
  return year
}
