import type { LocalDate } from '../../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import type { Account, AccountView, Institution } from '../types.ts'

const COLUMNS = `a.id, a.name, a.iban, a.bank_writing as "bankWriting", a.currency, a.ledger_account as "ledgerAccount", a.suspense_account as "suspenseAccount", a.version, a.type,
  a.institution_id as "institutionId", a.manual, a.archived_on as "archivedOn", a.opening_on as "openingOn", a.opening, a.posts_entries as "postsEntries"`

/**
 * Where the balance of each account starts: the earliest statement that states its opening, or what a person said it held. Banks date an
 * opening at the evening before the first line, or at that line's own morning: `from_morning` tells the second.
 */
export const ANCHOR = `
anchor as (
  select distinct on (s.bank_account_id) s.bank_account_id, s.opening, s.opening_on, s.from_morning from (
    select bank_account_id, opening, opening_on, coalesce(first_line_on <= opening_on, false) as from_morning, closing_on, id from app.bank_statement where tenant_id = $1 and opening is not null
    union all select id, opening, opening_on, false, opening_on, id from app.bank_account where tenant_id = $1 and opening is not null
  ) s
  order by s.bank_account_id, s.opening_on, s.closing_on nulls last, s.id
)`
/** The days of an account that count from its start on. */
export const COUNTED = '(an.opening_on is null or d.day > an.opening_on or (d.day = an.opening_on and an.from_morning))'

const VIEW = `
with ${ANCHOR}, stated as (
  select distinct on (s.bank_account_id) s.bank_account_id, s.closing, s.closing_on
  from app.bank_statement s where s.tenant_id = $1 and s.closing is not null
  order by s.bank_account_id, s.closing_on desc, s.id desc
), figures as (
  select d.bank_account_id, sum(d.line_count)::int as lines, max(d.day) filter (where d.line_count > 0) as last_on,
    coalesce(sum(d.moved_in + d.moved_out) filter (where ${COUNTED}), 0) as moved, coalesce(sum(d.moved_in + d.moved_out) filter (where ${COUNTED} and d.day <= st.closing_on), 0) as moved_then
  from app.bank_day d left join anchor an on an.bank_account_id = d.bank_account_id left join stated st on st.bank_account_id = d.bank_account_id
  where d.tenant_id = $1 and ($2::uuid is null or d.bank_account_id = $2)
  group by d.bank_account_id
), waiting as (
  select l.bank_account_id, count(*) filter (where l.status = 'booked' and l.posts)::int as to_treat, count(*) filter (where l.status = 'pending')::int as pending, coalesce(sum(l.amount) filter (where l.status = 'pending'), 0)::bigint as announced
  from app.bank_line l where l.tenant_id = $1 and l.treated <> l.amount and ($2::uuid is null or l.bank_account_id = $2)
  group by l.bank_account_id
), pile as (
  select s.bank_account_id, count(*)::int as count from app.bank_suspicious s where s.tenant_id = $1 and s.state = 'waiting' group by s.bank_account_id
)
select ${COLUMNS}, (coalesce(an.opening, 0) + coalesce(f.moved, 0))::bigint as balance, coalesce(f.lines, 0) as "lineCount", coalesce(w.to_treat, 0) as "toTreat", f.last_on as "lastLineOn",
  coalesce(w.pending, 0) as "pendingCount", coalesce(w.announced, 0)::bigint as "pendingAmount", coalesce(p.count, 0) as suspicious,
  st.closing_on as "statedOn", st.closing as "statedBalance", (coalesce(an.opening, 0) + coalesce(f.moved_then, 0))::bigint as "oursThen",
  i.name as "institutionName", i.bic, i.bank_code as "bankCode", i.colour, i.connection
from app.bank_account a left join anchor an on an.bank_account_id = a.id left join stated st on st.bank_account_id = a.id left join figures f on f.bank_account_id = a.id
  left join waiting w on w.bank_account_id = a.id left join pile p on p.bank_account_id = a.id left join app.bank_institution i on i.tenant_id = a.tenant_id and i.id = a.institution_id
where a.tenant_id = $1 and ($2::uuid is null or a.id = $2)
order by a.ledger_account`

type ViewRow = Omit<AccountView, 'stated' | 'institution'> & {
  readonly statedOn: LocalDate | null; readonly statedBalance: bigint | null; readonly oursThen: bigint
  readonly institutionName: string | null; readonly bic: string | null; readonly bankCode: string | null; readonly colour: string | null; readonly connection: Institution['connection'] | null
}

/** Accounts with their figures, by ledger account; all of them, or the one named. */
export async function accountViews(tx: TenantTx, id: string | null): Promise<AccountView[]> {
  const { rows } = await tx.query<ViewRow>(VIEW, [tx.tenantId, id])
  return rows.map(({ statedOn, statedBalance, oursThen, institutionName, bic, bankCode, colour, connection, ...row }) => ({
    ...row, stated: statedOn === null || statedBalance === null ? null : { on: statedOn, balance: statedBalance, ours: oursThen },
    institution: row.institutionId === null || institutionName === null ? null : { id: row.institutionId, name: institutionName, bic, bankCode, colour: colour!, connection: connection! },
  }))
}

