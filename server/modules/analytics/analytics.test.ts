import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../tests/support/server.ts'
import { fileLines, storeCategory, storeFlows } from '../../../tests/support/flows.ts'
import { findRecurring } from '../budgets/index.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() }) // the clock stands at 2026-11-20
afterAll(async () => { await t.close() })

const euros = (amount: string) => ({ amount, currency: 'EUR' })
const get = async (company: TestCompany, url: string) => (await t.api('GET', `/api/analytics/${url}`, { as: company })).body

/** Thirty days and the thirty before, one line of each kind that must or must not count. */
async function world() {
  const company = await t.company()
  const car = await storeCategory(t, company, { name: 'Véhicules d\'essai' })
  const fuel = await storeCategory(t, company, { name: 'Carburant d\'essai', parentId: car })
  const rent = await storeCategory(t, company, { name: 'Loyers d\'essai' })
  const sales = await storeCategory(t, company, { name: 'Ventes d\'essai', kind: 'income' })
  const loan = await storeCategory(t, company, { name: 'Emprunts d\'essai', kind: 'transfer' })
  const main = await storeFlows(t, company, [
    ['2026-10-21', -3_000, 'STATION', fuel], ['2026-10-22', -4_000, 'STATION', fuel], ['2026-11-03', -1_500, 'LAVAGE', car], ['2026-11-05', -80_000, 'LOYER', rent], ['2026-10-05', -75_000, 'LOYER', rent],
    ['2026-11-10', 200_000, 'VIR CLIENT', sales], ['2026-11-11', -10_000, 'AVOIR CLIENT', sales], ['2026-10-01', 100_000, 'VIR CLIENT', sales], ['2026-11-12', 500, 'REMBT STATION', fuel],
    ['2026-11-13', -2_500, 'SANS CATEGORIE'], ['2026-11-14', 700, 'SANS CATEGORIE'], ['2026-11-15', -50_000, 'ECHEANCE PRET', loan], ['2026-11-16', -30_000, 'VERS EPARGNE'], ['2026-11-21', -9_900, 'DEMAIN', rent],
  ])
  const savings = await storeFlows(t, company, [['2026-11-16', 30_000, 'DE COURANT'], ['2026-11-18', 100, 'INTERETS', sales]], { name: 'Livret' })
  const dollars = await storeFlows(t, company, [['2026-11-10', -2_000, 'CLOUD', fuel], ['2026-11-11', 5_000, 'CUSTOMER', sales]], { name: 'Dollars', currency: 'USD' })
  const archived = await storeFlows(t, company, [['2026-11-10', -7_700, 'VIEUX COMPTE', rent]], { name: 'Ancien' })
  await t.app.db.tenant(company.ctx, async (tx) => {
    await tx.query('update app.bank_account set archived_on = \'2026-11-15\' where tenant_id = $1 and id = $2', [tx.tenantId, archived.id])
    await tx.query('update app.bank_line set transfer_id = gen_random_uuid() where tenant_id = $1 and id = any($2::uuid[])', [tx.tenantId, [main.lineIds[12], savings.lineIds[0]]])
  })
  return { company, car, fuel, rent, sales, main, savings, dollars, archived }
}

