import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { Alert } from './types.ts'

const COLUMNS = `a.id, a.budget_id as "budgetId", b.name as "budgetName", b.category_id as "categoryId", c.name as "categoryName", a.period_from as "from", a.period_to as "to", a.threshold::int as threshold,
  a.spent, a.available, (select l.id from app.bank_line l where l.tenant_id = a.tenant_id and l.id = a.line_id) as "lineId", a.raised_at as "raisedAt", a.dismissed_at as "dismissedAt", a.dismissed_by_name as "dismissedBy"`
const TABLES = 'app.budget_alert a join app.budget b on b.tenant_id = a.tenant_id and b.id = a.budget_id left join app.category c on c.tenant_id = b.tenant_id and c.id = b.category_id'

export type NewAlert = {
  readonly id: string; readonly budgetId: string; readonly from: LocalDate; readonly to: LocalDate; readonly threshold: 80 | 100
  readonly spent: bigint; readonly available: bigint; readonly lineId: string | null; readonly raisedAt: string
  /** Not told: a higher threshold is crossed at the same time. */
  readonly isSilent: boolean
}

/** Raises an alert; false when this budget, period and threshold had theirs. */
export async function insertAlert(tx: TenantTx, alert: NewAlert): Promise<boolean> {
  const { rowCount } = await tx.query(`
    insert into app.budget_alert (tenant_id, id, budget_id, period_from, period_to, threshold, spent, available, line_id, raised_at, dismissed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case when $11::boolean then $10::timestamptz end)
    on conflict (tenant_id, budget_id, period_from, threshold) do nothing`,
  [tx.tenantId, alert.id, alert.budgetId, alert.from, alert.to, alert.threshold, alert.spent, alert.available, alert.lineId, alert.raisedAt, alert.isSilent])
  return rowCount > 0
}

/** Closes the alerts of lower thresholds of one period: the higher one says it all. */
export async function closeLower(tx: TenantTx, { budgetId, from, threshold, raisedAt }: Pick<NewAlert, 'budgetId' | 'from' | 'threshold' | 'raisedAt'>): Promise<void> {
  await tx.query('update app.budget_alert set dismissed_at = $5 where tenant_id = $1 and budget_id = $2 and period_from = $3 and threshold < $4 and dismissed_at is null', [tx.tenantId, budgetId, from, threshold, raisedAt])
}

export type Check = { readonly budgetId: string; readonly from: LocalDate; readonly spent: bigint; readonly available: bigint }

/** Notes what the present period of each budget is worth. */
export async function saveChecks(tx: TenantTx, checks: readonly Check[]): Promise<void> {
  await tx.query(`
    insert into app.budget_check (tenant_id, budget_id, period_from, spent, available) select $1, u.* from unnest($2::uuid[], $3::date[], $4::bigint[], $5::bigint[]) u
    on conflict (tenant_id, budget_id) do update set period_from = excluded.period_from, spent = excluded.spent, available = excluded.available`,
  [tx.tenantId, checks.map(({ budgetId }) => budgetId), checks.map(({ from }) => from), checks.map(({ spent }) => spent), checks.map(({ available }) => available)])
}

/** What was noted of each budget at the last look. */
export async function readChecks(tx: TenantTx): Promise<Check[]> {
  const { rows } = await tx.query<Check>('select budget_id as "budgetId", period_from as "from", spent, available from app.budget_check where tenant_id = $1', [tx.tenantId])
  return rows
}

/** Which alerts some budgets had since a day: what has been told is not worked out again. */
export async function alertsSince(tx: TenantTx, since: LocalDate): Promise<Set<string>> {
  const { rows } = await tx.query<{ key: string }>('select budget_id || \' \' || period_from || \' \' || threshold as key from app.budget_alert where tenant_id = $1 and period_to >= $2', [tx.tenantId, since])
  return new Set(rows.map(({ key }) => key))
}

export type AlertFilter = { readonly state: 'open' | 'dismissed' | 'all'; readonly budgetId: string | null; readonly before: { readonly at: string; readonly id: string } | null; readonly limit: number }

/** Alerts, latest first. */
export async function listAlerts(tx: TenantTx, { state, budgetId, before, limit }: AlertFilter): Promise<Alert[]> {
  const { rows } = await tx.query<Alert>(`
    select ${COLUMNS} from ${TABLES}
    where a.tenant_id = $1 and ($2 = 'all' or (a.dismissed_at is null) = ($2 = 'open')) and ($3::uuid is null or a.budget_id = $3) and ($4::timestamptz is null or (a.raised_at, a.id) < ($4, $5::uuid))
    order by a.raised_at desc, a.id desc limit $6`, [tx.tenantId, state, budgetId, before?.at ?? null, before?.id ?? null, limit])
  return rows
}

export async function findAlert(tx: TenantTx, id: string): Promise<Alert | undefined> {
  const { rows } = await tx.query<Alert>(`select ${COLUMNS} from ${TABLES} where a.tenant_id = $1 and a.id = $2 for update of a`, [tx.tenantId, id])
  return rows[0]
}

export async function dismissAlertRow(tx: TenantTx, id: string, { at, by, name }: { readonly at: string; readonly by: string | null; readonly name: string }): Promise<void> {
  await tx.query('update app.budget_alert set dismissed_at = $3, dismissed_by = $4, dismissed_by_name = $5 where tenant_id = $1 and id = $2', [tx.tenantId, id, at, by, name])
}

export async function countOpenAlerts(tx: TenantTx): Promise<number> {
  const { rows } = await tx.query<{ count: number }>('select count(*)::int as count from app.budget_alert where tenant_id = $1 and dismissed_at is null', [tx.tenantId])
  return rows[0]!.count
}
