import type { EntryId } from '../../../core/kernel/id.ts'
import type { ClosingBalance } from '../../../core/ledger/opening.ts'
import type { TenantTx } from '../../platform/db/types.ts'

type Row = { readonly account: string; readonly auxCode: string; readonly auxLabel: string | null; readonly balance: bigint }

/** What each account, and each third party within it, holds at the end of a year. */
export async function findClosingBalances(tx: TenantTx, fiscalYearId: string): Promise<ClosingBalance[]> {
  const { rows } = await tx.query<Row>(
    `select account, coalesce(aux_code, '') as "auxCode", max(aux_label) as "auxLabel", sum(debit - credit)::bigint as balance
     from app.entry_line where tenant_id = $1 and fiscal_year_id = $2
     group by account, coalesce(aux_code, '') having sum(debit - credit) <> 0 order by account, 2`,
    [tx.tenantId, fiscalYearId],
  )
  return rows.map((row) => ({ account: row.account, auxiliary: row.auxCode === '' ? null : { code: row.auxCode, name: row.auxLabel?.trim() || row.auxCode }, balance: row.balance }))
}

/** The opening entry of ours that stands in a year: the one that nothing has reversed. */
export async function findOpeningEntryId(tx: TenantTx, fiscalYearId: string): Promise<EntryId | undefined> {
  const { rows } = await tx.query<{ id: EntryId }>(
    `select e.id from app.entry e where e.tenant_id = $1 and e.fiscal_year_id = $2 and e.source = 'opening'
       and not exists (select 1 from app.entry r where r.tenant_id = $1 and r.reverses_id = e.id)`,
    [tx.tenantId, fiscalYearId],
  )
  return rows[0]?.id
}

/** True when opening balances stand in the year, ours or imported ones. */
export async function hasOpening(tx: TenantTx, fiscalYearId: string): Promise<boolean> {
  const { rows } = await tx.query('select 1 from app.account_balance where tenant_id = $1 and fiscal_year_id = $2 and is_opening and debit <> credit limit 1', [tx.tenantId, fiscalYearId])
  return rows.length > 0
}

/** True when a year that starts before another one holds entries. */
export async function hasEntriesBefore(tx: TenantTx, startsOn: string): Promise<boolean> {
  const { rows } = await tx.query(
    `select 1 from app.fiscal_year y where y.tenant_id = $1 and y.starts_on < $2
       and exists (select 1 from app.account_balance b where b.tenant_id = $1 and b.fiscal_year_id = y.id) limit 1`,
    [tx.tenantId, startsOn],
  )
  return rows.length > 0
}
