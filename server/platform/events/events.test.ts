import type { IncomingMessage } from 'node:http'
import { request } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../tests/support/server.ts'
import { composeApp } from '../../entry/compose.ts'
import { composeHttp } from '../../entry/http.ts'
import { addGrant, addMember, revokeGrant } from '../../modules/identity/index.ts'
import { appendEvent } from './append-event.ts'
import { dropOldEvents, reactToEvents } from './event-jobs.ts'

let t: TestApp
let origin: string
const streams: Stream[] = []
beforeAll(async () => {
  t = await startTestApp()
  origin = await t.http.listen({ host: '127.0.0.1', port: 0 })
})
afterEach(() => { for (const stream of streams.splice(0)) stream.close() })
afterAll(async () => { await t.close() })

type Told = { readonly id: string; readonly event: string; readonly data: Record<string, unknown> }
type Stream = { readonly status: number; readonly headers: IncomingMessage['headers']; readonly events: Told[]; readonly ended: () => boolean; readonly answer: IncomingMessage; text(): string; close(): void }

function parse(text: string): Told[] {
  return text.split('\n\n').slice(0, -1).flatMap((block) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
    const event = field('event')
    return event === undefined ? [] : [{ id: field('id') ?? '', event, data: JSON.parse(field('data') ?? '{}') as Record<string, unknown> }]
  })
}

/** A client of the stream that speaks HTTP by itself. */
async function follow(at: string, as: { readonly cookie: string; readonly tenantId: string }, more: { readonly path?: string; readonly headers?: Record<string, string>; readonly paused?: boolean } = {}): Promise<Stream> {
  const answer = await new Promise<IncomingMessage>((answered, failed) => {
    request(`${at}/api/events${more.path ?? ''}`, { headers: { accept: 'text/event-stream', cookie: as.cookie, 'quittance-tenant': as.tenantId, ...more.headers }, agent: false }, answered).on('error', failed).end()
  })
  let text = ''
  let isEnded = false
  answer.setEncoding('utf8').on('end', () => { isEnded = true }).on('close', () => { isEnded = true }).on('error', () => undefined)
  if (!more.paused) answer.on('data', (part: string) => { text += part })
  const stream: Stream = { status: answer.statusCode ?? 0, headers: answer.headers, answer, ended: () => isEnded, text: () => text, close: () => { answer.destroy() }, get events() { return parse(text) } }
  streams.push(stream)
  return stream
}

const seen = (stream: Stream) => stream.events.filter(({ event }) => !['ready', 'reset', 'passed'].includes(event))
const until = async (check: () => unknown) => { await vi.waitFor(check, { timeout: 15_000, interval: 20 }) }
const say = async (company: TestCompany, n: number) => {
  await t.app.db.tenant(company.ctx, (tx) => appendEvent(tx, company.ctx, { kind: 'job.progress', subject: null, data: { job: 'test', done: n, total: 1000 } }))
}
const numbers = (stream: Stream) => seen(stream).map(({ data }) => (data['data'] as { done: number }).done)
/** What a new company tells of itself comes first: these tests begin after it. */
const begun = async (company: TestCompany) => String((await t.api('GET', '/api/events', { as: company })).body.last)

test('a stream tells what happens from its opening on, with a rank, a kind and data', async () => {
  const company = await t.company()
  const stream = await follow(origin, company)
  expect([stream.status, stream.headers['content-type'], stream.headers['cache-control'], stream.headers['x-accel-buffering']]).toEqual([200, 'text/event-stream; charset=utf-8', 'no-store, no-transform', 'no'])
  await until(() => { expect(stream.events.map(({ event }) => event)).toEqual(['ready']) })
  await say(company, 1)
  await until(() => { expect(numbers(stream)).toEqual([1]) })
  const [ready, told] = stream.events
  expect(told).toEqual({ id: String(BigInt(ready!.id) + 1n), event: 'job.progress', data: { seq: told!.id, id: expect.any(String), at: expect.any(String), kind: 'job.progress', subject: null, data: { job: 'test', done: 1, total: 1000 } } })
})

