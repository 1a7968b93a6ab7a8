import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, TEST_PASSWORD, type Answer, type TestApp, type TestCompany } from '../../../../tests/support/server.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() })
afterAll(async () => { await t.close() })

let guests = 0
function guestEmail(): string {
  guests += 1
  return `guest-${guests}-${process.pid}@example.org`
}

async function invite(company: TestCompany, body: Record<string, unknown>): Promise<Answer> {
  return await t.api('POST', '/api/invitations', { as: company, body })
}

/** The token of the latest letter to an address, as the person reads it there. */
async function tokenFor(email: string): Promise<string> {
  const [letter] = await t.app.mail.listAll(email, 1)
  return /\/invitation#([A-Za-z0-9_-]{43})\b/.exec(letter?.text ?? '')?.[1] ?? ''
}

const accept = (token: string, as: { readonly cookie: string }) => t.api('POST', '/api/invitations/accept', { as, body: { token } })
const longAgo = (id: string) => t.db.owner.query('update app.invitation set sent_at = now() - interval \'2 minutes\' where id = $1', [id])

describe('an invitation', () => {
  test('makes the person it is addressed to a member, with its role, once', async () => {
    const company = await t.company('company', { name: 'Atelier Nord' })
    const person = await t.signUp('Nadia Petit')
    const sent = await invite(company, { email: person.email.toUpperCase(), role: 'accountant' })
    expect(sent).toMatchObject({ status: 201, body: { email: person.email, role: 'accountant', customRole: null, state: 'pending', invitedBy: { id: company.owner.id } } })
    const token = await tokenFor(person.email)
    expect(sent.text).not.toContain(token)
    expect((await t.api('POST', '/api/invitations/preview', { body: { token } })).body).toMatchObject({ company: { name: 'Atelier Nord', kind: 'company' }, email: person.email, role: 'accountant', hasAccount: true, invitedBy: company.owner.name })
    expect((await t.api('GET', '/api/company', { as: person, tenant: company })).status).toBe(404)
    expect(await accept(token, person)).toMatchObject({ status: 200, body: { company: { id: company.tenantId, role: 'accountant', via: 'member' } } })
    expect((await t.api('GET', '/api/company', { as: person, tenant: company })).status).toBe(200)
    // Sent again because its answer was lost: the same answer, and nothing more.
    expect(await accept(token, person)).toMatchObject({ status: 200, body: { company: { id: company.tenantId } } })
    await t.api('DELETE', `/api/members/${person.id}`, { as: company })
    expect(await accept(token, person)).toMatchObject({ status: 404, body: { code: 'INVITATION_INVALID' } })
    expect((await t.api('GET', '/api/audit?action=invitation', { as: company })).body.items.map((row: { action: string }) => row.action)).toEqual(['invitation.accept', 'invitation.create'])
  })

  test('gets the same answer and the same letter whether the person has an account or not', async () => {
    const company = await t.company()
    const person = await t.signUp()
    const stranger = guestEmail()
    const [known, unknown] = [await invite(company, { email: person.email, role: 'viewer' }), await invite(company, { email: stranger, role: 'viewer' })]
    const shape = ({ status, body }: Answer) => ({ status, body: { ...body, id: '', email: '', createdAt: '', sentAt: '', expiresAt: '' } })
    expect(shape(known)).toEqual(shape(unknown))
    const letters = await Promise.all([person.email, stranger].map(async (email) => (await t.app.mail.listAll(email, 1))[0]))
    expect(letters.map((letter) => letter?.subject)).toEqual([letters[0]?.subject, letters[0]?.subject])
    expect(letters[0]?.text?.replace(/#.*/, '')).toBe(letters[1]?.text?.replace(/#.*/, ''))
  })

  test('lets someone without an account sign up with it', async () => {
    const company = await t.company()
    const email = guestEmail()
    await invite(company, { email, role: 'assistant' })
    const token = await tokenFor(email)
    expect((await t.api('POST', '/api/invitations/preview', { body: { token } })).body.hasAccount).toBe(false)
    const joined = await t.api('POST', '/api/invitations/join', { body: { token, name: 'Inès Royer', password: TEST_PASSWORD } })
    expect(joined).toMatchObject({ status: 201, body: { user: { name: 'Inès Royer', email }, company: { id: company.tenantId, role: 'assistant' } } })
    const cookie = [joined.headers['set-cookie']].flat().map((line) => String(line).split(';')[0]).join('; ')
    expect((await t.api('GET', '/api/company', { as: cookie, tenant: company })).status).toBe(200)
    expect((await t.api('POST', '/api/invitations/join', { body: { token, name: 'Autre', password: TEST_PASSWORD } })).body.code).toBe('INVITATION_INVALID')
  })

  test('serves nobody but the person it is addressed to', async () => {
    const company = await t.company()
    const [person, other] = [await t.signUp(), await t.signUp()]
    await invite(company, { email: person.email, role: 'viewer' })
    const token = await tokenFor(person.email)
    expect(await accept(token, other)).toMatchObject({ status: 403, body: { code: 'INVITATION_OTHER_PERSON', detail: expect.stringContaining(person.email) } })
    expect((await t.api('POST', '/api/invitations/accept', { body: { token } })).status).toBe(401)
    for (const wrong of [`${token}x`, token.slice(1), 'x', 'é'.repeat(50)]) expect((await accept(wrong, person)).status, wrong).toBe(404)
  })

  test('sent again has a new link, and the link before no longer works; it is not sent twice in a minute', async () => {
    const company = await t.company()
    const person = await t.signUp()
    const { body } = await invite(company, { email: person.email, role: 'viewer' })
    const first = await tokenFor(person.email)
    const again = () => t.api('POST', `/api/invitations/${body.id}/resend`, { as: company })
    expect(await again()).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } })
    await longAgo(body.id)
    expect((await again()).status).toBe(200)
    const second = await tokenFor(person.email)
    expect(second).not.toBe(first)
    expect((await accept(first, person)).status).toBe(404)
    expect((await accept(second, person)).status).toBe(200)
    expect((await again()).body.code).toBe('INVITATION_CLOSED')
  })

  test('withdrawn, expired, or left behind by someone who was removed opens nothing', async () => {
    const company = await t.company()
    const admin = await t.member(company, 'admin')
    const [withdrawn, expired, left] = [await t.signUp(), await t.signUp(), await t.signUp()]
    const one = await invite(company, { email: withdrawn.email, role: 'viewer' })
    expect((await t.api('POST', `/api/invitations/${one.body.id}/revoke`, { as: company })).body.state).toBe('revoked')
    expect((await t.api('POST', `/api/invitations/${one.body.id}/revoke`, { as: company })).status).toBe(200)
    const two = await invite(company, { email: expired.email, role: 'viewer' })
    await t.db.owner.query('update app.invitation set expires_at = now() - interval \'1 second\' where id = $1', [two.body.id])
    await t.api('POST', '/api/invitations', { as: admin, body: { email: left.email, role: 'admin' } })
    await t.api('DELETE', `/api/members/${admin.id}`, { as: company })
    for (const person of [withdrawn, expired, left]) {
      expect(await accept(await tokenFor(person.email), person), person.email).toMatchObject({ status: 404, body: { code: 'INVITATION_INVALID' } })
    }
    const states = (await t.api('GET', '/api/invitations', { as: company })).body.items.map((row: { state: string }) => row.state)
    expect(states.sort()).toEqual(['expired', 'revoked', 'revoked'])
    expect((await t.api('GET', '/api/invitations?state=expired', { as: company })).body.items).toMatchObject([{ email: expired.email }])
    // An expired one gives way to a new one.
    expect((await invite(company, { email: expired.email, role: 'viewer' })).status).toBe(201)
  })

  test('is refused in words when one waits already, or the person is a member', async () => {
    const company = await t.company()
    const email = guestEmail()
    expect((await invite(company, { email, role: 'viewer' })).status).toBe(201)
    expect((await invite(company, { email, role: 'admin' })).body).toMatchObject({ code: 'INVITATION_EXISTS', problems: [{ field: 'email' }] })
    expect((await invite(company, { email: company.owner.email, role: 'viewer' })).body.code).toBe('MEMBER_EXISTS')
    expect((await invite(company, { email: guestEmail() })).body).toMatchObject({ code: 'REQUEST_INVALID', problems: [{ field: 'role' }] })
  })

  test('names no owner unless an owner sends it', async () => {
    const company = await t.company()
    const admin = await t.member(company, 'admin')
    expect((await t.api('POST', '/api/invitations', { as: admin, body: { email: guestEmail(), role: 'owner' } })).body.code).toBe('OWNER_ONLY')
    expect((await invite(company, { email: guestEmail(), role: 'owner' })).status).toBe(201)
  })

  test('accepted twice at the same moment makes one member and one line of the log', async () => {
    const company = await t.company()
    const person = await t.signUp()
    await invite(company, { email: person.email, role: 'viewer' })
    const token = await tokenFor(person.email)
    const answers = await Promise.all([1, 2, 3].map(() => accept(token, person)))
    expect(answers.map(({ status }) => status).filter((status) => status === 200).length).toBeGreaterThan(0)
    expect((await t.api('GET', '/api/audit?action=invitation.accept', { as: company })).body.items).toHaveLength(1)
    expect((await t.api('GET', '/api/members', { as: company })).body.items).toHaveLength(2)
  })

  test('lists page by page without repeating or missing one', async () => {
    const company = await t.company()
    for (let n = 0; n < 5; n += 1) await invite(company, { email: guestEmail(), role: 'viewer' })
    const seen: string[] = []
    let next: string | null = null
    do {
      const page = await t.api('GET', `/api/invitations?limit=2${next ? `&cursor=${next}` : ''}`, { as: company })
      seen.push(...page.body.items.map((row: { id: string }) => row.id))
      next = page.body.next
    } while (next)
    expect(new Set(seen).size).toBe(5)
    expect(seen).toEqual([...seen].sort().reverse())
  })
})
