import type { BankAccountId, BankLineId, ImportId, UserId } from '../../../../core/kernel/id.ts'
import type { Currency } from '../../../../core/kernel/currency.ts'
import type { LocalDate } from '../../../../core/kernel/local-date.ts'
import type { Text } from '../../../../core/kernel/problem.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import type { Incoming } from '../types.ts'

export type SuspiciousState = 'waiting' | 'taken' | 'skipped'

/** A line of the pile, with what it resembles. */
export type SuspiciousRow = {
  readonly id: string
  readonly accountId: BankAccountId
  readonly importId: ImportId
  readonly state: SuspiciousState
  readonly fingerprint: string
  readonly bookedOn: LocalDate
  readonly valueOn: LocalDate | null
  readonly amount: bigint
  readonly currency: Currency
  readonly label: string
  readonly reference: string | null
  readonly counterpartyName: string | null
  readonly counterpartyIban: string | null
  readonly bankReference: string | null
  readonly source: string | null
  readonly because: Text
  readonly resemblesId: BankLineId | null
  readonly at: string
  readonly like: { readonly id: string; readonly bookedOn: LocalDate; readonly amount: bigint; readonly label: string } | null
}

export type NewSuspicious = { readonly id: string; readonly state: SuspiciousState; readonly fingerprint: string; readonly line: Incoming; readonly source: string | null; readonly because: Text; readonly resemblesId: BankLineId | null; readonly lineId: BankLineId | null }

/** Puts lines on the pile, or remembers what was decided of them at once. */
export async function insertSuspicious(tx: TenantTx, of: { readonly accountId: BankAccountId; readonly importId: ImportId; readonly by: UserId | null }, rows: readonly NewSuspicious[]): Promise<void> {
  if (rows.length === 0) return
  await tx.query(`
    insert into app.bank_suspicious (tenant_id, bank_account_id, import_id, decided_by, id, state, fingerprint, booked_on, value_on, amount, currency, label, reference, counterparty_name, counterparty_iban, bank_reference, reference_source, because, resembles_id, line_id, decided_at)
    select $1, $2, $3, case when u.state = 'waiting' then null else $4::uuid end, u.id, u.state, u.fingerprint, u.booked_on, u.value_on, u.amount, u.currency, u.label, u.reference, u.name, u.iban, u.bank_reference, u.source,
      u.because::jsonb, u.resembles, u.line, case when u.state = 'waiting' then null else now() end
    from unnest($5::uuid[], $6::text[], $7::text[], $8::date[], $9::date[], $10::bigint[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::uuid[], $20::uuid[])
      as u(id, state, fingerprint, booked_on, value_on, amount, currency, label, reference, name, iban, bank_reference, source, because, resembles, line)`,
  [tx.tenantId, of.accountId, of.importId, of.by, rows.map((row) => row.id), rows.map((row) => row.state), rows.map((row) => row.fingerprint), rows.map(({ line }) => line.bookedOn), rows.map(({ line }) => line.valueOn),
    rows.map(({ line }) => line.minor), rows.map(({ line }) => line.currency), rows.map(({ line }) => line.label), rows.map(({ line }) => line.reference), rows.map(({ line }) => line.counterparty.name),
    rows.map(({ line }) => line.counterparty.iban), rows.map(({ line }) => line.bankId), rows.map((row) => row.source), rows.map((row) => JSON.stringify(row.because)), rows.map((row) => row.resemblesId), rows.map((row) => row.lineId)])
}

/** Whether anything of an account was ever on the pile. */
export async function hasPile(tx: TenantTx, accountId: BankAccountId): Promise<boolean> {
  const { rows } = await tx.query<{ has: boolean }>('select exists (select from app.bank_suspicious where tenant_id = $1 and bank_account_id = $2) as has', [tx.tenantId, accountId])
  return rows[0]!.has
}

/** What became of lines with these fingerprints, oldest first. */
export async function pileOf(tx: TenantTx, accountId: BankAccountId, fingerprints: readonly string[]): Promise<{ id: string; state: SuspiciousState; fingerprint: string }[]> {
  const { rows } = await tx.query<{ id: string; state: SuspiciousState; fingerprint: string }>(
    'select id, state, fingerprint from app.bank_suspicious where tenant_id = $1 and bank_account_id = $2 and fingerprint = any($3::text[]) order by created_at, id', [tx.tenantId, accountId, fingerprints])
  return rows
}

const COLUMNS = `s.id, s.bank_account_id as "accountId", s.import_id as "importId", s.state, s.fingerprint, s.booked_on as "bookedOn", s.value_on as "valueOn", s.amount, s.currency, s.label, s.reference,
  s.counterparty_name as "counterpartyName", s.counterparty_iban as "counterpartyIban", s.bank_reference as "bankReference", s.reference_source as source, s.because, s.resembles_id as "resemblesId", s.created_at as at`

type Like = { readonly likeId: string | null; readonly likeOn: LocalDate | null; readonly likeAmount: bigint | null; readonly likeLabel: string | null }

/** The pile, latest first: one account, or all. */
export async function listSuspicious(tx: TenantTx, page: { readonly accountId: string | null; readonly after: { readonly bookedOn: string; readonly id: string } | null; readonly limit: number }): Promise<SuspiciousRow[]> {
  const { rows } = await tx.query<Omit<SuspiciousRow, 'like'> & Like>(`
    select ${COLUMNS}, l.id as "likeId", l.booked_on as "likeOn", l.amount as "likeAmount", l.label as "likeLabel"
    from app.bank_suspicious s left join app.bank_line l on l.tenant_id = s.tenant_id and l.id = s.resembles_id
    where s.tenant_id = $1 and s.state = 'waiting' and ($2::uuid is null or s.bank_account_id = $2) and ($3::date is null or (s.booked_on, s.id) < ($3, $4::uuid))
    order by s.booked_on desc, s.id desc limit $5`, [tx.tenantId, page.accountId, page.after?.bookedOn ?? null, page.after?.id ?? null, page.limit])
  return rows.map(({ likeId, likeOn, likeAmount, likeLabel, ...row }) => ({ ...row, like: likeId === null ? null : { id: likeId, bookedOn: likeOn!, amount: likeAmount!, label: likeLabel! } }))
}

/** Lines of the pile, which nobody else decides before the transaction ends. */
export async function lockSuspicious(tx: TenantTx, ids: readonly string[]): Promise<Omit<SuspiciousRow, 'like'>[]> {
  const { rows } = await tx.query<Omit<SuspiciousRow, 'like'>>(`select ${COLUMNS} from app.bank_suspicious s where s.tenant_id = $1 and s.id = any($2::uuid[]) order by s.id for update`, [tx.tenantId, ids])
  return rows
}

export async function decideSuspiciousRows(tx: TenantTx, decided: readonly { readonly id: string; readonly lineId: BankLineId | null }[], by: UserId | null): Promise<void> {
  await tx.query(`
    update app.bank_suspicious s set state = case when u.line_id is null then 'skipped' else 'taken' end, line_id = u.line_id, decided_by = $4, decided_at = now()
    from unnest($2::uuid[], $3::uuid[]) as u(id, line_id) where s.tenant_id = $1 and s.id = u.id`, [tx.tenantId, decided.map((one) => one.id), decided.map((one) => one.lineId), by])
}

/** What of an import still waits on the pile goes with it. */
export async function dropWaiting(tx: TenantTx, importId: string): Promise<void> {
  await tx.query('delete from app.bank_suspicious where tenant_id = $1 and import_id = $2 and state = \'waiting\'', [tx.tenantId, importId])
}
