import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, TEST_PASSWORD, type TestApp, type TestCompany } from '../support/server.ts'

const PUBLIC = 'https://compta.exemple.fr'
const PROXY = '10.1.2.3'
const ELSEWHERE = '203.0.113.9'
const TOOL = 'https://outil.exemple.fr'

let t: TestApp
let company: TestCompany
beforeAll(async () => {
  t = await startTestApp({ config: { publicUrl: PUBLIC, trustProxy: ['loopback', '10.0.0.0/8', 'fd00::/8'], allowedOrigins: [TOOL] } })
  company = await t.company()
})
afterAll(async () => { await t.close() })

type Ask = { readonly method?: 'GET' | 'POST' | 'OPTIONS' | 'HEAD'; readonly url: string; readonly from?: string; readonly headers?: Record<string, string>; readonly payload?: string }
const ask = ({ method = 'GET', url, from = ELSEWHERE, headers = {}, payload }: Ask) => t.http.inject({ method, url, remoteAddress: from, headers: { host: 'compta.exemple.fr', ...headers }, ...(payload === undefined ? {} : { payload }) })
const https = { 'x-forwarded-proto': 'https' }

describe('an installation whose public address is https', () => {
  test('sends a page asked in clear to https, at its own address whatever the request says', async () => {
    const answer = await ask({ url: '/c/atelier?a=1&b=//evil.example', headers: { host: 'evil.example' } })
    expect(answer).toMatchObject({ statusCode: 308, headers: { location: `${PUBLIC}/c/atelier?a=1&b=//evil.example`, 'cache-control': 'no-store' } })
    for (const url of ['//evil.example/x', '/\\evil.example', '///evil.example', '/%2f%2fevil.example']) {
      const { location } = (await ask({ url })).headers
      expect(new URL(String(location)).origin, url).toBe(PUBLIC)
    }
  })

  test('does so when the proxy in front says that it was called in clear', async () => {
    expect((await ask({ url: '/login', from: PROXY, headers: { 'x-forwarded-proto': 'http' } })).statusCode).toBe(308)
    expect((await ask({ url: '/login', from: '::ffff:10.1.2.3', headers: { 'x-forwarded-proto': 'http' } })).statusCode).toBe(308)
  })

  test('serves what a trusted proxy received over https, and believes nobody else who says so', async () => {
    for (const from of [PROXY, '127.0.0.1', '::1', 'fd00::1', '::ffff:10.9.9.9']) expect((await ask({ url: '/api/instance', from, headers: https })).statusCode, from).toBe(200)
    for (const from of [ELSEWHERE, '192.168.1.1', '2001:db8::1']) expect(await ask({ url: '/api/instance', from, headers: https }), from).toMatchObject({ statusCode: 403 })
  })

  test('does not send in circles what comes through a proxy that says nothing', async () => {
    expect((await ask({ url: '/api/instance', from: PROXY })).statusCode).toBe(200)
  })

  test('refuses a call of the API in clear rather than hide that its key was seen', async () => {
    for (const [method, url] of [['GET', '/api/accounts'], ['POST', '/api/auth/login'], ['POST', '/c/atelier']] as const) {
      const answer = await ask({ method, url, payload: method === 'POST' ? '{}' : undefined, headers: { 'content-type': 'application/json' } } as Ask)
      expect(answer.statusCode, url).toBe(403)
      expect(answer.json()).toMatchObject({ code: 'HTTPS_REQUIRED', detail: expect.stringContaining(PUBLIC) })
    }
  })

  test('still tells a machine of the same network that it is alive', async () => {
    for (const url of ['/healthz', '/readyz']) expect((await ask({ url })).statusCode, url).toBe(200)
  })

  test('tells browsers for a year to come by https only', async () => {
    for (const url of ['/', '/api/instance', '/docs', '/api/none']) expect((await ask({ url, from: PROXY, headers: https })).headers['strict-transport-security'], url).toBe('max-age=31536000')
  })

  test('gives a cookie that browsers keep away from http, scripts and other sites', async () => {
    const person = await t.signUp()
    const answer = await ask({ method: 'POST', url: '/api/auth/login', from: PROXY, headers: { ...https, 'content-type': 'application/json' }, payload: JSON.stringify({ email: person.email, password: TEST_PASSWORD }) })
    const cookie = String([answer.headers['set-cookie']].flat()[0])
    expect(cookie).toMatch(/^__(Secure|Host)-quittance/)
    for (const word of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(word)
    expect(cookie).not.toMatch(/Domain=/i)
  })

  test('takes the address of a visitor from a trusted proxy only', async () => {
    const attempt = (from: string, forwarded: string) => ask({ method: 'POST', url: '/api/auth/login', from, headers: { ...https, 'x-forwarded-for': forwarded, 'content-type': 'application/json' }, payload: JSON.stringify({ email: 'a@example.org', password: 'not the password' }) })
    // Whoever is not a proxy is refused before its word counts.
    expect((await attempt(ELSEWHERE, '1.2.3.4')).statusCode).toBe(403)
    expect((await attempt(PROXY, '1.2.3.4')).statusCode).toBe(401)
  })
})

describe('a page of another site', () => {
  const preflight = (origin: string, url = '/api/accounts') => ask({ method: 'OPTIONS', url, from: PROXY, headers: { ...https, origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,quittance-tenant' } })

  test('that is allowed may call the API with a key, and its browser is told so', async () => {
    const answer = await preflight(TOOL)
    expect(answer).toMatchObject({ statusCode: 204, headers: { 'access-control-allow-origin': TOOL } })
    expect(String(answer.headers['access-control-allow-headers'])).toContain('authorization')
    expect(String(answer.headers['vary'])).toContain('Origin')
    const refused = await ask({ url: '/api/accounts', from: PROXY, headers: { ...https, origin: TOOL } })
    expect(refused).toMatchObject({ statusCode: 401, headers: { 'access-control-allow-origin': TOOL } })
  })

  test('never comes with a cookie, even when it is allowed', async () => {
    for (const answer of [await preflight(TOOL), await ask({ url: '/api/me', from: PROXY, headers: { ...https, origin: TOOL, cookie: company.cookie } })]) {
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined()
    }
    const change = await ask({ method: 'POST', url: '/api/customers', from: PROXY, headers: { ...https, origin: TOOL, cookie: company.cookie, 'quittance-tenant': company.tenantId, 'content-type': 'application/json' }, payload: '{"name":"X"}' })
    expect(change.json()).toMatchObject({ code: 'ORIGIN_REFUSED' })
  })

  test.each(['https://evil.example', 'https://outil.exemple.fr.evil.example', 'https://sub.outil.exemple.fr', 'http://outil.exemple.fr', 'https://outil.exemple.fr:8443', 'null', `${TOOL}/`])('that is %s is told nothing', async (origin) => {
    const [first, second] = [await preflight(origin), await ask({ url: '/api/instance', from: PROXY, headers: { ...https, origin } })]
    expect(first.headers['access-control-allow-origin']).toBeUndefined()
    expect(second.headers['access-control-allow-origin']).toBeUndefined()
  })

  test('is let in nowhere but in the API', async () => {
    expect((await preflight(TOOL, '/c/atelier')).headers['access-control-allow-origin']).toBeUndefined()
  })
})
