import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/server.ts'
import { cfonb } from './bank-files.ts'
import { previewImport, commitImport } from '../../server/modules/banking/index.ts'
import { browseSuggestions } from '../../server/modules/reconciliation/suggestions.ts'
import { readSummary } from '../../server/modules/reporting/summary.ts'
import { browseAccounts } from '../../server/modules/banking/accounts.ts'
import { acceptMatch } from '../../server/modules/reconciliation/index.ts'
let server: TestApp
beforeAll(async () => { server = await startTestApp() })
afterAll(async () => { await server.close() })
test('measure', async () => {
  const company = await server.company()
  const csv = ['invoice_id,number,kind,issued_on,due_on,customer_id,customer_name,currency,net,vat,gross,status']
  const N = 10_000
  const movements = Array.from({ length: N }, (_, i) => ({ on: `2026-0${1 + (i % 9)}-1${i % 10}`, cents: BigInt(120_00 + i), label: `VIR SEPA CLIENT${i % 500} F2026-${String(i).padStart(5, '0')}` }))
  const timed = async <T>(what: string, run: () => Promise<T>): Promise<T> => { const at = performance.now(); const value = await run(); console.log(what, Math.round(performance.now() - at)); return value }
  const bytes = Buffer.from(cfonb({ openingOn: '2025-12-31', opening: 0n, closingOn: '2026-09-30', movements }))
  const { row } = await timed('preview', () => previewImport(server.app, company.ctx, { fileName: 'a', bytes }))
  await timed('commit', () => commitImport(server.app, company.ctx, { id: row.id, choice: { newAccount: { name: 'C' } } }))
  await timed('post', () => server.app.jobs.idle({ timeoutMs: 60_000 }))
  await timed('preview again', () => previewImport(server.app, company.ctx, { fileName: 'a', bytes }))
  // invoices straight in
  await server.app.db.tenant(company.ctx, async (tx) => {
    await tx.query(`insert into app.customer (tenant_id, id, code, name) select $1, gen_random_uuid(), 'C' || n, 'Client' || n || ' Etablissement' from generate_series(0, 499) n`, [tx.tenantId])
    await tx.query(`insert into app.invoice (tenant_id, id, kind, status, origin, number, customer_id, customer_snapshot, issued_on, due_on, currency, net, vat, gross, base_net, base_vat, base_gross, vat_due_on)
      select $1, gen_random_uuid(), 'invoice', 'issued', 'taken_over', 'F2026-' || lpad(n::text, 5, '0'), c.id, '{"code":"C","name":"x"}', '2026-01-01', '2026-01-31', 'EUR', 10000, 2000 + n, 12000 + n, 10000, 2000 + n, 12000 + n, 'receipts'
      from generate_series(0, 9999) n join app.customer c on c.code = 'C' || (n % 500)`, [tx.tenantId])
  })
  const page = await timed('suggestions', () => browseSuggestions(server.app, company.ctx, { lineId: null, accountId: null, onlyWithProposal: true, after: null, limit: 50 }))
  expect(page.items.length).toBe(50)
  const one = page.items[0]!
  await timed('accept', () => acceptMatch(server.app, company.ctx, { lineId: one.line.id, allocations: [{ invoiceId: one.proposals[0]!.allocations[0]!.invoice.id, amount: String(Number(one.proposals[0]!.allocations[0]!.amount) / 100) }] }))
  await timed('summary', () => readSummary(server.app, company.ctx))
  await timed('accounts', () => browseAccounts(server.app, company.ctx))
  const auto = await timed('automatic', async () => (await server.api('POST', '/api/reconciliation/automatic', { as: company })).body)
  console.log(auto.items.length, auto.isComplete)
}, 120_000)
