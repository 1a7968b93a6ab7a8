import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bankBooks } from '../../../tests/journeys/bank-books.ts'
import { startTestApp, type Json, type TestApp, type TestCompany } from '../../../tests/support/server.ts'
import { trainCompany } from './model.ts'

let server: TestApp
const { bank, balances } = bankBooks(() => server)
beforeAll(async () => { server = await startTestApp() })
afterAll(async () => { await server.close() })

type Made = { readonly on?: string; readonly cents: bigint; readonly label: string }

/** A company with these lines, and the id of each by its label. */
async function books(lines: readonly Made[]): Promise<{ company: TestCompany; idOf: (label: string) => string }> {
  const company = await server.company()
  const ids = await bank(company, lines.map(({ on = '2026-03-20', ...line }) => ({ on, ...line })))
  // Lines that arrive are filed a moment later: a rule of the test must not meet them on their way.
  await server.settle()
  return { company, idOf: (label) => ids.get(label)! }
}

async function categories(company: TestCompany): Promise<(key: string) => Json> {
  const { body } = await server.api('GET', '/api/categories/tree', { as: company })
  const all = body.items.flatMap((group: Json) => [group, ...group.children])
  return (key) => all.find((one: Json) => one.key === key)
}

const get = async (company: TestCompany, url: string): Promise<Json> => (await server.api('GET', url, { as: company })).body
const send = (company: TestCompany, method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: unknown) => server.api(method, url, { as: company, body })

describe('the tree', () => {
  test('a company starts with groups and categories, each with an account and a TVA that names its text of law', async () => {
    const company = await server.company()
    const of = await categories(company)
    expect(of('travel')).toMatchObject({ name: 'Train, avion, taxi', account: '625100', vatRate: 'intermediate', vatDeductible: 0, legal: { source: expect.stringContaining('art. 206') } })
    expect(of('office_supplies')).toMatchObject({ account: '606400', vatRate: 'standard', vatDeductible: 100, legal: null, lineCount: 0 })
    expect(of('travel').parentId).toBe(of('travel_group').id)
  })

  test('an unused category is deleted, a used one is archived and can come back', async () => {
    const { company, idOf } = await books([{ cents: -50_00n, label: 'ABONNEMENT REVUE' }])
    const of = await categories(company)
    const made = await send(company, 'POST', '/api/categories', { name: 'Presse', parentId: of('office').id })
    expect(made).toMatchObject({ status: 201, body: { account: '606400', kind: 'expense', key: null } })
    expect(await send(company, 'POST', '/api/categories', { name: 'presse', parentId: of('office').id })).toMatchObject({ status: 409, body: { code: 'CATEGORY_NAME_TAKEN' } })
    await send(company, 'PATCH', `/api/transactions/${idOf('ABONNEMENT REVUE')}`, { categoryId: made.body.id })
    expect((await send(company, 'DELETE', `/api/categories/${made.body.id}`)).body).toEqual({ outcome: 'archived' })
    expect((await get(company, '/api/categories?archived=true')).items.map((one: Json) => one.name)).toEqual(['Presse'])
    expect(await send(company, 'POST', `/api/categories/${made.body.id}/restore`)).toMatchObject({ status: 200, body: { isArchived: false, lineCount: 1 } })
    const other = await send(company, 'POST', '/api/categories', { name: 'Rien', parentId: of('office').id })
    expect((await send(company, 'DELETE', `/api/categories/${other.body.id}`)).body).toEqual({ outcome: 'deleted' })
  })

  test('a category moves to another group, and a group never goes into another', async () => {
    const company = await server.company()
    const of = await categories(company)
    const { id, name, kind, account, vatRate, vatDeductible, version } = of('postage')
    const change = { name, kind, account, vatRate, vatDeductible, version, parentId: of('services').id }
    expect(await send(company, 'PUT', `/api/categories/${id}`, change)).toMatchObject({ status: 200, body: { parentId: of('services').id, version: version + 1 } })
    expect(await send(company, 'PUT', `/api/categories/${id}`, change)).toMatchObject({ status: 412 })
    const group = of('premises')
    expect(await send(company, 'PUT', `/api/categories/${group.id}`, { ...change, name: group.name, version: group.version })).toMatchObject({ status: 422, body: { code: 'CATEGORY_MOVE_REFUSED' } })
  })

  test('merging takes the lines and the rules to the other category', async () => {
    const { company, idOf } = await books([{ cents: -12_00n, label: 'TIMBRES' }])
    const of = await categories(company)
    await send(company, 'PATCH', `/api/transactions/${idOf('TIMBRES')}`, { categoryId: of('postage').id })
    const rule = await send(company, 'POST', '/api/category-rules', { name: 'Timbres', isActive: true, match: 'all', conditions: [{ field: 'label', operator: 'contains', value: 'timbres' }], actions: { categoryId: of('postage').id } })
    expect(await send(company, 'POST', `/api/categories/${of('postage').id}/merge`, { into: of('office_supplies').id })).toMatchObject({ status: 200, body: { id: of('office_supplies').id, lineCount: 1 } })
    expect((await get(company, `/api/category-rules/${rule.body.id}`)).actions.categoryId).toBe(of('office_supplies').id)
    expect(await send(company, 'POST', `/api/categories/${of('office_supplies').id}/merge`, { into: of('sales_goods').id })).toMatchObject({ status: 422 })
  })
})

