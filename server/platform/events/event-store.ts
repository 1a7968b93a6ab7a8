import type { EventKind } from '../../../contract/events.ts'
import type { TenantId } from '../../../core/kernel/id.ts'
import type { SystemTx, TenantTx } from '../db/types.ts'
import { uuidv7 } from '../id/uuid.ts'

/** Tells, after the commit, the id of the company in which something happened. */
export const EVENT_CHANNEL = 'quittance_event'

export type NewEvent = { readonly kind: EventKind; readonly subject: string | null; readonly data: unknown }
export type StoredEvent = { readonly seq: bigint; readonly id: string; readonly at: string; readonly kind: EventKind; readonly subject: string | null; readonly data: Record<string, unknown> }

/** The last rank given, the last one the jobs reacted to, the last one thrown away by age. */
export type EventEnd = { readonly seq: bigint; readonly handled: bigint; readonly dropped: bigint }
const NOTHING: EventEnd = { seq: 0n, handled: 0n, dropped: 0n }

const RANKED_MAX = 1_000
const TENANTS_MAX = 10_000
const DROPPED_MAX = 5_000

/** Writes events in the transaction of their change, and tells who listens once it is committed. They have no rank yet. */
export async function insertEvents(tx: TenantTx, events: readonly NewEvent[]): Promise<void> {
  await tx.query(`
    with added as (
      insert into app.event (tenant_id, id, kind, subject, data) select $1, u.* from unnest($2::uuid[], $3::text[], $4::text[], $5::jsonb[]) u returning 1)
    select pg_notify('${EVENT_CHANNEL}', $1::uuid::text) where exists (select from added)`,
  [tx.tenantId, events.map(() => uuidv7()), events.map(({ kind }) => kind), events.map(({ subject }) => subject), events.map(({ data }) => JSON.stringify(data))])
}

/**
 * Gives the next ranks to the events committed since. The end stays locked until the transaction ends, so ranks are given
 * by one transaction at a time, to rows that every later reader sees: nothing appears below a rank that was read.
 */
export async function rankEvents(tx: TenantTx): Promise<void> {
  const { rows } = await tx.query('select 1 from app.event where tenant_id = $1 and seq is null limit 1', [tx.tenantId])
  if (rows.length === 0) return
  const { seq } = await lockEnd(tx)
  await tx.query(`
    with fresh as (select id, row_number() over (order by id) as n from (select id from app.event where tenant_id = $1 and seq is null order by id limit ${RANKED_MAX}) f),
    ranked as (update app.event e set seq = $2::bigint + f.n from fresh f where e.tenant_id = $1 and e.id = f.id returning e.seq)
    update app.event_end set seq = (select max(r.seq) from ranked r) where tenant_id = $1 and exists (select from ranked)`,
  [tx.tenantId, seq])
}

/** The end of a company's events, which nobody else moves before the transaction ends. */
export async function lockEnd(tx: TenantTx): Promise<EventEnd> {
  await tx.query('insert into app.event_end (tenant_id) values ($1) on conflict (tenant_id) do nothing', [tx.tenantId])
  const { rows } = await tx.query<EventEnd>('select seq, handled, dropped from app.event_end where tenant_id = $1 for update', [tx.tenantId])
  return rows[0]!
}

export async function findEnd(tx: TenantTx): Promise<EventEnd> {
  const { rows } = await tx.query<EventEnd>('select seq, handled, dropped from app.event_end where tenant_id = $1', [tx.tenantId])
  return rows[0] ?? NOTHING
}

export async function markHandled(tx: TenantTx, seq: bigint): Promise<void> {
  await tx.query('update app.event_end set handled = $2 where tenant_id = $1', [tx.tenantId, seq])
}

/** The events after a rank, in their order. */
export async function listEvents(tx: TenantTx, { after, limit }: { readonly after: bigint; readonly limit: number }): Promise<StoredEvent[]> {
  const { rows } = await tx.query<StoredEvent>(`
    select seq, id, at, kind, subject, data from app.event where tenant_id = $1 and seq > $2 order by seq limit $3`, [tx.tenantId, after, limit])
  return rows
}

/** Throws away the events older than a number of days that the jobs have reacted to. Answers how many. */
export async function dropEvents(tx: TenantTx, days: number): Promise<number> {
  const { handled } = await lockEnd(tx)
  const { rows } = await tx.query<{ dropped: number }>(`
    with old as (
      delete from app.event where tenant_id = $1 and id in (
        select id from app.event where tenant_id = $1 and seq <= $2 and at < now() - make_interval(days => $3) order by seq limit ${DROPPED_MAX}) returning seq),
    moved as (update app.event_end set dropped = (select max(seq) from old) where tenant_id = $1 and exists (select from old))
    select count(*)::int as dropped from old`, [tx.tenantId, handled, days])
  return rows[0]?.dropped ?? 0
}

/** The companies with events that no job has reacted to: a process that dies between a commit and its message leaves some. */
export async function tenantsToReact(tx: SystemTx): Promise<TenantId[]> {
  const { rows } = await tx.query<{ tenantId: TenantId }>(`
    select tenant_id as "tenantId" from app.event where seq is null union select tenant_id from app.event_end where handled < seq order by 1 limit ${TENANTS_MAX}`)
  return rows.map(({ tenantId }) => tenantId)
}

/** The companies that keep events, a page at a time. */
export async function tenantsWithEvents(tx: SystemTx, { after, limit }: { readonly after: string | null; readonly limit: number }): Promise<TenantId[]> {
  const { rows } = await tx.query<{ tenantId: TenantId }>(`
    select tenant_id as "tenantId" from app.event_end where dropped < seq and ($1::uuid is null or tenant_id > $1) order by tenant_id limit $2`, [after, limit])
  return rows.map(({ tenantId }) => tenantId)
}
