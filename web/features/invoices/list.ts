import type { InvoiceQuery, InvoiceSummary } from '../../../contract/invoicing.ts'
import type { Money } from '../../../contract/common.ts'
import { sumAmounts } from '../../lib/amounts.ts'
import type { Api } from '../../lib/api.ts'
import { listing } from '../../lib/queries.ts'
import type { SearchValues } from '../../lib/search-state.ts'

export const STATES = ['draft', 'open', 'overdue', 'paid'] as const
export type InvoiceState = (typeof STATES)[number]

/** The state asked by the address: `?etat=draft`, `?etat=open`, `?etat=paid`, `?retard=oui`. */
export function stateOf(search: SearchValues): InvoiceState | undefined {
  if (search['retard'] !== undefined) return 'overdue'
  return STATES.find((state) => state === search['etat'])
}

/** The same state as an address; undefined empties it. */
export function searchOf(state: InvoiceState | undefined): SearchValues {
  return { etat: state === 'overdue' ? undefined : state, retard: state === 'overdue' ? 'oui' : undefined }
}

/** The filters of the address as the API takes them. */
export function invoiceQueryOf(search: SearchValues): InvoiceQuery {
  const state = stateOf(search)
  return {
    ...(state === 'draft' ? { status: 'draft' as const } : state === 'paid' ? { status: 'paid' as const } : state === 'open' ? { open: true } : state === 'overdue' ? { overdue: true } : {}),
    ...(search['client'] ? { customerId: search['client'] } : {}),
    ...(search['q'] ? { search: search['q'] } : {}),
    ...(search['du'] ? { from: search['du'] } : {}),
    ...(search['au'] ? { to: search['au'] } : {}),
  }
}

export function invoicesListing(api: Api, search: SearchValues) {
  return listing(api, '/api/invoices/sales', { query: { ...invoiceQueryOf(search), limit: 100 } })
}

/** Sums of the rows on screen, one for each currency, the most used first. */
export function sumsOf(rows: readonly InvoiceSummary[], of: (row: InvoiceSummary) => Money): Money[] {
  const byCurrency = new Map<string, string[]>()
  for (const row of rows) {
    const amounts = byCurrency.get(row.gross.currency)
    if (amounts) amounts.push(of(row).amount)
    else byCurrency.set(row.gross.currency, [of(row).amount])
  }
  return [...byCurrency].sort(([, a], [, b]) => b.length - a.length).map(([currency, amounts]) => ({ amount: sumAmounts(amounts, currency), currency }))
}
