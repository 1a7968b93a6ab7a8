import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UserId } from '../../../../core/kernel/id.ts'
import { startTestApp, type TestApp } from '../../../../tests/support/server.ts'
import type { Refusal } from '../../../platform/access/refusal.ts'
import { removeMember } from '../team/members.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() })
afterAll(async () => { await t.close() })

describe('a company', () => {
  test('is created with its owner, and shows in the switcher with what the owner may do', async () => {
    const owner = await t.signUp('Léa Caron')
    const created = await t.api('POST', '/api/companies', { as: owner, body: { name: ' Éclat & Fils ', kind: 'company', siren: '732829320' } })
    expect(created).toMatchObject({ status: 201, body: { name: 'Éclat & Fils', slug: 'eclat-fils', kind: 'company', currency: 'EUR', country: 'FR', vatDueOn: 'receipts', version: 1, isDemo: false } })
    const me = await t.api('GET', '/api/me', { as: owner })
    expect(me.body.companies).toMatchObject([{ id: created.body.id, slug: 'eclat-fils', role: 'owner', via: 'member', firm: null }])
    expect(me.body.companies[0].permissions).toContain('member.manage')
    const settings = await t.api('GET', '/api/company', { as: owner, tenant: created.body.id })
    expect(settings).toMatchObject({ status: 200, body: { siren: '732829320' }, headers: { etag: '"1"' } })
  })

  test('takes the next free web name when another company has the same name', async () => {
    const first = await t.company('company', { name: 'Même Nom' })
    const second = await t.company('company', { name: 'Même nom' })
    expect([first.slug, second.slug]).toEqual(['meme-nom', 'meme-nom-2'])
  })

  test.each([
    ['a SIREN whose key is wrong', { siren: '732829321' }, 'SIREN_INVALID', 400],
    ['a name of spaces', { name: '   ' }, 'REQUEST_INVALID', 400],
    ['a time zone that does not exist', { timeZone: 'Europe/Nowhere' }, 'REQUEST_INVALID', 400],
    ['a first year that ends before it starts', { firstYear: { startsOn: '2026-02-01', endsOn: '2026-01-31' } }, 'FISCAL_YEAR_INVALID', 422],
    ['a first year on a day that does not exist', { firstYear: { startsOn: '2026-02-30', endsOn: '2026-12-31' } }, 'REQUEST_INVALID', 400],
    ['a first year of more than 24 months', { firstYear: { startsOn: '2026-01-01', endsOn: '2028-01-01' } }, 'FISCAL_YEAR_INVALID', 422],
  ])('is refused with %s, and nothing of it stays', async (_what, fields, code, status) => {
    const owner = await t.signUp()
    const answer = await t.api('POST', '/api/companies', { as: owner, body: { name: 'Refusée', kind: 'company', ...fields } })
    expect(answer).toMatchObject({ status, body: { code } })
    expect((await t.api('GET', '/api/me', { as: owner })).body.companies).toEqual([])
  })

  test('changes field by field, with its version; a change made from an old version is refused', async () => {
    const company = await t.company()
    const changed = await t.api('PATCH', '/api/company', { as: company, body: { name: 'Nouveau nom', city: 'Lyon' }, headers: { 'if-match': '"1"' } })
    expect(changed).toMatchObject({ status: 200, body: { name: 'Nouveau nom', city: 'Lyon', version: 2 }, headers: { etag: '"2"' } })
    expect(await t.api('PATCH', '/api/company', { as: company, body: { city: 'Paris' }, headers: { 'if-match': '1' } })).toMatchObject({ status: 412, body: { code: 'VERSION_CONFLICT' } })
    expect((await t.api('PATCH', '/api/company', { as: company, body: { city: null } })).body).toMatchObject({ city: null, version: 3 })
    expect((await t.api('PATCH', '/api/company', { as: company, body: { city: null } })).body.version).toBe(3)
    expect((await t.api('PATCH', '/api/company', { as: company, body: { city: 'x' }, headers: { 'if-match': 'abc' } })).status).toBe(400)
    expect((await t.api('GET', '/api/me', { as: company })).body.companies[0].name).toBe('Nouveau nom')
  })

  test('without the header, the request is asked to name the company; a foreign or unknown one does not exist', async () => {
    const [ours, theirs] = [await t.company(), await t.company()]
    expect(await t.api('GET', '/api/company', { as: ours.cookie })).toMatchObject({ status: 400, body: { code: 'TENANT_REQUIRED' } })
    for (const tenant of [theirs.tenantId, '01890000-0000-7000-8000-000000000000', 'not-a-uuid', '%', `${ours.tenantId}'`]) {
      expect(await t.api('GET', '/api/company', { as: ours.cookie, tenant }), tenant).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    }
  })

  test('answers in its own language when the request names none', async () => {
    const company = await t.company()
    await t.api('PATCH', '/api/company', { as: company, body: { locale: 'en' } })
    expect((await t.api('GET', '/api/audit?cursor=zz', { as: company })).body.detail).toBe('This page cursor is not valid. Start the list again.')
    expect((await t.api('GET', '/api/audit?cursor=zz', { as: company, headers: { 'accept-language': 'fr' } })).body.detail).toContain('curseur')
  })
})

