import type { EventKind } from '../../../contract/events.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { DisabledBecause, Endpoint, EndpointView, SealedSecrets } from './types.ts'

const COLUMNS = `e.id, e.url, e.description, e.kinds, e.enabled, e.disabled_because as "disabledBecause", e.secret_hint as "secretHint",
  case when e.previous_until > now() then e.previous_until end as "previousUntil", e.version, e.created_at as "createdAt"`

const VIEW = `${COLUMNS}, coalesce(c.waiting, 0) as waiting, coalesce(c.dead, 0) as dead, l.at as "lastAt", l.status as "lastStatus", l.state as "lastState"`
const COUNTS = `left join lateral (
    select count(*) filter (where d.state = 'waiting')::int as waiting, count(*) filter (where d.state = 'dead')::int as dead
    from app.webhook_delivery d where d.tenant_id = e.tenant_id and d.endpoint_id = e.id and d.state <> 'delivered') c on true
  left join lateral (
    select t.at, t.status, d.state from app.webhook_delivery d join app.webhook_try t on t.tenant_id = d.tenant_id and t.delivery_id = d.id and t.n = d.tries
    where d.tenant_id = e.tenant_id and d.endpoint_id = e.id order by d.created_at desc, d.id desc limit 1) l on true`

/** The addresses of a company, oldest first; they are few. */
export async function listEndpoints(tx: TenantTx, { id, limit }: { readonly id: string | null; readonly limit: number }): Promise<EndpointView[]> {
  const { rows } = await tx.query<EndpointView>(`
    select ${VIEW} from app.webhook_endpoint e ${COUNTS} where e.tenant_id = $1 and ($2::uuid is null or e.id = $2) order by e.created_at, e.id limit $3`, [tx.tenantId, id, limit])
  return rows
}

/** Those that are told of anything now. */
export async function enabledEndpoints(tx: TenantTx): Promise<Pick<Endpoint, 'id' | 'kinds'>[]> {
  const { rows } = await tx.query<Pick<Endpoint, 'id' | 'kinds'>>('select id, kinds from app.webhook_endpoint where tenant_id = $1 and enabled order by id', [tx.tenantId])
  return rows
}

/** How many there are; whoever asks adds one before anyone else does. */
export async function countEndpointsForUpdate(tx: TenantTx): Promise<number> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`webhook_endpoint ${tx.tenantId}`])
  const { rows } = await tx.query<{ count: number }>('select count(*)::int as count from app.webhook_endpoint where tenant_id = $1', [tx.tenantId])
  return rows[0]!.count
}

export async function lockEndpoint(tx: TenantTx, id: string): Promise<Endpoint | undefined> {
  const { rows } = await tx.query<Endpoint>(`select ${COLUMNS} from app.webhook_endpoint e where e.tenant_id = $1 and e.id = $2 for update`, [tx.tenantId, id])
  return rows[0]
}

export async function findSecrets(tx: TenantTx, id: string): Promise<SealedSecrets | undefined> {
  const { rows } = await tx.query<SealedSecrets>(`
    select secret, case when previous_until > now() then previous_secret end as previous from app.webhook_endpoint where tenant_id = $1 and id = $2`, [tx.tenantId, id])
  return rows[0]
}

export type NewEndpoint = Pick<Endpoint, 'id' | 'url' | 'description' | 'kinds' | 'secretHint'> & { readonly secret: string; readonly createdBy: string | null }

export async function insertEndpoint(tx: TenantTx, endpoint: NewEndpoint): Promise<void> {
  await tx.query(`
    insert into app.webhook_endpoint (tenant_id, id, url, description, kinds, secret, secret_hint, created_by) values ($1, $2, $3, $4, $5::text[], $6, $7, $8)`,
  [tx.tenantId, endpoint.id, endpoint.url, endpoint.description, endpoint.kinds, endpoint.secret, endpoint.secretHint, endpoint.createdBy])
}

export type EndpointChange = { readonly url: string; readonly description: string; readonly kinds: readonly EventKind[]; readonly disabledBecause: DisabledBecause | null }

export async function saveEndpoint(tx: TenantTx, id: string, change: EndpointChange): Promise<void> {
  await tx.query(`
    update app.webhook_endpoint set url = $3, description = $4, kinds = $5::text[], disabled_because = $6, enabled = $6::text is null, version = version + 1
    where tenant_id = $1 and id = $2`, [tx.tenantId, id, change.url, change.description, change.kinds, change.disabledBecause])
}

/** The present secret becomes the previous one, which signs beside it for some hours. */
export async function rotateSecretRow(tx: TenantTx, id: string, { secret, hint, hours }: { readonly secret: string; readonly hint: string; readonly hours: number }): Promise<void> {
  await tx.query(`
    update app.webhook_endpoint set previous_secret = secret, previous_until = now() + make_interval(hours => $5), secret = $3, secret_hint = $4, version = version + 1
    where tenant_id = $1 and id = $2`, [tx.tenantId, id, secret, hint, hours])
}

export async function deleteEndpointRow(tx: TenantTx, id: string): Promise<void> {
  await tx.query('delete from app.webhook_endpoint where tenant_id = $1 and id = $2', [tx.tenantId, id])
}
