import type { BankLineId, EntryId, ImportId } from '../../../../core/kernel/id.ts'
import type { LocalDate } from '../../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import type { Line, PostableLine } from '../types.ts'

export const COLUMNS = `l.id, l.bank_account_id as "accountId", l.import_id as "importId", l.position, l.booked_on as "bookedOn", l.value_on as "valueOn", l.amount, l.currency, l.label, l.reference,
  l.counterparty_name as "counterpartyName", l.counterparty_iban as "counterpartyIban", l.bank_reference as "bankReference", l.entry_id as "entryId", l.treated, l.status, l.posts, l.note,
  l.hold_id as "holdId", l.transfer_id as "transferId"`

/** The first lines an import stored, in the order of its file. */
export async function linesOfImport(tx: TenantTx, importId: string, limit: number): Promise<Line[]> {
  const { rows } = await tx.query<Line>(`select ${COLUMNS} from app.bank_line l where l.tenant_id = $1 and l.import_id = $2 order by l.position limit $3`, [tx.tenantId, importId, limit])
  return rows
}

export async function findLine(tx: TenantTx, id: string): Promise<Line | undefined> {
  const { rows } = await tx.query<Line>(`select ${COLUMNS} from app.bank_line l where l.tenant_id = $1 and l.id = $2`, [tx.tenantId, id])
  return rows[0]
}

/** Posted lines that wait for an explanation, latest first; all accounts, or one, or one line. */
export async function linesToTreat(tx: TenantTx, filter: { readonly accountId: string | null; readonly lineId: string | null; readonly after: { readonly bookedOn: string; readonly id: string } | null; readonly limit: number }): Promise<PostableLine[]> {
  const { rows } = await tx.query<PostableLine>(`
    select ${COLUMNS}, a.ledger_account as "ledgerAccount", a.suspense_account as "suspenseAccount"
    from app.bank_line l join app.bank_account a on a.tenant_id = l.tenant_id and a.id = l.bank_account_id
    where l.tenant_id = $1 and l.treated <> l.amount and l.entry_id is not null and ($2::uuid is null or l.bank_account_id = $2) and ($3::uuid is null or l.id = $3)
      and ($4::date is null or (l.booked_on, l.id) < ($4, $5::uuid))
    order by l.booked_on desc, l.id desc limit $6`, [tx.tenantId, filter.accountId, filter.lineId, filter.after?.bookedOn ?? null, filter.after?.id ?? null, filter.limit])
  return rows
}

/** How many posted lines wait, and since when. */
export async function countToTreat(tx: TenantTx): Promise<{ count: number; oldestOn: LocalDate | null }> {
  const { rows } = await tx.query<{ count: number; oldestOn: LocalDate | null }>(
    'select count(*)::int as count, min(booked_on) as "oldestOn" from app.bank_line where tenant_id = $1 and treated <> amount and entry_id is not null', [tx.tenantId])
  return rows[0]!
}

/** One line, which nobody else treats before the transaction ends. */
export async function lockLine(tx: TenantTx, id: string): Promise<PostableLine | undefined> {
  const { rows } = await tx.query<PostableLine>(`
    select ${COLUMNS}, a.ledger_account as "ledgerAccount", a.suspense_account as "suspenseAccount"
    from app.bank_line l join app.bank_account a on a.tenant_id = l.tenant_id and a.id = l.bank_account_id
    where l.tenant_id = $1 and l.id = $2 for update of l`, [tx.tenantId, id])
  return rows[0]
}

/** Moves how much of a line is treated, by a signed amount. */
export async function addTreated(tx: TenantTx, id: BankLineId, by: bigint): Promise<void> {
  await tx.query('update app.bank_line set treated = treated + $3 where tenant_id = $1 and id = $2', [tx.tenantId, id, by])
}

/** Moves how much of each line is treated, by signed amounts; a line comes once. */
export async function treatLines(tx: TenantTx, moves: readonly { readonly id: BankLineId; readonly by: bigint }[]): Promise<void> {
  await tx.query('update app.bank_line l set treated = l.treated + u.by from unnest($2::uuid[], $3::bigint[]) as u(id, by) where l.tenant_id = $1 and l.id = u.id',
    [tx.tenantId, moves.map((move) => move.id), moves.map((move) => move.by)])
}

