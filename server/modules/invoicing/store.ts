import type { InvoiceId } from '../../../core/kernel/id.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { BasisPoints } from '../../../core/kernel/rate.ts'
import { formatDecimal4, parseDecimal4, type TenThousandths } from '../../../core/kernel/decimal.ts'
import type { InvoiceKind } from '../../../core/invoice/number.ts'
import type { Nature } from '../../../core/invoice/totals.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { Invoice, InvoiceRow, InvoiceStatus, StoredLine, StoredVat } from './types.ts'

const HEAD = `i.id, i.kind, i.status, i.origin, i.number, i.customer_id as "customerId", i.customer_snapshot as "customerSnapshot", i.issued_on as "issuedOn", i.due_on as "dueOn",
  i.currency, i.net, i.vat, i.gross, i.base_net as "baseNet", i.base_vat as "baseVat", i.base_gross as "baseGross", i.vat_due_on as "vatDueOn", i.credits_id as "creditsId",
  i.settled, i.entry_id as "entryId", i.order_reference as "orderReference", i.note, i.external_id as "externalId", i.version, c.name as "customerName", c.code as "customerCode"`
const FROM = 'from app.invoice i join app.customer c on c.tenant_id = i.tenant_id and c.id = i.customer_id'

export type InvoiceFilter = {
  readonly status: InvoiceStatus | null
  readonly open: boolean
  readonly overdue: boolean
  readonly customerId: string | null
  readonly search: string | null
  readonly from: LocalDate | null
  readonly to: LocalDate | null
  readonly today: LocalDate
  readonly after: { readonly issuedOn: string; readonly id: string } | null
  readonly limit: number
}

/** Drafts have no date yet: they stand on this one, above every issued invoice. */
const DRAFT_DAY = '9999-12-31'

/** Invoices, latest first; drafts on top. */
export async function listInvoices(tx: TenantTx, filter: InvoiceFilter): Promise<InvoiceRow[]> {
  const { rows } = await tx.query<InvoiceRow>(`
    select ${HEAD} ${FROM}
    where i.tenant_id = $1
      and ($2::text is null or i.status = $2)
      and (not $3::boolean or i.status in ('issued', 'part_paid'))
      and (not $4::boolean or (i.status in ('issued', 'part_paid') and i.due_on < $5))
      and ($6::uuid is null or i.customer_id = $6)
      and ($7::text is null or i.number ilike '%' || $7 || '%' or c.name ilike '%' || $7 || '%' or i.order_reference ilike '%' || $7 || '%')
      and ($8::date is null or i.issued_on >= $8)
      and ($9::date is null or i.issued_on <= $9)
      and ($10::date is null or (case when i.status = 'draft' then '${DRAFT_DAY}'::date else i.issued_on end, i.id) < ($10, $11::uuid))
    order by case when i.status = 'draft' then '${DRAFT_DAY}'::date else i.issued_on end desc, i.id desc
    limit $12`,
  [tx.tenantId, filter.status, filter.open, filter.overdue, filter.today, filter.customerId, filter.search, filter.from, filter.to, filter.after?.issuedOn ?? null, filter.after?.id ?? null, filter.limit])
  return rows
}

/** The key of a row in the order of listInvoices. */
export function listKey(row: InvoiceRow): [string, string] {
  return [row.status === 'draft' ? DRAFT_DAY : row.issuedOn!, row.id]
}

/** One invoice with its lines and taxes; `lock` holds it until the end of the transaction. */
export async function findInvoice(tx: TenantTx, id: string, options: { lock?: boolean } = {}): Promise<(Invoice & InvoiceRow) | undefined> {
  const { rows } = await tx.query<InvoiceRow>(`select ${HEAD} ${FROM} where i.tenant_id = $1 and i.id = $2 ${options.lock ? 'for update of i' : ''}`, [tx.tenantId, id])
  const head = rows[0]
  return head && { ...head, lines: await linesOf(tx, id), vatShares: (await vatOf(tx, [id])).get(head.id) ?? [] }
}

/** Heads by id, locked in the order of ids so that two settlements never wait for each other. */
export async function lockInvoices(tx: TenantTx, ids: readonly string[]): Promise<InvoiceRow[]> {
  const { rows } = await tx.query<InvoiceRow>(`select ${HEAD} ${FROM} where i.tenant_id = $1 and i.id = any($2::uuid[]) order by i.id for update of i`, [tx.tenantId, ids])
  return rows
}

async function linesOf(tx: TenantTx, id: string): Promise<StoredLine[]> {
  const { rows } = await tx.query<{ description: string; quantity: string; unitPrice: string; vatRate: number; nature: Nature; net: bigint }>(
    'select description, quantity, unit_price as "unitPrice", vat_rate_bp as "vatRate", nature, net from app.invoice_line where tenant_id = $1 and invoice_id = $2 order by n', [tx.tenantId, id])
  return rows.map((row) => ({ ...row, quantity: decimal(row.quantity), unitPrice: decimal(row.unitPrice), vatRate: row.vatRate as BasisPoints }))
}

