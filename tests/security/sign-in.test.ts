import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startTestApp, TEST_PASSWORD, type Answer, type TestApp, type TestPerson } from '../support/server.ts'

// The hashing stays the real one; only how often it is called is looked at.
const counted = vi.hoisted(() => ({ verified: 0 }))
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof import('@node-rs/argon2')>()
  return { ...real, verify: (...given: Parameters<typeof real.verify>) => { counted.verified += 1; return real.verify(...given) } }
})

const SECRET = 'the secret of these tests, long enough to be one'
let t: TestApp
let person: TestPerson
beforeAll(async () => { t = await startTestApp({ config: { secret: SECRET } }) }, 120_000)
afterAll(async () => { await t.close() })
beforeEach(async () => { person = await t.signUp() })

const login = (body: object, headers: Record<string, string> = {}) => t.api('POST', '/api/auth/login', { body, headers })
const sessionOf = (answer: Answer) => [answer.headers['set-cookie']].flat().map(String).find((cookie) => cookie.includes('session_token'))?.split(';')[0] ?? ''

/** What a visitor sees, without what is different for everyone: the number of the request and the counters. */
function seen({ status, body, headers }: Answer): unknown {
  const { instance: _instance, ...rest } = body
  return { status, body: rest, headers: Object.keys(headers).sort() }
}

describe('whether an address has an account', () => {
  test('is not told by signing in: answer and headers are the same', async () => {
    const wrong = await login({ email: person.email, password: 'not the password' })
    const unknown = await login({ email: 'nobody-at-all@example.org', password: 'not the password' })
    expect(seen(unknown)).toEqual(seen(wrong))
    expect(wrong.headers['set-cookie']).toEqual(unknown.headers['set-cookie'])
  })

  test('is not told by the work of signing in: a password is hashed for nobody too', async () => {
    for (const email of [person.email, 'nobody-here@example.org']) {
      counted.verified = 0
      expect((await login({ email, password: 'not the password' })).status).toBe(401)
      expect(counted.verified, email).toBe(1)
    }
  })

  test('is not told by asking for a new password', async () => {
    const [known, unknown] = [await t.api('POST', '/api/auth/password-reset', { body: { email: person.email } }), await t.api('POST', '/api/auth/password-reset', { body: { email: 'nobody-either@example.org' } })]
    expect(seen(unknown)).toEqual(seen(known))
  })

  test('is not told by the wait after wrong passwords', async () => {
    const waits = async (email: string) => {
      let answer = await login({ email, password: 'not the password' })
      for (let n = 0; n < 6; n += 1) answer = await login({ email, password: 'not the password' })
      return { status: answer.status, code: answer.body.code }
    }
    expect(await waits('nobody-waits@example.org')).toEqual(await waits(person.email))
  })
})

describe('a session', () => {
  test('is always a new one: what a visitor brought to the sign-in is never taken over', async () => {
    const planted = `quittance.session_token=${encodeURIComponent(`planted.${createHmac('sha256', SECRET).update('planted').digest('base64')}`)}`
    const before = await login({ email: person.email, password: TEST_PASSWORD }, { cookie: planted })
    expect(sessionOf(before)).not.toBe('')
    expect(sessionOf(before)).not.toContain('planted')
    expect((await t.api('GET', '/api/me', { as: planted })).status).toBe(401)
    const again = await login({ email: person.email, password: TEST_PASSWORD }, { cookie: sessionOf(before) })
    expect(sessionOf(again)).not.toBe(sessionOf(before))
  })

  test('ends elsewhere when the password changes', async () => {
    const elsewhere = sessionOf(await login({ email: person.email, password: TEST_PASSWORD }))
    const changed = await t.api('POST', '/api/auth/password', { as: person, body: { current: TEST_PASSWORD, password: 'another correct horse battery' } })
    expect(changed.status).toBe(204)
    expect((await t.api('GET', '/api/me', { as: elsewhere })).status).toBe(401)
  })

  test('has a token that nobody guesses and that the database alone does not sign', async () => {
    const tokens = await Promise.all([1, 2, 3].map(async () => decodeURIComponent(sessionOf(await login({ email: person.email, password: TEST_PASSWORD })).split('=')[1] ?? '').split('.')[0] ?? ''))
    expect(new Set(tokens).size).toBe(3)
    // 128 bits or more, in letters and digits.
    for (const token of tokens) expect(token.length).toBeGreaterThanOrEqual(22)
    expect((await t.api('GET', '/api/me', { as: `quittance.session_token=${tokens[0]}` })).status).toBe(401)
  })
})

describe('a cookie made by someone else', () => {
  const NAME = 'quittance.session_token'
  test.each<[string, (right: string) => string]>([
    ['another signature', (right) => `${NAME}=${right.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))}x`], ['no signature', (right) => `${NAME}=${right.split('.')[0]}`], ['an empty one', () => `${NAME}=`],
    ['20 KB', () => `${NAME}=${'a'.repeat(12_000)}`], ['a NUL', () => `${NAME}=%00.%00`], ['broken escapes', () => `${NAME}=%E0%A4%A`], ['SQL', () => `${NAME}=${encodeURIComponent('\' or 1=1 --.x')}`],
    ['a JWT of nobody', () => `${NAME}=eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.`], ['an object', () => `${NAME}[]=1; ${NAME}=[object Object]`], ['a prototype', () => `__proto__=1; constructor=2; ${NAME}=__proto__.x`],
    ['two hundred others before it', () => `${Array.from({ length: 200 }, (_v, n) => `a${n}=${'x'.repeat(30)}`).join('; ')}; ${NAME}=x.y`],
  ])('with %s opens nothing and breaks nothing', async (_what, forge) => {
    const answer = await t.api('GET', '/api/me', { as: forge(person.cookie.split('=').slice(1).join('=').split(';')[0] ?? '') })
    expect(answer).toMatchObject({ status: 401, body: { code: 'SIGN_IN_REQUIRED' } })
    expect((await t.api('GET', '/api/me', { as: person })).status).toBe(200)
  })
})

describe('an address given to the server', () => {
  const EVIL = ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '%2F%2Fevil.example', 'https:evil.example']
  test.each(EVIL)('%s is followed by no redirection', async (to) => {
    for (const path of ['/', '/login', '/docs', '/api/auth/logout', `/${to}`]) {
      const query = ['next', 'redirect', 'returnTo', 'callbackURL', 'url'].map((name) => `${name}=${encodeURIComponent(to)}`).join('&')
      const { headers, status } = await t.api('GET', `${path}?${query}`)
      expect(status).toBeLessThan(500)
      if (headers['location'] !== undefined) expect(new URL(String(headers['location']), 'http://127.0.0.1:3000').origin, path).toBe('http://127.0.0.1:3000')
    }
  })
})
