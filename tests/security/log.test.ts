import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { composeApp, type Running } from '../../server/entry/compose.ts'
import { composeHttp } from '../../server/entry/http.ts'
import { loadConfig } from '../../server/platform/config/config.ts'
import { fixedClock } from '../../server/platform/clock/clock.ts'
import type { HttpApp } from '../../server/platform/http/routes.ts'
import { createLogger } from '../../server/platform/log/log.ts'
import { testDb, type TestDb } from '../support/database.ts'

/** Everything personal or secret that the walk gives to the server; none of it may be in the log. */
const KNOWN = {
  name: 'Philomène Vraisemblable', email: 'philomene.vraisemblable@example.org', password: 'cheval agrafe exacte', wrongPassword: 'cheval agrafe fausse', otherEmail: 'zenobie@example.org',
  customer: 'Établissements Barnabooth', street: '17 rue des Clarisses', customerEmail: 'compta@barnabooth.example', siren: '732829320', iban: 'FR7630001007941234567890185',
  counterparty: 'MONSIEUR THEOPHRASTE RENARD', label: 'LOYER NOVEMBRE VILLA MIMOSA', fileName: 'releve-philomene.csv', search: 'barnabooth-recherche', apiKey: 'qk_live_0123456789abcdef', address: '203.0.113.77',
  agent: 'NavigateurDePhilomene/1.0', foreignCookie: 'quittance.session_token=abcdefphilomene.c2lnbmF0dXJl',
}
const SECRET = randomBytes(24).toString('hex')

let db: TestDb
let running: Running
let http: HttpApp
const lines: string[] = []
const folder = mkdtempSync(join(tmpdir(), 'quittance-log-'))

