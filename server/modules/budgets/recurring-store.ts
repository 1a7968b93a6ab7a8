import type { FlowLine } from '../../../core/recurring/find.ts'
import type { KnownSeries } from '../../../core/recurring/identity.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { Recurring } from './types.ts'

/** Lines of so many days back are searched: three times a year, and then some. */
export const SEARCH_DAYS = 1_200
/** The latest lines that are searched. */
const LINES_MAX = 100_000

/** A line to search, with the name of its merchant. */
export type SearchedLine = FlowLine & { readonly merchantName: string | null }

/** The booked lines of accounts in use since a day, except transfers between own accounts, oldest first. */
export async function linesToSearch(tx: TenantTx, since: LocalDate): Promise<SearchedLine[]> {
  const { rows } = await tx.query<SearchedLine>(`
    select s.* from (
      select l.id, l.bank_account_id as "accountId", l.booked_on as "bookedOn", l.amount as minor, l.currency, l.label, m.merchant_id as "merchantId", m.merchant_name as "merchantName"
      from app.bank_line l
        join app.bank_account a on a.tenant_id = l.tenant_id and a.id = l.bank_account_id and a.archived_on is null
        left join app.line_merchant_view m on m.tenant_id = l.tenant_id and m.line_id = l.id
      where l.tenant_id = $1 and l.status = 'booked' and l.booked_on >= $2 and l.transfer_id is null and l.amount <> 0
      order by l.booked_on desc, l.id desc limit ${LINES_MAX}) s
    order by s."bookedOn", s.id`, [tx.tenantId, since])
  return rows
}

/** The last day of which lines of each account are known. */
export async function accountsSeenTo(tx: TenantTx): Promise<Map<string, LocalDate>> {
  const { rows } = await tx.query<{ id: string; on: LocalDate }>('select bank_account_id as id, max(booked_on) as on from app.bank_line where tenant_id = $1 and status = \'booked\' group by bank_account_id', [tx.tenantId])
  return new Map(rows.map(({ id, on }) => [id, on]))
}

export async function lockRecurring(tx: TenantTx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended(\'recurring\' || $1::text, 0))', [tx.tenantId])
}

/** The series known so far, with their lines. */
export async function knownSeries(tx: TenantTx): Promise<(KnownSeries & Pick<Recurring, 'state' | 'usual' | 'flags'>)[]> {
  const { rows } = await tx.query<KnownSeries & Pick<Recurring, 'state' | 'usual' | 'flags'>>(`
    select r.id, r.key, r.state, r.usual, r.flags, coalesce(array_agg(rl.line_id) filter (where rl.line_id is not null), '{}')::text[] as "lineIds"
    from app.recurring r left join app.recurring_line rl on rl.tenant_id = r.tenant_id and rl.recurring_id = r.id
    where r.tenant_id = $1 group by r.id, r.key, r.state, r.usual, r.flags order by r.id`, [tx.tenantId])
  return rows
}

export type FoundRecurring = Omit<Recurring, 'merchantName' | 'categoryId' | 'categoryName' | 'flow' | 'decision'> & { readonly lineIds: readonly string[] }

/** Writes what was found: series under their ids, their lines, and no trace of those no longer there that nobody decided about. */
export async function saveSeries(tx: TenantTx, found: readonly FoundRecurring[]): Promise<void> {
  const ids = found.map(({ id }) => id)
  await tx.query('delete from app.recurring_line where tenant_id = $1', [tx.tenantId])
  await tx.query('delete from app.recurring where tenant_id = $1 and decision is null and not (id = any($2::uuid[]))', [tx.tenantId, ids])
  await tx.query('update app.recurring set state = \'ended\', next_on = null, flags = \'[]\' where tenant_id = $1 and not (id = any($2::uuid[]))', [tx.tenantId, ids])
  if (found.length === 0) return
  await tx.query(`
    insert into app.recurring (tenant_id, id, key, bank_account_id, merchant_id, name, direction, currency, rhythm, usual, low, high, last_amount, first_on, last_on, next_on, recent_days, occurrences, confidence, state, flags)
    select $1, u.id, u.key, u.account, u.merchant, u.name, u.direction, u.currency, u.rhythm, u.usual, u.low, u.high, u.last_amount, u.first_on, u.last_on, u.next_on, u.days::jsonb, u.times, u.confidence, u.state, u.flags::jsonb
    from unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::date[], $15::date[], $16::date[], $17::text[], $18::int[], $19::smallint[], $20::text[], $21::text[])
      as u(id, key, account, merchant, name, direction, currency, rhythm, usual, low, high, last_amount, first_on, last_on, next_on, days, times, confidence, state, flags)
    on conflict (tenant_id, id) do update set key = excluded.key, bank_account_id = excluded.bank_account_id, merchant_id = excluded.merchant_id, name = excluded.name, direction = excluded.direction, currency = excluded.currency,
      rhythm = excluded.rhythm, usual = excluded.usual, low = excluded.low, high = excluded.high, last_amount = excluded.last_amount, first_on = excluded.first_on, last_on = excluded.last_on, next_on = excluded.next_on,
      recent_days = excluded.recent_days, occurrences = excluded.occurrences, confidence = excluded.confidence, state = excluded.state, flags = excluded.flags`,
  [tx.tenantId, ids, found.map((r) => r.key), found.map((r) => r.accountId), found.map((r) => r.merchantId), found.map((r) => r.name), found.map((r) => r.direction), found.map((r) => r.currency), found.map((r) => r.rhythm),
    found.map((r) => r.usual), found.map((r) => r.low), found.map((r) => r.high), found.map((r) => r.lastAmount), found.map((r) => r.firstOn), found.map((r) => r.lastOn), found.map((r) => r.nextOn), found.map((r) => JSON.stringify(r.recentDays)),
    found.map((r) => r.occurrences), found.map((r) => r.confidence), found.map((r) => r.state), found.map((r) => JSON.stringify(r.flags, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)))])
  const lines = found.flatMap(({ id, lineIds }) => lineIds.map((lineId) => ({ id, lineId })))
  await tx.query('insert into app.recurring_line (tenant_id, recurring_id, line_id) select $1, u.* from unnest($2::uuid[], $3::uuid[]) u', [tx.tenantId, lines.map(({ id }) => id), lines.map(({ lineId }) => lineId)])
}

