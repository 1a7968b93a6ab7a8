import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'

export type Receivables = {
  readonly late: bigint; readonly lateInvoices: number; readonly lateCustomers: number; readonly lateSince: LocalDate | null
  readonly open: bigint; readonly openInvoices: number
}

/** What customers owe in the company's currency. Credit notes that wait reduce what is open; they are never late. */
export async function receivables(tx: TenantTx, today: LocalDate): Promise<Receivables> {
  const { rows } = await tx.query<Receivables>(`
    select coalesce(sum(o.open) filter (where o.kind = 'invoice' and o.due_on < $2), 0)::bigint as late,
      count(*) filter (where o.kind = 'invoice' and o.due_on < $2)::int as "lateInvoices",
      count(distinct o.customer_id) filter (where o.kind = 'invoice' and o.due_on < $2)::int as "lateCustomers",
      min(o.due_on) filter (where o.kind = 'invoice' and o.due_on < $2) as "lateSince",
      coalesce(sum(o.open), 0)::bigint as open, count(*) filter (where o.kind = 'invoice')::int as "openInvoices"
    from app.open_invoice o where o.tenant_id = $1`, [tx.tenantId, today])
  return rows[0]!
}

export type Drafts = { readonly invoices: number; readonly invoicesTotal: bigint; readonly entries: number; readonly entriesSince: LocalDate | null; readonly hasInvoice: boolean; readonly hasBankFile: boolean }

/** What waits to be finished, and whether the company has begun. */
export async function draftsAndStart(tx: TenantTx): Promise<Drafts> {
  const { rows } = await tx.query<Drafts>(`
    select (select count(*)::int from app.invoice i where i.tenant_id = $1 and i.status = 'draft') as invoices,
      (select coalesce(sum(i.base_gross), 0)::bigint from app.invoice i where i.tenant_id = $1 and i.status = 'draft') as "invoicesTotal",
      (select count(*)::int from app.entry_draft d where d.tenant_id = $1) as entries,
      (select min(d.entry_date) from app.entry_draft d where d.tenant_id = $1) as "entriesSince",
      exists (select 1 from app.invoice i where i.tenant_id = $1) as "hasInvoice",
      exists (select 1 from app.bank_import i where i.tenant_id = $1 and i.status = 'committed') as "hasBankFile"`, [tx.tenantId])
  return rows[0]!
}

export type BankWork = {
  readonly suspicious: number; readonly suspiciousSince: LocalDate | null; readonly held: number; readonly heldSince: LocalDate | null
  readonly uncategorised: number; readonly uncategorisedSince: LocalDate | null; readonly overspent: number
}

/** What the bank asks of people beyond its lines to treat: doubles to judge, questions, lines without a category, budgets overspent in their present period. */
export async function bankWork(tx: TenantTx, { today, since }: { readonly today: LocalDate; readonly since: LocalDate }): Promise<BankWork> {
  const { rows } = await tx.query<BankWork>(`
    select s.n as suspicious, s.oldest as "suspiciousSince", h.n as held, h.oldest as "heldSince", u.n as uncategorised, u.oldest as "uncategorisedSince", b.n as overspent
    from (select count(*)::int as n, min(booked_on) as oldest from app.bank_suspicious where tenant_id = $1 and state = 'waiting') s,
      (select count(*)::int as n, min(booked_on) as oldest from app.bank_line where tenant_id = $1 and hold_id is not null) h,
      (select count(*)::int as n, min(l.booked_on) as oldest from app.bank_line l
        where l.tenant_id = $1 and l.booked_on > $3 and l.status = 'booked' and l.transfer_id is null
          and not exists (select 1 from app.line_category_view v where v.tenant_id = l.tenant_id and v.line_id = l.id)) u,
      (select count(distinct budget_id)::int as n from app.budget_alert where tenant_id = $1 and dismissed_at is null and threshold = 100 and period_from <= $2 and period_to >= $2) b`, [tx.tenantId, today, since])
  return rows[0]!
}
