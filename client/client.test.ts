import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../tests/support/server.ts'
import { send, urlOf } from './core.ts'
import { createClient, itemsOf, QuittanceProblem, type Quittance } from './index.ts'

type Heard = { readonly method: string; readonly url: string; readonly headers: IncomingMessage['headers']; readonly body: string }

/** A peer that answers what the test tells it to, over real HTTP. */
let peer: Server
let baseUrl: string
let heard: Heard[]
let answers: ((response: ServerResponse) => void)[]
const answer = (status: number, body: unknown = {}, headers: Record<string, string> = {}) => (response: ServerResponse) => { response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body)) }

beforeAll(async () => {
  peer = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      heard.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
      answers.shift()?.(response)
    })
  })
  await new Promise<void>((resolve) => { peer.listen(0, '127.0.0.1', resolve) })
  baseUrl = `http://127.0.0.1:${(peer.address() as AddressInfo).port}`
})
beforeEach(() => { heard = []; answers = [] })
afterAll(() => { peer.closeAllConnections(); peer.close() })

describe('the client, with a peer that fails', () => {
  test('sends a change again with the same key when it is told to come back, and no more often than it may', async () => {
    answers = [answer(429, { code: 'RATE_LIMITED' }, { 'retry-after': '0' }), answer(503, { code: 'NOT_READY' }, { 'retry-after': '0' }), answer(201, { id: '1' })]
    expect((await send({ baseUrl, retries: 2 }, { method: 'POST', path: '/api/customers', body: { name: 'A' } })).status).toBe(201)
    expect(heard).toHaveLength(3)
    expect(new Set(heard.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    expect(heard[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
    answers = [answer(503, {}, { 'retry-after': '0' }), answer(503, {}, { 'retry-after': '0' })]
    expect((await send({ baseUrl, retries: 1 }, { method: 'GET', path: '/' })).status).toBe(503)
  })

  test('sends again what a lost connection took away', async () => {
    answers = [(response) => { response.destroy() }, answer(200, { ok: true })]
    expect(await (await send({ baseUrl }, { method: 'POST', path: '/x' })).json()).toEqual({ ok: true })
    expect(heard[0]?.headers['idempotency-key']).toBe(heard[1]?.headers['idempotency-key'])
  })

  test('gives the refusal at once when it is asked to wait longer than it would', async () => {
    answers = [answer(429, { code: 'RATE_LIMITED' }, { 'retry-after': '60' })]
    expect((await send({ baseUrl, retryWaitMsMax: 1_000 }, { method: 'GET', path: '/' })).status).toBe(429)
    expect(heard).toHaveLength(1)
  })

  test('waits for a twin under way, and takes another conflict for what it is', async () => {
    answers = [answer(409, { code: 'IDEMPOTENCY_IN_PROGRESS' }, { 'retry-after': '0' }), answer(409, { code: 'GRANT_EXISTS', detail: 'Déjà.' }), answer(200)]
    await expect(createClient({ baseUrl }).addGrant({ body: { firmSlug: 'a', role: 'viewer' } })).rejects.toMatchObject({ code: 'GRANT_EXISTS', message: 'Déjà.', status: 409 })
    expect(heard).toHaveLength(2)
  })

  test('says so when the answer is not ours', async () => {
    answers = [(response) => { response.writeHead(404, { 'content-type': 'text/html' }).end('<html>') }]
    await expect(createClient({ baseUrl }).getMe()).rejects.toMatchObject({ code: 'UNREADABLE', status: 404 })
  })

  test('stops waiting when it is told to', async () => {
    answers = [answer(503, {}, { 'retry-after': '20' })]
    const stop = new AbortController()
    const sending = send({ baseUrl }, { method: 'GET', path: '/', signal: stop.signal })
    while (heard.length === 0) await new Promise((resolve) => { setImmediate(resolve) })
    stop.abort(new Error('told to stop'))
    await expect(sending).rejects.toThrow()
  })

  test('writes the key, the company, the language and the version where the API reads them', async () => {
    answers = [answer(200)]
    await createClient({ baseUrl, key: 'qt_abc', tenant: 't-1', language: () => 'en' }).updateCompany({ body: { city: 'Lyon' }, ifMatch: 3, idempotencyKey: 'mine' })
    expect(heard[0]).toMatchObject({ method: 'PATCH', url: '/api/company', body: '{"city":"Lyon"}', headers: { authorization: 'Bearer qt_abc', 'quittance-tenant': 't-1', 'accept-language': 'en', 'if-match': '"3"', 'idempotency-key': 'mine' } })
  })
})

test('a path is filled in either writing, and empty values of the query are left out', () => {
  expect(urlOf('/a/{id}/b', { id: 'x/y' }, { q: 'é', none: undefined, open: false })).toBe('/a/x%2Fy/b?q=%C3%A9&open=false')
  expect(urlOf('/a/:id', { id: '1' })).toBe('/a/1')
})

describe('the client, with the server', () => {
  let t: TestApp
  let company: TestCompany
  let api: Quittance
  let address: string
  beforeAll(async () => {
    t = await startTestApp()
    company = await t.company()
    await t.http.listen({ host: '127.0.0.1', port: 0 })
    address = t.http.listeningOrigin
    api = createClient({ baseUrl: address, tenant: company.tenantId, language: 'en', fetch: (url, init) => fetch(url, { ...init, headers: { ...init?.headers as Record<string, string>, cookie: company.cookie } }) })
  }, 120_000)
  afterAll(async () => { await t.close() })

  test('reads, writes, and names the field of a refusal', async () => {
    const customer = await api.createCustomer({ body: { name: 'Client' } })
    expect((await api.readCustomer({ params: { id: customer.id } })).name).toBe('Client')
    const refused = await api.updateCustomer({ params: { id: customer.id }, body: { name: '' } }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(QuittanceProblem)
    expect(refused).toMatchObject({ status: 400, code: 'REQUEST_INVALID', type: expect.stringContaining('/docs/errors/REQUEST_INVALID'), problems: [{ field: 'name', message: 'This field cannot be empty.' }] })
  })

  test('goes through every page of a list', async () => {
    for (let n = 0; n < 7; n += 1) await api.createCustomer({ body: { name: `Page ${n}` } })
    const names: string[] = []
    for await (const { name } of itemsOf(api, 'listCustomers', { query: { limit: 3 } })) names.push(name)
    expect(names.filter((name) => name.startsWith('Page')).sort()).toEqual(['Page 0', 'Page 1', 'Page 2', 'Page 3', 'Page 4', 'Page 5', 'Page 6'])
  })

  test('the example of the README does what it says', async () => {
    const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
    const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    expect(code.trim().split('\n').length).toBeLessThanOrEqual(22)
    const file = join(import.meta.dirname, `readme-example-${process.pid}.test-run.ts`)
    const printed: unknown[][] = []
    const [log, error] = [console.log, console.error]
    const signedFetch = globalThis.fetch
    try {
      writeFileSync(file, code.replace('./client/index.ts', './index.ts').replace('http://127.0.0.1:3000', address))
      // The key of the example is made up: the session of the test signs in its stead.
      globalThis.fetch = (url, init) => {
        const { authorization: _key, ...headers } = init?.headers as Record<string, string>
        return signedFetch(url, { ...init, headers: { ...headers, cookie: company.cookie, 'quittance-tenant': company.tenantId } })
      }
      console.log = (...words: unknown[]) => { printed.push(words) }
      console.error = console.log
      await import(/* @vite-ignore */ file)
    } finally {
      Object.assign(console, { log, error })
      globalThis.fetch = signedFetch
      const { rmSync } = await import('node:fs')
      rmSync(file, { force: true })
    }
    // Two at 650 euros with TVA of 20 %: 1 560.
    expect(printed[0]).toEqual([expect.stringMatching(/^F/), '1560.00'])
    expect(printed.slice(1)).toContainEqual([printed[0]?.[0], '1560.00'])
  })
})
