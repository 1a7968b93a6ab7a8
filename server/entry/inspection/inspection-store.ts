// What only looks at the state of an installation reads here; it writes nothing.
import type { Currency } from '../../../core/kernel/currency.ts'
import type { TenantId } from '../../../core/kernel/id.ts'
import type { Queryable, SystemTx, TenantTx } from '../../platform/db/types.ts'

export const COMPANIES_MAX = 10_000
const ROWS_SHOWN_MAX = 5

export type InspectedCompany = { readonly tenantId: TenantId; readonly name: string; readonly currency: Currency; readonly timeZone: string; readonly locale: 'fr' | 'en' }

/** Companies with books, in the order of their ids. */
export async function listCompanies(tx: SystemTx): Promise<InspectedCompany[]> {
  const { rows } = await tx.query<InspectedCompany>(`
    select tenant_id as "tenantId", name, currency, time_zone as "timeZone", locale from app.company where kind = 'company' order by tenant_id limit ${COMPANIES_MAX}`)
  return rows
}

export type Gap = { readonly series: string; readonly count: bigint; readonly next: number }

/** Series of numbers with a hole or a double: what a series gave must be what exists. */
export async function findGaps(tx: TenantTx): Promise<Gap[]> {
  const { rows } = await tx.query<Gap>(`
    select s.prefix || '-' || s.year as series, n.count, s.next_number as next from app.invoice_series s join lateral (
      select count(*) as count, max(split_part(i.number, '-', 3)::int) as last from app.invoice i
      where i.tenant_id = s.tenant_id and i.origin = 'quittance' and i.number like s.prefix || '-' || s.year || '-%') n on true
    where s.tenant_id = $1 and (n.count <> s.next_number - 1 or n.last is distinct from nullif(n.count, 0))
    union all
    select y.starts_on::text, n.count, y.next_number from app.fiscal_year y join lateral (
      select count(*) as count, max(e.number::int) as last from app.entry e join app.journal j on j.tenant_id = e.tenant_id and j.code = e.journal_code
      where e.tenant_id = y.tenant_id and e.fiscal_year_id = y.id and not j.imported and e.number <> '000001') n on true
    where y.tenant_id = $1 and (n.count <> y.next_number - 2 or coalesce(n.last, 1) <> y.next_number - 1)
    limit ${ROWS_SHOWN_MAX}`, [tx.tenantId])
  return rows
}

/** Bank lines that have waited for their entry longer than the job ever takes. */
export async function countUnposted(tx: TenantTx, minutes: number): Promise<number> {
  const { rows } = await tx.query<{ n: number }>(`
    select count(*)::int as n from app.bank_line l join app.bank_import i on i.tenant_id = l.tenant_id and i.id = l.import_id
    where l.tenant_id = $1 and l.entry_id is null and l.amount <> 0 and l.status = 'booked' and l.posts and i.committed_at < now() - make_interval(mins => $2)`, [tx.tenantId, minutes])
  return rows[0]?.n ?? 0
}

/** Tables of the companies whose rows are not closed to the others. */
export async function findUnprotected(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'app' and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity
      and exists (select from pg_policy p where p.polrelid = c.oid and p.polqual is not null))
    order by 1`)
  return rows.map((row) => row.name)
}

/** Powers that the product's own roles must not have. */
export async function findExcessRights(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(`
    select rolname || ': superuser' as name from pg_roles where rolname in ('quittance_tenant', 'quittance_system') and rolsuper
    union all select rolname || ': bypassrls' from pg_roles where rolname in ('quittance_tenant', 'quittance_system') and rolbypassrls
    union all select rolname || ': login' from pg_roles where rolname in ('quittance_tenant', 'quittance_system') and rolcanlogin
    union all select pg_get_userbyid(c.relowner) || ': ' || c.relname from pg_class c where pg_get_userbyid(c.relowner) in ('quittance_tenant', 'quittance_system')
    union all select 'quittance_tenant: auth' from pg_namespace where nspname = 'auth' and has_schema_privilege('quittance_tenant', oid, 'usage')
    union all select 'quittance_tenant: delete ' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'app' and c.relname in ('entry', 'entry_line', 'audit_log') and has_table_privilege('quittance_tenant', c.oid, 'delete, truncate')
    order by 1`)
  return rows.map((row) => row.name)
}

export type LoginRights = { readonly name: string; readonly superuser: boolean; readonly bypasses: boolean }

export async function loginRights(db: Queryable): Promise<LoginRights | undefined> {
  const { rows } = await db.query<LoginRights>('select rolname as name, rolsuper as superuser, rolbypassrls as bypasses from pg_roles where rolname = current_user')
  return rows[0]
}

/** Seconds between the database's clock and an instant of ours. */
export async function clockDrift(db: Queryable, now: Date): Promise<number> {
  const { rows } = await db.query<{ seconds: number }>('select extract(epoch from clock_timestamp() - $1::timestamptz)::float8 as seconds', [now.toISOString()])
  return Number(rows[0]?.seconds ?? 0)
}

export async function databaseVersion(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ version: string }>('select current_setting(\'server_version_num\') as version')
  return Number(rows[0]?.version ?? 0)
}

/** Transactions that hold locks and have done nothing for a while: the age of the oldest, in seconds. */
export async function oldestIdleTransaction(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ seconds: number | null }>(`
    select max(extract(epoch from now() - state_change))::int as seconds from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`)
  return Number(rows[0]?.seconds ?? 0)
}
