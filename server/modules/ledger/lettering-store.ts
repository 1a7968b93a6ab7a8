import type { LetterableLine } from '../../../core/ledger/lettering.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { LineKey } from './types.ts'

export type LetterGroupKey = { readonly account: string; readonly auxCode: string | null; readonly lettering: string | null }

/** Lines by entry and rank, as lettering sees them. */
export async function findLetterableLines(tx: TenantTx, keys: readonly LineKey[]): Promise<LetterableLine[]> {
  const { rows } = await tx.query<LetterableLine>(
    `select l.account, coalesce(l.aux_code, '') as auxiliary, coalesce(l.lettering, '') as letter, l.entry_date as date, l.debit, l.credit
     from unnest($2::uuid[], $3::int[]) as wanted (entry_id, n)
     join app.entry_line l on l.tenant_id = $1 and l.entry_id = wanted.entry_id and l.n = wanted.n`,
    [tx.tenantId, keys.map((key) => key.entryId), keys.map((key) => key.n)],
  )
  return rows
}

/** The same, each with its key. */
export async function findKeyedLines(tx: TenantTx, keys: readonly LineKey[]): Promise<(LetterableLine & LineKey)[]> {
  const { rows } = await tx.query<LetterableLine & LineKey>(
    `select l.entry_id as "entryId", l.n, l.account, coalesce(l.aux_code, '') as auxiliary, coalesce(l.lettering, '') as letter, l.entry_date as date, l.debit, l.credit
     from unnest($2::uuid[], $3::int[]) as wanted (entry_id, n)
     join app.entry_line l on l.tenant_id = $1 and l.entry_id = wanted.entry_id and l.n = wanted.n`,
    [tx.tenantId, keys.map((key) => key.entryId), keys.map((key) => key.n)],
  )
  return rows
}

/** The last code given on each of these third parties' accounts; those without any are absent. */
export async function findLastLetters(tx: TenantTx, groups: readonly { readonly account: string; readonly auxiliary: string }[]): Promise<{ account: string; auxiliary: string; last: string }[]> {
  const { rows } = await tx.query<{ account: string; auxiliary: string; last: string }>(
    `select c.account, c.aux_code as auxiliary, c.last_code as last
     from (select distinct * from unnest($2::text[], $3::text[]) as g (account, aux_code)) as g
     join app.lettering_counter c on c.tenant_id = $1 and c.account = g.account and c.aux_code = g.aux_code`,
    [tx.tenantId, groups.map((group) => group.account), groups.map((group) => group.auxiliary)],
  )
  return rows
}

export async function findLastLetter(tx: TenantTx, account: string, auxiliary: string): Promise<string | null> {
  const { rows } = await tx.query<{ last: string }>(
    'select last_code as last from app.lettering_counter where tenant_id = $1 and account = $2 and aux_code = $3', [tx.tenantId, account, auxiliary])
  return rows[0]?.last ?? null
}

export async function saveLastLetters(tx: TenantTx, counters: readonly { readonly account: string; readonly auxiliary: string; readonly last: string }[]): Promise<void> {
  if (counters.length === 0) return
  await tx.query(
    `insert into app.lettering_counter (tenant_id, account, aux_code, last_code)
     select $1, account, aux_code, last_code from unnest($2::text[], $3::text[], $4::text[]) as new (account, aux_code, last_code)
     on conflict (tenant_id, account, aux_code) do update set last_code = excluded.last_code`,
    [tx.tenantId, counters.map((c) => c.account), counters.map((c) => c.auxiliary), counters.map((c) => c.last)],
  )
}

export async function saveLettering(tx: TenantTx, keys: readonly LineKey[], mark: { readonly letter: string; readonly date: LocalDate }): Promise<void> {
  await tx.query(
    `update app.entry_line l set lettering = $4, lettered_on = $5 from unnest($2::uuid[], $3::int[]) as wanted (entry_id, n)
     where l.tenant_id = $1 and l.entry_id = wanted.entry_id and l.n = wanted.n`,
    [tx.tenantId, keys.map((key) => key.entryId), keys.map((key) => key.n), mark.letter, mark.date],
  )
}

/** Writes many codes at once, each on its line. */
export async function saveLetterings(tx: TenantTx, marks: readonly (LineKey & { readonly letter: string; readonly date: LocalDate })[]): Promise<void> {
  await tx.query(
    `update app.entry_line l set lettering = mark.letter, lettered_on = mark.lettered_on from unnest($2::uuid[], $3::int[], $4::text[], $5::date[]) as mark (entry_id, n, letter, lettered_on)
     where l.tenant_id = $1 and l.entry_id = mark.entry_id and l.n = mark.n`,
    [tx.tenantId, marks.map((mark) => mark.entryId), marks.map((mark) => mark.n), marks.map((mark) => mark.letter), marks.map((mark) => mark.date)],
  )
}

/** Removes the letter of these groups, every line of each. */
export async function removeLettering(tx: TenantTx, groups: readonly LetterGroupKey[]): Promise<void> {
  if (groups.length === 0) return
  await tx.query(
    `update app.entry_line l set lettering = null, lettered_on = null
     from (select distinct * from unnest($2::text[], $3::text[], $4::text[]) as g (account, aux_code, lettering)) as g
     where l.tenant_id = $1 and l.account = g.account and coalesce(l.aux_code, '') = g.aux_code and l.lettering = g.lettering`,
    [tx.tenantId, groups.map((g) => g.account), groups.map((g) => g.auxCode ?? ''), groups.map((g) => g.lettering)],
  )
}
