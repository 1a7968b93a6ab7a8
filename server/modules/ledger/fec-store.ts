import type { TenantTx } from '../../platform/db/types.ts'

/** Where an export stands: opening entries go first, then every entry in the order it was posted. */
export type ExportPosition = { readonly isOpening: boolean; readonly seq: bigint }

/** The next lines of an export as one block (see formats/ledger/fec/block.ts), and where they end. */
export type ExportBlock = { readonly last: bigint; readonly block: string }

const text = (column: string): string => `translate(${column}, E'\\x1e\\x1f', '  ')`
const day = (column: string): string => `to_char(${column}, 'YYYYMMDD')`
// Cents to "12,50"; the sign of an imported amount goes before it.
const amount = (column: string): string => `case when ${column} < 0 then '-' else '' end || abs(${column}) / 100 || ',' || lpad((abs(${column}) % 100)::text, 2, '0')`
const FIELDS = [
  'p.journal', 'p.journal_label', 'p.number', day('l.entry_date'), 'a.number', 'a.label', text('l.aux_code'), text('l.aux_label'),
  `coalesce(${text('l.piece_ref')}, p.piece_ref)`, `coalesce(${day('l.piece_date')}, p.piece_date)`, text('l.label'), amount('l.debit'), amount('l.credit'),
  text('l.lettering'), day('l.lettered_on'), 'p.validated_on', `case when l.foreign_currency is not null then E'\\x1d' || l.foreign_minor end`, 'case when l.foreign_minor is not null then l.foreign_currency end',
]

// The database writes the days and the amounts: a line then crosses as text, and nothing is made of it in between. What an
// entry or an account says is written once, not once a line.
const EXPORT_PAGE = `
with page as materialized (
  select e.id, e.seq, ${text('e.journal_code')} as journal, ${text('j.label')} as journal_label, ${text('e.number')} as number, ${text('e.piece_ref')} as piece_ref,
    ${day('e.piece_date')} as piece_date, ${day('e.validated_on')} as validated_on
  from app.entry e join app.journal j on j.tenant_id = $1 and j.code = e.journal_code
  where e.tenant_id = $1 and e.fiscal_year_id = $2 and e.is_opening = $3 and e.seq > $4 and e.seq <= $5 order by e.seq limit $6
), account as materialized (
  select number as code, ${text('number')} as number, ${text('label')} as label from app.ledger_account where tenant_id = $1
), line as (
  select p.seq, l.n, concat(${FIELDS.join(", E'\\x1f', ")}, E'\\x1e') as text
  from page p join app.entry_line l on l.tenant_id = $1 and l.entry_id = p.id join account a on a.code = l.account
)
select max(seq) as last, string_agg(text, '' order by seq, n) as block from line`

/** The lines of the next entries of an export, `limit` entries at most, none posted after `until`; undefined when there are none left. */
export async function findExportBlock(tx: TenantTx, scope: { readonly fiscalYearId: string; readonly after: ExportPosition; readonly until: bigint; readonly limit: number }): Promise<ExportBlock | undefined> {
  const { rows } = await tx.query<{ last: bigint | null; block: string | null }>(EXPORT_PAGE, [tx.tenantId, scope.fiscalYearId, scope.after.isOpening, scope.after.seq, scope.until, scope.limit])
  const { last = null, block = null } = rows[0] ?? {}
  return last === null || block === null ? undefined : { last, block }
}

/** Rank of the last entry posted. */
export async function findLastSeq(tx: TenantTx): Promise<bigint> {
  const { rows } = await tx.query<{ seq: bigint }>('select seq from app.ledger_chain where tenant_id = $1', [tx.tenantId])
  return rows[0]?.seq ?? 0n
}

export async function findCompany(tx: TenantTx): Promise<{ name: string; siren: string | null }> {
  const { rows } = await tx.query<{ name: string; siren: string | null }>('select name, siren from app.company where tenant_id = $1', [tx.tenantId])
  return rows[0]!
}

export async function countEntries(tx: TenantTx, fiscalYearId: string): Promise<{ entries: number; lines: number; imported: number }> {
  const { rows } = await tx.query<{ entries: number; lines: number; imported: number }>(
    `select (select count(*)::int from app.entry where tenant_id = $1 and fiscal_year_id = $2) as entries,
            (select count(*)::int from app.entry where tenant_id = $1 and fiscal_year_id = $2 and imported) as imported,
            (select count(*)::int from app.entry_line where tenant_id = $1 and fiscal_year_id = $2) as lines`,
    [tx.tenantId, fiscalYearId],
  )
  return rows[0]!
}

/** Journals that hold entries of a year. */
export async function findJournalsOfYear(tx: TenantTx, fiscalYearId: string): Promise<{ code: string; label: string }[]> {
  const { rows } = await tx.query<{ code: string; label: string }>(
    `select j.code, j.label from app.journal j where j.tenant_id = $1
       and exists (select 1 from app.entry e where e.tenant_id = $1 and e.journal_code = j.code and e.fiscal_year_id = $2) order by j.code`,
    [tx.tenantId, fiscalYearId],
  )
  return rows
}

/** A journal nothing was posted in takes the name another ledger gives it. */
export async function renameUnusedJournals(tx: TenantTx, journals: readonly { readonly code: string; readonly label: string }[]): Promise<void> {
  await tx.query(
    `update app.journal j set label = given.label from unnest($2::text[], $3::text[]) as given (code, label)
     where j.tenant_id = $1 and j.code = given.code and given.label <> ''
       and not exists (select 1 from app.entry e where e.tenant_id = $1 and e.journal_code = j.code)`,
    [tx.tenantId, journals.map((journal) => journal.code), journals.map((journal) => journal.label)],
  )
}

/** The next number of ours comes after the numbers a year was imported with. */
export async function raiseNextNumber(tx: TenantTx, fiscalYearId: string, next: number): Promise<void> {
  await tx.query('update app.fiscal_year set next_number = greatest(next_number, $3) where tenant_id = $1 and id = $2', [tx.tenantId, fiscalYearId, next])
}
