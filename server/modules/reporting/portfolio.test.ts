import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { bankLine } from '../../../tests/tenancy/table/banking.ts'
import { issuedInvoice } from '../../../tests/tenancy/table/invoicing.ts'
import { startTestApp, type TestApp, type TestCompany } from '../../../tests/support/server.ts'
import { addGrant, addMember, revokeGrant } from '../identity/index.ts'
import { refreshPortfolio } from './index.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() })
afterAll(async () => { await t.close() })

const until = async (check: () => unknown) => { await vi.waitFor(check, { timeout: 25_000, interval: 50 }) }
const portfolio = async (firm: { readonly cookie: string; readonly tenantId: string }, query = '') => (await t.api('GET', `/api/portfolio${query}`, { as: firm })).body
const names = async (firm: { readonly cookie: string; readonly tenantId: string }, query = '') => (await portfolio(firm, query)).items.map(({ name }: { name: string }) => name)
async function client(firm: TestCompany, name: string): Promise<{ company: TestCompany; grantId: string }> {
  const company = await t.company('company', { name })
  return { company, grantId: (await addGrant(t.app, company.ctx, { firmSlug: firm.slug, role: 'accountant' })).id }
}

test('a firm sees the figures of its clients, computed by their own jobs', async () => {
  const firm = await t.company('firm')
  const { company } = await client(firm, 'Menuiserie Ravel')
  await bankLine(t, company)
  await issuedInvoice(t, company)
  await t.api('POST', '/api/ledger/entries', { as: company, body: { journal: 'OD', date: '2026-03-05', label: 'Apport', lines: [{ account: '512000', debit: '10.00' }, { account: '101000', credit: '10.00' }] } })
  await refreshPortfolio(t.app, company.ctx, { verify: true })
  const { items, totals, next } = await portfolio(firm)
  // The bank file of bankLine is one receipt of 120 euros, with its entry and still to treat.
  expect(items).toMatchObject([{ companyId: company.tenantId, name: 'Menuiserie Ravel', role: 'accountant', currency: 'EUR', cash: { amount: '120.00', currency: 'EUR' }, toTreat: 1, toTreatSince: '2026-03-02', unposted: 0, integrity: 'sound', lastImportAt: expect.any(String), lastClosedPeriod: null, refreshedAt: expect.any(String) }])
  expect([totals.companies, totals.cash, totals.toTreat, totals.broken, next]).toEqual([1, [{ amount: '120.00', currency: 'EUR' }], 1, 0, null])
})

test('the row follows what happens in the company by itself', async () => {
  const firm = await t.company('firm')
  const { company } = await client(firm, 'Atelier Nord')
  await bankLine(t, company)
  await until(async () => { expect((await portfolio(firm)).items).toMatchObject([{ cash: { amount: '120.00' }, toTreat: 1, integrity: 'unknown' }]) })
})

test('a tampered ledger shows as broken, and a refresh without verification keeps saying so', async () => {
  const firm = await t.company('firm')
  const { company } = await client(firm, 'Boulangerie Sud')
  await bankLine(t, company)
  await t.db.owner.exec(`begin; set local session_replication_role = replica; update app.entry set label = 'Autre' where tenant_id = '${company.tenantId}'; commit`)
  await refreshPortfolio(t.app, company.ctx, { verify: true })
  await refreshPortfolio(t.app, company.ctx)
  expect((await portfolio(firm, '?only=broken')).items).toMatchObject([{ name: 'Boulangerie Sud', integrity: 'broken' }])
})

test('a grant that is taken back disappears at once, from the list and from the totals', async () => {
  const firm = await t.company('firm')
  const kept = await client(firm, 'Qui reste')
  const left = await client(firm, 'Qui part')
  for (const { company } of [kept, left]) { await bankLine(t, company); await refreshPortfolio(t.app, company.ctx) }
  expect((await portfolio(firm)).totals).toMatchObject({ companies: 2, cash: [{ amount: '240.00' }] })
  await revokeGrant(t.app, left.company.ctx, { id: left.grantId })
  const after = await portfolio(firm)
  expect([after.items.map(({ name }: { name: string }) => name), after.totals.companies, after.totals.cash[0].amount]).toEqual([['Qui reste'], 1, '120.00'])
})

