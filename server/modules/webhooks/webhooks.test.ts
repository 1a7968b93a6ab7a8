import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { answers, floods, hangsUp, startReceiver, type Receiver } from '../../../tests/support/receiver.ts'
import { startTestApp, type TestApp, type TestCompany } from '../../../tests/support/server.ts'
import { addMember } from '../identity/index.ts'
import { deliver, RETRY_SECONDS } from './deliver.ts'
import { dropOldDeliveries } from './jobs.ts'

let t: TestApp
let receiver: Receiver
beforeAll(async () => { t = await startTestApp({ config: { outgoing: { allow: ['127.0.0.1'], http: true } } }) })
afterAll(async () => { await t.close() })
beforeEach(async () => { receiver = await startReceiver() })
afterEach(async () => { await receiver.close() })

const until = async (check: () => unknown) => { await vi.waitFor(check, { timeout: 20_000, interval: 25 }) }
const api = (company: TestCompany, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) => t.api(method, `/api/webhook-${path}`, { as: company, ...(body === undefined ? {} : { body }) })

type Made = { readonly company: TestCompany; readonly id: string; readonly secret: string }
async function endpoint(kinds: readonly string[] = ['member.added'], company?: TestCompany): Promise<Made> {
  const own = company ?? await t.company()
  const { status, body } = await api(own, 'POST', 'endpoints', { url: `${receiver.url}/hook`, kinds, description: 'Essai' })
  expect(status).toBe(201)
  return { company: own, id: body.endpoint.id, secret: body.secret }
}
async function happen(company: TestCompany): Promise<string> {
  const person = await t.signUp()
  await addMember(t.app, company.ctx, { email: person.email, role: 'viewer' })
  return person.id
}
const deliveries = async (company: TestCompany, query = '') => (await api(company, 'GET', `deliveries${query}`)).body.items
async function firstDelivery(company: TestCompany) {
  await until(async () => { expect((await deliveries(company)).length).toBeGreaterThan(0) })
  return (await deliveries(company))[0]
}
/** Verified as a receiver does, by the words of the specification. */
function isSigned(secret: string, { headers, body }: Receiver['received'][number]): boolean {
  const expected = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64')).update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`).digest('base64')
  return String(headers['webhook-signature']).split(' ').includes(`v1,${expected}`)
}
/** Makes a waiting delivery due and tries it, as its job would hours later. */
async function tryNow(company: TestCompany, id: string): Promise<number | null> {
  await t.db.owner.query('update app.webhook_delivery set next_at = now(), claimed_until = null where tenant_id = $1 and id = $2 and state = \'waiting\'', [company.tenantId, id])
  let wait: number | null = null
  await deliver(t.app, { tenantId: company.tenantId, id }, async (_tx, seconds) => { wait = seconds })
  return wait
}

describe('an address that answers', () => {
  test('is told after the commit, once, with a body it can verify', async () => {
    const { company, secret } = await endpoint(['member.added'])
    const subject = await happen(company)
    await until(() => { expect(receiver.received).toHaveLength(1) })
    const [got] = receiver.received
    expect(isSigned(secret, got!)).toBe(true)
    expect(isSigned('whsec_AAAA', got!)).toBe(false)
    const body = JSON.parse(got!.body)
    expect(body).toEqual({ id: got!.headers['webhook-id'], type: 'member.added', timestamp: expect.stringMatching(/^\d{4}-.*Z$/), companyId: company.tenantId, subject, data: { role: 'viewer' } })
    expect([got!.path, got!.headers['content-type']]).toEqual(['/hook', 'application/json'])
    await until(async () => { expect(await deliveries(company)).toMatchObject([{ state: 'delivered', attempts: 1, lastStatus: 200, lastError: null, nextAt: null, kind: 'member.added', eventId: body.id }]) })
    const detail = (await api(company, 'GET', `deliveries/${(await deliveries(company))[0].id}`)).body
    expect(detail).toMatchObject({ body: got!.body, tries: [{ n: 1, status: 200, error: null, excerpt: 'ok' }] })
  })

  test('is told only of the kinds it asked for, and nothing of another company', async () => {
    const { company } = await endpoint(['grant.added'])
    const other = await t.company()
    await happen(company)
    await happen(other)
    const firm = await t.company('firm')
    await t.api('POST', '/api/grants', { as: company, body: { firmSlug: firm.slug, role: 'viewer' } })
    await until(() => { expect(receiver.received.map(({ body }) => JSON.parse(body).type)).toEqual(['grant.added']) })
    expect(await deliveries(other)).toEqual([])
  })

  test('is told by a test that has no consequence', async () => {
    const { company, id, secret } = await endpoint()
    expect(await api(company, 'POST', `endpoints/${id}/test`)).toMatchObject({ status: 202, body: { kind: 'webhook.tested', state: 'waiting', attempts: 0 } })
    await until(() => { expect(receiver.received).toHaveLength(1) })
    expect([isSigned(secret, receiver.received[0]!), JSON.parse(receiver.received[0]!.body).type]).toEqual([true, 'webhook.tested'])
  })
})

