import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, daysBetween, endOfMonth, fromEpochDay, localDate, parseCompactDate, parseDate, toEpochDay, weekdayOf } from './local-date.ts'

const day = fc.integer({ min: -500_000, max: 2_000_000 })

describe('calendar days', () => {
  it('agree with the platform\'s own calendar on every day from 1600 to 2400', () => {
    fc.assert(fc.property(fc.integer({ min: -135_140, max: 157_054 }), (epochDay) => {
      expect(fromEpochDay(epochDay)).toBe(new Date(epochDay * 86_400_000).toISOString().slice(0, 10))
      expect(weekdayOf(fromEpochDay(epochDay)) % 7).toBe(new Date(epochDay * 86_400_000).getUTCDay())
    }))
  })
  it('come back from their number', () => {
    fc.assert(fc.property(day, (epochDay) => { expect(toEpochDay(fromEpochDay(epochDay))).toBe(epochDay) }))
  })
  it('exist or are refused', () => {
    expect(parseDate('2024-02-29')).toBe('2024-02-29')
    for (const text of ['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '20260401', '2026-4-1', '0000-01-01']) expect(parseDate(text), text).toBeUndefined()
    expect(parseCompactDate('20261332')).toBeUndefined()
    expect(parseCompactDate('20261231')).toBe('2026-12-31')
  })
  it('keep to the month\'s end when months are added', () => {
    expect(addMonths(localDate('2026-01-31'), 1)).toBe('2026-02-28')
    expect(addMonths(localDate('2024-01-31'), 1)).toBe('2024-02-29')
    expect(addMonths(localDate('2026-03-15'), -15)).toBe('2024-12-15')
    expect(endOfMonth(localDate('2026-12-05'))).toBe('2026-12-31')
  })
  it('count days across years: 60 days after 15 January 2026 is 16 March', () => {
    expect(addDays(localDate('2026-01-15'), 60)).toBe('2026-03-16')
    expect(daysBetween(localDate('2026-03-16'), localDate('2026-01-15'))).toBe(-60)
  })
})
