import { expect, it } from 'vitest'
import { dailyTimeOf } from './cron-words.ts'

it.each([['0 6 * * *', '06:00'], ['30 2 * * *', '02:30'], ['5 23 * * *', '23:05']])('reads the time of %s', (cron, time) => {
  expect(dailyTimeOf(cron)).toBe(time)
})

it.each(['0 6 * * 1', '*/5 * * * *', '0 6 1 * *', 'chaque jour', ''])('does not take %s for every day', (cron) => {
  expect(dailyTimeOf(cron)).toBeNull()
})