/** Taxes of several invoices, by invoice. */
export async function vatOf(tx: TenantTx, ids: readonly string[]): Promise<Map<InvoiceId, StoredVat[]>> {
  const { rows } = await tx.query<{ invoiceId: InvoiceId; vatRate: number; nature: Nature; basis: bigint; amount: bigint; baseAmount: bigint }>(`
    select invoice_id as "invoiceId", vat_rate_bp as "vatRate", nature, basis, amount, base_amount as "baseAmount"
    from app.invoice_vat where tenant_id = $1 and invoice_id = any($2::uuid[]) order by invoice_id, vat_rate_bp desc, nature`, [tx.tenantId, ids])
  const byInvoice = new Map<InvoiceId, StoredVat[]>()
  for (const { invoiceId, ...row } of rows) byInvoice.set(invoiceId, [...(byInvoice.get(invoiceId) ?? []), { ...row, vatRate: row.vatRate as BasisPoints }])
  return byInvoice
}

/** Which of these identifiers of another tool, and which of these numbers, are here already. */
export async function knownInvoices(tx: TenantTx, externalIds: readonly string[], numbers: readonly string[]): Promise<{ externalIds: Set<string>; numbers: Set<string> }> {
  const { rows } = await tx.query<{ externalId: string | null; number: string | null }>(
    'select external_id as "externalId", number from app.invoice where tenant_id = $1 and (external_id = any($2::text[]) or number = any($3::text[]))', [tx.tenantId, externalIds, numbers])
  return { externalIds: new Set(rows.flatMap((row) => row.externalId ?? [])), numbers: new Set(rows.flatMap((row) => row.number ?? [])) }
}

/** Writes invoices as drafts or as they are: heads first while they are drafts, lines and taxes, then the state that makes them final. */
export async function insertInvoices(tx: TenantTx, invoices: readonly Invoice[], createdBy: string | null): Promise<void> {
  const column = <K extends keyof Invoice>(key: K) => invoices.map((invoice) => invoice[key])
  await tx.query(`
    insert into app.invoice (tenant_id, created_by, status, id, kind, origin, customer_id, issued_on, due_on, currency, net, vat, gross, base_net, base_vat, base_gross, vat_due_on, credits_id, order_reference, note, external_id)
    select $1, $2, 'draft', u.* from unnest($3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::date[], $8::date[], $9::text[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[],
      $16::text[], $17::uuid[], $18::text[], $19::text[], $20::text[]) u`,
  [tx.tenantId, createdBy, column('id'), column('kind'), column('origin'), column('customerId'), column('issuedOn'), column('dueOn'), column('currency'), column('net'), column('vat'), column('gross'),
    column('baseNet'), column('baseVat'), column('baseGross'), column('vatDueOn'), column('creditsId'), column('orderReference'), column('note'), column('externalId')])
  await insertContent(tx, invoices)
  const final = invoices.filter((invoice) => invoice.status !== 'draft')
  if (final.length > 0) await finalise(tx, final)
}

async function insertContent(tx: TenantTx, invoices: readonly Invoice[]): Promise<void> {
  const lines = invoices.flatMap((invoice) => invoice.lines.map((line, index) => ({ ...line, invoiceId: invoice.id, n: index + 1 })))
  if (lines.length > 0) {
    await tx.query(`
      insert into app.invoice_line (tenant_id, invoice_id, n, description, quantity, unit_price, vat_rate_bp, nature, net)
      select $1, u.* from unnest($2::uuid[], $3::int[], $4::text[], $5::numeric[], $6::numeric[], $7::int[], $8::text[], $9::bigint[]) u`,
    [tx.tenantId, lines.map((l) => l.invoiceId), lines.map((l) => l.n), lines.map((l) => l.description), lines.map((l) => formatDecimal4(l.quantity)), lines.map((l) => formatDecimal4(l.unitPrice)),
      lines.map((l) => l.vatRate), lines.map((l) => l.nature), lines.map((l) => l.net)])
  }
  const shares = invoices.flatMap((invoice) => invoice.vatShares.map((share) => ({ ...share, invoiceId: invoice.id })))
  if (shares.length > 0) {
    await tx.query(`
      insert into app.invoice_vat (tenant_id, invoice_id, vat_rate_bp, nature, basis, amount, base_amount)
      select $1, u.* from unnest($2::uuid[], $3::int[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[]) u`,
    [tx.tenantId, shares.map((s) => s.invoiceId), shares.map((s) => s.vatRate), shares.map((s) => s.nature), shares.map((s) => s.basis), shares.map((s) => s.amount), shares.map((s) => s.baseAmount)])
  }
}