test('what is rolled back is never told', async () => {
  const company = await t.company()
  const stream = await follow(origin, company)
  await expect(t.app.db.tenant(company.ctx, async (tx) => {
    await appendEvent(tx, company.ctx, { kind: 'job.progress', subject: null, data: { job: 'test', done: 1, total: 1 } })
    throw new Error('undone')
  })).rejects.toThrow('undone')
  await say(company, 2)
  await until(() => { expect(numbers(stream)).toEqual([2]) })
  expect(BigInt(seen(stream)[0]!.id)).toBe(BigInt(stream.events[0]!.id) + 1n)
})

test('a stream that comes back after an id hears what it missed, once', async () => {
  const company = await t.company()
  const start = await begun(company)
  for (const n of [1, 2, 3]) await say(company, n)
  const first = await follow(origin, company, { path: `?after=${start}` })
  await until(() => { expect(numbers(first)).toEqual([1, 2, 3]) })
  const last = seen(first)[1]!.id
  first.close()
  await say(company, 4)
  const second = await follow(origin, company, { headers: { 'last-event-id': last } })
  await say(company, 5)
  await until(() => { expect(numbers(second)).toEqual([3, 4, 5]) })
})

test('a rank that is no longer kept, or was never given, asks the client to read everything again', async () => {
  const company = await t.company()
  const start = await begun(company)
  await say(company, 1)
  await reactToEvents(t.app, company.tenantId, [])
  await t.db.owner.query('update app.event set at = now() - interval \'31 days\' where tenant_id = $1', [company.tenantId])
  await dropOldEvents(t.app)
  expect((await t.db.owner.query('select count(*)::int as left from app.event where tenant_id = $1', [company.tenantId])).rows).toEqual([{ left: 0 }])
  await say(company, 2)
  const late = await follow(origin, company, { path: `?after=${start}` })
  const ahead = await follow(origin, company, { path: '?after=999999' })
  await until(() => { expect([late, ahead].map(({ events }) => events[0]?.event)).toEqual(['reset', 'reset']) })
  expect(late.events[0]!.id).toBe(String(BigInt(start) + 2n))
  expect((await t.api('GET', `/api/events?after=${start}`, { as: company })).body).toEqual({ items: [], last: late.events[0]!.id, reset: true })
})

test('events younger than thirty days, or that no job reacted to, are kept', async () => {
  const company = await t.company()
  const kept = async () => (await t.db.owner.query<{ left: number }>('select count(*)::int as left from app.event where tenant_id = $1', [company.tenantId])).rows[0]!.left
  await reactToEvents(t.app, company.tenantId, [])
  const before = await kept()
  await t.db.owner.query('update app.event set at = now() - interval \'29 days\' where tenant_id = $1', [company.tenantId])
  await dropOldEvents(t.app)
  expect(await kept()).toBe(before)
  expect(before).toBeGreaterThan(0)
})

test('only the kinds asked for are told, and an unknown one is refused', async () => {
  const company = await t.company()
  const stream = await follow(origin, company, { path: '?kinds=member.added' })
  await say(company, 1)
  const added = await t.signUp()
  await addMember(t.app, company.ctx, { email: added.email, role: 'viewer' })
  await until(() => { expect(seen(stream).map(({ event, data }) => [event, data['subject'], data['data']])).toEqual([['member.added', added.id, { role: 'viewer' }]]) })
  expect(await t.api('GET', '/api/events?kinds=member.added,invoice.eaten', { as: company })).toMatchObject({ status: 400, body: { code: 'EVENT_KIND_UNKNOWN' } })
})

test('a kind that the role may not see is not told', async () => {
  const company = await t.company()
  const viewer = await t.member(company, 'viewer')
  const start = await begun(company)
  await t.app.db.tenant(company.ctx, (tx) => appendEvent(tx, company.ctx, { kind: 'webhook.changed', subject: null, data: {} }))
  await say(company, 1)
  const kindsFor = async (as: typeof viewer | TestCompany) => (await t.api('GET', `/api/events?after=${start}`, { as: as.cookie, tenant: company })).body.items.map(({ kind }: { kind: string }) => kind)
  expect(await kindsFor(viewer)).toEqual(['job.progress'])
  expect(await kindsFor(company)).toEqual(['webhook.changed', 'job.progress'])
})

