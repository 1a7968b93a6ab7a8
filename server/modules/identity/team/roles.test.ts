import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type Answer, type TestApp, type TestCompany } from '../../../../tests/support/server.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() })
afterAll(async () => { await t.close() })

async function makeRole(company: TestCompany, name: string, permissions: readonly string[]): Promise<string> {
  const answer = await t.api('POST', '/api/roles', { as: company, body: { name, permissions } })
  expect(answer.status, answer.text).toBe(201)
  return String(answer.body.id)
}

const give = (company: TestCompany, userId: string, body: Record<string, unknown>): Promise<Answer> => t.api('PATCH', `/api/members/${userId}`, { as: company, body })

describe('a role the company makes', () => {
  test('gives exactly its permissions, and changes for everyone who carries it', async () => {
    const company = await t.company()
    const person = await t.member(company, 'viewer')
    const id = await makeRole(company, 'Facturation', ['company.read', 'customer.read', 'invoice.read', 'invoice.issue'])
    expect(await give(company, person.id, { roleId: id })).toMatchObject({ status: 200, body: { customRole: { id, name: 'Facturation' } } })
    const me = (await t.api('GET', '/api/me', { as: person })).body.companies[0]
    expect(me).toMatchObject({ customRole: { id, name: 'Facturation' }, permissions: ['company.read', 'customer.read', 'invoice.read', 'invoice.issue'] })
    // The viewer that stands behind it may read the ledger; this role may not.
    expect((await t.api('GET', '/api/ledger/journals', { as: person })).status).toBe(403)
    expect((await t.api('GET', '/api/customers', { as: person })).status).toBe(200)
    expect((await t.api('PATCH', `/api/roles/${id}`, { as: company, body: { permissions: ['ledger.read'] } })).body).toMatchObject({ version: 2, members: 1 })
    expect((await t.api('GET', '/api/customers', { as: person })).status).toBe(403)
    expect((await t.api('GET', '/api/ledger/journals', { as: person })).status).toBe(200)
    expect(await give(company, person.id, { role: 'viewer' })).toMatchObject({ status: 200, body: { role: 'viewer', customRole: null } })
    expect((await t.api('GET', '/api/customers', { as: person })).status).toBe(200)
  })

  test('comes with an invitation', async () => {
    const company = await t.company()
    const person = await t.signUp()
    const id = await makeRole(company, 'Lecture des clients', ['customer.read'])
    await t.api('POST', '/api/invitations', { as: company, body: { email: person.email, roleId: id } })
    const token = /#(\S+)/.exec((await t.app.mail.listAll(person.email, 1))[0]?.text ?? '')?.[1]
    expect(await t.api('POST', '/api/invitations/accept', { as: person, body: { token } })).toMatchObject({ status: 200, body: { company: { permissions: ['customer.read'], customRole: { id } } } })
  })

  test('is not removed while someone carries it, and its name is taken once', async () => {
    const company = await t.company()
    const person = await t.member(company, 'viewer')
    const id = await makeRole(company, 'Caisse', ['bank.read'])
    await give(company, person.id, { roleId: id })
    expect(await t.api('DELETE', `/api/roles/${id}`, { as: company })).toMatchObject({ status: 409, body: { code: 'ROLE_IN_USE', detail: expect.stringContaining('Caisse') } })
    expect((await t.api('POST', '/api/roles', { as: company, body: { name: ' CAISSE ', permissions: ['bank.read'] } })).body.code).toBe('ROLE_NAME_TAKEN')
    expect((await t.api('POST', '/api/roles', { as: company, body: { name: 'Owner', permissions: ['bank.read'] } })).body.code).toBe('ROLE_NAME_TAKEN')
    await t.api('DELETE', `/api/members/${person.id}`, { as: company })
    expect((await t.api('DELETE', `/api/roles/${id}`, { as: company })).status).toBe(204)
    expect((await t.api('GET', '/api/roles', { as: company })).body.items).toEqual([])
    expect((await t.api('GET', '/api/audit?action=role', { as: company })).body.items.map((row: { action: string }) => row.action)).toEqual(['role.delete', 'role.create'])
  })

  test('never gives more than its giver has, and lowers nobody who has more', async () => {
    const company = await t.company()
    const chief = await t.member(company, 'viewer')
    const accountant = await t.member(company, 'accountant')
    const id = await makeRole(company, 'Équipe', ['company.read', 'member.manage', 'customer.read'])
    await give(company, chief.id, { roleId: id })
    const other = await t.signUp()
    const as = { as: chief }
    expect((await t.api('POST', '/api/members', { ...as, body: { email: other.email, role: 'admin' } })).body.code).toBe('ROLE_EXCEEDS_YOURS')
    expect((await t.api('POST', '/api/invitations', { ...as, body: { email: other.email, role: 'viewer' } })).body.code).toBe('ROLE_EXCEEDS_YOURS')
    expect((await t.api('POST', '/api/roles', { ...as, body: { name: 'Plus', permissions: ['ledger.post'] } })).body.code).toBe('ROLE_EXCEEDS_YOURS')
    expect((await t.api('PATCH', `/api/roles/${id}`, { ...as, body: { permissions: ['ledger.post'] } })).body.code).toBe('ROLE_EXCEEDS_YOURS')
    expect((await t.api('DELETE', `/api/members/${accountant.id}`, as)).body.code).toBe('ROLE_EXCEEDS_YOURS')
    expect((await t.api('DELETE', `/api/members/${company.owner.id}`, as)).body.code).toBe('OWNER_ONLY')
    expect((await t.api('POST', '/api/members', { ...as, body: { email: other.email, roleId: id } })).status).toBe(201)
  })

  test('cannot be put in place of the last owner', async () => {
    const company = await t.company()
    const id = await makeRole(company, 'Presque tout', ['company.read'])
    expect((await give(company, company.owner.id, { roleId: id })).body.code).toBe('LAST_OWNER')
    expect((await t.api('GET', '/api/me', { as: company })).body.companies[0]).toMatchObject({ role: 'owner', customRole: null })
  })

  test('is refused with two roles, none, an unknown permission or the role of another company', async () => {
    const [company, other] = [await t.company(), await t.company()]
    const person = await t.member(company, 'viewer')
    const theirs = await makeRole(other, 'Autre', ['bank.read'])
    expect((await give(company, person.id, { roleId: theirs })).status).toBe(404)
    expect((await give(company, person.id, { role: 'viewer', roleId: theirs })).body.code).toBe('REQUEST_INVALID')
    expect((await give(company, person.id, {})).body.code).toBe('REQUEST_INVALID')
    expect((await t.api('POST', '/api/roles', { as: company, body: { name: 'x', permissions: ['bank.rob'] } })).body).toMatchObject({ code: 'PERMISSION_UNKNOWN', detail: expect.stringContaining('bank.rob') })
  })
})

