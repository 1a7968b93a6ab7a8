import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDb, type TestDb } from '../../../tests/support/database.ts'
import { ATTEMPT_LIMITS, createAttempts, passwordCounts, waitAfter, type Attempts, type Counted } from './attempts.ts'
import { createFreshCache } from './sessions/fresh-cache.ts'
import { counted, networkOf } from './network.ts'

let db: TestDb
let attempts: Attempts
let n = 0
beforeAll(async () => { db = await testDb(); attempts = createAttempts(db) })
afterAll(async () => { await db.close() })

const someone = () => { n += 1; return `person-${n}@example.org` }
/** Makes every wait of the past be over, as time would. */
const later = (interval: string) => db.system((tx) => tx.query(`update auth.attempt set blocked_until = blocked_until - $1::interval, last_at = last_at - $1::interval, forget_at = forget_at - $1::interval`, [interval]))
const tries = async (what: readonly Counted[], times: number) => {
  const seconds: number[] = []
  for (let i = 0; i < times; i += 1) await attempts.count(what).then(() => seconds.push(0), (error: { details: { seconds: string } }) => seconds.push(Number(error.details.seconds)))
  return seconds
}

test('waits double from the first to the longest, and there is none before', () => {
  // By hand: 5 free tries, then 60, 120, 240, 480, 900 and never more.
  expect([1, 4, 5, 6, 7, 8, 9, 10, 500].map((count) => waitAfter(ATTEMPT_LIMITS.pair, count))).toEqual([0, 0, 60, 120, 240, 480, 900, 900, 900])
})

test('after five wrong tries the sixth waits a minute; once waited, one more try doubles the wait', async () => {
  const what = [{ kind: 'pair' as const, of: someone() }]
  const first = await tries(what, 6)
  expect(first.slice(0, 5)).toEqual([0, 0, 0, 0, 0])
  expect(first[5]).toBeGreaterThan(0)
  expect(first[5]).toBeLessThanOrEqual(60)
  await later('61 seconds')
  const [after, wait] = await tries(what, 2)
  expect(after).toBe(0)
  expect(wait).toBeGreaterThan(60)
  expect(wait).toBeLessThanOrEqual(120)
})

test('tries sent at the same moment are counted one by one, by two processes as by one', async () => {
  const what = [{ kind: 'pair' as const, of: someone() }]
  const other = createAttempts(db)
  const answers = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => (i % 2 ? other : attempts).count(what)))
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
})

test('what was counted is forgotten a day after the last try', async () => {
  const what = [{ kind: 'pair' as const, of: someone() }]
  await tries(what, 5)
  await later('24 hours 1 second')
  expect(await tries(what, 5)).toEqual([0, 0, 0, 0, 0])
})

test('a thousand wrong passwords from a thousand addresses never keep the account waiting for more than half a minute, and never a browser it knows', async () => {
  const email = someone()
  // What a thousand guesses leave behind, without the hour they take.
  await tries([{ kind: 'account', of: email }], 1)
  await db.system((tx) => tx.query('update auth.attempt set count = 1000, last_at = now() where key = encode(sha256($1::text::bytea), \'hex\')', [`account ${email}`]))
  await attempts.count(passwordCounts(email, '203.0.113.77', undefined))
  const [wait] = await tries(passwordCounts(email, '198.51.100.9', undefined), 1)
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThanOrEqual(30)
  expect(await tries(passwordCounts(email, '198.51.100.9', 'a device it knows'), 1)).toEqual([0])
  await later('31 seconds')
  expect(await tries(passwordCounts(email, '198.51.100.9', undefined), 1)).toEqual([0])
})

test('a right password is taken back from the address and forgets its own mistakes', async () => {
  const what = passwordCounts(someone(), '192.0.2.1', undefined)
  for (let i = 0; i < 40; i += 1) {
    await attempts.count(what)
    await attempts.release(what, ['pair'])
  }
  expect((await db.system((tx) => tx.query('select max(count) as count from auth.attempt where key = encode(sha256(\'address 192.0.2.1\'), \'hex\')'))).rows).toEqual([{ count: 0 }])
})

test('counters that nobody needs any more are swept', async () => {
  const what = [{ kind: 'pair' as const, of: someone() }]
  await attempts.count(what)
  await later('25 hours')
  await attempts.count([{ kind: 'pair', of: someone() }])
  expect((await db.system((tx) => tx.query('select count(*)::int as left from auth.attempt where forget_at < now()'))).rows).toEqual([{ left: 0 }])
})

test('the addresses of one line at home count as one, in IPv6 as in IPv4', () => {
  // RFC 3849 documentation addresses: the first 64 bits are one line.
  expect(counted('2001:db8:1:2:3:4:5:6')).toBe(counted('2001:0db8:0001:0002::1'))
  expect(counted('2001:db8:1:3::1')).not.toBe(counted('2001:db8:1:2::1'))
  expect(counted('::ffff:192.0.2.7')).toBe('192.0.2.7')
  expect(networkOf('192.0.2.7')).toBe(networkOf('192.0.2.200'))
  expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:db8:1:ffff::1'))
})

test('an answer that was being fetched while the cache was cleared is not kept', async () => {
  const cache = createFreshCache<string>(5_000, () => 0)
  let arrive: (value: string) => void = () => undefined
  const first = cache.get('k', () => new Promise((resolve) => { arrive = resolve }))
  cache.clear()
  arrive('stale')
  expect(await first).toBe('stale')
  expect(await cache.get('k', async () => 'fresh')).toBe('fresh')
  expect(await cache.get('k', async () => 'not asked')).toBe('fresh')
})

test('an answer is asked for again after its time', async () => {
  let now = 0
  const cache = createFreshCache<number>(5_000, () => now)
  expect(await cache.get('k', async () => 1)).toBe(1)
  now = 5_000
  expect(await cache.get('k', async () => 2)).toBe(2)
})
