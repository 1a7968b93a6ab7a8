import { generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { createLocalJWKSet, jwtVerify, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, TEST_NOW, TEST_PASSWORD, type TestApp } from '../../../../tests/support/server.ts'
import { fixedClock } from '../../../platform/clock/clock.ts'

let t: TestApp
let at = Date.parse(TEST_NOW)
const clock = { ...fixedClock(TEST_NOW), now: () => new Date(at) }
beforeAll(async () => { t = await startTestApp({ now: clock }) })
afterAll(async () => { await t.close() })

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const me = (token: string) => t.api('GET', '/api/me', { headers: bearer(token) })
const tokensOf = async (person: { email: string }) => (await t.api('POST', '/api/auth/token', { body: { email: person.email, password: TEST_PASSWORD } })).body
const refresh = (refreshToken: string) => t.api('POST', '/api/auth/refresh', { body: { refreshToken } })
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>
const headerOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { alg: string; kid: string; typ: string }

test('an e-mail and its password give an access token of fifteen minutes that anyone can verify with the published keys', async () => {
  const person = await t.signUp()
  const tokens = await tokensOf(person)
  expect(tokens).toMatchObject({ tokenType: 'Bearer', expiresIn: 900 })
  const keys = await t.api('GET', '/.well-known/jwks.json')
  expect(keys.body.keys[0]).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' })
  expect(keys.text).not.toContain('"d"')
  const { payload } = await jwtVerify(tokens.accessToken, createLocalJWKSet(keys.body), { issuer: 'http://127.0.0.1:3000', audience: 'quittance-api', typ: 'at+jwt', currentDate: new Date(at) })
  expect(payload).toMatchObject({ sub: person.id, exp: Math.floor(at / 1000) + 900 })
  expect((await me(tokens.accessToken)).body.user).toMatchObject({ id: person.id })
})

test('a token acts in the companies of its person, and only there', async () => {
  const [company, other] = [await t.company(), await t.company()]
  const { accessToken } = await tokensOf(company.owner)
  const get = (tenant: string) => t.api('GET', '/api/company', { headers: bearer(accessToken), tenant })
  expect([(await get(company.tenantId)).status, (await get(other.tenantId)).status]).toEqual([200, 404])
})

test('a session gives tokens too; a token gives none', async () => {
  const person = await t.signUp()
  const { status, body } = await t.api('POST', '/api/auth/token', { as: person, body: {} })
  expect(status).toBe(200)
  expect((await t.api('POST', '/api/auth/token', { headers: bearer(body.accessToken), body: {} })).body.code).toBe('SESSION_NEEDED')
  expect((await t.api('POST', '/api/auth/token', { body: {} })).body.code).toBe('SIGN_IN_REQUIRED')
  expect((await t.api('POST', '/api/auth/token', { body: { email: person.email, password: 'not the password' } })).body.code).toBe('CREDENTIALS_WRONG')
})

test('after fifteen minutes a token is over, and one second before it is not', async () => {
  const { accessToken } = await tokensOf(await t.signUp())
  at += 899_000
  expect((await me(accessToken)).status).toBe(200)
  at += 1_000
  expect(await me(accessToken)).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } })
})

test('forged tokens are nobody\'s: no algorithm, another key, our own public key as a secret, another audience, issuer, kind or person', async () => {
  const [person, other] = [await t.signUp(), await t.signUp()]
  const { accessToken } = await tokensOf(person)
  const claims = claimsOf(accessToken)
  const { kid } = headerOf(accessToken)
  const stranger = generateKeyPairSync('ed25519').privateKey
  const published = (await t.api('GET', '/.well-known/jwks.json')).body.keys[0] as { x: string }
  const mine = (payload: Record<string, unknown>, header: Record<string, unknown> = {}) => new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid, ...header }).sign(stranger)
  const body = accessToken.split('.')
  const forged: Record<string, string> = {
    none: new UnsecuredJWT(claims).encode(),
    'none, with the kid': `${part({ alg: 'none', typ: 'at+jwt', kid })}.${body[1] ?? ''}.`,
    'another key': await mine(claims),
    'another key and an unknown kid': await mine(claims, { kid: '01890000-0000-7000-8000-000000000000' }),
    'the public key as an HMAC secret': await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid }).sign(Buffer.from(published.x, 'base64url')),
    'its own key in the header': await mine(claims, { jwk: { kty: 'OKP', crv: 'Ed25519', x: published.x }, kid: undefined }),
    'another person': `${body[0] ?? ''}.${part({ ...claims, sub: other.id })}.${body[2] ?? ''}`,
    'a later end': `${body[0] ?? ''}.${part({ ...claims, exp: Number(claims['exp']) + 9_000 })}.${body[2] ?? ''}`,
    'a signature cut short': accessToken.slice(0, -4),
    'no signature': `${body[0] ?? ''}.${body[1] ?? ''}.`,
    'dots alone': '..',
    'a signature over something else': `${body[0] ?? ''}.${body[1] ?? ''}.${signBytes(null, Buffer.from('something else'), stranger).toString('base64url')}`,
  }
  for (const [what, token] of Object.entries(forged)) expect((await me(token)).body.code, what).toBe('TOKEN_INVALID')
  // The same key signs what differs in one claim: only our own claims pass.
  const { rows } = await t.db.system((tx) => tx.query<{ sealed: string }>('select private_sealed as sealed from auth.jwks where id = $1', [kid]))
  const secret = JSON.parse(await t.app.secrets.open({ tenantId: null, purpose: `jwt.key:${kid}` }, rows[0]?.sealed ?? '')) as JsonWebKey
  const ours = async (payload: Record<string, unknown>, typ = 'at+jwt') => new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', typ, kid }).sign(secret)
  expect((await me(await ours(claims))).status).toBe(200)
  const { sid: _sid, ...withoutSession } = claims
  for (const token of [await ours({ ...claims, aud: 'another-api' }), await ours({ ...claims, iss: 'https://elsewhere.example' }), await ours(claims, 'JWT'), await ours({ ...claims, sub: other.id }), await ours(withoutSession)]) {
    expect((await me(token)).body.code).toBe('TOKEN_INVALID')
  }
})

