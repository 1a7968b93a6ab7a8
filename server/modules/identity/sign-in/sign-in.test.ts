import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, TEST_PASSWORD, type TestApp } from '../../../../tests/support/server.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() })
afterAll(async () => { await t.close() })

const cookieOf = (answer: { headers: Readonly<Record<string, unknown>> }) => String(([answer.headers['set-cookie']].flat())[0]).split(';')[0] ?? ''

test('signing up sets a session cookie that scripts cannot read and that other sites do not send', async () => {
  const answer = await t.api('POST', '/api/auth/sign-up', { body: { name: 'Claire Morel', email: 'Claire@Example.org', password: TEST_PASSWORD } })
  expect(answer).toMatchObject({ status: 201, body: { user: { name: 'Claire Morel', email: 'claire@example.org' } } })
  const header = String([answer.headers['set-cookie']].flat()[0])
  expect(header).toContain('HttpOnly')
  expect(header).toContain('SameSite=Lax')
  expect(header).not.toContain('Secure')
  const me = await t.api('GET', '/api/me', { as: cookieOf(answer) })
  expect(me).toMatchObject({ status: 200, body: { user: { email: 'claire@example.org' }, companies: [] } })
})

test('a second account for the same address is refused in words', async () => {
  const person = await t.signUp()
  const answer = await t.api('POST', '/api/auth/sign-up', { body: { name: 'X', email: person.email.toUpperCase(), password: TEST_PASSWORD }, headers: { 'accept-language': 'fr' } })
  expect(answer).toMatchObject({ status: 409, body: { code: 'EMAIL_TAKEN', detail: 'Un compte existe déjà pour cette adresse. Connectez-vous.' } })
})

test('the same sign-up sent twice at the same moment makes one account', async () => {
  const body = { name: 'Double', email: 'double@example.org', password: TEST_PASSWORD }
  const answers = await Promise.all([1, 2, 3].map(() => t.api('POST', '/api/auth/sign-up', { body })))
  expect(answers.map(({ status, body: { code } }) => code ?? status).sort()).toEqual([201, 'EMAIL_TAKEN', 'EMAIL_TAKEN'])
})

test('a wrong password and an unknown address get the same answer', async () => {
  const person = await t.signUp()
  const wrong = await t.api('POST', '/api/auth/login', { body: { email: person.email, password: 'not the password' } })
  const unknown = await t.api('POST', '/api/auth/login', { body: { email: 'nobody@example.org', password: 'not the password' } })
  expect(wrong).toMatchObject({ status: 401, body: { code: 'CREDENTIALS_WRONG' } })
  expect(unknown.body.code).toBe(wrong.body.code)
  expect(await t.api('POST', '/api/auth/login', { body: { email: person.email, password: TEST_PASSWORD } })).toMatchObject({ status: 200, body: { user: { id: person.id } } })
})

test('after five wrong passwords one has to wait, and the answer says how long', async () => {
  const person = await t.signUp()
  const attempt = (password: string) => t.api('POST', '/api/auth/login', { body: { email: person.email, password }, headers: { 'accept-language': 'en' } })
  const answers = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(attempt))
  expect(answers.map(({ status }) => status).sort()).toEqual([401, 401, 401, 401, 401, 429])
  const refused = await attempt(TEST_PASSWORD)
  expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } })
  expect(refused.body.detail).toMatch(/^Too many attempts\. Wait \d+ seconds\.$/)
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50)
})

test('signing in rightly many times never makes anyone wait', async () => {
  const person = await t.signUp()
  for (let n = 0; n < 7; n += 1) {
    expect((await t.api('POST', '/api/auth/login', { body: { email: person.email, password: TEST_PASSWORD } })).status).toBe(200)
  }
})

