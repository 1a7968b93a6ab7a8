import type { BankAccountId, BankLineId } from '../../../../core/kernel/id.ts'
import type { Currency } from '../../../../core/kernel/currency.ts'
import type { LocalDate } from '../../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../../platform/db/types.ts'

/** A stored line as recognising needs it. `aliases` are the other identifiers it was given by. */
export type KnownLine = {
  readonly id: BankLineId
  readonly bookedOn: LocalDate
  readonly valueOn: LocalDate | null
  readonly amount: bigint
  readonly currency: Currency
  readonly label: string
  readonly reference: string | null
  readonly bankReference: string | null
  readonly source: string | null
  readonly status: 'booked' | 'pending' | 'removed'
  readonly aliases: readonly { readonly kind: string; readonly id: string }[]
}

/** Whether an account holds any line at all, tombstones included. Call it within `seeingRemoved`. */
export async function holdsLines(tx: TenantTx, accountId: BankAccountId): Promise<boolean> {
  const { rows } = await tx.query<{ holds: boolean }>('select exists (select from app.bank_line where tenant_id = $1 and bank_account_id = $2) as holds', [tx.tenantId, accountId])
  return rows[0]!.holds
}

/**
 * The lines of an account between two days that share an amount or an identifier with what is delivered; those that stayed before
 * those that were removed. Call it within `seeingRemoved`.
 */
export async function knownLines(tx: TenantTx, accountId: BankAccountId, sought: { readonly from: LocalDate; readonly to: LocalDate; readonly amounts: readonly bigint[]; readonly ids: readonly string[] }): Promise<KnownLine[]> {
  const { rows: aliases } = await tx.query<{ lineId: BankLineId; kind: string; id: string }>(`
    select a.line_id as "lineId", a.source as kind, a.external_id as id from app.bank_line_alias a
    where a.tenant_id = $1 and a.bank_account_id = $2`, [tx.tenantId, accountId])
  const byLine = Map.groupBy(aliases, (alias) => alias.lineId)
  const named = new Set(sought.ids)
  const { rows } = await tx.query<Omit<KnownLine, 'aliases'>>(`
    select l.id, l.booked_on as "bookedOn", l.value_on as "valueOn", l.amount, l.currency, l.label, l.reference, l.bank_reference as "bankReference", l.reference_source as source, l.status
    from app.bank_line l
    where l.tenant_id = $1 and l.bank_account_id = $2 and (l.removed_because is null or l.removed_because in ('person', 'undone'))
      and ((l.booked_on >= $3 and l.booked_on <= $4 and (l.amount = any($5::bigint[]) or l.bank_reference = any($6::text[]))) or l.status = 'pending' or l.id = any($7::uuid[]))
    order by l.status = 'removed', l.booked_on, l.id`,
  [tx.tenantId, accountId, sought.from, sought.to, sought.amounts, sought.ids, aliases.filter((alias) => named.has(alias.id)).map((alias) => alias.lineId)])
  return rows.map((row) => ({ ...row, aliases: (byLine.get(row.id) ?? []).map(({ kind, id }) => ({ kind, id })) }))
}

/** How many booked lines each day of an account holds. */
export async function linesPerDay(tx: TenantTx, accountId: BankAccountId, days: { readonly from: LocalDate; readonly to: LocalDate }): Promise<Map<LocalDate, number>> {
  const { rows } = await tx.query<{ day: LocalDate; count: number }>('select day, line_count as count from app.bank_day where tenant_id = $1 and bank_account_id = $2 and day >= $3 and day <= $4', [tx.tenantId, accountId, days.from, days.to])
  return new Map(rows.map((row) => [row.day, row.count]))
}

/** Announced lines by the identifiers of the service that announced them. */
export async function pendingByIds(tx: TenantTx, accountId: BankAccountId, { source, ids }: { readonly source: string; readonly ids: readonly string[] }): Promise<BankLineId[]> {
  const { rows } = await tx.query<{ id: BankLineId }>(`
    select l.id from app.bank_line l where l.tenant_id = $1 and l.bank_account_id = $2 and l.status = 'pending' and ((l.reference_source = $3 and l.bank_reference = any($4::text[]))
      or l.id in (select a.line_id from app.bank_line_alias a where a.tenant_id = $1 and a.bank_account_id = $2 and a.source = $3 and a.external_id = any($4::text[])))`, [tx.tenantId, accountId, source, ids])
  return rows.map((row) => row.id)
}
