import type { BankLineId } from '../../../../core/kernel/id.ts'
import type { TenantTx } from '../../../platform/db/types.ts'

/** Someone by the name they had that day; the id is null when a program acted. */
export type Person = { readonly id: string; readonly name: string }

/** A question to a colleague about a line, and its answer. */
export type Hold = {
  readonly question: string
  readonly by: Person | null
  readonly at: string
  readonly askedOf: Person | null
  readonly answer: { readonly text: string; readonly by: Person | null; readonly at: string } | null
}

/** What others say of a line: its category, its merchant, the question it waits for. */
export type LineDetails = {
  readonly category: { readonly id: string; readonly name: string; readonly source: 'manual' | 'rule' | 'model' | 'memory'; readonly confidence: number | null } | null
  readonly isSplit: boolean
  readonly merchant: { readonly id: string; readonly name: string } | null
  readonly hold: Hold | null
}
export const NO_DETAILS: LineDetails = { category: null, isSplit: false, merchant: null, hold: null }

/** What others say of a line, as a query of `DETAIL_COLUMNS` and `DETAIL_JOINS` gives it. */
export type DetailRow = {
  readonly categoryId: string | null; readonly categoryName: string | null; readonly source: 'manual' | 'rule' | 'model' | 'memory' | null; readonly confidence: string | number | null; readonly isSplit: boolean | null
  readonly merchantId: string | null; readonly merchantName: string | null
  readonly question: string | null; readonly askedBy: string | null; readonly askedByName: string | null; readonly askedAt: string; readonly askedOf: string | null; readonly askedOfName: string | null
  readonly answer: string | null; readonly answeredBy: string | null; readonly answeredByName: string | null; readonly answeredAt: string
}

function person(id: string | null, name: string | null): Person | null {
  return id === null || name === null ? null : { id, name }
}

/** What others say of a line, from such a row. */
export function detailsOf(row: DetailRow): LineDetails {
  return {
    category: row.categoryId === null ? null : { id: row.categoryId, name: row.categoryName ?? '', source: row.source ?? 'manual', confidence: row.confidence === null ? null : Number(row.confidence) },
    isSplit: row.isSplit ?? false,
    merchant: row.merchantId === null ? null : { id: row.merchantId, name: row.merchantName ?? '' },
    hold: row.question === null ? null : {
      question: row.question, by: person(row.askedBy, row.askedByName), at: row.askedAt, askedOf: person(row.askedOf, row.askedOfName),
      answer: row.answer === null ? null : { text: row.answer, by: person(row.answeredBy, row.answeredByName), at: row.answeredAt },
    },
  }
}

export const DETAIL_COLUMNS = `c.category_id as "categoryId", c.category_name as "categoryName", c.source, c.confidence, c.is_split as "isSplit", m.merchant_id as "merchantId", m.merchant_name as "merchantName",
  h.question, h.asked_by as "askedBy", h.asked_by_name as "askedByName", h.asked_at as "askedAt", h.asked_of as "askedOf", h.asked_of_name as "askedOfName",
  h.answer, h.answered_by as "answeredBy", h.answered_by_name as "answeredByName", h.answered_at as "answeredAt"`

/** Beside a line `l`. */
export const DETAIL_JOINS = `left join app.line_category_view c on c.tenant_id = l.tenant_id and c.line_id = l.id
  left join app.line_merchant_view m on m.tenant_id = l.tenant_id and m.line_id = l.id
  left join app.bank_hold h on h.tenant_id = l.tenant_id and h.id = l.hold_id`

/** What others say of some lines, by line. */
export async function lineDetails(tx: TenantTx, ids: readonly BankLineId[]): Promise<ReadonlyMap<BankLineId, LineDetails>> {
  if (ids.length === 0) return new Map()
  const { rows } = await tx.query<DetailRow & { readonly id: BankLineId }>(`select l.id, ${DETAIL_COLUMNS} from app.bank_line l ${DETAIL_JOINS} where l.tenant_id = $1 and l.id = any($2::uuid[])`, [tx.tenantId, ids])
  return new Map(rows.map((row) => [row.id, detailsOf(row)]))
}
