import type { TenantTx } from '../../platform/db/types.ts'
import type { ChainRow } from './chain.ts'
import { canonicalJson } from './canonical.ts'

export type StoredRow = ChainRow & { readonly previous: Uint8Array; readonly hash: Uint8Array }
export type LockedEnd = ChainEnd & { readonly now: string }
export type ChainEnd = { readonly seq: bigint; readonly hash: Uint8Array }

type Columns = {
  seq: bigint; at: string; user_id: string | null; actor: string; action: string; subject_kind: string; subject_id: string
  before: unknown; after: unknown; address: string | null; prev_hash: Uint8Array; hash: Uint8Array
}

const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`

// The instant is read as text in UTC so that both engines give exactly what was hashed.
const COLUMNS = `seq, to_char(at at time zone 'UTC', ${ISO}) as at, user_id, actor, action, subject_kind, subject_id, before, after, address, prev_hash, hash`

function rowOf(row: Columns): StoredRow {
  return {
    seq: row.seq, at: row.at, userId: row.user_id, actor: row.actor, action: row.action, subjectKind: row.subject_kind, subjectId: row.subject_id,
    before: row.before, after: row.after, address: row.address, previous: row.prev_hash, hash: row.hash,
  }
}

/** The end of the chain, locked until the transaction ends: writers of one company queue here. `now` is the database's clock, so that several servers agree. */
export async function lockChainEnd(tx: TenantTx): Promise<LockedEnd | undefined> {
  const { rows } = await tx.query<LockedEnd>(`select seq, hash, to_char(clock_timestamp() at time zone 'UTC', ${ISO}) as now from app.audit_chain where tenant_id = $1 for update`, [tx.tenantId])
  return rows[0]
}

/** The end of the chain as it was last committed, and the last rank there is: one statement, so that a writer at this moment does not come between. */
export async function readChainEnd(tx: TenantTx): Promise<{ readonly end: ChainEnd | undefined; readonly last: bigint }> {
  const { rows } = await tx.query<{ seq: bigint | null; hash: Uint8Array | null; last: bigint | null }>(`
    select c.seq, c.hash, l.last from (select max(seq) as last from app.audit_log where tenant_id = $1) l
    left join app.audit_chain c on c.tenant_id = $1`, [tx.tenantId])
  const row = rows[0]
  return { end: row && row.seq !== null && row.hash !== null ? { seq: row.seq, hash: row.hash } : undefined, last: row?.last ?? 0n }
}

/** Makes the first link, unless another transaction just did. */
export async function startChain(tx: TenantTx, hash: Uint8Array): Promise<void> {
  await tx.query('insert into app.audit_chain (tenant_id, seq, hash) values ($1, 0, $2) on conflict (tenant_id) do nothing', [tx.tenantId, hash])
}

function jsonText(value: unknown): string | null {
  return value === null ? null : canonicalJson(value)
}

/** Writes one row and moves the end of the chain to it, in one statement. */
export async function appendRow(tx: TenantTx, row: StoredRow): Promise<void> {
  await tx.query(`
    with row as (
      insert into app.audit_log (tenant_id, seq, at, user_id, actor, action, subject_kind, subject_id, before, after, address, prev_hash, hash)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10::jsonb, $11, $12, $13)
    )
    update app.audit_chain set seq = $2, hash = $13 where tenant_id = $1`,
  [tx.tenantId, row.seq, row.at, row.userId, row.actor, row.action, row.subjectKind, row.subjectId,
    jsonText(row.before), jsonText(row.after), row.address, row.previous, row.hash])
}

/** What to look for. `action` ends with a dot when it names a whole kind; days are of the company's time zone. */
export type AuditFilter = {
  readonly userId?: string | undefined; readonly actor?: string | undefined; readonly action?: string | undefined
  readonly subjectKind?: string | undefined; readonly subjectId?: string | undefined; readonly text?: string | undefined
  readonly from?: string | undefined; readonly to?: string | undefined; readonly timeZone: string
}

/** A text to be found inside another: what has a meaning in a pattern is taken as it is. */
function inside(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
}

const FILTER = `($2::uuid is null or user_id = $2) and ($3::text is null or actor ilike $3)
  and ($4::text is null or action = $4 or starts_with(action, $4 || '.')) and ($5::text is null or subject_kind = $5) and ($6::text is null or subject_id = $6)
  and ($7::text is null or before::text ilike $7 or after::text ilike $7)
  and ($8::date is null or at >= ($8::date)::timestamp at time zone $10) and ($9::date is null or at < ($9::date + 1)::timestamp at time zone $10)`

function filterValues(tx: TenantTx, filter: AuditFilter): unknown[] {
  return [tx.tenantId, filter.userId ?? null, inside(filter.actor), filter.action ?? null, filter.subjectKind ?? null, filter.subjectId ?? null,
    inside(filter.text), filter.from ?? null, filter.to ?? null, filter.timeZone]
}

/** Rows from the newest to the oldest, older than `before`. */
export async function listRows(tx: TenantTx, filter: AuditFilter, page: { readonly before: bigint | null; readonly limit: number }): Promise<StoredRow[]> {
  const { rows } = await tx.query<Columns>(`
    select ${COLUMNS} from app.audit_log where tenant_id = $1 and ($11::bigint is null or seq < $11) and ${FILTER}
    order by seq desc limit $12`, [...filterValues(tx, filter), page.before, page.limit])
  return rows.map(rowOf)
}

/** The same rows from the oldest to the newest, for an export: after one rank and up to another. */
export async function exportRows(tx: TenantTx, filter: AuditFilter, page: { readonly after: bigint; readonly upTo: bigint; readonly limit: number }): Promise<StoredRow[]> {
  const { rows } = await tx.query<Columns>(`
    select ${COLUMNS} from app.audit_log where tenant_id = $1 and seq > $11 and seq <= $12 and ${FILTER}
    order by seq limit $13`, [...filterValues(tx, filter), page.after, page.upTo, page.limit])
  return rows.map(rowOf)
}

/** The actions the log holds, in order. */
export async function listActions(tx: TenantTx, limit: number): Promise<string[]> {
  const { rows } = await tx.query<{ action: string }>('select distinct action from app.audit_log where tenant_id = $1 order by action limit $2', [tx.tenantId, limit])
  return rows.map((row) => row.action)
}

/** The zone in which the days of a search are read. */
export async function timeZoneOf(tx: TenantTx): Promise<string> {
  const { rows } = await tx.query<{ zone: string }>('select time_zone as zone from app.company where tenant_id = $1', [tx.tenantId])
  return rows[0]?.zone ?? 'UTC'
}

/** Rows from the oldest to the newest, after one rank and up to another. */
export async function readChain(tx: TenantTx, { after, upTo, limit }: { after: bigint; upTo: bigint; limit: number }): Promise<StoredRow[]> {
  const { rows } = await tx.query<Columns>(`select ${COLUMNS} from app.audit_log where tenant_id = $1 and seq > $2 and seq <= $3 order by seq limit $4`, [tx.tenantId, after, upTo, limit])
  return rows.map(rowOf)
}
