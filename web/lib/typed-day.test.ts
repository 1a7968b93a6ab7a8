import { expect, it } from 'vitest'
import { localDate } from '../../core/kernel/local-date.ts'
import { readDay } from './typed-day.ts'

const today = localDate('2026-11-20')

it.each([
  ['20/11/2026', '2026-11-20'], ['5/1/26', '2026-01-05'], ['5/1', '2026-01-05'], ['0501', '2026-01-05'], ['05012025', '2025-01-05'], ['05', '2026-11-05'], ['5', '2026-11-05'],
  ['2026-02-28', '2026-02-28'], ['28.02.2024', '2024-02-28'], ['+3', '2026-11-23'], ['-20', '2026-10-31'], ['a', '2026-11-20'],
])('reads "%s" as %s', (typed, day) => {
  expect(readDay(typed, today)).toBe(day)
})

it.each(['31/11', '29/02/2026', '32', '12/13/2026', 'demain', '', '1/2/3/4'])('finds no day in "%s"', (typed) => {
  expect(readDay(typed, today)).toBeUndefined()
})
