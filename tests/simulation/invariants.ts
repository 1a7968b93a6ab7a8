import { expect } from 'vitest'
import { vatWaitingAccount, vatWaits } from '../../core/invoice/accounts.ts'
import { releasedVat } from '../../core/invoice/vat-release.ts'
import type { BasisPoints } from '../../core/kernel/rate.ts'
import type { TenantTx } from '../../server/platform/db/types.ts'
import { checkAudit } from '../../server/modules/audit/read-audit.ts'
import { checkLedger } from '../../server/modules/ledger/check-ledger.ts'
import type { World } from './world.ts'

type Ask = <T>(sql: string) => Promise<T[]>

/** No row is the right answer to each: what it returns is what is wrong. */
const FAULTS: Readonly<Record<string, string>> = {
  'every entry balances': `select e.number from app.entry e join app.entry_line l on l.tenant_id = e.tenant_id and l.entry_id = e.id where e.tenant_id = $1 group by e.id, e.number having sum(l.debit) <> sum(l.credit)`,
  'debits equal credits': `select sum(debit) as debit from app.entry_line where tenant_id = $1 having sum(debit) <> sum(credit)`,
  '512 is the sum of its bank lines': `
    select a.ledger_account from app.bank_account a
      left join lateral (select sum(debit - credit) as book from app.entry_line l where l.tenant_id = a.tenant_id and l.account = a.ledger_account) b on true
      left join lateral (select sum(amount) as bank from app.bank_line l where l.tenant_id = a.tenant_id and l.bank_account_id = a.id and l.entry_id is not null) s on true
    where a.tenant_id = $1 and coalesce(b.book, 0) <> coalesce(s.bank, 0)`,
  '471 is what is left to treat': `
    select a.suspense_account from app.bank_account a
      left join lateral (select sum(credit - debit) as book from app.entry_line l where l.tenant_id = a.tenant_id and l.account = a.suspense_account) b on true
      left join lateral (select sum(amount - treated) as bank from app.bank_line l where l.tenant_id = a.tenant_id and l.bank_account_id = a.id and l.entry_id is not null) s on true
    where a.tenant_id = $1 and coalesce(b.book, 0) <> coalesce(s.bank, 0)`,
  'a line is treated for no more than its amount, in its direction': `select id from app.bank_line where tenant_id = $1 and (abs(treated) > abs(amount) or treated * amount < 0 or (entry_id is null and treated <> 0))`,
  'what a line was treated for is its active matches': `
    select l.id from app.bank_line l left join lateral (
      select sum(m.residual + coalesce((select sum(x.amount) from app.match_allocation x where x.tenant_id = m.tenant_id and x.match_id = m.id), 0)) as total
      from app.match m where m.tenant_id = l.tenant_id and m.bank_line_id = l.id and m.status = 'active') s on true
    where l.tenant_id = $1 and l.treated <> coalesce(s.total, 0)`,
  '411 of each customer is its open invoices that have an entry': `
    select coalesce(b.aux_code, o.code) as code, b.book, o.open from (
      select aux_code, sum(debit - credit) as book from app.entry_line where tenant_id = $1 and account = '411000' group by aux_code) b
    full join (
      select i.customer_snapshot->>'code' as code, sum(case when i.status = 'credited' or i.entry_id is null then 0 else i.base_gross - i.settled end)
        -- An invoice taken over has no entry: its payment stands alone on the customer's account.
        - sum(case when i.entry_id is null then i.settled else 0 end) as open
      from app.invoice i where i.tenant_id = $1 and i.status <> 'draft' group by 1) o on o.code = b.aux_code
    where coalesce(b.book, 0) <> coalesce(o.open, 0)`,
  'an invoice is settled by its active matches': `
    select i.number from app.invoice i left join lateral (
      select sum(a.amount) as total from app.match_allocation a join app.match m on m.tenant_id = a.tenant_id and m.id = a.match_id
      where a.tenant_id = i.tenant_id and a.invoice_id = i.id and m.status = 'active') s on true
    where i.tenant_id = $1 and i.status <> 'credited' and not (i.kind = 'credit_note' and i.credits_id is not null) and i.settled <> coalesce(s.total, 0)`,
  'the state of an invoice follows its settlement': `
    select number, status, settled from app.invoice where tenant_id = $1 and status <> 'draft' and status <> case when settled = 0 then 'issued' when settled <> gross then 'part_paid' else 'paid' end
      and not (status = 'credited' and settled = gross)`,
  'letters join lines that cancel out': `
    select account, lettering from app.entry_line where tenant_id = $1 and lettering is not null group by account, coalesce(aux_code, ''), lettering having sum(debit) <> sum(credit)`,
  'invoice numbers follow one another': `
    select s.prefix, s.year, s.next_number, n.count, n.last from app.invoice_series s join lateral (
      select count(*) as count, max(split_part(i.number, '-', 3)::int) as last from app.invoice i
      where i.tenant_id = s.tenant_id and i.origin = 'quittance' and i.number like s.prefix || '-' || s.year || '-%') n on true
    where s.tenant_id = $1 and (n.count <> s.next_number - 1 or n.last <> n.count)`,
  'entry numbers of a year follow one another from 2': `
    select y.starts_on, y.next_number, n.count, n.last from app.fiscal_year y join lateral (
      select count(*) as count, max(e.number::int) as last from app.entry e where e.tenant_id = y.tenant_id and e.fiscal_year_id = y.id and e.number <> '000001') n on true
    where y.tenant_id = $1 and (n.count <> y.next_number - 2 or coalesce(n.last, 1) <> y.next_number - 1)`,
  'a reversal is the mirror of its entry': `
    select r.number from app.entry r join app.entry_line a on a.tenant_id = r.tenant_id and a.entry_id in (r.id, r.reverses_id)
    where r.tenant_id = $1 and r.reverses_id is not null group by r.id, r.number, a.account, coalesce(a.aux_code, '') having sum(a.debit) <> sum(a.credit)`,
}

