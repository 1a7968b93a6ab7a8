import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, TEST_PASSWORD, type Answer, type TestApp } from '../../../../tests/support/server.ts'
import { createAuth } from '../../../platform/auth/auth.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() })
afterAll(async () => { await t.close() })

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'
const cookiesOf = (answer: Answer) => [answer.headers['set-cookie']].flat().map((header) => String(header).split(';')[0]).join('; ')
const login = (person: { email: string }, options: { password?: string; address?: string; cookie?: string; agent?: string } = {}) => t.api('POST', '/api/auth/login', {
  body: { email: person.email, password: options.password ?? TEST_PASSWORD }, as: options.cookie,
  headers: { 'user-agent': options.agent ?? FIREFOX, ...(options.address ? { 'x-forwarded-for': options.address } : {}) },
})
const me = async (cookie: string) => (await t.api('GET', '/api/me', { as: cookie })).status
const mailsTo = async (person: { email: string }) => await t.app.mail.listAll(person.email, 50)
const subjectsTo = async (person: { email: string }) => (await mailsTo(person)).map(({ subject }) => subject)

test('my sessions say when, from what and where, and one of them is this one', async () => {
  const person = await t.signUp()
  const cookie = cookiesOf(await login(person, { address: '203.0.113.5' }))
  const { body } = await t.api('GET', '/api/auth/sessions', { as: cookie })
  expect(body.items).toHaveLength(2)
  expect(body.items.find(({ current }: { current: boolean }) => current)).toMatchObject({ device: 'Firefox, Linux', address: '203.0.113.5', kind: 'browser', method: 'password' })
  expect(body.items.filter(({ current }: { current: boolean }) => current)).toHaveLength(1)
})

test('ending one session ends it alone, at once; nobody ends another person\'s', async () => {
  const [person, other] = [await t.signUp(), await t.signUp()]
  const cookie = cookiesOf(await login(person))
  const { body } = await t.api('GET', '/api/auth/sessions', { as: cookie })
  const first = body.items.find(({ current }: { current: boolean }) => !current)
  expect(await me(person.cookie)).toBe(200)
  expect((await t.api('DELETE', `/api/auth/sessions/${first.id}`, { as: other })).status).toBe(404)
  expect((await t.api('DELETE', `/api/auth/sessions/${first.id}`, { as: cookie })).status).toBe(204)
  expect([await me(person.cookie), await me(cookie)]).toEqual([401, 200])
  expect((await t.api('DELETE', `/api/auth/sessions/${first.id}`, { as: cookie })).status).toBe(404)
})

test('ending the others ends them in every process', async () => {
  const person = await t.signUp()
  const cookie = cookiesOf(await login(person))
  const elsewhere = createAuth(t.db, { publicUrl: t.app.config.publicUrl, secret: t.app.config.secret }, { secrets: t.app.secrets })
  const stop = await elsewhere.start()
  expect(await elsewhere.personOf(person.cookie)).toMatchObject({ id: person.id })
  expect((await t.api('POST', '/api/auth/sessions/revoke-others', { as: cookie })).body).toEqual({ revoked: 1 })
  expect([await me(person.cookie), await me(cookie)]).toEqual([401, 200])
  await expect.poll(() => elsewhere.personOf(person.cookie), { timeout: 3_000 }).toBeNull()
  await stop()
})

test('a sign-in from a new device is told by e-mail, one from a known device is not', async () => {
  const person = await t.signUp()
  const first = await login(person, { address: '203.0.113.9' })
  expect(await subjectsTo(person)).toEqual(['Nouvelle connexion à votre compte'])
  const [mail] = await mailsTo(person)
  expect(mail?.text).toContain('Firefox, Linux, adresse 203.0.113.9')
  // The same browser in another place brings its cookie.
  await login(person, { address: '198.51.100.20', cookie: cookiesOf(first) })
  expect(await subjectsTo(person)).toHaveLength(1)
  await login(person, { address: '198.51.100.20' })
  expect(await subjectsTo(person)).toHaveLength(2)
})

test('the same browser that serves two people is known to both', async () => {
  const [one, two] = [await t.signUp(), await t.signUp()]
  const cookie = cookiesOf(await login(one))
  const second = await login(two, { cookie })
  expect(String(second.headers['set-cookie'])).not.toContain('quittance.device')
  await login(one, { cookie })
  await login(two, { cookie })
  expect([await subjectsTo(one), await subjectsTo(two)].map((subjects) => subjects.length)).toEqual([1, 1])
})

test('changing the password asks for the present one and ends every other session', async () => {
  const person = await t.signUp()
  const cookie = cookiesOf(await login(person))
  const change = (body: unknown) => t.api('POST', '/api/auth/password', { as: cookie, body })
  expect((await change({ current: 'not the password', password: 'tartine bleue vélo' })).body.code).toBe('PASSWORD_WRONG')
  expect((await change({ current: TEST_PASSWORD, password: 'azertyuiop123' })).body).toMatchObject({ code: 'PASSWORD_COMMON', problems: [{ field: 'password' }] })
  expect((await change({ current: TEST_PASSWORD, password: 'tartine bleue vélo' })).status).toBe(204)
  expect([await me(person.cookie), await me(cookie)]).toEqual([401, 200])
  expect((await login(person)).body.code).toBe('CREDENTIALS_WRONG')
  expect((await login(person, { password: 'tartine bleue vélo' })).status).toBe(200)
  expect(await subjectsTo(person)).toContain('Votre mot de passe a changé')
})

