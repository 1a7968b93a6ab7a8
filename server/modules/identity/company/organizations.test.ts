import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../../../tests/support/server.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() })
afterAll(async () => { await t.close() })

describe('users', () => {
  test('are the members of the company, page by page, read, changed and removed', async () => {
    const company = await t.company()
    const people = [await t.member(company, 'viewer'), await t.member(company, 'assistant')]
    const first = await t.api('GET', '/api/users?limit=2', { as: company })
    expect(first.body.items.map((user: { id: string }) => user.id)).toEqual([company.owner.id, people[0]?.id])
    const second = await t.api('GET', `/api/users?limit=2&cursor=${first.body.next}`, { as: company })
    expect(second.body).toMatchObject({ items: [{ id: people[1]?.id, role: 'assistant', customRole: null }], next: null })
    const url = `/api/users/${people[0]?.id}`
    expect((await t.api('PATCH', url, { as: company, body: { role: 'auditor' } })).body).toMatchObject({ id: people[0]?.id, role: 'auditor' })
    expect((await t.api('GET', url, { as: company })).body.role).toBe('auditor')
    expect((await t.api('DELETE', url, { as: company })).status).toBe(204)
    expect((await t.api('GET', url, { as: company })).status).toBe(404)
    expect((await t.api('POST', '/api/users', { as: company, body: { email: 'new-user@example.org', role: 'viewer' } }))).toMatchObject({ status: 201, body: { state: 'pending' } })
  })
})

describe('organizations', () => {
  test('are created, listed, read and changed as companies are', async () => {
    const person = await t.signUp()
    const made = await t.api('POST', '/api/organizations', { as: person, body: { name: 'Par une autre adresse', kind: 'company' } })
    expect(made.status).toBe(201)
    const id = String(made.body.id)
    expect((await t.api('GET', '/api/organizations', { as: person })).body).toMatchObject({ items: [{ id, role: 'owner' }], archived: [] })
    expect((await t.api('PATCH', `/api/organizations/${id}`, { as: person, tenant: id, body: { city: 'Brest' } })).body).toMatchObject({ id, city: 'Brest' })
    expect((await t.api('GET', `/api/organizations/${id}`, { as: person, tenant: id })).body).toEqual((await t.api('GET', '/api/company', { as: person, tenant: id })).body)
    const other = await t.company()
    expect((await t.api('GET', `/api/organizations/${other.tenantId}`, { as: person, tenant: id })).status).toBe(404)
  })

  test('are archived by an owner, closed to everyone and to keys, and taken back', async () => {
    const company = await t.company()
    const admin = await t.member(company, 'admin')
    const url = `/api/organizations/${company.tenantId}`
    const key = (await t.api('POST', '/api/keys', { as: company, body: { name: 'Clé', scopes: ['company.read', 'company.update'] } })).body.key
    const bearer = { authorization: `Bearer ${key}` }
    expect((await t.api('DELETE', url, { as: admin })).body.code).toBe('OWNER_ONLY')
    expect((await t.api('DELETE', url, { headers: bearer })).body.code).toBe('API_KEY_NOT_A_PERSON')
    expect((await t.api('DELETE', url, { as: company })).status).toBe(204)
    for (const as of [company.cookie, admin.cookie]) expect((await t.api('GET', '/api/company', { as, tenant: company })).status).toBe(404)
    expect((await t.api('GET', '/api/company', { headers: bearer })).status).toBe(401)
    expect((await t.api('GET', '/api/organizations', { as: company.cookie })).body.items).toEqual([])
    expect((await t.api('GET', '/api/organizations?archived=true', { as: company.cookie })).body.archived).toMatchObject([{ id: company.tenantId }])
    expect((await t.api('GET', '/api/organizations?archived=true', { as: admin.cookie })).body.archived).toEqual([])
    expect((await t.api('POST', `${url}/restore`, { as: admin.cookie })).status).toBe(404)
    expect((await t.api('POST', `${url}/restore`, { as: company.cookie })).status).toBe(204)
    expect((await t.api('GET', '/api/company', { as: admin.cookie, tenant: company })).status).toBe(200)
    expect((await t.api('GET', '/api/company', { headers: bearer })).status).toBe(200)
    expect((await t.api('GET', '/api/audit?action=company', { as: company })).body.items.map((row: { action: string }) => row.action)).toEqual(['company.restore', 'company.archive', 'company.create'])
  })

  test('that hold a validated entry are not archived: the law requires to keep them', async () => {
    const company = await t.company()
    const lines = [{ account: '606400', debit: '10.00' }, { account: '512000', credit: '10.00' }]
    const draft = await t.api('POST', '/api/ledger/entries', { as: company, body: { journal: 'OD', date: '2026-03-31', pieceRef: 'P1', label: 'Essai', lines } })
    expect((await t.api('POST', `/api/ledger/entries/${draft.body.id}/validate`, { as: company })).status).toBe(200)
    expect(await t.api('DELETE', `/api/organizations/${company.tenantId}`, { as: company })).toMatchObject({ status: 409, body: { code: 'COMPANY_HOLDS_BOOKS' } })
    expect((await t.api('GET', '/api/company', { as: company })).status).toBe(200)
  })
})
