import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, TEST_NOW, TEST_PASSWORD, type Answer, type TestApp, type TestPerson } from '../../../../tests/support/server.ts'
import { fixedClock } from '../../../platform/clock/clock.ts'

let t: TestApp
let at = Date.parse(TEST_NOW)
const clock = { ...fixedClock(TEST_NOW), now: () => new Date(at) }
beforeAll(async () => { t = await startTestApp({ now: clock }) })
afterAll(async () => { await t.close() })

const password = TEST_PASSWORD
const cookiesOf = (answer: Answer) => [answer.headers['set-cookie']].flat().map((header) => String(header).split(';')[0]).join('; ')
const login = (person: { email: string }, cookie?: string) => t.api('POST', '/api/auth/login', { body: { email: person.email, password }, as: cookie })
const verify = (cookie: string, body: unknown) => t.api('POST', '/api/auth/two-factor/verify', { body, as: cookie })
/** The code an authenticator application shows, some seconds from now; then the clock moves on, as no code is taken twice. */
const codeOf = (secret: string, seconds = 0) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at + seconds * 1000 })
const nextCode = (secret: string) => { at += 60_000; return codeOf(secret) }
const mailsTo = async (person: { email: string }) => (await t.app.mail.listAll(person.email, 20)).map(({ subject }) => subject)

async function protectedPerson(): Promise<TestPerson & { readonly secret: string; readonly recoveryCodes: readonly string[] }> {
  const person = await t.signUp()
  const { body: { secret } } = await t.api('POST', '/api/auth/two-factor/enrol', { as: person, body: { password } })
  const confirmed = await t.api('POST', '/api/auth/two-factor/confirm', { as: person, body: { code: nextCode(secret) } })
  expect(confirmed.status).toBe(200)
  return { ...person, secret, recoveryCodes: confirmed.body.recoveryCodes }
}

test('a second factor begins with the password and counts only from its first right code', async () => {
  const person = await t.signUp()
  expect(await t.api('POST', '/api/auth/two-factor/enrol', { as: person, body: { password: 'not the password' } })).toMatchObject({ status: 403, body: { code: 'PASSWORD_WRONG' } })
  const begun = await t.api('POST', '/api/auth/two-factor/enrol', { as: person, body: { password } })
  expect(begun.body.uri).toContain(`secret=${begun.body.secret}&issuer=Quittance`)
  expect((await login(person)).body).toMatchObject({ next: 'done', user: { id: person.id } })
  expect((await t.api('POST', '/api/auth/two-factor/confirm', { as: person, body: { code: '000000' } })).body.code).toBe('CODE_WRONG')
  const confirmed = await t.api('POST', '/api/auth/two-factor/confirm', { as: person, body: { code: nextCode(begun.body.secret) } })
  expect(confirmed.body.recoveryCodes).toHaveLength(10)
  expect((await t.api('GET', '/api/auth/two-factor', { as: person })).body).toMatchObject({ enabled: true, recoveryCodesLeft: 10 })
  expect((await t.api('POST', '/api/auth/two-factor/enrol', { as: person, body: { password } })).body.code).toBe('TWO_FACTOR_ALREADY_ON')
  expect(await mailsTo(person)).toContain('Second facteur activé')
})

test('the seed and the recovery codes cannot be read in the database', async () => {
  const { id, secret, recoveryCodes } = await protectedPerson()
  const { rows } = await t.db.system((tx) => tx.query<{ text: string }>('select f::text || coalesce(string_agg(c::text, \' \'), \'\') as text from auth.second_factor f left join auth.recovery_code c on c.user_id = f.id where f.id = $1 group by f.*', [id]))
  const text = rows[0]?.text ?? ''
  expect(text).toContain('q1.')
  for (const hidden of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))]) expect(text).not.toContain(hidden)
})

test('the right password then asks for a code, opens nothing before it, and the code opens', async () => {
  const person = await protectedPerson()
  const first = await login(person)
  expect(first).toMatchObject({ status: 200, body: { next: 'two-factor', user: null } })
  expect(String(first.headers['set-cookie'])).toMatch(/quittance\.challenge=.*Max-Age=300.*HttpOnly/)
  expect((await t.api('GET', '/api/me', { as: cookiesOf(first) })).status).toBe(401)
  const second = await verify(cookiesOf(first), { code: nextCode(person.secret) })
  expect(second).toMatchObject({ status: 200, body: { user: { id: person.id } } })
  expect((await t.api('GET', '/api/me', { as: cookiesOf(second) })).status).toBe(200)
  expect((await t.api('GET', '/api/auth/sessions', { as: cookiesOf(second) })).body.items[0]).toMatchObject({ method: 'two-factor', current: true })
})

