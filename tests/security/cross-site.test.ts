import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, TEST_PASSWORD, type TestApp, type TestCompany } from '../support/server.ts'
import type { RouteCall, TenancyTable } from '../tenancy/table/table.ts'

type Operation = { readonly operationId: string; readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; readonly path: string }

const TABLES = join(import.meta.dirname, '..', 'tenancy', 'table')
let t: TestApp
let company: TestCompany
let operations: readonly Operation[]
const table: Record<string, TenancyTable[string]> = {}

beforeAll(async () => {
  t = await startTestApp()
  company = await t.company()
  const paths = (await t.api('GET', '/api/openapi.json')).body.paths as Record<string, Record<string, { operationId: string }>>
  operations = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { operationId }]) => ({ operationId, method: method.toUpperCase() as Operation['method'], path })))
  for (const file of readdirSync(TABLES).filter((name) => name !== 'table.ts')) {
    for (const rows of Object.values(await import(join(TABLES, file)) as Record<string, unknown>)) if (rows !== null && typeof rows === 'object') Object.assign(table, rows)
  }
})
afterAll(async () => { await t.close() })

const urlOf = (path: string, call: RouteCall = {}) =>
  `${path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(call.params?.[name] ?? '01890000-0000-7000-8000-000000000000'))}${call.query ? `?${call.query}` : ''}`

/** What a browser says of a page that is not ours. The session cookie comes along: SameSite is not counted on here. */
const FOREIGN: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['another site', { origin: 'https://evil.example' }], ['a page without origin (sandboxed, local file)', { origin: 'null' }], ['another port of this machine', { origin: 'http://127.0.0.1:8080' }],
  ['a sub-domain', { origin: 'http://evil.127.0.0.1:3000' }], ['the same name over https', { origin: 'https://127.0.0.1:3000' }], ['a name that begins like ours', { origin: 'http://127.0.0.1:3000.evil.example' }],
  ['a neighbour, by Sec-Fetch-Site alone', { 'sec-fetch-site': 'same-site' }], ['another site, by Sec-Fetch-Site alone', { 'sec-fetch-site': 'cross-site' }],
  ['another site, by Referer alone', { referer: 'https://evil.example/page' }], ['a Referer that is no address', { referer: 'x' }],
]

describe('a change asked with the cookie of a person', () => {
  test.each(FOREIGN)('by %s is refused on every route that changes something', async (_who, headers) => {
    const changing = operations.filter(({ method }) => method !== 'GET')
    expect(changing.length).toBeGreaterThan(40)
    const through: string[] = []
    for (const { operationId, method, path } of changing) {
      const answer = await t.api(method, urlOf(path), { as: company, headers, body: method === 'DELETE' ? undefined : {} })
      if (answer.body?.code !== 'ORIGIN_REFUSED') through.push(`${operationId}: ${answer.status} ${answer.body?.code}`)
    }
    expect(through).toEqual([])
  }, 120_000)

  test.each([
    ['our own page', { origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }], ['our own page, by its Referer', { referer: 'http://127.0.0.1:3000/c/x' }], ['a program, which names no origin and whose cookie is its own', {}],
  ])('by %s is done', async (_who, headers: Record<string, string>) => {
    expect((await t.api('POST', '/api/customers', { as: company, headers, body: { name: 'Cliente' } })).status).toBe(201)
  })

  test.each([
    ['a text that holds JSON', 'text/plain', '{"name":"X"}'], ['a text with a character set', 'text/plain; charset=utf-8', '{"name":"X"}'], ['a form', 'application/x-www-form-urlencoded', 'name=X'],
    ['a form of parts', 'multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nX\r\n--b--\r\n'], ['an unknown type', 'application/x-json', '{"name":"X"}'],
  ])('as %s, all that a form of an old browser can send, is not read', async (_what, type, body) => {
    const before = (await t.api('GET', '/api/customers', { as: company })).body.items.length
    const answer = await t.api('POST', '/api/customers', { as: company, body, headers: { 'content-type': type } })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect((await t.api('GET', '/api/customers', { as: company })).body.items).toHaveLength(before)
  })

  test('by a foreign page that sends a file is refused', async () => {
    const answer = await t.api('POST', '/api/imports', { as: company, headers: { origin: 'https://evil.example' }, file: { name: 'a.csv', bytes: 'Date;Libellé;Montant\n02/03/2026;X;1,00\n' } })
    expect(answer).toMatchObject({ status: 403, body: { code: 'ORIGIN_REFUSED' } })
  })
})

