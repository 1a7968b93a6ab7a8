import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type Json, type TestApp } from '../../../tests/support/server.ts'
import { createHttp } from './create-http.ts'
import { languageOf } from './language.ts'
import type { HttpApp, ModuleRoutes } from './routes.ts'
import { uploadOf } from './upload.ts'

/** Routes that only these tests have, one for each thing that can go wrong. */
const testRoutes: ModuleRoutes = (http, app) => {
  http.post('/api/test/json', {
    config: { access: 'public' },
    schema: { body: Type.Object({ text: Type.String(), lines: Type.Optional(Type.Array(Type.Object({ amount: Type.String({ pattern: '^-?\\d{1,16}(\\.\\d{1,4})?$' }) }))) }), response: { 200: Type.Object({ text: Type.String() }) } },
  }, async (request) => ({ text: request.body.text, secret: 'never declared' }))
  http.post('/api/test/optional', { config: { access: 'public' }, schema: { body: Type.Object({ day: Type.Optional(Type.String()) }) } }, async (request) => request.body)
  http.get('/api/test/query', {
    config: { access: 'public' },
    schema: { querystring: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, default: 50 })), open: Type.Optional(Type.Boolean()) }) },
  }, async (request) => request.query)
  http.post('/api/test/file', { config: { access: 'public', upload: true } }, async (request) => {
    const { fileName, bytes } = await uploadOf(request)
    return { fileName, size: bytes.length }
  })
  http.get('/api/test/bug', { config: { access: 'public' } }, async () => { throw new Error('a secret of the database') })
  http.get('/api/test/database', { config: { access: 'public' } }, async () => app.db.query('select * from nowhere'))
}

let t: TestApp
let http: HttpApp
const webFolder = mkdtempSync(join(tmpdir(), 'quittance-web-'))
beforeAll(async () => {
  mkdirSync(join(webFolder, 'assets'))
  writeFileSync(join(webFolder, 'index.html'), '<!doctype html><title>Quittance</title>')
  writeFileSync(join(webFolder, 'assets', 'index-abc123.js'), 'export {}')
  t = await startTestApp()
  http = await createHttp(t.app, { routes: [testRoutes], findAccess: async () => undefined, version: '0.0.0', webFolder })
})
afterAll(async () => {
  await http.close()
  await t.close()
  rmSync(webFolder, { recursive: true, force: true })
})

type Method = 'GET' | 'POST' | 'DELETE'
async function call(method: Method, url: string, options: { payload?: string | Buffer; headers?: Record<string, string> } = {}): Promise<{ status: number; body: Json; text: string; headers: Record<string, unknown> }> {
  const answer = await http.inject({ method, url, ...options })
  const json = String(answer.headers['content-type']).includes('json')
  return { status: answer.statusCode, body: json ? answer.json() as Json : null, text: answer.body, headers: answer.headers }
}
const JSON_TYPE = { 'content-type': 'application/json' }

test.each(['{"text":', 'null null', '{"text":"a"} x', '', '{"__proto__":{"x":1},"text":"a"}'])('the body %j is not readable JSON, and the answer says so', async (payload) => {
  expect(await call('POST', '/api/test/json', { payload, headers: JSON_TYPE })).toMatchObject({ status: 400, body: { code: 'JSON_MALFORMED', status: 400, detail: 'Le corps de la demande n\'est pas du JSON lisible.' } })
})

test('each field at fault is named with its place in the body', async () => {
  const answer = await call('POST', '/api/test/json', { payload: JSON.stringify({ text: 12, lines: [{ amount: '1.00' }, { amount: 1.5 }, { amount: '1e5' }, {}] }), headers: { ...JSON_TYPE, 'accept-language': 'en' } })
  expect(answer.body.problems.map((p: { field: string; message: string }) => [p.field, p.message])).toEqual([
    ['text', 'Give a text.'], ['lines.1.amount', 'Give a text.'],
    ['lines.2.amount', 'Give an amount in digits with a dot, for example 1234.56.'], ['lines.3.amount', 'This field is required.'],
  ])
})

