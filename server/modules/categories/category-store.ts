import type { TenantTx } from '../../platform/db/types.ts'
import type { Category, CategoryView, Settings } from './types.ts'

const COLUMNS = `c.id, c.parent_id as "parentId", c.key, c.name, c.kind, c.account, c.vat_rate as "vatRate", c.vat_deductible::int as "vatDeductible", c.position, c.archived_at is not null as "isArchived", c.version`
const COUNT = `(select count(*)::int from app.line_part_view p where p.tenant_id = c.tenant_id and p.category_id = c.id) as "lineCount"`

/** Decisions on categories happen one after the other in a company: nobody's choice is lost under a job. */
export async function lockCategories(tx: TenantTx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended(\'categories\' || $1::text, 0))', [tx.tenantId])
}

/** The settings, or undefined for a company that has not received its categories yet. */
export async function findSettings(tx: TenantTx): Promise<(Settings & { readonly version: number }) | undefined> {
  const { rows } = await tx.query<Settings & { version: number }>('select categorise_new_lines as "categoriseNewLines", post_automatically as "postAutomatically", version from app.category_setting where tenant_id = $1', [tx.tenantId])
  return rows[0]
}

export async function insertSettings(tx: TenantTx): Promise<void> {
  await tx.query('insert into app.category_setting (tenant_id) values ($1)', [tx.tenantId])
}

export async function updateSettings(tx: TenantTx, { categoriseNewLines, postAutomatically }: Settings): Promise<void> {
  await tx.query('update app.category_setting set categorise_new_lines = $2, post_automatically = $3, version = version + 1 where tenant_id = $1', [tx.tenantId, categoriseNewLines, postAutomatically])
}

export async function insertCategories(tx: TenantTx, rows: readonly Omit<Category, 'isArchived' | 'version'>[]): Promise<void> {
  const column = <K extends keyof (typeof rows)[number]>(key: K) => rows.map((row) => row[key])
  await tx.query(`
    insert into app.category (tenant_id, id, parent_id, key, name, kind, account, vat_rate, vat_deductible, position)
    select $1, u.* from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::smallint[], $10::int[]) u`,
  [tx.tenantId, column('id'), column('parentId'), column('key'), column('name'), column('kind'), column('account'), column('vatRate'), column('vatDeductible'), column('position')])
}

/** Every category, groups before what is in them; at most as many as a company may have. */
export async function allCategories(tx: TenantTx): Promise<Category[]> {
  const { rows } = await tx.query<Category>(`select ${COLUMNS} from app.category c where c.tenant_id = $1 order by c.parent_id nulls first, c.position, c.id`, [tx.tenantId])
  return rows
}

/** The same with how many lines are in each. */
export async function categoryViews(tx: TenantTx): Promise<CategoryView[]> {
  const { rows } = await tx.query<CategoryView>(`
    select ${COLUMNS}, coalesce(n.count, 0) as "lineCount" from app.category c
    left join (select p.category_id, count(*)::int as count from app.line_part_view p where p.tenant_id = $1 group by p.category_id) n on n.category_id = c.id
    where c.tenant_id = $1 order by c.parent_id nulls first, c.position, c.id`, [tx.tenantId])
  return rows
}

export type CategoryFilter = { readonly kind: string | null; readonly archived: boolean; readonly search: string | null; readonly after: { readonly name: string; readonly id: string } | null; readonly limit: number }

export async function listCategories(tx: TenantTx, filter: CategoryFilter): Promise<CategoryView[]> {
  const { rows } = await tx.query<CategoryView>(`
    select ${COLUMNS}, ${COUNT} from app.category c
    where c.tenant_id = $1 and ($2::text is null or c.kind = $2) and (c.archived_at is not null) = $3 and ($4::text is null or c.name ilike $4)
      and ($5::text is null or (c.name, c.id) > ($5, $6::uuid))
    order by c.name, c.id limit $7`,
  [tx.tenantId, filter.kind, filter.archived, filter.search === null ? null : `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`, filter.after?.name ?? null, filter.after?.id ?? null, filter.limit])
  return rows
}

export async function findCategory(tx: TenantTx, id: string): Promise<CategoryView | undefined> {
  const { rows } = await tx.query<CategoryView>(`select ${COLUMNS}, ${COUNT} from app.category c where c.tenant_id = $1 and c.id = $2`, [tx.tenantId, id])
  return rows[0]
}

export async function updateCategory(tx: TenantTx, category: Omit<Category, 'isArchived' | 'version' | 'key'>): Promise<void> {
  await tx.query(`
    update app.category set parent_id = $3, name = $4, kind = $5, account = $6, vat_rate = $7, vat_deductible = $8, position = $9, version = version + 1 where tenant_id = $1 and id = $2`,
  [tx.tenantId, category.id, category.parentId, category.name, category.kind, category.account, category.vatRate, category.vatDeductible, category.position])
}

export async function archiveCategory(tx: TenantTx, id: string, archived: boolean): Promise<void> {
  await tx.query('update app.category set archived_at = case when $3 then now() end, version = version + 1 where tenant_id = $1 and id = $2', [tx.tenantId, id, archived])
}

/** Deletes a category nothing refers to; false when something does, whatever module it belongs to. */
export async function deleteCategory(tx: TenantTx, id: string): Promise<boolean> {
  const { rows } = await tx.query<{ deleted: boolean }>('select app.delete_unused_category($1, $2) as deleted', [tx.tenantId, id])
  return rows[0]!.deleted
}

/** Whether the place already holds a category of this name, accents counted, case not. */
export async function nameTaken(tx: TenantTx, { name, parentId, except }: { readonly name: string; readonly parentId: string | null; readonly except: string | null }): Promise<boolean> {
  const { rows } = await tx.query(`select 1 from app.category where tenant_id = $1 and archived_at is null and parent_id is not distinct from $2 and lower(name) = lower($3) and id is distinct from $4 limit 1`,
    [tx.tenantId, parentId, name, except])
  return rows.length > 0
}
