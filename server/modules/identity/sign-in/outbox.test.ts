import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, TEST_PASSWORD, type TestApp } from '../../../../tests/support/server.ts'
import { newDeviceMail, passwordResetMail, securityChangeMail } from './mails.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() })
afterAll(async () => { await t.close() })

const letter = (subject: string) => ({ locale: 'fr' as const, subject, text: `texte de ${subject}`, html: `<p>${subject}</p>` })
const outbox = async (as: { cookie: string }, tenant: { tenantId: string }, query = '') => (await t.api('GET', `/api/outbox${query}`, { as: as.cookie, tenant: tenant.tenantId })).body

test('the outbox shows my messages, and those of the company to who looks after its members; never another company\'s', async () => {
  const [company, other] = [await t.company(), await t.company()]
  const viewer = await t.member(company, 'viewer')
  await t.app.mail.send({ to: 'invited@example.org', tenantId: company.tenantId, ...letter('invitation') })
  await t.app.mail.send({ to: 'invited@example.org', tenantId: other.tenantId, ...letter('invitation ailleurs') })
  await t.app.mail.send({ to: company.owner.email, ...letter('pour la propriétaire') })
  await t.app.mail.send({ to: viewer.email, ...letter('pour le lecteur') })
  const subjects = (body: { items: { subject: string }[] }) => body.items.map(({ subject }) => subject)
  expect(subjects(await outbox(company, company))).toEqual(['pour la propriétaire', 'invitation'])
  expect(subjects(await outbox(viewer, company))).toEqual(['pour le lecteur'])
  expect(subjects(await outbox(other, other))).toEqual(['invitation ailleurs'])
  expect((await outbox(company, company)).delivery).toBe('outbox')
})

test('a link that opens an account is in the outbox without its text, even for the person it is for', async () => {
  const company = await t.company()
  await t.api('POST', '/api/auth/password-reset', { body: { email: company.owner.email } })
  await t.app.jobs.idle()
  const { items: [mail] } = await outbox(company, company)
  expect(mail).toMatchObject({ subject: 'Choisir un nouveau mot de passe', to: company.owner.email, text: null, html: null, state: 'waiting' })
})

test('the outbox is read page by page', async () => {
  const company = await t.company()
  for (let n = 0; n < 5; n += 1) await t.app.mail.send({ to: company.owner.email, ...letter(`message ${n}`) })
  const first = await outbox(company, company, '?limit=3')
  const second = await outbox(company, company, `?limit=3&cursor=${first.next}`)
  expect([...first.items, ...second.items].map(({ subject }: { subject: string }) => subject)).toEqual(['message 4', 'message 3', 'message 2', 'message 1', 'message 0'])
  expect(second.next).toBeNull()
})

test('messages are in both languages, with a text and a simple page, and take nothing typed for a tag', () => {
  const at = new Date('2026-11-20T10:00:00Z')
  const french = newDeviceMail('fr', { device: '<b>Firefox</b>\nBcc: x', address: '203.0.113.5', at })
  expect(french.text).toContain('<b>Firefox</b> Bcc: x, adresse 203.0.113.5, le 20 novembre 2026')
  expect(french.html).toContain('&lt;b&gt;Firefox&lt;/b&gt; Bcc: x')
  expect(newDeviceMail('en', { device: 'Firefox', address: '203.0.113.5', at }).text).toContain('from a new device: Firefox, address 203.0.113.5, on 20 November 2026')
  const reset = passwordResetMail('en', { publicUrl: 'https://books.example.com', token: 'abc', minutes: 60 })
  expect(reset.text).toContain('https://books.example.com/reinitialiser#abc')
  expect(reset.html).toContain('<a href="https://books.example.com/reinitialiser#abc">')
  for (const change of ['password-changed', 'two-factor-on', 'two-factor-off', 'recovery-codes', 'recovery-code-used', 'passkey-added', 'passkey-removed'] as const) {
    for (const locale of ['fr', 'en'] as const) {
      const { subject, text, html } = securityChangeMail(locale, change, 'Ma clé')
      expect([subject, text, html].join()).not.toMatch(/undefined|\{name\}/)
      expect(text).not.toContain('!')
    }
  }
})

test('a password that was just changed is told to the person, in the language of the request', async () => {
  const person = await t.signUp()
  await t.api('POST', '/api/auth/password', { as: person, body: { current: TEST_PASSWORD, password: 'tartine bleue vélo' }, headers: { 'accept-language': 'en' } })
  expect((await t.app.mail.listAll(person.email, 1))[0]).toMatchObject({ subject: 'Your password has changed', locale: 'en' })
})
