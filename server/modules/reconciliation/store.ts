import type { Currency } from '../../../core/kernel/currency.ts'
import type { BankLineId, EntryId, InvoiceId, MatchId } from '../../../core/kernel/id.ts'
import type { BasisPoints } from '../../../core/kernel/rate.ts'
import type { WaitingVat } from '../../../core/invoice/vat-release.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { Evidence, MatchRow, MatchView, PostedResidual, StoredAllocation } from './types.ts'

const COLUMNS = `m.id, m.bank_line_id as "lineId", m.status, m.confidence, m.automatic, m.reasons, m.residual, m.residual_account as "residualAccount",
  m.entry_id as "entryId", m.undo_entry_id as "undoEntryId", m.created_at as "createdAt", m.undone_at as "undoneAt"`

export type NewMatchRow = Evidence & { readonly id: MatchId; readonly lineId: BankLineId; readonly residual: PostedResidual | null; readonly entryId: EntryId; readonly createdBy: string | null }

export async function insertMatch(tx: TenantTx, match: NewMatchRow, allocations: readonly Omit<StoredAllocation, 'matchId'>[]): Promise<void> {
  await tx.query(`
    insert into app.match (tenant_id, id, bank_line_id, status, confidence, automatic, reasons, residual, residual_account, entry_id, created_by, residual_parts)
    values ($1, $2, $3, 'active', $4, $5, $6::jsonb, $7, $8, $9, $10, $11::text::jsonb)`,
  [tx.tenantId, match.id, match.lineId, match.confidence === null ? null : match.confidence.toFixed(4), match.automatic, JSON.stringify(match.reasons), match.residual?.amount ?? 0n,
    match.residual?.account ?? null, match.entryId, match.createdBy, match.residual?.parts ? JSON.stringify(match.residual.parts.map(({ account, amount }) => [account, amount.toString()])) : null])
  const column = <K extends keyof (typeof allocations)[number]>(key: K) => allocations.map((allocation) => allocation[key])
  await tx.query(`
    insert into app.match_allocation (tenant_id, match_id, invoice_id, amount, vat_released, vat_shares, vat_entry_id, line_n)
    select $1, $2, u.invoice_id, u.amount, u.vat_released, u.vat_shares::jsonb, u.vat_entry_id, u.line_n
    from unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::text[], $7::uuid[], $8::int[]) as u(invoice_id, amount, vat_released, vat_shares, vat_entry_id, line_n)`,
  [tx.tenantId, match.id, column('invoiceId'), column('amount'), column('vatReleased'), allocations.map(({ vatShares }) => JSON.stringify(vatShares.map(({ vatRate, amount }) => [vatRate, amount.toString()]))),
    column('vatEntryId'), column('lineN')])
}

/** Many matches with their allocations, in two statements. */
export async function insertMatches(tx: TenantTx, made: readonly { readonly match: NewMatchRow; readonly allocations: readonly Omit<StoredAllocation, 'matchId'>[] }[]): Promise<void> {
  const matches = made.map(({ match }) => match)
  await tx.query(`
    insert into app.match (tenant_id, status, id, bank_line_id, confidence, automatic, reasons, residual, residual_account, entry_id, created_by)
    select $1, 'active', u.id, u.line_id, u.confidence, u.automatic, u.reasons::jsonb, u.residual, u.residual_account, u.entry_id, u.created_by
    from unnest($2::uuid[], $3::uuid[], $4::numeric[], $5::boolean[], $6::text[], $7::bigint[], $8::text[], $9::uuid[], $10::uuid[])
      as u(id, line_id, confidence, automatic, reasons, residual, residual_account, entry_id, created_by)`,
  [tx.tenantId, matches.map((match) => match.id), matches.map((match) => match.lineId), matches.map((match) => (match.confidence === null ? null : match.confidence.toFixed(4))),
    matches.map((match) => match.automatic), matches.map((match) => JSON.stringify(match.reasons)), matches.map((match) => match.residual?.amount ?? 0n),
    matches.map((match) => match.residual?.account ?? null), matches.map((match) => match.entryId), matches.map((match) => match.createdBy)])
  const allocations = made.flatMap(({ match, allocations: own }) => own.map((allocation) => ({ ...allocation, matchId: match.id })))
  const column = <K extends keyof (typeof allocations)[number]>(key: K) => allocations.map((allocation) => allocation[key])
  await tx.query(`
    insert into app.match_allocation (tenant_id, match_id, invoice_id, amount, vat_released, vat_shares, vat_entry_id, line_n)
    select $1, u.match_id, u.invoice_id, u.amount, u.vat_released, u.vat_shares::jsonb, u.vat_entry_id, u.line_n
    from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::text[], $7::uuid[], $8::int[]) as u(match_id, invoice_id, amount, vat_released, vat_shares, vat_entry_id, line_n)`,
  [tx.tenantId, column('matchId'), column('invoiceId'), column('amount'), column('vatReleased'),
    allocations.map(({ vatShares }) => JSON.stringify(vatShares.map(({ vatRate, amount }) => [vatRate, amount.toString()]))), column('vatEntryId'), column('lineN')])
}