describe('lines', () => {
  test('a correction is learnt at once, and what a person chose is never changed by the rest', async () => {
    const { company, idOf } = await books([{ cents: -40_00n, label: 'CB XYLOGRAF 1' }, { cents: -41_00n, label: 'CB XYLOGRAF 2' }, { cents: -41_00n, label: 'CB XYLOGRAF 3' }])
    const of = await categories(company)
    expect((await get(company, `/api/transactions/${idOf('CB XYLOGRAF 2')}/category`)).category).toBeNull()
    const changed = await send(company, 'PATCH', `/api/transactions/${idOf('CB XYLOGRAF 1')}`, { categoryId: of('advertising').id, note: 'Affiches' })
    expect(changed).toMatchObject({ status: 200, body: { note: 'Affiches', category: { id: of('advertising').id, source: 'manual' } } })
    const asked = await send(company, 'POST', `/api/categories/auto-categorize/${idOf('CB XYLOGRAF 2')}`)
    expect(asked.body).toMatchObject({ kept: false, category: { categoryId: of('advertising').id, source: 'memory', modelVersion: 1 } })
    expect(asked.body.category.confidence).toBeGreaterThanOrEqual(0.5)
    expect(asked.body.category.confidence).toBeLessThanOrEqual(0.8)
    await send(company, 'PATCH', `/api/transactions/${idOf('CB XYLOGRAF 2')}`, { categoryId: null })
    await send(company, 'POST', '/api/categories/auto-categorize-all', { again: true })
    await server.app.jobs.idle()
    expect((await get(company, `/api/transactions/${idOf('CB XYLOGRAF 2')}`)).category).toBeNull()
    expect((await get(company, `/api/transactions/${idOf('CB XYLOGRAF 3')}`)).category).toMatchObject({ id: of('advertising').id, source: 'memory' })
    expect((await get(company, '/api/categories/model')).examples).toBe(1)
  })

  test('lines that arrive are filed in the background, by the words everybody knows at first', async () => {
    const { company, idOf } = await books([{ cents: -900_00n, label: 'PRLV SEPA URSSAF' }, { cents: -3_00n, label: 'ZZKRT' }])
    await expect.poll(async () => (await get(company, `/api/transactions/${idOf('PRLV SEPA URSSAF')}`)).category, { timeout: 15_000 }).toMatchObject({ name: 'Cotisations sociales', source: 'model', confidence: 0.6 })
    expect((await get(company, `/api/transactions/${idOf('ZZKRT')}`)).category).toBeNull()
  })

  test('a split sums to the line to the cent, and undoing gives back what was', async () => {
    const { company, idOf } = await books([{ cents: -100_00n, label: 'CARREFOUR' }])
    const of = await categories(company)
    const id = idOf('CARREFOUR')
    await send(company, 'PATCH', `/api/transactions/${id}`, { categoryId: of('food').id })
    const parts = [{ categoryId: of('food').id, amount: '-30.00' }, { categoryId: of('fuel').id, amount: '-70.00' }]
    expect(await send(company, 'PUT', `/api/transactions/${id}/split`, { parts: [parts[0], { ...parts[1], amount: '-70.01' }] })).toMatchObject({ status: 422, body: { code: 'SPLIT_UNEQUAL' } })
    expect(await send(company, 'PUT', `/api/transactions/${id}/split`, { parts: [{ ...parts[0], amount: '30.00' }, { ...parts[1], amount: '-130.00' }] })).toMatchObject({ status: 422, body: { code: 'SPLIT_SIGN_WRONG' } })
    expect(await send(company, 'PUT', `/api/transactions/${id}/split`, { parts })).toMatchObject({ status: 200, body: { isSplit: true, category: { id: of('fuel').id } } })
    expect((await get(company, `/api/transactions/${id}/category`)).category.parts.map((part: Json) => part.amount.amount)).toEqual(['-30.00', '-70.00'])
    expect((await get(company, `/api/categories/${of('travel_group').id}/stats?from=2026-03-01&to=2026-03-31`))).toMatchObject({ total: { amount: '-70.00' }, lines: 1, months: [{ month: '2026-03' }], bySource: [{ source: 'manual', lines: 1 }] })
    expect((await send(company, 'POST', `/api/transactions/${id}/category/undo`)).body).toEqual({ restored: 1, kept: 0 })
    expect(await get(company, `/api/transactions/${id}`)).toMatchObject({ isSplit: false, category: { id: of('food').id, source: 'manual' } })
  })

  test('a change on many lines is undone at once, except where someone changed a line since', async () => {
    const { company, idOf } = await books([{ cents: -1_00n, label: 'QQ1' }, { cents: -2_00n, label: 'QQ2' }])
    const of = await categories(company)
    const ids = ['QQ1', 'QQ2'].map(idOf)
    const done = await send(company, 'POST', '/api/transactions/bulk', { ids, set: { categoryId: of('fuel').id } })
    expect(done.body).toMatchObject({ changed: 2, unchanged: 0 })
    await send(company, 'PATCH', `/api/transactions/${ids[0]}`, { categoryId: of('hotel').id })
    expect((await send(company, 'POST', `/api/category-changes/${done.body.changeId}/undo`)).body).toEqual({ restored: 1, kept: 1 })
    expect((await get(company, `/api/transactions/${ids[0]}`)).category.name).toBe('Hôtels')
    expect((await get(company, `/api/transactions/${ids[1]}`)).category).toBeNull()
    expect(await send(company, 'POST', `/api/category-changes/${done.body.changeId}/undo`)).toMatchObject({ status: 409 })
  })
})

