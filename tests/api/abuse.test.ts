import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../support/server.ts'

let t: TestApp
let company: TestCompany
let port: number
beforeAll(async () => {
  t = await startTestApp()
  company = await t.company()
  await t.http.listen({ host: '127.0.0.1', port: 0 })
  port = Number(new URL(t.http.listeningOrigin).port)
})
afterAll(async () => { await t.close() })

type RawAnswer = { readonly status: number; readonly body: { readonly code?: string; readonly instance?: string } | null; readonly answers: number }

/** Bytes on a bare connection, and everything the server says until it closes or has been silent for a while. */
function raw(text: string | Buffer, silentMs = 400): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const chunks: Buffer[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const end = () => {
      clearTimeout(timer)
      socket.destroy()
      const said = Buffer.concat(chunks).toString('utf8')
      const json = /\r\n\r\n(?:[0-9a-f]+\r\n)?(\{.*?\})(?:\r\n|$|HTTP\/)/s.exec(said)?.[1]
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? 0), body: json === undefined ? null : JSON.parse(json) as RawAnswer['body'], answers: said.split(/HTTP\/1\.1 \d{3}/).length - 1 })
    }
    socket.on('data', (chunk) => { chunks.push(chunk); clearTimeout(timer); timer = setTimeout(end, silentMs) })
    socket.on('error', (error) => { if (chunks.length > 0) end(); else reject(error) })
    socket.on('close', end)
    socket.write(text)
  })
}

const head = (line: string, ...headers: string[]): string => [line, 'Host: 127.0.0.1', ...headers, '', ''].join('\r\n')
const signed = () => [`Cookie: ${company.cookie}`, `Quittance-Tenant: ${company.tenantId}`]

