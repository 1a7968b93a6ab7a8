import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bridgeSends, plaidService, redirectPlaid, timedSends } from '../../../tests/support/bank-services.ts'
import { delivery, generic, IBAN, incomingOf, later, NOW, one } from '../../../tests/support/incoming.ts'
import { startTestApp, type TestApp, type TestCompany } from '../../../tests/support/server.ts'
import { dropOldNotifications } from './jobs.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp({ now: NOW.toISOString(), config: { outgoing: { allow: ['127.0.0.1'], http: true } } }) })
afterAll(async () => { await t.close() })

const { connect, withAccount, deliver, get, events, connection, lines } = incomingOf(() => t)

describe('Bridge', () => {
  const SECRET = 'the secret of the dashboard'
  const item = (status: number, timestamp: number, more: object = {}) => ({ type: 'item.refreshed', timestamp, content: { item_id: 4568477, user_uuid: 'u', status, status_code_info: 'info', ...more } })
  const bridge = (fields: Record<string, unknown> = {}, company?: TestCompany) => connect({ provider: 'bridge', signingSecret: SECRET, ...fields }, company)

  test('tells that there is something to fetch, at either of its addresses, with the old or the new secret', async () => {
    const made = await bridge()
    const body = { type: 'item.account.updated', timestamp: NOW.getTime(), content: { item_id: 4568477, account_id: 22908770, nb_new_transactions: 3 } }
    expect(await deliver(made.path, bridgeSends(['the secret before it', SECRET], body))).toMatchObject({ status: 200, body: { known: false } })
    expect(await deliver(made.path.replace('/bridge', '/bankin'), bridgeSends([SECRET], body))).toMatchObject({ status: 200, body: { known: true } })
    expect(await deliver(made.path, bridgeSends(['a forger'], body))).toMatchObject({ status: 401 })
    expect(await connection(made)).toMatchObject({ toSyncSince: expect.stringContaining('2026-11-20T10:00:00'), state: 'active' })
  })

  test('tells the state of the item; what comes late says nothing of the present', async () => {
    const made = await bridge()
    await deliver(made.path, bridgeSends([SECRET], item(1010, NOW.getTime())))
    await deliver(made.path, bridgeSends([SECRET], item(0, NOW.getTime() - 60_000)))
    expect(await connection(made)).toMatchObject({ state: 'needs_reauth', stateDetail: 'info', toSyncSince: null })
    expect((await events(made)).map(({ state }: { state: string }) => state)).toEqual(['ignored', 'done'])
    await deliver(made.path, bridgeSends([SECRET], item(0, NOW.getTime() + 1_000, { authentication_expires_at: '2026-11-28T00:00:00Z' })))
    expect(await connection(made)).toMatchObject({ state: 'expiring', stateDetail: null, consentUntil: expect.stringContaining('2026-11-28T00:00:00') })
  })

  test('replayed a day later is refused, and so is what comes from the future', async () => {
    const made = await bridge()
    expect((await deliver(made.path, bridgeSends([SECRET], item(0, NOW.getTime() - 24 * 3_600_000 - 1_000)))).status).toBe(401)
    expect((await deliver(made.path, bridgeSends([SECRET], item(0, NOW.getTime() + 600_000)))).status).toBe(401)
    expect(await events(made)).toEqual([])
  })

  test('about another item is set aside, ids beyond 2^53 being told apart', async () => {
    const made = await bridge({ externalId: '9007199254740993' })
    // Written as text: a number this long changes when it is read.
    const send = (id: string) => deliver(made.path, bridgeSends([SECRET], `{"type":"item.refreshed","timestamp":${NOW.getTime()},"content":{"item_id":${id},"status":402}}`))
    await send('9007199254740992')
    expect(await connection(made)).toMatchObject({ state: 'active' })
    await send('9007199254740993')
    expect(await connection(made)).toMatchObject({ state: 'needs_reauth' })
  })

  test('hands over what its API answers: lines by account, future ones announced, deleted ones withdrawn', async () => {
    const company = await t.company()
    const body = { accounts: [{ id: 22908770, name: 'Compte courant', iban: IBAN, currency_code: 'EUR' }], transactions: [
      { id: 38000013186542, account_id: 22908770, amount: -49.9, currency_code: 'EUR', date: '2026-11-18', provider_description: 'PRLV SEPA OVH REF 123', deleted: false, future: false },
      { id: 38000013186543, account_id: 22908770, amount: -12, currency_code: 'EUR', date: '2026-11-20', provider_description: 'CARTE TRAITEUR', future: true },
      { id: 'x', account_id: 22908770, amount: 'beaucoup', date: '2026-11-20' },
    ] }
    expect(await t.api('POST', '/api/sync/bankin', { as: company, body })).toMatchObject({ status: 409, body: { code: 'SYNC_NOT_CONNECTED' } })
    await bridge({}, company)
    await t.api('POST', '/api/accounts', { as: company, body: { name: 'Compte courant', iban: IBAN } })
    expect(await t.api('POST', '/api/sync/bankin', { as: company, body })).toMatchObject({ status: 200, body: { trigger: 'upload', state: 'partial', counts: { accounts: 1, new: 2, refused: 1 }, problems: [{ line: 3, field: 'amount' }] } })
    const second = { ...body, transactions: [{ ...body.transactions[1], deleted: true }, body.transactions[0]] }
    expect(await t.api('POST', '/api/sync/bankin', { as: company, body: second })).toMatchObject({ status: 200, body: { state: 'done', counts: { new: 0, known: 1, updated: 1 } } })
    expect((await lines(company)).map(({ label, amount, status }) => [label, amount.amount, status])).toEqual([['PRLV SEPA OVH REF 123', '-49.90', 'booked']])
  })
})