describe('rules', () => {
  const rule = (categoryId: string, value: string, operator = 'contains') => ({ name: value, isActive: true, match: 'all', conditions: [{ field: 'label', operator, value }], actions: { categoryId } })

  test('a trial says what would change and why the rest would not, and applying does just that', async () => {
    const { company, idOf } = await books([
      { cents: -10_00n, label: 'PRLV Électro Dépôt A' }, { cents: -20_00n, label: 'PRLV ELECTRO DEPOT B' }, { cents: -30_00n, label: 'PRLV ELECTRO DEPOT C' }, { on: '2026-01-10', cents: -40_00n, label: 'PRLV ELECTRO DEPOT D' },
    ])
    const of = await categories(company)
    await send(company, 'PATCH', `/api/transactions/${idOf('PRLV ELECTRO DEPOT C')}`, { categoryId: of('repairs').id })
    const years = await get(company, '/api/ledger/fiscal-years')
    const january = years[0].periods.find((period: Json) => period.startsOn === '2026-01-01')
    expect((await send(company, 'POST', `/api/ledger/periods/${january.id}/lock`)).status).toBeLessThan(300)
    const wanted = rule(of('small_equipment').id, 'electro dépôt')
    const trial = await send(company, 'POST', '/api/category-rules/try', { rule: wanted })
    expect(trial.body).toMatchObject({ examined: 4, matched: 4, wouldChange: 2, manual: 1, locked: 1, earlier: 0, same: 0, isComplete: true })
    expect(trial.body.sample.map((one: Json) => one.after)).toEqual(['Petit matériel et outillage', 'Petit matériel et outillage'])
    await send(company, 'POST', '/api/category-rules', wanted)
    const work = await send(company, 'POST', '/api/category-rules/apply', {})
    expect(work.status).toBe(202)
    await server.app.jobs.idle()
    const names = async () => Promise.all(['PRLV Électro Dépôt A', 'PRLV ELECTRO DEPOT B', 'PRLV ELECTRO DEPOT C', 'PRLV ELECTRO DEPOT D'].map(async (label) => (await get(company, `/api/transactions/${idOf(label)}`)).category?.name ?? null))
    expect(await names()).toEqual(['Petit matériel et outillage', 'Petit matériel et outillage', 'Réparations et maintenance', null])
    expect((await send(company, 'POST', `/api/category-changes/${work.body.changeId}/undo`)).body).toEqual({ restored: 2, kept: 0 })
    expect(await names()).toEqual([null, null, 'Réparations et maintenance', null])
  })

  test('the order decides, and an expression that would hang another engine is answered at once', async () => {
    const { company, idOf } = await books([{ cents: -10_00n, label: `VIR ${'a'.repeat(28)}` }])
    const of = await categories(company)
    const bomb = await send(company, 'POST', '/api/category-rules', rule(of('fuel').id, '(a+)+(a+)+(a+)+$!', 'regex'))
    expect(bomb.status).toBe(201)
    const plain = await send(company, 'POST', '/api/category-rules', rule(of('hotel').id, '^vir a', 'regex'))
    const late = await send(company, 'POST', '/api/category-rules', rule(of('gifts').id, 'vir'))
    const auto = () => send(company, 'POST', `/api/categories/auto-categorize/${idOf(`VIR ${'a'.repeat(28)}`)}`)
    expect((await auto()).body.category).toMatchObject({ name: 'Hôtels', source: 'rule', ruleId: plain.body.id, ruleVersion: 1 })
    expect((await send(company, 'PUT', '/api/category-rules/order', { ids: [late.body.id] })).body).toMatchObject({ code: 'RULE_ORDER_INCOMPLETE' })
    expect((await send(company, 'PUT', '/api/category-rules/order', { ids: [late, plain, bomb].map(({ body }) => body.id) })).status).toBe(204)
    expect((await auto()).body.category).toMatchObject({ name: 'Cadeaux', ruleId: late.body.id })
    expect(await send(company, 'POST', '/api/category-rules', rule(of('hotel').id, '(a', 'regex'))).toMatchObject({ status: 400, body: { problems: [{ code: 'RULE_PATTERN', field: 'conditions.0.value' }] } })
  })

  test('a rule splits by share, to the cent', async () => {
    const { company, idOf } = await books([{ cents: -100_01n, label: 'LOYER MIXTE' }])
    const of = await categories(company)
    await send(company, 'POST', '/api/category-rules', { ...rule(of('rent').id, 'loyer mixte'), actions: { split: [{ categoryId: of('rent').id, share: 6667 }, { categoryId: of('private').id, share: 3333 }], note: 'deux tiers' } })
    await send(company, 'POST', `/api/categories/auto-categorize/${idOf('LOYER MIXTE')}`)
    expect((await get(company, `/api/transactions/${idOf('LOYER MIXTE')}/category`)).category.parts.map((part: Json) => part.amount.amount)).toEqual(['-66.68', '-33.33'])
    expect((await get(company, `/api/transactions/${idOf('LOYER MIXTE')}`)).note).toBe('deux tiers')
    const draft = await get(company, `/api/transactions/${idOf('LOYER MIXTE')}/rule`)
    expect(draft.conditions).toEqual([{ field: 'label', operator: 'contains', value: 'LOYER MIXTE' }, { field: 'sign', value: 'out' }])
  })
})

