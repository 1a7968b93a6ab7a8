import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../support/server.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() })
afterAll(async () => { await t.close() })

const etagOf = (answer: { headers: Readonly<Record<string, unknown>> }): string => String(answer.headers['etag'])
async function customerOf(company: TestCompany): Promise<string> {
  return `/api/customers/${String((await t.api('POST', '/api/customers', { as: company, body: { name: 'Client' } })).body.id)}`
}

describe('what shows one thing', () => {
  test('carries an ETag, and is answered 304 without a body to who has it already', async () => {
    const company = await t.company()
    const url = await customerOf(company)
    const first = await t.api('GET', url, { as: company })
    expect(etagOf(first)).toMatch(/^"1-[\w-]{16}"$/)
    const again = await t.api('GET', url, { as: company, headers: { 'if-none-match': `"other", W/${etagOf(first)}` } })
    expect(again).toMatchObject({ status: 304, text: '' })
    expect(etagOf(again)).toBe(etagOf(first))
    await t.api('PATCH', url, { as: company, body: { city: 'Lyon' } })
    const changed = await t.api('GET', url, { as: company, headers: { 'if-none-match': etagOf(first) } })
    expect(changed).toMatchObject({ status: 200, body: { city: 'Lyon', version: 2 } })
    expect(etagOf(changed)).not.toBe(etagOf(first))
  })

  test('is another thing for another company and in another company\'s hands', async () => {
    const [ours, theirs] = [await t.company(), await t.company()]
    const url = await customerOf(ours)
    const { headers } = await t.api('GET', url, { as: ours })
    expect((await t.api('GET', url, { as: theirs, headers: { 'if-none-match': String(headers['etag']) } })).status).toBe(404)
  })

  test('a page of a list carries none', async () => {
    expect((await t.api('GET', '/api/customers', { as: await t.company() })).headers['etag']).toBeUndefined()
  })
})

describe('a change with If-Match', () => {
  test('is made from the version that was read, and refused once someone else changed it', async () => {
    const company = await t.company()
    const url = await customerOf(company)
    const etag = etagOf(await t.api('GET', url, { as: company }))
    expect(await t.api('PATCH', url, { as: company, body: { city: 'Lyon' }, headers: { 'if-match': etag } })).toMatchObject({ status: 200, body: { city: 'Lyon' } })
    expect(await t.api('PATCH', url, { as: company, body: { city: 'Paris' }, headers: { 'if-match': etag } })).toMatchObject({ status: 412, body: { code: 'VERSION_CONFLICT' } })
    expect(await t.api('PATCH', url, { as: company, body: { city: 'Paris' }, headers: { 'if-match': '"2"' } })).toMatchObject({ status: 200 })
    expect((await t.api('PATCH', url, { as: company, body: { city: 'Brest' }, headers: { 'if-match': '*' } })).status).toBe(200)
    expect(await t.api('PATCH', url, { as: company, body: { city: 'Lille' }, headers: { 'if-match': 'abc' } })).toMatchObject({ status: 400, body: { problems: [{ field: 'If-Match' }] } })
    expect((await t.api('GET', url, { as: company })).body.city).toBe('Brest')
  })

  test('is won by one of twenty people who all read the same version', async () => {
    const company = await t.company()
    const url = await customerOf(company)
    const etag = etagOf(await t.api('GET', url, { as: company }))
    const statuses = (await Promise.all(Array.from({ length: 20 }, (_, n) => t.api('PATCH', url, { as: company, body: { city: `Ville ${n}` }, headers: { 'if-match': etag } })))).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 412)).toHaveLength(19)
    expect((await t.api('GET', url, { as: company })).body.version).toBe(2)
  })

  test('protects a removal, and says nothing of what is not there', async () => {
    const company = await t.company()
    const { body: customer } = await t.api('POST', '/api/customers', { as: company, body: { name: 'Client' } })
    const content = { customerId: customer.id, lines: [{ description: 'Conseil', quantity: '1', unitPrice: '100.00', vatRate: '20', nature: 'services' }] }
    const { body: draft } = await t.api('POST', '/api/invoices/sales', { as: company, body: content })
    const url = `/api/invoices/sales/${String(draft.id)}`
    const etag = etagOf(await t.api('GET', url, { as: company }))
    await t.api('PUT', url, { as: company, body: { ...content, note: 'changée' } })
    expect((await t.api('DELETE', url, { as: company, headers: { 'if-match': etag } })).status).toBe(412)
    expect((await t.api('DELETE', url, { as: company, headers: { 'if-match': etagOf(await t.api('GET', url, { as: company })) } })).status).toBe(204)
    expect((await t.api('DELETE', url, { as: company, headers: { 'if-match': etag } })).status).toBe(404)
  })
})