test('a wrong Authorization header is refused, whatever the cookie', async () => {
  const person = await t.signUp()
  for (const authorization of ['Bearer x.y.z', 'Bearer qt_unknown', 'Basic Y2xhaXJlOnNlY3JldA==', 'Bearer', '']) {
    expect((await t.api('GET', '/api/me', { as: person, headers: { authorization } })).status, authorization).toBe(401)
  }
})

test('each refresh token is good once; used again, it ends its whole family', async () => {
  const person = await t.signUp()
  const [first, untouched] = [await tokensOf(person), await tokensOf(person)]
  const second = await refresh(first.refreshToken)
  expect(second.status).toBe(200)
  expect(second.body.refreshToken).not.toBe(first.refreshToken)
  expect((await me(second.body.accessToken)).status).toBe(200)
  expect(await refresh(first.refreshToken)).toMatchObject({ status: 401, body: { code: 'REFRESH_TOKEN_ENDED' } })
  expect((await refresh(second.body.refreshToken)).status).toBe(401)
  expect((await me(second.body.accessToken)).status).toBe(401)
  expect((await refresh(untouched.refreshToken)).status).toBe(200)
})

test('the same refresh token sent twice at the same moment gives one pair at most, and the family ends', async () => {
  const tokens = await tokensOf(await t.signUp())
  const answers = await Promise.all([refresh(tokens.refreshToken), refresh(tokens.refreshToken)])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
  const given = answers.find(({ status }) => status === 200)
  expect((await refresh(given?.body.refreshToken)).status).toBe(401)
})

test('refresh tokens cannot be read in the database, end after thirty days, and can be given back', async () => {
  const tokens = await tokensOf(await t.signUp())
  expect((await t.db.system((tx) => tx.query<{ all: string }>('select string_agg(r::text, \' \') as all from auth.refresh_token r'))).rows[0]?.all).not.toContain(tokens.refreshToken)
  await t.db.system((tx) => tx.query('update auth.refresh_token set expires_at = expires_at - interval \'30 days\''))
  expect((await refresh(tokens.refreshToken)).status).toBe(401)
  const again = await tokensOf(await t.signUp())
  expect((await t.api('POST', '/api/auth/token/revoke', { body: { refreshToken: again.refreshToken } })).status).toBe(204)
  expect([(await refresh(again.refreshToken)).status, (await me(again.accessToken)).status]).toEqual([401, 401])
  expect((await t.api('POST', '/api/auth/token/revoke', { body: { refreshToken: 'never given to anyone' } })).status).toBe(204)
})

test('a program is one of my sessions, and ending it stops its tokens at once', async () => {
  const person = await t.signUp()
  const tokens = await tokensOf(person)
  expect((await me(tokens.accessToken)).status).toBe(200)
  const row = (await t.api('GET', '/api/auth/sessions', { as: person })).body.items.find(({ kind }: { kind: string }) => kind === 'program')
  expect((await t.api('DELETE', `/api/auth/sessions/${row.id}`, { as: person })).status).toBe(204)
  expect([(await me(tokens.accessToken)).status, (await refresh(tokens.refreshToken)).status]).toEqual([401, 401])
})

test('a grant taken back, a role lost and an account removed stop a token in mid-flight', async () => {
  const company = await t.company()
  const firm = await t.company('firm')
  const { body: grant } = await t.api('POST', '/api/grants', { as: company, body: { firmSlug: firm.slug, role: 'accountant' } })
  const { accessToken } = await tokensOf(firm.owner)
  const read = () => t.api('GET', '/api/company', { headers: bearer(accessToken), tenant: company.tenantId })
  expect((await read()).status).toBe(200)
  await t.api('POST', `/api/grants/${grant.id}/revoke`, { as: company })
  expect((await read()).status).toBe(404)

  const member = await t.member(company, 'admin')
  const tokens = await tokensOf(member)
  const rename = () => t.api('PATCH', '/api/company', { headers: bearer(tokens.accessToken), tenant: company.tenantId, body: { city: 'Rennes' } })
  expect((await rename()).status).toBe(200)
  await t.api('PATCH', `/api/members/${member.id}`, { as: company, body: { role: 'viewer' } })
  expect((await rename()).body.code).toBe('PERMISSION_MISSING')

  const leaving = await t.signUp()
  const last = await tokensOf(leaving)
  await t.db.system((tx) => tx.query('delete from auth."user" where id = $1', [leaving.id]))
  expect([(await me(last.accessToken)).status, (await refresh(last.refreshToken)).status]).toEqual([401, 401])
})

test('a key signs for thirty days, then a new one does; what the former signed is still taken', async () => {
  const person = await t.signUp()
  const before = headerOf((await tokensOf(person)).accessToken).kid
  // The key was made at the first test, when the clock stood at TEST_NOW.
  at = Date.parse(TEST_NOW) + 30 * 86_400_000 - 60_000
  const last = (await tokensOf(person)).accessToken
  expect(headerOf(last).kid).toBe(before)
  at += 120_000
  const next = (await tokensOf(person)).accessToken
  expect(headerOf(next).kid).not.toBe(before)
  expect([(await me(last)).status, (await me(next)).status]).toEqual([200, 200])
  expect((await t.api('GET', '/.well-known/jwks.json')).body.keys.map(({ kid }: { kid: string }) => kid)).toEqual([headerOf(next).kid, before])
})