describe('the analysis of some days', () => {
  test('adds up what was earned and spent, against as many days before, and tells other currencies apart', async () => {
    const { company, sales } = await world()
    const body = await get(company, 'overview')
    // Spent: 40 + 15 + 800 - 5 refunded + 25 without category. Earned: 2000 - 100 + 1 of interest + 7 without category.
    expect(body).toMatchObject({
      period: { from: '2026-10-22', to: '2026-11-20', days: 30 }, previous: { from: '2026-09-22', to: '2026-10-21', days: 30 }, currency: 'EUR',
      spending: { amount: euros('875.00'), before: euros('780.00'), change: euros('95.00'), changePercent: '12.2', lines: 5, query: 'from=2026-10-22&to=2026-11-20&status=booked&flow=spending&currency=EUR' },
      income: { amount: euros('1908.00'), before: euros('1000.00'), changePercent: '90.8', lines: 4 },
      net: { amount: euros('1033.00'), before: euros('220.00') }, savedPercent: '54.1',
      uncategorised: { total: euros('32.00'), lines: 2, query: 'from=2026-10-22&to=2026-11-20&status=booked&flow=counted&currency=EUR&uncategorised=true' },
      otherCurrencies: [{ currency: 'USD', income: { amount: '50.00', currency: 'USD' }, spending: { amount: '20.00', currency: 'USD' }, lines: 2 }],
      budgets: null, topMerchants: [], balance: { accounts: 2 },
    })
    expect(body.topCategories.map(({ name, total }: { name: string; total: { amount: string } }) => [name, total.amount])).toEqual([['Loyers d\'essai', '800.00'], ['Véhicules d\'essai', '50.00']])
    expect(body.days.find(({ on }: { on: string }) => on === '2026-11-11')).toEqual({ on: '2026-11-11', income: euros('-100.00'), spending: euros('0.00') })
    expect((await get(company, `income?categoryId=${sales}`)).total.amount).toEqual(euros('1901.00'))
  })

  test('breaks spending down by category with those below, account and line, to the cent', async () => {
    const { company, car, fuel, rent, main } = await world()
    const body = await get(company, 'spending')
    expect(body.categories.map((row: { categoryId: string | null; depth: number; own: object; total: object; sharePercent: string; lines: number }) => [row.categoryId, row.depth, row.own, row.total, row.sharePercent, row.lines])).toEqual([
      [rent, 0, euros('800.00'), euros('800.00'), '91.4', 1], [car, 0, euros('15.00'), euros('50.00'), '5.7', 3], [fuel, 1, euros('35.00'), euros('35.00'), '4', 2], [null, 0, euros('25.00'), euros('25.00'), '2.9', 1],
    ])
    expect(body.accounts).toMatchObject([{ accountId: main.id, total: euros('875.00'), before: euros('780.00'), sharePercent: '100' }])
    expect(body.largest.slice(0, 2)).toEqual([{ lineId: main.lineIds[3], bookedOn: '2026-11-05', label: 'LOYER', amount: euros('800.00') }, { lineId: main.lineIds[1], bookedOn: '2026-10-22', label: 'STATION', amount: euros('40.00') }])
    expect((await get(company, `spending?categoryId=${car}`)).total).toMatchObject({ amount: euros('50.00'), before: euros('30.00'), lines: 3, query: expect.stringContaining(`categoryId=${car}`) })
    expect((await get(company, 'spending?categoryId=uncategorised')).total.amount).toEqual(euros('25.00'))
  })

  test('takes days, or dates, and an account, archived ones when they are named', async () => {
    const { company, archived, savings } = await world()
    expect((await get(company, 'overview?from=2026-11-11&to=2026-11-13')).spending).toMatchObject({ amount: euros('20.00'), before: euros('0.00'), changePercent: null })
    expect((await get(company, 'overview?days=1')).spending.amount).toEqual(euros('0.00'))
    expect((await get(company, `overview?accountId=${archived.id}`)).spending.amount).toEqual(euros('77.00'))
    expect(await get(company, `overview?accountId=${savings.id}`)).toMatchObject({ income: { amount: euros('1.00') }, spending: { amount: euros('0.00') }, balance: { total: euros('301.00'), accounts: 1 } })
    for (const [query, status] of [['days=30&from=2026-01-01', 400], ['from=2026-11-02&to=2026-11-01', 400], ['from=2026-02-30', 400], ['accountId=01890000-0000-7000-8000-000000000000', 404], ['categoryId=01890000-0000-7000-8000-000000000000', 404]] as const) {
      expect((await t.api('GET', `/api/analytics/overview?${query}`, { as: company })).status, query).toBe(status)
    }
  })

  test('shows trends by month and week whose points sum to the whole', async () => {
    const { company } = await world()
    const month = await get(company, 'trends?from=2026-10-01&to=2026-11-20')
    expect(month.points.map(({ from, to, isWhole, income, spending }: { from: string; to: string; isWhole: boolean; income: { amount: string }; spending: { amount: string } }) => [from, to, isWhole, income.amount, spending.amount])).toEqual([
      ['2026-10-01', '2026-10-31', true, '1000.00', '820.00'], ['2026-11-01', '2026-11-20', false, '1908.00', '835.00'],
    ])
    expect(month).toMatchObject({ averages: { points: 1, income: euros('1000.00'), spending: euros('820.00') }, categories: [{ name: 'Loyers d\'essai', spending: [euros('750.00'), euros('800.00')] }, {}, { categoryId: null }] })
    const week = await get(company, 'trends?interval=week')
    const spent = week.points.reduce((total: number, { spending }: { spending: { amount: string } }) => total + Number(spending.amount.replace('.', '')), 0)
    expect([week.points[0].from, week.points[0].isWhole, spent]).toEqual(['2025-11-21', false, 165_500])
  })

  test('ranks merchants, and keeps what has none together', async () => {
    const { company, main } = await world()
    await t.app.db.tenant(company.ctx, async (tx) => {
      await tx.query('insert into app.merchant (tenant_id, id, name, folded, made_by) values ($1, $2, \'Foncière\', \'FONCIERE\', \'person\')', [tx.tenantId, main.lineIds[0]])
      await tx.query('insert into app.line_enrichment (tenant_id, line_id, rules, found, merchant_id, merchant_source) select $1, id, 1, \'{}\', $2, \'manual\' from app.bank_line where tenant_id = $1 and label = \'LOYER\'', [tx.tenantId, main.lineIds[0]])
    })
    const body = await get(company, 'top-merchants?limit=1')
    expect(body).toMatchObject({
      direction: 'out', total: euros('875.00'), others: { merchants: 1, total: euros('75.00'), lines: 4 },
      items: [{ name: 'Foncière', total: euros('800.00'), before: euros('750.00'), changePercent: '6.7', sharePercent: '91.4', lines: 1, lastOn: '2026-11-05', query: expect.stringContaining(`merchantId=${main.lineIds[0]}`) }],
    })
    expect((await get(company, 'top-merchants?direction=in')).items).toMatchObject([{ merchantId: null, name: null, total: euros('1908.00'), query: expect.stringContaining('withoutMerchant=true') }])
  })

  test('opens the very lines of each figure with the query beside it', async () => {
    const { company } = await world()
    const [overview, spending, income, merchants] = [await get(company, 'overview'), await get(company, 'spending'), await get(company, 'income'), await get(company, 'top-merchants')]
    const trends = await get(company, 'trends?from=2026-10-01&to=2026-11-20')
    type Figure = { readonly lines: number; readonly query: string }
    const figures: Figure[] = [overview.income, overview.spending, overview.net, overview.uncategorised, ...overview.otherCurrencies, ...overview.topCategories, ...spending.categories, ...spending.accounts, ...income.categories, ...merchants.items, ...trends.points]
    expect(figures.length).toBeGreaterThan(15)
    for (const { lines, query } of figures) {
      const { status, body } = await t.api('GET', `/api/transactions?limit=200&${query}`, { as: company })
      expect([status, body.items?.length], query).toEqual([200, lines])
    }
  })

  test('sees nothing of another company', async () => {
    await world()
    const other = await t.company()
    expect(await get(other, 'overview')).toMatchObject({ spending: { amount: euros('0.00'), lines: 0 }, income: { lines: 0 }, otherCurrencies: [], days: [], topCategories: [] })
  })
})

