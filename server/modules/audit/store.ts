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

/** The end of the chain as it was last committed; undefined when nothing was ever written. */
export async function readChainEnd(tx: TenantTx): Promise<ChainEnd | undefined> {
  const { rows } = await tx.query<ChainEnd>('select seq, hash from app.audit_chain where tenant_id = $1', [tx.tenantId])
  return rows[0]
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

export type AuditFilter = { readonly action?: string | undefined; readonly subjectId?: string | undefined; readonly before: bigint | null; readonly limit: number }

/** Rows from the newest to the oldest, older than `before`. */
export async function listRows(tx: TenantTx, filter: AuditFilter): Promise<StoredRow[]> {
  const { rows } = await tx.query<Columns>(`
    select ${COLUMNS} from app.audit_log
    where tenant_id = $1 and ($2::bigint is null or seq < $2) and ($3::text is null or action = $3) and ($4::text is null or subject_id = $4)
    order by seq desc limit $5`,
  [tx.tenantId, filter.before, filter.action ?? null, filter.subjectId ?? null, filter.limit])
  return rows.map(rowOf)
}

/** Rows from the oldest to the newest, after one rank and up to another. */
export async function readChain(tx: TenantTx, { after, upTo, limit }: { after: bigint; upTo: bigint; limit: number }): Promise<StoredRow[]> {
  const { rows } = await tx.query<Columns>(`select ${COLUMNS} from app.audit_log where tenant_id = $1 and seq > $2 and seq <= $3 order by seq limit $4`, [tx.tenantId, after, upTo, limit])
  return rows.map(rowOf)
}
