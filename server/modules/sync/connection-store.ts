import type { Provider } from '../../../contract/sync.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { Connection, ConnectionAccount, ConnectionView, RefusalReason, Sealed, StoredState } from './types.ts'

const COLUMNS = `c.id, c.provider, c.name, c.institution, c.external_id as "externalId", c.state, c.state_detail as "stateDetail", c.state_as_of as "stateAsOf", c.consent_until as "consentUntil",
  c.signing_hint as "signingHint", c.plaid_access is not null as "hasPlaid", c.to_sync_since as "toSyncSince", c.last_event_at as "lastEventAt", c.version, c.created_at as "createdAt"`
/** Connections one company keeps. */
export const CONNECTIONS_MAX = 50
const ACCOUNTS_MAX = 200

/** The connections of a company, oldest first; they are few. */
export async function listConnections(tx: TenantTx, filter: { readonly id: string | null; readonly provider: Provider | null; readonly limit: number }): Promise<ConnectionView[]> {
  const { rows } = await tx.query<Omit<ConnectionView, 'accounts'>>(`
    select ${COLUMNS}, coalesce(e.pending, 0) as pending, coalesce(e.failed, 0) as failed, coalesce(r.count, 0)::int as refused, r.at as "lastRefusedAt", x.at as "lastRunAt"
    from app.sync_connection c
    left join lateral (select count(*) filter (where v.state = 'waiting')::int as pending, count(*) filter (where v.state = 'failed')::int as failed
      from app.sync_event v where v.tenant_id = c.tenant_id and v.connection_id = c.id and v.state in ('waiting', 'failed')) e on true
    left join lateral (select sum(f.count) as count, max(f.last_at) as at from app.sync_refusal f where f.tenant_id = c.tenant_id and f.connection_id = c.id) r on true
    left join lateral (select max(n.started_at) as at from app.sync_run n where n.tenant_id = c.tenant_id and n.connection_id = c.id) x on true
    where c.tenant_id = $1 and c.removed_at is null and ($2::uuid is null or c.id = $2) and ($3::text is null or c.provider = $3)
    order by c.created_at, c.id limit $4`, [tx.tenantId, filter.id, filter.provider, filter.limit])
  const accounts = Map.groupBy(await accountsOf(tx, rows.map(({ id }) => id)), ({ connectionId }) => connectionId)
  return rows.map((row) => ({ ...row, accounts: (accounts.get(row.id) ?? []).slice(0, ACCOUNTS_MAX).map(({ connectionId: _of, ...account }) => account) }))
}

export async function accountsOf(tx: TenantTx, connectionIds: readonly string[]): Promise<(ConnectionAccount & { readonly connectionId: string })[]> {
  const { rows } = await tx.query<ConnectionAccount & { connectionId: string }>(`
    select connection_id as "connectionId", external_id as "externalId", name, iban, currency, bank_account_id as "bankAccountId" from app.sync_account
    where tenant_id = $1 and connection_id = any($2::uuid[]) order by connection_id, external_id`, [tx.tenantId, connectionIds])
  return rows
}

/** How many there are; whoever asks adds one before anyone else does. */
export async function countConnectionsForUpdate(tx: TenantTx): Promise<number> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended(\'connections\' || $1::text, 0))', [tx.tenantId])
  const { rows } = await tx.query<{ count: number }>('select count(*)::int as count from app.sync_connection where tenant_id = $1 and removed_at is null', [tx.tenantId])
  return rows[0]!.count
}

export type NewConnectionRow = { readonly id: string; readonly provider: Provider; readonly name: string; readonly institution: string | null; readonly externalId: string | null; readonly tokenHash: Uint8Array; readonly createdBy: string | null }

