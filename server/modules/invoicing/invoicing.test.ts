import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../tests/support/server.ts'

let test: TestApp
let company: TestCompany

beforeAll(async () => {
  test = await startTestApp({ now: '2026-11-20T10:00:00Z' })
  company = await test.company('company', { vatDueOn: 'receipts', firstYear: { startsOn: '2026-01-01', endsOn: '2026-12-31' } })
})
afterAll(() => test.close())

async function customer(of: TestCompany, name = 'Client Alpha'): Promise<string> {
  return (await test.api('POST', '/api/customers', { as: of, body: { name } })).body.id
}

function draft(customerId: string, unitPrice = '1000', more: object = {}) {
  return { customerId, lines: [{ description: 'Conseil', quantity: '1', unitPrice, vatRate: '20', nature: 'services' }], ...more }
}

async function issued(of: TestCompany, unitPrice = '1000', issuedOn?: string) {
  const created = await test.api('POST', '/api/invoices/sales', { as: of, body: draft(await customer(of), unitPrice) })
  expect(created.status).toBe(201)
  return test.api('POST', `/api/invoices/sales/${created.body.id}/issue`, { as: of, body: issuedOn ? { issuedOn } : {} })
}

async function lines(of: TestCompany, entryId: string): Promise<string[]> {
  return test.app.db.tenant(of.ctx, async (tx) => {
    const { rows } = await tx.query<{ account: string; aux: string | null; debit: bigint; credit: bigint; lettering: string | null }>(
      'select account, aux_code as aux, debit, credit, lettering from app.entry_line where tenant_id = $1 and entry_id = $2 order by n', [tx.tenantId, entryId])
    return rows.map((row) => `${row.account}${row.aux ? ` ${row.aux}` : ''} ${row.debit} ${row.credit}${row.lettering ? ` ${row.lettering}` : ''}`)
  })
}

describe('customers', () => {
  it('take the next free code and say what they owe', async () => {
    const answer = await test.api('POST', '/api/customers', { as: company, body: { name: 'Ébénisterie du Port', siren: '732829320', iban: 'FR14 2004 1010 0505 0001 3M02 606' } })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({ code: 'C00001', iban: 'FR1420041010050500013M02606', open: { amount: '0.00', currency: 'EUR' } })
  })
  it('are refused with a wrong SIREN or IBAN, in the reader\'s language', async () => {
    const french = await test.api('POST', '/api/customers', { as: company, body: { name: 'X', siren: '732829321' }, headers: { 'accept-language': 'fr' } })
    expect([french.status, french.body.code]).toEqual([400, 'SIREN_INVALID'])
    expect(french.body.detail).toContain('732829321')
    const english = await test.api('POST', '/api/customers', { as: company, body: { name: 'X', iban: 'FR7612345678901234567890123' }, headers: { 'accept-language': 'en' } })
    expect(english.body.detail).toContain('check digits')
  })
  it('cannot share a code', async () => {
    await test.api('POST', '/api/customers', { as: company, body: { name: 'Un', code: 'UN' } })
    expect((await test.api('POST', '/api/customers', { as: company, body: { name: 'Deux', code: 'UN' } })).body.code).toBe('CUSTOMER_CODE_TAKEN')
  })
  it('are listed by name, page by page, without loss or double', async () => {
    const own = await test.company()
    for (const name of ['Élan', 'Azur', 'Zéphyr', 'azur', 'Midi']) await customer(own, name)
    const names: string[] = []
    let cursor: string | null = null
    do {
      const page = await test.api('GET', `/api/customers?limit=2${cursor ? `&cursor=${cursor}` : ''}`, { as: own })
      names.push(...page.body.items.map((item: { name: string }) => item.name))
      cursor = page.body.next
    } while (cursor)
    expect(names.map((name) => name.toLowerCase())).toEqual(['azur', 'azur', 'élan', 'midi', 'zéphyr'])
  })
})

