import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/server.ts'
import { bankBooks } from './bank-books.ts'

let server: TestApp
const { customer, invoice, bank, match, undo, readInvoice, readLine, balances, unlettered, entryCount } = bankBooks(() => server)
beforeAll(async () => { server = await startTestApp() })
afterAll(async () => { await server.close() })

describe('suggestions', () => {
  test('a payment that quotes its invoice is proposed with a score and reasons in the reader\'s language', async () => {
    const company = await server.company()
    const made = await invoice(company, await customer(company, 'Menuiserie Dupont'), { net: '1000' })
    await bank(company, [{ on: '2026-03-20', cents: 1_200_00n, label: `VIR SEPA MENUISERIE DUPONT ${made.number}` }, { on: '2026-03-21', cents: -9_00n, label: 'FRAIS BANCAIRES' }])
    const page = (await server.api('GET', '/api/reconciliation/suggestions', { as: company })).body
    expect(page.items.map((item: { proposals: unknown[] }) => item.proposals.length)).toEqual([0, 1])
    const [proposal] = page.items[1].proposals
    expect(proposal).toMatchObject({ residual: null, allocations: [{ invoiceId: made.id, number: made.number, customerName: 'Menuiserie Dupont', open: { amount: '1200.00' }, amount: { amount: '1200.00' } }] })
    expect(proposal.score).toBeGreaterThan(90)
    expect(proposal.reasons.map((reason: { text: string }) => reason.text)).toEqual([`n° ${made.number} dans le libellé`, 'Menuiserie Dupont dans le libellé', 'montant au centime'])
    const english = (await server.api('GET', '/api/reconciliation/suggestions?onlyWithProposal=true', { as: company, headers: { 'accept-language': 'en' } })).body
    expect(english.items).toHaveLength(1)
    expect(english.items[0].proposals[0].reasons[2].text).toBe('amount to the cent')
  })

  test('only the lines with a proposal are counted when a page asks for them, and the next page goes on', async () => {
    const company = await server.company()
    const customerId = await customer(company, 'Menuiserie Dupont')
    const made = [await invoice(company, customerId, { net: '100' }), await invoice(company, customerId, { net: '200' }), await invoice(company, customerId, { net: '300' })]
    await bank(company, made.flatMap(({ number }, index) => [
      { on: `2026-03-1${index}`, cents: BigInt(index + 1) * 120_00n, label: `VIR DUPONT ${number}` }, { on: `2026-03-1${index}`, cents: -1_00n - BigInt(index), label: `ACHAT ${index}` },
    ]))
    const seen: string[] = []
    let cursor = ''
    for (let page = 0; page < 5; page += 1) {
      const { body } = await server.api('GET', `/api/reconciliation/suggestions?onlyWithProposal=true&limit=1${cursor}`, { as: company })
      seen.push(...body.items.map((item: { line: { label: string } }) => item.line.label))
      if (body.next === null) break
      cursor = `&cursor=${body.next}`
    }
    expect(seen).toEqual([...made].reverse().map(({ number }) => `VIR DUPONT ${number}`))
  })

  test('a refused invoice is not proposed again, and a fee kept back goes to 627', async () => {
    const company = await server.company()
    const made = await invoice(company, await customer(company, 'Atelier Leroy'), { net: '1000' })
    const lines = await bank(company, [{ on: '2026-03-20', cents: 1_188_50n, label: `VIR ATELIER LEROY ${made.number}` }])
    const lineId = [...lines.values()][0]!
    const before = (await server.api('GET', `/api/reconciliation/suggestions?lineId=${lineId}`, { as: company })).body.items[0]
    expect(before.proposals[0]).toMatchObject({ residual: { kind: 'bank_fee', amount: { amount: '-11.50' }, account: '627000' }, allocations: [{ amount: { amount: '1200.00' } }] })
    expect((await server.api('POST', '/api/reconciliation/refusals', { as: company, body: { lineId, invoiceId: made.id } })).status).toBe(204)
    expect((await server.api('GET', `/api/reconciliation/suggestions?lineId=${lineId}`, { as: company })).body.items[0].proposals).toEqual([])
    // A person may still choose it.
    const accepted = await match(company, { lineId, allocations: [{ invoiceId: made.id, amount: '1200.00' }], residual: { amount: '-11.50', account: '627000' } })
    expect(accepted).toMatchObject({ status: 201, body: { score: null, residual: { amount: { amount: '-11.50' }, account: '627000' }, reasons: [{ code: 'BY_HAND' }] } })
    expect(await balances(company)).toMatchObject({ '512001': 1_188_50n, '627000': 11_50n })
    expect((await balances(company))['471001']).toBeUndefined()
    expect(await readInvoice(company, made.id)).toMatchObject({ status: 'paid' })
  })

  test('what came in too much stays to treat', async () => {
    const company = await server.company()
    const made = await invoice(company, await customer(company, 'Atelier Leroy'), { net: '1000' })
    const [lineId] = [...(await bank(company, [{ on: '2026-03-20', cents: 1_250_00n, label: `VIR ATELIER LEROY ${made.number}` }])).values()]
    const [proposal] = (await server.api('GET', '/api/reconciliation/suggestions', { as: company })).body.items[0].proposals
    expect(proposal.residual).toMatchObject({ kind: 'overpayment', amount: { amount: '50.00' }, account: '471001' })
    const { residual, allocations } = proposal
    const accepted = await match(company, { lineId, allocations: allocations.map((one: { invoiceId: string; amount: { amount: string } }) => ({ invoiceId: one.invoiceId, amount: one.amount.amount })), residual: { amount: residual.amount.amount, account: residual.account } })
    expect(accepted.body).toMatchObject({ residual: null, score: proposal.score })
    expect(await readLine(company, lineId!)).toMatchObject({ state: 'part_treated', toTreat: { amount: '50.00' } })
    expect((await balances(company))['471001']).toBe(-50_00n)
  })
})

