import type { Context } from '../../platform/access/context.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { Change, ChangeView } from './types.ts'

const COLUMNS = `c.id, c.kind, c.merchant_id as "merchantId", c.others, c.before, c.actor, c.made_at as at, c.undone_at as "undoneAt",
  c.undone_at is null and not exists (
    select 1 from app.merchant_change x where x.tenant_id = c.tenant_id and x.undone_at is null and (x.made_at, x.id) > (c.made_at, c.id)
      and (x.merchant_id = any(c.others || c.merchant_id) or x.others && (c.others || c.merchant_id))) as "mayUndo"`

export async function insertChange(tx: TenantTx, ctx: Pick<Context, 'actor' | 'userId'>, change: Pick<Change, 'id' | 'kind' | 'merchantId' | 'others' | 'before'>): Promise<void> {
  await tx.query('insert into app.merchant_change (tenant_id, id, kind, merchant_id, others, before, actor, made_by) values ($1, $2, $3, $4, $5::uuid[], $6::text::jsonb, $7, $8)',
    [tx.tenantId, change.id, change.kind, change.merchantId, change.others, JSON.stringify(change.before), ctx.actor, ctx.userId])
}

/** What was done to a merchant, latest first. */
export async function listChanges(tx: TenantTx, merchantId: string, limit: number): Promise<ChangeView[]> {
  const { rows } = await tx.query<ChangeView>(`select ${COLUMNS} from app.merchant_change c where c.tenant_id = $1 and (c.merchant_id = $2 or $2 = any(c.others)) order by c.made_at desc, c.id desc limit $3`,
    [tx.tenantId, merchantId, limit])
  return rows
}

export async function findChange(tx: TenantTx, id: string): Promise<ChangeView | undefined> {
  const { rows } = await tx.query<ChangeView>(`select ${COLUMNS} from app.merchant_change c where c.tenant_id = $1 and c.id = $2`, [tx.tenantId, id])
  return rows[0]
}

export async function markUndone(tx: TenantTx, id: string): Promise<void> {
  await tx.query('update app.merchant_change set undone_at = now() where tenant_id = $1 and id = $2', [tx.tenantId, id])
}

type Move = { readonly changeId: string; readonly to: string }

/** Moves every pattern and line of merchants to another, remembering where each was. */
export async function moveAll(tx: TenantTx, move: Move & { readonly from: readonly string[] }): Promise<void> {
  await moveAliases(tx, move, { from: move.from, ids: null })
  await moveLines(tx, move, { from: move.from, lineIds: null, aliasIds: null })
}

/** Moves patterns with the lines they lead to, and lines chosen one by one, which are then placed by hand. Answers how many of all. */
export async function moveSome(tx: TenantTx, move: Move & { readonly from: string; readonly aliasIds: readonly string[]; readonly lineIds: readonly string[] }): Promise<number> {
  const from = [move.from]
  const aliases = await moveAliases(tx, move, { from, ids: move.aliasIds })
  const led = await moveLines(tx, move, { from, lineIds: null, aliasIds: move.aliasIds })
  return aliases + led + await moveLines(tx, move, { from, lineIds: move.lineIds, aliasIds: null })
}

async function moveAliases(tx: TenantTx, { changeId, to }: Move, { from, ids }: { readonly from: readonly string[]; readonly ids: readonly string[] | null }): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(`
    with moved as (
      insert into app.merchant_move (tenant_id, change_id, kind, subject_id, from_merchant_id)
      select a.tenant_id, $2, 'alias', a.id, a.merchant_id from app.merchant_alias a
      where a.tenant_id = $1 and a.merchant_id = any($4::uuid[]) and ($5::uuid[] is null or a.id = any($5)) returning subject_id
    ), done as (
      update app.merchant_alias a set merchant_id = $3 from moved m where a.tenant_id = $1 and a.id = m.subject_id returning 1
    ) select count(*)::int as count from done`, [tx.tenantId, changeId, to, from, ids])
  return rows[0]!.count
}

type LinesOf = { readonly from: readonly string[]; readonly lineIds: readonly string[] | null; readonly aliasIds: readonly string[] | null }

/** Lines named one by one are then placed by hand; those a pattern leads to leave alone what was placed by hand. */
async function moveLines(tx: TenantTx, { changeId, to }: Move, { from, lineIds, aliasIds }: LinesOf): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(`
    with moved as (
      insert into app.merchant_move (tenant_id, change_id, kind, subject_id, from_merchant_id, from_source)
      select e.tenant_id, $2, 'line', e.line_id, e.merchant_id, e.merchant_source from app.line_enrichment e
      where e.tenant_id = $1 and e.merchant_id = any($4::uuid[]) and ($5::uuid[] is null or e.line_id = any($5))
        and ($6::uuid[] is null or (e.alias_id = any($6) and e.merchant_source <> 'manual'))
      returning subject_id
    ), done as (
      update app.line_enrichment e set merchant_id = $3, merchant_source = case when $5::uuid[] is null then e.merchant_source else 'manual' end
      from moved m where e.tenant_id = $1 and e.line_id = m.subject_id returning 1
    ) select count(*)::int as count from done`, [tx.tenantId, changeId, to, from, lineIds, aliasIds])
  return rows[0]!.count
}

/** Lines and patterns that are left with a merchant follow it into another, with nothing to remember. */
export async function moveRest(tx: TenantTx, { from, to }: { readonly from: string; readonly to: string }): Promise<void> {
  await tx.query('update app.merchant_alias set merchant_id = $3 where tenant_id = $1 and merchant_id = $2', [tx.tenantId, from, to])
  await tx.query('update app.line_enrichment set merchant_id = $3 where tenant_id = $1 and merchant_id = $2', [tx.tenantId, from, to])
}

/**
 * Puts back what a change moved, and with the patterns the lines that came by them since. What a person moved elsewhere
 * meanwhile stays there.
 */
export async function moveBack(tx: TenantTx, { changeId, from }: { readonly changeId: string; readonly from: string }): Promise<void> {
  await tx.query(`update app.merchant_alias a set merchant_id = m.from_merchant_id from app.merchant_move m
    where m.tenant_id = $1 and m.change_id = $2 and m.kind = 'alias' and a.tenant_id = m.tenant_id and a.id = m.subject_id and a.merchant_id = $3`, [tx.tenantId, changeId, from])
  await tx.query(`update app.line_enrichment e set merchant_id = m.from_merchant_id, merchant_source = m.from_source from app.merchant_move m
    where m.tenant_id = $1 and m.change_id = $2 and m.kind = 'line' and e.tenant_id = m.tenant_id and e.line_id = m.subject_id and e.merchant_id = $3`, [tx.tenantId, changeId, from])
  await tx.query(`update app.line_enrichment e set merchant_id = m.from_merchant_id from app.merchant_move m
    where m.tenant_id = $1 and m.change_id = $2 and m.kind = 'alias' and e.tenant_id = m.tenant_id and e.alias_id = m.subject_id and e.merchant_id = $3 and e.merchant_source <> 'manual'`, [tx.tenantId, changeId, from])
}