test.each(['a\u0000b', 'half \ud800'])('a text that the database cannot keep is a named field, not a failure', async (text) => {
  expect(await call('POST', '/api/test/json', { payload: JSON.stringify({ text }), headers: JSON_TYPE })).toMatchObject({ status: 400, body: { problems: [{ field: 'text', code: 'FIELD_CHARACTER' }] } })
})

test('a field that the route does not declare never leaves the server', async () => {
  expect((await call('POST', '/api/test/json', { payload: '{"text":"a"}', headers: JSON_TYPE })).body).toEqual({ text: 'a' })
})

test('a body whose fields are all optional may be absent', async () => {
  expect(await call('POST', '/api/test/optional')).toMatchObject({ status: 200, body: {} })
  expect(await call('POST', '/api/test/optional', { payload: '[]', headers: JSON_TYPE })).toMatchObject({ status: 400 })
})

test('the query is converted and completed with its defaults, and a bad value is named', async () => {
  expect((await call('GET', '/api/test/query?open=true')).body).toEqual({ open: true, limit: 50 })
  expect((await call('GET', '/api/test/query?limit=abc')).body.problems).toMatchObject([{ field: 'limit', message: 'Indiquez un nombre entier.' }])
  expect((await call('GET', '/api/test/query?limit=0')).body.problems).toMatchObject([{ field: 'limit', message: 'Indiquez au moins 1.' }])
})

test('a body that is too large is refused with the size allowed', async () => {
  const answer = await call('POST', '/api/test/json', { payload: JSON.stringify({ text: 'x'.repeat(1_100_000) }), headers: JSON_TYPE })
  expect(answer).toMatchObject({ status: 413, body: { code: 'PAYLOAD_TOO_LARGE', detail: expect.stringContaining('1 Mo') } })
})

test('a content type that the route does not read is refused', async () => {
  for (const type of ['text/xml', 'application/x-www-form-urlencoded', 'text/plain; charset=x']) {
    expect(await call('POST', '/api/test/json', { payload: '<a/>', headers: { 'content-type': type } }), type).toMatchObject({ status: 415, body: { code: 'MEDIA_TYPE_REFUSED' } })
  }
  expect(await call('POST', '/api/test/file', { payload: '{}', headers: JSON_TYPE })).toMatchObject({ status: 415 })
})

function form(name: string, bytes: Buffer | string, field = 'file'): { payload: Buffer; headers: Record<string, string> } {
  const head = `--b\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: text/plain\r\n\r\n`
  return { payload: Buffer.concat([Buffer.from(head), Buffer.from(bytes as Buffer), Buffer.from('\r\n--b--\r\n')]), headers: { 'content-type': 'multipart/form-data; boundary=b' } }
}

test('a file arrives with the last part of its name', async () => {
  expect(await call('POST', '/api/test/file', form('relevé.cfo', 'abc'))).toMatchObject({ status: 200, body: { fileName: 'relevé.cfo', size: 3 } })
  expect((await call('POST', '/api/test/file', form('../../etc/passwd', 'abc'))).body.fileName).toBe('passwd')
})

test('a missing, empty, misnamed or oversized file is refused in words', async () => {
  expect(await call('POST', '/api/test/file')).toMatchObject({ status: 400, body: { code: 'FILE_MISSING' } })
  expect(await call('POST', '/api/test/file', form('a.cfo', ''))).toMatchObject({ status: 400, body: { code: 'FILE_EMPTY', detail: 'Le fichier a.cfo est vide.' } })
  expect(await call('POST', '/api/test/file', form('a.cfo', 'abc', 'other'))).toMatchObject({ status: 400, body: { code: 'FILE_MISSING' } })
  expect(await call('POST', '/api/test/file', form('a.cfo', Buffer.alloc(31 * 1_048_576)))).toMatchObject({ status: 413, body: { code: 'PAYLOAD_TOO_LARGE', detail: expect.stringContaining('30 Mo') } })
  const cut = form('a.cfo', 'abc')
  expect(await call('POST', '/api/test/file', { ...cut, payload: cut.payload.subarray(0, -20) })).toMatchObject({ status: 400, body: { code: 'UPLOAD_INTERRUPTED' } })
  expect(await call('POST', '/api/test/file', { ...cut, headers: { 'content-type': 'multipart/form-data' } })).toMatchObject({ status: 400 })
})