describe('accepting', () => {
  test('TVA on receipts: 1 200 of which 200, paid 600, makes 100 due; the rest makes the other 100 due', async () => {
    const company = await server.company()
    const made = await invoice(company, await customer(company, 'Menuiserie Dupont'), { net: '1000' })
    const lines = await bank(company, [{ on: '2026-03-20', cents: 600_00n, label: 'VIR DUPONT 1' }, { on: '2026-04-20', cents: 600_00n, label: 'VIR DUPONT 2' }])
    expect(await balances(company)).toMatchObject({ '445741': -200_00n })
    const first = await match(company, { lineId: lines.get('VIR DUPONT 1'), allocations: [{ invoiceId: made.id, amount: '600' }] })
    expect(first.body).toMatchObject({ status: 'active', allocations: [{ number: made.number, customerName: 'Menuiserie Dupont', amount: { amount: '600.00' }, vatReleased: { amount: '100.00' } }] })
    expect(await balances(company)).toEqual({ '411000': 600_00n, '445711': -100_00n, '445741': -100_00n, '471001': -600_00n, '512001': 1_200_00n, '706000': -1_000_00n })
    expect(await readInvoice(company, made.id)).toMatchObject({ status: 'part_paid', open: { amount: '600.00' }, payments: [{ amount: { amount: '600.00' } }] })
    expect(await unlettered(company, '411')).toBe(2)
    const second = await match(company, { lineId: lines.get('VIR DUPONT 2'), allocations: [{ invoiceId: made.id, amount: '600.00' }] })
    expect(second.body.allocations[0].vatReleased.amount).toBe('100.00')
    expect(await balances(company)).toEqual({ '445711': -200_00n, '512001': 1_200_00n, '706000': -1_000_00n })
    expect(await readInvoice(company, made.id)).toMatchObject({ status: 'paid', open: { amount: '0.00' } })
    expect(await unlettered(company, '411')).toBe(0)
    expect(await unlettered(company, '471')).toBe(0)
  })

  test('one payment for several invoices, and one line in several times', async () => {
    const company = await server.company()
    const customerId = await customer(company, 'Menuiserie Dupont')
    const made = [await invoice(company, customerId, { net: '100' }), await invoice(company, customerId, { net: '200' }), await invoice(company, await customer(company, 'Leroy'), { net: '50' })]
    const lines = await bank(company, [{ on: '2026-03-20', cents: 420_00n, label: 'VIR GROUPE' }])
    const lineId = lines.get('VIR GROUPE')!
    expect((await match(company, { lineId, allocations: [{ invoiceId: made[0]!.id, amount: '120' }, { invoiceId: made[1]!.id, amount: '240' }] })).status).toBe(201)
    expect(await readLine(company, lineId)).toMatchObject({ state: 'part_treated', toTreat: { amount: '60.00' } })
    expect((await match(company, { lineId, allocations: [{ invoiceId: made[2]!.id, amount: '60' }] })).status).toBe(201)
    expect(await readLine(company, lineId)).toMatchObject({ state: 'treated' })
    expect((await balances(company))['411000']).toBeUndefined()
    expect([await unlettered(company, '411'), await unlettered(company, '471')]).toEqual([0, 0])
    const listed = (await server.api('GET', `/api/reconciliation/matches?lineId=${lineId}&limit=1`, { as: company })).body
    expect(listed.items).toHaveLength(1)
    expect((await server.api('GET', `/api/reconciliation/matches?lineId=${lineId}&limit=1&cursor=${listed.next}`, { as: company })).body).toMatchObject({ items: [{ allocations: [{}, {}] }], next: null })
    expect((await server.api('GET', `/api/reconciliation/matches?invoiceId=${made[2]!.id}`, { as: company })).body.items).toHaveLength(1)
  })

  test('amounts that do not fit are refused with nothing stored', async () => {
    const company = await server.company()
    const made = await invoice(company, await customer(company, 'Dupont'), { net: '1000' })
    const lines = await bank(company, [{ on: '2026-03-20', cents: 500_00n, label: 'VIR A' }, { on: '2026-03-21', cents: 2_000_00n, label: 'VIR B' }, { on: '2026-03-21', cents: -10_00n, label: 'FRAIS' }])
    const before = [await balances(company), await entryCount(company)]
    const refused = async (label: string, amount: string, residual?: object) => (await match(company, { lineId: lines.get(label), allocations: [{ invoiceId: made.id, amount }], ...(residual ? { residual } : {}) })).body.code
    expect(await refused('VIR A', '600')).toBe('MATCH_TOO_LARGE')
    expect(await refused('VIR B', '1300')).toBe('MATCH_EXCEEDS_INVOICE')
    expect(await refused('VIR A', '-100')).toBe('MATCH_SIGN_WRONG')
    expect(await refused('FRAIS', '10')).toBe('MATCH_SIGN_WRONG')
    expect(await refused('VIR A', '0')).toBe('MATCH_SIGN_WRONG')
    expect(await refused('VIR A', '10.001')).toBe('REQUEST_INVALID')
    expect(await refused('VIR A', '490', { amount: '10', account: '401000' })).toBe('REQUEST_INVALID')
    expect((await match(company, { lineId: made.id, allocations: [{ invoiceId: made.id, amount: '1' }] })).status).toBe(404)
    expect((await match(company, { lineId: lines.get('VIR A'), allocations: [{ invoiceId: lines.get('VIR A'), amount: '1' }] })).status).toBe(404)
    expect([await balances(company), await entryCount(company)]).toEqual(before)
    expect(await readInvoice(company, made.id)).toMatchObject({ status: 'issued', open: { amount: '1200.00' } })
  })

  test('a locked period refuses the match with nothing stored', async () => {
    const company = await server.company()
    const made = await invoice(company, await customer(company, 'Dupont'), { net: '1000' })
    const lines = await bank(company, [{ on: '2026-03-20', cents: 1_200_00n, label: 'VIR A' }])
    const before = [await balances(company), await entryCount(company)]
    await server.app.db.tenant(company.ctx, (tx) => tx.query("update app.period set status = 'locked' where tenant_id = $1 and starts_on = '2026-03-01'", [tx.tenantId]))
    expect(await match(company, { lineId: lines.get('VIR A'), allocations: [{ invoiceId: made.id, amount: '1200' }] })).toMatchObject({ status: 409, body: { code: 'PERIOD_LOCKED' } })
    expect([await balances(company), await entryCount(company)]).toEqual(before)
    expect(await readInvoice(company, made.id)).toMatchObject({ status: 'issued', open: { amount: '1200.00' } })
    expect(await readLine(company, lines.get('VIR A')!)).toMatchObject({ state: 'to_treat' })
    expect((await server.api('GET', '/api/reconciliation/matches', { as: company })).body.items).toEqual([])
  })

  test('of two people who accept at once exactly one wins; so does a double click on a part', async () => {
    const company = await server.company()
    const made = await invoice(company, await customer(company, 'Dupont'), { net: '1000' })
    const lines = await bank(company, [{ on: '2026-03-20', cents: 1_200_00n, label: 'VIR A' }])
    const half = { lineId: lines.get('VIR A'), allocations: [{ invoiceId: made.id, amount: '500' }] }
    const parts = await Promise.all([match(company, half), match(company, half)])
    expect(parts.map((answer) => answer.status).sort()).toEqual([201, 409])
    expect(parts.find((answer) => answer.status === 409)!.body.code).toBe('MATCH_EXISTS')
    const won = parts.find((answer) => answer.status === 201)!
    expect((await Promise.all([undo(company, won.body.id), undo(company, won.body.id)])).map((answer) => answer.status).sort()).toEqual([200, 409])
    const whole = { lineId: lines.get('VIR A'), allocations: [{ invoiceId: made.id, amount: '1200' }] }
    const both = await Promise.all([match(company, whole), match(company, whole), match(company, whole)])
    expect(both.map((answer) => answer.status).sort()).toEqual([201, 409, 409])
    expect(both.find((answer) => answer.status === 409)!.body.code).toBe('LINE_ALREADY_TREATED')
    expect((await balances(company))['411000']).toBeUndefined()
  })

  test('a line without its entry is not matched yet', async () => {
    const company = await server.company()
    const made = await invoice(company, await customer(company, 'Dupont'), { net: '1000' })
    const lines = await bank(company, [{ on: '2025-03-20', cents: 1_200_00n, label: 'VIR AVANT' }])
    expect(await match(company, { lineId: lines.get('VIR AVANT'), allocations: [{ invoiceId: made.id, amount: '1200' }] })).toMatchObject({ status: 409, body: { code: 'LINE_NOT_POSTED' } })
  })

  test('an invoice and its customer\'s refund: a credit note is paid by money that goes out', async () => {
    const company = await server.company()
    const customerId = await customer(company, 'Dupont')
    const made = await invoice(company, customerId, { net: '1000' })
    const credit = await server.api('POST', `/api/invoices/sales/${made.id}/credit-note`, { as: company, body: { issuedOn: '2026-03-02' } })
    expect(credit.status).toBe(201)
    const lines = await bank(company, [{ on: '2026-03-20', cents: -1_200_00n, label: 'VIR EMIS DUPONT' }])
    // The credit note settled the invoice already: nothing of it is left to pay.
    expect((await match(company, { lineId: lines.get('VIR EMIS DUPONT'), allocations: [{ invoiceId: credit.body.id, amount: '-1200' }] })).body.code).toBe('MATCH_EXCEEDS_INVOICE')
  })
})

