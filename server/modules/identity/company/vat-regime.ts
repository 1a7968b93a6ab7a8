import { assert } from '../../../../core/kernel/assert.ts'
import type { VatDueOn } from '../../../../core/invoice/accounts.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { loadCompany } from './company-store.ts'

/** When the TVA on services of the transaction's company becomes due. */
export async function vatRegimeOf(tx: TenantTx): Promise<VatDueOn> {
  const company = await loadCompany(tx)
  assert(company, 'a tenant has its company')
  return company.vatDueOn
}
