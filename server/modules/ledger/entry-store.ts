import type { Currency } from '../../../core/kernel/currency.ts'
import type { EntryId } from '../../../core/kernel/id.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { EntrySource } from './types.ts'

/** A validated entry as it is stored. */
export type EntryRow = {
  readonly id: EntryId
  readonly seq: bigint
  readonly fiscalYearId: string
  readonly journal: string
  readonly number: string
  readonly date: LocalDate
  readonly pieceRef: string
  readonly pieceDate: LocalDate
  readonly label: string
  readonly source: EntrySource
  readonly sourceId: string | null
  readonly reversesId: EntryId | null
  readonly reversedById: EntryId | null
  readonly isOpening: boolean
  readonly imported: boolean
  readonly validatedOn: LocalDate
  readonly previousHash: Uint8Array
  readonly hash: Uint8Array
}

export type LineRow = {
  readonly entryId: EntryId
  readonly n: number
  readonly account: string
  readonly accountLabel: string
  readonly auxCode: string | null
  readonly auxLabel: string | null
  readonly label: string
  readonly debit: bigint
  readonly credit: bigint
  readonly foreignMinor: bigint | null
  readonly foreignCurrency: Currency | null
  readonly lettering: string | null
  readonly letteredOn: LocalDate | null
}

export const ENTRY_COLUMNS = `e.id, e.seq, e.fiscal_year_id as "fiscalYearId", e.journal_code as journal, e.number, e.entry_date as date,
  e.piece_ref as "pieceRef", e.piece_date as "pieceDate", e.label, e.source, e.source_id as "sourceId", e.reverses_id as "reversesId",
  (select r.id from app.entry r where r.tenant_id = e.tenant_id and r.reverses_id = e.id) as "reversedById",
  e.is_opening as "isOpening", e.imported, e.validated_on as "validatedOn", e.prev_hash as "previousHash", e.hash`

export const LINE_COLUMNS = `l.entry_id as "entryId", l.n, l.account, a.label as "accountLabel", l.aux_code as "auxCode", l.aux_label as "auxLabel", l.label,
  l.debit, l.credit, l.foreign_minor as "foreignMinor", l.foreign_currency as "foreignCurrency", l.lettering, l.lettered_on as "letteredOn"`

export async function findEntries(tx: TenantTx, ids: readonly string[]): Promise<EntryRow[]> {
  const { rows } = await tx.query<EntryRow>(`select ${ENTRY_COLUMNS} from app.entry e where e.tenant_id = $1 and e.id = any($2::uuid[]) order by e.seq`, [tx.tenantId, ids])
  return rows
}

export async function findEntry(tx: TenantTx, id: string): Promise<EntryRow | undefined> {
  return (await findEntries(tx, [id]))[0]
}

/** The lines of several entries, entry by entry and in their own order. */
export async function findLines(tx: TenantTx, entryIds: readonly string[]): Promise<LineRow[]> {
  const { rows } = await tx.query<LineRow>(
    `select ${LINE_COLUMNS} from app.entry_line l join app.ledger_account a on a.tenant_id = l.tenant_id and a.number = l.account
     where l.tenant_id = $1 and l.entry_id = any($2::uuid[]) order by l.seq, l.n`,
    [tx.tenantId, entryIds],
  )
  return rows
}