describe('a request that no client in good order sends is refused in words', () => {
  test('100 kB of headers', async () => {
    expect(await raw(head('GET /api/me HTTP/1.1', `X-Filler: ${'x'.repeat(100_000)}`))).toMatchObject({ status: 431, body: { code: 'HEADERS_TOO_LARGE', instance: expect.stringMatching(/^[0-9a-f-]{36}$/) } })
  })

  test('10 000 query parameters, and a few hundred of them', async () => {
    expect((await raw(head(`GET /api/customers?${'a=1&'.repeat(10_000)} HTTP/1.1`, ...signed()))).status).toBe(431)
    expect(await raw(head(`GET /api/customers?${'a=1&'.repeat(300)} HTTP/1.1`, ...signed()))).toMatchObject({ status: 400, body: { code: 'QUERY_TOO_LARGE' } })
  })

  test.each(['Quittance-Tenant: 01890000-0000-7000-8000-000000000000', 'Authorization: Bearer qt_other', 'Idempotency-Key: b'])('a second header %s beside the first', async (line) => {
    const first = line.startsWith('Quittance') ? [] : [line.replace(/.$/, 'x')]
    expect(await raw(head('GET /api/company HTTP/1.1', ...signed(), ...first, line))).toMatchObject({ status: 400, body: { code: 'HEADER_REPEATED' } })
  })

  test.each([
    ['a length and chunks at once', ['POST /api/auth/logout HTTP/1.1', 'Content-Length: 4', 'Transfer-Encoding: chunked'], '0\r\n\r\nGET /api/me HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['two lengths', ['POST /api/auth/logout HTTP/1.1', 'Content-Length: 0', 'Content-Length: 40'], 'GET /api/me HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a length that is no number', ['POST /api/auth/logout HTTP/1.1', 'Content-Length: +4'], 'abcd'],
    ['a space before the colon', ['POST /api/auth/logout HTTP/1.1', 'Transfer-Encoding : chunked'], '0\r\n\r\n'],
    ['a coding nobody knows', ['POST /api/auth/logout HTTP/1.1', 'Transfer-Encoding: xchunked'], '0\r\n\r\n'],
    ['chunks before another coding', ['POST /api/auth/logout HTTP/1.1', 'Transfer-Encoding: chunked, identity'], '0\r\n\r\n'],
    ['a chunk size that is no number', ['POST /api/auth/logout HTTP/1.1', 'Content-Type: application/json', 'Transfer-Encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n'],
    ['a header folded over two lines', ['GET /api/instance HTTP/1.1', 'X-Folded: a\r\n b'], ''],
    ['a NUL in a header', ['GET /api/instance HTTP/1.1', 'X-Nul: a\u0000b'], ''],
    ['a protocol nobody speaks', ['GET /api/instance HTTP/9.9'], ''],
  ])('%s, and what follows on the connection is not read as a request', async (_what, [line = '', ...headers], body) => {
    const answer = await raw(head(line, ...headers) + body)
    expect(answer, JSON.stringify(answer)).toMatchObject({ status: 400, answers: 1 })
    expect(answer.body?.code).toMatch(/^REQUEST_UNREADABLE$|^JSON_MALFORMED$/)
  })

  test.each(['/api/customers/%00', '/api/customers/a%00b', '/api/customers?search=%00', '/%00', '/api/customers/%ff%fe', '/api/customers/' + 'a'.repeat(5_000)])('the address %j', async (url) => {
    const { status, body } = await t.api('GET', url, { as: company })
    expect([400, 404], String(body?.code)).toContain(status)
    expect(body.code).toMatch(/^[A-Z_]+$/)
  })

  test.each([
    ['names that would change every object', '{"__proto__":{"role":"owner"},"name":"x"}'], ['a constructor', '{"constructor":{"prototype":{"role":"owner"}},"name":"x"}'],
    ['100 000 lists in each other', '['.repeat(100_000) + ']'.repeat(100_000)], ['100 000 objects in each other', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
    ['a depth where a text is expected', `{"name":${'['.repeat(5_000)}${']'.repeat(5_000)}}`], ['a number without end', `{"name":1${'0'.repeat(500_000)}}`],
    ['a text with NUL', '{"name":"a\\u0000b"}'], ['half a character', '{"name":"\\ud800"}'],
  ])('a body with %s', async (_what, body) => {
    for (const headers of [{}, { 'idempotency-key': `abuse-${_what.length}` }]) {
      const answer = await t.api('POST', '/api/customers', { as: company, body, headers })
      expect(answer.status).toBe(400)
      expect(['JSON_MALFORMED', 'REQUEST_INVALID']).toContain(answer.body.code)
    }
    expect(({} as Record<string, unknown>)['role']).toBeUndefined()
  })

  test.each(['text/plain', 'text/html', 'application/xml', 'application/x-www-form-urlencoded', 'application/octet-stream', 'json', 'multipart/form-data; boundary=x'])('a body of type %s where JSON is read', async (type) => {
    const answer = await t.api('POST', '/api/customers', { as: company, body: '{"name":"x"}', headers: { 'content-type': type } })
    expect([400, 415]).toContain(answer.status)
    expect(['MEDIA_TYPE_REFUSED', 'REQUEST_INVALID']).toContain(answer.body.code)
  })

  test('a body on what is only read, and a method nobody wrote', async () => {
    expect((await raw(head('GET /api/instance HTTP/1.1', 'Content-Length: 2', 'Content-Type: application/json') + '{}')).status).toBeLessThan(500)
    expect(await raw(head('BREW /api/instance HTTP/1.1'))).toMatchObject({ status: 400 })
    expect((await raw(head('TRACE /api/instance HTTP/1.1'))).status).toBeLessThan(500)
  })
})

describe('paths outside of /api that other systems know', () => {
  test('answer like their twins', async () => {
    expect((await t.api('GET', '/health')).body).toEqual((await t.api('GET', '/api/health')).body)
    expect((await t.api('GET', '/health')).body).toMatchObject({ status: 'ok', database: { migrations: 'current' } })
    expect((await t.api('GET', '/openapi.json')).text).toBe((await t.api('GET', '/api/openapi.json')).text)
    expect(await t.api('POST', '/auth/login', { body: {} })).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } })
    expect(await t.api('GET', '/workflow/01890000-0000-7000-8000-000000000000')).toMatchObject({ status: 401, body: { code: 'SIGN_IN_REQUIRED' } })
    expect(await t.api('POST', '/workflow/start', { as: company, body: {} })).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } })
  })
})
