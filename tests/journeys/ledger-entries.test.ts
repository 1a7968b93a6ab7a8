import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../support/server.ts'

let server: TestApp
beforeAll(async () => { server = await startTestApp() })
afterAll(async () => { await server.close() })

type Line = { account: string; debit?: string; credit?: string; auxiliary?: { code: string; name: string } }
type EntryBody = { id: string; status: string; number: string | null; total: string; lines: { account: string; accountLabel: string; debit: string; credit: string }[] }
type PageBody = { items: EntryBody[]; next: string | null }

const rent = (amount = '1500.00', date = '2026-03-05'): { journal: string; date: string; pieceRef: string; label: string; lines: Line[] } => ({
  journal: 'AC', date, pieceRef: 'L-03', label: 'Loyer de mars',
  lines: [{ account: '6132', debit: amount }, { account: '401', credit: amount, auxiliary: { code: 'F01', name: 'Bailleur' } }],
})

async function draft(company: TestCompany, body: unknown = rent()): Promise<EntryBody> {
  const { status, body: entry } = await server.api('POST', '/api/ledger/entries', { as: company, body })
  expect(status).toBe(201)
  return entry as EntryBody
}

test('an entry is drafted unbalanced, corrected, validated under the same id, and then final', async () => {
  const company = await server.company()
  const { lines: [first] } = rent()
  const { id, status, number, lines } = await draft(company, { ...rent(), lines: [first] })
  expect([status, number, lines.map((line) => [line.account, line.accountLabel, line.debit])]).toEqual(['draft', null, [['613200', 'Locations immobilières', '1500.00']]])

  const refused = await server.api('POST', `/api/ledger/entries/${id}/validate`, { as: company })
  expect([refused.status, refused.body.code, (refused.body.problems as { code: string }[]).map((problem) => problem.code)]).toEqual([422, 'ENTRY_INVALID', ['ENTRY_LINES', 'ENTRY_UNBALANCED']])
  expect((await server.api('PUT', `/api/ledger/entries/${id}`, { as: company, body: rent() })).status).toBe(200)

  const validated = await server.api('POST', `/api/ledger/entries/${id}/validate`, { as: company })
  expect(validated.body).toMatchObject({ id, status: 'validated', number: '000002', total: '1500.00', validatedOn: '2026-11-20', source: 'manual' })
  for (const [method, path] of [['PUT', ''], ['DELETE', ''], ['POST', '/validate']] as const) {
    const answer = await server.api(method, `/api/ledger/entries/${id}${path}`, { as: company, ...(method === 'PUT' ? { body: rent() } : {}) })
    expect([answer.status, answer.body.code]).toEqual([409, 'ENTRY_FINAL'])
  }
  const reversal = await server.api('POST', `/api/ledger/entries/${id}/reverse`, { as: company, body: { label: 'Erreur de bailleur' } })
  expect([reversal.status, reversal.body.reversesId, reversal.body.date, reversal.body.label]).toEqual([201, id, '2026-03-05', 'Erreur de bailleur'])
  expect((await server.api('POST', `/api/ledger/entries/${id}/reverse`, { as: company, body: {} })).body.code).toBe('ENTRY_ALREADY_REVERSED')
})

test('a draft is deleted and leaves no number behind', async () => {
  const company = await server.company()
  const { id } = await draft(company)
  expect((await server.api('DELETE', `/api/ledger/entries/${id}`, { as: company })).status).toBe(204)
  expect((await server.api('GET', `/api/ledger/entries/${id}`, { as: company })).status).toBe(404)
  const { id: kept } = await draft(company)
  expect((await server.api('POST', `/api/ledger/entries/${kept}/validate`, { as: company })).body.number).toBe('000002')
})

test('amounts finer than the cent, days that do not exist and unknown journals are told with their field', async () => {
  const company = await server.company()
  const fields = async (body: unknown) => ((await server.api('POST', '/api/ledger/entries', { as: company, body })).body.problems as { field: string; line: number | null }[]).map(({ line, field }) => [line, field])
  expect(await fields({ ...rent(), lines: [{ account: '6132', debit: '1.005' }] })).toEqual([[1, 'debit']])
  expect(await fields({ ...rent(), journal: 'ZZ' })).toEqual([[null, 'journal']])
  expect(await fields({ ...rent(), date: '2026-02-30' })).toEqual([[null, 'date']])
})

test('the list pages through drafts and validated entries, the latest day first, without loss or repeat', async () => {
  const company = await server.company()
  const ids: string[] = []
  for (const [index, date] of ['2026-02-01', '2026-02-01', '2026-05-02', '2026-01-15', '2026-05-02'].entries()) {
    const { id } = await draft(company, rent(`${index + 1}.00`, date))
    if (index !== 1) await server.api('POST', `/api/ledger/entries/${id}/validate`, { as: company })
    ids.push(id)
  }
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await server.api('GET', `/api/ledger/entries?limit=2${cursor ? `&cursor=${cursor}` : ''}`, { as: company }) as { body: PageBody }
    seen.push(...body.items.map((item) => item.id))
    cursor = body.next
  }
  expect(seen).toEqual([ids[4], ids[2], ids[1], ids[0], ids[3]])
  const count = async (query: string) => ((await server.api('GET', `/api/ledger/entries?${query}`, { as: company })).body as PageBody).items.length
  expect(await Promise.all(['status=draft', 'status=validated', 'from=2026-02-01&to=2026-02-28', 'journal=VT', 'search=loyer', 'search=100%25', 'search=000003'].map(count))).toEqual([1, 4, 2, 0, 5, 0, 1])
  expect((await server.api('GET', '/api/ledger/entries?cursor=abc', { as: company })).body.code).toBe('CURSOR_INVALID')
})

