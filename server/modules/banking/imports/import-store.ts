import type { CsvProfile } from '../../../../core/bank/mapping.ts'
import type { BankAccountId, ImportId } from '../../../../core/kernel/id.ts'
import type { LocalDate } from '../../../../core/kernel/local-date.ts'
import type { Problem } from '../../../../core/kernel/problem.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { uuidv7 } from '../../../platform/id/uuid.ts'
import type { ImportRow, ImportStatus, Origin, StatementRow } from '../types.ts'

const COLUMNS = `i.id, i.status, i.file_name as "fileName", i.format, i.bank_account_id as "accountId", i.lines_new as "linesNew", i.lines_known as "linesKnown",
  i.lines_suspicious as "linesSuspicious", i.problems, i.uploaded_at as "uploadedAt", i.committed_at as "committedAt", i.origin, i.undone_at as "undoneAt", i.lines_pending as "linesPending", i.lines_updated as "linesUpdated",
  (select count(*)::int from app.bank_line l where l.tenant_id = i.tenant_id and l.import_id = i.id and l.entry_id is not null) as "linesPosted"`

/** Lines taken from the pile stand beyond any position of a file, where no tombstone can be in their way. */
const POSITION_OF_TAKEN = 100_000_000

export type NewImport = { readonly id: ImportId; readonly fileName: string; readonly sha256: Uint8Array; readonly content: Uint8Array; readonly format: string; readonly problems: readonly Problem[]; readonly uploadedBy: string | null; readonly reading: string }

export async function insertImport(tx: TenantTx, file: NewImport): Promise<void> {
  await tx.query(`
    insert into app.bank_import (tenant_id, id, status, file_name, sha256, content, format, problems, uploaded_by, reading) values ($1, $2, 'previewed', $3, $4, $5, $6, $7::jsonb, $8, $9)`,
  [tx.tenantId, file.id, file.fileName, file.sha256, file.content, file.format, JSON.stringify(file.problems), file.uploadedBy, file.reading])
}

/** The row that lines without a file hang on: what a service delivers, or a person writes. */
export async function insertDelivery(tx: TenantTx, delivery: { readonly id: ImportId; readonly name: string; readonly origin: Origin; readonly accountId: BankAccountId }): Promise<void> {
  await tx.query(`
    insert into app.bank_import (tenant_id, id, status, file_name, sha256, content, format, origin, bank_account_id, committed_at) values ($1, $2, 'committed', $3, '', '', 'delivery', $4, $5, now())`,
  [tx.tenantId, delivery.id, delivery.name, delivery.origin, delivery.accountId])
}

/** A delivery that brought nothing leaves nothing. */
export async function dropDelivery(tx: TenantTx, id: ImportId): Promise<void> {
  await tx.query('delete from app.bank_import where tenant_id = $1 and id = $2 and format = \'delivery\'', [tx.tenantId, id])
}

/** The row of the lines a person writes in an account, if there is one yet, and the last position given in it. */
export async function handWritten(tx: TenantTx, accountId: BankAccountId): Promise<{ id: ImportId; last: number } | undefined> {
  const { rows } = await tx.query<{ id: ImportId; last: number }>(`
    select i.id, i.lines_new as last
    from app.bank_import i where i.tenant_id = $1 and i.bank_account_id = $2 and i.origin = 'manual' and i.file_name = '' order by i.uploaded_at limit 1`, [tx.tenantId, accountId])
  return rows[0]
}

/** Lines more that an import stored after all: written by hand, or taken from the pile. */
export async function addTaken(tx: TenantTx, id: ImportId, count: number): Promise<void> {
  await tx.query('update app.bank_import set lines_new = lines_new + $3, lines_suspicious = greatest(lines_suspicious - $3, 0) where tenant_id = $1 and id = $2', [tx.tenantId, id, count])
}

/** The last position a line of an import stands at, those of the file that were not stored included: lines come after them. Call it within `seeingRemoved`. */
export async function lastPosition(tx: TenantTx, id: ImportId): Promise<number> {
  const { rows } = await tx.query<{ last: number }>(`
    select greatest((select coalesce(max(l.position), 0) from app.bank_line l where l.tenant_id = $1 and l.import_id = $2), ${POSITION_OF_TAKEN})::int as last`, [tx.tenantId, id])
  return rows[0]!.last
}

export async function findImport(tx: TenantTx, id: string): Promise<ImportRow | undefined> {
  const { rows } = await tx.query<ImportRow>(`select ${COLUMNS} from app.bank_import i where i.tenant_id = $1 and i.id = $2`, [tx.tenantId, id])
  return rows[0]
}

/** The bytes of a file as they came, and the profile they are read with. */
export async function importContent(tx: TenantTx, id: string): Promise<{ readonly content: Uint8Array; readonly mapping: CsvProfile | null }> {
  const { rows } = await tx.query<{ content: Uint8Array; mapping: CsvProfile | null }>('select content, mapping from app.bank_import where tenant_id = $1 and id = $2', [tx.tenantId, id])
  return rows[0]!
}

/** What the reader understood of a file that waits, and the profile it was read with. */
export async function importReading(tx: TenantTx, id: string): Promise<{ readonly reading: string | null; readonly mapping: CsvProfile | null }> {
  const { rows } = await tx.query<{ reading: string | null; mapping: CsvProfile | null }>('select reading, mapping from app.bank_import where tenant_id = $1 and id = $2', [tx.tenantId, id])
  return rows[0]!
}

