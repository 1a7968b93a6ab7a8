import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { Account, AccountView } from './types.ts'

const COLUMNS = 'a.id, a.name, a.iban, a.bank_writing as "bankWriting", a.currency, a.ledger_account as "ledgerAccount", a.suspense_account as "suspenseAccount", a.version'

/**
 * Where the balance of each account starts: the earliest statement that states its opening. Banks date an opening at the
 * evening before the first line, or at that line's own morning: `from_morning` tells the second.
 */
const ANCHOR = `
anchor as (
  select distinct on (s.bank_account_id) s.bank_account_id, s.opening, s.opening_on, coalesce(s.first_line_on <= s.opening_on, false) as from_morning
  from app.bank_statement s where s.tenant_id = $1 and s.opening is not null
  order by s.bank_account_id, s.opening_on, s.closing_on nulls last, s.id
)`
const COUNTED = '(an.opening_on is null or l.booked_on > an.opening_on or (l.booked_on = an.opening_on and an.from_morning))'

const VIEW = `
with ${ANCHOR}, stated as (
  select distinct on (s.bank_account_id) s.bank_account_id, s.closing, s.closing_on
  from app.bank_statement s where s.tenant_id = $1 and s.closing is not null
  order by s.bank_account_id, s.closing_on desc, s.id desc
), figures as (
  select l.bank_account_id, count(*)::int as lines, count(*) filter (where l.treated <> l.amount)::int as to_treat, max(l.booked_on) as last_on,
    coalesce(sum(l.amount) filter (where ${COUNTED}), 0) as moved, coalesce(sum(l.amount) filter (where ${COUNTED} and l.booked_on <= st.closing_on), 0) as moved_then
  from app.bank_line l left join anchor an on an.bank_account_id = l.bank_account_id left join stated st on st.bank_account_id = l.bank_account_id
  where l.tenant_id = $1 and ($2::uuid is null or l.bank_account_id = $2)
  group by l.bank_account_id
)
select ${COLUMNS}, (coalesce(an.opening, 0) + coalesce(f.moved, 0))::bigint as balance, coalesce(f.lines, 0) as "lineCount", coalesce(f.to_treat, 0) as "toTreat", f.last_on as "lastLineOn",
  st.closing_on as "statedOn", st.closing as "statedBalance", (coalesce(an.opening, 0) + coalesce(f.moved_then, 0))::bigint as "oursThen"
from app.bank_account a left join anchor an on an.bank_account_id = a.id left join stated st on st.bank_account_id = a.id left join figures f on f.bank_account_id = a.id
where a.tenant_id = $1 and ($2::uuid is null or a.id = $2)
order by a.ledger_account`

type ViewRow = Omit<AccountView, 'stated'> & { readonly statedOn: LocalDate | null; readonly statedBalance: bigint | null; readonly oursThen: bigint }

/** Accounts with their figures, by ledger account; all of them, or the one named. */
export async function accountViews(tx: TenantTx, id: string | null): Promise<AccountView[]> {
  const { rows } = await tx.query<ViewRow>(VIEW, [tx.tenantId, id])
  return rows.map(({ statedOn, statedBalance, oursThen, ...row }) => ({
    ...row, stated: statedOn === null || statedBalance === null ? null : { on: statedOn, balance: statedBalance, ours: oursThen },
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

export async function insertAccount(tx: TenantTx, account: Omit<Account, 'version'>): Promise<void> {
  await tx.query(`
    insert into app.bank_account (tenant_id, id, name, iban, bank_writing, currency, ledger_account, suspense_account) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
  [tx.tenantId, account.id, account.name, account.iban, account.bankWriting, account.currency, account.ledgerAccount, account.suspenseAccount])
}

/** Changes what a person or a statement says of an account. */
export async function updateAccount(tx: TenantTx, account: Pick<Account, 'id' | 'name' | 'iban' | 'bankWriting'>): Promise<void> {
  await tx.query('update app.bank_account set name = $3, iban = $4, bank_writing = $5, version = version + 1 where tenant_id = $1 and id = $2',
    [tx.tenantId, account.id, account.name, account.iban, account.bankWriting])
}

/** What all accounts held together at the end of a day, and how much moved on each day after it, up to another. */
export async function cashMoves(tx: TenantTx, from: LocalDate, to: LocalDate): Promise<{ start: bigint; days: { on: LocalDate; moved: bigint }[] }> {
  const { rows } = await tx.query<{ on: LocalDate; moved: bigint }>(`
    with ${ANCHOR}
    select l.booked_on as on, sum(l.amount)::bigint as moved
    from app.bank_line l left join anchor an on an.bank_account_id = l.bank_account_id
    where l.tenant_id = $1 and ${COUNTED} and l.booked_on > $2 and l.booked_on <= $3
    group by l.booked_on order by l.booked_on`, [tx.tenantId, from, to])
  const { rows: [base] } = await tx.query<{ start: bigint }>(`
    with ${ANCHOR}
    select (coalesce((select sum(opening) from anchor), 0) + coalesce((
      select sum(l.amount) from app.bank_line l left join anchor an on an.bank_account_id = l.bank_account_id
      where l.tenant_id = $1 and ${COUNTED} and l.booked_on <= $2), 0))::bigint as start`, [tx.tenantId, from])
  return { start: base?.start ?? 0n, days: rows }
}

/** Statements of committed imports whose lines do not lead from opening to closing. */
export async function brokenStatements(tx: TenantTx): Promise<{ count: number; oldestOn: LocalDate | null }> {
  const { rows } = await tx.query<{ count: number; oldestOn: LocalDate | null }>(
    `select count(*)::int as count, min(closing_on) as "oldestOn" from app.bank_statement where tenant_id = $1 and continuity = 'broken'`, [tx.tenantId])
  return rows[0]!
}

