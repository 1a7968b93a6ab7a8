import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'

/** Where an export stands: opening entries go first, then every entry in the order it was posted. */
export type ExportPosition = { readonly isOpening: boolean; readonly seq: bigint }

export type ExportRow = {
  readonly seq: bigint; readonly journalCode: string; readonly journalLib: string; readonly ecritureNum: string; readonly ecritureDate: LocalDate
  readonly compteNum: string; readonly compteLib: string; readonly compAuxNum: string; readonly compAuxLib: string
  readonly pieceRef: string; readonly pieceDate: LocalDate; readonly ecritureLib: string; readonly debit: bigint; readonly credit: bigint
  readonly ecritureLet: string; readonly dateLet: LocalDate | null; readonly validDate: LocalDate
  readonly foreignMinor: bigint | null; readonly foreignCurrency: string | null
}

const EXPORT_PAGE = `
with page as (
  select e.* from app.entry e
  where e.tenant_id = $1 and e.fiscal_year_id = $2 and e.is_opening = $3 and e.seq > $4 and e.seq <= $5 order by e.seq limit $6
)
select p.seq, p.journal_code as "journalCode", j.label as "journalLib", p.number as "ecritureNum", l.entry_date as "ecritureDate",
  l.account as "compteNum", a.label as "compteLib", coalesce(l.aux_code, '') as "compAuxNum", coalesce(l.aux_label, '') as "compAuxLib",
  coalesce(l.piece_ref, p.piece_ref) as "pieceRef", coalesce(l.piece_date, p.piece_date) as "pieceDate", l.label as "ecritureLib", l.debit, l.credit,
  coalesce(l.lettering, '') as "ecritureLet", l.lettered_on as "dateLet", p.validated_on as "validDate",
  l.foreign_minor as "foreignMinor", l.foreign_currency as "foreignCurrency"
from page p
join app.entry_line l on l.tenant_id = $1 and l.entry_id = p.id
join app.journal j on j.tenant_id = $1 and j.code = p.journal_code
join app.ledger_account a on a.tenant_id = $1 and a.number = l.account
order by p.seq, l.n`

/** The lines of the next entries of an export, `limit` entries at most, none posted after `until`. */
export async function findExportPage(tx: TenantTx, scope: { readonly fiscalYearId: string; readonly after: ExportPosition; readonly until: bigint; readonly limit: number }): Promise<ExportRow[]> {
  const { rows } = await tx.query<ExportRow>(EXPORT_PAGE, [tx.tenantId, scope.fiscalYearId, scope.after.isOpening, scope.after.seq, scope.until, scope.limit])
  return rows
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
