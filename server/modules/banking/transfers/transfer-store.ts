import { TRANSFER_DAYS_MAX, type TransferLine } from '../../../../core/bank/transfers.ts'
import type { BankLineId, EntryId, UserId } from '../../../../core/kernel/id.ts'
import type { LocalDate } from '../../../../core/kernel/local-date.ts'
import type { Text } from '../../../../core/kernel/problem.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { COLUMNS as LINE_COLUMNS } from '../lines/line-store.ts'
import type { Line } from '../types.ts'

export type TransferRow = { readonly id: string; readonly status: 'active' | 'undone'; readonly outLineId: BankLineId; readonly inLineId: BankLineId; readonly automatic: boolean; readonly reasons: readonly Text[]; readonly outEntryId: EntryId | null; readonly inEntryId: EntryId | null; readonly at: string }

const COLUMNS = `t.id, t.status, t.out_line_id as "outLineId", t.in_line_id as "inLineId", t.automatic, t.reasons, t.out_entry_id as "outEntryId", t.in_entry_id as "inEntryId", t.created_at as at`

export async function insertTransfer(tx: TenantTx, transfer: Omit<TransferRow, 'at' | 'status'> & { readonly by: UserId | null }): Promise<void> {
  await tx.query(`
    insert into app.bank_transfer (tenant_id, id, status, out_line_id, in_line_id, automatic, reasons, out_entry_id, in_entry_id, created_by) values ($1, $2, 'active', $3, $4, $5, $6::jsonb, $7, $8, $9)`,
  [tx.tenantId, transfer.id, transfer.outLineId, transfer.inLineId, transfer.automatic, JSON.stringify(transfer.reasons), transfer.outEntryId, transfer.inEntryId, transfer.by])
  await tx.query('update app.bank_line set transfer_id = $2 where tenant_id = $1 and id = any($3::uuid[])', [tx.tenantId, transfer.id, [transfer.outLineId, transfer.inLineId]])
}

export async function lockTransfer(tx: TenantTx, id: string): Promise<TransferRow | undefined> {
  const { rows } = await tx.query<TransferRow>(`select ${COLUMNS} from app.bank_transfer t where t.tenant_id = $1 and t.id = $2 for update`, [tx.tenantId, id])
  return rows[0]
}

/** Transfers in force, latest first. */
export async function listTransfers(tx: TenantTx, page: { readonly id: string | null; readonly after: { readonly at: string; readonly id: string } | null; readonly limit: number }): Promise<TransferRow[]> {
  const { rows } = await tx.query<TransferRow>(`
    select ${COLUMNS} from app.bank_transfer t where t.tenant_id = $1 and t.status = 'active' and ($2::uuid is null or t.id = $2) and ($3::timestamptz is null or (t.created_at, t.id) < ($3, $4::uuid))
    order by t.created_at desc, t.id desc limit $5`, [tx.tenantId, page.id, page.after?.at ?? null, page.after?.id ?? null, page.limit])
  return rows
}

export async function markTransferUndone(tx: TenantTx, transfer: TransferRow, by: UserId | null): Promise<void> {
  await tx.query('update app.bank_transfer set status = \'undone\', undone_by = $3, undone_at = now() where tenant_id = $1 and id = $2', [tx.tenantId, transfer.id, by])
  await tx.query('update app.bank_line set transfer_id = null where tenant_id = $1 and id = any($2::uuid[])', [tx.tenantId, [transfer.outLineId, transfer.inLineId]])
}

export async function linesById(tx: TenantTx, ids: readonly string[]): Promise<Line[]> {
  const { rows } = await tx.query<Line>(`select ${LINE_COLUMNS} from app.bank_line l where l.tenant_id = $1 and l.id = any($2::uuid[])`, [tx.tenantId, ids])
  return rows
}

/** Booked lines nothing explains yet, of the latest days that could hold a transfer; pairs that a person took apart are told. */
export async function unexplainedLines(tx: TenantTx, { since, limit }: { readonly since: LocalDate; readonly limit: number }): Promise<TransferLine[]> {
  const { rows } = await tx.query<TransferLine>(`
    with open as materialized (
      select l.id, l.bank_account_id as account, l.booked_on, l.amount, l.currency, l.label, l.counterparty_iban
      from app.bank_line l
      where l.tenant_id = $1 and l.booked_on >= $2 and l.status = 'booked' and l.treated = 0 and l.amount <> 0 and l.transfer_id is null and (l.entry_id is not null or not l.posts)
    )
    select distinct l.id, l.account, l.booked_on as "bookedOn", l.amount as minor, l.currency, l.label, l.counterparty_iban as "counterpartyIban"
    from open l join open o on o.amount = -l.amount and o.currency = l.currency and o.account <> l.account and o.booked_on between l.booked_on - ${TRANSFER_DAYS_MAX} and l.booked_on + ${TRANSFER_DAYS_MAX}
    order by l.booked_on desc, l.id desc limit $3`, [tx.tenantId, since, limit])
  return rows
}

/** Pairs that were taken apart: they are not proposed again. */
export async function undonePairs(tx: TenantTx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ pair: string }>(`
    select t.out_line_id || ' ' || t.in_line_id as pair from app.bank_transfer t where t.tenant_id = $1 and t.status = 'undone' and t.out_line_id = any($2::uuid[])`, [tx.tenantId, ids])
  return new Set(rows.map((row) => row.pair))
}