describe('what comes back', () => {
  const months = (day: string, cents: readonly number[], label: string, first = 4) => cents.map((amount, index) => [`2026-${String(first + index).padStart(2, '0')}-${day}`, amount, label] as const)

  test('is found with its price rise and its missed time, in words', async () => {
    const company = await t.company()
    await storeFlows(t, company, [
      ...months('05', [-2_990, -2_990, -2_990, -2_990, -2_990, -2_990, -2_990, -3_490], 'PRLV NUAGIA'), ...months('08', [-12_000, -12_000, -12_000, -12_000, -12_000, -12_000, -12_000], 'VIR CREDIT BAIL'), ['2026-11-19', -1_000, 'CB DIVERS'],
    ])
    await findRecurring(t.app, company.ctx)
    const body = await get(company, 'recurring')
    const [late, risen] = [body.items.find(({ name }: { name: string }) => name === 'CREDIT BAIL'), body.items.find(({ name }: { name: string }) => name === 'NUAGIA')]
    expect(risen).toMatchObject({
      direction: 'out', period: 'month', amount: euros('34.90'), monthly: euros('34.90'), nextOn: '2026-12-05', occurrences: 8, state: 'active', decision: null,
      flags: [{ kind: 'price_rise', on: '2026-11-05', before: euros('29.90'), after: euros('34.90'), text: 'Passé de 29,90\u00a0€ à 34,90\u00a0€ depuis le 05/11/2026 (+16,7 %).' }],
    })
    expect(late).toMatchObject({ nextOn: '2026-12-08', flags: [{ kind: 'missed', on: '2026-11-08', text: 'Attendu le 08/11/2026, pas encore vu.' }] })
    expect(body).toMatchObject({ monthly: { spending: euros('154.90'), income: euros('0.00'), count: 2 }, foundAt: expect.any(String), next: null })
    expect((await get(company, `recurring/${risen.id}`)).lines).toMatchObject([{ bookedOn: '2026-11-05', amount: euros('-34.90') }, {}, {}, {}, {}, {}, {}, {}])
    expect((await get(company, 'overview')).recurring).toEqual({ spending: euros('154.90'), income: euros('0.00'), count: 2 })
  })

  test('keeps its id and what a person said of it when lines are added and its party gets a name', async () => {
    const company = await t.company()
    const { lineIds, id: accountId } = await storeFlows(t, company, months('05', [-900, -900, -900, -900, -900, -900, -900], 'CB VIDEOPLUS'))
    await findRecurring(t.app, company.ctx)
    const { items: [before] } = await get(company, 'recurring')
    await t.api('PUT', `/api/analytics/recurring/${before.id}`, { as: company, body: { decision: 'dismissed' } })
    expect((await get(company, 'recurring')).items).toEqual([])
    await t.app.db.tenant(company.ctx, async (tx) => {
      await tx.query('insert into app.merchant (tenant_id, id, name, folded, made_by) values ($1, $2, \'Vidéo Plus\', \'VIDEO PLUS\', \'person\')', [tx.tenantId, lineIds[0]])
      await tx.query('insert into app.line_enrichment (tenant_id, line_id, rules, found, merchant_id, merchant_source) select $1, unnest($3::uuid[]), 1, \'{}\', $2, \'manual\'', [tx.tenantId, lineIds[0], lineIds])
      await tx.query(`
        insert into app.bank_line (tenant_id, id, bank_account_id, import_id, position, booked_on, amount, currency, label)
        select tenant_id, gen_random_uuid(), bank_account_id, import_id, 99, '2026-11-05', -900, 'EUR', 'VIDEO PLUS' from app.bank_line where tenant_id = $1 and bank_account_id = $2 limit 1`, [tx.tenantId, accountId])
    })
    await findRecurring(t.app, company.ctx)
    expect((await get(company, 'recurring?dismissed=true')).items).toMatchObject([{ id: before.id, decision: 'dismissed', name: 'Vidéo Plus', merchant: { name: 'Vidéo Plus' } }])
    const back = await t.api('PUT', `/api/analytics/recurring/${before.id}`, { as: company, body: { decision: null } })
    expect(back).toMatchObject({ status: 200, body: { decision: null } })
  })

  test('carries the category of its latest line, and forgets what is no longer there', async () => {
    const company = await t.company()
    const rent = await storeCategory(t, company, { name: 'Loyers d\'essai' })
    const { lineIds } = await storeFlows(t, company, months('01', [-50_000, -50_000, -50_000, -50_000, -50_000, -50_000, -50_000, -50_000], 'PRLV FONCIERE'))
    await t.app.db.tenant(company.ctx, (tx) => fileLines(tx, [{ lineId: lineIds.at(-1)!, categoryId: rent }]))
    await findRecurring(t.app, company.ctx)
    expect((await get(company, 'recurring')).items).toMatchObject([{ name: 'FONCIERE', category: { id: rent } }])
    await t.app.db.tenant(company.ctx, (tx) => tx.query('update app.bank_line set transfer_id = gen_random_uuid() where tenant_id = $1', [tx.tenantId]))
    await findRecurring(t.app, company.ctx)
    expect((await get(company, 'recurring?state=all')).items).toEqual([])
  })
})
