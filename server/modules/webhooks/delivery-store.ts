import type { EventKind } from '../../../contract/events.ts'
import type { TenantId } from '../../../core/kernel/id.ts'
import type { SystemTx, TenantTx } from '../../platform/db/types.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import type { Delivery, DeliveryFailure, DeliveryState, Try } from './types.ts'

const COLUMNS = `d.id, d.endpoint_id as "endpointId", d.event_id as "eventId", d.kind, d.body, d.state, d.tries, d.round, d.next_at as "nextAt",
  d.last_status as "lastStatus", d.last_error as "lastError", d.created_at as "createdAt", d.delivered_at as "deliveredAt"`
const DROPPED_MAX = 2_000
const TENANTS_MAX = 10_000
/** A job may start a moment before the instant it was given. */
const EARLY_SECONDS = 5

export type NewDelivery = { readonly endpointId: string; readonly eventId: string; readonly kind: EventKind; readonly body: string }

/** Adds what is to be sent. An event that an address was already given is left alone. Answers the ids of those added. */
export async function insertDeliveries(tx: TenantTx, deliveries: readonly NewDelivery[]): Promise<string[]> {
  if (deliveries.length === 0) return []
  const { rows } = await tx.query<{ id: string }>(`
    insert into app.webhook_delivery (tenant_id, id, endpoint_id, event_id, kind, body, next_at)
    select $1, u.*, now() from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[]) u
    on conflict (tenant_id, endpoint_id, event_id) do nothing returning id`,
  [tx.tenantId, deliveries.map(() => uuidv7()), deliveries.map(({ endpointId }) => endpointId), deliveries.map(({ eventId }) => eventId), deliveries.map(({ kind }) => kind), deliveries.map(({ body }) => body)])
  return rows.map(({ id }) => id)
}

/** Takes a delivery that is due for one try; undefined when it is not, or when another worker has it. */
export async function claimDelivery(tx: TenantTx, id: string, seconds: number): Promise<Delivery | undefined> {
  const { rows } = await tx.query<Delivery>(`
    update app.webhook_delivery d set tries = d.tries + 1, round = d.round + 1, claimed_until = now() + make_interval(secs => $3)
    where d.tenant_id = $1 and d.id = $2 and d.state = 'waiting' and d.next_at <= now() + make_interval(secs => ${EARLY_SECONDS}) and coalesce(d.claimed_until, '-infinity') < now()
    returning ${COLUMNS}`, [tx.tenantId, id, seconds])
  return rows[0]
}

export async function findDelivery(tx: TenantTx, id: string): Promise<Delivery | undefined> {
  const { rows } = await tx.query<Delivery>(`select ${COLUMNS} from app.webhook_delivery d where d.tenant_id = $1 and d.id = $2`, [tx.tenantId, id])
  return rows[0]
}

export type Outcome = { readonly state: DeliveryState; readonly waitSeconds: number; readonly status: number | null; readonly error: DeliveryFailure | null }

