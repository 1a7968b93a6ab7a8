import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type Answer, type TestApp, type TestCompany } from '../support/server.ts'
import { camt, cfonb, TEST_ACCOUNT, type TestStatement } from './bank-files.ts'

let server: TestApp
beforeAll(async () => { server = await startTestApp() })
afterAll(async () => { await server.close() })

const MARCH: TestStatement = {
  openingOn: '2026-02-28', opening: 1_000_00n, closingOn: '2026-03-31',
  movements: [{ on: '2026-03-02', cents: 1_200_00n, label: 'VIR SEPA MENUISERIE DUPONT F-12' }, { on: '2026-03-05', cents: -45_90n, label: 'PRLV SEPA ELECTRICITE' }],
}

const api = (company: TestCompany, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Answer> => server.api(method, path, { as: company, ...(body === undefined ? {} : { body }) })

async function take(company: TestCompany, bytes: string, body: object = {}): Promise<Answer> {
  const shown = await server.api('POST', '/api/imports', { as: company, file: { name: 'releve.txt', bytes } })
  const answer = await api(company, 'POST', `/api/imports/${String(shown.body.id)}/commit`, body)
  await server.app.jobs.idle()
  return answer
}

async function ledger(company: TestCompany, account: string): Promise<string> {
  return server.app.db.tenant(company.ctx, async (tx) => String((await tx.query<{ sum: bigint }>('select coalesce(sum(debit - credit), 0)::bigint as sum from app.entry_line where tenant_id = $1 and account = $2', [tx.tenantId, account])).rows[0]!.sum))
}

async function write(company: TestCompany, accountId: string, bookedOn: string, amount: string, label: string): Promise<string> {
  return (await api(company, 'POST', '/api/transactions', { accountId, bookedOn, amount, label })).body.id
}

describe('accounts', () => {
  test('each type stands at its place in the chart, and a French number tells the bank', async () => {
    const company = await server.company()
    const made: Record<string, string> = {}
    for (const type of ['current', 'savings', 'card', 'loan', 'cash', 'provider']) made[type] = (await api(company, 'POST', '/api/accounts', { name: type, type })).body.ledgerAccount
    // PCG 2026: 512 banks, 164 loans from banks, 53 cash in hand, 517 other financial bodies.
    expect(made).toEqual({ current: '512001', savings: '512002', card: '512003', loan: '164001', cash: '530001', provider: '517001' })
    const posted = (await api(company, 'POST', '/api/accounts', { name: 'Postal', iban: TEST_ACCOUNT.iban })).body
    expect(posted.institution).toMatchObject({ name: 'La Banque Postale', bic: 'PSSTFRPP', initials: 'LB', connection: 'none' })
    expect((await api(company, 'GET', '/api/institutions')).body.items).toHaveLength(1)
    expect((await api(company, 'POST', '/api/institutions', { name: 'Banque du Port', bic: 'PORTFRP' })).body.code).toBe('BIC_INVALID')
  })

  test('an empty account is deleted, one with lines is put away and can come back', async () => {
    const company = await server.company()
    const empty = (await api(company, 'POST', '/api/accounts', { name: 'Vide' })).body.id
    expect((await api(company, 'DELETE', `/api/accounts/${empty}`)).body).toEqual({ outcome: 'deleted' })
    const used = (await take(company, cfonb(MARCH), { newAccount: { name: 'Courant' } })).body.account.id
    expect((await api(company, 'DELETE', `/api/accounts/${used}`)).body).toEqual({ outcome: 'archived' })
    expect((await api(company, 'GET', '/api/accounts')).body.items).toEqual([])
    expect((await api(company, 'GET', '/api/accounts?archived=yes')).body.items).toMatchObject([{ id: used, lineCount: 2 }])
    expect((await take(company, camt(MARCH))).body.code).toBe('BANK_ACCOUNT_ARCHIVED')
    expect((await api(company, 'PATCH', `/api/accounts/${used}`, { archived: false })).body.archivedOn).toBeNull()
    expect((await api(company, 'PUT', `/api/accounts/${used}`, { name: 'Principal' })).body).toMatchObject({ name: 'Principal', iban: null, bankWriting: null })
  })

  test('an account in another currency keeps its lines without entries and says so, and stays out of the cash of the company', async () => {
    const company = await server.company()
    const usd = { ...MARCH, currency: 'USD' }
    const taken = await take(company, camt(usd), { newAccount: { name: 'Dollars' } })
    expect(taken.body).toMatchObject({ status: 'committed', counts: { new: 2, posted: 0 } })
    const [account] = (await api(company, 'GET', '/api/accounts')).body.items
    expect(account).toMatchObject({ currency: 'USD', postsEntries: false, balance: { amount: '2154.10', currency: 'USD' }, toTreat: 0 })
    expect((await api(company, 'GET', '/api/transactions')).body.items).toMatchObject([{ state: 'not_posted', amount: { currency: 'USD' } }, { state: 'not_posted' }])
    expect((await api(company, 'GET', '/api/summary')).body.cash).toMatchObject({ total: { amount: '0.00' } })
    expect((await take(company, camt({ ...MARCH, movements: [] }), { accountId: account.id })).body.code).toBe('BANK_CURRENCY_DIFFERS')
  })

  test('cash is written by hand, posted like the rest, and a bank account takes no line by hand', async () => {
    const company = await server.company()
    const cash = (await api(company, 'POST', '/api/accounts', { name: 'Caisse', type: 'cash', opening: { on: '2026-02-28', amount: '150.00' } })).body
    expect(cash.balance.amount).toBe('150.00')
    await write(company, cash.id, '2026-03-03', '-12.40', 'Timbres')
    await server.app.jobs.idle()
    expect(await ledger(company, cash.ledgerAccount)).toBe('-1240')
    expect((await api(company, 'GET', `/api/accounts/${String(cash.id)}/balance`)).body.balance.amount).toBe('137.60')
    const bank = (await api(company, 'POST', '/api/accounts', { name: 'Courant' })).body.id
    expect((await api(company, 'POST', '/api/transactions', { accountId: bank, bookedOn: '2026-03-03', amount: '1.00', label: 'x' })).body.code).toBe('ACCOUNT_NOT_MANUAL')
    expect((await api(company, 'POST', '/api/transactions', { accountId: cash.id, bookedOn: '2026-02-31', amount: '1.234', label: 'x' })).body.problems.map((one: { field: string }) => one.field).sort()).toEqual(['amount', 'bookedOn'])
  })
})

describe('the balance of an account', () => {
  test('is told day by day, before its first statement too, with what the bank states', async () => {
    const company = await server.company()
    const id = (await take(company, cfonb(MARCH), { newAccount: { name: 'Courant' } })).body.account.id
    const { days } = (await api(company, 'GET', `/api/accounts/${String(id)}/balance?from=2026-02-27&to=2026-03-31`)).body
    const on = (day: string) => days.find((one: { on: string }) => one.on === day)
    expect(days).toHaveLength(33)
    // By hand: 1000.00 before, +1200.00 on the 2nd, -45.90 on the 5th.
    expect([on('2026-02-27'), on('2026-03-01'), on('2026-03-02'), on('2026-03-05'), on('2026-03-31')].map((one) => one.balance.amount)).toEqual(['1000.00', '1000.00', '2200.00', '2154.10', '2154.10'])
    expect(on('2026-03-05')).toMatchObject({ in: { amount: '0.00' }, out: { amount: '-45.90' }, stated: null })
    expect(on('2026-03-31').stated.amount).toBe('2154.10')
    expect((await api(company, 'GET', `/api/accounts/${String(id)}/summary`)).body).toMatchObject({
      months: [{ month: '2026-03', in: { amount: '1200.00' }, out: { amount: '-45.90' }, net: { amount: '1154.10' }, closing: { amount: '2154.10' }, lineCount: 2 }],
      lastStatement: { to: '2026-03-31', continuity: 'proven' }, toTreat: 2, pending: 0, suspicious: 0, onHold: 0,
    })
    expect((await api(company, 'GET', `/api/accounts/${String(id)}/balance?from=2020-01-01&to=2026-03-31`)).body.problems[0].code).toBe('RANGE_INVALID')
    expect((await api(company, 'GET', `/api/accounts/${String(id)}/transactions`)).body.items).toHaveLength(2)
  })

  test('a month nobody gave shows as a gap, with how much the balance moved meanwhile', async () => {
    const company = await server.company()
    const id = (await take(company, cfonb(MARCH), { newAccount: { name: 'Courant' } })).body.account.id
    await take(company, cfonb({ openingOn: '2026-04-30', opening: 2_000_00n, closingOn: '2026-05-31', movements: [{ on: '2026-05-04', cents: 10_00n, label: 'VIR' }] }))
    const calendar = (await api(company, 'GET', `/api/accounts/${String(id)}/continuity?from=2026-03-01&to=2026-05-31`)).body
    expect(calendar.months.map((month: { month: string; state: string; missingDays: number }) => [month.month, month.state, month.missingDays])).toEqual([['2026-03', 'proven', 0], ['2026-04', 'missing', 30], ['2026-05', 'proven', 0]])
    expect(calendar.gaps).toMatchObject([{ kind: 'missing', from: '2026-04-01', to: '2026-04-30', difference: { amount: '-154.10' } }])
    expect(calendar.gaps[0].because).toContain('-154.10 EUR')
  })
})

describe('an internal transfer', () => {
  async function twoAccounts(company: TestCompany, [outLabel, inLabel]: readonly [string, string]) {
    const [current, savings] = [(await api(company, 'POST', '/api/accounts', { name: 'Courant', manual: true })).body, (await api(company, 'POST', '/api/accounts', { name: 'Livret', type: 'savings', manual: true })).body]
    const out = await write(company, current.id, '2026-03-31', '-500.00', outLabel)
    const into = await write(company, savings.id, '2026-04-02', '500.00', inLabel)
    await server.app.jobs.idle()
    return { current, savings, out, into }
  }

  test('that both banks name is paired by itself: each side cleared on its own day, the money on its way on 58', async () => {
    const company = await server.company()
    const { current, savings, out } = await twoAccounts(company, ['VIREMENT INTERNE LIVRET', 'VIREMENT INTERNE'])
    const [transfer] = (await api(company, 'GET', '/api/transfers')).body.items
    expect(transfer).toMatchObject({ automatic: true, posted: true, out: { id: out, state: 'treated' }, in: { state: 'treated' } })
    expect([await ledger(company, current.suspenseAccount), await ledger(company, savings.suspenseAccount), await ledger(company, '580000')]).toEqual(['0', '0', '0'])
    const march = await server.app.db.tenant(company.ctx, async (tx) => (await tx.query<{ sum: bigint }>('select coalesce(sum(l.debit - l.credit), 0)::bigint as sum from app.entry_line l join app.entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id where l.tenant_id = $1 and l.account = $2 and e.entry_date <= $3', [tx.tenantId, '580000', '2026-03-31'])).rows[0]!.sum)
    expect(march).toBe(500_00n)

    expect((await api(company, 'DELETE', `/api/transfers/${String(transfer.id)}`)).status).toBe(204)
    expect((await api(company, 'GET', `/api/transactions/${out}`)).body).toMatchObject({ state: 'to_treat', transferId: null })
    expect((await api(company, 'GET', '/api/transfers/suggestions')).body.items).toEqual([])
    expect((await api(company, 'DELETE', `/api/transfers/${String(transfer.id)}`)).body.code).toBe('TRANSFER_ALREADY_UNDONE')
    expect([await ledger(company, current.suspenseAccount), await ledger(company, '580000')]).toEqual(['50000', '0'])
  })

  test('that one side only names is proposed with its reasons, and paired by a person', async () => {
    const company = await server.company()
    const { out, into } = await twoAccounts(company, ['VIREMENT INTERNE', 'REMISE'])
    const { items } = (await api(company, 'GET', '/api/transfers/suggestions')).body
    expect(items).toMatchObject([{ out: { id: out }, in: { id: into }, ambiguous: false }])
    expect((await api(company, 'POST', '/api/transfers', { outLineId: into, inLineId: out })).body.code).toBe('TRANSFER_INVALID')
    expect((await api(company, 'POST', '/api/transfers', { outLineId: out, inLineId: into })).body).toMatchObject({ automatic: false, posted: true })
    expect((await api(company, 'POST', '/api/transfers', { outLineId: out, inLineId: into })).body.code).toBe('TRANSFER_INVALID')
  })
})

describe('lines, one by one', () => {
  test('a line waits with a question to a colleague, who answers it, and goes on', async () => {
    const company = await server.company()
    const colleague = await server.member(company, 'viewer')
    await take(company, cfonb(MARCH), { newAccount: { name: 'Courant' } })
    const [line] = (await api(company, 'GET', '/api/transactions')).body.items
    expect((await api(company, 'POST', `/api/transactions/${String(line.id)}/hold`, { question: 'C\'est quoi ?', askedOf: colleague.id })).body.hold).toMatchObject({ question: 'C\'est quoi ?', askedOf: { id: colleague.id, name: colleague.name }, answer: null })
    const mine = await server.api('GET', '/api/transactions?hold=mine', { as: colleague.cookie, tenant: company })
    expect(mine.body.items.map((one: { id: string }) => one.id)).toEqual([line.id])
    await server.api('POST', `/api/transactions/${String(line.id)}/hold/answer`, { as: colleague.cookie, tenant: company, body: { text: 'Le loueur.' } })
    expect((await api(company, 'GET', `/api/transactions/${String(line.id)}`)).body.hold).toMatchObject({ by: { name: company.owner.name }, answer: { text: 'Le loueur.', by: { id: colleague.id } } })
    expect((await api(company, 'POST', `/api/transactions/${String(line.id)}/hold/release`)).body.hold).toBeNull()
    expect((await api(company, 'POST', `/api/transactions/${String(line.id)}/hold/release`)).body.code).toBe('HOLD_NOT_OPEN')
    expect((await api(company, 'POST', `/api/transactions/${String(line.id)}/hold`, { question: 'x', askedOf: '0198a000-0000-7000-8000-000000000000' })).status).toBe(404)
  })

  test('lists narrow by amount, direction and status, and exports hold the same lines with no formula in them', async () => {
    const company = await server.company()
    const cash = (await api(company, 'POST', '/api/accounts', { name: 'Caisse', type: 'cash' })).body.id
    await write(company, cash, '2026-03-01', '-10.00', '=HYPERLINK("http://x")')
    await write(company, cash, '2026-03-02', '99.50', 'Vente "comptoir", matin')
    await write(company, cash, '2026-03-03', '-250.00', '+33 téléphone')
    const found = async (query: string) => (await api(company, 'GET', `/api/transactions?${query}`)).body.items.map((one: { amount: { amount: string } }) => one.amount.amount)
    expect(await found('minAmount=50&maxAmount=100')).toEqual(['99.50'])
    expect(await found('direction=out')).toEqual(['-250.00', '-10.00'])
    expect(await found('status=pending')).toEqual([])
    expect(await found('uncategorised=true&hold=none&transfer=false')).toHaveLength(3)
    const csv = (await api(company, 'GET', '/api/exports/transactions/csv?direction=out')).text
    expect(csv.split('\r\n')).toHaveLength(4)
    expect(csv).toContain('"\'=HYPERLINK(""http://x"")"')
    expect(csv).toContain('\'+33 téléphone')
    expect(csv).toContain(',-250.00,EUR,')
    const sheet = await api(company, 'GET', '/api/exports/transactions/csv?format=xlsx')
    expect(sheet.bytes.subarray(0, 2).toString()).toBe('PK')
  })
})

describe('a file whose columns a person names', () => {
  const odd = 'Quand;Quoi;Combien\n01/02/2026;LOYER;100,00\n02/02/2026;VENTE;40,00\n'
  const profile = { name: 'mon-export', title: { fr: 'Mon export', en: 'My export' }, columns: { booked: 'Quand', label: ['Quoi'], amount: 'Combien' }, reading: 'inverted' }

  test('is read again with a profile, which is saved for the next one', async () => {
    const company = await server.company()
    const shown = await server.api('POST', '/api/imports', { as: company, file: { name: 'export.csv', bytes: odd } })
    expect(shown.body.mapping.suggestion.columns).toHaveLength(3)
    const mapped = await api(company, 'POST', `/api/imports/${String(shown.body.id)}/mapping`, { profile })
    expect(mapped.body.lines.map((line: { amount: { amount: string } }) => line.amount.amount)).toEqual(['-100.00', '-40.00'])
    const saved = (await api(company, 'POST', '/api/import-profiles', { name: 'Mon export', profile })).body
    expect((await api(company, 'GET', '/api/import-profiles')).body).toMatchObject({ items: [{ id: saved.id, name: 'Mon export' }] })
    const done = await api(company, 'POST', `/api/imports/${String(shown.body.id)}/commit`, { newAccount: { name: 'Divers' } })
    await server.app.jobs.idle()
    expect(done.body.counts.new).toBe(2)
    expect((await api(company, 'GET', '/api/accounts')).body.items[0].balance.amount).toBe('-140.00')
    expect((await api(company, 'POST', '/api/import-profiles', { name: 'x', profile: { ...profile, reading: 'backwards' } })).body.code).toBe('PROFILE_INVALID')
    expect((await api(company, 'DELETE', `/api/import-profiles/${String(saved.id)}`)).status).toBe(204)
  })

  test('with lines that cannot be read, everything readable or nothing is taken, as one chooses', async () => {
    const company = await server.company()
    const damaged = 'Date;Libellé;Montant\n01/02/2026;LOYER;-100,00\n31/02/2026;VENTE;40,00\n'
    const shown = await server.api('POST', '/api/imports', { as: company, file: { name: 'export.csv', bytes: damaged } })
    const refused = await api(company, 'POST', `/api/imports/${String(shown.body.id)}/commit`, { newAccount: { name: 'Divers' }, onProblems: 'nothing' })
    expect(refused).toMatchObject({ status: 422, body: { code: 'IMPORT_HAS_ERRORS' } })
    expect((await api(company, 'GET', '/api/accounts')).body.items).toEqual([])
    const taken = await api(company, 'POST', `/api/imports/${String(shown.body.id)}/commit`, { newAccount: { name: 'Divers' }, onProblems: 'readable' })
    await server.app.jobs.idle()
    expect(taken.body.counts.new).toBe(1)
  })
})
