import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type Answer, type TestApp, type TestCompany } from '../support/server.ts'
import { camt, cfonb, TEST_ACCOUNT, type TestStatement } from './bank-files.ts'

let server: TestApp
beforeAll(async () => { server = await startTestApp() })
afterAll(async () => { await server.close() })

const MARCH: TestStatement = {
  openingOn: '2026-02-28', opening: 1_000_00n, closingOn: '2026-03-31',
  movements: [
    { on: '2026-03-02', cents: 1_200_00n, label: 'VIR SEPA MENUISERIE DUPONT F-12' },
    { on: '2026-03-05', cents: -45_90n, label: 'PRLV SEPA ELECTRICITE' },
    { on: '2026-03-05', cents: -12_00n, label: 'FRAIS DE TENUE DE COMPTE' },
    { on: '2026-03-20', cents: 300_10n, label: 'VIR SEPA ATELIER LEROY' },
  ],
}

async function preview(company: TestCompany, name: string, bytes: string): Promise<Answer> {
  return server.api('POST', '/api/imports', { as: company, file: { name, bytes } })
}

async function commit(company: TestCompany, id: string, body: object = {}): Promise<Answer> {
  const answer = await server.api('POST', `/api/imports/${id}/commit`, { as: company, body })
  await server.app.jobs.idle()
  return answer
}

async function take(company: TestCompany, bytes: string, body: object = { newAccount: { name: 'Compte courant' } }): Promise<Answer> {
  const shown = await preview(company, 'releve.txt', bytes)
  expect(shown.status).toBe(201)
  return commit(company, shown.body.id, body)
}

async function balance(company: TestCompany, prefix: string): Promise<bigint> {
  return server.app.db.tenant(company.ctx, async (tx) => (await tx.query<{ sum: bigint }>('select coalesce(sum(debit - credit), 0)::bigint as sum from app.entry_line where tenant_id = $1 and starts_with(account, $2)', [tx.tenantId, prefix])).rows[0]!.sum)
}

async function stored(company: TestCompany): Promise<{ imports: number; lines: number; accounts: number }> {
  return server.app.db.tenant(company.ctx, async (tx) => (await tx.query<{ imports: number; lines: number; accounts: number }>(`
    select (select count(*)::int from app.bank_import) as imports, (select count(*)::int from app.bank_line) as lines, (select count(*)::int from app.bank_account) as accounts`)).rows[0]!)
}

