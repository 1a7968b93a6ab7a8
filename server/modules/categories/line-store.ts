import type { TenantTx } from '../../platform/db/types.ts'
import type { ChangeKind, Filed, FiledRow, FilingLine, Part } from './types.ts'

const LINE = `l.id, l.bank_account_id as "accountId", l.booked_on as "bookedOn", l.amount, l.treated, l.currency, l.label, l.counterparty_name as "counterpartyName", l.reference, l.entry_id as "entryId",
  m.merchant_id as "merchantId", f.source, f.category_id as "categoryId", f.rule_id as "ruleId", coalesce(f.is_split, false) as "isSplit",
  exists (select 1 from app.period p where p.tenant_id = l.tenant_id and p.status = 'locked' and l.booked_on between p.starts_on and p.ends_on) as "isLocked"`
const FROM = `app.bank_line l left join app.line_category f on f.tenant_id = l.tenant_id and f.line_id = l.id left join app.line_merchant_view m on m.tenant_id = l.tenant_id and m.line_id = l.id`

export type LineChoice = {
  readonly importId: string | null
  readonly from: string | null
  readonly to: string | null
  /** Which lines: those nobody decided ('open'), also those a rule or what was learnt decided ('again'), or all. */
  readonly which: 'open' | 'again' | 'all'
}
const CHOSEN = `l.tenant_id = $1 and ($2::uuid is null or l.import_id = $2) and ($3::date is null or l.booked_on >= $3) and ($4::date is null or l.booked_on <= $4)
  and case $5 when 'open' then f.line_id is null when 'again' then f.source is distinct from 'manual' else true end`

const parametersOf = (tx: TenantTx, choice: LineChoice) => [tx.tenantId, choice.importId, choice.from, choice.to, choice.which]

export async function countLines(tx: TenantTx, choice: LineChoice): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(`select count(*)::int as count from app.bank_line l left join app.line_category f on f.tenant_id = l.tenant_id and f.line_id = l.id where ${CHOSEN}`, parametersOf(tx, choice))
  return rows[0]!.count
}

/** Lines to look at, in the order of ids. */
export async function linesAfter(tx: TenantTx, choice: LineChoice, page: { readonly after: string | null; readonly limit: number }): Promise<FilingLine[]> {
  const { rows } = await tx.query<FilingLine>(`select ${LINE} from ${FROM} where ${CHOSEN} and ($6::uuid is null or l.id > $6) order by l.id limit $7`, [...parametersOf(tx, choice), page.after, page.limit])
  return rows
}

/** The latest lines, for a trial of a rule. */
export async function latestLines(tx: TenantTx, { from, to, limit }: { readonly from: string | null; readonly to: string | null; readonly limit: number }): Promise<FilingLine[]> {
  const { rows } = await tx.query<FilingLine>(`select ${LINE} from ${FROM} where l.tenant_id = $1 and ($2::date is null or l.booked_on >= $2) and ($3::date is null or l.booked_on <= $3) order by l.booked_on desc, l.id desc limit $4`,
    [tx.tenantId, from, to, limit])
  return rows
}

export async function linesById(tx: TenantTx, ids: readonly string[]): Promise<FilingLine[]> {
  const { rows } = await tx.query<FilingLine>(`select ${LINE} from ${FROM} where l.tenant_id = $1 and l.id = any($2::uuid[]) order by l.id`, [tx.tenantId, ids])
  return rows
}

