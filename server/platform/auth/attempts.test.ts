import { expect, test } from 'vitest'
import { createAttempts } from './attempts.ts'
import { createFreshCache } from './fresh-cache.ts'

const LIMITS = { windowSeconds: 60, perAccount: 3, perAddress: 5 }

test('wrong passwords are counted for one account from one address, and forgotten after the window', () => {
  let now = 0
  const attempts = createAttempts(LIMITS, () => now)
  for (let n = 0; n < 3; n += 1) attempts.failed('A@example.org', '10.0.0.1')
  expect(() => { attempts.check('a@example.org', '10.0.0.1') }).toThrow(expect.objectContaining({ code: 'RATE_LIMITED', details: { seconds: '60' } }))
  attempts.check('a@example.org', '10.0.0.2')
  attempts.check('b@example.org', '10.0.0.1')
  now = 60_000
  attempts.check('a@example.org', '10.0.0.1')
})

test('one address that tries many accounts is refused for all of them', () => {
  const attempts = createAttempts(LIMITS, () => 0)
  for (let n = 0; n < 5; n += 1) attempts.failed(`person-${n}@example.org`, '10.0.0.1')
  expect(() => { attempts.check('other@example.org', '10.0.0.1') }).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }))
  attempts.check('other@example.org', '10.0.0.2')
})

test('a right password clears its account and takes its own attempt back from the address', () => {
  const attempts = createAttempts(LIMITS, () => 0)
  for (let n = 0; n < 20; n += 1) {
    attempts.check('a@example.org', '10.0.0.1')
    attempts.failed('a@example.org', '10.0.0.1')
    attempts.succeeded('a@example.org', '10.0.0.1')
  }
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
