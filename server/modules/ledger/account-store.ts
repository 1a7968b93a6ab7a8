import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'

export async function findAccountNumbers(tx: TenantTx, prefix: string): Promise<string[]> {
  const { rows } = await tx.query<{ number: string }>('select number from app.ledger_account where tenant_id = $1 and starts_with(number, $2)', [tx.tenantId, prefix])
  return rows.map((row) => row.number)
}

const BALANCE = `
with bounds as (
  select coalesce($3::date, (select max(ends_on) from app.fiscal_year where tenant_id = $1)) as day
), carried as (
  -- The last year that its opening entry starts: what came before is in that entry.
  select coalesce(max(y.starts_on), '-infinity') as day from app.fiscal_year y, bounds
  where y.tenant_id = $1 and y.starts_on <= bounds.day and exists (
    select 1 from app.account_balance b where b.tenant_id = $1 and b.fiscal_year_id = y.id and b.is_opening and b.debit <> b.credit)
), present as (
  select coalesce(max(y.starts_on), '-infinity') as day from app.fiscal_year y, bounds where y.tenant_id = $1 and y.starts_on <= bounds.day
), whole_months as (
  select coalesce(sum(b.debit - b.credit), 0) as balance
  from app.account_balance b join app.fiscal_year y on y.tenant_id = b.tenant_id and y.id = b.fiscal_year_id, bounds, carried, present
  where b.tenant_id = $1 and starts_with(b.account, $2) and b.month < date_trunc('month', bounds.day)::date
    and y.starts_on >= case when b.account ~ '^[67]' then present.day else carried.day end
), last_month as (
  select coalesce(sum(l.debit - l.credit), 0) as balance
  from app.entry_line l join app.fiscal_year y on y.tenant_id = l.tenant_id and y.id = l.fiscal_year_id, bounds, carried, present
  where l.tenant_id = $1 and l.account = any(array(select a.number from app.ledger_account a where a.tenant_id = $1 and starts_with(a.number, $2)))
    and l.entry_date >= date_trunc('month', bounds.day)::date and l.entry_date <= bounds.day
    and y.starts_on >= case when l.account ~ '^[67]' then present.day else carried.day end
)
select (whole_months.balance + last_month.balance)::bigint as balance from whole_months, last_month`

export async function findBalance(tx: TenantTx, prefix: string, to: LocalDate | null): Promise<bigint> {
  const { rows } = await tx.query<{ balance: bigint }>(BALANCE, [tx.tenantId, prefix, to])
  return rows[0]?.balance ?? 0n
}

export type MovementRow = { readonly account: string; readonly label: string; readonly debit: bigint; readonly credit: bigint; readonly opening: boolean }

const WHOLE_MONTHS = `
select b.account, a.label, b.is_opening as opening, sum(b.debit)::bigint as debit, sum(b.credit)::bigint as credit
from app.account_balance b join app.ledger_account a on a.tenant_id = b.tenant_id and a.number = b.account
where b.tenant_id = $1 and b.fiscal_year_id = $2 and ($4 or b.month < date_trunc('month', $3::date)::date)
group by b.account, a.label, b.is_opening order by b.account, b.is_opening`

const LAST_MONTH = `
select l.account, a.label, e.is_opening as opening, sum(l.debit)::bigint as debit, sum(l.credit)::bigint as credit
from app.entry_line l join app.entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id
join app.ledger_account a on a.tenant_id = l.tenant_id and a.number = l.account
where l.tenant_id = $1 and l.fiscal_year_id = $2 and l.entry_date >= date_trunc('month', $3::date)::date and l.entry_date <= $3
group by l.account, a.label, e.is_opening order by l.account, e.is_opening`

/** What each account received in a year up to a day, opening entries apart. `whole` is true when the day is the year's last. */
export async function findMovements(tx: TenantTx, scope: { readonly fiscalYearId: string; readonly to: LocalDate; readonly whole: boolean }): Promise<MovementRow[]> {
  const months = await tx.query<MovementRow>(WHOLE_MONTHS, [tx.tenantId, scope.fiscalYearId, scope.to, scope.whole])
  if (scope.whole) return months.rows
  const last = await tx.query<MovementRow>(LAST_MONTH, [tx.tenantId, scope.fiscalYearId, scope.to])
  return [...months.rows, ...last.rows]
}