describe('undoing', () => {
  test('undo gives back every balance, the invoice and the line, and the pair is not proposed again', async () => {
    const company = await server.company()
    const made = await invoice(company, await customer(company, 'Menuiserie Dupont'), { net: '999.99' })
    const lines = await bank(company, [{ on: '2026-03-20', cents: 1_199_99n, label: `VIR DUPONT ${made.number}` }])
    const before = await balances(company)
    const accepted = await match(company, { lineId: [...lines.values()][0], allocations: [{ invoiceId: made.id, amount: '1199.99' }] })
    expect(accepted.body.score).toBeGreaterThan(50)
    expect(await balances(company)).not.toEqual(before)
    const undone = await undo(company, accepted.body.id)
    expect(undone.body).toMatchObject({ status: 'undone', entryId: accepted.body.entryId })
    expect(undone.body.undoEntryId).toMatch(/^[0-9a-f-]{36}$/)
    expect(await balances(company)).toEqual(before)
    expect(await readInvoice(company, made.id)).toMatchObject({ status: 'issued', open: { amount: '1199.99' }, payments: [] })
    expect(await readLine(company, [...lines.values()][0]!)).toMatchObject({ state: 'to_treat', toTreat: { amount: '1199.99' } })
    // The match and its reversal cancel out under one letter; the invoice and the bank line are open again.
    expect([await unlettered(company, '411'), await unlettered(company, '471')]).toEqual([1, 1])
    expect((await server.api('GET', '/api/reconciliation/suggestions', { as: company })).body.items[0].proposals).toEqual([])
    expect(await undo(company, accepted.body.id)).toMatchObject({ status: 409, body: { code: 'MATCH_ALREADY_UNDONE' } })
    const again = await match(company, { lineId: [...lines.values()][0], allocations: [{ invoiceId: made.id, amount: '1199.99' }] })
    expect(again.status).toBe(201)
    expect([await unlettered(company, '411'), await unlettered(company, '471')]).toEqual([0, 0])
  })

  test('parts undone and made again in any order leave the TVA exact', async () => {
    const company = await server.company()
    const made = await invoice(company, await customer(company, 'Dupont'), { net: '33.35' })
    const lines = await bank(company, ['1', '2', '3'].map((rank, index) => ({ on: '2026-03-20', cents: [13_34n, 13_34n, 13_34n][index]!, label: `VIR PART ${rank}` })))
    const pay = async (rank: number, amount: string) => (await match(company, { lineId: lines.get(`VIR PART ${rank}`), allocations: [{ invoiceId: made.id, amount }] })).body
    const first = await pay(1, '13.34')
    await pay(2, '13.34')
    await undo(company, first.id)
    await pay(3, '13.34')
    await pay(1, '13.34')
    expect(await readInvoice(company, made.id)).toMatchObject({ status: 'paid' })
    const after = await balances(company)
    expect([after['445741'], after['445711'], after['411000'], after['471001']]).toEqual([undefined, -6_67n, undefined, undefined])
    expect([await unlettered(company, '411'), await unlettered(company, '471')]).toEqual([0, 0])
  })

  test('a locked period puts the reversal on the first open day', async () => {
    const company = await server.company()
    const made = await invoice(company, await customer(company, 'Dupont'), { net: '1000' })
    const lines = await bank(company, [{ on: '2026-03-20', cents: 1_200_00n, label: 'VIR A' }])
    const before = await balances(company)
    const accepted = await match(company, { lineId: lines.get('VIR A'), allocations: [{ invoiceId: made.id, amount: '1200' }] })
    await server.app.db.tenant(company.ctx, (tx) => tx.query("update app.period set status = 'locked' where tenant_id = $1 and starts_on = '2026-03-01'", [tx.tenantId]))
    expect((await undo(company, accepted.body.id)).status).toBe(200)
    expect(await balances(company)).toEqual(before)
  })

  test('an assistant may match; someone who only looks may not; another company sees nothing', async () => {
    const company = await server.company()
    const made = await invoice(company, await customer(company, 'Dupont'), { net: '1000' })
    const lines = await bank(company, [{ on: '2026-03-20', cents: 1_200_00n, label: 'VIR A' }])
    const body = { lineId: lines.get('VIR A'), allocations: [{ invoiceId: made.id, amount: '1200' }] }
    const viewer = await server.member(company, 'viewer')
    expect((await server.api('POST', '/api/reconciliation/matches', { as: viewer, tenant: company, body })).status).toBe(403)
    const assistant = await server.member(company, 'assistant')
    const accepted = await server.api('POST', '/api/reconciliation/matches', { as: assistant, tenant: company, body })
    expect(accepted.status).toBe(201)
    const other = await server.company()
    expect((await server.api('GET', `/api/reconciliation/matches/${accepted.body.id}`, { as: other })).status).toBe(404)
    expect((await undo(other, accepted.body.id)).status).toBe(404)
    expect((await match(other, body)).status).toBe(404)
    expect((await server.api('POST', '/api/reconciliation/refusals', { as: other, body: { lineId: body.lineId, invoiceId: made.id } })).status).toBe(404)
  })
})

