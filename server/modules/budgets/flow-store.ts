import type { Span } from '../../../core/budget/period.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { CategoryNode } from './types.ts'

/** The tree of categories, archived ones included: what is in them was spent all the same. */
export async function categoryNodes(tx: TenantTx): Promise<CategoryNode[]> {
  const { rows } = await tx.query<CategoryNode>('select id, parent_id as "parentId", name, kind from app.category where tenant_id = $1 order by position, id', [tx.tenantId])
  return rows
}

/** What was spent on a day in a category, and how much of it is of a recurring series. */
export type DaySum = { readonly on: LocalDate; readonly categoryId: string | null; readonly spent: bigint; readonly recurring: bigint; readonly lines: number }

/** Spending of each day by category, in one currency, refunds taken off. Days without any are left out. */
export async function spentByDay(tx: TenantTx, span: Span, currency: string): Promise<DaySum[]> {
  const { rows } = await tx.query<DaySum>(`
    select f.booked_on as on, f.category_id as "categoryId", -sum(f.amount)::bigint as spent, count(*)::int as lines,
      coalesce(-sum(f.amount) filter (where r.id is not null), 0)::bigint as recurring
    from app.line_flow_view f
      left join app.recurring_line rl on rl.tenant_id = f.tenant_id and rl.line_id = f.line_id
      left join app.recurring r on r.tenant_id = rl.tenant_id and r.id = rl.recurring_id and r.state = 'active' and r.decision is distinct from 'dismissed'
    where f.tenant_id = $1 and f.flow = 'spending' and f.currency = $2 and f.booked_on between $3 and $4
    group by f.booked_on, f.category_id order by f.booked_on`, [tx.tenantId, currency, span.from, span.to])
  return rows
}

export type MonthSum = { readonly month: LocalDate; readonly categoryId: string | null; readonly spent: bigint }

/** Spending of each calendar month by category; `month` is its first day. */
export async function spentByMonth(tx: TenantTx, span: Span, currency: string): Promise<MonthSum[]> {
  const { rows } = await tx.query<MonthSum>(`
    select date_trunc('month', f.booked_on)::date as month, f.category_id as "categoryId", -sum(f.amount)::bigint as spent
    from app.line_flow_view f
    where f.tenant_id = $1 and f.flow = 'spending' and f.currency = $2 and f.booked_on between $3 and $4
    group by 1, 2 order by 1`, [tx.tenantId, currency, span.from, span.to])
  return rows
}

export type SpentLineRow = { readonly lineId: string; readonly spent: bigint }
const LINES_MAX = 20_000

/** The lines of a span in the order in which they came, with what each spent in the categories given; in all of them when null. */
export async function spentLines(tx: TenantTx, span: Span, { currency, categories }: { readonly currency: string; readonly categories: readonly string[] | null }): Promise<SpentLineRow[]> {
  const { rows } = await tx.query<SpentLineRow>(`
    select f.line_id as "lineId", -sum(f.amount)::bigint as spent
    from app.line_flow_view f join app.bank_line l on l.tenant_id = f.tenant_id and l.id = f.line_id
    where f.tenant_id = $1 and f.flow = 'spending' and f.currency = $2 and f.booked_on between $3 and $4 and ($5::uuid[] is null or f.category_id = any($5))
    group by f.line_id, f.booked_on, l.created_at order by f.booked_on, l.created_at, f.line_id limit ${LINES_MAX}`, [tx.tenantId, currency, span.from, span.to, categories])
  return rows
}
