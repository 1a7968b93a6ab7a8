import type { BankLineQuery } from '../../../../contract/banking.ts'
import { parseDate } from '../../../../core/kernel/local-date.ts'
import { absolute, parseAmount } from '../../../../core/kernel/money.ts'
import type { Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { lineDetails, type LineDetails, NO_DETAILS } from './details-store.ts'
import { findLine } from './line-store.ts'
import type { LineFilter } from './list-store.ts'
import type { Line } from '../types.ts'

/** A line with what others say of it. */
export type LineView = Line & LineDetails

/** What a list of lines is asked for. */
export type Asked = Omit<BankLineQuery, 'cursor' | 'limit'>

/** Lines with what others say of them. */
export async function viewsOf(tx: TenantTx, lines: readonly Line[]): Promise<LineView[]> {
  const details = await lineDetails(tx, lines.map((line) => line.id))
  return lines.map((line) => ({ ...line, ...(details.get(line.id) ?? NO_DETAILS) }))
}

/** A filter as the store takes it. A search is looked for in the words of the line, and as an amount when it reads as one. */
export function filterOf(ctx: Context, query: Asked): LineFilter {
  const search = query.search?.trim() || null
  const minor = (text: string | undefined) => {
    const amount = text === undefined ? undefined : parseAmount(text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.'), ctx.currency)
    return amount?.ok ? absolute(amount.value) : null
  }
  const day = (text: string | undefined) => (text === undefined ? null : parseDate(text) ?? null)
  return {
    accountId: query.accountId ?? null, state: query.state ?? null, importId: query.importId ?? null, search, amount: search === null ? null : minor(search), from: day(query.from), to: day(query.to),
    status: query.status ?? null, direction: query.direction ?? null, minAmount: minor(query.minAmount), maxAmount: minor(query.maxAmount), categoryId: query.categoryId ?? null,
    uncategorised: query.uncategorised ?? false, merchantId: query.merchantId ?? null, withoutMerchant: query.withoutMerchant ?? false, currency: query.currency ?? null, flow: query.flow ?? null, hold: query.hold ?? null, me: ctx.userId, transfer: query.transfer ?? null,
  }
}

/** One line with what others say of it. Refuses NOT_FOUND. */
export async function lineView(tx: TenantTx, id: string): Promise<LineView> {
  const line = await findLine(tx, id)
  if (!line) throw new Refusal('NOT_FOUND')
  return (await viewsOf(tx, [line]))[0]!
}