describe('issuing an invoice', () => {
  it('gives it a number, an entry with the TVA waiting, and makes it final', async () => {
    const own = await test.company('company', { vatDueOn: 'receipts' })
    const answer = await issued(own)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ status: 'issued', number: 'FA-2026-0001', issuedOn: '2026-11-20', dueOn: '2026-12-20', gross: { amount: '1200.00', currency: 'EUR' }, open: { amount: '1200.00' } })
    expect(await lines(own, answer.body.entryId)).toEqual(['411000 C00001 120000 0', '706000 0 100000', '445741 0 20000'])
    const again = await test.api('POST', `/api/invoices/sales/${answer.body.id}/issue`, { as: own, body: {} })
    expect([again.status, again.body.code]).toEqual([409, 'INVOICE_ALREADY_ISSUED'])
    expect((await test.api('PUT', `/api/invoices/sales/${answer.body.id}`, { as: own, body: draft(answer.body.customer.id) })).status).toBe(409)
    expect((await test.api('DELETE', `/api/invoices/sales/${answer.body.id}`, { as: own })).status).toBe(409)
  })
  it('cannot be undone in the database either', async () => {
    const own = await test.company()
    const { body } = await issued(own)
    for (const sql of ['update app.invoice set gross = gross + 1, net = net + 1 where tenant_id = $1 and id = $2', 'delete from app.invoice where tenant_id = $1 and id = $2', 'delete from app.invoice_line where tenant_id = $1 and invoice_id = $2']) {
      await expect(test.app.db.tenant(own.ctx, (tx) => tx.query(sql, [tx.tenantId, body.id]))).rejects.toMatchObject({ code: 'QT001' })
    }
  })
  it('numbers fifty invoices issued at once from 1 to 50, each with its entry', async () => {
    const own = await test.company()
    const id = await customer(own)
    const drafts = await Promise.all(Array.from({ length: 50 }, () => test.api('POST', '/api/invoices/sales', { as: own, body: draft(id, '10') })))
    const answers = await Promise.all(drafts.map((one) => test.api('POST', `/api/invoices/sales/${one.body.id}/issue`, { as: own, body: {} })))
    expect(answers.map((one) => one.status)).toEqual(Array.from({ length: 50 }, () => 200))
    expect(answers.map((one) => one.body.number).toSorted()).toEqual(Array.from({ length: 50 }, (_, index) => `FA-2026-${String(index + 1).padStart(4, '0')}`))
    expect(new Set(answers.map((one) => one.body.entryId)).size).toBe(50)
  })
  it('leaves no gap when it is refused', async () => {
    const own = await test.company()
    const future = await issued(own, '1000', '2027-01-05')
    expect([future.status, future.body.problems[0].code]).toEqual([422, 'INVOICE_FUTURE'])
    expect((await issued(own)).body.number).toBe('FA-2026-0001')
  })
  it('follows the dates of its series', async () => {
    const own = await test.company()
    await issued(own, '100', '2026-11-10')
    const early = await issued(own, '100', '2026-11-09')
    expect([early.status, early.body.code]).toEqual([409, 'INVOICE_DATE_BEFORE_LAST'])
    expect((await issued(own, '100', '2026-11-10')).body.number).toBe('FA-2026-0002')
  })
  it('is refused outside of any fiscal year, and nothing is stored', async () => {
    const own = await test.company('company', { firstYear: { startsOn: '2026-01-01', endsOn: '2026-06-30' } })
    const answer = await issued(own)
    expect([answer.status, answer.body.code]).toEqual([422, 'NO_FISCAL_YEAR'])
    const drafts = await test.api('GET', '/api/invoices/sales?status=draft', { as: own })
    expect(drafts.body.items[0]).toMatchObject({ number: null })
  })
  it('is refused with a rate that no law sets on that day', async () => {
    const own = await test.company()
    const created = await test.api('POST', '/api/invoices/sales', { as: own, body: { customerId: await customer(own), lines: [{ description: 'x', quantity: '1', unitPrice: '1', vatRate: '19.6', nature: 'goods' }] } })
    const answer = await test.api('POST', `/api/invoices/sales/${created.body.id}/issue`, { as: own, body: {} })
    expect(answer.body.problems).toMatchObject([{ code: 'VAT_RATE_UNKNOWN', line: 1, field: 'vatRate' }])
  })
})