test('another company hears nothing, and cannot listen', async () => {
  const company = await t.company()
  const other = await t.company()
  const stream = await follow(origin, other)
  await say(company, 1)
  await say(other, 2)
  await until(() => { expect(numbers(stream)).toEqual([2]) })
  expect((await follow(origin, { cookie: other.cookie, tenantId: company.tenantId })).status).toBe(404)
  expect((await follow(origin, { cookie: '', tenantId: company.tenantId })).status).toBe(401)
})

test('a stream ends when the session is closed', async () => {
  const company = await t.company()
  const stream = await follow(origin, company)
  await until(() => { expect(stream.events).toHaveLength(1) })
  await t.app.auth.signOut(company.cookie)
  await until(() => { expect(stream.ended()).toBe(true) })
  expect(stream.events.at(-1)).toMatchObject({ event: 'end', data: { why: 'access' } })
})

test('a stream ends when the member is removed, and when the grant of a firm is taken back', async () => {
  const company = await t.company()
  const firm = await t.company('firm')
  const viewer = await t.member(company, 'viewer')
  const grant = await addGrant(t.app, company.ctx, { firmSlug: firm.slug, role: 'accountant' })
  const streams = [await follow(origin, viewer), await follow(origin, { cookie: firm.cookie, tenantId: company.tenantId })]
  await until(() => { for (const stream of streams) expect(stream.events).toHaveLength(1) })
  expect((await t.api('DELETE', `/api/members/${viewer.id}`, { as: company })).status).toBeLessThan(300)
  await until(() => { expect(streams.map((stream) => stream.ended())).toEqual([true, false]) })
  await revokeGrant(t.app, company.ctx, { id: grant.id })
  await until(() => { expect(streams.map((stream) => stream.ended())).toEqual([true, true]) })
})

test('one person keeps ten streams at most, and a closed one makes room', async () => {
  const company = await t.company()
  const open = await Promise.all(Array.from({ length: 10 }, () => follow(origin, company)))
  expect(open.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200))
  expect((await follow(origin, company)).status).toBe(429)
  open[0]!.close()
  await until(async () => { expect((await follow(origin, company)).status).toBe(200) })
})

/** What is really held: what nobody needs any more is collected first. */
function memoryHeld(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

test('a client that reads nothing holds no memory: the events wait in the database', async () => {
  const company = await t.company()
  const start = await begun(company)
  const slow = await follow(origin, company, { path: `?after=${start}`, paused: true })
  const filler = 'x'.repeat(20_000)
  const COUNT = 2_000
  await t.app.db.tenant(company.ctx, async (tx) => {
    for (let n = 0; n < COUNT; n += 1) await appendEvent(tx, company.ctx, { kind: 'job.progress', subject: null, data: { job: filler, done: n, total: COUNT } })
  })
  const before = memoryHeld()
  await say(company, COUNT)
  const follower = await follow(origin, company, { path: '?kinds=job.progress' })
  await say(company, COUNT + 1)
  // It begins where the events stood when it came; the one before may still have been on its way to its rank.
  await until(() => { expect(numbers(follower).at(-1)).toBe(COUNT + 1) })
  // 40 MB of events are due; what the server may hold of them is one reading of 50 events of 20 kB, and the sockets.
  expect(memoryHeld() - before).toBeLessThan(25_000_000)
  let text = ''
  slow.answer.on('data', (part: string) => { text += part })
  await until(() => { expect(text.slice(-2_000)).toMatch(new RegExp(`"done":${COUNT + 1}\\b.*\\n\\n$`)) })
  expect(parse(text).slice(1).map(({ data }) => (data['data'] as { done: number }).done)).toEqual(Array.from({ length: COUNT + 2 }, (_, n) => n))
})

test('a program without streams reads page by page', async () => {
  const company = await t.company()
  let after = await begun(company)
  for (let n = 1; n <= 5; n += 1) await say(company, n)
  const read: number[] = []
  for (let page = 0; page < 4; page += 1) {
    const { body } = await t.api('GET', `/api/events?after=${after}&limit=2`, { as: company })
    read.push(...body.items.map(({ data }: { data: { done: number } }) => data.done))
    after = body.last
  }
  expect(read).toEqual([1, 2, 3, 4, 5])
})

test('a stop of the server ends its streams', async () => {
  const company = await t.company()
  const http = await composeHttp(t.app, { demo: null })
  const stream = await follow(await http.listen({ host: '127.0.0.1', port: 0 }), company)
  await until(() => { expect(stream.events).toHaveLength(1) })
  await http.close()
  await until(() => { expect(stream.events.at(-1)).toMatchObject({ event: 'end', data: { why: 'stop' } }) })
})

const onPostgres = process.env['QUITTANCE_TEST_DB']?.startsWith('postgres') ?? false
const named = (name: string) => (onPostgres ? name : `not run: needs PostgreSQL (QUITTANCE_TEST_DB): ${name}`)

test.runIf(onPostgres)(named('a transaction that commits late is heard after those that overtook it, and nothing is missed'), async () => {
  const company = await t.company()
  const stream = await follow(origin, company)
  await until(() => { expect(stream.events).toHaveLength(1) })
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => { release = resolve })
  const late = t.app.db.tenant(company.ctx, async (tx) => {
    await appendEvent(tx, company.ctx, { kind: 'job.progress', subject: null, data: { job: 'test', done: 1, total: 1 } })
    await held
  })
  await say(company, 2)
  await until(() => { expect(numbers(stream)).toEqual([2]) })
  const last = seen(stream)[0]!.id
  release()
  await late
  await until(() => { expect(numbers(stream)).toEqual([2, 1]) })
  const again = await follow(origin, company, { headers: { 'last-event-id': last } })
  await until(() => { expect(numbers(again)).toEqual([1]) })
})