describe('proposed entries', () => {
  test('a line of 120.00 of office supplies is 100.00 and 20.00 of TVA, and its undoing gives all back', async () => {
    const { company, idOf } = await books([{ cents: -120_00n, label: 'PAPETERIE' }])
    const of = await categories(company)
    const id = idOf('PAPETERIE')
    await send(company, 'PATCH', `/api/transactions/${id}`, { categoryId: of('office_supplies').id })
    const proposed = await get(company, `/api/transactions/${id}/proposal`)
    expect(proposed).toMatchObject({ state: 'ready', journal: 'BQ', date: '2026-03-20', automatic: false, source: 'manual' })
    expect(proposed.lines.map(({ account, debit, credit }: Json) => [account, debit, credit])).toEqual([['471001', '0.00', '120.00'], ['606400', '100.00', '0.00'], ['445661', '20.00', '0.00']])
    const accepted = await send(company, 'POST', `/api/transactions/${id}/proposal/accept`, {})
    expect(accepted.status).toBe(201)
    expect(await balances(company)).toMatchObject({ '606400': 100_00n, '445661': 20_00n, '512001': -120_00n })
    expect((await get(company, `/api/transactions/${id}/proposal`)).state).toBe('treated')
    expect(await send(company, 'POST', `/api/transactions/${id}/proposal/accept`, {})).toMatchObject({ status: 409, body: { code: 'PROPOSAL_UNAVAILABLE' } })
    expect((await send(company, 'POST', `/api/reconciliation/matches/${accepted.body.matchId}/undo`)).status).toBe(200)
    expect((await balances(company))['606400']).toBeUndefined()
    expect((await get(company, `/api/transactions/${id}/proposal`)).state).toBe('ready')
  })

  test('a customer is settled by an invoice, and what one chooses replaces what the category says', async () => {
    const { company, idOf } = await books([{ cents: -60_00n, label: 'DIVERS' }])
    const of = await categories(company)
    const id = idOf('DIVERS')
    expect((await get(company, `/api/transactions/${id}/proposal`)).state).toBe('no_category')
    expect((await get(company, `/api/transactions/${id}/proposal?categoryId=${of('supplier_payments').id}`)).state).toBe('needs_invoice')
    const proposed = await get(company, `/api/transactions/${id}/proposal?categoryId=${of('fuel').id}`)
    // 60.00 with TVA at 20 % holds 10.00, of which 80 % is deducted (CGI art. 298, 4, 1°).
    expect(proposed.parts[0]).toMatchObject({ net: { amount: '-52.00' }, vat: { amount: '-8.00' }, percent: '20', vatAccount: '445661' })
    expect((await get(company, `/api/transactions/${id}/proposal?categoryId=${of('fuel').id}&vatRate=none`)).parts[0]).toMatchObject({ net: { amount: '-60.00' }, vatAccount: null })
  })

  test('entries are made without a person only where the company switched it on', async () => {
    const { company, idOf } = await books([{ cents: -15_00n, label: 'FRAIS CARTE' }])
    const of = await categories(company)
    await send(company, 'POST', '/api/category-rules', { name: 'Frais', isActive: true, match: 'all', conditions: [{ field: 'label', value: 'frais carte' }], actions: { categoryId: of('bank_fees').id } })
    await send(company, 'POST', '/api/category-rules/apply', {})
    await server.app.jobs.idle()
    expect((await get(company, `/api/transactions/${idOf('FRAIS CARTE')}`)).state).toBe('to_treat')
    expect((await send(company, 'PUT', '/api/category-settings', { categoriseNewLines: true, postAutomatically: true })).status).toBe(200)
    await send(company, 'POST', '/api/categories/auto-categorize-all', { again: true })
    await server.app.jobs.idle()
    expect((await get(company, `/api/transactions/${idOf('FRAIS CARTE')}`)).state).toBe('treated')
    expect((await get(company, '/api/reconciliation/matches')).items[0]).toMatchObject({ automatic: true, reasons: [{ text: 'catégorie Frais bancaires' }] })
    expect(await balances(company)).toMatchObject({ '627000': 15_00n })
  })
})

