import { expect, test } from 'vitest'
import { fixedClock } from '../../platform/clock/clock.ts'
import { dueDay } from './due-day.ts'

const at = (instant: string, zone = 'Europe/Paris') => dueDay(fixedClock(instant), zone)

test('the day counts from six in the morning on the clock of the company', () => {
  // In November Paris is one hour ahead of UTC.
  expect(at('2026-11-20T04:59:59Z')).toBe('2026-11-19')
  expect(at('2026-11-20T05:00:00Z')).toBe('2026-11-20')
  expect(at('2026-11-20T23:30:00Z')).toBe('2026-11-20')
})

test('on the days the clocks change, six in the morning is six in the morning', () => {
  // 29 March 2026: two hours ahead from 01:00 UTC. 25 October 2026: one hour ahead again from 01:00 UTC.
  expect([at('2026-03-29T03:59:59Z'), at('2026-03-29T04:00:00Z')]).toEqual(['2026-03-28', '2026-03-29'])
  expect([at('2026-10-25T04:59:59Z'), at('2026-10-25T05:00:00Z')]).toEqual(['2026-10-24', '2026-10-25'])
})

test('each company has its own morning', () => {
  // 08:00 UTC is 03:00 in Montréal and 17:00 in Tokyo.
  expect([at('2026-11-20T08:00:00Z', 'America/Toronto'), at('2026-11-20T08:00:00Z', 'Asia/Tokyo')]).toEqual(['2026-11-19', '2026-11-20'])
})
