import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startTestApp, type Answer, type TestApp, type TestCompany } from '../../../tests/support/server.ts'
import { fileLines, storeCategory, storeFlows } from '../../../tests/support/flows.ts'
import { findRecurring, watchBudgets } from './index.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() }) // the clock stands at 2026-11-20
afterAll(async () => { await t.close() })

type Categories = { readonly car: string; readonly fuel: string; readonly toll: string; readonly sales: string }

async function companyWithCategories(): Promise<{ company: TestCompany } & Categories> {
  const company = await t.company()
  const car = await storeCategory(t, company, { name: 'Véhicules d\'essai' })
  return {
    company, car, fuel: await storeCategory(t, company, { name: 'Carburant d\'essai', parentId: car }), toll: await storeCategory(t, company, { name: 'Péages d\'essai', parentId: car }),
    sales: await storeCategory(t, company, { name: 'Ventes d\'essai', kind: 'income' }),
  }
}

const until = async (check: () => unknown) => { await vi.waitFor(check, { timeout: 25_000, interval: 50 }) }
const euros = (amount: string) => ({ amount, currency: 'EUR' })
const add = async (company: TestCompany, body: object): Promise<Answer> => t.api('POST', '/api/budgets', { as: company, body })
const get = async (company: TestCompany, url: string): Promise<Answer> => t.api('GET', url, { as: company })