describe('a credit note', () => {
  it('mirrors the invoice, settles it and letters both', async () => {
    const own = await test.company('company', { vatDueOn: 'receipts' })
    const invoice = await issued(own)
    const credit = await test.api('POST', `/api/invoices/sales/${invoice.body.id}/credit-note`, { as: own, body: { reason: 'Erreur de prix' } })
    expect(credit.status).toBe(201)
    expect(credit.body).toMatchObject({ kind: 'credit_note', number: 'AV-2026-0001', gross: { amount: '-1200.00' }, creditsId: invoice.body.id, open: { amount: '0.00' } })
    expect(await lines(own, credit.body.entryId)).toEqual(['411000 C00001 0 120000 AA', '706000 100000 0', '445741 20000 0'])
    expect(await lines(own, invoice.body.entryId)).toContain('411000 C00001 120000 0 AA')
    const after = await test.api('GET', `/api/invoices/sales/${invoice.body.id}`, { as: own })
    expect(after.body).toMatchObject({ status: 'credited', open: { amount: '0.00' }, creditedByIds: [credit.body.id] })
    const again = await test.api('POST', `/api/invoices/sales/${invoice.body.id}/credit-note`, { as: own, body: {} })
    expect([again.status, again.body.code]).toEqual([409, 'INVOICE_CREDITED'])
  })
})

