import type { Currency } from '../../../core/kernel/currency.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { Alias, AliasView, MadeBy, Merchant, MerchantView } from './types.ts'

const COLUMNS = 'm.id, m.name, m.siren, m.made_by as "madeBy", m.version, m.created_at as "createdAt"'

/** Reading labels and arranging merchants happen one after the other in a company: two jobs never make the same merchant twice. */
export async function lockMerchants(tx: TenantTx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended(\'merchants\' || $1::text, 0))', [tx.tenantId])
}

/** Merchants by name, with their lines. */
export async function listMerchants(tx: TenantTx, filter: { readonly search: string | null; readonly siren: string | null; readonly after: { readonly folded: string; readonly id: string } | null; readonly limit: number }): Promise<(MerchantView & { readonly folded: string })[]> {
  const { rows } = await tx.query<Merchant & { folded: string }>(`
    select ${COLUMNS}, m.folded from app.merchant m
    where m.tenant_id = $1 and m.merged_into is null
      and ($2::text is null or m.folded like $2 or m.siren = $3)
      and ($4::text is null or (m.folded, m.id) > ($4, $5::uuid))
    order by m.folded, m.id limit $6`,
  [tx.tenantId, filter.search === null ? null : `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`, filter.siren, filter.after?.folded ?? null, filter.after?.id ?? null, filter.limit])
  return withLines(tx, rows)
}

type Sum = { readonly merchantId: string; readonly currency: Currency; readonly count: number; readonly total: bigint; readonly firstOn: LocalDate; readonly lastOn: LocalDate }

async function withLines<T extends Merchant>(tx: TenantTx, merchants: readonly T[]): Promise<(T & MerchantView)[]> {
  const { rows } = await tx.query<Sum>(`
    select e.merchant_id as "merchantId", l.currency, count(*)::int as count, sum(l.amount)::bigint as total, min(l.booked_on) as "firstOn", max(l.booked_on) as "lastOn"
    from app.line_enrichment e join app.bank_line l on l.tenant_id = e.tenant_id and l.id = e.line_id
    where e.tenant_id = $1 and e.merchant_id = any($2::uuid[]) group by e.merchant_id, l.currency order by e.merchant_id, l.currency`, [tx.tenantId, merchants.map(({ id }) => id)])
  const sums = Map.groupBy(rows, ({ merchantId }) => merchantId)
  return merchants.map((merchant) => {
    const own = sums.get(merchant.id) ?? []
    const days = own.flatMap(({ firstOn, lastOn }) => [firstOn, lastOn]).sort()
    return { ...merchant, lineCount: own.reduce((count, one) => count + one.count, 0), firstOn: days[0] ?? null, lastOn: days.at(-1) ?? null, totals: own.map(({ total, currency }) => ({ minor: total, currency })) }
  })
}

/** A merchant that was not merged into another. */
export async function findMerchant(tx: TenantTx, id: string): Promise<MerchantView | undefined> {
  const { rows } = await tx.query<Merchant>(`select ${COLUMNS} from app.merchant m where m.tenant_id = $1 and m.id = $2 and m.merged_into is null`, [tx.tenantId, id])
  return (await withLines(tx, rows))[0]
}

export async function findMerchants(tx: TenantTx, ids: readonly string[]): Promise<Merchant[]> {
  const { rows } = await tx.query<Merchant>(`select ${COLUMNS} from app.merchant m where m.tenant_id = $1 and m.id = any($2::uuid[]) and m.merged_into is null order by m.id`, [tx.tenantId, ids])
  return rows
}

export async function merchantNamed(tx: TenantTx, folded: string): Promise<Merchant | undefined> {
  const { rows } = await tx.query<Merchant>(`select ${COLUMNS} from app.merchant m where m.tenant_id = $1 and m.folded = $2 and m.merged_into is null order by m.id limit 1`, [tx.tenantId, folded])
  return rows[0]
}