describe('Qonto', () => {
  test('signs the time and the body: the body alone, or an old time, is refused', async () => {
    const made = await connect({ provider: 'qonto', externalId: 'org-1' })
    const fields = { id: 'e1', type: 'v1/transactions', organization_id: 'org-1', created_at: '2026-11-20T09:59:00Z', data: { event: 'created', id: 'tx', amount: 50.01, currency: 'EUR', side: 'debit', status: 'completed' } }
    const send = (at: Date, secret = made.secret) => timedSends('x-qonto-signature', { secret, at, fields })
    expect((await deliver(made.path, send(NOW, 'wrong'))).status).toBe(401)
    expect((await deliver(made.path, send(later(-400)))).status).toBe(401)
    expect(await deliver(made.path, send(NOW))).toMatchObject({ status: 200, body: { known: false } })
    expect(await deliver(made.path, send(later(30)))).toMatchObject({ status: 200, body: { known: true } })
    expect(await connection(made)).toMatchObject({ toSyncSince: expect.stringContaining('2026-11-20T09:59:00') })
    await deliver(made.path, timedSends('x-qonto-signature', { secret: made.secret, at: NOW, fields: { ...fields, id: 'e2', organization_id: 'org-2' } }))
    expect((await events(made))[0]).toMatchObject({ state: 'ignored', outcome: 'Elle concerne une autre connexion' })
  })
})

describe('Plaid', () => {
  const ACCESS = { environment: 'sandbox', clientId: 'client', secret: 'plaid secret' } as const
  let plaid = plaidService(ACCESS)
  let isDown = false
  let stop: () => Promise<void>
  beforeAll(async () => { stop = await redirectPlaid(t.app, (headers, body) => (isDown ? { status: 500, body: {} } : plaid.answer(headers, body))) })
  afterAll(async () => { await stop() })

  const updates = { webhook_type: 'TRANSACTIONS', webhook_code: 'SYNC_UPDATES_AVAILABLE', item_id: 'item-1', environment: 'sandbox' }

  test('is proven by the key its API gives, asked for once', async () => {
    plaid = plaidService(ACCESS)
    const made = await connect({ provider: 'plaid', plaid: ACCESS })
    expect(await deliver(made.path, plaid.send(updates, { at: NOW }))).toMatchObject({ status: 200, body: { known: false } })
    expect(await deliver(made.path, plaid.send({ webhook_type: 'ITEM', webhook_code: 'ERROR', item_id: 'item-1', error: { error_code: 'ITEM_LOGIN_REQUIRED' } }, { at: NOW }))).toMatchObject({ status: 200 })
    expect(plaid.asked).toEqual(['key-1'])
    expect(await connection(made)).toMatchObject({ signing: 'plaid_key', state: 'needs_reauth', stateDetail: 'ITEM_LOGIN_REQUIRED', toSyncSince: expect.stringContaining('2026-11-20T10:00:00') })
  })

  test('is refused when the token is of another algorithm, key, time or body', async () => {
    plaid = plaidService(ACCESS)
    const made = await connect({ provider: 'plaid', plaid: ACCESS })
    await deliver(made.path, plaid.send(updates, { at: NOW }))
    for (const options of [{ at: NOW, alg: 'none' }, { at: NOW, alg: 'HS256' }, { at: later(-301) }, { at: NOW, hashOf: 'another body' }]) {
      expect((await deliver(made.path, plaid.send({ ...updates, n: 1 }, options))).status, JSON.stringify(options)).toBe(401)
    }
    expect(await events(made)).toHaveLength(1)
  })

  test('whose key has ended, or is unknown, is refused; while its API does not answer it is asked to come back', async () => {
    plaid = plaidService(ACCESS, NOW.getTime() / 1000 - 10)
    const ended = await connect({ provider: 'plaid', plaid: ACCESS })
    expect((await deliver(ended.path, plaid.send(updates, { at: NOW }))).status).toBe(401)
    const unknown = await connect({ provider: 'plaid', plaid: ACCESS })
    expect((await deliver(unknown.path, plaid.send(updates, { at: NOW, kid: 'key-2' }))).status).toBe(401)
    // A second key a moment later is not asked for: a flood of them costs the provider nothing.
    expect(await deliver(unknown.path, plaid.send(updates, { at: NOW, kid: 'key-3' }))).toMatchObject({ status: 503, body: { code: 'NOTIFICATION_KEYS_UNAVAILABLE' } })
    expect(plaid.asked).toEqual(['key-1', 'key-2'])
    isDown = true
    const down = await connect({ provider: 'plaid', plaid: ACCESS })
    expect((await deliver(down.path, plaid.send(updates, { at: NOW }))).status).toBe(503)
    isDown = false
  })
})