type AllocationRow = Omit<StoredAllocation, 'vatShares'> & { readonly vatShares: readonly (readonly [number, string])[] }

/** Allocations of active matches on these invoices, or of the matches named, by entry. */
async function allocations(tx: TenantTx, where: { readonly invoiceIds: readonly string[] } | { readonly matchId: string }): Promise<(StoredAllocation & { entryId: EntryId })[]> {
  const { rows } = await tx.query<AllocationRow & { entryId: EntryId }>(`
    select a.match_id as "matchId", a.invoice_id as "invoiceId", a.amount, a.vat_released as "vatReleased", a.vat_shares as "vatShares", a.vat_entry_id as "vatEntryId", a.line_n as "lineN", m.entry_id as "entryId"
    from app.match_allocation a join app.match m on m.tenant_id = a.tenant_id and m.id = a.match_id
    where a.tenant_id = $1 and ${'matchId' in where ? 'a.match_id = $2' : 'a.invoice_id = any($2::uuid[]) and m.status = \'active\''}
    order by m.created_at, a.match_id, a.line_n`, [tx.tenantId, 'matchId' in where ? where.matchId : where.invoiceIds])
  return rows.map((row) => ({ ...row, vatShares: row.vatShares.map(([vatRate, amount]): WaitingVat => ({ vatRate: vatRate as BasisPoints, amount: BigInt(amount) })) }))
}

export async function activeOnInvoices(tx: TenantTx, invoiceIds: readonly string[]): Promise<(StoredAllocation & { entryId: EntryId })[]> {
  return allocations(tx, { invoiceIds })
}

export async function allocationsOf(tx: TenantTx, matchId: MatchId): Promise<StoredAllocation[]> {
  return allocations(tx, { matchId })
}

/** Entries of the active matches of a line, in the order they were made. */
export async function activeEntriesOfLine(tx: TenantTx, lineId: BankLineId): Promise<EntryId[]> {
  const { rows } = await tx.query<{ entryId: EntryId }>(`select m.entry_id as "entryId" from app.match m where m.tenant_id = $1 and m.bank_line_id = $2 and m.status = 'active' order by m.created_at, m.id`, [tx.tenantId, lineId])
  return rows.map((row) => row.entryId)
}

export async function findMatch(tx: TenantTx, id: string, options: { readonly lock?: boolean } = {}): Promise<MatchRow | undefined> {
  const { rows } = await tx.query<MatchRow>(`select ${COLUMNS} from app.match m where m.tenant_id = $1 and m.id = $2${options.lock ? ' for update of m' : ''}`, [tx.tenantId, id])
  return rows[0]
}

export async function markUndone(tx: TenantTx, id: MatchId, by: { readonly entryId: EntryId; readonly userId: string | null }): Promise<void> {
  await tx.query(`update app.match set status = 'undone', undo_entry_id = $3, undone_by = $4, undone_at = now() where tenant_id = $1 and id = $2`, [tx.tenantId, id, by.entryId, by.userId])
}

export async function insertRefusals(tx: TenantTx, lineId: string, refused: { readonly invoiceIds: readonly string[]; readonly by: string | null }): Promise<void> {
  await tx.query(`
    insert into app.match_refusal (tenant_id, bank_line_id, invoice_id, refused_by) select $1, $2, u, $4 from unnest($3::uuid[]) u
    on conflict (tenant_id, bank_line_id, invoice_id) do nothing`, [tx.tenantId, lineId, refused.invoiceIds, refused.by])
}

