import type { FiscalYearId } from '../../../core/kernel/id.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { FiscalYear } from '../../../core/ledger/fiscal-year.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'

export type PeriodRow = { readonly id: string; readonly startsOn: LocalDate; readonly endsOn: LocalDate; readonly status: 'open' | 'locked' }
export type FiscalYearRow = {
  readonly id: FiscalYearId
  readonly startsOn: LocalDate
  readonly endsOn: LocalDate
  readonly status: 'open' | 'closed'
  readonly periods: readonly PeriodRow[]
}
export type JournalRow = { readonly code: string; readonly label: string; readonly imported: boolean }

/** The start of the chain: rank zero and an empty fingerprint. */
export async function insertChain(tx: TenantTx): Promise<void> {
  await tx.query(`insert into app.ledger_chain (tenant_id, seq, hash) values ($1, 0, '')`, [tx.tenantId])
}

export async function insertJournals(tx: TenantTx, journals: readonly JournalRow[]): Promise<void> {
  if (journals.length === 0) return
  await tx.query(
    `insert into app.journal (tenant_id, code, label, imported)
     select $1, code, label, imported from unnest($2::text[], $3::text[], $4::boolean[]) as new (code, label, imported)
     on conflict (tenant_id, code) do nothing`,
    [tx.tenantId, journals.map((j) => j.code), journals.map((j) => j.label), journals.map((j) => j.imported)],
  )
}

export async function listJournals(tx: TenantTx): Promise<JournalRow[]> {
  const { rows } = await tx.query<JournalRow>('select code, label, imported from app.journal where tenant_id = $1 order by code', [tx.tenantId])
  return rows
}

export async function findOverlappingYear(tx: TenantTx, dates: { readonly startsOn: LocalDate; readonly endsOn: LocalDate }): Promise<{ startsOn: LocalDate; endsOn: LocalDate } | undefined> {
  const { rows } = await tx.query<{ startsOn: LocalDate; endsOn: LocalDate }>(
    `select starts_on as "startsOn", ends_on as "endsOn" from app.fiscal_year
     where tenant_id = $1 and starts_on <= $3 and ends_on >= $2 order by starts_on limit 1`,
    [tx.tenantId, dates.startsOn, dates.endsOn],
  )
  return rows[0]
}

export async function insertFiscalYear(tx: TenantTx, year: FiscalYear): Promise<FiscalYearRow> {
  const id = uuidv7() as FiscalYearId
  const periods = year.periods.map((period): PeriodRow => ({ id: uuidv7(), startsOn: period.start, endsOn: period.end, status: period.status }))
  await tx.query('insert into app.fiscal_year (tenant_id, id, starts_on, ends_on) values ($1, $2, $3, $4)', [tx.tenantId, id, year.start, year.end])
  await tx.query(
    `insert into app.period (tenant_id, id, fiscal_year_id, starts_on, ends_on)
     select $1, id, $2, starts_on, ends_on from unnest($3::uuid[], $4::date[], $5::date[]) as new (id, starts_on, ends_on)`,
    [tx.tenantId, id, periods.map((p) => p.id), periods.map((p) => p.startsOn), periods.map((p) => p.endsOn)],
  )
  return { id, startsOn: year.start, endsOn: year.end, status: 'open', periods }
}

/** Every year of the company, the first one first, with its periods. A company has a few tens of them at most. */
export async function listFiscalYears(tx: TenantTx): Promise<FiscalYearRow[]> {
  const { rows: years } = await tx.query<Omit<FiscalYearRow, 'periods'>>(
    `select id, starts_on as "startsOn", ends_on as "endsOn", status from app.fiscal_year where tenant_id = $1 order by starts_on`, [tx.tenantId])
  const { rows: periods } = await tx.query<PeriodRow & { fiscalYearId: string }>(
    `select id, fiscal_year_id as "fiscalYearId", starts_on as "startsOn", ends_on as "endsOn", status from app.period where tenant_id = $1 order by starts_on`, [tx.tenantId])
  return years.map((year) => ({
    ...year,
    periods: periods.filter((period) => period.fiscalYearId === year.id).map(({ id, startsOn, endsOn, status }) => ({ id, startsOn, endsOn, status })),
  }))
}

/** Opens or locks a period; undefined when the company has none of this id. Waits for the entries on their way into it. */
export async function updatePeriodStatus(tx: TenantTx, id: string, status: 'open' | 'locked'): Promise<PeriodRow | undefined> {
  const { rows } = await tx.query<PeriodRow>(
    `update app.period set status = $3 where tenant_id = $1 and id = $2 returning id, starts_on as "startsOn", ends_on as "endsOn", status`,
    [tx.tenantId, id, status],
  )
  return rows[0]
}

/** The first open day from a day on, over all years: the day itself when its period is open. */
export async function findOpenDay(tx: TenantTx, from: LocalDate): Promise<LocalDate | undefined> {
  const { rows } = await tx.query<{ day: LocalDate }>(
    `select greatest(p.starts_on, $2::date) as day from app.period p join app.fiscal_year y on y.tenant_id = p.tenant_id and y.id = p.fiscal_year_id
     where p.tenant_id = $1 and p.ends_on >= $2 and p.status = 'open' and y.status = 'open' order by p.starts_on limit 1`,
    [tx.tenantId, from],
  )
  return rows[0]?.day
}