describe('a budget of a category', () => {
  test('counts what was spent in it and below it, refunds taken off, and nothing else', async () => {
    const { company, car, fuel, toll, sales } = await companyWithCategories()
    await storeFlows(t, company, [
      ['2026-10-31', -9_900, 'STATION', fuel], ['2026-11-02', -6_000, 'STATION', fuel], ['2026-11-10', -1_250, 'PEAGE', toll], ['2026-11-12', 1_000, 'REMBT STATION', fuel],
      ['2026-11-13', -2_000, 'GARAGE', car], ['2026-11-14', 80_000, 'VIR CLIENT', sales], ['2026-11-15', -3_000, 'SANS CATEGORIE'],
    ])
    await storeFlows(t, company, [['2026-11-15', -5_000, 'FUEL USD', fuel]], { currency: 'USD' })
    const { status, body } = await add(company, { name: 'Véhicules', categoryId: car, period: 'month', amount: '200.00' })
    expect([status, body]).toMatchObject([201, {
      categoryName: 'Véhicules d\'essai', startsOn: '2026-11-20', endsOn: null, carryOver: 'none', version: 1,
      // 60 + 12.50 - 10 + 20, twenty days out of thirty gone: 82.50 + 82.50 / 20 * 10.
      current: { from: '2026-11-01', to: '2026-11-30', spent: euros('82.50'), left: euros('117.50'), expected: euros('123.75'), usedPercent: 41, elapsedPercent: 66, state: 'on_track' },
    }])
    const all = await add(company, { name: 'Tout', categoryId: null, period: 'year', amount: '1000.00' })
    expect(all.body.current).toMatchObject({ from: '2026-01-01', to: '2026-12-31', spent: euros('211.50') })
  })

  test('carries over what is left and follows a change of amount from the present period on', async () => {
    const { company, fuel } = await companyWithCategories()
    await storeFlows(t, company, [['2026-09-10', -8_000, 'STATION', fuel], ['2026-10-10', -15_000, 'STATION', fuel], ['2026-11-10', -1_000, 'STATION', fuel]])
    const { body } = await add(company, { name: 'Carburant', categoryId: fuel, period: 'month', amount: '100.00', startsOn: '2026-09-01', carryOver: 'both' })
    // September left 20.00; October 100 + 20 - 150 = -30; November has 70.
    expect(body.current).toMatchObject({ carried: euros('-30.00'), available: euros('70.00'), left: euros('60.00') })
    const changed = await t.api('PUT', `/api/budgets/${body.id}`, { as: company, body: { name: 'Carburant', categoryId: fuel, period: 'month', amount: '300.00', startsOn: '2026-09-01', carryOver: 'both' } })
    expect(changed.body).toMatchObject({ version: 2, amount: euros('300.00'), current: { carried: euros('-30.00'), available: euros('270.00') } })
    const { body: progress } = await get(company, `/api/budgets/${body.id}/progress`)
    expect(progress.history).toEqual([
      { from: '2026-10-01', to: '2026-10-31', available: euros('120.00'), spent: euros('150.00'), left: euros('-30.00') },
      { from: '2026-09-01', to: '2026-09-30', available: euros('100.00'), spent: euros('80.00'), left: euros('20.00') },
    ])
    expect((await get(company, `/api/budgets/${body.id}/progress?on=2026-09-15`)).body.figures).toMatchObject({ from: '2026-09-01', state: 'ended', spent: euros('80.00') })
    expect((await get(company, `/api/budgets/${body.id}/progress?on=2026-08-15`))).toMatchObject({ status: 422, body: { code: 'BUDGET_NO_PERIOD' } })
  })

  test('counts the parts of a split line each in its category', async () => {
    const { company, fuel, toll } = await companyWithCategories()
    const { lineIds: [lineId] } = await storeFlows(t, company, [['2026-11-10', -10_000, 'CARTE ESSENCE ET PEAGE', fuel]])
    await t.app.db.tenant(company.ctx, async (tx) => {
      await tx.query('update app.line_category set is_split = true where tenant_id = $1 and line_id = $2', [tx.tenantId, lineId])
      await tx.query('insert into app.line_part (tenant_id, line_id, n, category_id, amount) values ($1, $2, 1, $3, -7000), ($1, $2, 2, $4, -3000)', [tx.tenantId, lineId, fuel, toll])
    })
    const spent = await Promise.all([fuel, toll].map(async (categoryId, index) => (await add(company, { name: `B${index}`, categoryId, period: 'month', amount: '100.00' })).body.current.spent))
    expect(spent).toEqual([euros('70.00'), euros('30.00')])
  })

  test('knows the recurring payments still to come and does not count them in the daily pace', async () => {
    const { company, car, fuel } = await companyWithCategories()
    await storeFlows(t, company, [
      ...['2026-07-25', '2026-08-25', '2026-09-25', '2026-10-26'].map((day) => [day, -30_000, 'PRLV CREDIT BAIL ARMORLOC', car] as const),
      ['2026-11-05', -4_000, 'STATION', fuel],
    ])
    await findRecurring(t.app, company.ctx)
    const { body } = await add(company, { name: 'Véhicules', categoryId: car, period: 'month', amount: '340.00' })
    // 40.00 in twenty days is 20.00 for the ten left, and the lease of 300.00 comes on the 25th.
    expect(body.current).toMatchObject({ spent: euros('40.00'), committed: euros('300.00'), leftAfterCommitted: euros('0.00'), expected: euros('360.00'), state: 'at_risk' })
    const { body: progress } = await get(company, `/api/budgets/${body.id}/progress`)
    expect(progress.commitments).toMatchObject([{ name: 'CREDIT BAIL ARMORLOC', dueOn: '2026-11-25', amount: euros('300.00') }])
    expect([progress.days.length, progress.days[19], progress.days[24].expected, progress.days[29].expected]).toEqual([
      30, { on: '2026-11-20', spent: euros('40.00'), expected: euros('40.00'), even: euros('226.67') }, euros('350.00'), euros('360.00'),
    ])
    const [series] = (await get(company, '/api/analytics/recurring')).body.items
    await t.api('PUT', `/api/analytics/recurring/${series.id}`, { as: company, body: { decision: 'dismissed' } })
    expect((await get(company, `/api/budgets/${body.id}`)).body.current).toMatchObject({ committed: euros('0.00'), state: 'on_track' })
  })

  test('refuses what cannot be a budget, and says why', async () => {
    const { company, sales } = await companyWithCategories()
    const base = { name: 'B', categoryId: null, period: 'month', amount: '10.00' }
    for (const [body, expected] of [
      [{ ...base, categoryId: sales }, { status: 422, body: { code: 'BUDGET_CATEGORY' } }], [{ ...base, period: 'custom', startsOn: '2026-11-01' }, { status: 422, body: { code: 'BUDGET_DATES' } }],
      [{ ...base, startsOn: '2026-11-02', endsOn: '2026-11-01' }, { status: 422, body: { code: 'BUDGET_DATES' } }], [{ ...base, startsOn: '2026-02-31' }, { status: 400, body: { code: 'REQUEST_INVALID', problems: [{ field: 'startsOn' }] } }],
      [{ ...base, amount: '10.005' }, { status: 400, body: { code: 'REQUEST_INVALID', problems: [{ field: 'amount' }] } }], [{ ...base, amount: '-1' }, { status: 400, body: { code: 'REQUEST_INVALID' } }],
      [{ ...base, categoryId: '01890000-0000-7000-8000-000000000000' }, { status: 404 }],
    ] as const) expect(await add(company, body), JSON.stringify(body)).toMatchObject(expected)
    expect((await get(company, '/api/budgets')).body.items).toEqual([])
  })

  test('is listed page by page, removed, and each change is in the log', async () => {
    const company = await t.company()
    for (const name of ['C', 'A', 'B']) await add(company, { name, categoryId: null, period: 'month', amount: '10.00' })
    const first = (await get(company, '/api/budgets?limit=2')).body
    const second = (await get(company, `/api/budgets?limit=2&cursor=${first.next}`)).body
    expect([...first.items, ...second.items].map(({ name }: { name: string }) => name)).toEqual(['A', 'B', 'C'])
    expect((await t.api('DELETE', `/api/budgets/${first.items[0].id}`, { as: company })).status).toBe(204)
    expect((await get(company, `/api/budgets/${first.items[0].id}`)).status).toBe(404)
    const actions = (await get(company, '/api/audit?limit=50')).body.items.map(({ action }: { action: string }) => action)
    expect(actions.filter((action: string) => action.startsWith('budget.'))).toEqual(['budget.delete', 'budget.create', 'budget.create', 'budget.create'])
  })
})

