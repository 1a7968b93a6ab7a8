import type { AmountSince } from '../../../core/budget/carry.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { Budget } from './types.ts'

/** Budgets of one company. */
export const BUDGETS_MAX = 300

const COLUMNS = `b.id, b.name, b.category_id as "categoryId", c.name as "categoryName", b.period, b.starts_on as "startsOn", b.ends_on as "endsOn", b.carry_over as "carryOver", b.version, b.created_at as "createdAt"`
const TABLES = 'app.budget b left join app.category c on c.tenant_id = b.tenant_id and c.id = b.category_id'

type Row = Omit<Budget, 'amounts'>

/** Budgets receive the amounts they had over time. */
async function withAmounts(tx: TenantTx, rows: readonly Row[]): Promise<Budget[]> {
  if (rows.length === 0) return []
  const { rows: amounts } = await tx.query<AmountSince & { budgetId: string }>(
    'select budget_id as "budgetId", from_on as "from", amount from app.budget_amount where tenant_id = $1 and budget_id = any($2::uuid[]) order by budget_id, from_on', [tx.tenantId, rows.map(({ id }) => id)])
  const of = Map.groupBy(amounts, ({ budgetId }) => budgetId)
  return rows.map((row) => ({ ...row, amounts: (of.get(row.id) ?? []).map(({ from, amount }) => ({ from, amount })) }))
}

export type BudgetFilter = { readonly categoryId: string | null; readonly period: string | null; readonly after: { readonly name: string; readonly id: string } | null; readonly limit: number }

/** Budgets by name. */
export async function listBudgets(tx: TenantTx, filter: BudgetFilter): Promise<Budget[]> {
  const { rows } = await tx.query<Row>(`
    select ${COLUMNS} from ${TABLES}
    where b.tenant_id = $1 and ($2::uuid is null or b.category_id = $2) and ($3::text is null or b.period = $3) and ($4::text is null or (b.name, b.id) > ($4, $5::uuid))
    order by b.name, b.id limit $6`, [tx.tenantId, filter.categoryId, filter.period, filter.after?.name ?? null, filter.after?.id ?? null, filter.limit])
  return withAmounts(tx, rows)
}

export async function findBudget(tx: TenantTx, id: string): Promise<Budget | undefined> {
  const { rows } = await tx.query<Row>(`select ${COLUMNS} from ${TABLES} where b.tenant_id = $1 and b.id = $2`, [tx.tenantId, id])
  return (await withAmounts(tx, rows))[0]
}

/** The budgets of a company change one after the other: their number and their alerts hold. */
export async function lockBudgets(tx: TenantTx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended(\'budgets\' || $1::text, 0))', [tx.tenantId])
}

export async function countBudgets(tx: TenantTx): Promise<number> {
  const { rows } = await tx.query<{ count: number }>('select count(*)::int as count from app.budget where tenant_id = $1', [tx.tenantId])
  return rows[0]!.count
}

export type BudgetChoice = Pick<Budget, 'name' | 'categoryId' | 'period' | 'startsOn' | 'endsOn' | 'carryOver'>

export async function insertBudget(tx: TenantTx, { id, choice, by }: { readonly id: string; readonly choice: BudgetChoice; readonly by: string | null }): Promise<void> {
  await tx.query('insert into app.budget (tenant_id, id, name, category_id, period, starts_on, ends_on, carry_over, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [tx.tenantId, id, choice.name, choice.categoryId, choice.period, choice.startsOn, choice.endsOn, choice.carryOver, by])
}

export async function updateBudget(tx: TenantTx, id: string, choice: BudgetChoice): Promise<void> {
  await tx.query('update app.budget set name = $3, category_id = $4, period = $5, starts_on = $6, ends_on = $7, carry_over = $8, version = version + 1 where tenant_id = $1 and id = $2',
    [tx.tenantId, id, choice.name, choice.categoryId, choice.period, choice.startsOn, choice.endsOn, choice.carryOver])
}

/** The amount from a day on; another one for the same day takes its place. */
export async function setAmount(tx: TenantTx, budgetId: string, { from, amount }: AmountSince): Promise<void> {
  await tx.query(`
    insert into app.budget_amount (tenant_id, budget_id, from_on, amount) values ($1, $2, $3, $4)
    on conflict (tenant_id, budget_id, from_on) do update set amount = excluded.amount`, [tx.tenantId, budgetId, from, amount])
}

/** Forgets amounts that were to hold from a day later than this one. */
export async function dropAmountsAfter(tx: TenantTx, budgetId: string, day: LocalDate): Promise<void> {
  await tx.query('delete from app.budget_amount where tenant_id = $1 and budget_id = $2 and from_on > $3', [tx.tenantId, budgetId, day])
}

export async function deleteBudget(tx: TenantTx, id: string): Promise<void> {
  await tx.query('delete from app.budget where tenant_id = $1 and id = $2', [tx.tenantId, id])
}
