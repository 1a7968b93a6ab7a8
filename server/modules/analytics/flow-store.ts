import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { Interval } from '../../../core/analytics/window.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { Account, Flow, LineRow, MerchantSums, Scope } from './types.ts'

/**
 * The lines that are looked at, $1 to $6: booked, earned or spent, of accounts in use unless one is named. `line_flow_view` holds one
 * row for each part of a line.
 */
const KEPT = `f.tenant_id = $1 and f.booked_on between $2 and $3 and f.flow <> 'transfer'
  and case when $4::uuid is null then f.bank_account_id in (select a.id from app.bank_account a where a.tenant_id = $1 and a.archived_on is null) else f.bank_account_id = $4 end
  and ($5::uuid[] is null or f.category_id = any($5)) and (not $6::boolean or f.category_id is null)`

/** Money out is negative in the bank: spending is told as a positive amount. */
const TOTAL = 'sum(case when f.flow = \'spending\' then -f.amount else f.amount end)::bigint'

/** The window alone, or with the one before. */
function bounds(tx: TenantTx, { window, accountId, categories, categoryId }: Scope, withPrevious: boolean): unknown[] {
  return [tx.tenantId, withPrevious ? window.previous.from : window.from, window.to, accountId, categories, categoryId === null]
}

export type CategoryRow = { readonly flow: Flow; readonly currency: string; readonly categoryId: string | null; readonly isNow: boolean; readonly total: bigint; readonly lines: number }

/** Both windows by flow, currency and category. */
export async function sumsByCategory(tx: TenantTx, scope: Scope): Promise<CategoryRow[]> {
  const { rows } = await tx.query<CategoryRow>(`
    select f.flow, f.currency, f.category_id as "categoryId", f.booked_on >= $7 as "isNow", ${TOTAL} as total, count(*)::int as lines
    from app.line_flow_view f where ${KEPT} group by 1, 2, 3, 4`, [...bounds(tx, scope, true), scope.window.from])
  return rows
}

export type DayRow = { readonly on: LocalDate; readonly flow: Flow; readonly total: bigint }

/** The window day by day, in the company's currency. */
export async function sumsByDay(tx: TenantTx, scope: Scope): Promise<DayRow[]> {
  const { rows } = await tx.query<DayRow>(`
    select f.booked_on as on, f.flow, ${TOTAL} as total from app.line_flow_view f where ${KEPT} and f.currency = $7 group by 1, 2 order by 1`, [...bounds(tx, scope, false), scope.currency])
  return rows
}

/** Both windows of one flow by merchant, the largest first; lines without a merchant are together. */
export async function sumsByMerchant(tx: TenantTx, scope: Scope, flow: Flow): Promise<MerchantSums[]> {
  const { rows } = await tx.query<MerchantSums>(`
    select s.id, m.name, s.now, s.before, s.lines, s.last_on as "lastOn" from (
      select v.merchant_id as id, coalesce(${TOTAL.replace('::bigint', '')} filter (where f.booked_on >= $7), 0)::bigint as now, coalesce(${TOTAL.replace('::bigint', '')} filter (where f.booked_on < $7), 0)::bigint as before,
        count(*) filter (where f.booked_on >= $7)::int as lines, max(f.booked_on) as last_on
      from app.line_flow_view f left join app.line_merchant_view v on v.tenant_id = f.tenant_id and v.line_id = f.line_id
      where ${KEPT} and f.currency = $8 and f.flow = $9 group by v.merchant_id) s
    left join app.merchant m on m.tenant_id = $1 and m.id = s.id
    where s.lines > 0 order by s.now desc, m.name nulls last, s.id`, [...bounds(tx, scope, true), scope.window.from, scope.currency, flow])
  return rows
}

export type AccountRow = { readonly accountId: string; readonly now: bigint; readonly before: bigint; readonly lines: number }

/** Both windows of one flow by account, the largest first. */
export async function sumsByAccount(tx: TenantTx, scope: Scope, flow: Flow): Promise<AccountRow[]> {
  const { rows } = await tx.query<AccountRow>(`
    select f.bank_account_id as "accountId", coalesce(${TOTAL.replace('::bigint', '')} filter (where f.booked_on >= $7), 0)::bigint as now, coalesce(${TOTAL.replace('::bigint', '')} filter (where f.booked_on < $7), 0)::bigint as before,
      count(*) filter (where f.booked_on >= $7)::int as lines
    from app.line_flow_view f where ${KEPT} and f.currency = $8 and f.flow = $9 group by 1 order by 2 desc, 1`, [...bounds(tx, scope, true), scope.window.from, scope.currency, flow])
  return rows
}

export type PointRow = { readonly from: LocalDate; readonly flow: Flow; readonly categoryId: string | null; readonly total: bigint; readonly lines: number }

/** The window by week (its Monday) or month (its first day), flow and category, in the company's currency. */
export async function sumsByInterval(tx: TenantTx, scope: Scope, interval: Interval): Promise<PointRow[]> {
  const { rows } = await tx.query<PointRow>(`
    select date_trunc('${interval}', f.booked_on)::date as "from", f.flow, f.category_id as "categoryId", ${TOTAL} as total, count(*)::int as lines
    from app.line_flow_view f where ${KEPT} and f.currency = $7 group by 1, 2, 3 order by 1`, [...bounds(tx, scope, false), scope.currency])
  return rows
}

export type ForeignRow = { readonly flow: Flow; readonly currency: string; readonly total: bigint; readonly lines: number }

/** The window in the currencies that are not the company's. */
export async function foreignSums(tx: TenantTx, scope: Scope): Promise<ForeignRow[]> {
  const { rows } = await tx.query<ForeignRow>(`
    select f.flow, f.currency, ${TOTAL} as total, count(*)::int as lines from app.line_flow_view f where ${KEPT} and f.currency <> $7 group by 1, 2 order by 2, 1`, [...bounds(tx, scope, false), scope.currency])
  return rows
}

/** The largest lines of one flow, in the company's currency: what of them is in the categories looked at. */
export async function largestLines(tx: TenantTx, scope: Scope, { flow, limit }: { readonly flow: Flow; readonly limit: number }): Promise<LineRow[]> {
  const { rows } = await tx.query<LineRow>(`
    select s.line_id as "lineId", s.booked_on as "bookedOn", l.label, s.total as amount from (
      select f.line_id, f.booked_on, ${TOTAL} as total from app.line_flow_view f where ${KEPT} and f.currency = $7 and f.flow = $8 group by 1, 2 order by 3 desc, 2 desc, 1 limit $9) s
    join app.bank_line l on l.tenant_id = $1 and l.id = s.line_id order by s.total desc, s.booked_on desc, s.line_id`, [...bounds(tx, scope, false), scope.currency, flow, limit])
  return rows
}

/** The bank accounts, archived ones included. */
export async function accountsOf(tx: TenantTx): Promise<Account[]> {
  const { rows } = await tx.query<Account>('select id, name, currency, archived_on is not null as "isArchived" from app.bank_account where tenant_id = $1 order by ledger_account', [tx.tenantId])
  return rows
}