test('what was learnt is measured on the latest decisions, kept, and read back the same', async () => {
  const words = ['ALPHA', 'BRAVO', 'COBALT', 'DELTA']
  const { company, idOf } = await books(Array.from({ length: 80 }, (_, at) => ({ on: `2026-0${1 + Math.floor(at / 20)}-${String(5 + at % 20).padStart(2, '0')}`, cents: -BigInt(1000 + at * 37), label: `CB ${words[at % 4]} ${at}` })))
  const of = await categories(company)
  const keys = ['fuel', 'hotel', 'telecom', 'insurance']
  for (const [at, key] of keys.entries()) {
    const ids = Array.from({ length: 19 }, (_, n) => idOf(`CB ${words[at]} ${n * 4 + at}`))
    expect((await send(company, 'POST', '/api/transactions/bulk', { ids, set: { categoryId: of(key).id } })).body).toMatchObject({ changed: 19 })
  }
  await trainCompany(server.app, company.ctx)
  // 76 decisions, of which the latest fifth is kept apart.
  expect(await get(company, '/api/categories/model')).toMatchObject({ version: 76, examples: 76, categories: 4, measure: { heldOut: 15, accuracy: 1, coverageAt98: 1 } })
  const asked = await send(company, 'POST', `/api/categories/auto-categorize/${idOf('CB DELTA 79')}`)
  expect(asked.body.category).toMatchObject({ categoryId: of('insurance').id, source: 'memory' })
  expect(asked.body.category.confidence).toBeGreaterThan(0.9)
})

test('an export makes harmless what a spreadsheet would run', async () => {
  const { company, idOf } = await books([{ cents: -10_00n, label: 'FORMULE' }])
  const of = await categories(company)
  const made = await send(company, 'POST', '/api/categories', { name: '=cmd|calc', parentId: of('office').id })
  await send(company, 'PATCH', `/api/transactions/${idOf('FORMULE')}`, { categoryId: made.body.id })
  const csv = await server.api('GET', '/api/exports/categories/csv', { as: company })
  expect(csv.text).toContain("Bureau et informatique,'=cmd|calc,dépense,606400,taux normal,100,,1,0.00,-10.00,-10.00,EUR")
  const sheet = await server.api('GET', '/api/exports/categories/csv?format=xlsx', { as: company })
  expect([sheet.status, sheet.bytes.subarray(0, 2).toString()]).toEqual([200, 'PK'])
})
