// Lines come in, come true and go: each statement keeps the movement of the days in step.
import type { Currency } from '../../../../core/kernel/currency.ts'
import type { BankAccountId, BankLineId, ImportId, UserId } from '../../../../core/kernel/id.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import type { Incoming } from '../types.ts'

/** Rows one statement carries at most: a file of half a million lines goes in by parts of one transaction. */
const INSERT_ROWS_MAX = 10_000

/** A line to store: what came in, and its id. */
export type NewLine = Incoming & { readonly id: BankLineId; readonly note?: string | null }
/** What the lines of one delivery share: their account and its currency, whether they are posted, who numbered them. */
export type Shared = { readonly importId: ImportId; readonly accountId: BankAccountId; readonly currency: Currency; readonly posts: boolean; readonly source: string | null }

const MOVED = `select bank_account_id, booked_on as day, coalesce(sum(amount) filter (where amount > 0), 0)::bigint as moved_in, coalesce(sum(amount) filter (where amount < 0), 0)::bigint as moved_out, count(*)::int as line_count
    from changed where status = 'booked' group by bank_account_id, booked_on`

/** Adds the movement of the lines a statement gives (`changed`: account, day, amount, status) to their days. */
const ADD_TO_DAYS = `
  insert into app.bank_day as d (tenant_id, bank_account_id, day, moved_in, moved_out, line_count)
  select $1, m.* from (${MOVED}) m
  on conflict (tenant_id, bank_account_id, day) do update
    set moved_in = d.moved_in + excluded.moved_in, moved_out = d.moved_out + excluded.moved_out, line_count = d.line_count + excluded.line_count`

/** Takes it back. */
const TAKE_FROM_DAYS = `
  update app.bank_day d set moved_in = d.moved_in - m.moved_in, moved_out = d.moved_out - m.moved_out, line_count = d.line_count - m.line_count
  from (${MOVED}) m where d.tenant_id = $1 and d.bank_account_id = m.bank_account_id and d.day = m.day`

export async function insertLines(tx: TenantTx, shared: Shared, lines: readonly NewLine[]): Promise<void> {
  for (let at = 0; at < lines.length; at += INSERT_ROWS_MAX) {
    const part = lines.slice(at, at + INSERT_ROWS_MAX)
    const column = <T>(of: (line: NewLine) => T) => part.map(of)
    // A column that is empty throughout is sent as nothing at all.
    const optional = (of: (line: NewLine) => string | null | undefined) => (part.some((line) => of(line)) ? part.map((line) => of(line) ?? null) : [])
    await tx.query(`
      with changed as (
        insert into app.bank_line (tenant_id, import_id, bank_account_id, currency, posts, reference_source, id, position, booked_on, value_on, amount, label, reference, counterparty_name, counterparty_iban, bank_reference, status, note)
        select $1, $2, $3, $4, $5, $6, u.id, u.position, u.booked_on, u.value_on, u.amount, u.label, u.reference, u.name, u.iban, u.bank_reference, coalesce(u.status, 'booked'), u.note
        from unnest($7::uuid[], $8::int[], $9::date[], $10::date[], $11::bigint[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[])
          as u(id, position, booked_on, value_on, amount, label, reference, name, iban, bank_reference, status, note)
        returning bank_account_id, booked_on, amount, status
      ) ${ADD_TO_DAYS}`,
    [tx.tenantId, shared.importId, shared.accountId, shared.currency, shared.posts, shared.source, column((line) => line.id), column((line) => line.position), column((line) => line.bookedOn), optional((line) => line.valueOn),
      column((line) => line.minor), column((line) => line.label), optional((line) => line.reference), optional((line) => line.counterparty.name), optional((line) => line.counterparty.iban), optional((line) => line.bankId),
      optional((line) => (line.status === 'pending' ? line.status : null)), optional((line) => line.note)])
  }
}