describe('signing in from a foreign page', () => {
  test('is refused, so that nobody is signed in to the account of someone else', async () => {
    const person = await t.signUp()
    const answer = await t.api('POST', '/api/auth/login', { headers: { origin: 'https://evil.example' }, body: { email: person.email, password: TEST_PASSWORD } })
    expect(answer).toMatchObject({ status: 403, body: { code: 'ORIGIN_REFUSED' } })
    expect(answer.headers['set-cookie']).toBeUndefined()
  })
})

describe('a call with a token', () => {
  test('is not held to an origin, and the cookie beside it counts for nothing', async () => {
    const answer = await t.api('POST', '/api/customers', { as: company, headers: { origin: 'https://tool.example', authorization: 'Bearer not-a-key-of-ours' }, body: { name: 'X' } })
    expect(answer).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } })
    const token = (await t.api('POST', '/api/auth/token', { body: { email: company.owner.email, password: TEST_PASSWORD } })).body
    const accessToken = String(token?.accessToken ?? token?.access_token)
    const done = await t.api('POST', '/api/customers', { tenant: company, headers: { origin: 'https://tool.example', authorization: `Bearer ${accessToken}` }, body: { name: 'Par un outil' } })
    expect(done.status).toBe(201)
  })
})

/**
 * What reading may leave behind: sessions seen, counters, and the trace that something sensitive was read. Deliveries of webhooks and
 * the events about them move by themselves meanwhile, and so does the portfolio: jobs do what the calls above gave them.
 */
const MAY_MOVE = /^(app\.(audit_(log|chain)|event|event_end|webhook_(delivery|try)|portfolio_row)|auth\.(session|session_detail|rate_limit|attempt\w*|verification|jwks)|jobs\..*)$/

async function fingerprints(): Promise<Map<string, string>> {
  const { rows } = await t.db.owner.query<{ name: string }>('select table_schema || \'.\' || quote_ident(table_name) as name from information_schema.tables where table_schema in (\'app\', \'auth\') and table_type = \'BASE TABLE\' order by 1')
  const all = new Map<string, string>()
  for (const { name } of rows) all.set(name, String((await t.db.owner.query<{ sum: string }>(`select md5(coalesce(string_agg(row::text, '|' order by row::text), '')) as sum from ${name} row`)).rows[0]?.sum))
  return all
}

test('no route that reads changes anything: no row, no version, and of the audit log only what says that it was read', async () => {
  const reads = operations.filter(({ method }) => method === 'GET')
  const calls: { readonly operationId: string; readonly url: string; readonly needsTenant: boolean }[] = []
  for (const { operationId, path } of reads) {
    const row = table[operationId]
    const call = typeof row === 'object' && row.call ? await row.call(t, company) : {}
    calls.push({ operationId, url: urlOf(path, call), needsTenant: typeof row === 'object' })
  }
  await t.settle()
  const before = await fingerprints()
  const { rows: [logged] } = await t.db.owner.query<{ seq: bigint }>('select coalesce(max(seq), 0) as seq from app.audit_log where tenant_id = $1', [company.tenantId])
  const failed: string[] = []
  for (const { operationId, url, needsTenant } of calls) {
    // A stream of events never ends by itself: it is walked by its own tests.
    if (/stream|liveEvents|readEvents/i.test(operationId)) continue
    for (const method of ['GET', 'HEAD'] as const) {
      const answer = await t.http.inject({ method, url, headers: { cookie: company.cookie, ...(needsTenant ? { 'quittance-tenant': company.tenantId } : {}), origin: 'https://evil.example' } })
      if (answer.statusCode >= 500) failed.push(`${operationId}: ${answer.statusCode}`)
    }
  }
  expect(failed).toEqual([])
  const after = await fingerprints()
  expect([...after].filter(([name, sum]) => before.get(name) !== sum && !MAY_MOVE.test(name)).map(([name]) => name)).toEqual([])
  const { rows } = await t.db.owner.query<{ action: string }>('select distinct action from app.audit_log where tenant_id = $1 and seq > $2', [company.tenantId, logged?.seq ?? 0n])
  expect(rows.map(({ action }) => action).filter((action) => !/\.(read|view|export|download|check|search)\w*$/.test(action))).toEqual([])
}, 180_000)
