import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { Source } from './types.ts'

type Range = { readonly categoryIds: readonly string[]; readonly currency: string; readonly from: LocalDate; readonly to: LocalDate }
const PARTS = `app.line_part_view p join app.bank_line l on l.tenant_id = p.tenant_id and l.id = p.line_id
  where p.tenant_id = $1 and p.category_id = any($2::uuid[]) and l.currency = $3 and l.booked_on >= $4 and l.booked_on <= $5`
const parametersOf = (tx: TenantTx, range: Range) => [tx.tenantId, range.categoryIds, range.currency, range.from, range.to]

export type Sums = { readonly total: bigint; readonly lines: number; readonly smallest: bigint | null; readonly largest: bigint | null }

export async function sumsOf(tx: TenantTx, range: Range): Promise<Sums> {
  const { rows } = await tx.query<Sums>(`select coalesce(sum(p.amount), 0)::bigint as total, count(*)::int as lines, min(p.amount) as smallest, max(p.amount) as largest from ${PARTS}`, parametersOf(tx, range))
  return rows[0]!
}

export async function monthsOf(tx: TenantTx, range: Range): Promise<{ month: string; total: bigint; lines: number }[]> {
  const { rows } = await tx.query<{ month: string; total: bigint; lines: number }>(`select to_char(l.booked_on, 'YYYY-MM') as month, sum(p.amount)::bigint as total, count(*)::int as lines from ${PARTS} group by 1 order by 1`, parametersOf(tx, range))
  return rows
}

export async function sourcesOf(tx: TenantTx, range: Range): Promise<{ source: Source; lines: number }[]> {
  const { rows } = await tx.query<{ source: Source; lines: number }>(`
    select f.source, count(*)::int as lines from app.line_category f where f.tenant_id = $1 and f.line_id in (select p.line_id from ${PARTS}) group by f.source order by f.source`, parametersOf(tx, range))
  return rows
}

/** The labels of the lines, with what each moved; the heaviest first. */
export async function labelsOf(tx: TenantTx, range: Range, limit: number): Promise<{ label: string; total: bigint; lines: number }[]> {
  const { rows } = await tx.query<{ label: string; total: bigint; lines: number }>(`select l.label, sum(p.amount)::bigint as total, count(*)::int as lines from ${PARTS} group by l.label order by abs(sum(p.amount)) desc, l.label limit $6`, [...parametersOf(tx, range), limit])
  return rows
}

export type ExportRow = { readonly categoryId: string; readonly currency: string; readonly lines: number; readonly moneyIn: bigint; readonly moneyOut: bigint }

/** What each category moved, by currency. */
export async function totalsByCategory(tx: TenantTx, { from, to }: { readonly from: string | null; readonly to: string | null }): Promise<ExportRow[]> {
  const { rows } = await tx.query<ExportRow>(`
    select p.category_id as "categoryId", l.currency, count(*)::int as lines, coalesce(sum(p.amount) filter (where p.amount > 0), 0)::bigint as "moneyIn", coalesce(sum(p.amount) filter (where p.amount < 0), 0)::bigint as "moneyOut"
    from app.line_part_view p join app.bank_line l on l.tenant_id = p.tenant_id and l.id = p.line_id
    where p.tenant_id = $1 and ($2::date is null or l.booked_on >= $2) and ($3::date is null or l.booked_on <= $3) group by p.category_id, l.currency order by p.category_id, l.currency`, [tx.tenantId, from, to])
  return rows
}