describe('connections', () => {
  test('show their address and secret once, keep them sealed, and check themselves', async () => {
    const made = await connect({ provider: 'finary' })
    const text = JSON.stringify(await connection(made))
    expect([text.includes(made.secret), text.includes('qc_')]).toEqual([false, false])
    const { rows } = await t.db.owner.query<{ row: string }>('select row_to_json(c)::text as row from app.sync_connection c where id = $1', [made.id])
    expect(rows[0]!.row.includes(made.secret)).toBe(false)
    const check = await get(made.company, '/api/webhooks/verify')
    expect(check).toMatchObject({ ready: false, connections: [{ connectionId: made.id, ready: false }] })
    expect(check.connections[0].checks.map(({ code, ok }: { code: string; ok: boolean }) => [code, ok])).toEqual([['address', false], ['signing', true], ['received', false], ['refused', true], ['failed', true]])
  })

  test('tell the bank of the accounts they feed how they stand', async () => {
    const made = await withAccount()
    const { body: bank } = await t.api('POST', '/api/institutions', { as: made.company, body: { name: 'Banque du Lac' } })
    const [account] = (await get(made.company, '/api/accounts')).items
    await t.api('PATCH', `/api/accounts/${account.id}`, { as: made.company, body: { institutionId: bank.id } })
    const standing = async () => (await get(made.company, '/api/accounts')).items[0].institution.connection
    expect(await standing()).toBe('none')
    await deliver(made.path, generic(made, delivery('n1', one('a'))))
    expect(await standing()).toBe('connected')
    await t.db.owner.query('update app.sync_connection set consent_until = $2 where id = $1', [made.id, later(86_400).toISOString()])
    await dropOldNotifications(t.app)
    expect([await standing(), (await connection(made)).state]).toEqual(['expiring', 'expiring'])
    await t.api('DELETE', `/api/connections/${made.id}`, { as: made.company })
    expect(await standing()).toBe('none')
  })

  test('whose address is changed refuse the one before', async () => {
    const made = await withAccount()
    const { body } = await t.api('POST', `/api/connections/${made.id}/rotate-address`, { as: made.company })
    const { pathname, search } = new URL(body.address)
    expect((await deliver(made.path, generic(made, delivery('n1')))).status).toBe(401)
    expect((await deliver(pathname + search, generic(made, delivery('n1')))).status).toBe(200)
  })

  test('of several, the one meant is named; Plaid takes no secret and the others no Plaid access', async () => {
    const company = await t.company()
    await connect({ provider: 'finary' }, company)
    await connect({ provider: 'finary', name: 'Deux' }, company)
    expect(await t.api('POST', '/api/sync/finary', { as: company, body: { accounts: [], transactions: [] } })).toMatchObject({ status: 422, body: { code: 'SYNC_CONNECTION_NEEDED' } })
    expect(await t.api('POST', '/api/connections', { as: company, body: { provider: 'plaid', name: 'P', signingSecret: 'x'.repeat(20) } })).toMatchObject({ status: 422, body: { code: 'CONNECTION_FIELDS_WRONG' } })
  })

  test('what was handled is forgotten after its time, what failed stays', async () => {
    const made = await withAccount()
    await deliver(made.path, generic(made, delivery('n1', one('a'))))
    await deliver(made.path, generic(made, 'not JSON'))
    await dropOldNotifications(t.app, 0)
    expect(await events(made)).toHaveLength(2)
    await dropOldNotifications(t.app, -1)
    expect(await events(made)).toMatchObject([{ state: 'failed' }])
    expect(await t.api('POST', '/api/sync/manual', { as: made.company })).toMatchObject({ status: 202, body: { queued: 1, connections: 1 } })
    await t.app.jobs.idle()
  })
})
