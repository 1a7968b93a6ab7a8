import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type CallOptions, type Json, type TestApp, type TestCompany } from '../../../../tests/support/server.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() })
afterAll(async () => { await t.close() })

type Made = { readonly id: string; readonly key: string }

async function makeKey(company: CallOptions['as'], options: { readonly scopes?: readonly string[]; readonly tenant?: TestCompany; readonly expiresAt?: string } = {}): Promise<Made> {
  const { tenant, ...fields } = options
  const answer = await t.api('POST', '/api/keys', { as: company, ...(tenant ? { tenant } : {}), body: { name: 'Caisse', scopes: ['company.read', 'customer.read'], ...fields } })
  expect(answer.status, answer.text).toBe(201)
  return { id: String(answer.body.id), key: String(answer.body.key) }
}

const withKey = ({ key }: Made, tenant?: TestCompany): CallOptions => ({ headers: { authorization: `Bearer ${key}` }, ...(tenant ? { tenant } : {}) })
const listed = async (company: TestCompany, id: string): Promise<Json> => (await t.api('GET', '/api/keys', { as: company })).body.items.find((key: { id: string }) => key.id === id)

describe('an API key', () => {
  test('is shown once, kept as its SHA-256, and opens its company without naming it', async () => {
    const company = await t.company()
    const made = await makeKey(company)
    expect(made.key).toMatch(/^qt_[A-Za-z0-9_-]{43}$/)
    expect(await t.api('GET', '/api/company', withKey(made))).toMatchObject({ status: 200, body: { id: company.tenantId } })
    expect((await t.api('GET', '/api/company', withKey(made, company))).status).toBe(200)
    expect((await t.api('GET', '/api/keys', { as: company })).text).not.toContain(made.key)
    const { rows } = await t.db.owner.query<{ hash: Uint8Array }>('select hash from app.api_key where id = $1', [made.id])
    expect(Buffer.from(rows[0]?.hash ?? []).toString('hex')).toBe(createHash('sha256').update(made.key).digest('hex'))
  })

  test('opens no other company, and speaks for no person', async () => {
    const [company, other] = [await t.company(), await t.company()]
    const made = await makeKey(company)
    expect(await t.api('GET', '/api/company', withKey(made, other))).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    expect(await t.api('GET', '/api/me', withKey(made))).toMatchObject({ status: 403, body: { code: 'API_KEY_NOT_A_PERSON' } })
    expect(await t.api('POST', '/api/companies', { ...withKey(made), body: { name: 'Autre', kind: 'company' } })).toMatchObject({ status: 403 })
  })

  test('does what its scopes say and no more, and never makes keys, members or grants', async () => {
    const company = await t.company()
    const made = await makeKey(company, { scopes: ['company.read', 'customer.read', 'customer.write'] })
    expect((await t.api('POST', '/api/customers', { ...withKey(made), body: { name: 'Client' } })).status).toBe(201)
    expect(await t.api('PATCH', '/api/company', { ...withKey(made), body: { city: 'Lyon' } })).toMatchObject({ status: 403, body: { code: 'PERMISSION_MISSING' } })
    for (const scope of ['key.manage', 'member.manage', 'grant.manage', 'nothing.such']) {
      expect(await t.api('POST', '/api/keys', { as: company, body: { name: 'x', scopes: [scope] } }), scope).toMatchObject({ status: 422, body: { code: 'KEY_SCOPE_REFUSED' } })
    }
    expect((await t.api('GET', '/api/keys', withKey(made))).status).toBe(403)
  })

  test('writes in the name of the key and of the person who made it', async () => {
    const company = await t.company()
    const made = await makeKey(company, { scopes: ['customer.write'] })
    await t.api('POST', '/api/customers', { ...withKey(made), body: { name: 'Client' } })
    const log = await t.api('GET', '/api/audit', { as: company })
    expect(log.body.items[0]).toMatchObject({ action: 'customer.create', actor: `Caisse · ${company.owner.name}`, userId: company.owner.id })
    expect(log.body.items[1]).toMatchObject({ action: 'key.create', subjectId: made.id, after: { name: 'Caisse', scopes: ['customer.write'] } })
    expect(log.text).not.toContain(made.key)
  })

  test('stops at once when it is revoked, and stays in the list', async () => {
    const company = await t.company()
    const made = await makeKey(company)
    expect((await t.api('GET', '/api/company', withKey(made))).status).toBe(200)
    expect((await t.api('DELETE', `/api/keys/${made.id}`, { as: company })).status).toBe(204)
    expect(await t.api('GET', '/api/company', withKey(made))).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } })
    expect((await t.api('DELETE', `/api/keys/${made.id}`, { as: company })).status).toBe(204)
    expect(await listed(company, made.id)).toMatchObject({ state: 'revoked' })
    expect((await t.api('GET', '/api/audit?action=key.revoke', { as: company })).body.items).toHaveLength(1)
  })

  test('does less when its maker may do less, stops when they leave, and serves again when they come back', async () => {
    const company = await t.company()
    const admin = await t.member(company, 'admin')
    const made = await makeKey(admin, { scopes: ['customer.read', 'customer.write'] })
    const create = () => t.api('POST', '/api/customers', { ...withKey(made), body: { name: 'Client' } })
    expect((await create()).status).toBe(201)
    await t.api('PATCH', `/api/members/${admin.id}`, { as: company, body: { role: 'viewer' } })
    expect((await create()).status).toBe(403)
    expect((await t.api('GET', '/api/customers', withKey(made))).status).toBe(200)
    await t.api('DELETE', `/api/members/${admin.id}`, { as: company })
    expect((await t.api('GET', '/api/customers', withKey(made))).status).toBe(401)
    expect(await listed(company, made.id)).toMatchObject({ state: 'suspended' })
    await t.api('POST', '/api/members', { as: company, body: { email: admin.email, role: 'admin' } })
    expect((await create()).status).toBe(201)
  })

  test('made by a firm stops with the grant', async () => {
    const company = await t.company()
    const firm = await t.company('firm')
    const grant = await t.api('POST', '/api/grants', { as: company, body: { firmSlug: firm.slug, role: 'admin' } })
    const made = await makeKey(firm.cookie, { tenant: company })
    expect((await t.api('GET', '/api/company', withKey(made))).status).toBe(200)
    await t.api('POST', `/api/grants/${grant.body.id}/revoke`, { as: company })
    expect((await t.api('GET', '/api/company', withKey(made))).status).toBe(401)
  })

  test('ends at its time, which lies ahead when it is made', async () => {
    const company = await t.company()
    expect(await t.api('POST', '/api/keys', { as: company, body: { name: 'x', scopes: ['company.read'], expiresAt: '2026-11-20T10:00:00Z' } })).toMatchObject({ status: 422, body: { code: 'KEY_EXPIRY_PAST' } })
    const made = await makeKey(company, { expiresAt: '2099-01-01T00:00:00Z' })
    expect((await t.api('GET', '/api/company', withKey(made))).status).toBe(200)
    await t.db.owner.query('update app.api_key set expires_at = $2 where id = $1', [made.id, '2026-11-20T09:59:59Z'])
    await t.app.auth.accessChanged()
    expect((await t.api('GET', '/api/company', withKey(made))).status).toBe(401)
    expect(await listed(company, made.id)).toMatchObject({ state: 'expired' })
  })

  test('notes its last use once a minute at most', async () => {
    const company = await t.company()
    const made = await makeKey(company)
    expect(await listed(company, made.id)).toMatchObject({ lastUsedAt: null, state: 'active' })
    await t.api('GET', '/api/company', withKey(made))
    const first = await listed(company, made.id)
    expect(first).toMatchObject({ lastUsedAddress: '127.0.0.1', lastUsedAt: expect.any(String) })
    await t.app.auth.accessChanged()
    await t.api('GET', '/api/company', withKey(made))
    expect((await listed(company, made.id)).lastUsedAt).toBe(first.lastUsedAt)
    await t.db.owner.query('update app.api_key set last_used_at = now() - interval \'61 seconds\' where id = $1', [made.id])
    await t.app.auth.accessChanged()
    await t.api('GET', '/api/company', withKey(made))
    expect((await listed(company, made.id)).lastUsedAt > first.lastUsedAt).toBe(true)
  })

  test.each(['qt_', 'qt_short', `qt_${'a'.repeat(43)}`, `qt_${'a'.repeat(44)}`, 'Basic abc', 'x'.repeat(5000)])('that does not exist opens nothing: %s', async (key) => {
    expect((await t.api('GET', '/api/company', { headers: { authorization: `Bearer ${key}` } })).status).toBe(401)
  })
})