/** A file that waits was read again, with another profile or without one. */
export async function saveReading(tx: TenantTx, id: string, read: { readonly reading: string; readonly mapping: CsvProfile | null; readonly problems: readonly Problem[] }): Promise<void> {
  await tx.query('update app.bank_import set reading = $3, mapping = $4::jsonb, problems = $5::jsonb where tenant_id = $1 and id = $2',
    [tx.tenantId, id, read.reading, read.mapping === null ? null : JSON.stringify(read.mapping), JSON.stringify(read.problems)])
}

/** The state of an import, which nobody else changes before the transaction ends. */
export async function lockImport(tx: TenantTx, id: string): Promise<ImportStatus | undefined> {
  const { rows } = await tx.query<{ status: ImportStatus }>('select status from app.bank_import where tenant_id = $1 and id = $2 for update', [tx.tenantId, id])
  return rows[0]?.status
}

export type ImportCounts = { readonly new: number; readonly known: number; readonly suspicious: number; readonly pending: number; readonly updated: number }

/** The lines of an import are taken; what the reader understood is of no use any more. */
export async function markCommitted(tx: TenantTx, id: string, what: { readonly counts: ImportCounts; readonly accountId: BankAccountId | null }): Promise<void> {
  const { counts } = what
  await tx.query(`
    update app.bank_import set status = 'committed', committed_at = now(), bank_account_id = $3, lines_new = $4, lines_known = $5, lines_suspicious = $6, lines_pending = $7, lines_updated = $8, reading = null
    where tenant_id = $1 and id = $2`, [tx.tenantId, id, what.accountId, counts.new, counts.known, counts.suspicious, counts.pending, counts.updated])
}

export async function saveCounts(tx: TenantTx, id: string, counts: ImportCounts): Promise<void> {
  await tx.query('update app.bank_import set lines_new = $3, lines_known = $4, lines_suspicious = $5, lines_pending = $6, lines_updated = $7 where tenant_id = $1 and id = $2',
    [tx.tenantId, id, counts.new, counts.known, counts.suspicious, counts.pending, counts.updated])
}

/** An import is taken back. */
export async function markUndone(tx: TenantTx, id: string, by: string | null): Promise<void> {
  await tx.query('update app.bank_import set status = \'undone\', undone_at = now(), undone_by = $3, lines_new = 0, lines_updated = 0, lines_pending = 0, lines_suspicious = 0 where tenant_id = $1 and id = $2', [tx.tenantId, id, by])
}

/** Imports, latest first. */
export async function listImports(tx: TenantTx, page: { readonly after: { readonly uploadedAt: string; readonly id: string } | null; readonly limit: number }): Promise<ImportRow[]> {
  const { rows } = await tx.query<ImportRow>(`
    select ${COLUMNS} from app.bank_import i
    where i.tenant_id = $1 and not (i.origin = 'manual' and i.file_name = '') and ($2::timestamptz is null or (i.uploaded_at, i.id) < ($2, $3::uuid))
    order by i.uploaded_at desc, i.id desc limit $4`, [tx.tenantId, page.after?.uploadedAt ?? null, page.after?.id ?? null, page.limit])
  return rows
}

export async function insertStatements(tx: TenantTx, importId: ImportId, statements: readonly (StatementRow & { readonly accountId: BankAccountId })[]): Promise<void> {
  const column = <K extends keyof StatementRow>(key: K) => statements.map((statement) => statement[key])
  await tx.query(`
    insert into app.bank_statement (tenant_id, import_id, id, bank_account_id, opening_on, opening, closing_on, closing, first_line_on, last_line_on, line_count, continuity, gap)
    select $1, $2, u.* from unnest($3::uuid[], $4::uuid[], $5::date[], $6::bigint[], $7::date[], $8::bigint[], $9::date[], $10::date[], $11::int[], $12::text[], $13::bigint[]) u`,
  [tx.tenantId, importId, statements.map(() => uuidv7()), statements.map((statement) => statement.accountId), column('openingOn'), column('opening'), column('closingOn'), column('closing'),
    column('firstLineOn'), column('lastLineOn'), column('lineCount'), column('continuity'), column('gap')])
}

export async function statementsOf(tx: TenantTx, importId: string): Promise<StatementRow[]> {
  const { rows } = await tx.query<StatementRow>(`
    select opening_on as "openingOn", opening, closing_on as "closingOn", closing, first_line_on as "firstLineOn", last_line_on as "lastLineOn", line_count as "lineCount", continuity, gap
    from app.bank_statement where tenant_id = $1 and import_id = $2 order by id`, [tx.tenantId, importId])
  return rows
}

/** The statements of an import leave with it. */
export async function dropStatements(tx: TenantTx, importId: string): Promise<void> {
  await tx.query('delete from app.bank_statement where tenant_id = $1 and import_id = $2', [tx.tenantId, importId])
}

/** Whether a balance the bank states is known. */
export async function isStated(tx: TenantTx, accountId: BankAccountId, stated: { readonly on: LocalDate; readonly balance: bigint }): Promise<boolean> {
  const { rows } = await tx.query<{ known: boolean }>('select exists (select from app.bank_statement where tenant_id = $1 and bank_account_id = $2 and closing_on = $3 and closing = $4) as known', [tx.tenantId, accountId, stated.on, stated.balance])
  return rows[0]!.known
}
