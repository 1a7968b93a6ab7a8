import type { SystemTx, TenantTx } from '../../platform/db/types.ts'

const TENANTS_MAX = 10_000

/** What a job must know of the company it works for; undefined for a firm, which keeps no books here. */
export async function companyOfBudgets(tx: TenantTx): Promise<{ currency: string; timeZone: string } | undefined> {
  const { rows } = await tx.query<{ currency: string; timeZone: string }>('select currency, time_zone as "timeZone" from app.company where tenant_id = $1 and kind = \'company\'', [tx.tenantId])
  return rows[0]
}

/** Every company that keeps books. */
export async function companiesWithBooks(tx: SystemTx): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>('select tenant_id as id from app.company where kind = \'company\' order by tenant_id limit $1', [TENANTS_MAX])
  return rows.map(({ id }) => id)
}