describe('an alert', () => {
  const alertsOf = async (company: TestCompany, state = 'open') => (await get(company, `/api/budgets/alerts?state=${state}`)).body.items

  test('is raised at the moment a file lands, once for each threshold, and names the line', async () => {
    const company = await t.company()
    const { body: account } = await t.api('POST', '/api/accounts', { as: company, body: { name: 'Compte' } })
    const land = async (rows: string) => {
      const preview = await t.api('POST', '/api/imports', { as: company, file: { name: 'r.csv', bytes: `Date;Libellé;Montant\n${rows}\n` } })
      expect((await t.api('POST', `/api/imports/${preview.body.id}/commit`, { as: company, body: { accountId: account.id } })).status).toBe(200)
    }
    await add(company, { name: 'Tout', categoryId: null, period: 'month', amount: '100.00' })
    await land('03/11/2026;PREMIER;-50,00\n05/11/2026;DEUXIEME;-35,00')
    await until(async () => { expect(await alertsOf(company)).toMatchObject([{ threshold: 80, spent: euros('85.00'), available: euros('100.00'), from: '2026-11-01', text: expect.stringContaining('utilisé à 85 %') }]) })
    const [near] = await alertsOf(company)
    expect((await get(company, `/api/transactions/${near.lineId}`)).body.label).toBe('DEUXIEME')
    await watchBudgets(t.app, company.ctx)
    expect(await alertsOf(company, 'all')).toHaveLength(1)
    await land('06/11/2026;TROISIEME;-40,00')
    await until(async () => { expect(await alertsOf(company)).toMatchObject([{ threshold: 100, spent: euros('125.00'), text: expect.stringContaining('25,00') }]) })
    await land('07/11/2026;QUATRIEME;-10,00')
    await watchBudgets(t.app, company.ctx)
    expect((await alertsOf(company, 'all')).map(({ threshold }: { threshold: number }) => threshold)).toEqual([100, 80])
    await until(async () => {
      const { body } = await t.api('GET', '/api/events?after=0&kinds=budget.overrun', { as: company, headers: { accept: 'application/json' } })
      expect(body.items.map(({ data }: { data: { threshold: number } }) => data.threshold)).toEqual([80, 100])
    })
  })

  test('of a line that crosses both at once is one, and put away it does not come back', async () => {
    const { company, fuel } = await companyWithCategories()
    const { body: budget } = await add(company, { name: 'Carburant', categoryId: fuel, period: 'month', amount: '50.00' })
    const { lineIds } = await storeFlows(t, company, [['2026-11-04', -1_000, 'STATION', fuel], ['2026-11-05', -9_000, 'STATION']])
    await watchBudgets(t.app, company.ctx)
    expect(await alertsOf(company)).toEqual([])
    await t.app.db.tenant(company.ctx, (tx) => fileLines(tx, [{ lineId: lineIds[1]!, categoryId: fuel }]))
    await watchBudgets(t.app, company.ctx)
    const open = await alertsOf(company)
    expect(open).toMatchObject([{ threshold: 100, budgetId: budget.id, lineId: lineIds[1], categoryName: 'Carburant d\'essai' }])
    const away = await t.api('POST', `/api/budgets/alerts/${open[0].id}/dismiss`, { as: company })
    expect(away).toMatchObject({ status: 200, body: { dismissedAt: expect.any(String), dismissedBy: company.ctx.actor } })
    await watchBudgets(t.app, company.ctx)
    expect([await alertsOf(company), (await alertsOf(company, 'all')).length]).toEqual([[], 2])
  })

  test('is told of the month that just ended when its last lines land late, and not of older ones', async () => {
    const company = await t.company()
    await add(company, { name: 'Tout', categoryId: null, period: 'month', amount: '10.00', startsOn: '2026-09-01' })
    await storeFlows(t, company, [['2026-09-30', -5_000, 'VIEUX'], ['2026-10-31', -5_000, 'TARDIF']])
    await t.app.db.tenant(company.ctx, (tx) => tx.query('update app.budget set created_at = \'2026-09-01\' where tenant_id = $1', [tx.tenantId]))
    await watchBudgets(t.app, { ...company.ctx, today: '2026-11-05' as typeof company.ctx.today })
    expect(await alertsOf(company)).toMatchObject([{ from: '2026-10-01', threshold: 100 }])
  })
})