/** Someone matched the pair after all. */
export async function deleteRefusals(tx: TenantTx, lineId: string, invoiceIds: readonly string[]): Promise<void> {
  await tx.query('delete from app.match_refusal where tenant_id = $1 and bank_line_id = $2 and invoice_id = any($3::uuid[])', [tx.tenantId, lineId, invoiceIds])
}

/** The same for many pairs. */
export async function deleteRefusalPairs(tx: TenantTx, pairs: readonly { readonly lineId: string; readonly invoiceId: string }[]): Promise<void> {
  await tx.query('delete from app.match_refusal r using unnest($2::uuid[], $3::uuid[]) as u(line_id, invoice_id) where r.tenant_id = $1 and r.bank_line_id = u.line_id and r.invoice_id = u.invoice_id',
    [tx.tenantId, pairs.map((pair) => pair.lineId), pairs.map((pair) => pair.invoiceId)])
}

/** Invoices that are not proposed for a line: refused, undone, or matched with it already. */
export async function excludedInvoices(tx: TenantTx, lineIds: readonly string[]): Promise<Map<string, Set<InvoiceId>>> {
  const { rows } = await tx.query<{ lineId: string; invoiceId: InvoiceId }>(`
    select r.bank_line_id as "lineId", r.invoice_id as "invoiceId" from app.match_refusal r where r.tenant_id = $1 and r.bank_line_id = any($2::uuid[])
    union select m.bank_line_id, a.invoice_id from app.match m join app.match_allocation a on a.tenant_id = m.tenant_id and a.match_id = m.id
    where m.tenant_id = $1 and m.bank_line_id = any($2::uuid[]) and m.status = 'active'`, [tx.tenantId, lineIds])
  const byLine = new Map<string, Set<InvoiceId>>()
  for (const { lineId, invoiceId } of rows) byLine.set(lineId, (byLine.get(lineId) ?? new Set()).add(invoiceId))
  return byLine
}

/** The number of an invoice that an active match of this line settles already, among these. */
export async function matchedAlready(tx: TenantTx, lineId: BankLineId, invoiceIds: readonly string[]): Promise<string | undefined> {
  const { rows } = await tx.query<{ number: string }>(`
    select i.number from app.match m join app.match_allocation a on a.tenant_id = m.tenant_id and a.match_id = m.id join app.invoice i on i.tenant_id = a.tenant_id and i.id = a.invoice_id
    where m.tenant_id = $1 and m.bank_line_id = $2 and m.status = 'active' and a.invoice_id = any($3::uuid[]) order by i.number limit 1`, [tx.tenantId, lineId, invoiceIds])
  return rows[0]?.number
}

export async function invoiceExists(tx: TenantTx, id: string): Promise<boolean> {
  return (await tx.query('select 1 from app.invoice where tenant_id = $1 and id = $2', [tx.tenantId, id])).rows.length > 0
}

export type MatchFilter = { readonly status: 'active' | 'undone' | null; readonly invoiceId: string | null; readonly lineId: string | null; readonly ids: readonly string[] | null; readonly after: { readonly createdAt: string; readonly id: string } | null; readonly limit: number }