/** Merchants by their SIREN; one of each. */
export async function merchantsBySiren(tx: TenantTx, sirens: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ id: string; siren: string }>('select id, siren from app.merchant where tenant_id = $1 and siren = any($2::text[]) and merged_into is null order by id desc', [tx.tenantId, sirens])
  return new Map(rows.map(({ id, siren }) => [siren, id]))
}

export type NewMerchantRow = { readonly id: string; readonly name: string; readonly folded: string; readonly siren: string | null; readonly madeBy: MadeBy }

export async function insertMerchants(tx: TenantTx, rows: readonly NewMerchantRow[]): Promise<void> {
  if (rows.length === 0) return
  const column = <K extends keyof NewMerchantRow>(key: K) => rows.map((row) => row[key])
  await tx.query('insert into app.merchant (tenant_id, id, name, folded, siren, made_by) select $1, u.* from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) u',
    [tx.tenantId, column('id'), column('name'), column('folded'), column('siren'), column('madeBy')])
}

export async function saveMerchant(tx: TenantTx, merchant: { readonly id: string; readonly name: string; readonly folded: string; readonly siren: string | null }): Promise<void> {
  await tx.query('update app.merchant set name = $3, folded = $4, siren = $5, version = version + 1 where tenant_id = $1 and id = $2', [tx.tenantId, merchant.id, merchant.name, merchant.folded, merchant.siren])
}

/** Marks merchants as merged into another, or as standing alone again. */
export async function markMerged(tx: TenantTx, ids: readonly string[], into: string | null): Promise<void> {
  await tx.query('update app.merchant set merged_into = $3, version = version + 1 where tenant_id = $1 and id = any($2::uuid[])', [tx.tenantId, ids, into])
}

/** The patterns of a merchant, those that lead most lines first. */
export async function listAliases(tx: TenantTx, merchantId: string, limit: number): Promise<AliasView[]> {
  const { rows } = await tx.query<AliasView>(`
    select a.id, a.merchant_id as "merchantId", a.pattern, a.made_by as "madeBy",
      (select count(*)::int from app.line_enrichment e where e.tenant_id = a.tenant_id and e.alias_id = a.id) as "lineCount"
    from app.merchant_alias a where a.tenant_id = $1 and a.merchant_id = $2 order by "lineCount" desc, a.pattern limit $3`, [tx.tenantId, merchantId, limit])
  return rows
}

/** For each key its own pattern, or the patterns it is the beginning of, two at most: a bank may have cut the last word. */
export async function aliasesOf(tx: TenantTx, keys: readonly string[]): Promise<(Alias & { readonly key: string })[]> {
  const { rows } = await tx.query<Alias & { key: string }>(`
    select u.key, a.id, a.merchant_id as "merchantId", a.pattern, a.made_by as "madeBy"
    from unnest($2::text[]) u(key) cross join lateral (
      (select x.id, x.merchant_id, x.pattern, x.made_by from app.merchant_alias x where x.tenant_id = $1 and x.pattern = u.key)
      union all
      (select x.id, x.merchant_id, x.pattern, x.made_by from app.merchant_alias x
        where x.tenant_id = $1 and length(u.key) >= 5 and x.pattern ~>~ u.key and x.pattern ~<~ (u.key || '[') and x.pattern not like (u.key || ' %')
        order by x.pattern limit 2)
    ) a order by u.key, a.pattern`, [tx.tenantId, keys])
  return rows
}

export async function insertAliases(tx: TenantTx, rows: readonly Alias[]): Promise<void> {
  if (rows.length === 0) return
  const column = <K extends keyof Alias>(key: K) => rows.map((row) => row[key])
  await tx.query('insert into app.merchant_alias (tenant_id, id, merchant_id, pattern, made_by) select $1, u.* from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) u on conflict (tenant_id, pattern) do nothing',
    [tx.tenantId, column('id'), column('merchantId'), column('pattern'), column('madeBy')])
}