test('a password made of one\'s own name is refused at sign-up, in words', async () => {
  const answer = await t.api('POST', '/api/auth/sign-up', { body: { name: 'Barnabé Lenoir', email: 'barnabe.lenoir@example.org', password: 'BarnabeLenoir1' } })
  expect(answer).toMatchObject({ status: 422, body: { code: 'PASSWORD_PERSONAL', problems: [{ field: 'password' }] } })
})

const linkOf = async (person: { email: string }) => {
  await t.app.jobs.idle()
  const mail = (await mailsTo(person)).find(({ subject }) => subject === 'Choisir un nouveau mot de passe')
  return /reinitialiser#(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
}
const ask = (email: string, address = '192.0.2.50') => t.api('POST', '/api/auth/password-reset', { body: { email }, headers: { 'x-forwarded-for': address } })
const confirm = (token: string, password: string) => t.api('POST', '/api/auth/password-reset/confirm', { body: { token, password } })

test('a forgotten password: the link works once, ends every session, and nothing in the database opens the account', async () => {
  const person = await t.signUp()
  expect(await ask(person.email.toUpperCase())).toMatchObject({ status: 202, body: { minutes: 60 } })
  const token = await linkOf(person)
  expect(token.length).toBeGreaterThan(40)
  const { rows } = await t.db.system((tx) => tx.query<{ text: string }>('select (select string_agg(r::text, \' \') from auth.password_reset r) || (select string_agg(m::text, \' \') from auth.mail_message m) as text'))
  expect(rows[0]?.text).not.toContain(token)
  expect((await confirm(token, 'motdepasse123')).body.code).toBe('PASSWORD_COMMON')
  expect((await confirm(token, 'tartine bleue vélo')).status).toBe(204)
  expect(await me(person.cookie)).toBe(401)
  expect(await confirm(token, 'tartine verte vélo')).toMatchObject({ status: 410, body: { code: 'RESET_LINK_ENDED' } })
  expect((await login(person, { password: 'tartine bleue vélo' })).body.next).toBe('done')
})

test('a link is over after an hour', async () => {
  const person = await t.signUp()
  await ask(person.email)
  const token = await linkOf(person)
  await t.db.system((tx) => tx.query('update auth.password_reset set expires_at = expires_at - interval \'1 hour\' where user_id = $1', [person.id]))
  expect((await confirm(token, 'tartine bleue vélo')).body.code).toBe('RESET_LINK_ENDED')
})

test('asking tells nothing of whether the address has an account, and is limited by address and by account', async () => {
  const person = await t.signUp()
  const [known, unknown] = [await ask(person.email, '192.0.2.60'), await ask('nobody-at-all@example.org', '192.0.2.60')]
  expect([unknown.status, unknown.body]).toEqual([known.status, known.body])
  for (let n = 0; n < 5; n += 1) { await ask(person.email, `192.0.2.${70 + n}`); await t.app.jobs.idle() }
  expect(await subjectsTo(person)).toHaveLength(3)
  for (let n = 0; n < 8; n += 1) await ask('nobody-at-all@example.org', '192.0.2.60')
  const refused = await ask(person.email, '192.0.2.60')
  expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } })
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
})

test('while others guess from everywhere, the owner gets in from a browser they used, with the right password', async () => {
  const person = await t.signUp()
  const known = cookiesOf(await login(person, { address: '203.0.113.30' }))
  for (let n = 0; n < 20; n += 1) await login(person, { password: 'a guess', address: `198.51.100.${100 + n}` })
  // The longest wait of the account's counter, as a thousand guesses leave it.
  const blocked = await t.db.system((tx) => tx.query('update auth.attempt set blocked_until = now() + interval \'30 seconds\' where count = 20 and key = encode(sha256(convert_to($1, \'UTF8\')), \'hex\')', [`account ${person.email}`]))
  expect(blocked.rowCount).toBe(1)
  const stranger = await login(person, { address: '192.0.2.99' })
  expect(stranger.status).toBe(429)
  expect(Number(stranger.headers['retry-after'])).toBeLessThanOrEqual(30)
  expect((await login(person, { cookie: known, address: '198.51.100.101' })).status).toBe(200)
  await t.db.system((tx) => tx.query('update auth.attempt set blocked_until = now()'))
  expect((await login(person, { address: '192.0.2.99' })).status).toBe(200)
})

test('accounts are made thirty an hour from one address, and then one waits', async () => {
  const answers: Answer[] = []
  for (let n = 0; n < 31; n += 1) answers.push(await t.api('POST', '/api/auth/sign-up', { body: { name: 'Many', email: `many-${n}@example.org`, password: TEST_PASSWORD }, headers: { 'x-forwarded-for': '192.0.2.200' } }))
  expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 30 }, () => 201), 429])
  expect(Number(answers.at(-1)?.headers['retry-after'])).toBeGreaterThan(0)
})
