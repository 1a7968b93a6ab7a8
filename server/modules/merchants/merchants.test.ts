import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../tests/support/server.ts'
import { setMerchant } from './index.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() })
afterAll(async () => { await t.close() })

type Get = { readonly status: number; readonly body: ReturnType<typeof JSON.parse> }
const api = (as: TestCompany, method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<Get> => t.api(method, path, { as, ...(body === undefined ? {} : { body }) })

/** Imports labels, one line each, and lets the jobs read them. Answers the lines by label. */
async function lines(company: TestCompany, rows: readonly (readonly [label: string, amount: string])[]): Promise<Map<string, string>> {
  const account = await api(company, 'POST', '/api/accounts', { name: `Compte ${Math.random()}` })
  const csv = ['Date;Libellé;Montant', ...rows.map(([label, amount]) => `16/03/2026;${label};${amount}`)].join('\n')
  const preview = await t.api('POST', '/api/imports', { as: company, file: { name: 'releve.csv', bytes: `${csv}\n` } })
  const commit = await api(company, 'POST', `/api/imports/${preview.body.id}/commit`, { accountId: account.body.id })
  if (commit.status !== 200) throw new Error(JSON.stringify(commit.body))
  await t.app.jobs.idle()
  const { body } = await api(company, 'GET', `/api/transactions?importId=${preview.body.id}&limit=200`)
  return new Map((body.items as { id: string; label: string }[]).map(({ id, label }) => [label, id]))
}
const merchants = async (company: TestCompany, query = '') => (await api(company, 'GET', `/api/merchants${query}`)).body.items as { id: string; name: string; lineCount: number; siren: string | null; totals: unknown[] }[]
const named = async (company: TestCompany, name: string) => (await merchants(company)).find((one) => one.name === name)!
const enrichment = async (company: TestCompany, id: string) => (await api(company, 'GET', `/api/transactions/${id}/enrichment`)).body

describe('labels that were imported', () => {
  test('are read by a job: the line shows raw and clean side by side, and its merchant is counted', async () => {
    const company = await t.company()
    const ids = await lines(company, [['CARTE X1234 14/03 MONOPRIX LYON', '-20,00'], ['PAIEMENT PAR CARTE X1234 MONOPRIX 0042 13/03', '-5,50'], ['VIR SEPA RECU /DE ATELIER CUIVRE /MOTIF F12', '120,00']])
    const first = await enrichment(company, ids.get('CARTE X1234 14/03 MONOPRIX LYON')!)
    expect(first).toMatchObject({
      raw: { label: 'CARTE X1234 14/03 MONOPRIX LYON', amount: { amount: '-20.00', currency: 'EUR' } },
      clean: {
        merchant: { name: 'Monoprix', siren: null, source: 'rule', rule: 'fr-card-x@1' }, method: { value: 'card', source: 'rule', rule: 'fr-card-x@1', confidence: 0.95 },
        place: { value: 'Lyon' }, cardDate: { value: '2026-03-14' }, mandate: null, original: null,
      },
    })
    expect(await merchants(company)).toMatchObject([{ name: 'Monoprix', lineCount: 2, totals: [{ amount: '-25.50', currency: 'EUR' }] }])
    expect((await enrichment(company, ids.get('VIR SEPA RECU /DE ATELIER CUIVRE /MOTIF F12')!)).clean).toMatchObject({ merchant: null, counterparty: { value: 'Atelier Cuivre' }, reference: { value: 'F12' } })
  })

  test('whose last word the bank cut lead to the merchant of the whole name, with less confidence', async () => {
    const company = await t.company()
    const ids = await lines(company, [['CARTE X1234 14/03 MONOPR', '-1,00'], ['CARTE X1234 14/03 MONOPRIX', '-2,00'], ['CARTE X1234 14/03 MONOPRIX DAILY', '-3,00']])
    expect((await merchants(company)).map(({ name, lineCount }) => [name, lineCount])).toEqual([['Monoprix', 1], ['Monoprix Daily', 1], ['Monopr', 1]].sort((a, b) => (String(a[0]).toUpperCase() < String(b[0]).toUpperCase() ? -1 : 1)))
    const other = await t.company()
    const cut = await lines(other, [['CARTE X1234 14/03 MONOPR', '-1,00'], ['CARTE X1234 14/03 MONOPRIX', '-2,00']])
    expect(await merchants(other)).toMatchObject([{ name: 'Monoprix', lineCount: 2 }])
    expect((await enrichment(other, cut.get('CARTE X1234 14/03 MONOPR')!)).clean.merchant.confidence).toBeCloseTo(0.76, 5)
    expect(ids.size).toBe(3)
  })

  test('tie a supplier to its SIREN: from the label, or from a party the company knows', async () => {
    const company = await t.company()
    // 732829320 is INSEE's example of a right key; 552100554 has one too (5+1+2+2+0+0+5+1+4 = 20).
    await api(company, 'POST', '/api/customers', { name: 'Imprimerie Bleue SARL', siren: '552100554' })
    await lines(company, [['VIR SEPA EMIS /MOTIF SIREN 732829320 /BEN ATELIER CUIVRE', '-9,00'], ['VIR INST IMPRIMERIE BLEUE', '-8,00']])
    expect((await merchants(company)).map(({ name, siren }) => [name, siren])).toEqual([['Atelier Cuivre', '732829320'], ['Imprimerie Bleue', '552100554']])
    expect(await merchants(company, '?search=732 829 320')).toMatchObject([{ name: 'Atelier Cuivre' }])
    expect(await merchants(company, '?search=bléue')).toMatchObject([{ name: 'Imprimerie Bleue' }])
  })
})

describe('merchants arranged by a person', () => {
  test('are renamed, and their labels still lead to them', async () => {
    const company = await t.company()
    await lines(company, [['CARTE X1234 14/03 SNCF INTERNET', '-20,00']])
    const { id } = await named(company, 'SNCF Internet')
    expect((await api(company, 'PATCH', `/api/merchants/${id}`, { name: 'SNCF', siren: '552100554' })).body).toMatchObject({ name: 'SNCF', siren: '552100554', changes: [{ kind: 'rename', mayUndo: true }] })
    await lines(company, [['CARTE X1234 15/03 SNCF INTERNET', '-30,00']])
    expect(await merchants(company)).toMatchObject([{ id, name: 'SNCF', lineCount: 2 }])
    expect((await api(company, 'PATCH', `/api/merchants/${id}`, { siren: '552100555' })).body.code).toBe('SIREN_INVALID')
  })

  test('are merged: lines, patterns and what comes later follow, and undoing puts each back where it was', async () => {
    const company = await t.company()
    await lines(company, [['CARTE X1234 14/03 AMZ DIGITAL', '-1,00'], ['CARTE X1234 14/03 AMZ BOOKS', '-2,00']])
    const [digital, books] = [await named(company, 'AMZ Digital'), await named(company, 'AMZ Books')]
    const merged = await api(company, 'POST', `/api/merchants/${books.id}/merge`, { from: [digital.id] })
    expect(merged.body).toMatchObject({ id: books.id, lineCount: 2, changes: [{ kind: 'merge', mayUndo: true, text: 'AMZ Digital : fusion dans AMZ Books' }] })
    await lines(company, [['CARTE X1234 15/03 AMZ DIGITAL', '-4,00']])
    expect(await merchants(company)).toMatchObject([{ name: 'AMZ Books', lineCount: 3 }])
    expect((await api(company, 'GET', `/api/merchants/${digital.id}`)).status).toBe(404)
    const undone = await api(company, 'POST', `/api/merchants/${books.id}/changes/${merged.body.changes[0].id}/undo`)
    expect(undone.body).toMatchObject({ name: 'AMZ Books', lineCount: 1 })
    expect(await merchants(company)).toMatchObject([{ name: 'AMZ Books', lineCount: 1 }, { name: 'AMZ Digital', lineCount: 2, totals: [{ amount: '-5.00' }] }])
    expect((await api(company, 'POST', `/api/merchants/${books.id}/changes/${merged.body.changes[0].id}/undo`)).body.code).toBe('MERCHANT_CHANGE_UNDONE')
    expect((await api(company, 'POST', `/api/merchants/${books.id}/merge`, { from: [books.id] })).body.code).toBe('MERCHANT_MERGE_SELF')
  })

  test('are split by pattern and by line, and a later change is undone first', async () => {
    const company = await t.company()
    const ids = await lines(company, [['CARTE X1234 14/03 RELAIS NORD', '-1,00'], ['CARTE X1234 14/03 RELAIS SUD', '-2,00'], ['CARTE X1234 13/03 RELAIS NORD', '-4,00']])
    const [north, south] = [await named(company, 'Relais Nord'), await named(company, 'Relais Sud')]
    const whole = (await api(company, 'POST', `/api/merchants/${north.id}/merge`, { from: [south.id] })).body
    const alias = whole.aliases.find(({ pattern }: { pattern: string }) => pattern === 'RELAIS SUD')
    const split = await api(company, 'POST', `/api/merchants/${north.id}/split`, { name: 'Relais du Sud', aliasIds: [alias.id], lineIds: [ids.get('CARTE X1234 13/03 RELAIS NORD')] })
    expect(split).toMatchObject({ status: 201, body: { name: 'Relais du Sud', lineCount: 2, totals: [{ amount: '-6.00' }] } })
    expect((await api(company, 'POST', `/api/merchants/${north.id}/changes/${whole.changes[0].id}/undo`)).body.code).toBe('MERCHANT_CHANGE_LATER')
    expect((await api(company, 'POST', `/api/merchants/${north.id}/changes/${split.body.changes[0].id}/undo`)).body).toMatchObject({ name: 'Relais Nord', lineCount: 3 })
    expect((await api(company, 'POST', `/api/merchants/${north.id}/split`, { name: 'Rien', lineIds: [] })).body.code).toBe('MERCHANT_SPLIT_EMPTY')
    expect((await merchants(company)).map(({ name }) => name)).toEqual(['Relais Nord'])
  })
})

describe('what a person gives', () => {
  test('is never overwritten by reading every label again, and goes back to the rules when it is taken away', async () => {
    const company = await t.company()
    const ids = await lines(company, [['CARTE X1234 14/03 BAR DU PORT BREST', '-12,00']])
    const line = ids.get('CARTE X1234 14/03 BAR DU PORT BREST')!
    const { body: own } = await api(company, 'POST', '/api/merchants', { name: 'Le Port' })
    const given = await api(company, 'PATCH', `/api/transactions/${line}/enrichment`, { merchantId: own.id, place: 'Brest, quai nord', method: 'cash' })
    expect(given.body.clean).toMatchObject({ merchant: { id: own.id, source: 'manual', confidence: 1 }, place: { value: 'Brest, quai nord', source: 'manual', rule: null }, method: { value: 'cash', source: 'manual' }, cardDate: { source: 'rule' } })
    expect((await api(company, 'POST', '/api/merchants/enrich')).body).toMatchObject({ lines: 1, jobId: expect.any(String) })
    await t.app.jobs.idle()
    expect((await enrichment(company, line)).clean).toMatchObject({ merchant: { id: own.id, source: 'manual' }, place: { value: 'Brest, quai nord' } })
    const back = await api(company, 'PATCH', `/api/transactions/${line}/enrichment`, { merchantId: null, place: null, method: null })
    expect(back.body.clean).toMatchObject({ merchant: { name: 'Bar du Port', source: 'rule' }, place: { value: 'Brest', source: 'rule' }, method: { value: 'card' } })
    expect((await api(company, 'PATCH', `/api/transactions/${line}/enrichment`, { cardDate: '2026-02-30' })).status).toBe(400)
  })

  test('by a rule of the company stays when labels are read again, and gives way to a person', async () => {
    const company = await t.company()
    const line = [...(await lines(company, [['CARTE X1234 14/03 BAR DU PORT', '-12,00']])).values()][0]!
    const [{ body: port }, { body: quay }] = [await api(company, 'POST', '/api/merchants', { name: 'Le Port' }), await api(company, 'POST', '/api/merchants', { name: 'Le Quai' })]
    const decide = (merchantId: string, rule: string | null) => t.app.db.tenant(company.ctx, (tx) => setMerchant(tx, company.ctx, { lineId: line, merchantId, rule }))
    await decide(port.id, 'Bars@3')
    await api(company, 'POST', '/api/merchants/enrich')
    await t.app.jobs.idle()
    expect((await enrichment(company, line)).clean.merchant).toMatchObject({ name: 'Le Port', source: 'rule', rule: 'Bars@3' })
    await decide(quay.id, null)
    await decide(port.id, 'Bars@3')
    expect((await enrichment(company, line)).clean.merchant).toMatchObject({ name: 'Le Quai', source: 'manual', rule: null })
  })

  test('for a line of another company, or to a merchant of another company, is refused as unknown', async () => {
    const [company, other] = [await t.company(), await t.company()]
    const line = [...(await lines(company, [['CARTE X1234 14/03 BAR DU PORT', '-12,00']])).values()][0]!
    const { body: theirs } = await api(other, 'POST', '/api/merchants', { name: 'Le Port' })
    await expect(t.app.db.tenant(other.ctx, (tx) => setMerchant(tx, other.ctx, { lineId: line, merchantId: theirs.id }))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(t.app.db.tenant(company.ctx, (tx) => setMerchant(tx, company.ctx, { lineId: line, merchantId: theirs.id }))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

test('what is made by several files at the same moment is one merchant', async () => {
  const company = await t.company()
  await Promise.all(['-1,00', '-2,00', '-3,00'].map((amount) => lines(company, [['CARTE X1234 14/03 PAPETERIE ANIS', amount]])))
  expect(await merchants(company)).toMatchObject([{ name: 'Papeterie Anis', lineCount: 3 }])
})