describe('members', () => {
  test('are added by e-mail, change role and leave; each takes effect at the next request', async () => {
    const company = await t.company()
    const person = await t.signUp('Nadia Petit')
    expect((await t.api('GET', '/api/company', { as: person, tenant: company })).status).toBe(404)
    expect(await t.api('POST', '/api/members', { as: company, body: { email: person.email.toUpperCase(), role: 'viewer' } })).toMatchObject({ status: 201, body: { userId: person.id, role: 'viewer', name: 'Nadia Petit' } })
    expect((await t.api('GET', '/api/company', { as: person, tenant: company })).status).toBe(200)
    expect(await t.api('PATCH', '/api/company', { as: person, tenant: company, body: { city: 'Nice' } })).toMatchObject({ status: 403, body: { code: 'PERMISSION_MISSING' } })
    expect((await t.api('PATCH', `/api/members/${person.id}`, { as: company, body: { role: 'admin' } })).status).toBe(200)
    expect((await t.api('PATCH', '/api/company', { as: person, tenant: company, body: { city: 'Nice' } })).status).toBe(200)
    expect((await t.api('GET', '/api/members', { as: company })).body.items.map((m: { role: string }) => m.role)).toEqual(['owner', 'admin'])
    expect((await t.api('DELETE', `/api/members/${person.id}`, { as: company })).status).toBe(204)
    expect((await t.api('GET', '/api/company', { as: person, tenant: company })).status).toBe(404)
    expect((await t.api('DELETE', `/api/members/${person.id}`, { as: company })).status).toBe(404)
  })

  test('someone without an account, or already there, is refused in words', async () => {
    const company = await t.company()
    expect(await t.api('POST', '/api/members', { as: company, body: { email: 'absent@example.org', role: 'viewer' } })).toMatchObject({ status: 404, body: { code: 'USER_UNKNOWN', detail: expect.stringContaining('absent@example.org') } })
    expect((await t.api('POST', '/api/members', { as: company, body: { email: company.owner.email, role: 'viewer' } })).body.code).toBe('MEMBER_EXISTS')
  })

  test('the last owner can neither leave nor step down, even when two owners leave at the same moment', async () => {
    const company = await t.company()
    const url = `/api/members/${company.owner.id}`
    expect((await t.api('DELETE', url, { as: company })).body.code).toBe('LAST_OWNER')
    expect((await t.api('PATCH', url, { as: company, body: { role: 'admin' } })).body.code).toBe('LAST_OWNER')
    expect((await t.api('PATCH', url, { as: company, body: { role: 'owner' } })).status).toBe(200)
    const second = await t.member(company, 'owner')
    const leave = (person: { id: UserId }) => removeMember(t.app, { ...company.ctx, userId: person.id }, { userId: person.id }).then(() => 'gone', (error: Refusal) => error.code)
    expect((await Promise.all([leave(company.owner), leave(second)])).sort()).toEqual(['LAST_OWNER', 'gone'])
  })

  test('an administrator can neither make an owner nor touch one', async () => {
    const company = await t.company()
    const admin = await t.member(company, 'admin')
    const other = await t.signUp()
    expect((await t.api('POST', '/api/members', { as: admin, body: { email: other.email, role: 'owner' } })).body.code).toBe('OWNER_ONLY')
    expect((await t.api('PATCH', `/api/members/${admin.id}`, { as: admin, body: { role: 'owner' } })).body.code).toBe('OWNER_ONLY')
    expect((await t.api('DELETE', `/api/members/${company.owner.id}`, { as: admin })).body.code).toBe('OWNER_ONLY')
  })
})