/** Open accounts whose number begins with the text or whose label holds it, by number. */
export async function findAccounts(tx: TenantTx, filter: { readonly search: string | null; readonly limit: number }): Promise<{ number: string; label: string }[]> {
  const pattern = filter.search === null ? null : `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await tx.query<{ number: string; label: string }>(
    `select number, label from app.ledger_account where tenant_id = $1 and ($2::text is null or starts_with(number, $2) or label ilike $3) order by number limit $4`,
    [tx.tenantId, filter.search, pattern, filter.limit],
  )
  return rows
}

export async function findAccountRow(tx: TenantTx, number: string): Promise<{ number: string; label: string } | undefined> {
  const { rows } = await tx.query<{ number: string; label: string }>('select number, label from app.ledger_account where tenant_id = $1 and number = $2', [tx.tenantId, number])
  return rows[0]
}

export type AccountLineRow = {
  readonly entryId: string; readonly entryNumber: string; readonly seq: bigint; readonly n: number; readonly date: LocalDate; readonly journal: string
  readonly pieceRef: string; readonly label: string; readonly auxCode: string | null; readonly auxLabel: string | null
  readonly debit: bigint; readonly credit: bigint; readonly lettering: string | null
}
export type LinePosition = { readonly date: string; readonly seq: string; readonly n: number }
export type AccountScope = { readonly account: string; readonly fiscalYearId: string; readonly auxiliary: string | null; readonly unlettered: boolean; readonly after: LinePosition | null }

const IN_SCOPE = `l.tenant_id = $1 and l.account = $2 and l.fiscal_year_id = $3 and ($4::text is null or l.aux_code = $4) and (not $5 or l.lettering is null)`

/** Lines of an account in a year, by day, then in the order they were posted. */
export async function findAccountLines(tx: TenantTx, scope: AccountScope & { readonly limit: number }): Promise<AccountLineRow[]> {
  const { rows } = await tx.query<AccountLineRow>(
    `select l.entry_id as "entryId", e.number as "entryNumber", l.seq, l.n, l.entry_date as date, e.journal_code as journal, coalesce(l.piece_ref, e.piece_ref) as "pieceRef",
       l.label, l.aux_code as "auxCode", l.aux_label as "auxLabel", l.debit, l.credit, l.lettering
     from app.entry_line l join app.entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id
     where ${IN_SCOPE} and ($6::date is null or (l.entry_date, l.seq, l.n) > ($6, $7, $8))
     order by l.entry_date, l.seq, l.n limit $9`,
    [tx.tenantId, scope.account, scope.fiscalYearId, scope.auxiliary, scope.unlettered, scope.after?.date, scope.after?.seq, scope.after?.n, scope.limit],
  )
  return rows
}

/** The balance of the lines up to a position, itself included: whole months come from the monthly balances when no line is filtered out. */
export async function findBalanceUpTo(tx: TenantTx, scope: AccountScope & { readonly after: LinePosition }): Promise<bigint> {
  const filtered = scope.auxiliary !== null || scope.unlettered
  const { rows } = await tx.query<{ balance: bigint }>(
    `select ((select coalesce(sum(b.debit - b.credit), 0) from app.account_balance b
        where not $9 and b.tenant_id = $1 and b.fiscal_year_id = $3 and b.account = $2 and b.month < date_trunc('month', $6::date)::date)
      + (select coalesce(sum(l.debit - l.credit), 0) from app.entry_line l
        where ${IN_SCOPE} and (l.entry_date, l.seq, l.n) <= ($6, $7, $8) and ($9 or l.entry_date >= date_trunc('month', $6::date)::date)))::bigint as balance`,
    [tx.tenantId, scope.account, scope.fiscalYearId, scope.auxiliary, scope.unlettered, scope.after.date, scope.after.seq, scope.after.n, filtered],
  )
  return rows[0]?.balance ?? 0n
}
