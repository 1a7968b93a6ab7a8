import type { Customer as CustomerJson } from '../../../contract/party.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import { money, toJson } from '../../../core/kernel/money.ts'
import type { CustomerWithDebt } from './store.ts'

/** A customer as the API tells it. */
export function presentCustomer(customer: CustomerWithDebt, currency: Currency): CustomerJson {
  const { externalId: _externalId, open, overdue, ...fields } = customer
  return { ...fields, open: toJson(money(open, currency)), overdue: toJson(money(overdue, currency)) }
}
