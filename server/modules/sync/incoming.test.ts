import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sent, timedSends } from '../../../tests/support/bank-services.ts'
import { delivery, generic, incomingOf, later, NOW, IBAN, one } from '../../../tests/support/incoming.ts'
import { startTestApp, type TestApp } from '../../../tests/support/server.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp({ now: NOW.toISOString(), config: { outgoing: { allow: ['127.0.0.1'], http: true } } }) })
afterAll(async () => { await t.close() })

const { connect, withAccount, deliver, get, events, connection, lines } = incomingOf(() => t)

describe('a program that delivers lines in the generic shape', () => {
  test('is answered at once, its bytes are kept as they came, and a job stores its lines in the account of the same IBAN', async () => {
    const made = await withAccount()
    const sent = generic(made, delivery('n1', one('a'), one('b', { amount: '120.00', label: 'VIR CLIENT' })))
    expect(await deliver(made.path, sent)).toMatchObject({ status: 200, body: { received: true, known: false } })
    expect((await lines(made.company)).map(({ label, amount }) => [label, amount.amount]).sort()).toEqual([['PRLV SEPA ENERGIE a', '-49.90'], ['VIR CLIENT', '120.00']])
    const [event] = await events(made)
    expect(event).toMatchObject({ kind: 'transactions', state: 'done', times: 1, tries: 1, outcome: '2 nouvelles, 0 connues, 0 mises à jour, 0 refusées', size: Buffer.byteLength(sent.body) })
    expect(await get(made.company, `/api/webhooks/events/${event.id}`)).toMatchObject({ body: sent.body, headers: { 'quittance-signature': sent.headers['quittance-signature'] } })
    expect((await get(made.company, '/api/sync/logs')).items).toMatchObject([{ id: event.runId, trigger: 'webhook', state: 'done', counts: { accounts: 1, new: 2, known: 0, updated: 0, refused: 0, categorised: 0 }, problems: [] }])
    expect((await connection(made)).accounts).toMatchObject([{ externalId: 'acc-1', iban: IBAN, bankAccountId: expect.any(String) }])
  })

  test('is told that a notification is known, and the same lines in another one are stored once', async () => {
    const made = await withAccount()
    await deliver(made.path, generic(made, delivery('n1', one('a'))))
    expect(await deliver(made.path, generic(made, delivery('n1', one('a')), later(60)))).toMatchObject({ status: 200, body: { known: true } })
    await deliver(made.path, generic(made, delivery('n2', one('a'), one('b'))))
    expect(await lines(made.company)).toHaveLength(2)
    expect((await events(made)).map(({ times }: { times: number }) => times).sort()).toEqual([1, 2])
  })

  test('replays by hand: nothing is stored twice, and the log tells that all was known', async () => {
    const made = await withAccount()
    await deliver(made.path, generic(made, delivery('n1', one('a'))))
    const [event] = await events(made)
    expect(await t.api('POST', `/api/webhooks/events/${event.id}/replay`, { as: made.company })).toMatchObject({ status: 202, body: { state: 'waiting' } })
    await t.app.jobs.idle()
    expect(await lines(made.company)).toHaveLength(1)
    expect((await get(made.company, '/api/sync/logs')).items).toMatchObject([{ trigger: 'replay', counts: { new: 0, known: 1 } }, { trigger: 'webhook', counts: { new: 1 } }])
  })

  test('keeps the good lines and says which are not, by rank and field', async () => {
    const made = await withAccount()
    await deliver(made.path, generic(made, delivery('n1', one('a'), one('b', { date: '2026-02-31' }), one('c', { amount: '1.234,5 6-' }), { id: 'd' }, one('e', { amount: '1.005' }))))
    expect(await lines(made.company)).toHaveLength(1)
    const [run] = (await get(made.company, '/api/sync/logs')).items
    expect(run).toMatchObject({ state: 'partial', counts: { new: 1, refused: 4 } })
    expect(run.problems.map(({ code, line, field }: { code: string; line: number; field: string | null }) => [code, line, field])).toEqual([
      ['DATE_INVALID', 2, 'date'], ['AMOUNT_UNREADABLE', 3, 'amount'], ['DELIVERY_MISSHAPEN', 4, null], ['AMOUNT_TOO_PRECISE', 5, 'amount'],
    ])
  })

  test('whose account is not linked waits: once a person links it, its lines come in', async () => {
    const made = await connect({ provider: 'finary' })
    await deliver(made.path, generic(made, { ...delivery('n1', one('a')), accounts: [{ id: 'acc-1', currency: 'EUR' }] }))
    expect(await events(made)).toMatchObject([{ state: 'failed', outcome: expect.stringContaining('acc-1') }])
    expect((await get(made.company, '/api/sync/status'))).toMatchObject({ pending: 0, failed: 1, items: [{ lastRun: { state: 'failed', counts: { refused: 1 }, problems: [{ code: 'SYNC_ACCOUNT_UNLINKED' }] } }] })
    const { body: account } = await t.api('POST', '/api/accounts', { as: made.company, body: { name: 'Compte courant' } })
    await t.api('PUT', `/api/connections/${made.id}/accounts`, { as: made.company, body: { externalId: 'acc-1', bankAccountId: account.id } })
    await t.app.jobs.idle()
    expect(await lines(made.company)).toHaveLength(1)
    expect(await events(made)).toMatchObject([{ state: 'done' }])
  })

  test('announces a line, then books it under another id, in either order', async () => {
    const made = await withAccount()
    await deliver(made.path, generic(made, delivery('n1', one('p1', { status: 'pending' }))))
    expect(await lines(made.company)).toMatchObject([{ status: 'pending' }])
    await deliver(made.path, generic(made, delivery('n2', one('b1', { replaces: 'p1' }))))
    await deliver(made.path, generic(made, delivery('n3', one('p1', { status: 'pending' }))))
    expect(await lines(made.company)).toMatchObject([{ status: 'booked' }])
  })
})

