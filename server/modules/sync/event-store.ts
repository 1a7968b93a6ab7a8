import type { Provider } from '../../../contract/sync.ts'
import type { SystemTx, TenantTx } from '../../platform/db/types.ts'
import type { TenantId } from '../../../core/kernel/id.ts'
import type { EventState, IncomingEvent, IncomingEventWhole, Outcome } from './types.ts'

const COLUMNS = `e.id, e.connection_id as "connectionId", c.name as "connectionName", c.provider, e.kind, e.state, e.received_at as "receivedAt", e.processed_at as "processedAt", e.times, e.tries, e.replayed,
  e.outcome, e.run_id as "runId", length(e.body) as size`
const FROM = 'app.sync_event e join app.sync_connection c on c.tenant_id = e.tenant_id and c.id = e.connection_id'

export type NewEvent = { readonly id: string; readonly connectionId: string; readonly key: string; readonly kind: string | null; readonly body: Uint8Array; readonly headers: Readonly<Record<string, string>>; readonly at: Date }

/** Keeps a notification as it came. Answers false for one that is known, which is only counted. */
export async function insertEvent(tx: TenantTx, event: NewEvent): Promise<boolean> {
  const { rows } = await tx.query<{ times: number }>(`
    insert into app.sync_event as e (tenant_id, id, connection_id, event_key, kind, body, headers, received_at) values ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8)
    on conflict (tenant_id, connection_id, event_key) do update set times = e.times + 1 returning e.times`,
  [tx.tenantId, event.id, event.connectionId, event.key, event.kind, event.body, JSON.stringify(event.headers), event.at.toISOString()])
  await tx.query('update app.sync_connection set last_event_at = $3 where tenant_id = $1 and id = $2', [tx.tenantId, event.connectionId, event.at.toISOString()])
  return rows[0]?.times === 1
}

export type EventFilter = { readonly connectionId: string | null; readonly provider: Provider | null; readonly state: EventState | null; readonly after: { readonly receivedAt: string; readonly id: string } | null; readonly limit: number }

/** Notifications, latest first. */
export async function listEvents(tx: TenantTx, filter: EventFilter): Promise<IncomingEvent[]> {
  const { rows } = await tx.query<IncomingEvent>(`
    select ${COLUMNS} from ${FROM} where e.tenant_id = $1 and ($2::uuid is null or e.connection_id = $2) and ($3::text is null or c.provider = $3) and ($4::text is null or e.state = $4)
      and ($5::timestamptz is null or (e.received_at, e.id) < ($5, $6::uuid))
    order by e.received_at desc, e.id desc limit $7`,
  [tx.tenantId, filter.connectionId, filter.provider, filter.state, filter.after?.receivedAt ?? null, filter.after?.id ?? null, filter.limit])
  return rows
}

export async function findEvent(tx: TenantTx, id: string): Promise<IncomingEventWhole | undefined> {
  const { rows } = await tx.query<IncomingEventWhole>(`select ${COLUMNS}, e.headers, e.body from ${FROM} where e.tenant_id = $1 and e.id = $2`, [tx.tenantId, id])
  return rows[0]
}

/** A notification that waits, taken by whoever handles it now. Its connection is locked first, so that they are handled one by one. */
export async function takeWaiting(tx: TenantTx, id: string): Promise<IncomingEventWhole | undefined> {
  const { rows } = await tx.query<IncomingEventWhole>(`select ${COLUMNS}, e.headers, e.body from ${FROM} where e.tenant_id = $1 and e.id = $2 and e.state = 'waiting' for update of e`, [tx.tenantId, id])
  return rows[0]
}

export async function saveHandled(tx: TenantTx, id: string, { state, outcome, runId, at }: { readonly state: EventState; readonly outcome: Outcome; readonly runId: string | null; readonly at: Date }): Promise<void> {
  await tx.query('update app.sync_event set state = $3, outcome = $4::text::jsonb, run_id = $5, processed_at = $6, tries = tries + 1 where tenant_id = $1 and id = $2', [tx.tenantId, id, state, JSON.stringify(outcome), runId, at.toISOString()])
}

/** One try more that came to nothing. */
export async function countTry(tx: TenantTx, id: string): Promise<void> {
  await tx.query('update app.sync_event set tries = tries + 1 where tenant_id = $1 and id = $2 and state = \'waiting\'', [tx.tenantId, id])
}

/** Has a notification wait to be handled again; false when it waits already. */
export async function waitAgain(tx: TenantTx, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('update app.sync_event set state = \'waiting\', replayed = true, processed_at = null where tenant_id = $1 and id = $2 and state <> \'waiting\'', [tx.tenantId, id])
  return rowCount > 0
}

/** Notifications that failed wait again, and those that wait are named too, oldest first. */
export async function openEvents(tx: TenantTx, { connectionId, limit }: { readonly connectionId: string | null; readonly limit: number }): Promise<string[]> {
  await tx.query('update app.sync_event set state = \'waiting\', replayed = true, processed_at = null where tenant_id = $1 and state = \'failed\' and ($2::uuid is null or connection_id = $2)', [tx.tenantId, connectionId])
  const { rows } = await tx.query<{ id: string }>(`select e.id from ${FROM} where e.tenant_id = $1 and e.state = 'waiting' and c.removed_at is null and ($2::uuid is null or e.connection_id = $2)
    order by e.received_at, e.id limit $3`, [tx.tenantId, connectionId, limit])
  return rows.map(({ id }) => id)
}

/** Forgets what was handled long ago, and the log of that time. Answers how many notifications went. */
export async function dropOld(tx: TenantTx, before: Date): Promise<number> {
  const { rowCount } = await tx.query('delete from app.sync_event where tenant_id = $1 and received_at < $2 and state in (\'done\', \'ignored\')', [tx.tenantId, before.toISOString()])
  await tx.query('delete from app.sync_run r where tenant_id = $1 and started_at < $2 and not exists (select 1 from app.sync_event e where e.tenant_id = r.tenant_id and e.run_id = r.id)', [tx.tenantId, before.toISOString()])
  return rowCount
}

const TENANTS_MAX = 100_000

export async function allCompanies(tx: SystemTx): Promise<TenantId[]> {
  const { rows } = await tx.query<{ id: TenantId }>('select tenant_id as id from app.company order by tenant_id limit $1', [TENANTS_MAX])
  return rows.map(({ id }) => id)
}

/** What a job must know of its company. */
export async function companyOf(tx: TenantTx): Promise<{ readonly currency: string; readonly timeZone: string } | undefined> {
  const { rows } = await tx.query<{ currency: string; timeZone: string }>('select currency, time_zone as "timeZone" from app.company where tenant_id = $1', [tx.tenantId])
  return rows[0]
}