type InvoiceVat = { id: string; number: string; gross: bigint; settled: bigint; vatDueOn: 'receipts' | 'debits'; isCancelled: boolean; hasEntry: boolean; vatRate: BasisPoints; nature: 'goods' | 'services'; amount: bigint }

async function vatRows(ask: Ask): Promise<InvoiceVat[]> {
  return await ask<InvoiceVat>(`
    select i.id, i.number, i.gross, i.settled, i.vat_due_on as "vatDueOn", i.entry_id is not null as "hasEntry", i.status = 'credited' or (i.kind = 'credit_note' and i.credits_id is not null) as "isCancelled",
      v.vat_rate_bp as "vatRate", v.nature, v.base_amount as amount
    from app.invoice i join app.invoice_vat v on v.tenant_id = i.tenant_id and v.invoice_id = i.id where i.tenant_id = $1 and i.status <> 'draft'`)
}

/** 44574 waits for the unpaid share of the TVA on services: exactly what the matches have not released, which is the due share to a cent for each match. */
async function checkVat(ask: Ask): Promise<void> {
  const released = new Map((await ask<{ id: string; amount: bigint; matches: number }>(`
    select a.invoice_id as id, coalesce(sum(a.vat_released) filter (where m.status = 'active'), 0)::bigint as amount, count(*)::int as matches
    from app.match_allocation a join app.match m on m.tenant_id = a.tenant_id and m.id = a.match_id where a.tenant_id = $1 group by a.invoice_id`)).map((row) => [row.id, row]))
  const waiting = new Map<string, bigint>()
  const byInvoice = Map.groupBy((await vatRows(ask)).filter((row) => vatWaits(row.nature, row.vatDueOn)), (row) => row.id)
  let left = 0n
  for (const [id, shares] of byInvoice) {
    const { gross, settled, isCancelled, hasEntry, number } = shares[0]!
    const made = released.get(id)
    const due = isCancelled ? 0n : releasedVat(shares, { gross, before: 0n, after: settled }).reduce((total, share) => total + share.amount, 0n)
    const drift = (made?.amount ?? 0n) - due
    expect(drift < 0n ? -drift : drift, `TVA released on ${number}`).toBeLessThanOrEqual(BigInt(settled === gross || settled === 0n ? 0 : (made?.matches ?? 0) * shares.length))
    for (const share of shares) if (hasEntry) waiting.set(vatWaitingAccount(share.vatRate), (waiting.get(vatWaitingAccount(share.vatRate)) ?? 0n) + share.amount)
    left += (hasEntry ? shares.reduce((total, share) => total + share.amount, 0n) : 0n) - (made?.amount ?? 0n)
  }
  const [book] = await ask<{ book: bigint }>(`select coalesce(sum(credit - debit), 0)::bigint as book from app.entry_line where tenant_id = $1 and account like '44574%'`)
  expect(book!.book, '44574 is the unpaid share of the TVA on services').toBe(left)
}

/** What the tables of one company must say together, whatever happened. */
export async function checkFaults(tx: TenantTx): Promise<void> {
  const ask: Ask = async <T>(sql: string) => (await tx.query<T>(sql, [tx.tenantId])).rows
  for (const [name, sql] of Object.entries(FAULTS)) expect(await ask(sql), name).toEqual([])
  await checkVat(ask)
}

/** Everything that must be true of a company after any step. */
export async function checkInvariants({ app, ctx, accounts }: World): Promise<void> {
  await app.db.tenant(ctx, async (tx: TenantTx) => {
    await checkFaults(tx)
    for (const account of accounts) {
      const { rows } = await tx.query<{ count: number; total: bigint }>('select count(*)::int as count, coalesce(sum(amount), 0)::bigint as total from app.bank_line where tenant_id = $1 and bank_account_id = $2', [tx.tenantId, account.id])
      expect(rows[0], 'each movement of the bank is stored once').toEqual({ count: account.count, total: account.balance })
    }
  })
  expect(await checkLedger(app, ctx), 'the ledger is intact and its monthly balances are its lines').toMatchObject({ brokenAt: null, accountsAtFault: [] })
  expect(await checkAudit(app, ctx), 'the audit log is intact').toMatchObject({ intact: true })
}