describe('an address that misbehaves', () => {
  test('is tried again by itself a few seconds later, with the same id and the same body', async () => {
    const { company } = await endpoint()
    receiver.behave(answers(500, 'panne'), answers(204))
    await happen(company)
    await until(async () => { expect(await deliveries(company)).toMatchObject([{ state: 'delivered', attempts: 2 }]) })
    const [first, second] = receiver.received
    expect([second!.body, second!.headers['webhook-id'], second!.headers['quittance-delivery']]).toEqual([first!.body, first!.headers['webhook-id'], first!.headers['quittance-delivery']])
    const detail = (await api(company, 'GET', `deliveries/${(await deliveries(company))[0].id}`)).body
    expect(detail.tries.map(({ n, status, excerpt }: { n: number; status: number; excerpt: string | null }) => [n, status, excerpt])).toEqual([[2, 204, null], [1, 500, 'panne']])
  })

  test('the tries last a day and a little more, then the delivery is given up and told', async () => {
    const { company, id } = await endpoint()
    receiver.behave(answers(503))
    await happen(company)
    const { id: delivery } = await firstDelivery(company)
    await until(() => { expect(receiver.received.length).toBe(1) })
    await until(async () => { expect((await deliveries(company))[0]).toMatchObject({ attempts: 1, lastStatus: 503 }) })
    // The second, if its own job did not come first.
    const waits: (number | null)[] = [RETRY_SECONDS[0]!]
    while ((await deliveries(company))[0].state === 'waiting') {
      const before = (await deliveries(company))[0].attempts
      const wait = await tryNow(company, delivery)
      if ((await deliveries(company))[0].attempts === before + 1) waits.push(wait)
    }
    expect(waits).toEqual([...RETRY_SECONDS, null])
    expect(RETRY_SECONDS.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThanOrEqual(24 * 3600)
    expect(await deliveries(company, '?state=dead')).toMatchObject([{ id: delivery, state: 'dead', attempts: 11, lastStatus: 503, lastError: 'La réponse n\'est pas un succès (2xx).' }])
    expect((await api(company, 'GET', `endpoints/${id}`)).body).toMatchObject({ counts: { waiting: 0, dead: 1 }, lastDelivery: { status: 503, delivered: false } })
    const { rows } = await t.db.owner.query('select kind, subject, data from app.event where tenant_id = $1 and kind = \'webhook.failed\'', [company.tenantId])
    expect(rows).toEqual([{ kind: 'webhook.failed', subject: delivery, data: { endpointId: id, kind: 'member.added' } }])
  })

  test('each way to fail is named, nothing of it stops the others, and a huge answer is cut', async () => {
    const { company } = await endpoint()
    const other = await endpoint(['member.added'], company)
    const cases = [
      [hangsUp, null, 'La machine a coupé la connexion avant de répondre.'],
      [answers(302, '', { location: 'http://169.254.169.254/' }), 302, 'L\'adresse renvoie ailleurs ; les redirections ne sont pas suivies.'],
      [answers(404, '<h1>\0\u0007Perdu</h1>'), 404, 'La réponse n\'est pas un succès (2xx).'],
    ] as const
    for (const [behaviour, status, words] of cases) {
      receiver.behave(behaviour)
      await api(company, 'POST', `endpoints/${other.id}/test`)
      await until(async () => { expect((await deliveries(company, `?endpointId=${other.id}`))[0]).toMatchObject({ lastStatus: status, lastError: words, state: 'waiting' }) })
    }
    const lost = (await deliveries(company, `?endpointId=${other.id}`))[0]
    expect((await api(company, 'GET', `deliveries/${lost.id}`)).body.tries.at(-1).excerpt).toBe('<h1>Perdu</h1>')
    receiver.behave(floods)
    await api(company, 'POST', `endpoints/${other.id}/test`)
    await until(async () => { expect((await deliveries(company, `?endpointId=${other.id}`))[0]).toMatchObject({ state: 'delivered' }) })
    const flood = (await deliveries(company, `?endpointId=${other.id}`))[0]
    expect((await api(company, 'GET', `deliveries/${flood.id}`)).body.tries[0].excerpt).toBe('x'.repeat(1000))
    expect(receiver.received.some(({ path }) => path !== '/hook')).toBe(false)
  })

  test('what it asks for by Retry-After is kept, up to an hour', async () => {
    const { company } = await endpoint()
    receiver.behave(answers(429, '', { 'retry-after': '900' }), answers(429, '', { 'retry-after': '999999' }), answers(429, '', { 'retry-after': 'soon' }))
    await happen(company)
    // A try is counted when it begins: its answer is there when its status is.
    await until(async () => { expect((await deliveries(company))[0]).toMatchObject({ attempts: 1, lastStatus: 429 }) })
    const { id, nextAt, lastStatus } = await firstDelivery(company)
    expect([lastStatus, Math.round((Date.parse(nextAt) - Date.now()) / 60_000)]).toEqual([429, 15])
    expect([await tryNow(company, id), await tryNow(company, id)]).toEqual([3600, RETRY_SECONDS[2]])
  })

  test('410 says that it is gone: it is suspended and told nothing more', async () => {
    const { company, id } = await endpoint()
    receiver.behave(answers(410))
    await happen(company)
    await until(async () => { expect((await api(company, 'GET', `endpoints/${id}`)).body).toMatchObject({ enabled: false, disabledBecause: 'gone', counts: { waiting: 0, dead: 1 } }) })
    await happen(company)
    expect(await api(company, 'POST', `endpoints/${id}/test`)).toMatchObject({ status: 409, body: { code: 'WEBHOOK_DISABLED' } })
    expect(receiver.received).toHaveLength(1)
  })

  test('a worker that died in the middle leaves the delivery to another, and two workers do not send it twice', async () => {
    const { company } = await endpoint()
    receiver.behave(answers(500))
    await happen(company)
    await until(async () => { expect((await deliveries(company))[0]).toMatchObject({ attempts: 1, lastStatus: 500 }) })
    const { id } = await firstDelivery(company)
    const due = (claimed: string) => t.db.owner.query(`update app.webhook_delivery set next_at = now(), claimed_until = ${claimed} where id = $1`, [id])
    const attempt = () => deliver(t.app, { tenantId: company.tenantId, id }, async () => undefined)
    await due('now() + interval \'30 seconds\'')
    await attempt()
    expect((await deliveries(company))[0].attempts).toBe(1)
    await due('now() - interval \'1 second\'')
    receiver.behave(answers(200))
    await Promise.all([attempt(), attempt(), attempt()])
    expect((await deliveries(company))[0]).toMatchObject({ state: 'delivered', attempts: 2 })
    expect(receiver.received).toHaveLength(2)
  })
})

describe('sending again', () => {
  test('one delivery, with the id its receiver knows', async () => {
    const { company } = await endpoint()
    await happen(company)
    await until(async () => { expect((await deliveries(company))[0]).toMatchObject({ state: 'delivered' }) })
    const { id } = await firstDelivery(company)
    expect(await api(company, 'POST', `deliveries/${id}/replay`)).toMatchObject({ status: 202, body: { state: 'waiting' } })
    await until(async () => { expect((await deliveries(company))[0]).toMatchObject({ state: 'delivered', attempts: 2 }) })
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  })

  test('all since an instant: what was given up, and what happened while the address was suspended, each once', async () => {
    const { company, id } = await endpoint()
    const since = new Date(Date.now() - 60_000).toISOString()
    receiver.behave(answers(500))
    await happen(company)
    const { id: dead } = await firstDelivery(company)
    await until(() => { expect(receiver.received).toHaveLength(1) })
    await until(async () => { expect((await deliveries(company))[0]).toMatchObject({ attempts: 1, lastStatus: 500 }) })
    await t.db.owner.query('update app.webhook_delivery set state = \'dead\', next_at = null where id = $1', [dead])
    expect((await api(company, 'PATCH', `endpoints/${id}`, { enabled: false })).body).toMatchObject({ enabled: false, disabledBecause: 'person' })
    await happen(company)
    await t.app.jobs.idle()
    expect(await api(company, 'POST', `endpoints/${id}/replay`, { since })).toMatchObject({ status: 409, body: { code: 'WEBHOOK_DISABLED' } })
    expect((await api(company, 'PATCH', `endpoints/${id}`, { enabled: true })).body).toMatchObject({ enabled: true, disabledBecause: null })
    receiver.behave(answers(200))
    // The event may still be on its way to its rank: asked again, the call finds the rest and nothing twice.
    await until(async () => {
      await api(company, 'POST', `endpoints/${id}/replay`, { since })
      expect((await deliveries(company)).map(({ state }: { state: string }) => state)).toEqual(['delivered', 'delivered'])
    })
    expect((await api(company, 'POST', `endpoints/${id}/replay`, { since })).body).toEqual({ queued: 0, isComplete: true })
    expect((await api(company, 'POST', `endpoints/${id}/replay`, { since, only: 'all' })).body).toEqual({ queued: 2, isComplete: true })
    await until(async () => { expect((await deliveries(company)).every(({ state }: { state: string }) => state === 'delivered')).toBe(true) })
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(2)
  })
})

describe('the secret', () => {
  test('is shown once, and sealed in the database', async () => {
    const { company, id, secret } = await endpoint()
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const shown = JSON.stringify([(await api(company, 'GET', `endpoints/${id}`)).body, (await api(company, 'GET', 'endpoints')).body, (await t.api('GET', '/api/audit', { as: company })).body])
    const stored = JSON.stringify((await t.db.owner.query('select * from app.webhook_endpoint where id = $1', [id])).rows, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
    for (const text of [shown, stored]) expect([text.includes(secret), text.includes(secret.slice(6, 40))]).toEqual([false, false])
    expect((await api(company, 'GET', `endpoints/${id}`)).body.secretHint).toBe(secret.slice(-4))
  })

  test('can be changed: both sign for a day, then the new one alone', async () => {
    const { company, id, secret } = await endpoint()
    const { body } = await api(company, 'POST', `endpoints/${id}/rotate-secret`)
    expect([body.secret === secret, Math.round((Date.parse(body.endpoint.previousSecretUntil) - Date.now()) / 3_600_000)]).toEqual([false, 24])
    await api(company, 'POST', `endpoints/${id}/test`)
    await until(() => { expect(receiver.received).toHaveLength(1) })
    expect([isSigned(secret, receiver.received[0]!), isSigned(body.secret, receiver.received[0]!)]).toEqual([true, true])
    await t.db.owner.query('update app.webhook_endpoint set previous_until = now() - interval \'1 second\' where id = $1', [id])
    await api(company, 'POST', `endpoints/${id}/test`)
    await until(() => { expect(receiver.received).toHaveLength(2) })
    expect([isSigned(secret, receiver.received[1]!), isSigned(body.secret, receiver.received[1]!)]).toEqual([false, true])
  })
})

describe('what is refused', () => {
  test.each([
    ['a private address', 'http://10.0.0.1/x', 422, 'WEBHOOK_URL_PRIVATE'], ['the metadata of a cloud', 'http://169.254.169.254/', 422, 'WEBHOOK_URL_PRIVATE'],
    ['a password', 'https://a:b@example.org/', 400, 'WEBHOOK_URL_INVALID'], ['another scheme', 'ftp://example.org/', 400, 'WEBHOOK_URL_INVALID'], ['words', 'pas une adresse', 400, 'WEBHOOK_URL_INVALID'],
  ])('%s', async (_what, url, status, code) => {
    const company = await t.company()
    expect(await api(company, 'POST', 'endpoints', { url, kinds: ['member.added'] })).toMatchObject({ status, body: { code } })
    const { id } = await endpoint(['member.added'], company)
    expect(await api(company, 'PATCH', `endpoints/${id}`, { url })).toMatchObject({ status, body: { code } })
  })

  test('a kind that is not for the outside, no kind, and a twenty-first address', async () => {
    const company = await t.company()
    for (const kinds of [['job.progress'], ['invoice.eaten'], []]) expect((await api(company, 'POST', 'endpoints', { url: receiver.url, kinds })).status).toBe(400)
    for (let n = 0; n < 20; n += 1) await endpoint(['member.added'], company)
    expect(await api(company, 'POST', 'endpoints', { url: receiver.url, kinds: ['member.added'] })).toMatchObject({ status: 409, body: { code: 'WEBHOOK_ENDPOINTS_FULL' } })
  })

  test('an address whose name leads inside later is refused at the try', async () => {
    const { company, id } = await endpoint()
    await t.db.owner.query('update app.webhook_endpoint set url = \'http://localhost:1/\' where id = $1', [id])
    await t.db.owner.query('update app.webhook_endpoint set url = \'http://127.0.0.2:1/\' where id = $1', [id])
    await api(company, 'POST', `endpoints/${id}/test`)
    await until(async () => { expect((await deliveries(company))[0]).toMatchObject({ lastError: 'L\'adresse appartient à un réseau privé ou réservé.', lastStatus: null }) })
  })
})

test('removing an address removes its deliveries, and old deliveries are forgotten', async () => {
  const { company, id } = await endpoint()
  const kept = await endpoint(['member.added'], company)
  await happen(company)
  await until(async () => { expect((await deliveries(company)).map(({ state }: { state: string }) => state)).toEqual(['delivered', 'delivered']) })
  expect((await api(company, 'DELETE', `endpoints/${id}`)).status).toBe(204)
  expect((await deliveries(company)).map(({ endpointId }: { endpointId: string }) => endpointId)).toEqual([kept.id])
  await t.db.owner.query('update app.webhook_delivery set created_at = now() - interval \'31 days\' where tenant_id = $1', [company.tenantId])
  await dropOldDeliveries(t.app)
  expect(await deliveries(company)).toEqual([])
})
