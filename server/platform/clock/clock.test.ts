import { describe, expect, it } from 'vitest'
import { fixedClock, systemClock } from './clock.ts'

describe('the clock', () => {
  it('gives the day of the company\'s time zone, not the machine\'s', () => {
    const lateEvening = fixedClock('2026-11-20T23:30:00Z')
    expect(lateEvening.today('Europe/Paris')).toBe('2026-11-21')
    expect(lateEvening.today('UTC')).toBe('2026-11-20')
    expect(lateEvening.today('America/Montreal')).toBe('2026-11-20')
    expect(lateEvening.today('Pacific/Auckland')).toBe('2026-11-21')
  })

  it('follows summer time on the days it changes in Paris', () => {
    expect(fixedClock('2026-03-28T22:59:59Z').today('Europe/Paris')).toBe('2026-03-28')
    expect(fixedClock('2026-03-28T23:00:00Z').today('Europe/Paris')).toBe('2026-03-29')
    expect(fixedClock('2026-03-29T22:00:00Z').today('Europe/Paris')).toBe('2026-03-30')
    expect(fixedClock('2026-10-25T22:59:59Z').today('Europe/Paris')).toBe('2026-10-25')
  })

  it('gives a copy of a fixed instant, which a caller cannot move', () => {
    const clock = fixedClock('2026-01-01T00:00:00Z')
    clock.now().setFullYear(1999)
    expect(clock.now().toISOString()).toBe('2026-01-01T00:00:00.000Z')
  })

  it('refuses a zone and an instant that do not exist', () => {
    expect(() => systemClock.today('Europe/Nulle-Part')).toThrow(RangeError)
    expect(() => fixedClock('yesterday')).toThrow(RangeError)
  })
})