/** What is stored of the categories of lines, with their parts. */
export async function filedRows(tx: TenantTx, lineIds: readonly string[]): Promise<FiledRow[]> {
  const { rows } = await tx.query<Omit<FiledRow, 'parts' | 'confidence'> & { confidence: string | null; parts: readonly (readonly [string, string])[] | null }>(`
    select f.line_id as "lineId", f.category_id as "categoryId", f.source, f.confidence, f.rule_id as "ruleId", f.rule_version as "ruleVersion", f.model_version as "modelVersion", f.version, f.decided_at as "decidedAt",
      (select jsonb_agg(jsonb_build_array(p.category_id, p.amount::text) order by p.n) from app.line_part p where p.tenant_id = f.tenant_id and p.line_id = f.line_id) as parts
    from app.line_category f where f.tenant_id = $1 and f.line_id = any($2::uuid[]) order by f.line_id`, [tx.tenantId, lineIds])
  return rows.map((row) => ({ ...row, confidence: row.confidence === null ? null : Number(row.confidence), parts: row.parts?.map(([categoryId, amount]): Part => ({ categoryId, amount: BigInt(amount) })) ?? null }))
}

export async function insertChange(tx: TenantTx, change: { readonly id: string; readonly kind: ChangeKind; readonly by: string | null }): Promise<void> {
  await tx.query('insert into app.category_change (tenant_id, id, kind, made_by) values ($1, $2, $3, $4) on conflict (tenant_id, id) do nothing', [tx.tenantId, change.id, change.kind, change.by])
}

/** Stores decisions on lines, one each, and what each line was before, under a change that is there. Null takes the line back to having none. */
export async function saveFiled(tx: TenantTx, decisions: readonly { readonly lineId: string; readonly filed: Filed | null }[], { changeId, by }: { readonly changeId: string; readonly by: string | null }): Promise<void> {
  const lineIds = decisions.map(({ lineId }) => lineId)
  const before = new Map((await filedRows(tx, lineIds)).map((row) => [row.lineId, row]))
  const kept = decisions.filter(({ filed }) => filed !== null).map(({ filed }) => filed!)
  const gone = decisions.filter(({ filed }) => filed === null).map(({ lineId }) => lineId)
  await tx.query(`
    insert into app.category_change_line (tenant_id, change_id, line_id, before, after_version)
    select $1, $2, u.line_id, u.before::jsonb, u.after_version from unnest($3::uuid[], $4::text[], $5::int[]) as u(line_id, before, after_version)
    on conflict (tenant_id, change_id, line_id) do nothing`,
  [tx.tenantId, changeId, lineIds, decisions.map(({ lineId }) => { const row = before.get(lineId); return row ? JSON.stringify(atRest(row)) : null }),
    decisions.map(({ lineId, filed }) => (filed === null ? null : (before.get(lineId)?.version ?? 0) + 1))])
  await tx.query('delete from app.line_part where tenant_id = $1 and line_id = any($2::uuid[])', [tx.tenantId, lineIds])
  if (gone.length > 0) await tx.query('delete from app.line_category where tenant_id = $1 and line_id = any($2::uuid[])', [tx.tenantId, gone])
  const column = <K extends keyof Filed>(key: K) => kept.map((filed) => filed[key])
  await tx.query(`
    insert into app.line_category as f (tenant_id, line_id, category_id, source, confidence, rule_id, rule_version, model_version, is_split, decided_by)
    select $1, u.line_id, u.category_id, u.source, u.confidence, u.rule_id, u.rule_version, u.model_version, u.is_split, $10
    from unnest($2::uuid[], $3::uuid[], $4::text[], $5::numeric[], $6::uuid[], $7::int[], $8::bigint[], $9::boolean[]) as u(line_id, category_id, source, confidence, rule_id, rule_version, model_version, is_split)
    on conflict (tenant_id, line_id) do update set category_id = excluded.category_id, source = excluded.source, confidence = excluded.confidence, rule_id = excluded.rule_id, rule_version = excluded.rule_version,
      model_version = excluded.model_version, is_split = excluded.is_split, decided_by = excluded.decided_by, decided_at = now(), version = f.version + 1`,
  [tx.tenantId, column('lineId'), column('categoryId'), column('source'), kept.map(({ confidence }) => (confidence === null ? null : confidence.toFixed(4))), column('ruleId'), column('ruleVersion'), column('modelVersion'), kept.map(({ parts }) => parts !== null), by])
  const parts = kept.flatMap(({ lineId, parts: own }) => (own ?? []).map((part, n) => ({ ...part, lineId, n: n + 1 })))
  if (parts.length > 0) {
    await tx.query('insert into app.line_part (tenant_id, line_id, n, category_id, amount) select $1, u.* from unnest($2::uuid[], $3::smallint[], $4::uuid[], $5::bigint[]) u',
      [tx.tenantId, parts.map((part) => part.lineId), parts.map((part) => part.n), parts.map((part) => part.categoryId), parts.map((part) => part.amount)])
  }
}

