import type { SystemTx, TenantTx } from '../../platform/db/types.ts'
import type { TenantId } from '../../../core/kernel/id.ts'
import type { Enrichment, EnrichmentView, GivenField, MerchantOfLine, ReadableLine } from './types.ts'

/** Placed by a person, or by a rule of the company's own: no reading of the label moves it. What a label leads to has its pattern. */
const PLACED = '(e.merchant_source = \'manual\' or (e.merchant_source = \'rule\' and e.alias_id is null))'
const LINE = `l.id, l.label, l.reference, l.counterparty_name as "counterpartyName", l.counterparty_iban as "counterpartyIban", l.amount, l.currency, l.booked_on as "bookedOn",
  coalesce(${PLACED}, false) as "isPlaced"`

/** Which lines to read: those of one import, those no rule of this version has read, or all. */
export type Wanted = { readonly importId: string | null; readonly olderThan: number | null }
const WANTED = '($2::uuid is null or l.import_id = $2) and ($3::int is null or e.rules is null or e.rules < $3)'
const JOINED = 'app.bank_line l left join app.line_enrichment e on e.tenant_id = l.tenant_id and e.line_id = l.id'

export async function countWanted(tx: TenantTx, { importId, olderThan }: Wanted): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(`select count(*)::int as count from ${JOINED} where l.tenant_id = $1 and ${WANTED}`, [tx.tenantId, importId, olderThan])
  return rows[0]!.count
}

/** The next lines to read, in the order of their ids. */
export async function linesToRead(tx: TenantTx, { importId, olderThan }: Wanted, page: { readonly after: string | null; readonly limit: number }): Promise<ReadableLine[]> {
  const { rows } = await tx.query<ReadableLine>(`select ${LINE} from ${JOINED} where l.tenant_id = $1 and ${WANTED} and ($4::uuid is null or l.id > $4) order by l.id limit $5`,
    [tx.tenantId, importId, olderThan, page.after, page.limit])
  return rows
}

/** One line, read or not. */
export async function lineToRead(tx: TenantTx, id: string): Promise<ReadableLine | undefined> {
  const { rows } = await tx.query<ReadableLine>(`select ${LINE} from ${JOINED} where l.tenant_id = $1 and l.id = $2`, [tx.tenantId, id])
  return rows[0]
}

/** Keeps what was read. The merchant a person or a rule of the company gave stays, and so does every value a person gave. */
export async function saveEnrichments(tx: TenantTx, rows: readonly Enrichment[]): Promise<void> {
  if (rows.length === 0) return
  const column = <K extends keyof Enrichment>(key: K) => rows.map((row) => row[key])
  await tx.query(`
    insert into app.line_enrichment as e (tenant_id, line_id, rules, found, alias_id, merchant_id, merchant_source, merchant_rule, merchant_confidence)
    select $1, u.line_id, u.rules, u.found::jsonb, u.alias_id, u.merchant_id, u.source, u.rule, u.confidence
    from unnest($2::uuid[], $3::int[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::real[]) u(line_id, rules, found, alias_id, merchant_id, source, rule, confidence)
    on conflict (tenant_id, line_id) do update set rules = excluded.rules, found = excluded.found, enriched_at = now(),
      alias_id = case when ${PLACED} then e.alias_id else excluded.alias_id end,
      merchant_id = case when ${PLACED} then e.merchant_id else excluded.merchant_id end,
      merchant_rule = case when ${PLACED} then e.merchant_rule else excluded.merchant_rule end,
      merchant_confidence = case when ${PLACED} then e.merchant_confidence else excluded.merchant_confidence end,
      merchant_source = case when ${PLACED} then e.merchant_source else excluded.merchant_source end`,
  [tx.tenantId, column('lineId'), column('rules'), rows.map(({ found }) => JSON.stringify(found)), column('aliasId'), column('merchantId'), column('source'), column('rule'), column('confidence')])
}

export async function findEnrichment(tx: TenantTx, lineId: string): Promise<EnrichmentView | undefined> {
  const { rows } = await tx.query<EnrichmentView>(`
    select e.line_id as "lineId", e.rules, e.found, e.given, e.alias_id as "aliasId", e.merchant_id as "merchantId", e.merchant_source as source, e.merchant_rule as rule,
      e.merchant_confidence::float8 as confidence, m.name as "merchantName", m.siren as "merchantSiren", e.enriched_at as "enrichedAt"
    from app.line_enrichment e left join app.merchant m on m.tenant_id = e.tenant_id and m.id = e.merchant_id
    where e.tenant_id = $1 and e.line_id = $2`, [tx.tenantId, lineId])
  return rows[0]
}

/** Gives a line a merchant: by hand, or by a rule of the company that is named. */
export async function giveMerchant(tx: TenantTx, lineId: string, { merchantId, rule }: { readonly merchantId: string; readonly rule: string | null }): Promise<void> {
  await tx.query(`update app.line_enrichment set merchant_id = $3, merchant_source = case when $4::text is null then 'manual' else 'rule' end, merchant_rule = $4,
      alias_id = case when $4::text is null then alias_id end, merchant_confidence = 1, enriched_at = now()
    where tenant_id = $1 and line_id = $2`, [tx.tenantId, lineId, merchantId, rule])
}

/** Gives the merchant of a line back to the rules. */
export async function restoreMerchant(tx: TenantTx, lineId: string, { merchantId, aliasId, source, rule, confidence }: MerchantOfLine): Promise<void> {
  await tx.query(`update app.line_enrichment set merchant_id = $3, alias_id = $4, merchant_source = $5, merchant_rule = $6, merchant_confidence = $7, enriched_at = now()
    where tenant_id = $1 and line_id = $2`, [tx.tenantId, lineId, merchantId, aliasId, source, rule, confidence])
}

export async function saveGiven(tx: TenantTx, lineId: string, given: Readonly<Partial<Record<GivenField, string>>>): Promise<void> {
  await tx.query('update app.line_enrichment set given = $3::text::jsonb, enriched_at = now() where tenant_id = $1 and line_id = $2', [tx.tenantId, lineId, JSON.stringify(given)])
}

const TENANTS_MAX = 100_000

export async function tenantsWithBooks(tx: SystemTx): Promise<TenantId[]> {
  const { rows } = await tx.query<{ id: TenantId }>('select tenant_id as id from app.company order by tenant_id limit $1', [TENANTS_MAX])
  return rows.map(({ id }) => id)
}
