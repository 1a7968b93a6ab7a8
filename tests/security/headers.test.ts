import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ERRORS } from '../../contract/errors.ts'
import { startTestApp, type Answer, type TestApp, type TestCompany } from '../support/server.ts'

let t: TestApp
let company: TestCompany
const folder = mkdtempSync(join(tmpdir(), 'quittance-headers-'))
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Quittance</title><script type="module" src="/assets/a.js"></script>')
  writeFileSync(join(folder, 'assets', 'a.js'), 'export {}')
  t = await startTestApp({ webFolder: folder })
  company = await t.company()
})
afterAll(async () => {
  await t.close()
  rmSync(folder, { recursive: true, force: true })
})

type Kind = readonly [name: string, ask: () => Promise<Answer>, status: number]
const get = (url: string, options: Parameters<TestApp['api']>[2] = {}) => () => t.api('GET', url, options)

/** One of every kind of answer the server gives. */
const KINDS: readonly Kind[] = [
  ['the application', get('/'), 200], ['a page of it', get('/c/atelier/bank'), 200], ['the sign-in page', get('/login?next=%2Fc'), 200], ['a script', get('/assets/a.js'), 200],
  ['the API to try', get('/docs'), 200], ['the API to read', get('/redoc'), 200], ['the script of both', get('/docs/reference.js'), 200], ['the explanation of an error', get('/docs/errors/NOT_FOUND'), 200],
  ['the description of the API', get('/openapi.json'), 200], ['data of the API', () => t.api('GET', '/api/accounts', { as: company }), 200], ['a list without a session', get('/api/accounts'), 401],
  ['an unknown address of the API', get('/api/nothing'), 404], ['a missing file', get('/assets/none.js'), 404], ['a body that is no JSON', () => t.api('POST', '/api/auth/login', { body: '{' }), 400],
  ['a foreign origin', () => t.api('POST', '/api/auth/login', { body: {}, headers: { origin: 'https://evil.example' } }), 403], ['a page asked with POST', () => t.api('POST', '/c/atelier'), 404],
  ['an address that cannot be decoded', get('/a/%zz'), 404], ['a refused upload', () => t.api('POST', '/api/imports', { as: company, file: { name: 'a.csv', bytes: '%PDF-1.7' } }), 422],
  ['a sign of life', get('/healthz'), 200], ['readiness', get('/readyz'), 200],
]

function directives(answer: Answer): Map<string, string[]> {
  const policy = String(answer.headers['content-security-policy'] ?? '')
  return new Map(policy.split(';').map((part) => part.trim().split(/\s+/)).map(([name = '', ...values]) => [name, values]))
}

describe.each(KINDS)('%s', (_name, ask, status) => {
  let answer: Answer
  beforeAll(async () => { answer = await ask() })

  test(`answers ${status} with every header of security`, () => {
    expect(answer.status).toBe(status)
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
      'x-permitted-cross-domain-policies': 'none', 'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(String(answer.headers['permissions-policy'])).toMatch(/camera=\(\).*microphone=\(\)/)
    // Plain http: the browser would ignore it, and a local installation must stay reachable.
    expect(answer.headers['strict-transport-security']).toBeUndefined()
    for (const header of ['x-powered-by', 'server', 'access-control-allow-origin']) expect(answer.headers[header], header).toBeUndefined()
  })

  test('says its type with its character set', () => {
    if (answer.text === '') return
    expect(String(answer.headers['content-type'])).toMatch(/charset=utf-8/i)
  })

  test('runs no script that is written in a page, loads nothing from elsewhere and is framed by nobody', () => {
    const policy = directives(answer)
    expect(policy.get('frame-ancestors')).toEqual(['\'none\''])
    const scripts = policy.get('script-src') ?? policy.get('default-src') ?? []
    expect(scripts.length).toBeGreaterThan(0)
    for (const [name, values] of policy) {
      for (const value of values) {
        expect(value, name).toMatch(/^('self'|'none'|data:|blob:|'unsafe-inline'|'sha256-[\w+/=]+')$/)
        if (value === '\'unsafe-inline\'') expect(name).toBe('style-src')
        if (value === 'data:' || value === 'blob:') expect(['img-src', 'font-src']).toContain(name)
      }
    }
  })

  test('holds no script of its own that its policy does not know by its hash', () => {
    if (!String(answer.headers['content-type']).startsWith('text/html')) return
    const allowed = (directives(answer).get('script-src') ?? []).join(' ')
    for (const [whole, attributes = '', body = ''] of answer.text.matchAll(/<script([^>]*)>([^]*?)<\/script>/g)) {
      if (body.trim() === '') continue
      expect(allowed, whole.slice(0, 80)).toContain(createHash('sha256').update(body).digest('base64'))
      expect(attributes).not.toContain('src=')
    }
    expect(answer.text).not.toMatch(/\son(click|load|error|submit)=/i)
    expect(answer.text).not.toMatch(/(src|href|action)="(https?:)?\/\/(?!127\.0\.0\.1:3000)/i)
  })
})

test('what belongs to a company or a person is kept by no cache', async () => {
  for (const [url, options] of [['/api/accounts', { as: company }], ['/api/me', { as: company.cookie }], ['/api/customers', { as: company }]] as const) {
    expect(String((await t.api('GET', url, options)).headers['cache-control']), url).toMatch(/no-store|private/)
  }
})

test('a text of a person that looks like a page comes back as data, never as a page', async () => {
  const name = '<script>alert(1)</script>'
  const made = await t.api('POST', '/api/customers', { as: company, body: { name } })
  expect(made.status).toBe(201)
  for (const answer of [made, await t.api('GET', '/api/customers', { as: company })]) {
    expect(answer.text).toContain(name)
    expect(String(answer.headers['content-type'])).toMatch(/^application\/json/)
    expect(directives(answer).has('sandbox')).toBe(true)
  }
  const missing = await t.api('GET', `/api/${encodeURIComponent(name)}`)
  expect(String(missing.headers['content-type'])).toMatch(/^application\/problem\+json/)
})

test('no refusal tells how the server is made', async () => {
  for (const [, ask] of KINDS) {
    const { text, status } = await ask()
    if (status >= 400) expect(text).not.toMatch(/node_modules|\.ts:\d|at \w+ \(|select .* from|fastify|postgres/i)
  }
  expect(Object.keys(ERRORS).length).toBeGreaterThan(20)
})