/** Matches, latest first, with their lines and invoices. */
export async function listMatches(tx: TenantTx, filter: MatchFilter): Promise<MatchView[]> {
  const { rows } = await tx.query<Omit<MatchView, 'allocations'>>(`
    select ${COLUMNS}, l.label as "lineLabel", l.booked_on as "bookedOn", l.amount as "lineAmount", l.currency
    from app.match m join app.bank_line l on l.tenant_id = m.tenant_id and l.id = m.bank_line_id
    where m.tenant_id = $1
      and ($2::text is null or m.status = $2) and ($3::uuid is null or m.bank_line_id = $3) and ($4::uuid[] is null or m.id = any($4))
      and ($5::uuid is null or exists (select 1 from app.match_allocation a where a.tenant_id = m.tenant_id and a.match_id = m.id and a.invoice_id = $5))
      and ($6::timestamptz is null or (m.created_at, m.id) < ($6, $7::uuid))
    order by m.created_at desc, m.id desc limit $8`,
  [tx.tenantId, filter.status, filter.lineId, filter.ids, filter.invoiceId, filter.after?.createdAt ?? null, filter.after?.id ?? null, filter.limit])
  const { rows: parts } = await tx.query<MatchView['allocations'][number] & { matchId: MatchId }>(`
    select a.match_id as "matchId", a.invoice_id as "invoiceId", i.number, coalesce(i.customer_snapshot->>'name', c.name) as "customerName", a.amount, a.vat_released as "vatReleased"
    from app.match_allocation a join app.invoice i on i.tenant_id = a.tenant_id and i.id = a.invoice_id join app.customer c on c.tenant_id = i.tenant_id and c.id = i.customer_id
    where a.tenant_id = $1 and a.match_id = any($2::uuid[]) order by a.match_id, a.line_n`, [tx.tenantId, rows.map((row) => row.id)])
  return rows.map((row) => ({ ...row, allocations: parts.filter((part) => part.matchId === row.id) }))
}

/** An invoice of the company's currency that a bank line may settle. */
export type OpenRow = { readonly id: InvoiceId; readonly number: string; readonly customerId: string; readonly issuedOn: MatchView['bookedOn']; readonly dueOn: MatchView['bookedOn']; readonly open: bigint }

export async function openInvoices(tx: TenantTx, currency: Currency, limit: number): Promise<OpenRow[]> {
  const { rows } = await tx.query<OpenRow>(`
    select o.id, o.number, o.customer_id as "customerId", o.issued_on as "issuedOn", o.due_on as "dueOn", o.open
    from app.open_invoice o where o.tenant_id = $1 and o.currency = $2 and o.open <> 0 order by o.due_on, o.id limit $3`, [tx.tenantId, currency, limit])
  return rows
}

/** Invoices paid through the bank since a day: a second payment of one of them must not take another. */
export async function paidInvoices(tx: TenantTx, scope: { readonly currency: Currency; readonly since: string; readonly limit: number }): Promise<(Omit<OpenRow, 'open'> & { readonly settled: bigint; readonly settledOn: MatchView['bookedOn'] })[]> {
  const { rows } = await tx.query<Omit<OpenRow, 'open'> & { settled: bigint; settledOn: MatchView['bookedOn'] }>(`
    select i.id, i.number, i.customer_id as "customerId", i.issued_on as "issuedOn", i.due_on as "dueOn", i.settled, max(l.booked_on) as "settledOn"
    from app.bank_line l join app.match m on m.tenant_id = l.tenant_id and m.bank_line_id = l.id join app.match_allocation a on a.tenant_id = m.tenant_id and a.match_id = m.id
      join app.invoice i on i.tenant_id = a.tenant_id and i.id = a.invoice_id
    where l.tenant_id = $1 and l.booked_on >= $2 and m.status = 'active' and i.status = 'paid' and i.currency = $3
    group by i.tenant_id, i.id order by i.id limit $4`, [tx.tenantId, scope.since, scope.currency, scope.limit])
  return rows
}

/** What confirmed matches teach: who paid, in what words, how late. A payment for several customers teaches nothing. */
export async function lessons(tx: TenantTx, limit: number): Promise<{ label: string; partyId: string; on: MatchView['bookedOn']; delayDays: number }[]> {
  const { rows } = await tx.query<{ label: string; partyId: string; on: MatchView['bookedOn']; delayDays: number }>(`
    select l.label, min(i.customer_id::text) as "partyId", l.booked_on as on, min(l.booked_on - i.due_on)::int as "delayDays"
    from app.match m join app.bank_line l on l.tenant_id = m.tenant_id and l.id = m.bank_line_id
      join app.match_allocation a on a.tenant_id = m.tenant_id and a.match_id = m.id join app.invoice i on i.tenant_id = a.tenant_id and i.id = a.invoice_id
    where m.tenant_id = $1 and m.status = 'active'
    group by m.id, m.created_at, l.label, l.booked_on having count(distinct i.customer_id) = 1
    order by m.created_at desc, m.id desc limit $2`, [tx.tenantId, limit])
  return rows.reverse()
}