export async function markSearched(tx: TenantTx, at: string): Promise<void> {
  await tx.query('insert into app.recurring_search (tenant_id, searched_at) values ($1, $2) on conflict (tenant_id) do update set searched_at = excluded.searched_at', [tx.tenantId, at])
}

export async function searchedAt(tx: TenantTx): Promise<string | null> {
  const { rows } = await tx.query<{ at: string }>('select searched_at as at from app.recurring_search where tenant_id = $1', [tx.tenantId])
  return rows[0]?.at ?? null
}

type Row = Omit<Recurring, 'flags' | 'flow'> & { readonly flow: Recurring['flow'] | null; readonly flags: readonly (Omit<Extract<Recurring['flags'][number], { before: bigint }>, 'before' | 'after'> & { readonly before?: string; readonly after?: string })[] }

/** Every series of a company, the nearest to come first. The category is that of its latest line. */
export async function allRecurring(tx: TenantTx, id: string | null = null): Promise<Recurring[]> {
  const { rows } = await tx.query<Row>(`
    select r.id, r.key, r.bank_account_id as "accountId", r.merchant_id as "merchantId", m.name as "merchantName", last.category_id as "categoryId", c.name as "categoryName", last.flow,
      r.name, r.direction, r.currency, r.rhythm, r.usual, r.low, r.high, r.last_amount as "lastAmount", r.first_on as "firstOn", r.last_on as "lastOn", r.next_on as "nextOn", r.recent_days as "recentDays",
      r.occurrences, r.confidence::int as confidence, r.state, r.flags, r.decision
    from app.recurring r
      left join app.merchant m on m.tenant_id = r.tenant_id and m.id = r.merchant_id
      left join lateral (
        select f.category_id, f.flow from app.recurring_line rl join app.line_flow_view f on f.tenant_id = rl.tenant_id and f.line_id = rl.line_id
        where rl.tenant_id = r.tenant_id and rl.recurring_id = r.id order by f.booked_on desc, f.line_id desc, f.n limit 1) last on true
      left join app.category c on c.tenant_id = r.tenant_id and c.id = last.category_id
    where r.tenant_id = $1 and ($2::uuid is null or r.id = $2)
    order by r.next_on nulls last, r.usual desc, r.id limit ${SERIES_MAX}`, [tx.tenantId, id])
  return rows.map((row) => ({
    ...row, flow: row.flow ?? (row.direction === 'in' ? 'income' : 'spending'),
    flags: row.flags.map((flag) => (flag.before === undefined || flag.after === undefined ? { kind: flag.kind as 'missed', on: flag.on } : { kind: flag.kind, on: flag.on, before: BigInt(flag.before), after: BigInt(flag.after) })),
  }))
}

/** More series than any company has; beyond, the furthest to come are left out. */
const SERIES_MAX = 2_000

export type SeriesLine = { readonly lineId: string; readonly bookedOn: LocalDate; readonly amount: bigint; readonly label: string }

/** The latest lines of a series. */
export async function linesOfSeries(tx: TenantTx, id: string, limit: number): Promise<SeriesLine[]> {
  const { rows } = await tx.query<SeriesLine>(`
    select l.id as "lineId", l.booked_on as "bookedOn", l.amount, l.label from app.recurring_line rl join app.bank_line l on l.tenant_id = rl.tenant_id and l.id = rl.line_id
    where rl.tenant_id = $1 and rl.recurring_id = $2 order by l.booked_on desc, l.id desc limit $3`, [tx.tenantId, id, limit])
  return rows
}

export async function saveDecision(tx: TenantTx, id: string, { decision, by, at }: { readonly decision: string | null; readonly by: string | null; readonly at: string }): Promise<void> {
  await tx.query('update app.recurring set decision = $3, decided_by = $4, decided_at = case when $3::text is null then null else $5::timestamptz end where tenant_id = $1 and id = $2', [tx.tenantId, id, decision, by, at])
}
