import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../support/server.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() })
afterAll(async () => { await t.close() })

async function invoiceOf(company: TestCompany) {
  const { body } = await t.api('POST', '/api/customers', { as: company, body: { name: 'Client' } })
  return { customerId: String(body.id), lines: [{ description: 'Conseil', quantity: '1', unitPrice: '100.00', vatRate: '20', nature: 'services' }] }
}

const count = async (company: TestCompany): Promise<number> => (await t.api('GET', '/api/invoices/sales?limit=200', { as: company })).body.items.length as number
const keyed = (key: string) => ({ headers: { 'idempotency-key': key } })

describe('a request with an Idempotency-Key', () => {
  test('is done once when fifty of it come at the same moment, and each gets the same answer', async () => {
    const company = await t.company()
    const body = await invoiceOf(company)
    const answers = await Promise.all(Array.from({ length: 50 }, () => t.api('POST', '/api/invoices/sales', { as: company, body, ...keyed('fifty') })))
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(50).fill(201))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === undefined)).toHaveLength(1)
    expect(await count(company)).toBe(1)
  })

  test('gives the first answer again, with its status, its body and its headers, and changes nothing', async () => {
    const company = await t.company()
    const first = await t.api('PATCH', '/api/company', { as: company, body: { city: 'Lyon' }, ...keyed('a') })
    await t.api('PATCH', '/api/company', { as: company, body: { city: 'Paris' } })
    const again = await t.api('PATCH', '/api/company', { as: company, body: { city: 'Lyon' }, ...keyed('a') })
    expect(again).toMatchObject({ status: first.status, text: first.text, headers: { etag: first.headers['etag'], 'content-type': first.headers['content-type'], 'idempotency-replayed': 'true' } })
    expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id'])
    expect((await t.api('GET', '/api/company', { as: company })).body.city).toBe('Paris')
  })

  test('answers 204 again for what is already gone', async () => {
    const company = await t.company()
    const { body: draft } = await t.api('POST', '/api/invoices/sales', { as: company, body: await invoiceOf(company) })
    for (const replayed of [undefined, 'true']) {
      const answer = await t.api('DELETE', `/api/invoices/sales/${String(draft.id)}`, { as: company, ...keyed('gone') })
      expect(answer).toMatchObject({ status: 204, text: '' })
      expect(answer.headers['idempotency-replayed']).toBe(replayed)
    }
  })

  test('is refused when its key served another body, another query or another item', async () => {
    const company = await t.company()
    const body = await invoiceOf(company)
    const { body: draft } = await t.api('POST', '/api/invoices/sales', { as: company, body, ...keyed('b') })
    expect(await t.api('POST', '/api/invoices/sales', { as: company, body: { ...body, note: 'autre' }, ...keyed('b') })).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } })
    expect(await t.api('POST', '/api/invoices/sales?x=1', { as: company, body, ...keyed('b') })).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } })
    await t.api('POST', `/api/invoices/sales/${String(draft.id)}/issue`, { as: company, body: {}, ...keyed('c') })
    const { body: other } = await t.api('POST', '/api/invoices/sales', { as: company, body })
    expect(await t.api('POST', `/api/invoices/sales/${String(other.id)}/issue`, { as: company, body: {}, ...keyed('c') })).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } })
    // The order of the names in an object says nothing.
    const { customerId, lines } = body
    expect(await t.api('POST', '/api/invoices/sales', { as: company, body: JSON.stringify({ lines, customerId }), ...keyed('b') })).toMatchObject({ status: 201, body: { id: draft.id } })
  })

  test('shares its key with nobody: another person, another company, another route', async () => {
    const [ours, theirs] = [await t.company(), await t.company()]
    const accountant = await t.member(ours, 'accountant')
    const body = { name: 'Client' }
    const answers = [
      await t.api('POST', '/api/customers', { as: ours, body, ...keyed('same') }), await t.api('POST', '/api/customers', { as: accountant.cookie, tenant: ours, body, ...keyed('same') }),
      await t.api('POST', '/api/customers', { as: theirs, body, ...keyed('same') }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(answers.map((answer) => String(answer.body.id))).size).toBe(3)
    expect((await t.api('POST', '/api/invoices/sales', { as: ours, body: await invoiceOf(ours), ...keyed('same') })).status).toBe(201)
  })

  test('gets the same refusal again, but a request that was never understood leaves its key free', async () => {
    const company = await t.company()
    const body = await invoiceOf(company)
    const { body: draft } = await t.api('POST', '/api/invoices/sales', { as: company, body })
    const url = `/api/invoices/sales/${String(draft.id)}`
    const refused = await t.api('POST', `${url}/credit-note`, { as: company, body: {}, ...keyed('d') })
    expect(refused).toMatchObject({ status: 409, body: { code: 'INVOICE_NOT_ISSUED' } })
    await t.api('POST', `${url}/issue`, { as: company, body: {} })
    const again = await t.api('POST', `${url}/credit-note`, { as: company, body: {}, ...keyed('d') })
    expect(again).toMatchObject({ status: 409, text: refused.text, headers: { 'idempotency-replayed': 'true', 'content-type': 'application/problem+json; charset=utf-8' } })
    expect((await t.api('POST', '/api/customers', { as: company, body: { name: '' }, ...keyed('e') })).status).toBe(400)
    expect((await t.api('POST', '/api/customers', { as: company, body: { name: 'Client' }, ...keyed('e') })).status).toBe(201)
  })

  test('does everything or nothing when what it asks fails half-way: the same key then serves', async () => {
    const company = await t.company()
    await t.db.owner.exec('create function app.test_break() returns trigger language plpgsql as $f$ begin raise exception \'broken\'; end $f$; create trigger test_break before insert on auth.idempotency_key for each row execute function app.test_break()')
    const body = await invoiceOf(company)
    expect((await t.api('POST', '/api/invoices/sales', { as: company, body, ...keyed('f') })).status).toBe(500)
    expect(await count(company)).toBe(0)
    await t.db.owner.exec('drop trigger test_break on auth.idempotency_key; drop function app.test_break()')
    expect((await t.api('POST', '/api/invoices/sales', { as: company, body, ...keyed('f') })).status).toBe(201)
    expect(await count(company)).toBe(1)
  })

  test('covers a company with its organisation, made by a person who has none yet', async () => {
    const owner = await t.signUp()
    const body = { name: 'Une seule fois', kind: 'company' }
    const answers = await Promise.all([1, 2, 3].map(() => t.api('POST', '/api/companies', { as: owner, body, ...keyed('g') })))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect((await t.api('GET', '/api/me', { as: owner })).body.companies).toHaveLength(1)
  })

  test('compares a file by its bytes and its name', async () => {
    const company = await t.company()
    const file = { name: 'invoices.csv', bytes: 'number\n' }
    const call = (given: typeof file) => t.api('POST', '/api/invoices/sales/import', { as: company, file: given, ...keyed('h') })
    const first = await call(file)
    expect(first.status).toBeLessThan(500)
    // Each sending makes a boundary of its own: the bytes of the request differ, those of the file do not.
    expect(await call(file)).toMatchObject({ status: first.status, text: first.text, headers: { 'idempotency-replayed': 'true' } })
    expect(await call({ ...file, bytes: 'number\nF1\n' })).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } })
    expect(await call({ ...file, name: 'other.csv' })).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } })
  })

  test.each(['', ' ', 'é', 'x'.repeat(256), 'two words'])('is refused with the key %j', async (key) => {
    const company = await t.company()
    expect(await t.api('POST', '/api/customers', { as: company, body: { name: 'Client' }, ...keyed(key) })).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_INVALID' } })
  })

  test('keeps nothing that can be read in a copy of the database', async () => {
    const company = await t.company()
    await t.api('POST', '/api/customers', { as: company, body: { name: 'Très Reconnaissable' }, ...keyed('a-key-to-look-for') })
    const { rows } = await t.db.owner.query<{ row: string }>('select encode(id, \'escape\') || encode(fingerprint, \'escape\') || encode(answer, \'escape\') as row from auth.idempotency_key where tenant_id = $1', [company.tenantId])
    expect(rows).toHaveLength(1)
    expect(rows[0]!.row).not.toMatch(/Reconnaissable|a-key-to-look-for|application\/json/)
  })

  test('is forgotten after a day, and the daily cleaning removes it', async () => {
    const company = await t.company()
    const call = () => t.api('POST', '/api/customers', { as: company, body: { name: 'Client' }, ...keyed('day') })
    const first = await call()
    await t.db.owner.query('update auth.idempotency_key set expires_at = now() - interval \'1 second\' where tenant_id = $1', [company.tenantId])
    const later = await call()
    expect(later.body.id).not.toBe(first.body.id)
    const hours = await t.db.owner.query<{ hours: number }>('select round(extract(epoch from expires_at - now()) / 3600)::int as hours from auth.idempotency_key where tenant_id = $1', [company.tenantId])
    expect(hours.rows).toEqual([{ hours: 24 }])
    await t.db.owner.query('update auth.idempotency_key set expires_at = now() - interval \'1 second\' where tenant_id = $1', [company.tenantId])
    await t.app.jobs.enqueue('platform.forget-answers', {})
    await t.app.jobs.idle()
    expect((await t.db.owner.query('select 1 from auth.idempotency_key where tenant_id = $1', [company.tenantId])).rows).toEqual([])
  })
})

describe('a sign-in route', () => {
  test('is left out: a wrong password stays counted, whatever key comes with it', async () => {
    const limited = await startTestApp({ attemptLimits: { pair: { free: 2, firstSeconds: 60, maxSeconds: 60, forgetSeconds: 3_600 } } })
    try {
      const person = await limited.signUp()
      const statuses: number[] = []
      // Sent with a key each, a refusal that undid its own count would let one try for ever.
      for (let i = 0; i < 4; i += 1) statuses.push((await limited.api('POST', '/api/auth/login', { body: { email: person.email, password: 'not the password' }, headers: { 'idempotency-key': `k${i}` } })).status)
      expect(statuses).toEqual([401, 401, 429, 429])
    } finally { await limited.close() }
  })
})