test('a cookie that was touched, or signed with another key, is nobody\'s', async () => {
  const { cookie } = await t.signUp()
  const [name = '', value = ''] = cookie.split('=')
  const [token = '', signature = ''] = decodeURIComponent(value).split('.')
  const other = decodeURIComponent((await t.signUp()).cookie.split('=')[1] ?? '').split('.')
  for (const forged of [`${token}x.${signature}`, `${token}.${signature.slice(1)}`, token, `${token}.`, `${token}.${other[1] ?? ''}`, '', '%zz', `.${signature}`]) {
    expect((await t.api('GET', '/api/me', { as: `${name}=${encodeURIComponent(forged)}` })).status, forged).toBe(401)
  }
  expect((await t.api('GET', '/api/me', { as: `${name}=%zz` })).status).toBe(401)
  expect((await t.api('GET', '/api/me', { as: cookie })).status).toBe(200)
})

test('signing out ends the session at once, and only that session', async () => {
  const person = await t.signUp()
  const second = cookieOf(await t.api('POST', '/api/auth/login', { body: { email: person.email, password: TEST_PASSWORD } }))
  expect((await t.api('GET', '/api/me', { as: person })).status).toBe(200)
  const out = await t.api('POST', '/api/auth/logout', { as: person })
  expect(out.status).toBe(204)
  expect(String(out.headers['set-cookie'])).toContain('Max-Age=0')
  expect((await t.api('GET', '/api/me', { as: person })).status).toBe(401)
  expect((await t.api('GET', '/api/me', { as: second })).status).toBe(200)
  expect((await t.api('POST', '/api/auth/logout')).status).toBe(204)
})

test('a session revoked by another process stops working here when it says so', async () => {
  const person = await t.signUp()
  expect((await t.api('GET', '/api/me', { as: person })).status).toBe(200)
  const token = decodeURIComponent(person.cookie.split('=')[1] ?? '').split('.')[0] ?? ''
  await t.db.system(async (tx) => {
    await tx.query('delete from auth.session where token = $1', [token])
    await tx.query('select pg_notify($1, encode(sha256($2::text::bytea), \'hex\'))', ['quittance_sign_in', token])
  })
  await expect.poll(async () => (await t.api('GET', '/api/me', { as: person })).status, { timeout: 3_000 }).toBe(401)
})

test('a session past its end is nobody\'s', async () => {
  const person = await t.signUp()
  await t.db.system((tx) => tx.query('update auth.session set "expiresAt" = now() - interval \'1 second\' where "userId" = $1', [person.id]))
  expect((await t.api('GET', '/api/me', { as: person })).status).toBe(401)
})

test('bad fields are named one by one, in the language of the request', async () => {
  const body = { name: '', email: 'nowhere', password: 'short' }
  const french = await t.api('POST', '/api/auth/sign-up', { body })
  const english = await t.api('POST', '/api/auth/sign-up', { body, headers: { 'accept-language': 'en-GB,fr;q=0.5' } })
  expect(french).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } })
  expect(french.headers['content-type']).toContain('application/problem+json')
  expect(french.headers['content-language']).toBe('fr')
  expect(english.headers['content-language']).toBe('en')
  expect(french.body.problems.map((p: { field: string; message: string }) => [p.field, p.message])).toEqual([
    ['name', 'Ce champ ne peut pas être vide.'],
    ['email', 'Indiquez une adresse électronique, par exemple claire@exemple.fr.'],
    ['password', 'Écrivez au moins 10 caractères.'],
  ])
  expect(english.body.problems.map((p: { message: string }) => p.message)).toEqual(['This field cannot be empty.', 'Give an e-mail address, for example claire@example.org.', 'Write at least 10 characters.'])
  expect((await t.api('POST', '/api/auth/sign-up', { body: {} })).body.problems.map((p: { field: string }) => p.field)).toEqual(['name', 'email', 'password'])
})

test('this installation says that someone has an account, and shows no demonstration it does not hold', async () => {
  await t.signUp()
  expect((await t.api('GET', '/api/instance')).body).toMatchObject({ hasUsers: true, demo: null, version: expect.stringMatching(/^\d+\.\d+\.\d+/) })
})