/** Every account, locked in the order of ids: two imports into one account wait for each other. */
export async function lockAccounts(tx: TenantTx): Promise<Account[]> {
  const { rows } = await tx.query<Account>(`select ${COLUMNS} from app.bank_account a where a.tenant_id = $1 order by a.id for update of a`, [tx.tenantId])
  return rows
}

export async function listAccounts(tx: TenantTx): Promise<Account[]> {
  const { rows } = await tx.query<Account>(`select ${COLUMNS} from app.bank_account a where a.tenant_id = $1 order by a.ledger_account`, [tx.tenantId])
  return rows
}

export async function findAccount(tx: TenantTx, id: string): Promise<Account | undefined> {
  const { rows } = await tx.query<Account>(`select ${COLUMNS} from app.bank_account a where a.tenant_id = $1 and a.id = $2`, [tx.tenantId, id])
  return rows[0]
}

export async function insertAccount(tx: TenantTx, account: Omit<Account, 'version' | 'archivedOn'>): Promise<void> {
  await tx.query(`
    insert into app.bank_account (tenant_id, id, name, iban, bank_writing, currency, ledger_account, suspense_account, type, institution_id, manual, opening_on, opening, posts_entries)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
  [tx.tenantId, account.id, account.name, account.iban, account.bankWriting, account.currency, account.ledgerAccount, account.suspenseAccount, account.type, account.institutionId, account.manual, account.openingOn, account.opening, account.postsEntries])
}

/** Changes what a person or a statement says of an account. */
export async function updateAccount(tx: TenantTx, account: Pick<Account, 'id' | 'name' | 'iban' | 'bankWriting' | 'institutionId' | 'manual' | 'openingOn' | 'opening' | 'archivedOn'>): Promise<void> {
  await tx.query(`
    update app.bank_account set name = $3, iban = $4, bank_writing = $5, institution_id = $6, manual = $7, opening_on = $8, opening = $9, archived_on = $10, version = version + 1 where tenant_id = $1 and id = $2`,
  [tx.tenantId, account.id, account.name, account.iban, account.bankWriting, account.institutionId, account.manual, account.openingOn, account.opening, account.archivedOn])
}

/** Whether anything hangs on an account: a line, a tombstone, a statement, an import. Call it within `seeingRemoved`. */
export async function isUsed(tx: TenantTx, id: string): Promise<boolean> {
  const { rows } = await tx.query<{ used: boolean }>(`
    select exists (select from app.bank_line where tenant_id = $1 and bank_account_id = $2) or exists (select from app.bank_statement where tenant_id = $1 and bank_account_id = $2)
      or exists (select from app.bank_import where tenant_id = $1 and bank_account_id = $2) or exists (select from app.bank_suspicious where tenant_id = $1 and bank_account_id = $2) as used`, [tx.tenantId, id])
  return rows[0]!.used
}

export async function deleteAccount(tx: TenantTx, id: string): Promise<void> {
  await tx.query('delete from app.bank_account where tenant_id = $1 and id = $2', [tx.tenantId, id])
}

/** What the accounts of cash held together at the end of a day, and how much moved on each day after it, up to another. */
export async function cashMoves(tx: TenantTx, from: LocalDate, to: LocalDate): Promise<{ start: bigint; days: { on: LocalDate; moved: bigint }[] }> {
  const cash = 'join app.bank_account a on a.tenant_id = d.tenant_id and a.id = d.bank_account_id and a.posts_entries and a.type <> \'loan\' left join anchor an on an.bank_account_id = d.bank_account_id'
  const { rows } = await tx.query<{ on: LocalDate; moved: bigint }>(`
    with ${ANCHOR}
    select d.day as on, sum(d.moved_in + d.moved_out)::bigint as moved
    from app.bank_day d ${cash}
    where d.tenant_id = $1 and ${COUNTED} and d.day > $2 and d.day <= $3
    group by d.day order by d.day`, [tx.tenantId, from, to])
  const { rows: [base] } = await tx.query<{ start: bigint }>(`
    with ${ANCHOR}
    select (coalesce((select sum(an.opening) from anchor an join app.bank_account a on a.tenant_id = $1 and a.id = an.bank_account_id and a.posts_entries and a.type <> 'loan'), 0) + coalesce((
      select sum(d.moved_in + d.moved_out) from app.bank_day d ${cash}
      where d.tenant_id = $1 and ${COUNTED} and d.day <= $2), 0))::bigint as start`, [tx.tenantId, from])
  return { start: base?.start ?? 0n, days: rows }
}

/** Statements of committed imports whose lines do not lead from opening to closing. */
export async function brokenStatements(tx: TenantTx): Promise<{ count: number; oldestOn: LocalDate | null }> {
  const { rows } = await tx.query<{ count: number; oldestOn: LocalDate | null }>(
    `select count(*)::int as count, min(closing_on) as "oldestOn" from app.bank_statement where tenant_id = $1 and continuity = 'broken'`, [tx.tenantId])
  return rows[0]!
}