/** Writes how a try ended, and what follows. */
export async function saveOutcome(tx: TenantTx, { id, tries }: Pick<Delivery, 'id' | 'tries'>, { outcome, made }: { readonly outcome: Outcome; readonly made: Omit<Try, 'n'> | null }): Promise<void> {
  await tx.query(`
    update app.webhook_delivery set state = $3, next_at = case when $3 = 'waiting' then now() + make_interval(secs => $4) end, claimed_until = null, last_status = $5, last_error = $6,
      delivered_at = case when $3 = 'delivered' then now() else delivered_at end
    where tenant_id = $1 and id = $2`, [tx.tenantId, id, outcome.state, outcome.waitSeconds, outcome.status, outcome.error])
  if (!made) return
  await tx.query(`
    insert into app.webhook_try (tenant_id, delivery_id, n, at, duration_ms, status, error, excerpt) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
  [tx.tenantId, id, tries, made.at, made.durationMs, made.status, made.error, made.excerpt])
}

export type DeliveryFilter = { readonly endpointId: string | null; readonly state: DeliveryState | null; readonly before: { readonly at: string; readonly id: string } | null; readonly limit: number }

/** Deliveries, latest first. */
export async function listDeliveryRows(tx: TenantTx, filter: DeliveryFilter): Promise<Delivery[]> {
  const { rows } = await tx.query<Delivery>(`
    select ${COLUMNS} from app.webhook_delivery d
    where d.tenant_id = $1 and ($2::uuid is null or d.endpoint_id = $2) and ($3::text is null or d.state = $3) and ($4::timestamptz is null or (d.created_at, d.id) < ($4, $5::uuid))
    order by d.created_at desc, d.id desc limit $6`, [tx.tenantId, filter.endpointId, filter.state, filter.before?.at ?? null, filter.before?.id ?? null, filter.limit])
  return rows
}

export async function listTries(tx: TenantTx, deliveryId: string, limit: number): Promise<Try[]> {
  const { rows } = await tx.query<Try>(`
    select n, at, duration_ms as "durationMs", status, error, excerpt from app.webhook_try where tenant_id = $1 and delivery_id = $2 order by n desc limit $3`, [tx.tenantId, deliveryId, limit])
  return rows
}

/** Has deliveries tried again from the start, now. Answers the ids of those that were not waiting already. */
export async function requeueDeliveries(tx: TenantTx, ids: readonly string[]): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(`
    update app.webhook_delivery set state = 'waiting', round = 0, next_at = now(), claimed_until = null where tenant_id = $1 and id = any($2::uuid[]) and (state <> 'waiting' or next_at > now()) returning id`, [tx.tenantId, ids])
  return rows.map(({ id }) => id)
}

/** What an address was given since an instant and is to be sent again. */
export async function deliveriesToReplay(tx: TenantTx, { endpointId, since, all, limit }: { readonly endpointId: string; readonly since: string; readonly all: boolean; readonly limit: number }): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(`
    select id from app.webhook_delivery where tenant_id = $1 and endpoint_id = $2 and created_at >= $3::timestamptz and (state = 'dead' or ($4 and state = 'delivered'))
    order by created_at, id limit $5`, [tx.tenantId, endpointId, since, all, limit])
  return rows.map(({ id }) => id)
}

export type MissedEvent = { readonly id: string; readonly at: string; readonly kind: EventKind; readonly subject: string | null; readonly data: Record<string, unknown> }

/** Events of the kinds of an address that it was never given, since it was suspended or made later. */
export async function missedEvents(tx: TenantTx, { endpointId, since, limit }: { readonly endpointId: string; readonly since: string; readonly limit: number }): Promise<MissedEvent[]> {
  const { rows } = await tx.query<MissedEvent>(`
    select v.id, v.at, v.kind, v.subject, v.data from app.event v join app.webhook_endpoint e on e.tenant_id = v.tenant_id and e.id = $2 and v.kind = any(e.kinds)
    where v.tenant_id = $1 and v.seq is not null and v.at >= $3::timestamptz and not exists (
      select from app.webhook_delivery d where d.tenant_id = v.tenant_id and d.endpoint_id = e.id and d.event_id = v.id)
    order by v.seq limit $4`, [tx.tenantId, endpointId, since, limit])
  return rows
}

/** Throws away deliveries that ended more than a number of days ago. Answers how many. */
export async function dropDeliveries(tx: TenantTx, days: number): Promise<number> {
  const { rows } = await tx.query<{ dropped: number }>(`
    with gone as (
      delete from app.webhook_delivery where tenant_id = $1 and id in (
        select id from app.webhook_delivery where tenant_id = $1 and state <> 'waiting' and created_at < now() - make_interval(days => $2) order by created_at, id limit ${DROPPED_MAX}) returning 1)
    select count(*)::int as dropped from gone`, [tx.tenantId, days])
  return rows[0]?.dropped ?? 0
}

/** The companies, for what is done in each. */
export async function allTenants(tx: SystemTx): Promise<TenantId[]> {
  const { rows } = await tx.query<{ id: TenantId }>(`select tenant_id as id from app.company order by tenant_id limit ${TENANTS_MAX}`)
  return rows.map(({ id }) => id)
}