describe('a line without an invoice', () => {
  test('goes to the account one names, in whole or in parts, and comes back when undone', async () => {
    const company = await server.company()
    const lines = await bank(company, [{ on: '2026-03-05', cents: -900_00n, label: 'LOYER MARS' }])
    const lineId = lines.get('LOYER MARS')!
    const rent = await match(company, { lineId, allocations: [], residual: { amount: '-850.00', account: '613200' } })
    expect(rent).toMatchObject({ status: 201, body: { allocations: [], residual: { amount: { amount: '-850.00' }, account: '613200' }, reasons: [{ code: 'IMPUTED' }] } })
    expect(await readLine(company, lineId)).toMatchObject({ state: 'part_treated', toTreat: { amount: '-50.00' } })
    expect((await match(company, { lineId, allocations: [], residual: { amount: '-50.00', account: '275000' } })).status).toBe(201)
    expect(await balances(company)).toEqual({ '275000': 50_00n, '512001': -900_00n, '613200': 850_00n })
    expect(await unlettered(company, '471')).toBe(0)
    expect((await undo(company, rent.body.id)).status).toBe(200)
    expect(await balances(company)).toEqual({ '275000': 50_00n, '471001': 850_00n, '512001': -900_00n })
  })

  test('is refused on a customer, a bank or a waiting account, and without any account', async () => {
    const company = await server.company()
    const lines = await bank(company, [{ on: '2026-03-05', cents: -900_00n, label: 'LOYER MARS' }])
    const lineId = lines.get('LOYER MARS')!
    for (const account of ['411000', '401000', '512001', '471001', '999999']) {
      expect(await match(company, { lineId, allocations: [], residual: { amount: '-900.00', account } })).toMatchObject({ status: 400, body: { problems: [{ code: 'IMPUTATION_ACCOUNT' }] } })
    }
    expect(await match(company, { lineId, allocations: [] })).toMatchObject({ status: 400, body: { problems: [{ code: 'MATCH_EMPTY' }] } })
    expect(await readLine(company, lineId)).toMatchObject({ state: 'to_treat' })
  })
})