describe('taking a bank file', () => {
  test('a CFONB file is shown before anything is taken, then its lines are stored and posted 512 against 471', async () => {
    const company = await server.company()
    const shown = await preview(company, 'mars.cfo', cfonb(MARCH))
    expect(shown.status).toBe(201)
    expect(shown.body).toMatchObject({
      status: 'previewed', format: 'cfonb120', counts: { new: 4, known: 0, suspicious: 0, posted: 0 }, account: { id: null, bankWriting: '20041 01005 0500013M026', currency: 'EUR' },
      statements: [{ opening: { amount: '1000.00' }, closing: { amount: '2442.20' }, lineCount: 4, continuity: 'proven', gap: null }],
    })
    expect(shown.body.lines[0]).toMatchObject({ position: 1, bookedOn: '2026-03-02', verdict: 'new', because: 'aucune opération connue ne correspond', amount: { amount: '1200.00', currency: 'EUR' } })
    expect((await stored(company)).lines).toBe(0)
    expect((await commit(company, shown.body.id)).body).toMatchObject({ code: 'BANK_ACCOUNT_NEEDED', status: 422 })

    const taken = await commit(company, shown.body.id, { newAccount: { name: 'Compte courant' } })
    expect(taken.status).toBe(200)
    expect(taken.body).toMatchObject({ status: 'committed', counts: { new: 4 }, account: { name: 'Compte courant' } })
    const [account] = (await server.api('GET', '/api/accounts', { as: company })).body.items
    expect(account).toMatchObject({
      ledgerAccount: '512001', suspenseAccount: '471001', balance: { amount: '2442.20', currency: 'EUR' }, lineCount: 4, toTreat: 4, lastLineOn: '2026-03-20',
      statedBalance: { on: '2026-03-31', balance: { amount: '2442.20' }, agrees: true },
    })
    expect(await balance(company, '512001')).toBe(1_442_20n)
    expect(await balance(company, '471001')).toBe(-1_442_20n)
    const read = (await server.api('GET', `/api/imports/${taken.body.id}`, { as: company })).body
    expect(read.counts.posted).toBe(4)
    expect((await server.api('GET', '/api/imports', { as: company })).body.items).toMatchObject([{ id: taken.body.id, counts: { new: 4, posted: 4 } }])
    const lines = (await server.api('GET', `/api/transactions?importId=${taken.body.id}&limit=3`, { as: company })).body
    expect(lines.items.map((line: { bookedOn: string; state: string }) => [line.bookedOn, line.state])).toEqual([['2026-03-20', 'to_treat'], ['2026-03-05', 'to_treat'], ['2026-03-05', 'to_treat']])
    const next = (await server.api('GET', `/api/transactions?importId=${taken.body.id}&limit=3&cursor=${lines.next}`, { as: company })).body
    expect(next).toMatchObject({ items: [{ bookedOn: '2026-03-02', toTreat: { amount: '1200.00' } }], next: null })
    expect((await server.api('GET', `/api/transactions/${next.items[0].id}`, { as: company })).body.entryId).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('the CAMT file of the same account and month holds nothing new, and committing it stores no line', async () => {
    const company = await server.company()
    await take(company, cfonb(MARCH), { newAccount: { name: 'Compte courant' } })
    const shown = await preview(company, 'mars.xml', camt(MARCH))
    expect(shown.body).toMatchObject({ format: 'camt', counts: { new: 0, known: 4, suspicious: 0 }, account: { name: 'Compte courant' } })
    expect((await commit(company, shown.body.id)).body).toMatchObject({ status: 'committed', counts: { new: 0, known: 4 } })
    expect(await stored(company)).toMatchObject({ lines: 4, accounts: 1 })
  })

  test('the same month exported as CSV without an account goes into the account one chooses, where it is all known', async () => {
    const company = await server.company()
    const taken = await take(company, cfonb(MARCH))
    const amount = (cents: bigint) => `${cents < 0n ? '-' : ''}${String(cents < 0n ? -cents : cents).replace(/(\d\d)$/, ',$1')}`
    const csv = ['Date;Libellé;Montant', ...MARCH.movements.map(({ on, cents, label }) => `${on.split('-').reverse().join('/')};${label};${amount(cents)}`)].join('\r\n')
    const shown = await preview(company, 'export.csv', csv)
    expect(shown.body).toMatchObject({ format: 'csv', account: { id: null, iban: null, bankWriting: null }, counts: { new: 4 } })
    const chosen = await commit(company, shown.body.id, { accountId: taken.body.account.id })
    expect(chosen.body).toMatchObject({ status: 'committed', counts: { new: 0, known: 4 }, statements: [{ continuity: 'unknown' }] })
    expect((await stored(company)).lines).toBe(4)
  })

  test('an import is committed once; the same file given again brings nothing', async () => {
    const company = await server.company()
    const first = await take(company, cfonb(MARCH))
    expect((await commit(company, first.body.id)).body.code).toBe('IMPORT_ALREADY_COMMITTED')
    expect((await take(company, cfonb(MARCH), {})).body.counts).toMatchObject({ new: 0, known: 4 })
    expect(await balance(company, '512001')).toBe(1_442_20n)
  })

  test('two people who commit the same import at once make one import', async () => {
    const company = await server.company()
    const shown = await preview(company, 'a.cfo', cfonb(MARCH))
    const answers = await Promise.all([1, 2].map(() => server.api('POST', `/api/imports/${shown.body.id}/commit`, { as: company, body: { newAccount: { name: 'Courant' } } })))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    expect(await stored(company)).toMatchObject({ lines: 4, accounts: 1 })
  })

  test('two imports of the same lines committed at once store them once', async () => {
    const company = await server.company()
    await take(company, cfonb({ ...MARCH, movements: [], closing: MARCH.opening }))
    const shown = [await preview(company, 'a.cfo', cfonb(MARCH)), await preview(company, 'b.xml', camt(MARCH))]
    await Promise.all(shown.map((one) => commit(company, one.body.id)))
    expect((await stored(company)).lines).toBe(4)
  })

  test('a statement that does not hold together is told and its lines are kept', async () => {
    const company = await server.company()
    const taken = await take(company, cfonb({ ...MARCH, closing: 2_400_00n }))
    expect(taken.body.statements).toMatchObject([{ continuity: 'broken', gap: { amount: '-42.20', currency: 'EUR' } }])
    expect(taken.body.problems.map((one: { code: string }) => one.code)).toContain('BALANCE_BROKEN')
    const [account] = (await server.api('GET', '/api/accounts', { as: company })).body.items
    expect(account.statedBalance).toMatchObject({ agrees: false, balance: { amount: '2400.00' } })
    expect(account.balance.amount).toBe('2442.20')
  })

  test('a file of another month found later moves the start of the balance, not its end', async () => {
    const company = await server.company()
    await take(company, cfonb(MARCH))
    await take(company, cfonb({ openingOn: '2026-01-31', opening: 700_00n, closingOn: '2026-02-28', movements: [{ on: '2026-02-28', cents: 300_00n, label: 'VIR SEPA DUBOIS' }] }), {})
    const [account] = (await server.api('GET', '/api/accounts', { as: company })).body.items
    expect(account).toMatchObject({ balance: { amount: '2442.20' }, statedBalance: { agrees: true } })
  })

  test('what the bank has not booked yet is not counted as new, and is said', async () => {
    const company = await server.company()
    const shown = await preview(company, 'a.xml', camt(MARCH, { pending: [{ on: '2026-03-31', cents: 5_00n, label: 'CARTE' }] }))
    expect(shown.body.counts.new).toBe(4)
    expect(shown.body.problems).toMatchObject([{ code: 'PENDING_LINES', severity: 'warning' }])
  })

  test('a suspicious line is left out unless its position is accepted', async () => {
    const company = await server.company()
    await take(company, cfonb(MARCH))
    const other = cfonb({ ...MARCH, movements: [{ on: '2026-03-02', cents: 1_200_00n, label: 'CHEQUE 7654321' }, ...MARCH.movements.slice(1, 2)] })
    const shown = await preview(company, 'b.cfo', other)
    expect(shown.body.lines).toMatchObject([{ position: 1, verdict: 'suspicious' }, { verdict: 'known' }])
    expect((await commit(company, shown.body.id)).body.counts).toMatchObject({ new: 0, suspicious: 1 })
    const again = await preview(company, 'b.cfo', other)
    expect((await commit(company, again.body.id, { acceptSuspicious: [1] })).body.counts).toMatchObject({ new: 1, suspicious: 0, known: 1 })
    expect((await stored(company)).lines).toBe(5)
  })
})

describe('files that cannot be taken', () => {
  test('a file that is no statement is refused in words and nothing is stored', async () => {
    const company = await server.company()
    const answer = await preview(company, 'note.pdf', '%PDF-1.7 nothing of a bank')
    expect(answer).toMatchObject({ status: 422, body: { code: 'FILE_REFUSED' } })
    expect(answer.body.detail).toContain('note.pdf')
    expect(await stored(company)).toMatchObject({ imports: 0, lines: 0 })
  })

  test('a statement in another currency is said, and does not go into an account in euros', async () => {
    const company = await server.company()
    const shown = await preview(company, 'usd.xml', camt({ ...MARCH, currency: 'USD' }))
    expect(shown.body.problems.map((one: { code: string }) => one.code)).toContain('BANK_CURRENCY_FOREIGN')
    const euros = (await server.api('POST', '/api/accounts', { as: company, body: { name: 'Courant' } })).body.id
    const answer = await commit(company, shown.body.id, { accountId: euros })
    expect(answer).toMatchObject({ status: 422, body: { code: 'BANK_CURRENCY_DIFFERS' } })
    expect(await stored(company)).toMatchObject({ lines: 0, accounts: 1 })
  })

  test('a file of one account does not go into another', async () => {
    const company = await server.company()
    await take(company, cfonb(MARCH))
    const other = (await server.api('POST', '/api/accounts', { as: company, body: { name: 'Livret', iban: 'DE89 3704 0044 0532 0130 00' } })).body
    expect(other).toMatchObject({ ledgerAccount: '512002', suspenseAccount: '471002', iban: 'DE89370400440532013000' })
    const shown = await preview(company, 'a.xml', camt(MARCH))
    expect((await commit(company, shown.body.id, { accountId: other.id })).body.code).toBe('BANK_ACCOUNT_DIFFERS')
    expect((await commit(company, shown.body.id, { accountId: company.tenantId })).status).toBe(404)
  })

  test('a file of two accounts is taken once both are known', async () => {
    const company = await server.company()
    const second = { ...MARCH, number: '0500013M999', movements: MARCH.movements.slice(0, 1) }
    const both = `${cfonb(MARCH)}\r\n${cfonb(second)}`
    const shown = await preview(company, 'deux.cfo', both)
    expect(shown.body).toMatchObject({ counts: { new: 5 }, account: { id: null, iban: null, bankWriting: null } })
    const refused = await commit(company, shown.body.id, { newAccount: { name: 'Un seul' } })
    expect(refused).toMatchObject({ status: 422, body: { code: 'BANK_ACCOUNTS_SEVERAL' } })
    expect(refused.body.problems).toHaveLength(2)
    await server.api('POST', '/api/accounts', { as: company, body: { name: 'Courant', iban: TEST_ACCOUNT.iban } })
    const taken = await commit(company, shown.body.id, { newAccount: { name: 'Second' } })
    expect(taken.body).toMatchObject({ status: 'committed', counts: { new: 5 } })
    const accounts = (await server.api('GET', '/api/accounts', { as: company })).body.items
    expect(accounts.map((account: { name: string; lineCount: number }) => [account.name, account.lineCount])).toEqual([['Courant', 4], ['Second', 1]])
    expect([await balance(company, '512001'), await balance(company, '512002')]).toEqual([1_442_20n, 1_200_00n])
  })

  test('a wrong IBAN and an account that exists, in whatever writing, are refused', async () => {
    const company = await server.company()
    const create = (body: object) => server.api('POST', '/api/accounts', { as: company, body })
    expect((await create({ name: 'A', iban: 'FR1420041010050500013M02607' })).body.code).toBe('IBAN_INVALID')
    const made = await create({ name: 'A', iban: TEST_ACCOUNT.iban })
    expect(made.status).toBe(201)
    expect((await create({ name: 'B', bankWriting: '20041 01005 0500013M026' })).body.code).toBe('BANK_ACCOUNT_EXISTS')
    expect((await server.api('PATCH', `/api/accounts/${made.body.id}`, { as: company, body: { name: 'Courant' } })).body).toMatchObject({ name: 'Courant', version: 2, iban: TEST_ACCOUNT.iban })
  })

  test('another company sees none of it', async () => {
    const [company, other] = [await server.company(), await server.company()]
    const taken = await take(company, cfonb(MARCH))
    const line = (await server.api('GET', '/api/transactions', { as: company })).body.items[0]
    for (const url of [`/api/imports/${taken.body.id}`, `/api/transactions/${line.id}`, `/api/accounts/${line.accountId}`]) expect((await server.api('GET', url, { as: other })).status).toBe(404)
    expect((await commit(other, taken.body.id)).status).toBe(404)
    expect((await server.api('GET', '/api/transactions', { as: other })).body.items).toEqual([])
  })

  test('someone who only looks cannot import', async () => {
    const company = await server.company()
    const viewer = await server.member(company, 'viewer')
    expect((await server.api('POST', '/api/imports', { as: viewer, tenant: company, file: { name: 'a.cfo', bytes: cfonb(MARCH) } })).status).toBe(403)
  })
})

describe('lines and their entries', () => {
  const LONG_AGO: TestStatement = { openingOn: '2025-11-30', opening: 0n, closingOn: '2026-01-02', movements: [{ on: '2025-12-30', cents: 10_00n, label: 'VIR SEPA AVANT' }, { on: '2026-01-02', cents: 20_00n, label: 'VIR SEPA APRES' }] }

  test('a line of a day without fiscal year waits, the import says so, and it is posted once the year exists', async () => {
    const company = await server.company()
    const taken = await take(company, cfonb(LONG_AGO))
    const read = (await server.api('GET', `/api/imports/${taken.body.id}`, { as: company })).body
    expect(read).toMatchObject({ counts: { new: 2, posted: 1 }, problems: [{ code: 'LINES_WITHOUT_PERIOD' }] })
    expect((await server.api('GET', '/api/transactions?state=posting', { as: company })).body.items).toMatchObject([{ bookedOn: '2025-12-30', state: 'posting', entryId: null }])
    expect((await server.api('POST', '/api/ledger/fiscal-years', { as: company, body: { startsOn: '2025-01-01', endsOn: '2025-12-31' } })).status).toBe(201)
    // Opening the bank page is enough.
    await server.api('GET', '/api/accounts', { as: company })
    await server.app.jobs.idle()
    expect((await server.api('GET', `/api/imports/${taken.body.id}`, { as: company })).body).toMatchObject({ counts: { posted: 2 }, problems: [] })
    expect(await balance(company, '512001')).toBe(30_00n)
  })

  test('the posting job may run again: no line is posted twice', async () => {
    const company = await server.company()
    const taken = await take(company, cfonb(MARCH))
    await server.app.jobs.enqueue('post-bank-lines', { tenantId: company.tenantId, importId: taken.body.id })
    await server.app.jobs.enqueue('post-bank-lines', { tenantId: company.tenantId, importId: taken.body.id })
    await server.app.jobs.idle()
    expect(await balance(company, '512001')).toBe(1_442_20n)
  })

  test('a line of zero asks nothing of anybody', async () => {
    const company = await server.company()
    await take(company, camt({ ...MARCH, movements: [...MARCH.movements, { on: '2026-03-21', cents: 0n, label: 'INFORMATION' }] }))
    const zero = (await server.api('GET', '/api/transactions?search=information', { as: company })).body.items
    expect(zero).toMatchObject([{ state: 'treated', entryId: null }])
    expect((await server.api('GET', '/api/transactions?search=1%20200,00', { as: company })).body.items).toHaveLength(1)
    expect(await balance(company, '512001')).toBe(1_442_20n)
  })
})
