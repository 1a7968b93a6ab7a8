import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'

/** A savings goal as it was decided, minor units of the company's currency. */
export type GoalRow = {
  readonly id: string
  readonly name: string
  readonly target: bigint
  readonly targetOn: LocalDate | null
  readonly note: string
  readonly startedOn: LocalDate
  readonly reachedOn: LocalDate | null
  readonly accountIds: readonly string[]
  readonly version: number
  readonly createdAt: string
}
export type GoalChoice = Pick<GoalRow, 'name' | 'target' | 'targetOn' | 'note' | 'accountIds'>
export type ContributionRow = { readonly id: string; readonly goalId: string; readonly amount: bigint; readonly on: LocalDate; readonly note: string; readonly by: string | null; readonly createdAt: string }

/** Goals of one company. */
export const GOALS_MAX = 100

const COLUMNS = `g.id, g.name, g.target, g.target_on as "targetOn", g.note, g.started_on as "startedOn", g.reached_on as "reachedOn", g.version, g.created_at as "createdAt",
  coalesce((select array_agg(a.bank_account_id order by a.bank_account_id) from app.goal_account a where a.tenant_id = g.tenant_id and a.goal_id = g.id), '{}')::text[] as "accountIds"`

export type GoalFilter = { readonly state: 'open' | 'reached' | 'all'; readonly after: { readonly createdAt: string; readonly id: string } | null; readonly limit: number }

/** Goals, oldest first. One that was reached and is no longer stays among the reached ones: its day is told. */
export async function listGoals(tx: TenantTx, { state, after, limit }: GoalFilter): Promise<GoalRow[]> {
  const { rows } = await tx.query<GoalRow>(`
    select ${COLUMNS} from app.goal g
    where g.tenant_id = $1 and ($2 = 'all' or (g.reached_on is null) = ($2 = 'open')) and ($3::timestamptz is null or (g.created_at, g.id) > ($3, $4::uuid))
    order by g.created_at, g.id limit $5`, [tx.tenantId, state, after?.createdAt ?? null, after?.id ?? null, limit])
  return rows
}

export async function findGoal(tx: TenantTx, id: string): Promise<GoalRow | undefined> {
  const { rows } = await tx.query<GoalRow>(`select ${COLUMNS} from app.goal g where g.tenant_id = $1 and g.id = $2`, [tx.tenantId, id])
  return rows[0]
}

export async function lockGoals(tx: TenantTx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended(\'goals\' || $1::text, 0))', [tx.tenantId])
}

export async function countGoals(tx: TenantTx): Promise<number> {
  const { rows } = await tx.query<{ count: number }>('select count(*)::int as count from app.goal where tenant_id = $1', [tx.tenantId])
  return rows[0]!.count
}

async function linkAccounts(tx: TenantTx, id: string, accountIds: readonly string[]): Promise<void> {
  await tx.query('delete from app.goal_account where tenant_id = $1 and goal_id = $2', [tx.tenantId, id])
  await tx.query('insert into app.goal_account (tenant_id, goal_id, bank_account_id) select $1, $2, unnest($3::uuid[])', [tx.tenantId, id, accountIds])
}

export async function insertGoal(tx: TenantTx, { id, choice, startedOn, by }: { readonly id: string; readonly choice: GoalChoice; readonly startedOn: LocalDate; readonly by: string | null }): Promise<void> {
  await tx.query('insert into app.goal (tenant_id, id, name, target, target_on, note, started_on, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [tx.tenantId, id, choice.name, choice.target, choice.targetOn, choice.note, startedOn, by])
  await linkAccounts(tx, id, choice.accountIds)
}

export async function updateGoal(tx: TenantTx, id: string, choice: GoalChoice): Promise<void> {
  await tx.query('update app.goal set name = $3, target = $4, target_on = $5, note = $6, version = version + 1 where tenant_id = $1 and id = $2', [tx.tenantId, id, choice.name, choice.target, choice.targetOn, choice.note])
  await linkAccounts(tx, id, choice.accountIds)
}

/** Notes the day a goal was reached, or that a higher target is not yet. */
export async function markReached(tx: TenantTx, id: string, on: LocalDate | null): Promise<void> {
  await tx.query('update app.goal set reached_on = $3 where tenant_id = $1 and id = $2', [tx.tenantId, id, on])
}

export async function deleteGoal(tx: TenantTx, id: string): Promise<void> {
  await tx.query('delete from app.goal where tenant_id = $1 and id = $2', [tx.tenantId, id])
}

/** What was put aside by hand for some goals, latest first. */
export async function contributionsOf(tx: TenantTx, goalIds: readonly string[], limit: number): Promise<ContributionRow[]> {
  const { rows } = await tx.query<ContributionRow>(`
    select id, goal_id as "goalId", amount, given_on as on, note, made_by_name as by, created_at as "createdAt" from app.goal_contribution
    where tenant_id = $1 and goal_id = any($2::uuid[]) order by given_on desc, id desc limit $3`, [tx.tenantId, goalIds, limit])
  return rows
}

/** The same added up by goal and day. */
export async function contributedByDay(tx: TenantTx, goalIds: readonly string[]): Promise<{ goalId: string; on: LocalDate; amount: bigint }[]> {
  const { rows } = await tx.query<{ goalId: string; on: LocalDate; amount: bigint }>(`
    select goal_id as "goalId", given_on as on, sum(amount)::bigint as amount from app.goal_contribution
    where tenant_id = $1 and goal_id = any($2::uuid[]) group by goal_id, given_on order by given_on`, [tx.tenantId, goalIds])
  return rows
}

export async function insertContribution(tx: TenantTx, { goalId, contribution, by }: { readonly goalId: string; readonly contribution: Pick<ContributionRow, 'id' | 'amount' | 'on' | 'note'>; readonly by: { readonly id: string | null; readonly name: string } }): Promise<void> {
  await tx.query('insert into app.goal_contribution (tenant_id, id, goal_id, amount, given_on, note, made_by, made_by_name) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [tx.tenantId, contribution.id, goalId, contribution.amount, contribution.on, contribution.note, by.id, by.name])
}

/** Removes what was written by hand; false when the goal has none under this id. */
export async function deleteContribution(tx: TenantTx, goalId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('delete from app.goal_contribution where tenant_id = $1 and goal_id = $2 and id = $3', [tx.tenantId, goalId, id])
  return rowCount > 0
}

/** How the accounts moved on each day since one, in order. */
export async function movesSince(tx: TenantTx, accountIds: readonly string[], since: LocalDate): Promise<{ accountId: string; on: LocalDate; moved: bigint }[]> {
  const { rows } = await tx.query<{ accountId: string; on: LocalDate; moved: bigint }>(`
    select bank_account_id as "accountId", day as on, (moved_in + moved_out) as moved from app.bank_day
    where tenant_id = $1 and bank_account_id = any($2::uuid[]) and day > $3 order by day`, [tx.tenantId, accountIds, since])
  return rows
}
