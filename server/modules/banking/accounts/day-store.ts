import type { CoveringStatement } from '../../../../core/bank/coverage.ts'
import type { Continuity } from '../../../../core/bank/statement.ts'
import type { LocalDate } from '../../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { ANCHOR, COUNTED } from './account-store.ts'

/** How an account moved on a day. `movedOut` is negative. */
export type DayRow = { readonly on: LocalDate; readonly movedIn: bigint; readonly movedOut: bigint; readonly lineCount: number }

/** The days of an account that moved, between two days. */
export async function movedDays(tx: TenantTx, accountId: string, days: { readonly from: LocalDate; readonly to: LocalDate }): Promise<DayRow[]> {
  const { rows } = await tx.query<DayRow>(`
    select d.day as on, d.moved_in as "movedIn", d.moved_out as "movedOut", d.line_count as "lineCount" from app.bank_day d
    where d.tenant_id = $1 and d.bank_account_id = $2 and d.day >= $3 and d.day <= $4 and d.line_count > 0 order by d.day`, [tx.tenantId, accountId, days.from, days.to])
  return rows
}

/** What an account holds at the end of a day: its start, and every day since. */
export async function balanceAt(tx: TenantTx, accountId: string, on: LocalDate): Promise<bigint> {
  const { rows } = await tx.query<{ balance: bigint }>(`
    with ${ANCHOR}
    select (coalesce((select opening from anchor where bank_account_id = $2), 0) + coalesce((
      select sum(d.moved_in + d.moved_out) from app.bank_day d left join anchor an on an.bank_account_id = d.bank_account_id
      where d.tenant_id = $1 and d.bank_account_id = $2 and ${COUNTED} and d.day <= $3), 0)
      -- Before its start, an account held its opening less what moved in between.
      - coalesce((select sum(d.moved_in + d.moved_out) from app.bank_day d join anchor an on an.bank_account_id = d.bank_account_id
      where d.tenant_id = $1 and d.bank_account_id = $2 and not ${COUNTED} and d.day > $3), 0))::bigint as balance`, [tx.tenantId, accountId, on])
  return rows[0]!.balance
}

export type MonthRow = { readonly month: string; readonly movedIn: bigint; readonly movedOut: bigint; readonly lineCount: number; readonly lastOn: LocalDate }

/** The latest months in which an account moved, latest first. */
export async function movedMonths(tx: TenantTx, accountId: string, limit: number): Promise<MonthRow[]> {
  const { rows } = await tx.query<MonthRow>(`
    select to_char(d.day, 'YYYY-MM') as month, sum(d.moved_in)::bigint as "movedIn", sum(d.moved_out)::bigint as "movedOut", sum(d.line_count)::int as "lineCount",
      (date_trunc('month', min(d.day)) + interval '1 month - 1 day')::date as "lastOn"
    from app.bank_day d where d.tenant_id = $1 and d.bank_account_id = $2 and d.line_count > 0 group by 1 order by 1 desc limit $3`, [tx.tenantId, accountId, limit])
  return rows
}

/** What the bank stated for the end of days. */
export async function statedDays(tx: TenantTx, accountId: string, days: { readonly from: LocalDate; readonly to: LocalDate }): Promise<Map<LocalDate, bigint>> {
  const { rows } = await tx.query<{ on: LocalDate; closing: bigint }>(`
    select distinct on (s.closing_on) s.closing_on as on, s.closing from app.bank_statement s
    where s.tenant_id = $1 and s.bank_account_id = $2 and s.closing is not null and s.closing_on >= $3 and s.closing_on <= $4 order by s.closing_on, s.id desc`, [tx.tenantId, accountId, days.from, days.to])
  return new Map(rows.map((row) => [row.on, row.closing]))
}

const STATEMENTS_MAX = 5_000

/** Every statement of an account, with the import that brought it. */
export async function statementsOfAccount(tx: TenantTx, accountId: string): Promise<(CoveringStatement & { readonly importId: string })[]> {
  const { rows } = await tx.query<CoveringStatement & { importId: string }>(`
    select s.id, s.import_id as "importId", s.opening_on as "openingOn", s.opening, s.closing_on as "closingOn", s.closing, s.first_line_on as "firstLineOn", s.last_line_on as "lastLineOn", s.continuity, s.gap
    from app.bank_statement s where s.tenant_id = $1 and s.bank_account_id = $2 order by s.closing_on desc nulls last, s.id desc limit ${STATEMENTS_MAX}`, [tx.tenantId, accountId])
  return rows
}

/** The latest statement with a closing, for a summary. */
export async function lastStatement(tx: TenantTx, accountId: string): Promise<{ importId: string; from: LocalDate | null; to: LocalDate | null; closing: bigint | null; continuity: Continuity } | undefined> {
  const { rows } = await tx.query<{ importId: string; from: LocalDate | null; to: LocalDate | null; closing: bigint | null; continuity: Continuity }>(`
    select s.import_id as "importId", coalesce(s.opening_on, s.first_line_on) as from, coalesce(s.closing_on, s.last_line_on) as to, s.closing, s.continuity
    from app.bank_statement s where s.tenant_id = $1 and s.bank_account_id = $2 order by coalesce(s.closing_on, s.last_line_on) desc nulls last, s.id desc limit 1`, [tx.tenantId, accountId])
  return rows[0]
}

/** Lines of an account that someone set aside. */
export async function countHeld(tx: TenantTx, accountId: string): Promise<number> {
  const { rows } = await tx.query<{ count: number }>('select count(*)::int as count from app.bank_line where tenant_id = $1 and bank_account_id = $2 and hold_id is not null', [tx.tenantId, accountId])
  return rows[0]!.count
}
