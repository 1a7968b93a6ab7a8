import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../support/server.ts'

let t: TestApp
let port: number

beforeAll(async () => {
  t = await startTestApp()
  await t.http.listen({ host: '127.0.0.1', port: 0 })
  port = (t.http.server.address() as AddressInfo).port
})
afterAll(async () => { await t.close() })

type Sent = { readonly path: string; readonly headers: Readonly<Record<string, string>>; readonly parts: readonly [string, string] }

/** Sends the first part of a body, waits until the server has begun to read it, does something, then sends the rest. Answers the status. */
async function sendAround({ path, headers, parts }: Sent, meanwhile: () => Promise<unknown>): Promise<number> {
  const begun = new Promise<void>((resolve) => t.http.server.once('request', () => { resolve() }))
  const call = request({ host: '127.0.0.1', port, method: 'POST', path, headers: { ...headers, 'transfer-encoding': 'chunked' } })
  const answered = new Promise<number>((resolve, reject) => {
    call.on('response', (response) => { response.resume(); resolve(response.statusCode ?? 0) }).on('error', reject)
  })
  call.write(parts[0])
  await begun
  await meanwhile()
  call.end(parts[1])
  return await answered
}

const JSON_PARTS = ['{"name": "Cli', 'ent"}'] as const
const customer = (headers: Record<string, string>): Sent => ({ path: '/api/customers', headers: { 'content-type': 'application/json', ...headers }, parts: JSON_PARTS })
const countCustomers = async (company: TestCompany) => (await t.api('GET', '/api/customers', { as: company })).body.items.length

async function clientOfFirm(): Promise<{ company: TestCompany; firm: TestCompany; revoke: () => Promise<unknown> }> {
  const [company, firm] = [await t.company(), await t.company('firm')]
  const { body } = await t.api('POST', '/api/grants', { as: company, body: { firmSlug: firm.slug, role: 'admin' } })
  return { company, firm, revoke: () => t.api('POST', `/api/grants/${body.id}/revoke`, { as: company }) }
}

test('a request whose body comes slowly is carried out when nothing changed meanwhile', async () => {
  const company = await t.company()
  expect(await sendAround(customer({ cookie: company.cookie, 'quittance-tenant': company.tenantId }), async () => undefined)).toBe(201)
  expect(await countCustomers(company)).toBe(1)
})

test('a grant revoked while the body was on its way refuses the request', async () => {
  const { company, firm, revoke } = await clientOfFirm()
  expect(await sendAround(customer({ cookie: firm.cookie, 'quittance-tenant': company.tenantId }), revoke)).toBe(404)
  expect(await countCustomers(company)).toBe(0)
})

test('a key revoked while the body was on its way refuses the request', async () => {
  const company = await t.company()
  const { body } = await t.api('POST', '/api/keys', { as: company, body: { name: 'Clé', scopes: ['customer.write'] } })
  const sent = customer({ authorization: `Bearer ${body.key}` })
  expect(await sendAround(sent, () => t.api('DELETE', `/api/keys/${body.id}`, { as: company }))).toBe(401)
  expect(await countCustomers(company)).toBe(0)
})

test('a role lowered while the body was on its way refuses the request', async () => {
  const company = await t.company()
  const person = await t.member(company, 'accountant')
  const lower = () => t.api('PATCH', `/api/members/${person.id}`, { as: company, body: { role: 'viewer' } })
  expect(await sendAround(customer({ cookie: person.cookie, 'quittance-tenant': company.tenantId }), lower)).toBe(403)
  expect(await countCustomers(company)).toBe(0)
})

test('a grant revoked while a file was on its way refuses the file', async () => {
  const { company, firm, revoke } = await clientOfFirm()
  const boundary = 'a-boundary-of-this-test'
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="releve.csv"\r\nContent-Type: text/csv\r\n\r\nDate;Libellé;Montant\n`
  const headers = { cookie: firm.cookie, 'quittance-tenant': company.tenantId, 'content-type': `multipart/form-data; boundary=${boundary}` }
  const sent: Sent = { path: '/api/imports', headers, parts: [head, `02/03/2026;VIREMENT;120,00\n\r\n--${boundary}--\r\n`] }
  expect(await sendAround(sent, revoke)).toBe(404)
  expect((await t.api('GET', '/api/imports', { as: company })).body.items).toEqual([])
})