describe('a person of a firm', () => {
  async function firmWithClients(): Promise<{ firm: TestCompany; clients: TestCompany[]; person: { id: string; cookie: string } }> {
    const firm = await t.company('firm')
    const clients = [await t.company('company', { name: 'Client Un' }), await t.company('company', { name: 'Client Deux' })]
    for (const client of clients) await t.api('POST', '/api/grants', { as: client, body: { firmSlug: firm.slug, role: 'accountant' } })
    const { id, cookie } = await t.member(firm, 'assistant')
    return { firm, clients, person: { id, cookie } }
  }
  const opens = async (cookie: string, companies: readonly TestCompany[]) => await Promise.all(companies.map(async (company) => (await t.api('GET', '/api/company', { as: cookie, tenant: company })).status))

  test('works for all clients, then only for those chosen, at once and with the keys they made', async () => {
    const { firm, clients, person } = await firmWithClients()
    expect(await opens(person.cookie, clients)).toEqual([200, 200])
    const assign = (body: Record<string, unknown>) => t.api('PUT', `/api/collaborators/${person.id}/clients`, { as: firm, body })
    expect(await assign({ allClients: false, clientIds: [clients[0]?.tenantId] })).toMatchObject({ status: 200, body: { allClients: false, clients: [{ name: 'Client Un' }] } })
    expect(await opens(person.cookie, clients)).toEqual([200, 404])
    expect(await opens(firm.cookie, clients)).toEqual([200, 200])
    expect((await t.api('GET', '/api/clients', { as: person.cookie, tenant: firm })).body.items.map((client: { name: string }) => client.name)).toEqual(['Client Un'])
    expect((await t.api('GET', '/api/clients', { as: firm })).body.items.map((client: { name: string }) => client.name)).toEqual(['Client Deux', 'Client Un'])
    expect((await assign({ allClients: false, clientIds: [] })).body).toMatchObject({ allClients: false, clients: [] })
    expect(await opens(person.cookie, clients)).toEqual([404, 404])
    expect((await assign({ allClients: true })).body).toMatchObject({ allClients: true, clients: [] })
    expect(await opens(person.cookie, clients)).toEqual([200, 200])
    expect((await t.api('GET', '/api/audit?action=collaborator.assign', { as: firm })).body.items).toHaveLength(3)
  })

  test('opens a client no more once its grant is revoked, chosen or not; a new grant opens it again', async () => {
    const { firm, clients, person } = await firmWithClients()
    const [one] = clients as [TestCompany]
    await t.api('PUT', `/api/collaborators/${person.id}/clients`, { as: firm, body: { allClients: false, clientIds: [one.tenantId] } })
    const grant = (await t.api('GET', '/api/grants', { as: one })).body.items[0]
    await t.api('POST', `/api/grants/${grant.id}/revoke`, { as: one })
    expect(await opens(person.cookie, clients)).toEqual([404, 404])
    const row = (await t.api('GET', '/api/collaborators', { as: firm })).body.items.find((item: { userId: string }) => item.userId === person.id)
    expect(row).toMatchObject({ allClients: false, clients: [] })
    await t.api('POST', '/api/grants', { as: one, body: { firmSlug: firm.slug, role: 'viewer' } })
    expect(await opens(person.cookie, clients)).toEqual([200, 404])
  })

  test('is never given a company that granted the firm nothing, and only a firm shares its clients out', async () => {
    const { firm, person } = await firmWithClients()
    const stranger = await t.company()
    expect((await t.api('PUT', `/api/collaborators/${person.id}/clients`, { as: firm, body: { allClients: false, clientIds: [stranger.tenantId] } })).status).toBe(404)
    expect((await t.api('GET', '/api/collaborators', { as: stranger })).body.code).toBe('FIRM_ONLY')
    expect((await t.api('GET', '/api/clients', { as: stranger })).body.code).toBe('FIRM_ONLY')
  })
})