type AtRest = Omit<Filed, 'lineId' | 'parts' | 'modelVersion'> & { readonly modelVersion: string | null; readonly parts: readonly (readonly [string, string])[] | null }

function atRest({ categoryId, source, confidence, ruleId, ruleVersion, modelVersion, parts }: Filed): AtRest {
  return { categoryId, source, confidence, ruleId, ruleVersion, modelVersion: modelVersion?.toString() ?? null, parts: parts?.map((part) => [part.categoryId, part.amount.toString()] as const) ?? null }
}

export type ChangeLine = { readonly lineId: string; readonly before: Filed | null; readonly afterVersion: number | null }

export async function findChange(tx: TenantTx, id: string): Promise<{ readonly kind: ChangeKind; readonly undoneAt: string | null } | undefined> {
  const { rows } = await tx.query<{ kind: ChangeKind; undoneAt: string | null }>('select kind, undone_at as "undoneAt" from app.category_change where tenant_id = $1 and id = $2', [tx.tenantId, id])
  return rows[0]
}

export async function markUndone(tx: TenantTx, id: string): Promise<void> {
  await tx.query('update app.category_change set undone_at = now() where tenant_id = $1 and id = $2', [tx.tenantId, id])
}

/** What a change did to lines, in the order of their ids. */
export async function changeLines(tx: TenantTx, changeId: string, page: { readonly after: string | null; readonly limit: number }): Promise<ChangeLine[]> {
  const { rows } = await tx.query<{ lineId: string; before: AtRest | null; afterVersion: number | null }>(`
    select line_id as "lineId", before, after_version as "afterVersion" from app.category_change_line where tenant_id = $1 and change_id = $2 and ($3::uuid is null or line_id > $3) order by line_id limit $4`,
  [tx.tenantId, changeId, page.after, page.limit])
  return rows.map(({ lineId, before, afterVersion }) => ({
    lineId, afterVersion,
    before: before && { ...before, lineId, modelVersion: before.modelVersion === null ? null : BigInt(before.modelVersion), parts: before.parts?.map(([categoryId, amount]) => ({ categoryId, amount: BigInt(amount) })) ?? null },
  }))
}

/** The latest change of a line that is not undone. */
export async function latestChange(tx: TenantTx, lineId: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(`
    select c.id from app.category_change_line l join app.category_change c on c.tenant_id = l.tenant_id and c.id = l.change_id
    where l.tenant_id = $1 and l.line_id = $2 and c.undone_at is null and c.kind <> 'undo' order by c.made_at desc, c.id desc limit 1`, [tx.tenantId, lineId])
  return rows[0]?.id
}

/** Lines in a category, or with a part in it, in the order of ids. */
export async function linesOfCategory(tx: TenantTx, categoryId: string, page: { readonly after: string | null; readonly limit: number }): Promise<string[]> {
  const { rows } = await tx.query<{ lineId: string }>(`
    select distinct v.line_id as "lineId" from app.line_part_view v where v.tenant_id = $1 and v.category_id = $2 and ($3::uuid is null or v.line_id > $3) order by v.line_id limit $4`, [tx.tenantId, categoryId, page.after, page.limit])
  return rows.map(({ lineId }) => lineId)
}
