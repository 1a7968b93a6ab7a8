import type { BankAccountId, ImportId } from '../../../core/kernel/id.ts'
import type { Problem } from '../../../core/kernel/problem.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import type { ImportRow, ImportStatus, StatementRow } from './types.ts'

const COLUMNS = `i.id, i.status, i.file_name as "fileName", i.format, i.bank_account_id as "accountId", i.lines_new as "linesNew", i.lines_known as "linesKnown",
  i.lines_suspicious as "linesSuspicious", i.problems, i.uploaded_at as "uploadedAt", i.committed_at as "committedAt",
  (select count(*)::int from app.bank_line l where l.tenant_id = i.tenant_id and l.import_id = i.id and l.entry_id is not null) as "linesPosted"`

export type NewImport = { readonly id: ImportId; readonly fileName: string; readonly sha256: Uint8Array; readonly content: Uint8Array; readonly format: string; readonly problems: readonly Problem[]; readonly uploadedBy: string | null }

export async function insertImport(tx: TenantTx, file: NewImport): Promise<void> {
  await tx.query(`
    insert into app.bank_import (tenant_id, id, status, file_name, sha256, content, format, problems, uploaded_by) values ($1, $2, 'previewed', $3, $4, $5, $6, $7::jsonb, $8)`,
  [tx.tenantId, file.id, file.fileName, file.sha256, file.content, file.format, JSON.stringify(file.problems), file.uploadedBy])
}

export async function findImport(tx: TenantTx, id: string): Promise<ImportRow | undefined> {
  const { rows } = await tx.query<ImportRow>(`select ${COLUMNS} from app.bank_import i where i.tenant_id = $1 and i.id = $2`, [tx.tenantId, id])
  return rows[0]
}

/** The bytes of a file as they came. */
export async function importContent(tx: TenantTx, id: string): Promise<Uint8Array> {
  const { rows } = await tx.query<{ content: Uint8Array }>('select content from app.bank_import where tenant_id = $1 and id = $2', [tx.tenantId, id])
  return rows[0]!.content
}

/** The state of an import, which nobody else changes before the transaction ends. */
export async function lockImport(tx: TenantTx, id: string): Promise<ImportStatus | undefined> {
  const { rows } = await tx.query<{ status: ImportStatus }>('select status from app.bank_import where tenant_id = $1 and id = $2 for update', [tx.tenantId, id])
  return rows[0]?.status
}

export type ImportCounts = { readonly new: number; readonly known: number; readonly suspicious: number }

export async function markCommitted(tx: TenantTx, id: string, what: { readonly counts: ImportCounts; readonly accountId: BankAccountId | null }): Promise<void> {
  await tx.query(`
    update app.bank_import set status = 'committed', committed_at = now(), bank_account_id = $3, lines_new = $4, lines_known = $5, lines_suspicious = $6
    where tenant_id = $1 and id = $2`, [tx.tenantId, id, what.accountId, what.counts.new, what.counts.known, what.counts.suspicious])
}

export async function saveCounts(tx: TenantTx, id: string, counts: ImportCounts): Promise<void> {
  await tx.query('update app.bank_import set lines_new = $3, lines_known = $4, lines_suspicious = $5 where tenant_id = $1 and id = $2', [tx.tenantId, id, counts.new, counts.known, counts.suspicious])
}

/** Imports, latest first. */
export async function listImports(tx: TenantTx, page: { readonly after: { readonly uploadedAt: string; readonly id: string } | null; readonly limit: number }): Promise<ImportRow[]> {
  const { rows } = await tx.query<ImportRow>(`
    select ${COLUMNS} from app.bank_import i
    where i.tenant_id = $1 and ($2::timestamptz is null or (i.uploaded_at, i.id) < ($2, $3::uuid))
    order by i.uploaded_at desc, i.id desc limit $4`, [tx.tenantId, page.after?.uploadedAt ?? null, page.after?.id ?? null, page.limit])
  return rows
}

export async function insertStatements(tx: TenantTx, importId: ImportId, statements: readonly (StatementRow & { readonly accountId: BankAccountId })[]): Promise<void> {
  const column = <K extends keyof StatementRow>(key: K) => statements.map((statement) => statement[key])
  await tx.query(`
    insert into app.bank_statement (tenant_id, import_id, id, bank_account_id, opening_on, opening, closing_on, closing, first_line_on, line_count, continuity, gap)
    select $1, $2, u.* from unnest($3::uuid[], $4::uuid[], $5::date[], $6::bigint[], $7::date[], $8::bigint[], $9::date[], $10::int[], $11::text[], $12::bigint[]) u`,
  [tx.tenantId, importId, statements.map(() => uuidv7()), statements.map((statement) => statement.accountId), column('openingOn'), column('opening'), column('closingOn'), column('closing'),
    column('firstLineOn'), column('lineCount'), column('continuity'), column('gap')])
}

export async function statementsOf(tx: TenantTx, importId: string): Promise<StatementRow[]> {
  const { rows } = await tx.query<StatementRow>(`
    select opening_on as "openingOn", opening, closing_on as "closingOn", closing, first_line_on as "firstLineOn", line_count as "lineCount", continuity, gap
    from app.bank_statement where tenant_id = $1 and import_id = $2 order by id`, [tx.tenantId, importId])
  return rows
}
