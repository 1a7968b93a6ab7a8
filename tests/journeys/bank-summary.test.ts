import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/server.ts'
import { bankBooks } from './bank-books.ts'
import { camt } from './bank-files.ts'

let server: TestApp
const { customer, invoice, bank, match, undo, balances } = bankBooks(() => server)
beforeAll(async () => { server = await startTestApp() })
afterAll(async () => { await server.close() })

describe('without a person', () => {
  test('sure proposals are accepted at once and each can be undone', async () => {
    const company = await server.company()
    const customerId = await customer(company, 'Menuiserie Dupont')
    const made = [await invoice(company, customerId, { net: '100' }), await invoice(company, customerId, { net: '200' })]
    await bank(company, [...made.map(({ number }, index) => ({ on: `2026-03-2${index}`, cents: BigInt(index + 1) * 120_00n, label: `VIR SEPA MENUISERIE DUPONT ${number}` })), { on: '2026-03-25', cents: 77_00n, label: 'VIR INCONNU' }])
    const sure = (await server.api('GET', '/api/reconciliation/suggestions', { as: company })).body.items.filter((item: { proposals: { automatic: boolean }[] }) => item.proposals[0]?.automatic).length
    expect(sure).toBe(2)
    const done = await server.api('POST', '/api/reconciliation/automatic', { as: company })
    expect(done).toMatchObject({ status: 200, body: { isComplete: true } })
    expect(done.body.items).toHaveLength(sure)
    for (const item of done.body.items) expect(item).toMatchObject({ automatic: true, status: 'active' })
    for (const item of done.body.items) expect((await undo(company, item.id)).status).toBe(200)
    expect((await balances(company))['411000']).toBe(360_00n)
    expect((await server.api('POST', '/api/reconciliation/automatic', { as: company })).body.items).toEqual([])
  })

  test('a payer met once under another name is recognised by memory', async () => {
    const company = await server.company()
    const customerId = await customer(company, 'Menuiserie Dupont')
    const made = [await invoice(company, customerId, { net: '100' }), await invoice(company, customerId, { net: '150', issuedOn: '2026-03-02' })]
    const lines = await bank(company, [{ on: '2026-03-20', cents: 120_00n, label: 'VIR SEPA HOLDING ZEPHYR MARS' }, { on: '2026-04-20', cents: 180_00n, label: 'VIR SEPA HOLDING ZEPHYR MARS 2' }])
    await match(company, { lineId: lines.get('VIR SEPA HOLDING ZEPHYR MARS'), allocations: [{ invoiceId: made[0]!.id, amount: '120' }] })
    const [item] = (await server.api('GET', '/api/reconciliation/suggestions', { as: company })).body.items
    expect(item.proposals[0]).toMatchObject({ allocations: [{ invoiceId: made[1]!.id }] })
    expect(item.proposals[0].reasons.map((reason: { code: string }) => reason.code)).toContain('PAYER_KNOWN')
  })
})

describe('the home page', () => {
  test('the summary gives cash, what is owed, TVA to set aside and what there is to do', async () => {
    const company = await server.company()
    expect((await server.api('GET', '/api/summary', { as: company })).body).toMatchObject({
      on: '2026-11-20', cash: { total: { amount: '0.00', currency: 'EUR' }, accounts: 0 }, vatToSetAside: { amount: '0.00' }, toDo: [{ kind: 'first_bank_file', count: 1 }, { kind: 'first_invoice', count: 1 }],
    })
    const made = await invoice(company, await customer(company, 'Menuiserie Dupont'), { net: '1000', issuedOn: '2026-10-01' })
    const shown = await server.api('POST', '/api/imports', { as: company, file: { name: 'a.xml', bytes: camt({ openingOn: '2026-10-31', opening: 500_00n, closingOn: '2026-11-18', movements: [{ on: '2026-11-10', cents: 600_00n, label: `VIR DUPONT ACOMPTE ${made.number}` }, { on: '2026-11-12', cents: -100_00n, label: 'ACHAT' }] }) } })
    await server.api('POST', `/api/imports/${shown.body.id}/commit`, { as: company, body: { newAccount: { name: 'Courant' } } })
    await server.app.jobs.idle()
    const waiting = (await server.api('GET', '/api/summary', { as: company })).body
    expect(waiting).toMatchObject({ cash: { total: { amount: '1000.00' }, accounts: 1 }, unpaidLate: { total: { amount: '1200.00' }, invoices: 1, customers: 1 }, open: { total: { amount: '1200.00' }, invoices: 1 }, vatToSetAside: { amount: '0.00' } })
    expect(waiting.toDo.map((task: { kind: string; count: number }) => [task.kind, task.count])).toEqual([['late_invoices', 1], ['suggestions', 1], ['bank_lines', 2], ['uncategorised_lines', 2]])
    const line = (await server.api('GET', '/api/transactions?search=dupont', { as: company })).body.items[0]
    await match(company, { lineId: line.id, allocations: [{ invoiceId: made.id, amount: '600' }] })
    const after = (await server.api('GET', '/api/summary', { as: company })).body
    expect(after).toMatchObject({ vatToSetAside: { amount: '100.00' }, open: { total: { amount: '600.00' } } })
    expect(after.cashHistory).toHaveLength(90)
    const day = (on: string) => after.cashHistory.find((one: { on: string }) => one.on === on).balance
    expect([day('2026-11-09'), day('2026-11-10'), day('2026-11-12'), day('2026-11-20')]).toEqual(['500.00', '1100.00', '1000.00', '1000.00'])
  })
})