beforeAll(async () => {
  db = await testDb()
  const loaded = loadConfig({ QUITTANCE_SECRET: SECRET, QUITTANCE_DEMO: 'false', QUITTANCE_DATA: folder })
  if ('problems' in loaded) throw new Error('the settings of the test are wrong')
  running = await composeApp({ config: loaded.config, db, log: createLogger({ level: 'trace', destination: { write: (line) => { lines.push(line) } } }), clock: fixedClock('2026-11-20T10:00:00Z') })
  http = await composeHttp(running.app, { demo: null })
  await http.ready()
}, 120_000)
afterAll(async () => {
  await http.close()
  await running.stop()
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

type Ask = { readonly method?: 'GET' | 'POST' | 'PATCH'; readonly url: string; readonly body?: unknown; readonly cookie?: string; readonly tenant?: string; readonly headers?: Record<string, string>; readonly file?: string }

async function ask({ method = 'GET', url, body, cookie, tenant, headers = {}, file }: Ask) {
  const form = file === undefined ? undefined : `--b\r\nContent-Disposition: form-data; name="file"; filename="${KNOWN.fileName}"\r\nContent-Type: text/csv\r\n\r\n${file}\r\n--b--\r\n`
  return await http.inject({
    method, url, remoteAddress: KNOWN.address,
    headers: {
      'user-agent': KNOWN.agent, ...(cookie ? { cookie } : {}), ...(tenant ? { 'quittance-tenant': tenant } : {}),
      ...(form ? { 'content-type': 'multipart/form-data; boundary=b' } : body === undefined ? {} : { 'content-type': 'application/json' }), ...headers,
    },
    ...(form ? { payload: form } : body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
}

/** A person signs up, mistypes, keeps books, and meets every kind of failure. Answers the cookie and the session token. */
async function walk(): Promise<string[]> {
  await ask({ method: 'POST', url: '/api/auth/sign-up', body: { name: KNOWN.name, email: KNOWN.email, password: KNOWN.password } })
  await ask({ method: 'POST', url: '/api/auth/sign-up', body: { name: KNOWN.name, email: KNOWN.email, password: KNOWN.password } })
  await ask({ method: 'POST', url: '/api/auth/login', body: { email: KNOWN.email, password: KNOWN.wrongPassword } })
  await ask({ method: 'POST', url: '/api/auth/login', body: `{"email":"${KNOWN.email}","password":"${KNOWN.password}"` })
  await ask({ method: 'POST', url: '/api/auth/password-reset', body: { email: KNOWN.email } })
  const signedIn = await ask({ method: 'POST', url: '/api/auth/login', body: { email: KNOWN.email, password: KNOWN.password } })
  const cookie = [signedIn.headers['set-cookie']].flat().map((one) => String(one).split(';')[0]).join('; ')
  const company = await ask({ method: 'POST', url: '/api/companies', cookie, body: { kind: 'company', name: 'Société du journal', siren: KNOWN.siren, firstYear: { startsOn: '2026-01-01', endsOn: '2026-12-31' } } })
  const tenant = String(company.json().id)
  const as = { cookie, tenant }
  await ask({ ...as, method: 'POST', url: '/api/customers', body: { name: KNOWN.customer, email: KNOWN.customerEmail, street: KNOWN.street, siren: KNOWN.siren } })
  await ask({ ...as, method: 'POST', url: '/api/customers', body: { name: KNOWN.customer } })
  await ask({ ...as, url: `/api/customers?search=${KNOWN.search}` })
  await ask({ ...as, method: 'POST', url: '/api/accounts', body: { name: KNOWN.name, iban: KNOWN.iban } })
  await ask({ ...as, method: 'POST', url: '/api/accounts', body: { name: KNOWN.name, iban: `${KNOWN.iban.slice(0, -1)}9` } })
  const statement = await ask({ ...as, method: 'POST', url: '/api/imports', file: `Date;Libellé;Montant;Contrepartie;IBAN\n02/03/2026;${KNOWN.label};-950,00;${KNOWN.counterparty};${KNOWN.iban}\n03/03/2026;VIR ${KNOWN.counterparty};120,00;${KNOWN.counterparty};\n` })
  await ask({ ...as, method: 'POST', url: `/api/imports/${statement.json().id}/commit`, body: { newAccount: { name: KNOWN.name } } })
  await ask({ ...as, method: 'POST', url: '/api/imports', file: `%PDF-1.7 ${KNOWN.label}` })
  await ask({ ...as, method: 'POST', url: '/api/invoices/import', file: `Numéro;Client;Date;Total\nF1;${KNOWN.customer};02/03/2026;120,00\n` })
  await ask({ ...as, method: 'POST', url: '/api/members', body: { email: KNOWN.otherEmail, role: 'viewer' } })
  await ask({ ...as, method: 'POST', url: '/api/invitations', body: { email: KNOWN.otherEmail, role: 'viewer' } })
  await ask({ url: '/api/accounts', headers: { authorization: `Bearer ${KNOWN.apiKey}` } })
  await ask({ url: '/api/me', cookie: KNOWN.foreignCookie })
  await ask({ url: `/c/atelier?email=${KNOWN.email}` })
  await ask({ ...as, url: '/api/transactions' })
  await running.app.jobs.idle()
  return [cookie, decodeURIComponent(cookie.split('session_token=')[1]?.split(';')[0] ?? '').split('.')[0] ?? '']
}

test('the log of everything a person does names no person, account, address or secret', async () => {
  const secrets = await walk()
  // What breaks on our side is logged with its cause: a row the database refuses, and an error that quotes what it was given.
  await expect(running.app.db.system((tx) => tx.query('insert into auth."user" (id, name, email, "emailVerified") values (gen_random_uuid(), $1, $2, false)', [KNOWN.name, KNOWN.email]))
    .catch((error: unknown) => { running.app.log.error({ err: error, person: { email: KNOWN.email, name: KNOWN.name }, fileName: KNOWN.fileName, headers: { cookie: secrets[0], authorization: KNOWN.apiKey, 'x-forwarded-for': KNOWN.address } }, 'request failed'); throw error })).rejects.toThrow()
  running.app.log.warn({ err: new Error(`could not send to ${KNOWN.email} about ${KNOWN.iban}`) }, 'mail was not sent')
  const log = lines.join('\n')
  // The walk was seen: each request left a line.
  expect(lines.filter((line) => line.includes('"answered"')).length).toBeGreaterThan(15)
  expect(log).toContain('"route":"/api/customers"')
  const forbidden = [...Object.entries(KNOWN), ...secrets.map((value, index) => [`session ${index}`, value] as const), ['secret', SECRET] as const]
  for (const [what, value] of forbidden) {
    expect(value.length, what).toBeGreaterThan(5)
    const found = lines.find((line) => line.toLowerCase().includes(value.toLowerCase()))
    expect(found, `the log holds the ${what}`).toBeUndefined()
  }
}, 300_000)
