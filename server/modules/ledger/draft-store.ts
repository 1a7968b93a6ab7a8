import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { type EntryDraft, type LineDraft } from '../../../core/ledger/entry.ts'
import type { TenantTx } from '../../platform/db/types.ts'

/** A draft entry: no number, no rank, and its lines in the order they were typed. */
export type DraftRow = EntryDraft & { readonly id: string }

type StoredLine = { readonly account: string; readonly auxiliary: { readonly code: string; readonly name: string } | null; readonly label: string; readonly debit: string; readonly credit: string }
type StoredDraft = Omit<DraftRow, 'lines'> & { readonly lines: readonly StoredLine[] }

export const DRAFT_COLUMNS = `d.id, d.journal_code as journal, d.entry_date as date, d.piece_ref as "pieceRef", d.piece_date as "pieceDate", d.label, d.lines`

function store(lines: readonly LineDraft[]): string {
  return JSON.stringify(lines.map(({ account, auxiliary, label, debit, credit }): StoredLine => ({ account, auxiliary, label, debit: debit.toString(), credit: credit.toString() })))
}

function restore(row: StoredDraft): DraftRow {
  return { ...row, lines: row.lines.map((line) => ({ ...line, debit: BigInt(line.debit), credit: BigInt(line.credit), foreign: null })) }
}

export async function insertDraft(tx: TenantTx, draft: DraftRow, createdBy: string | null): Promise<void> {
  await tx.query(
    `insert into app.entry_draft (tenant_id, id, journal_code, entry_date, piece_ref, piece_date, label, lines, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9)`,
    [tx.tenantId, draft.id, draft.journal, draft.date, draft.pieceRef, draft.pieceDate, draft.label, store(draft.lines), createdBy],
  )
}

/** False when there is no such draft. */
export async function updateDraft(tx: TenantTx, draft: DraftRow): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update app.entry_draft set journal_code = $3, entry_date = $4, piece_ref = $5, piece_date = $6, label = $7, lines = $8::jsonb, version = version + 1
     where tenant_id = $1 and id = $2`,
    [tx.tenantId, draft.id, draft.journal, draft.date, draft.pieceRef, draft.pieceDate, draft.label, store(draft.lines)],
  )
  return rowCount > 0
}

/** Removes a draft and answers it; it is locked, so that two people never validate it twice. */
export async function takeDraft(tx: TenantTx, id: string): Promise<DraftRow | undefined> {
  const { rows } = await tx.query<StoredDraft>(`delete from app.entry_draft d where d.tenant_id = $1 and d.id = $2 returning ${DRAFT_COLUMNS}`, [tx.tenantId, id])
  return rows[0] && restore(rows[0])
}

export async function findDrafts(tx: TenantTx, ids: readonly string[]): Promise<DraftRow[]> {
  const { rows } = await tx.query<StoredDraft>(`select ${DRAFT_COLUMNS} from app.entry_draft d where d.tenant_id = $1 and d.id = any($2::uuid[])`, [tx.tenantId, ids])
  return rows.map(restore)
}

/** Labels of the accounts that are open, among these. */
export async function findAccountLabels(tx: TenantTx, numbers: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ number: string; label: string }>('select number, label from app.ledger_account where tenant_id = $1 and number = any($2::text[])', [tx.tenantId, numbers])
  return new Map(rows.map((row) => [row.number, row.label]))
}

export async function journalExists(tx: TenantTx, code: string): Promise<boolean> {
  return (await tx.query('select 1 from app.journal where tenant_id = $1 and code = $2', [tx.tenantId, code])).rows.length > 0
}

export type EntryKey = { readonly date: LocalDate; readonly seq: bigint; readonly id: string; readonly status: 'draft' | 'validated' }
export type EntryFilter = {
  readonly from: LocalDate | null
  readonly to: LocalDate | null
  readonly journal: string | null
  readonly status: 'draft' | 'validated' | null
  readonly search: string | null
  readonly after: { readonly date: string; readonly seq: string; readonly id: string } | null
  readonly limit: number
}

// Drafts have no rank: they come first within their day.
const LIST = `
select * from (
  (select e.entry_date as date, e.seq, e.id, 'validated' as status from app.entry e
   where e.tenant_id = $1 and $2::text is distinct from 'draft'
     and ($3::date is null or e.entry_date >= $3) and ($4::date is null or e.entry_date <= $4) and ($5::text is null or e.journal_code = $5)
     and ($6::text is null or e.label ilike $6 or e.piece_ref ilike $6 or e.number ilike $6)
     and ($7::date is null or (e.entry_date, e.seq, e.id) < ($7, $8, $9))
   order by e.entry_date desc, e.seq desc limit $10)
  union all
  (select d.entry_date, 9223372036854775807, d.id, 'draft' from app.entry_draft d
   where d.tenant_id = $1 and $2::text is distinct from 'validated'
     and ($3::date is null or d.entry_date >= $3) and ($4::date is null or d.entry_date <= $4) and ($5::text is null or d.journal_code = $5)
     and ($6::text is null or d.label ilike $6 or d.piece_ref ilike $6)
     and ($7::date is null or (d.entry_date, 9223372036854775807, d.id) < ($7, $8, $9))
   order by d.entry_date desc, d.id desc limit $10)
) as both_kinds order by date desc, seq desc, id desc limit $10`

/** Keys of drafts and validated entries together, the latest day first. */
export async function listEntryKeys(tx: TenantTx, filter: EntryFilter): Promise<EntryKey[]> {
  const pattern = filter.search === null ? null : `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await tx.query<EntryKey>(LIST, [
    tx.tenantId, filter.status, filter.from, filter.to, filter.journal, pattern, filter.after?.date, filter.after?.seq, filter.after?.id, filter.limit,
  ])
  return rows
}
