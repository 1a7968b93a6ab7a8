import type { LocalDate } from '../../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { DETAIL_COLUMNS, DETAIL_JOINS, type DetailRow, detailsOf, type LineDetails } from './details-store.ts'
import { COLUMNS } from './line-store.ts'
import type { Line } from '../types.ts'

/** What narrows a list of lines. Amounts are compared without their sign. */
export type LineFilter = {
  readonly accountId: string | null
  readonly state: 'posting' | 'to_treat' | 'treated' | null
  readonly importId: string | null
  readonly from: LocalDate | null
  readonly to: LocalDate | null
  readonly search: string | null
  /** The search read as an amount, without its sign. */
  readonly amount: bigint | null
  readonly status: 'booked' | 'pending' | null
  readonly direction: 'in' | 'out' | null
  readonly minAmount: bigint | null
  readonly maxAmount: bigint | null
  readonly categoryId: string | null
  readonly uncategorised: boolean
  readonly merchantId: string | null
  readonly withoutMerchant: boolean
  readonly currency: string | null
  /** What budgets and analyses take it for. */
  readonly flow: 'income' | 'spending' | 'transfer' | 'counted' | null
  readonly hold: 'any' | 'mine' | 'none' | null
  readonly me: string | null
  readonly transfer: boolean | null
}

export type Page = { readonly after: { readonly bookedOn: string; readonly id: string } | null; readonly limit: number }

const STATES: Readonly<Record<NonNullable<LineFilter['state']>, string>> = {
  posting: 'l.entry_id is null and l.amount <> 0 and l.posts and l.status = \'booked\'', to_treat: 'l.entry_id is not null and l.treated <> l.amount', treated: 'l.treated = l.amount and l.status = \'booked\'',
}

/** The condition on how a part of a line flows, as the figures of budgets and analyses have it; empty when it is not asked. */
function flowOf({ flow }: LineFilter): string {
  if (flow === null) return ''
  return flow === 'counted' ? ' and p.flow <> \'transfer\'' : ` and p.flow = '${flow}'`
}

/** The conditions of a filter, only those that are asked: the usual list keeps the plan of its index. */
function conditions(tx: TenantTx, filter: LineFilter): { readonly where: string; readonly values: unknown[] } {
  const values: unknown[] = [tx.tenantId]
  const where = ['l.tenant_id = $1']
  const add = (value: unknown, of: (place: string) => string) => {
    if (value === null) return
    values.push(value)
    where.push(of(`$${values.length}`))
  }
  add(filter.accountId, (at) => `l.bank_account_id = ${at}::uuid`)
  add(filter.importId, (at) => `l.import_id = ${at}::uuid`)
  add(filter.from, (at) => `l.booked_on >= ${at}::date`)
  add(filter.to, (at) => `l.booked_on <= ${at}::date`)
  add(filter.status, (at) => `l.status = ${at}`)
  add(filter.minAmount, (at) => `abs(l.amount) >= ${at}::bigint`)
  add(filter.maxAmount, (at) => `abs(l.amount) <= ${at}::bigint`)
  const flow = flowOf(filter)
  const parts = flow === '' ? 'app.line_part_view' : 'app.line_flow_view'
  add(filter.categoryId, (at) => `exists (select from ${parts} p join app.category c on c.tenant_id = p.tenant_id and c.id = p.category_id
    where p.tenant_id = l.tenant_id and p.line_id = l.id and (c.id = ${at}::uuid or c.parent_id = ${at}::uuid)${flow})`)
  add(filter.currency, (at) => `l.currency = ${at}`)
  add(filter.merchantId, (at) => `exists (select from app.line_merchant_view m where m.tenant_id = l.tenant_id and m.line_id = l.id and m.merchant_id = ${at}::uuid)`)
  if (filter.state) where.push(STATES[filter.state])
  if (filter.direction) where.push(filter.direction === 'in' ? 'l.amount > 0' : 'l.amount < 0')
  if (flow !== '' && filter.categoryId === null) where.push(`exists (select from app.line_flow_view p where p.tenant_id = l.tenant_id and p.line_id = l.id${flow})`)
  if (flow !== '' && filter.accountId === null) where.push('l.bank_account_id in (select a.id from app.bank_account a where a.tenant_id = $1 and a.archived_on is null)')
  if (filter.withoutMerchant) where.push('not exists (select from app.line_merchant_view m where m.tenant_id = l.tenant_id and m.line_id = l.id)')
  if (filter.uncategorised) where.push('not exists (select from app.line_category_view c where c.tenant_id = l.tenant_id and c.line_id = l.id)')
  if (filter.transfer !== null) where.push(`l.transfer_id is ${filter.transfer ? 'not ' : ''}null`)
  if (filter.hold === 'any') where.push('l.hold_id is not null')
  if (filter.hold === 'none') where.push('l.hold_id is null')
  if (filter.hold === 'mine') add(filter.me, (at) => `exists (select from app.bank_hold h where h.tenant_id = l.tenant_id and h.id = l.hold_id and h.asked_of = ${at}::uuid)`)
  if (filter.search !== null) {
    values.push(`%${filter.search.replace(/[\\%_]/g, '\\$&')}%`, filter.amount)
    const [text, amount] = [`$${values.length - 1}::text`, `$${values.length}::bigint`]
    where.push(`(l.label ilike ${text} or l.counterparty_name ilike ${text} or l.reference ilike ${text} or l.note ilike ${text} or abs(l.amount) = ${amount})`)
  }
  return { where: where.join(' and '), values }
}

/** Lines with what others say of them, latest first: the page first, then the rest for its lines only. A line of zero asks nothing of anybody: it counts as treated. */
export async function listLines(tx: TenantTx, filter: LineFilter, page: Page): Promise<(Line & LineDetails)[]> {
  const { where, values } = conditions(tx, filter)
  values.push(page.limit)
  const limit = `limit $${values.length}`
  if (page.after) values.push(page.after.bookedOn, page.after.id)
  const after = page.after ? ` and (l.booked_on, l.id) < ($${values.length - 1}::date, $${values.length}::uuid)` : ''
  const { rows } = await tx.query<Line & DetailRow>(`
    with page as materialized (select l.tenant_id, l.id from app.bank_line l where ${where}${after} order by l.booked_on desc, l.id desc ${limit})
    select ${COLUMNS}, ${DETAIL_COLUMNS} from page join app.bank_line l on l.tenant_id = page.tenant_id and l.id = page.id ${DETAIL_JOINS}
    order by l.booked_on desc, l.id desc`, values)
  return rows.map((row) => ({ ...row, ...detailsOf(row) }))
}