test('the page of an account carries its balance over from page to page, filters included', async () => {
  const company = await server.company()
  for (const [index, date] of ['2026-01-10', '2026-02-10', '2026-02-11', '2026-04-01', '2026-04-01'].entries()) {
    const { id } = await draft(company, { ...rent(`${10 ** index}.00`, date), lines: [{ account: '6132', debit: `${10 ** index}.00` }, { account: '401', credit: `${10 ** index}.00`, auxiliary: { code: index % 2 ? 'F02' : 'F01', name: 'Bailleur' } }] })
    await server.api('POST', `/api/ledger/entries/${id}/validate`, { as: company })
  }
  const pages = async (query: string) => {
    const openings: string[] = []
    const balances: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await server.api('GET', `/api/ledger/accounts/401000/lines?limit=2&${query}${cursor ? `&cursor=${cursor}` : ''}`, { as: company }) as { body: { opening: string; items: { balance: string }[]; next: string | null } }
      openings.push(body.opening)
      balances.push(...body.items.map((item) => item.balance))
      cursor = body.next
    }
    return { openings, balances }
  }
  expect(await pages('')).toEqual({ openings: ['0.00', '-11.00', '-1111.00'], balances: ['-1.00', '-11.00', '-111.00', '-1111.00', '-11111.00'] })
  expect(await pages('auxiliary=F01')).toEqual({ openings: ['0.00', '-101.00'], balances: ['-1.00', '-101.00', '-10101.00'] })
  expect(await pages('unlettered=true')).toMatchObject({ balances: ['-1.00', '-11.00', '-111.00', '-1111.00', '-11111.00'] })
  expect((await server.api('GET', '/api/ledger/accounts/999999/lines', { as: company })).status).toBe(404)
})

test('fiscal years follow one another without overlap', async () => {
  const company = await server.company('company', { firstYear: { startsOn: '2025-10-01', endsOn: '2026-09-30' } })
  const create = async (startsOn: string, endsOn: string) => (await server.api('POST', '/api/ledger/fiscal-years', { as: company, body: { startsOn, endsOn } })).body.code as string | undefined
  expect(await create('2026-09-30', '2027-09-29')).toBe('FISCAL_YEAR_OVERLAPS')
  expect(await create('2026-12-31', '2026-10-01')).toBe('FISCAL_YEAR_INVALID')
  expect(await create('2026-10-01', '2026-12-31')).toBeUndefined()
  const { body } = await server.api('GET', '/api/ledger/fiscal-years', { as: company })
  expect((body as { startsOn: string; periods: unknown[] }[]).map((year) => [year.startsOn, year.periods.length])).toEqual([['2025-10-01', 12], ['2026-10-01', 3]])
})

test('typing finds the accounts in use first, then those of the chart, accents aside', async () => {
  const company = await server.company()
  const { id } = await draft(company)
  await server.api('POST', `/api/ledger/entries/${id}/validate`, { as: company })
  const find = async (search: string) => ((await server.api('GET', `/api/ledger/accounts?search=${encodeURIComponent(search)}`, { as: company })).body as { items: { number: string; used: boolean }[] }).items
  expect((await find('6132'))[0]).toMatchObject({ number: '613200', used: true })
  expect((await find('telecommunications')).map((account) => account.number)).toContain('626000')
  expect((await server.api('GET', '/api/ledger/accounts', { as: company })).body.items).toHaveLength(2)
})

test('each role does what it may: an assistant drafts and does not validate, a viewer only looks', async () => {
  const company = await server.company()
  const [assistant, viewer] = [await server.member(company, 'assistant'), await server.member(company, 'viewer')]
  const { status, body } = await server.api('POST', '/api/ledger/entries', { as: assistant, tenant: company, body: rent() })
  expect(status).toBe(201)
  expect((await server.api('POST', `/api/ledger/entries/${body.id as string}/validate`, { as: assistant, tenant: company })).body.code).toBe('PERMISSION_MISSING')
  expect((await server.api('POST', '/api/ledger/entries', { as: viewer, tenant: company, body: rent() })).status).toBe(403)
  expect((await server.api('GET', '/api/ledger/balance', { as: viewer, tenant: company })).status).toBe(200)
  expect((await server.api('GET', '/api/exports/fec', { as: viewer, tenant: company })).status).toBe(403)
})

test('every write leaves its trace in the log', async () => {
  const company = await server.company()
  const { id } = await draft(company)
  await server.api('POST', `/api/ledger/entries/${id}/validate`, { as: company })
  await server.api('POST', `/api/ledger/entries/${id}/reverse`, { as: company, body: {} })
  const { body } = await server.api('GET', `/api/audit?subjectId=${id}`, { as: company })
  expect((body as { items: { action: string }[] }).items.map((row) => row.action)).toEqual(['entry.reverse', 'entry.validate', 'entry.draft'])
})