describe('a firm', () => {
  test('opens a company through its grant, with the role of the grant, until it is revoked', async () => {
    const company = await t.company('company', { name: 'Client' })
    const firm = await t.company('firm', { name: 'Cabinet Delta' })
    const colleague = await t.member(firm, 'viewer')
    expect((await t.api('GET', '/api/company', { as: colleague.cookie, tenant: company })).status).toBe(404)
    const grant = await t.api('POST', '/api/grants', { as: company, body: { firmSlug: firm.slug, role: 'accountant' } })
    expect(grant).toMatchObject({ status: 201, body: { firm: { id: firm.tenantId, name: 'Cabinet Delta', slug: firm.slug }, role: 'accountant', revokedAt: null } })
    const me = await t.api('GET', '/api/me', { as: colleague.cookie })
    expect(me.body.companies.find((c: { id: string }) => c.id === company.tenantId)).toMatchObject({ via: 'firm', firm: { name: 'Cabinet Delta' }, role: 'accountant' })
    expect((await t.api('GET', '/api/audit', { as: colleague.cookie, tenant: company })).status).toBe(200)
    expect(await t.api('PATCH', '/api/company', { as: colleague.cookie, tenant: company, body: { city: 'Brest' } })).toMatchObject({ status: 403 })
    expect((await t.api('POST', '/api/grants', { as: company, body: { firmSlug: firm.slug, role: 'viewer' } })).body.code).toBe('GRANT_EXISTS')
    const revoked = await t.api('POST', `/api/grants/${grant.body.id}/revoke`, { as: company })
    expect(revoked.body.revokedAt).not.toBeNull()
    expect((await t.api('GET', '/api/company', { as: colleague.cookie, tenant: company })).status).toBe(404)
    expect((await t.api('POST', '/api/grants', { as: company, body: { firmSlug: firm.slug, role: 'viewer' } })).status).toBe(201)
    expect((await t.api('GET', '/api/grants', { as: company })).body.items).toHaveLength(2)
  })

  test('never manages the members or the grants of its client, whatever its role', async () => {
    const company = await t.company()
    const firm = await t.company('firm', { name: 'Cabinet Prudent' })
    await t.api('POST', '/api/grants', { as: company, body: { firmSlug: firm.slug, role: 'admin' } })
    const as = { as: firm.cookie, tenant: company }
    expect((await t.api('PATCH', '/api/company', { ...as, body: { city: 'Metz' } })).status).toBe(200)
    expect((await t.api('POST', '/api/members', { ...as, body: { email: firm.owner.email, role: 'admin' } })).status).toBe(403)
    expect((await t.api('POST', '/api/grants', { ...as, body: { firmSlug: firm.slug, role: 'admin' } })).status).toBe(403)
    const access = (await t.api('GET', '/api/me', { as: firm.cookie })).body.companies.find((c: { id: string }) => c.id === company.tenantId)
    expect(access.permissions).not.toContain('member.manage')
    expect((await t.api('GET', '/api/audit', as)).body.items[0].actor).toContain('Cabinet Prudent')
  })

  test('a company is not a firm, and a firm that does not exist is named in the answer', async () => {
    const [company, other] = [await t.company(), await t.company()]
    expect((await t.api('POST', '/api/grants', { as: company, body: { firmSlug: other.slug, role: 'viewer' } })).body.code).toBe('FIRM_UNKNOWN')
    expect((await t.api('POST', '/api/grants', { as: company, body: { firmSlug: 'nobody', role: 'viewer' } })).body.detail).toContain('nobody')
  })
})
