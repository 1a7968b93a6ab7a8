import type { TenantId } from '../../../core/kernel/id.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { SystemTx, TenantTx } from '../../platform/db/types.ts'

export type Integrity = 'sound' | 'broken' | 'unknown'

/** What a firm sees of one company; amounts in minor units of the company's currency. */
export type PortfolioFigures = {
  readonly cash: bigint
  readonly toTreat: number
  readonly toTreatSince: LocalDate | null
  readonly overdue: bigint
  readonly overdueInvoices: number
  readonly lastClosedPeriod: LocalDate | null
  readonly draftInvoices: number
  readonly draftEntries: number
  readonly unposted: number
  readonly lastImportAt: string | null
}
export type StoredFigures = PortfolioFigures & { readonly tenantId: TenantId; readonly integrity: Integrity; readonly integrityAt: string | null; readonly refreshedAt: string }

export type Progress = Pick<PortfolioFigures, 'unposted' | 'lastImportAt' | 'lastClosedPeriod'>

/** How far the books are: lines without entry, the last bank file, the end of the last period that is locked with all before it. */
export async function booksProgress(tx: TenantTx): Promise<Progress> {
  const { rows } = await tx.query<Progress>(`
    select (select count(*)::int from app.bank_line l where l.tenant_id = $1 and l.entry_id is null and l.amount <> 0 and l.status = 'booked' and l.posts) as unposted,
      (select max(i.committed_at) from app.bank_import i where i.tenant_id = $1 and i.status = 'committed') as "lastImportAt",
      (select max(p.ends_on) from app.period p where p.tenant_id = $1 and p.status = 'locked'
        and not exists (select from app.period o where o.tenant_id = $1 and o.status = 'open' and o.starts_on < p.starts_on)) as "lastClosedPeriod"`, [tx.tenantId])
  return rows[0]!
}

/** What a job must know of the company it works for; undefined for a firm, which keeps no books here. */
export async function booksCompany(tx: TenantTx): Promise<{ currency: string; timeZone: string } | undefined> {
  const { rows } = await tx.query<{ currency: string; timeZone: string }>('select currency, time_zone as "timeZone" from app.company where tenant_id = $1 and kind = \'company\'', [tx.tenantId])
  return rows[0]
}

/** Writes the row of a company. Without a verification the last one stays. */
export async function savePortfolioRow(tx: TenantTx, figures: PortfolioFigures, integrity: Exclude<Integrity, 'unknown'> | null): Promise<void> {
  await tx.query(`
    insert into app.portfolio_row as r (tenant_id, cash, to_treat, to_treat_since, overdue, overdue_invoices, last_closed_period, draft_invoices, draft_entries, unposted, last_import_at, integrity, integrity_at, refreshed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, coalesce($12, 'unknown'), case when $12::text is not null then now() end, now())
    on conflict (tenant_id) do update set cash = excluded.cash, to_treat = excluded.to_treat, to_treat_since = excluded.to_treat_since, overdue = excluded.overdue, overdue_invoices = excluded.overdue_invoices,
      last_closed_period = excluded.last_closed_period, draft_invoices = excluded.draft_invoices, draft_entries = excluded.draft_entries, unposted = excluded.unposted, last_import_at = excluded.last_import_at,
      integrity = coalesce($12, r.integrity), integrity_at = case when $12::text is not null then now() else r.integrity_at end, refreshed_at = now()`,
  [tx.tenantId, figures.cash, figures.toTreat, figures.toTreatSince, figures.overdue, figures.overdueInvoices, figures.lastClosedPeriod, figures.draftInvoices, figures.draftEntries, figures.unposted, figures.lastImportAt, integrity])
}

/** The rows of the companies named. Whoever calls has just read that this person may see them. */
export async function portfolioRows(tx: SystemTx, companies: readonly TenantId[]): Promise<StoredFigures[]> {
  const { rows } = await tx.query<StoredFigures>(`
    select tenant_id as "tenantId", cash, to_treat as "toTreat", to_treat_since as "toTreatSince", overdue, overdue_invoices as "overdueInvoices", last_closed_period as "lastClosedPeriod",
      draft_invoices as "draftInvoices", draft_entries as "draftEntries", unposted, last_import_at as "lastImportAt", integrity, integrity_at as "integrityAt", refreshed_at as "refreshedAt"
    from app.portfolio_row where tenant_id = any($1::uuid[]) order by tenant_id limit $2`, [companies, companies.length])
  return rows
}

export async function isFirm(tx: SystemTx, tenantId: TenantId): Promise<boolean> {
  const { rows } = await tx.query('select 1 from app.company where tenant_id = $1 and kind = \'firm\'', [tenantId])
  return rows.length > 0
}