describe('what is forged, old, truncated or too big', () => {
  test('is refused with 401 and nothing is kept but a count', async () => {
    const made = await withAccount()
    const good = generic(made, delivery('n1', one('a')))
    const forged: readonly Sent[] = [
      { ...good, headers: { 'content-type': 'application/json' } },
      { ...good, headers: { ...good.headers, 'quittance-signature': 't=1,v1=zz' } },
      { ...good, body: good.body.replace('-49.90', '49.90') },
      { ...good, body: good.body.slice(0, -20) },
      timedSends('quittance-signature', { secret: 'another secret', at: NOW, fields: delivery('n1', one('a')) }),
      generic(made, delivery('n1', one('a')), later(-301)),
      generic(made, delivery('n1', one('a')), later(301)),
    ]
    for (const sent of forged) expect(await deliver(made.path, sent)).toMatchObject({ status: 401, body: { code: 'NOTIFICATION_REFUSED' } })
    expect(await events(made)).toEqual([])
    expect(await lines(made.company)).toEqual([])
    expect(await connection(made)).toMatchObject({ refused: 7, lastEventAt: null })
    const { rows } = await t.db.owner.query<{ reason: string; count: bigint }>('select reason, count from app.sync_refusal where connection_id = $1 order by reason', [made.id])
    expect(rows).toEqual([{ reason: 'clock', count: 2n }, { reason: 'signature', count: 4n }, { reason: 'unsigned', count: 1n }])
    expect(await deliver(made.path, good)).toMatchObject({ status: 200 })
  })

  test('with an unknown, missing or removed key, or at the address of another service, is refused and leaves no trace at all', async () => {
    const made = await withAccount()
    const sent = generic(made, delivery('n1', one('a')))
    const [address = '', token = ''] = made.path.split('?connection=')
    const touched = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
    for (const path of [address, `${address}?connection=`, `${address}?connection=${touched}`, `${address}?connection=qc_${'A'.repeat(67)}`, `/api/webhooks/qonto?connection=${token}`]) {
      expect(await deliver(path, sent), path).toMatchObject({ status: 401, body: { code: 'NOTIFICATION_REFUSED' } })
    }
    expect(await connection(made)).toMatchObject({ refused: 0 })
    await t.api('DELETE', `/api/connections/${made.id}`, { as: made.company })
    expect((await deliver(made.path, sent)).status).toBe(401)
    const { rows } = await t.db.owner.query('select token_hash, signing_secret from app.sync_connection where id = $1', [made.id])
    expect(rows).toEqual([{ token_hash: null, signing_secret: null }])
  })

  test('of 5 MB is refused before it is read', async () => {
    const made = await withAccount()
    const big = generic(made, delivery('n1', one('a', { label: 'x'.repeat(5_000_000) })))
    expect(await deliver(made.path, big)).toMatchObject({ status: 413, body: { code: 'PAYLOAD_TOO_LARGE' } })
  })

  test('signed, but not JSON, is kept and fails; nothing is lost', async () => {
    const made = await withAccount()
    expect((await deliver(made.path, generic(made, '{"id":"n1","type":'))).status).toBe(200)
    expect(await events(made)).toMatchObject([{ state: 'failed', kind: null, outcome: 'Le contenu n\'est pas du JSON lisible' }])
  })

  test('of another company, proven with its own secret, stays in that company', async () => {
    const [ours, theirs] = [await withAccount(), await withAccount()]
    expect((await deliver(ours.path, generic(theirs, delivery('n1', one('a'))))).status).toBe(401)
    await deliver(theirs.path, generic(theirs, delivery('n1', one('a'))))
    expect([await lines(ours.company), await events(ours)]).toEqual([[], []])
    expect(await lines(theirs.company)).toHaveLength(1)
  })
})