export async function insertConnection(tx: TenantTx, row: NewConnectionRow): Promise<void> {
  await tx.query('insert into app.sync_connection (tenant_id, id, provider, name, institution, external_id, token_hash, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [tx.tenantId, row.id, row.provider, row.name, row.institution, row.externalId, row.tokenHash, row.createdBy])
}

/** One connection, which nobody else changes, nor handles a notification of, before the transaction ends. */
export async function lockConnection(tx: TenantTx, id: string): Promise<Connection | undefined> {
  const { rows } = await tx.query<Connection>(`select ${COLUMNS} from app.sync_connection c where c.tenant_id = $1 and c.id = $2 and c.removed_at is null for update`, [tx.tenantId, id])
  return rows[0]
}

/** What it takes to prove a notification, without a lock. */
export async function findSealed(tx: TenantTx, id: string): Promise<(Sealed & { readonly provider: Provider }) | undefined> {
  const { rows } = await tx.query<Sealed & { provider: Provider }>(`
    select provider, token_hash as "tokenHash", signing_secret as "signingSecret", plaid_access as "plaidAccess", keys_asked_at as "keysAskedAt"
    from app.sync_connection where tenant_id = $1 and id = $2 and removed_at is null`, [tx.tenantId, id])
  return rows[0]
}

export async function saveConnection(tx: TenantTx, { id, name, institution, externalId }: Pick<Connection, 'id' | 'name' | 'institution' | 'externalId'>): Promise<void> {
  await tx.query('update app.sync_connection set name = $3, institution = $4, external_id = $5, version = version + 1 where tenant_id = $1 and id = $2', [tx.tenantId, id, name, institution, externalId])
}

export async function saveToken(tx: TenantTx, id: string, tokenHash: Uint8Array): Promise<void> {
  await tx.query('update app.sync_connection set token_hash = $3, version = version + 1 where tenant_id = $1 and id = $2', [tx.tenantId, id, tokenHash])
}

export async function saveSigning(tx: TenantTx, id: string, { secret, hint }: { readonly secret: string; readonly hint: string }): Promise<void> {
  await tx.query('update app.sync_connection set signing_secret = $3, signing_hint = $4, version = version + 1 where tenant_id = $1 and id = $2', [tx.tenantId, id, secret, hint])
}

/** Other access: the keys fetched with the one before are forgotten. */
export async function savePlaidAccess(tx: TenantTx, id: string, sealed: string): Promise<void> {
  await tx.query('update app.sync_connection set plaid_access = $3, keys_asked_at = null, version = version + 1 where tenant_id = $1 and id = $2', [tx.tenantId, id, sealed])
  await tx.query('delete from app.sync_key where tenant_id = $1 and connection_id = $2', [tx.tenantId, id])
}

/** Takes its secrets away and hides it. What it brought, and the log, stay. */
export async function removeConnectionRow(tx: TenantTx, id: string): Promise<void> {
  await tx.query(`update app.sync_connection set removed_at = now(), token_hash = null, signing_secret = null, signing_hint = null, plaid_access = null, cursor = '{}', to_sync_since = null, version = version + 1
    where tenant_id = $1 and id = $2`, [tx.tenantId, id])
  await tx.query('delete from app.sync_key where tenant_id = $1 and connection_id = $2', [tx.tenantId, id])
}

export async function saveState(tx: TenantTx, id: string, { state, detail, asOf }: { readonly state: StoredState; readonly detail: string | null; readonly asOf: Date }): Promise<void> {
  await tx.query('update app.sync_connection set state = $3, state_detail = $4, state_as_of = $5 where tenant_id = $1 and id = $2', [tx.tenantId, id, state, detail, asOf.toISOString()])
}

export async function saveConsent(tx: TenantTx, id: string, { until, detail }: { readonly until: Date; readonly detail: string | null }): Promise<void> {
  await tx.query('update app.sync_connection set consent_until = $3, state_detail = coalesce($4, state_detail) where tenant_id = $1 and id = $2', [tx.tenantId, id, until.toISOString(), detail])
}

/** There is something to fetch, since then; the first time counts. */
export async function markToSync(tx: TenantTx, id: string, at: Date): Promise<void> {
  await tx.query('update app.sync_connection set to_sync_since = coalesce(to_sync_since, $3) where tenant_id = $1 and id = $2', [tx.tenantId, id, at.toISOString()])
}

export async function clearToSync(tx: TenantTx, id: string): Promise<void> {
  await tx.query('update app.sync_connection set to_sync_since = null where tenant_id = $1 and id = $2', [tx.tenantId, id])
}

/** One more refusal of a kind: a row for each connection and reason, however many come. */
export async function countRefusal(tx: TenantTx, { connectionId, reason, at }: { readonly connectionId: string; readonly reason: RefusalReason; readonly at: Date }): Promise<void> {
  await tx.query(`insert into app.sync_refusal as f (tenant_id, connection_id, reason, last_at) values ($1, $2, $3, $4)
    on conflict (tenant_id, connection_id, reason) do update set count = f.count + 1, last_at = excluded.last_at`, [tx.tenantId, connectionId, reason, at.toISOString()])
}

/** The accounts a provider names; one whose IBAN is that of an account of ours is linked to it. What a person linked stays. */
export async function saveAccounts(tx: TenantTx, connectionId: string, accounts: readonly Omit<ConnectionAccount, 'bankAccountId'>[]): Promise<void> {
  const column = <K extends keyof (typeof accounts)[number]>(key: K) => accounts.map((account) => account[key])
  await tx.query(`
    insert into app.sync_account as s (tenant_id, connection_id, external_id, name, iban, currency)
    select $1, $2, u.* from unnest($3::text[], $4::text[], $5::text[], $6::text[]) u
    on conflict (tenant_id, connection_id, external_id) do update set name = coalesce(excluded.name, s.name), iban = coalesce(excluded.iban, s.iban), currency = coalesce(excluded.currency, s.currency), seen_at = now()`,
  [tx.tenantId, connectionId, column('externalId'), column('name'), column('iban'), column('currency')])
  await tx.query(`update app.sync_account s set bank_account_id = b.id from app.bank_account b
    where s.tenant_id = $1 and s.connection_id = $2 and s.bank_account_id is null and b.tenant_id = s.tenant_id and b.iban = s.iban`, [tx.tenantId, connectionId])
}

/** Links an account of the provider to ours; false when the provider never named it. */
export async function linkAccountRow(tx: TenantTx, link: { readonly connectionId: string; readonly externalId: string; readonly bankAccountId: string | null }): Promise<boolean> {
  const { rowCount } = await tx.query('update app.sync_account set bank_account_id = $4 where tenant_id = $1 and connection_id = $2 and external_id = $3', [tx.tenantId, link.connectionId, link.externalId, link.bankAccountId])
  return rowCount > 0
}

/** The institutions whose accounts a connection feeds. */
export async function institutionsOf(tx: TenantTx, connectionId: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(`
    select distinct b.institution_id as id from app.sync_account s join app.bank_account b on b.tenant_id = s.tenant_id and b.id = s.bank_account_id
    where s.tenant_id = $1 and s.connection_id = $2 and b.institution_id is not null order by 1`, [tx.tenantId, connectionId])
  return rows.map(({ id }) => id)
}

export async function isOurAccount(tx: TenantTx, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('select 1 from app.bank_account where tenant_id = $1 and id = $2', [tx.tenantId, id])
  return rowCount > 0
}
