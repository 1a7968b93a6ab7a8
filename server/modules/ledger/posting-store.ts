import { hash } from 'node:crypto'
import { accountLabel } from '../../../core/ledger/accounts.ts'
import type { FiscalYearId } from '../../../core/kernel/id.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { PostedEntry } from './types.ts'

/** A period with its year, as posting needs them. */
export type PeriodRow = {
  readonly periodId: string
  readonly fiscalYearId: FiscalYearId
  readonly startsOn: LocalDate
  readonly endsOn: LocalDate
  readonly open: boolean
}

export type ChainEnd = { readonly seq: bigint; readonly hash: Uint8Array }

/** SHA-256 of a canonical text. */
export function fingerprint(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}

/** The periods that hold days of a range. They are locked for share: nobody closes one while an entry is on its way into it. */
export async function holdPeriods(tx: TenantTx, from: LocalDate, to: LocalDate): Promise<PeriodRow[]> {
  const { rows } = await tx.query<PeriodRow>(
    `select p.id as "periodId", p.fiscal_year_id as "fiscalYearId", p.starts_on as "startsOn", p.ends_on as "endsOn",
            p.status = 'open' and y.status = 'open' as open
     from app.period p join app.fiscal_year y on y.tenant_id = p.tenant_id and y.id = p.fiscal_year_id
     where p.tenant_id = $1 and p.starts_on <= $3 and p.ends_on >= $2
     order by p.starts_on for share of p`,
    [tx.tenantId, from, to],
  )
  return rows
}

/** Which of these accounts and journals exist. */
export async function findExisting(tx: TenantTx, accounts: readonly string[], journals: readonly string[]): Promise<{ accounts: Set<string>; journals: Set<string> }> {
  const { rows } = await tx.query<{ kind: string; code: string }>(
    `select 'account' as kind, number as code from app.ledger_account where tenant_id = $1 and number = any($2::text[])
     union all select 'journal', code from app.journal where tenant_id = $1 and code = any($3::text[])`,
    [tx.tenantId, accounts, journals],
  )
  const of = (kind: string) => new Set(rows.filter((row) => row.kind === kind).map((row) => row.code))
  return { accounts: of('account'), journals: of('journal') }
}

/** Takes the end of the tenant's chain: until the transaction ends nobody else posts. */
export async function lockChain(tx: TenantTx): Promise<ChainEnd | undefined> {
  const { rows } = await tx.query<ChainEnd>('select seq, hash from app.ledger_chain where tenant_id = $1 for update', [tx.tenantId])
  return rows[0]
}

export async function insertAccounts(tx: TenantTx, accounts: readonly { readonly number: string; readonly label: string }[]): Promise<void> {
  if (accounts.length === 0) return
  await tx.query(
    `insert into app.ledger_account (tenant_id, number, label)
     select $1, number, label from unnest($2::text[], $3::text[]) as new (number, label) order by number
     on conflict (tenant_id, number) do nothing`,
    [tx.tenantId, accounts.map((account) => account.number), accounts.map((account) => account.label)],
  )
}

/** Accounts that are missing get the label of the chart. */
export async function insertMissingAccounts(tx: TenantTx, wanted: ReadonlySet<string>, existing: ReadonlySet<string>): Promise<void> {
  await insertAccounts(tx, [...wanted].filter((number) => !existing.has(number)).map((number) => ({ number, label: accountLabel(number) })))
}

const POSTED = `id, seq, number, fiscal_year_id as "fiscalYearId", journal_code as journal, entry_date as date, source, source_id as "sourceId", true as existed`

/** What invoices and bank lines of this list have already posted. Read it after `lockChain`. */
export async function findBySource(tx: TenantTx, sourceIds: readonly string[]): Promise<PostedEntry[]> {
  const { rows } = await tx.query<PostedEntry>(
    `select ${POSTED} from app.entry where tenant_id = $1 and source in ('bank', 'invoice') and source_id = any($2::uuid[])`,
    [tx.tenantId, sourceIds],
  )
  return rows
}

/** True when number 1 of the year, kept for its opening entry, is taken. */
export async function hasOpeningNumber(tx: TenantTx, fiscalYearId: FiscalYearId, number: string): Promise<boolean> {
  const { rows } = await tx.query('select 1 from app.entry where tenant_id = $1 and fiscal_year_id = $2 and number = $3 and not imported', [tx.tenantId, fiscalYearId, number])
  return rows.length > 0
}

/** Reserves so many numbers of each year and answers the first of each. The years' rows stay locked to the end of the transaction. */
export async function takeNumbers(tx: TenantTx, counts: ReadonlyMap<FiscalYearId, number>): Promise<Map<FiscalYearId, number>> {
  const { rows } = await tx.query<{ id: FiscalYearId; first: number }>(
    `update app.fiscal_year y set next_number = y.next_number + taken.count
     from unnest($2::uuid[], $3::int[]) as taken (id, count)
     where y.tenant_id = $1 and y.id = taken.id returning y.id, y.next_number - taken.count as first`,
    [tx.tenantId, [...counts.keys()], [...counts.values()]],
  )
  return new Map(rows.map((row) => [row.id, row.first]))
}