/** Announced lines come true: what the bank says now replaces what it announced; their ids, notes and categories stay. */
export async function bookPending(tx: TenantTx, importId: ImportId, lines: readonly (Incoming & { readonly id: BankLineId; readonly source: string | null })[]): Promise<void> {
  if (lines.length === 0) return
  await tx.query(`
    with changed as (
      update app.bank_line l set status = 'booked', import_id = $2, position = u.position, booked_on = u.booked_on, value_on = u.value_on, amount = u.amount, label = u.label, reference = u.reference,
        counterparty_name = u.name, counterparty_iban = u.iban, bank_reference = coalesce(u.bank_reference, l.bank_reference), reference_source = case when u.bank_reference is null then l.reference_source else u.source end
      from unnest($3::uuid[], $4::int[], $5::date[], $6::date[], $7::bigint[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[]) as u(id, position, booked_on, value_on, amount, label, reference, name, iban, bank_reference, source)
      where l.tenant_id = $1 and l.id = u.id and l.status = 'pending'
      returning l.bank_account_id, l.booked_on, l.amount, l.status
    ) ${ADD_TO_DAYS}`,
  [tx.tenantId, importId, lines.map((line) => line.id), lines.map((line) => line.position), lines.map((line) => line.bookedOn), lines.map((line) => line.valueOn), lines.map((line) => line.minor), lines.map((line) => line.label),
    lines.map((line) => line.reference), lines.map((line) => line.counterparty.name), lines.map((line) => line.counterparty.iban), lines.map((line) => line.bankId), lines.map((line) => line.source)])
}

export type Removal = { readonly because: 'person' | 'undone' | 'withdrawn'; readonly by: UserId | null }

/** Lines leave, as tombstones: from here on nobody sees them, and what repeats them is known. Call it within `seeingRemoved`. */
export async function removeLines(tx: TenantTx, ids: readonly BankLineId[], { because, by }: Removal): Promise<void> {
  if (ids.length === 0) return
  await tx.query(`
    with leaving as (select id, bank_account_id, booked_on, amount, status from app.bank_line where tenant_id = $1 and id = any($2::uuid[]) and status <> 'removed'),
    gone as (
      update app.bank_line l set status = 'removed', removed_because = $3, removed_by = $4, removed_at = now(), entry_id = null, hold_id = null, transfer_id = null
      from leaving where l.tenant_id = $1 and l.id = leaving.id returning l.id
    ), changed as (select * from leaving where id in (select id from gone)) ${TAKE_FROM_DAYS}`, [tx.tenantId, ids, because, by])
}

/** Tombstones that no longer keep anything away: their lines were asked for again. */
export async function liftTombstones(tx: TenantTx, ids: readonly BankLineId[]): Promise<void> {
  if (ids.length === 0) return
  await tx.query('update app.bank_line set removed_because = \'retaken\' where tenant_id = $1 and id = any($2::uuid[]) and status = \'removed\'', [tx.tenantId, ids])
}

/** Runs with tombstones in sight, and hides them again. */
export async function seeingRemoved<T>(tx: TenantTx, run: () => Promise<T>): Promise<T> {
  await tx.query('select set_config(\'app.removed_lines\', \'seen\', true)')
  const result = await run()
  await tx.query('select set_config(\'app.removed_lines\', \'\', true)')
  return result
}

export type Alias = { readonly accountId: BankAccountId; readonly source: string; readonly externalId: string; readonly lineId: BankLineId }

/** Remembers other identifiers of known lines; one that is another line's already stays that line's. */
export async function insertAliases(tx: TenantTx, aliases: readonly Alias[]): Promise<void> {
  if (aliases.length === 0) return
  await tx.query(`
    insert into app.bank_line_alias (tenant_id, bank_account_id, source, external_id, line_id)
    select distinct on (u.account, u.source, u.external) $1::uuid, u.account, u.source, u.external, u.line from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[]) as u(account, source, external, line)
    on conflict do nothing`, [tx.tenantId, aliases.map((one) => one.accountId), aliases.map((one) => one.source), aliases.map((one) => one.externalId), aliases.map((one) => one.lineId)])
}
