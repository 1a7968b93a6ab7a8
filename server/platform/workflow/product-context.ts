import { currency } from '../../../core/kernel/currency.ts'
import type { TenantId } from '../../../core/kernel/id.ts'
import type { Context } from '../access/context.ts'
import type { Clock } from '../clock/clock.ts'
import type { Db } from '../db/types.ts'
import { companyAtWork } from './store.ts'

/** The name the log shows for what nobody asked for. */
export const PRODUCT_ACTOR = 'Quittance'

/** The product itself at work in a company, with the rights of its accountant; undefined when the company is gone. */
export async function productContext({ db, clock }: { readonly db: Db; readonly clock: Clock }, tenantId: TenantId): Promise<Context | undefined> {
  const company = await db.tenant({ tenantId, userId: null }, companyAtWork)
  return company && {
    tenantId, userId: null, actor: PRODUCT_ACTOR, role: 'accountant', locale: 'fr', today: clock.today(company.timeZone), currency: currency(company.currency), address: null,
  }
}