/** The columns of the entries and lines of one batch, as `insertBatch` sends them. `null` stands for a column without a value. */
export type BatchColumns = {
  readonly entries: {
    readonly id: string[]; readonly seq: bigint[]; readonly fiscalYearId: string[]; readonly periodId: string[]; readonly journal: string[]
    readonly number: string[]; readonly date: string[]; readonly pieceRef: string[]; readonly pieceDate: string[]; readonly label: string[]
    readonly source: string[]; readonly sourceId: (string | null)[]; readonly reversesId: (string | null)[]
    readonly isOpening: boolean[]; readonly imported: boolean[]; readonly validatedOn: string[]; readonly previousHash: Uint8Array[]; readonly hash: Uint8Array[]
  }
  readonly lines: {
    readonly at: number[]; readonly n: number[]; readonly account: string[]; readonly auxCode: (string | null)[]; readonly auxLabel: (string | null)[]
    readonly label: string[]; readonly debit: bigint[]; readonly credit: bigint[]; readonly foreignMinor: (bigint | null)[]; readonly foreignCurrency: (string | null)[]
    readonly lettering: (string | null)[]; readonly letteredOn: (string | null)[]
    readonly date: (string | null)[]; readonly pieceRef: (string | null)[]; readonly pieceDate: (string | null)[]
  }
  readonly balances: { readonly fiscalYearId: string[]; readonly account: string[]; readonly month: string[]; readonly isOpening: boolean[]; readonly debit: bigint[]; readonly credit: bigint[] }
}

const INSERT_BATCH = `
with source as materialized (
  select * from unnest($2::uuid[], $3::bigint[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::date[], $9::text[], $10::date[], $11::text[],
    $12::text[], $13::uuid[], $14::uuid[], $15::boolean[], $16::boolean[], $17::date[], $18::bytea[], $19::bytea[]) with ordinality
    as e (id, seq, fiscal_year_id, period_id, journal_code, number, entry_date, piece_ref, piece_date, label,
    source, source_id, reverses_id, is_opening, imported, validated_on, prev_hash, hash, at)
), entries as (
  insert into app.entry (tenant_id, id, seq, fiscal_year_id, period_id, journal_code, number, entry_date, piece_ref, piece_date, label,
    source, source_id, reverses_id, is_opening, imported, validated_on, prev_hash, hash, posted_by, posted_at)
  select $1, id, seq, fiscal_year_id, period_id, journal_code, number, entry_date, piece_ref, piece_date, label,
    source, source_id, reverses_id, is_opening, imported, validated_on, prev_hash, hash, $20::uuid, now()
  from source
), balances as (
  insert into app.account_balance (tenant_id, fiscal_year_id, account, month, is_opening, debit, credit)
  select $1, b.* from unnest($33::uuid[], $34::text[], $35::date[], $36::boolean[], $37::bigint[], $38::bigint[]) as b (fiscal_year_id, account, month, is_opening, debit, credit)
  on conflict (tenant_id, fiscal_year_id, account, month, is_opening)
  do update set debit = account_balance.debit + excluded.debit, credit = account_balance.credit + excluded.credit
), chain as (
  update app.ledger_chain set seq = $39, hash = $40 where tenant_id = $1
)
insert into app.entry_line (tenant_id, entry_id, n, seq, fiscal_year_id, entry_date, account, aux_code, aux_label, label, debit, credit,
  foreign_minor, foreign_currency, lettering, lettered_on, imported, piece_ref, piece_date)
select $1, s.id, l.n, s.seq, s.fiscal_year_id, coalesce(l.entry_date, s.entry_date), l.account, l.aux_code, l.aux_label, l.label, l.debit, l.credit,
  l.foreign_minor, l.foreign_currency, l.lettering, l.lettered_on, s.imported, l.piece_ref, l.piece_date
from unnest($21::int[], $22::int[], $23::text[], $24::text[], $25::text[], $26::text[], $27::bigint[], $28::bigint[], $29::bigint[], $30::text[], $31::text[], $32::date[], $41::date[], $42::text[], $43::date[])
  as l (at, n, account, aux_code, aux_label, label, debit, credit, foreign_minor, foreign_currency, lettering, lettered_on, entry_date, piece_ref, piece_date)
join source s on s.at = l.at`

/** A column without any value is sent as nothing at all: unnest fills it with nulls. */
function sparse<T>(column: readonly (T | null)[]): readonly (T | null)[] | null {
  return column.some((value) => value !== null) ? column : null
}

/** Writes a batch and moves the end of the chain, in one statement. The balances come sorted, so that two batches never wait for each other crosswise. */
export async function insertBatch(tx: TenantTx, columns: BatchColumns, end: ChainEnd & { readonly postedBy: string | null }): Promise<void> {
  const { entries: e, lines: l, balances: b } = columns
  await tx.query(INSERT_BATCH, [
    tx.tenantId, e.id, e.seq, e.fiscalYearId, e.periodId, e.journal, e.number, e.date, e.pieceRef, e.pieceDate, e.label,
    e.source, sparse(e.sourceId), sparse(e.reversesId), e.isOpening, e.imported, e.validatedOn, e.previousHash, e.hash, end.postedBy,
    l.at, l.n, l.account, sparse(l.auxCode), sparse(l.auxLabel), l.label, l.debit, l.credit, sparse(l.foreignMinor), sparse(l.foreignCurrency),
    sparse(l.lettering), sparse(l.letteredOn),
    b.fiscalYearId, b.account, b.month, b.isOpening, b.debit, b.credit, end.seq, end.hash,
    sparse(l.date), sparse(l.pieceRef), sparse(l.pieceDate),
  ])
}