describe('importing invoices.csv', () => {
  const HEADER = 'invoice_id,kind,number,party_id,date,due_date,currency,net,vat,gross,gross_eur'
  const CSV = [HEADER,
    'I1,sale,FAC001,C1,2026-02-02,2026-03-02,EUR,98.00,19.60,117.60,117.60',
    'I2,sale,FAC002,C2,2026-02-03,2026-03-03,USD,100.00,0.00,100.00,92.40',
    'I3,credit_note,AVFAC001,C1,2026-02-10,2026-03-02,EUR,-14.70,-2.94,-17.64,-17.64',
    'I4,purchase,LOG1,F1,2026-02-10,2026-02-10,EUR,10.00,2.00,12.00,12.00'].join('\n')
  const upload = (of: TestCompany, text: string, query = '') => test.api('POST', `/api/invoices/sales/import${query}`, { as: of, file: { name: 'invoices.csv', bytes: text } })

  it('is a dry run first: it counts and stores nothing', async () => {
    const own = await test.company()
    const answer = await upload(own, CSV)
    expect(answer.body).toMatchObject({ dryRun: true, committed: false, rows: 4, accepted: 3, rejected: 0, ignored: 1, problems: [], totals: [{ amount: '99.96', currency: 'EUR' }, { amount: '100.00', currency: 'USD' }] })
    expect((await test.api('GET', '/api/invoices/sales', { as: own })).body.items).toEqual([])
  })
  it('posts each invoice under its own number, in the company\'s currency, once', async () => {
    const own = await test.company('company', { vatDueOn: 'debits' })
    expect((await upload(own, CSV, '?mode=posted&dryRun=false')).body).toMatchObject({ committed: true, accepted: 3, customersCreated: 2 })
    const { body } = await test.api('GET', '/api/invoices/sales', { as: own })
    expect(body.items.map((item: { number: string; origin: string }) => `${item.number} ${item.origin}`)).toEqual(['AVFAC001 imported', 'FAC002 imported', 'FAC001 imported'])
    const dollars = await test.api('GET', `/api/invoices/sales/${body.items[1].id}`, { as: own })
    expect(await lines(own, dollars.body.entryId)).toEqual(['411000 C00002 9240 0', '706000 0 9240'])
    const again = await upload(own, CSV, '?mode=posted&dryRun=false')
    expect(again.body).toMatchObject({ accepted: 0, alreadyKnown: 3 })
    expect((await issued(own)).body.number).toBe('FA-2026-0001')
  })
  it('takes over open invoices without entry or new number, even from before the first year', async () => {
    const own = await test.company()
    const old = CSV.replaceAll('2026-0', '2019-0')
    expect((await upload(own, old, '?mode=taken_over&dryRun=false')).body).toMatchObject({ committed: true, accepted: 3 })
    const { body } = await test.api('GET', '/api/invoices/sales?overdue=true', { as: own })
    expect(body.items.find((item: { number: string }) => item.number === 'FAC001')).toMatchObject({ origin: 'taken_over', open: { amount: '117.60' } })
    const detail = await test.api('GET', `/api/invoices/sales/${body.items[0].id}`, { as: own })
    expect(detail.body.entryId).toBeNull()
  })
  it('names the line and the field of what it rejects and takes the rest', async () => {
    const own = await test.company()
    const bad = [HEADER,
      'I1,sale,FAC001,C1,2026-02-30,2026-03-02,EUR,98.00,19.60,117.60,117.60',
      'I2,sale,FAC002,C1,2026-02-03,2026-03-03,EUR,98.00,19.60,117.61,117.61',
      'I3,sale,FAC003,C1,2026-02-03,2026-03-03,EUR,98.005,19.60,117.60,117.60',
      'I4,sale,FAC004,C1,2026-02-03,2026-03-03,EUR,98.00,15.00,113.00,113.00',
      'I5,sale,FAC005,C1,2026-02-03,2026-03-03,EUR,98.00,19.60,117.60,117.60'].join('\n')
    const { body } = await upload(own, bad, '?mode=posted&dryRun=false')
    expect(body).toMatchObject({ accepted: 1, rejected: 4 })
    expect(body.problems.map((one: { code: string; line: number; field: string }) => `${one.line} ${one.field} ${one.code}`)).toEqual(['2 date DATE_UNREADABLE', '3 gross TOTAL_WRONG', '4 net AMOUNT_TOO_PRECISE', '5 vat RATE_UNKNOWN'])
  })
  it('reads the lines of an invoice when the file has them', async () => {
    const own = await test.company('company', { vatDueOn: 'receipts' })
    const withLines = [`${HEADER},line_description,line_quantity,line_unit_price,line_vat_rate,line_nature`,
      'I1,sale,FAC001,C1,2026-02-02,2026-03-02,EUR,300.00,45.00,345.00,345.00,Conseil,1,150,20,services',
      'I1,sale,FAC001,C1,2026-02-02,2026-03-02,EUR,300.00,45.00,345.00,345.00,Livres,10,15,10,goods'].join('\n')
    expect((await upload(own, withLines, '?mode=posted&dryRun=false')).body).toMatchObject({ accepted: 1, problems: [] })
    const { body } = await test.api('GET', '/api/invoices/sales', { as: own })
    const detail = await test.api('GET', `/api/invoices/sales/${body.items[0].id}`, { as: own })
    expect(await lines(own, detail.body.entryId)).toEqual(['411000 C00001 34500 0', '707000 0 15000', '706000 0 15000', '445741 0 3000', '445712 0 1500'])
  })
  it('refuses a file that is not one', async () => {
    const { body } = await upload(company, 'a,b\n1,2\n', '?dryRun=false')
    expect(body.problems[0].message).toContain('invoice_id')
    expect(body).toMatchObject({ accepted: 0 })
  })
})

it('the entry of an invoice is not reversed behind its back', async () => {
  const own = await test.company()
  const invoice = await issued(own)
  const answer = await test.api('POST', `/api/ledger/entries/${invoice.body.entryId}/reverse`, { as: own, body: {} })
  expect([answer.status, answer.body.code]).toEqual([409, 'ENTRY_OF_DOCUMENT'])
})
