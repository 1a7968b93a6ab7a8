import type { TenantTx } from '../../platform/db/types.ts'

export type CompanyTotals = { readonly invoices: number; readonly lines: number; readonly entries: number; readonly matches: number }

/** What one company did: the numbers its series gave, the rank of its last entry, the lines of its imports, its matches. */
export async function companyTotals(tx: TenantTx): Promise<CompanyTotals> {
  const { rows } = await tx.query<CompanyTotals>(`
    select coalesce((select sum(next_number - 1) from app.invoice_series where tenant_id = $1), 0)::int as invoices,
      coalesce((select sum(lines_new) from app.bank_import where tenant_id = $1 and status = 'committed'), 0)::int as lines,
      coalesce((select seq from app.ledger_chain where tenant_id = $1), 0)::int as entries,
      (select count(*) from app.match where tenant_id = $1)::int as matches`, [tx.tenantId])
  return rows[0] ?? { invoices: 0, lines: 0, entries: 0, matches: 0 }
}