test.each(['/api/test/bug', '/api/test/database'])('a failure of ours at %s says nothing of its cause, and gives an id to quote', async (url) => {
  const answer = await call('GET', url)
  expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL', type: 'http://127.0.0.1:3000/docs/errors/INTERNAL' } })
  expect(answer.body.detail).toContain(answer.body.instance)
  expect(answer.headers['x-request-id']).toBe(answer.body.instance)
  expect(answer.text).not.toMatch(/secret|nowhere|Error/)
})

test.each([
  ['another site', { origin: 'https://evil.example' }], ['a page without origin', { origin: 'null' }], ['the same name over https', { origin: 'https://localhost:80' }],
  ['a neighbour, by the browser\'s word', { 'sec-fetch-site': 'same-site' }], ['another site, by the browser\'s word', { 'sec-fetch-site': 'cross-site' }],
])('a change asked by %s is refused', async (_who, headers) => {
  expect(await call('POST', '/api/test/optional', { headers })).toMatchObject({ status: 403, body: { code: 'ORIGIN_REFUSED' } })
  expect((await call('GET', '/api/test/query', { headers })).status).toBe(200)
})

test.each([
  ['the public address', { origin: 'http://127.0.0.1:3000' }], ['the address that was called', { origin: 'http://localhost:80', host: 'localhost:80' }],
  ['our own page, by the browser\'s word', { 'sec-fetch-site': 'same-origin' }], ['a program', {}],
])('a change asked by %s is accepted', async (_who, headers: Record<string, string>) => {
  expect((await call('POST', '/api/test/optional', { headers })).status).toBe(200)
})

test('a page of the application is index.html; a missing file, a missing API path and an undecodable one are not', async () => {
  for (const url of ['/', '/c/atelier/bank', '/login?next=%2Fc']) {
    expect(await call('GET', url), url).toMatchObject({ status: 200, text: expect.stringContaining('<title>Quittance'), headers: { 'cache-control': 'no-cache' } })
  }
  expect((await call('GET', '/assets/index-abc123.js')).headers['cache-control']).toContain('immutable')
  for (const url of ['/assets/none.js', '/api/nothing', '/api', '/../package.json', '/%2e%2e/package.json', '/a/%zz']) {
    expect(await call('GET', url), url).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
  }
  expect((await call('POST', '/c/atelier')).status).toBe(404)
})

test('every page runs under a policy that accepts nothing from elsewhere', async () => {
  const { headers } = await call('GET', '/')
  expect(headers['content-security-policy']).toContain('default-src \'self\'')
  expect(headers['content-security-policy']).not.toContain('unsafe')
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['strict-transport-security']).toBeUndefined()
})

test('the API describes itself in OpenAPI 3.1, with two pages to try it and to read it', async () => {
  const { body } = await call('GET', '/api/openapi.json')
  expect(body).toMatchObject({ openapi: '3.1.0', info: { title: 'Quittance' } })
  expect(body.paths['/api/test/file'].post.requestBody.content['multipart/form-data'].schema.properties.file.format).toBe('binary')
  expect((await call('GET', '/openapi.json')).body).toEqual(body)
  for (const page of ['/docs', '/redoc']) expect(await call('GET', page), page).toMatchObject({ status: 200, text: expect.stringContaining('data-url="/api/openapi.json"') })
  expect((await call('GET', '/docs/reference.js')).text.length).toBeGreaterThan(1_000_000)
})

test('it is alive, and ready as long as its database answers', async () => {
  expect(await call('GET', '/healthz')).toMatchObject({ status: 200 })
  expect(await call('GET', '/readyz')).toMatchObject({ status: 200 })
})

test.each([
  [undefined, undefined], ['fr', 'fr'], ['en-US,en;q=0.9,fr;q=0.8', 'en'], ['fr-CA;q=0.4, en;q=0.3', 'fr'], ['de, *;q=0.5', undefined], ['de,en;q=0.1', 'en'], ['fr;q=0', undefined],
])('Accept-Language %j means %j', (header, locale) => { expect(languageOf(header)).toBe(locale) })

test('an endless Accept-Language is read in no time', () => { expect(languageOf('x,'.repeat(9_000))).toBeUndefined() })
