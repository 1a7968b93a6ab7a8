import type { ConditionText } from '../../../core/category/rule-parse.ts'
import type { Actions } from '../../../core/category/rule.ts'
import type { TenantTx } from '../../platform/db/types.ts'

/** A rule as it is stored. */
export type RuleRow = {
  readonly id: string
  readonly name: string
  readonly isActive: boolean
  readonly match: 'all' | 'any'
  readonly conditions: readonly ConditionText[]
  readonly actions: Actions
  readonly position: number
  readonly version: number
  readonly updatedAt: string
}
export type RuleView = RuleRow & { readonly lineCount: number }

const COLUMNS = `r.id, r.name, r.is_active as "isActive", r.match, r.conditions, r.actions, r.position, r.version, r.updated_at as "updatedAt"`
const COUNT = '(select count(*)::int from app.line_category f where f.tenant_id = r.tenant_id and f.rule_id = r.id) as "lineCount"'

/** Every rule in its order; a company may have a bounded number of them. */
export async function allRules(tx: TenantTx): Promise<RuleRow[]> {
  const { rows } = await tx.query<RuleRow>(`select ${COLUMNS} from app.category_rule r where r.tenant_id = $1 and r.deleted_at is null order by r.position, r.id`, [tx.tenantId])
  return rows
}

export async function listRules(tx: TenantTx, page: { readonly after: { readonly position: number; readonly id: string } | null; readonly limit: number }): Promise<RuleView[]> {
  const { rows } = await tx.query<RuleView>(`
    select ${COLUMNS}, ${COUNT} from app.category_rule r where r.tenant_id = $1 and r.deleted_at is null and ($2::int is null or (r.position, r.id) > ($2, $3::uuid)) order by r.position, r.id limit $4`,
  [tx.tenantId, page.after?.position ?? null, page.after?.id ?? null, page.limit])
  return rows
}

export async function findRule(tx: TenantTx, id: string): Promise<RuleView | undefined> {
  const { rows } = await tx.query<RuleView>(`select ${COLUMNS}, ${COUNT} from app.category_rule r where r.tenant_id = $1 and r.id = $2 and r.deleted_at is null`, [tx.tenantId, id])
  return rows[0]
}

export type RuleContent = Pick<RuleRow, 'id' | 'name' | 'isActive' | 'match' | 'conditions' | 'actions'>

export async function insertRule(tx: TenantTx, rule: RuleContent, by: string | null): Promise<void> {
  await tx.query(`
    insert into app.category_rule (tenant_id, id, name, is_active, match, conditions, actions, position, updated_by)
    select $1, $2, $3, $4, $5, $6::text::jsonb, $7::text::jsonb, coalesce(max(position), 0) + 1, $8 from app.category_rule where tenant_id = $1`,
  [tx.tenantId, rule.id, rule.name, rule.isActive, rule.match, JSON.stringify(rule.conditions), JSON.stringify(rule.actions), by])
}

export async function updateRule(tx: TenantTx, rule: RuleContent, by: string | null): Promise<void> {
  await tx.query(`
    update app.category_rule set name = $3, is_active = $4, match = $5, conditions = $6::text::jsonb, actions = $7::text::jsonb, version = version + 1, updated_by = $8, updated_at = now() where tenant_id = $1 and id = $2`,
  [tx.tenantId, rule.id, rule.name, rule.isActive, rule.match, JSON.stringify(rule.conditions), JSON.stringify(rule.actions), by])
}

export async function orderRules(tx: TenantTx, ids: readonly string[]): Promise<void> {
  await tx.query('update app.category_rule r set position = u.n from unnest($2::uuid[]) with ordinality as u(id, n) where r.tenant_id = $1 and r.id = u.id', [tx.tenantId, ids])
}

export async function removeRule(tx: TenantTx, id: string, by: string | null): Promise<void> {
  await tx.query('update app.category_rule set deleted_at = now(), is_active = false, updated_by = $3, updated_at = now() where tenant_id = $1 and id = $2', [tx.tenantId, id, by])
}

/** Whether a rule in use puts lines in a category. */
export async function ruleUses(tx: TenantTx, categoryId: string): Promise<boolean> {
  const { rows } = await tx.query(`select 1 from app.category_rule where tenant_id = $1 and deleted_at is null and (actions->>'categoryId' = $2 or actions->'split' @> jsonb_build_array(jsonb_build_object('categoryId', $2::text))) limit 1`, [tx.tenantId, categoryId])
  return rows.length > 0
}

/** Whether the bank accounts and the merchants a rule names are all there. */
export async function ruleSubjects(tx: TenantTx, { accounts, merchants }: { readonly accounts: readonly string[]; readonly merchants: readonly string[] }): Promise<boolean> {
  const { rows } = await tx.query<{ accounts: number; merchants: number }>(`
    select (select count(*)::int from app.bank_account where tenant_id = $1 and id = any($2::uuid[])) as accounts, (select count(*)::int from app.merchant where tenant_id = $1 and id = any($3::uuid[])) as merchants`,
  [tx.tenantId, accounts, merchants])
  return rows[0]!.accounts === accounts.length && rows[0]!.merchants === merchants.length
}
