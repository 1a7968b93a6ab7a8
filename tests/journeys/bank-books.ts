import type { Answer, TestApp, TestCompany } from '../support/server.ts'
import { camt, type Movement } from './bank-files.ts'

export type InvoiceMade = { readonly id: string; readonly number: string }

/** What the tests of reconciliation do again and again, over the server that `of` answers. */
export function bankBooks(of: () => TestApp) {
  const customer = async (company: TestCompany, name: string): Promise<string> => (await of().api('POST', '/api/customers', { as: company, body: { name } })).body.id
  /** An issued invoice of one line of services at 20 %. */
  const invoice = async (company: TestCompany, customerId: string, { net, issuedOn = '2026-03-01' }: { net: string; issuedOn?: string }): Promise<InvoiceMade> => {
    const body = { customerId, issuedOn, dueOn: issuedOn > '2026-03-31' ? issuedOn : '2026-03-31', lines: [{ description: 'Conseil', quantity: '1', unitPrice: net, vatRate: '20', nature: 'services' }] }
    const draft = await of().api('POST', '/api/invoices/sales', { as: company, body })
    const issued = await of().api('POST', `/api/invoices/sales/${draft.body.id}/issue`, { as: company, body: { issuedOn } })
    if (issued.status !== 200) throw new Error(issued.text)
    return { id: issued.body.id, number: issued.body.number }
  }
  /** Takes a bank file of these movements and answers the lines of the company, by label. */
  const bank = async (company: TestCompany, movements: readonly Movement[]): Promise<Map<string, string>> => {
    const shown = await of().api('POST', '/api/imports', { as: company, file: { name: 'a.xml', bytes: camt({ openingOn: '2026-03-01', opening: 0n, closingOn: '2026-04-30', movements }) } })
    const known = (await of().api('GET', '/api/accounts', { as: company })).body.items.length > 0
    const taken = await of().api('POST', `/api/imports/${shown.body.id}/commit`, { as: company, body: known ? {} : { newAccount: { name: 'Courant' } } })
    if (taken.status !== 200) throw new Error(taken.text)
    await of().app.jobs.idle()
    const lines = (await of().api('GET', '/api/transactions?limit=200', { as: company })).body.items
    return new Map(lines.map((line: { id: string; label: string }) => [line.label, line.id]))
  }
  const ask = async <T>(company: TestCompany, sql: string, params: readonly unknown[] = []): Promise<T[]> => of().app.db.tenant(company.ctx, async (tx) => (await tx.query<T>(sql, [tx.tenantId, ...params])).rows)
  const count = async (company: TestCompany, sql: string, params: readonly unknown[] = []): Promise<number> => (await ask<{ n: number }>(company, sql, params))[0]!.n
  return {
    customer, invoice, bank,
    match: (company: TestCompany, body: object): Promise<Answer> => of().api('POST', '/api/reconciliation/matches', { as: company, body }),
    undo: (company: TestCompany, id: string): Promise<Answer> => of().api('POST', `/api/reconciliation/matches/${id}/undo`, { as: company }),
    readInvoice: async (company: TestCompany, id: string) => (await of().api('GET', `/api/invoices/sales/${id}`, { as: company })).body,
    readLine: async (company: TestCompany, id: string) => (await of().api('GET', `/api/transactions/${id}`, { as: company })).body,
    /** Every account's balance that is not zero, in cents. */
    balances: async (company: TestCompany): Promise<Record<string, bigint>> => Object.fromEntries((await ask<{ account: string; sum: bigint }>(company,
      'select account, sum(debit - credit)::bigint as sum from app.entry_line where tenant_id = $1 group by account having sum(debit - credit) <> 0 order by account')).map((row) => [row.account, row.sum])),
    /** Lines of an account without a letter. */
    unlettered: (company: TestCompany, prefix: string): Promise<number> => count(company, 'select count(*)::int as n from app.entry_line where tenant_id = $1 and starts_with(account, $2) and lettering is null', [prefix]),
    entryCount: (company: TestCompany): Promise<number> => count(company, 'select count(*)::int as n from app.entry where tenant_id = $1'),
  }
}