test('a code is taken once, and so is its challenge', async () => {
  const person = await protectedPerson()
  const [one, two] = [cookiesOf(await login(person)), cookiesOf(await login(person))]
  const code = nextCode(person.secret)
  const answers = await Promise.all([verify(one, { code }), verify(two, { code })])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
  const used = answers[0]?.status === 200 ? one : two
  expect((await verify(used, { code: nextCode(person.secret) })).body.code).toBe('CHALLENGE_ENDED')
})

test('five wrong codes end the challenge, even for the right code, and the password is asked for again', async () => {
  const person = await protectedPerson()
  const cookie = cookiesOf(await login(person))
  const answers = await Promise.all(['000001', '000002', '000003', '000004', '000005'].map((code) => verify(cookie, { code })))
  expect(answers.map(({ body }) => body.code)).toEqual(Array.from({ length: 5 }, () => 'CODE_WRONG'))
  expect(await verify(cookie, { code: nextCode(person.secret) })).toMatchObject({ status: 401, body: { code: 'CHALLENGE_ENDED' } })
  expect((await verify(cookiesOf(await login(person)), { code: nextCode(person.secret) })).status).toBe(200)
})

test('whoever knows the password cannot guess codes either: after ten wrong ones every code has to wait', async () => {
  const person = await protectedPerson()
  for (const round of [1, 2]) {
    const cookie = cookiesOf(await login(person))
    for (let n = 0; n < 5; n += 1) await verify(cookie, { code: `00000${round}` })
  }
  const refused = await verify(cookiesOf(await login(person)), { code: nextCode(person.secret) })
  expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } })
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
})

test('a recovery code opens once, as it was written by hand, and the person hears of it', async () => {
  const person = await protectedPerson()
  const code = (person.recoveryCodes[3] ?? '').toLowerCase().replaceAll('-', ' ')
  const done = await verify(cookiesOf(await login(person)), { recoveryCode: code })
  expect(done.status).toBe(200)
  expect((await t.api('GET', '/api/auth/two-factor', { as: cookiesOf(done) })).body.recoveryCodesLeft).toBe(9)
  expect((await verify(cookiesOf(await login(person)), { recoveryCode: code })).body.code).toBe('CODE_WRONG')
  expect(await mailsTo(person)).toContain('Un code de secours a servi')
})

test('renewed recovery codes put the former ones out of use', async () => {
  const person = await protectedPerson()
  const renewed = await t.api('POST', '/api/auth/two-factor/recovery-codes', { as: person, body: { password } })
  expect(renewed.body.recoveryCodes).toHaveLength(10)
  expect((await verify(cookiesOf(await login(person)), { recoveryCode: person.recoveryCodes[0] })).body.code).toBe('CODE_WRONG')
  expect((await verify(cookiesOf(await login(person)), { recoveryCode: renewed.body.recoveryCodes[0] })).status).toBe(200)
})

test('turning it off asks for the password, and the password alone then opens', async () => {
  const person = await protectedPerson()
  expect((await t.api('POST', '/api/auth/two-factor/disable', { as: person, body: { password: 'not the password' } })).body.code).toBe('PASSWORD_WRONG')
  expect((await t.api('POST', '/api/auth/two-factor/disable', { as: person, body: { password } })).status).toBe(204)
  expect((await login(person)).body.next).toBe('done')
  expect((await t.api('POST', '/api/auth/two-factor/disable', { as: person, body: { password } })).body.code).toBe('TWO_FACTOR_OFF')
})

test('a challenge that is five minutes old, forged or signed as another cookie opens nothing', async () => {
  const person = await protectedPerson()
  const cookie = cookiesOf(await login(person))
  await t.db.system((tx) => tx.query('update auth.sign_in_challenge set expires_at = now() - interval \'1 second\' where user_id = $1', [person.id]))
  expect((await verify(cookie, { code: nextCode(person.secret) })).body.code).toBe('CHALLENGE_ENDED')
  expect((await verify(cookie.replace('challenge', 'session_token'), { code: nextCode(person.secret) })).body.code).toBe('CHALLENGE_ENDED')
  expect((await t.api('GET', '/api/me', { as: cookie.replace('challenge', 'session_token') })).status).toBe(401)
  expect((await verify(cookiesOf(await login(person)), {})).body.code).toBe('CODE_REQUIRED')
})
