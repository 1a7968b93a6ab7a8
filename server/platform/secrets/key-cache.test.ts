import { expect, test } from 'vitest'
import { createKeyCache } from './key-cache.ts'

test('the cache of keys never grows beyond its limit, and the one used longest ago leaves first', () => {
  const cache = createKeyCache<number>({ entriesMax: 3, ttlMs: 1_000 }, () => 0)
  for (const [name, value] of [['a', 1], ['b', 2], ['c', 3]] as const) cache.set(name, value)
  expect(cache.get('a')).toBe(1)
  cache.set('d', 4)
  expect(cache.size()).toBe(3)
  expect(['a', 'b', 'c', 'd'].map((name) => cache.get(name))).toEqual([1, undefined, 3, 4])
})

test('a key is not kept longer than its time, however often it is used', () => {
  let now = 0
  const cache = createKeyCache<number>({ entriesMax: 3, ttlMs: 1_000 }, () => now)
  cache.set('a', 1)
  now = 999
  expect(cache.get('a')).toBe(1)
  now = 1_000
  expect(cache.get('a')).toBeUndefined()
  expect(cache.size()).toBe(0)
})
