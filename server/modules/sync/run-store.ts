import type { TenantTx } from '../../platform/db/types.ts'
import type { Run, RunView } from './types.ts'

const COLUMNS = `r.id, r.connection_id as "connectionId", c.name as "connectionName", c.provider, r.trigger, r.state, r.started_at as "startedAt", r.ended_at as "endedAt", r.accounts,
  r.lines_new as new, r.lines_known as known, r.lines_updated as updated, r.lines_refused as refused, r.problems, r.import_ids as "importIds",
  (select count(*)::int from app.bank_line l join app.line_category_view v on v.tenant_id = l.tenant_id and v.line_id = l.id
    where l.tenant_id = r.tenant_id and l.import_id = any(r.import_ids) and v.category_id is not null) as categorised`
const FROM = 'app.sync_run r left join app.sync_connection c on c.tenant_id = r.tenant_id and c.id = r.connection_id'

export async function insertRun(tx: TenantTx, run: Run): Promise<void> {
  await tx.query(`insert into app.sync_run (tenant_id, id, connection_id, trigger, state, started_at, ended_at, accounts, lines_new, lines_known, lines_updated, lines_refused, problems, import_ids)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::text::jsonb, $14::uuid[])`,
  [tx.tenantId, run.id, run.connectionId, run.trigger, run.state, run.startedAt, run.endedAt, run.accounts, run.new, run.known, run.updated, run.refused, JSON.stringify(run.problems), run.importIds])
}

export type RunFilter = { readonly id: string | null; readonly connectionId: string | null; readonly state: Run['state'] | null; readonly after: { readonly startedAt: string; readonly id: string } | null; readonly limit: number }

/** The log, latest first. */
export async function listRuns(tx: TenantTx, filter: RunFilter): Promise<RunView[]> {
  const { rows } = await tx.query<RunView>(`
    select ${COLUMNS} from ${FROM} where r.tenant_id = $1 and ($2::uuid is null or r.id = $2) and ($3::uuid is null or r.connection_id = $3) and ($4::text is null or r.state = $4)
      and ($5::timestamptz is null or (r.started_at, r.id) < ($5, $6::uuid))
    order by r.started_at desc, r.id desc limit $7`,
  [tx.tenantId, filter.id, filter.connectionId, filter.state, filter.after?.startedAt ?? null, filter.after?.id ?? null, filter.limit])
  return rows
}

/** The latest run of each connection. */
export async function lastRuns(tx: TenantTx, connectionIds: readonly string[]): Promise<RunView[]> {
  const { rows } = await tx.query<RunView>(`
    select ${COLUMNS} from unnest($2::uuid[]) u(id) cross join lateral (
      select * from app.sync_run x where x.tenant_id = $1 and x.connection_id = u.id order by x.started_at desc, x.id desc limit 1) r
    left join app.sync_connection c on c.tenant_id = r.tenant_id and c.id = r.connection_id`, [tx.tenantId, connectionIds])
  return rows
}