test.runIf(onPostgres)(named('ranks given by many readers and writers at once neither skip nor repeat'), async () => {
  const company = await t.company()
  const start = BigInt(await begun(company))
  const reading = Array.from({ length: 6 }, async () => { for (let n = 0; n < 10; n += 1) await t.api('GET', '/api/events', { as: company }) })
  await Promise.all([...Array.from({ length: 40 }, (_, n) => say(company, n)), ...reading])
  const { body } = await t.api('GET', `/api/events?after=${start}&limit=200`, { as: company })
  expect(body.items.map(({ seq }: { seq: string }) => BigInt(seq) - start)).toEqual(Array.from({ length: 40 }, (_, n) => BigInt(n + 1)))
  expect(body.items.map(({ data }: { data: { done: number } }) => data.done).toSorted((a: number, b: number) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n))
})

test.runIf(onPostgres)(named('two API processes on one database: what one writes is heard on the other, and a client goes from one to the other without loss'), async () => {
  const { app, stop } = await composeApp({ config: t.app.config, db: t.db, log: t.app.log, clock: t.app.clock })
  const http = await composeHttp(app, { demo: null })
  const other = await http.listen({ host: '127.0.0.1', port: 0 })
  try {
    const company = await t.company()
    const added = await t.signUp()
    const here = await follow(origin, company, { path: '?kinds=member.added,job.progress' })
    const there = await follow(other, company, { path: '?kinds=member.added,job.progress' })
    const answer = await fetch(`${other}/api/members`, { method: 'POST', headers: { 'content-type': 'application/json', cookie: company.cookie, 'quittance-tenant': company.tenantId }, body: JSON.stringify({ email: added.email, role: 'viewer' }) })
    expect(answer.status).toBeLessThan(300)
    await until(() => { for (const stream of [here, there]) expect(seen(stream).map(({ event }) => event)).toEqual(['member.added']) })
    here.answer.socket.destroy()
    for (const n of [1, 2, 3]) await say(company, n)
    const back = await follow(other, company, { headers: { 'last-event-id': seen(here).at(-1)!.id } })
    await until(() => { expect(numbers(back)).toEqual([1, 2, 3]) })
    await until(() => { expect(seen(there).map(({ id }) => id)).toEqual([seen(here)[0]!.id, ...seen(back).map(({ id }) => id)]) })
    await t.app.auth.signOut(company.cookie)
    await until(() => { expect([back.ended(), there.ended()]).toEqual([true, true]) })
  } finally {
    await http.close()
    await stop()
  }
})