/** Makes drafts final: number, dates, customer as it is today, entry. */
export async function finalise(tx: TenantTx, invoices: readonly Invoice[]): Promise<void> {
  const column = <K extends keyof Invoice>(key: K) => invoices.map((invoice) => invoice[key])
  await tx.query(`
    update app.invoice i set status = u.status, number = u.number, issued_on = u.issued_on, due_on = u.due_on, customer_snapshot = u.snapshot::jsonb, settled = u.settled, entry_id = u.entry_id,
      vat_due_on = u.vat_due_on, version = i.version + 1
    from unnest($2::uuid[], $3::text[], $4::text[], $5::date[], $6::date[], $7::text[], $8::bigint[], $9::uuid[], $10::text[]) as u(id, status, number, issued_on, due_on, snapshot, settled, entry_id, vat_due_on)
    where i.tenant_id = $1 and i.id = u.id`,
  [tx.tenantId, column('id'), column('status'), column('number'), column('issuedOn'), column('dueOn'), invoices.map((invoice) => JSON.stringify(invoice.customerSnapshot)), column('settled'), column('entryId'), column('vatDueOn')])
}

/** Replaces the content of a draft. */
export async function replaceDraft(tx: TenantTx, invoice: Invoice): Promise<void> {
  await tx.query('delete from app.invoice_line where tenant_id = $1 and invoice_id = $2', [tx.tenantId, invoice.id])
  await tx.query('delete from app.invoice_vat where tenant_id = $1 and invoice_id = $2', [tx.tenantId, invoice.id])
  await tx.query(`
    update app.invoice set customer_id = $3, issued_on = $4, due_on = $5, net = $6, vat = $7, gross = $8, base_net = $9, base_vat = $10, base_gross = $11, order_reference = $12, note = $13, version = version + 1
    where tenant_id = $1 and id = $2`,
  [tx.tenantId, invoice.id, invoice.customerId, invoice.issuedOn, invoice.dueOn, invoice.net, invoice.vat, invoice.gross, invoice.baseNet, invoice.baseVat, invoice.baseGross, invoice.orderReference, invoice.note])
  await insertContent(tx, [invoice])
}

export async function deleteDraft(tx: TenantTx, id: string): Promise<void> {
  await tx.query("delete from app.invoice where tenant_id = $1 and id = $2 and status = 'draft'", [tx.tenantId, id])
}

/** The next number of a series, taken until the end of the transaction: a rollback gives it back, so there is no gap. */
export async function takeNumber(tx: TenantTx, series: { prefix: string; year: number }): Promise<number> {
  const { rows } = await tx.query<{ taken: number }>(`
    insert into app.invoice_series (tenant_id, prefix, year, next_number) values ($1, $2, $3, 2)
    on conflict (tenant_id, prefix, year) do update set next_number = app.invoice_series.next_number + 1
    returning next_number - 1 as taken`, [tx.tenantId, series.prefix, series.year])
  return rows[0]!.taken
}

/** The number the series would give now. */
export async function peekNumber(tx: TenantTx, series: { prefix: string; year: number }): Promise<number> {
  const { rows } = await tx.query<{ next: number }>('select next_number as next from app.invoice_series where tenant_id = $1 and prefix = $2 and year = $3', [tx.tenantId, series.prefix, series.year])
  return rows[0]?.next ?? 1
}

/** The day of the last document of a series issued here. */
export async function lastIssuedOn(tx: TenantTx, kind: InvoiceKind, year: number): Promise<LocalDate | null> {
  const { rows } = await tx.query<{ last: LocalDate | null }>(`
    select max(issued_on) as last from app.invoice
    where tenant_id = $1 and kind = $2 and origin = 'quittance' and status <> 'draft' and issued_on >= make_date($3, 1, 1) and issued_on <= make_date($3, 12, 31)`, [tx.tenantId, kind, year])
  return rows[0]?.last ?? null
}

/** Moves the settlement of invoices; nothing else of an issued invoice can move. */
export async function saveSettlements(tx: TenantTx, settlements: readonly { id: InvoiceId; settled: bigint; status: InvoiceStatus }[]): Promise<void> {
  await tx.query(`
    update app.invoice i set settled = u.settled, status = u.status, version = i.version + 1
    from unnest($2::uuid[], $3::bigint[], $4::text[]) as u(id, settled, status)
    where i.tenant_id = $1 and i.id = u.id`, [tx.tenantId, settlements.map((s) => s.id), settlements.map((s) => s.settled), settlements.map((s) => s.status)])
}

export async function creditedBy(tx: TenantTx, id: string): Promise<InvoiceId[]> {
  const { rows } = await tx.query<{ id: InvoiceId }>('select id from app.invoice where tenant_id = $1 and credits_id = $2 order by id', [tx.tenantId, id])
  return rows.map((row) => row.id)
}

/** A payment of an invoice as reconciliation shows it; signed minor units. */
export type InvoicePayment = { readonly matchId: string; readonly lineId: string; readonly bookedOn: LocalDate; readonly label: string; readonly amount: bigint }

export async function paymentsOf(tx: TenantTx, id: string): Promise<InvoicePayment[]> {
  const { rows } = await tx.query<InvoicePayment>(`
    select match_id as "matchId", line_id as "lineId", booked_on as "bookedOn", label, amount
    from app.invoice_payment where tenant_id = $1 and invoice_id = $2 order by booked_on, match_id`, [tx.tenantId, id])
  return rows
}

function decimal(text: string): TenThousandths {
  return parseDecimal4(text)!
}
