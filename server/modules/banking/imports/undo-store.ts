import type { BankLineId, EntryId } from '../../../../core/kernel/id.ts'
import type { TenantTx } from '../../../platform/db/types.ts'

const OPEN_DAY = `exists (
  select 1 from app.entry e join app.period p on p.tenant_id = e.tenant_id and p.id = e.period_id join app.fiscal_year y on y.tenant_id = p.tenant_id and y.id = p.fiscal_year_id
  where e.tenant_id = l.tenant_id and e.id = l.entry_id and p.status = 'open' and y.status = 'open')`

/** What of an import stands in the way of undoing it. */
export async function importObstacles(tx: TenantTx, importId: string): Promise<{ lines: number; treated: number; locked: number }> {
  const { rows } = await tx.query<{ lines: number; treated: number; locked: number }>(`
    select count(*)::int as lines, count(*) filter (where l.treated <> 0 or l.transfer_id is not null)::int as treated, count(*) filter (where l.entry_id is not null and not ${OPEN_DAY})::int as locked
    from app.bank_line l where l.tenant_id = $1 and l.import_id = $2`, [tx.tenantId, importId])
  return rows[0]!
}

/** A line to take away, with the entry that leaves with it. */
export type LeavingLine = { readonly id: BankLineId; readonly entryId: EntryId | null; readonly suspenseAccount: string; readonly treated: bigint; readonly transferId: string | null; readonly isOpenDay: boolean; readonly status: 'booked' | 'pending'; readonly manual: boolean }

/** The lines of an import, or one line, held until the transaction ends. */
export async function lockLeaving(tx: TenantTx, of: { readonly importId: string | null; readonly lineId: string | null }): Promise<LeavingLine[]> {
  const { rows } = await tx.query<LeavingLine>(`
    select l.id, l.entry_id as "entryId", a.suspense_account as "suspenseAccount", l.treated, l.transfer_id as "transferId", (l.entry_id is null or ${OPEN_DAY}) as "isOpenDay", l.status, a.manual
    from app.bank_line l join app.bank_account a on a.tenant_id = l.tenant_id and a.id = l.bank_account_id
    where l.tenant_id = $1 and ($2::uuid is null or l.import_id = $2) and ($3::uuid is null or l.id = $3) and ($2::uuid is not null or $3::uuid is not null)
    order by l.id for update of l`, [tx.tenantId, of.importId, of.lineId])
  return rows
}
