import type { LocalDate } from '../../../core/kernel/local-date.ts'

/** Which lines a figure is made of. `categoryId` and `merchantId` null ask for those without one. */
export type LinesWanted = {
  readonly from: LocalDate
  readonly to: LocalDate
  /** counted: earned or spent, which money moved between own accounts is not. */
  readonly flow?: 'income' | 'spending' | 'counted' | undefined
  readonly currency?: string | undefined
  readonly accountId?: string | undefined
  readonly categoryId?: string | null | undefined
  readonly merchantId?: string | null | undefined
  readonly search?: string | undefined
}

/** The query of the list of bank lines that shows them, ready for an address. */
export function linesQuery(wanted: LinesWanted): string {
  const { from, to, flow, currency, accountId, categoryId, merchantId, search } = wanted
  return new URLSearchParams([
    ['from', from], ['to', to], ['status', 'booked'],
    ...(flow === undefined ? [] : [['flow', flow]]), ...(currency === undefined ? [] : [['currency', currency]]),
    ...(accountId === undefined ? [] : [['accountId', accountId]]), ...(categoryId === undefined ? [] : categoryId === null ? [['uncategorised', 'true']] : [['categoryId', categoryId]]),
    ...(merchantId === undefined ? [] : merchantId === null ? [['withoutMerchant', 'true']] : [['merchantId', merchantId]]), ...(search === undefined ? [] : [['search', search]]),
  ] as [string, string][]).toString()
}