describe('budgets together', () => {
  test('are summed by kind of period, with what is spent outside of them', async () => {
    const { company, fuel, toll } = await companyWithCategories()
    await storeFlows(t, company, [['2026-11-02', -6_000, 'STATION', fuel], ['2026-11-10', -1_250, 'PEAGE', toll], ['2026-11-11', -4_000, 'LIBRE'], ['2026-03-11', -4_000, 'VIEUX', fuel]])
    await add(company, { name: 'Mois', categoryId: fuel, period: 'month', amount: '50.00' })
    await add(company, { name: 'An', categoryId: fuel, period: 'year', amount: '1000.00' })
    const { body } = await get(company, '/api/budgets/overview')
    expect(body.items.map(({ name, current }: { name: string; current: { usedPercent: number } }) => [name, current.usedPercent])).toEqual([['Mois', 120], ['An', 10]])
    expect(body).toMatchObject({
      byPeriod: [{ period: 'month', budgets: 1, available: euros('50.00'), spent: euros('60.00'), left: euros('-10.00') }, { period: 'year', spent: euros('100.00') }],
      counts: { onTrack: 1, atRisk: 0, near: 0, over: 1 }, adherencePercent: 50, openAlerts: 1, unbudgeted: { from: '2026-11-01', to: '2026-11-30', spent: euros('52.50'), lines: 2 },
    })
    const adherence = async () => (await get(company, '/api/analytics/overview')).body.budgets
    expect(await adherence()).toEqual({ count: 2, over: 1, adherencePercent: 50 })
    await storeFlows(t, company, [['2026-11-12', -100_000, 'CUVE', fuel]])
    await watchBudgets(t.app, company.ctx)
    expect(await adherence()).toEqual({ count: 2, over: 2, adherencePercent: 0 })
    // A period nobody looked at yet is added up.
    await t.app.db.tenant(company.ctx, (tx) => tx.query('delete from app.budget_check where tenant_id = $1', [tx.tenantId]))
    expect(await adherence()).toEqual({ count: 2, over: 2, adherencePercent: 0 })
  })

  test('are exported as CSV and XLSX, and no cell of theirs runs', async () => {
    const { company, fuel } = await companyWithCategories()
    await storeFlows(t, company, [['2026-10-10', -6_000, 'STATION', fuel], ['2026-11-10', -1_250, 'STATION', fuel]])
    await add(company, { name: '=HYPERLINK("http://x")', categoryId: fuel, period: 'month', amount: '50.00', startsOn: '2026-10-01', carryOver: 'overspent' })
    const csv = await get(company, '/api/exports/budget/report')
    expect(csv.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="budgets-2026-01-01-2026-11-20.csv"' })
    expect(csv.text.replace('\uFEFF', '').split('\r\n')).toEqual([
      'Budget,Catégorie,Début,Fin,Montant,Reporté,Disponible,Dépensé,Reste,Utilisé (%),Devise',
      '"\'=HYPERLINK(""http://x"")",Carburant d\'essai,2026-10-01,2026-10-31,50.00,0.00,50.00,60.00,-10.00,120,EUR',
      '"\'=HYPERLINK(""http://x"")",Carburant d\'essai,2026-11-01,2026-11-30,50.00,-10.00,40.00,12.50,27.50,31,EUR', '',
    ])
    const { readXlsx } = await import('hucre/xlsx')
    const [sheet] = (await readXlsx((await get(company, '/api/exports/budget/report?format=xlsx&from=2026-11-01')).bytes)).sheets
    expect(sheet?.rows.slice(1)).toEqual([['\'=HYPERLINK("http://x")', 'Carburant d\'essai', '2026-11-01', '2026-11-30', 50, -10, 40, 12.5, 27.5, 31, 'EUR']])
  })
})

describe('a savings goal', () => {
  test('counts the balance of its accounts and what was given by hand, and is told once when it is reached', async () => {
    const company = await t.company()
    const { id: accountId } = await storeFlows(t, company, [['2026-08-22', 100_000, 'VIREMENT'], ['2026-10-21', 50_000, 'VIREMENT']], { name: 'Livret' })
    const { body: goal, status } = await t.api('POST', '/api/goals', { as: company, body: { name: 'Machine', target: '2000.00', targetOn: '2027-05-20', accountIds: [accountId] } })
    expect([status, goal]).toMatchObject([201, { saved: euros('1500.00'), left: euros('500.00'), percent: 75, accounts: [{ name: 'Livret', balance: euros('1500.00') }], monthlyPace: null, state: 'on_track', reachedOn: null }])
    const { body: given } = await t.api('POST', `/api/goals/${goal.id}/contributions`, { as: company, body: { amount: '499.99', on: '2026-11-19', note: 'Espèces' } })
    expect(given).toMatchObject({ saved: euros('1999.99'), percent: 99, contributed: euros('499.99'), contributions: [{ amount: euros('499.99'), on: '2026-11-19', note: 'Espèces', by: company.ctx.actor }] })
    const reached = await t.api('POST', `/api/goals/${goal.id}/contributions`, { as: company, body: { amount: '0.01' } })
    expect(reached.body).toMatchObject({ state: 'reached', reachedOn: '2026-11-20', left: euros('0.00'), alerts: [{ kind: 'reached', text: expect.stringContaining('Machine') }] })
    await watchBudgets(t.app, company.ctx)
    const { body } = await get(company, '/api/goals?state=reached')
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual([goal.id])
    expect((await get(company, `/api/goals/${goal.id}`)).body.history.slice(-1)).toEqual([{ on: '2026-11-20', saved: '2000.00' }])
    expect((await t.api('POST', `/api/goals/${goal.id}/contributions`, { as: company, body: { amount: '1.00', on: '2026-11-21' } })).body).toMatchObject({ code: 'REQUEST_INVALID', problems: [{ field: 'on' }] })
  })

  test('has a pace, an effort and a day once there is something to judge by', async () => {
    const company = await t.company()
    const { id: accountId } = await storeFlows(t, company, [['2026-08-01', 10_000, 'DEBUT'], ['2026-11-01', 290_000, 'EPARGNE']], { name: 'Livret' })
    const { body: goal } = await t.api('POST', '/api/goals', { as: company, body: { name: 'Réserve', target: '10000.00', targetOn: '2027-11-20', accountIds: [accountId] } })
    await t.app.db.tenant(company.ctx, (tx) => tx.query('update app.goal set started_on = \'2026-01-01\' where tenant_id = $1', [tx.tenantId]))
    // 100.00 until ninety days ago, 3 000.00 now, as in the test of the rule.
    expect((await get(company, `/api/goals/${goal.id}`)).body).toMatchObject({ saved: euros('3000.00'), monthlyEffort: euros('583.74'), monthlyPace: euros('980.76'), projectedOn: '2027-06-26', state: 'on_track' })
  })

  test('refuses an account in another currency, and one of nobody', async () => {
    const company = await t.company()
    const { id } = await storeFlows(t, company, [['2026-11-01', 1_000, 'X']], { currency: 'USD', name: 'Dollars' })
    const post = (accountIds: string[]) => t.api('POST', '/api/goals', { as: company, body: { name: 'G', target: '10.00', accountIds } })
    expect(await post([id])).toMatchObject({ status: 422, body: { code: 'GOAL_ACCOUNT_CURRENCY' } })
    expect(await post(['01890000-0000-7000-8000-000000000000'])).toMatchObject({ status: 404 })
    expect(await t.api('POST', '/api/goals', { as: company, body: { name: 'G', target: '0' } })).toMatchObject({ status: 400 })
  })
})