/** Lines, which nobody else treats before the transaction ends, in no order; locked in the order of ids. */
export async function lockLines(tx: TenantTx, ids: readonly string[]): Promise<PostableLine[]> {
  const { rows } = await tx.query<PostableLine>(`
    select ${COLUMNS}, a.ledger_account as "ledgerAccount", a.suspense_account as "suspenseAccount"
    from app.bank_line l join app.bank_account a on a.tenant_id = l.tenant_id and a.id = l.bank_account_id
    where l.tenant_id = $1 and l.id = any($2::uuid[]) order by l.id for update of l`, [tx.tenantId, ids])
  return rows
}

const UNPOSTED = 'l.tenant_id = $1 and l.entry_id is null and l.amount <> 0 and l.status = \'booked\' and l.posts'
const OPEN_DAY = `exists (
  select 1 from app.period p join app.fiscal_year y on y.tenant_id = p.tenant_id and y.id = p.fiscal_year_id
  where p.tenant_id = l.tenant_id and p.status = 'open' and y.status = 'open' and l.booked_on >= p.starts_on and l.booked_on <= p.ends_on)`

/** The next lines of an import without entry whose day is open, in the order of their file, held until they have one. */
export async function takeUnposted(tx: TenantTx, importId: string, limit: number): Promise<PostableLine[]> {
  const { rows } = await tx.query<PostableLine>(`
    select ${COLUMNS}, a.ledger_account as "ledgerAccount", a.suspense_account as "suspenseAccount"
    from app.bank_line l join app.bank_account a on a.tenant_id = l.tenant_id and a.id = l.bank_account_id
    where ${UNPOSTED} and l.import_id = $2 and ${OPEN_DAY}
    order by l.position limit $3 for update of l`, [tx.tenantId, importId, limit])
  return rows
}

/** Lines of an import that one could post now. */
export async function countUnposted(tx: TenantTx, importId: string): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(`select count(*)::int as count from app.bank_line l where ${UNPOSTED} and l.import_id = $2 and ${OPEN_DAY}`, [tx.tenantId, importId])
  return rows[0]!.count
}

/** Imports that hold lines one could post now. */
export async function unpostedImports(tx: TenantTx, limit: number): Promise<ImportId[]> {
  const { rows } = await tx.query<{ id: ImportId }>(`select distinct l.import_id as id from app.bank_line l where ${UNPOSTED} and ${OPEN_DAY} order by l.import_id limit $2`, [tx.tenantId, limit])
  return rows.map((row) => row.id)
}

/** Lines of an import that cannot be posted: no open period holds their day. */
export async function closedDays(tx: TenantTx, importId: string): Promise<{ count: number; from: LocalDate | null; to: LocalDate | null }> {
  const { rows } = await tx.query<{ count: number; from: LocalDate | null; to: LocalDate | null }>(
    `select coalesce(sum(l.lines), 0)::int as count, min(l.booked_on) as from, max(l.booked_on) as to
     from (select l.tenant_id, l.booked_on, count(*) as lines from app.bank_line l where ${UNPOSTED} and l.import_id = $2 group by l.tenant_id, l.booked_on) l where not ${OPEN_DAY}`, [tx.tenantId, importId])
  return rows[0]!
}

export async function saveEntries(tx: TenantTx, posted: readonly { readonly lineId: BankLineId; readonly entryId: EntryId }[]): Promise<void> {
  await tx.query('update app.bank_line l set entry_id = u.entry_id from unnest($2::uuid[], $3::uuid[]) as u(id, entry_id) where l.tenant_id = $1 and l.id = u.id',
    [tx.tenantId, posted.map((one) => one.lineId), posted.map((one) => one.entryId)])
}

/** What a job of a company must know of it. */
export async function companyOfJob(tx: TenantTx): Promise<{ currency: string; timeZone: string } | undefined> {
  const { rows } = await tx.query<{ currency: string; timeZone: string }>('select currency, time_zone as "timeZone" from app.company where tenant_id = $1', [tx.tenantId])
  return rows[0]
}

/** Notes of people on lines; answers how many lines were found. */
export async function saveNotes(tx: TenantTx, notes: readonly { readonly lineId: string; readonly note: string | null }[]): Promise<number> {
  const { rowCount } = await tx.query('update app.bank_line l set note = u.note from unnest($2::uuid[], $3::text[]) as u(id, note) where l.tenant_id = $1 and l.id = u.id',
    [tx.tenantId, notes.map((one) => one.lineId), notes.map((one) => one.note)])
  return rowCount
}