test('another firm sees nothing, a person who left the firm neither, and a company has no portfolio', async () => {
  const firm = await t.company('firm')
  const other = await t.company('firm')
  const { company } = await client(firm, 'Discrète')
  const collaborator = await t.member(firm, 'assistant')
  expect([await names(firm), await names(other), await names(collaborator)]).toEqual([['Discrète'], [], ['Discrète']])
  expect(await t.api('GET', '/api/portfolio', { as: collaborator.cookie, tenant: other })).toMatchObject({ status: 404 })
  expect((await t.api('DELETE', `/api/members/${collaborator.id}`, { as: firm })).status).toBeLessThan(300)
  expect(await t.api('GET', '/api/portfolio', { as: collaborator.cookie, tenant: firm })).toMatchObject({ status: 404 })
  expect(await t.api('GET', '/api/portfolio', { as: company })).toMatchObject({ status: 409, body: { code: 'NOT_A_FIRM' } })
})

test('a person who is also a member of the client sees it in the portfolio all the same, and their own other company not', async () => {
  const firm = await t.company('firm')
  const { company } = await client(firm, 'Les deux')
  await addMember(t.app, company.ctx, { email: firm.owner.email, role: 'viewer' })
  await t.company('company', { owner: firm.owner, name: 'À part' })
  expect(await names(firm)).toEqual(['Les deux'])
})

test('sorting, filtering and paging keep every company once, the unknown last', async () => {
  const firm = await t.company('firm')
  const clients = []
  for (const name of ['Été', 'abricot', 'Zinc', 'Éclair', 'Bois']) clients.push((await client(firm, name)).company)
  // Once what their creation told has been handled, nothing refreshes them any more.
  await until(async () => { expect((await portfolio(firm)).items.every(({ refreshedAt }: { refreshedAt: string | null }) => refreshedAt !== null)).toBe(true) })
  await t.app.jobs.idle()
  const cash = [300, 100, 500, 200, 400] as const
  const imports = ['2026-03-01', null, '2026-02-01', '2026-04-01', null] as const
  for (const [index, company] of clients.entries()) {
    await t.db.owner.query('update app.portfolio_row set cash = $2, to_treat = $3, last_import_at = $4::timestamptz where tenant_id = $1', [company.tenantId, cash[index]! * 100, index, imports[index]])
  }
  const walk = async (query: string) => {
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { items, next }: { items: { name: string }[]; next: string | null } = await portfolio(firm, `?limit=2${query}${cursor === '' ? '' : `&cursor=${cursor}`}`)
      seen.push(...items.map(({ name }) => name))
      cursor = next
    }
    return seen
  }
  expect(await walk('')).toEqual(['abricot', 'Bois', 'Éclair', 'Été', 'Zinc'])
  expect(await walk('&order=desc')).toEqual(['Zinc', 'Été', 'Éclair', 'Bois', 'abricot'])
  expect(await walk('&sort=cash')).toEqual(['abricot', 'Éclair', 'Été', 'Bois', 'Zinc'])
  expect(await walk('&sort=cash&order=desc')).toEqual(['Zinc', 'Bois', 'Été', 'Éclair', 'abricot'])
  expect(await walk('&sort=lastImport')).toEqual(['Zinc', 'Été', 'Éclair', 'abricot', 'Bois'])
  expect(await walk('&sort=lastImport&order=desc')).toEqual(['Éclair', 'Été', 'Zinc', 'abricot', 'Bois'])
  expect(await names(firm, '?search=ecl')).toEqual(['Éclair'])
  expect((await names(firm, '?only=toTreat')).toSorted()).toEqual(['Bois', 'Zinc', 'abricot', 'Éclair'])
  const { next } = await portfolio(firm, '?limit=2')
  expect(await t.api('GET', `/api/portfolio?sort=cash&cursor=${next}`, { as: firm })).toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } })
})
