import { describe, expect, it } from 'vitest'
import { assert } from '../kernel/assert.ts'
import { addDays, localDate } from '../kernel/local-date.ts'
import { bookingDate, type FiscalYear, fiscalYear, holds, lockUntil, nextFiscalYear, periodOf } from './fiscal-year.ts'

function year(start: string, end: string): FiscalYear {
  const result = fiscalYear(localDate(start), localDate(end))
  assert(result.ok, 'a year')
  return result.value
}

describe('fiscalYear', () => {
  it('cuts a calendar year in twelve months', () => {
    const { periods } = year('2026-01-01', '2026-12-31')
    expect(periods).toHaveLength(12)
    expect(periods[1]).toEqual({ index: 2, start: '2026-02-01', end: '2026-02-28', status: 'open' })
  })
  it('clips the first and last months and leaves no hole', () => {
    const { periods } = year('2025-09-15', '2026-09-14')
    expect(periods[0]).toMatchObject({ start: '2025-09-15', end: '2025-09-30' })
    expect(periods.at(-1)).toMatchObject({ start: '2026-09-01', end: '2026-09-14' })
    periods.slice(1).forEach((period, index) => expect(period.start).toBe(addDays(periods[index]!.end, 1)))
  })
  it('refuses an end before the start and more than 24 months, and accepts 24', () => {
    expect(fiscalYear(localDate('2026-02-01'), localDate('2026-01-31'))).toMatchObject({ ok: false, problem: { code: 'YEAR_REVERSED' } })
    expect(fiscalYear(localDate('2026-01-01'), localDate('2028-01-01'))).toMatchObject({ ok: false, problem: { code: 'YEAR_TOO_LONG' } })
    expect(year('2026-01-01', '2027-12-31').periods).toHaveLength(24)
  })
  it('is followed by twelve months, whatever the day it ends', () => {
    expect(nextFiscalYear(year('2026-01-01', '2026-12-31'))).toMatchObject({ start: '2027-01-01', end: '2027-12-31' })
    expect(nextFiscalYear(year('2023-03-01', '2024-02-29'))).toMatchObject({ start: '2024-03-01', end: '2025-02-28' })
    expect(nextFiscalYear(year('2025-09-15', '2026-09-14'))).toMatchObject({ start: '2026-09-15', end: '2027-09-14' })
  })
})

describe('periods', () => {
  const locked = lockUntil(year('2026-01-01', '2026-12-31'), localDate('2026-03-31'))
  it('are locked up to a day and no further', () => {
    expect(locked.periods.map((p) => p.status).slice(0, 5)).toEqual(['locked', 'locked', 'locked', 'open', 'open'])
    expect(lockUntil(locked, localDate('2026-04-29')).periods[3]?.status).toBe('open')
  })
  it('hold their first and last days', () => {
    expect(periodOf(locked, localDate('2026-04-01'))?.index).toBe(4)
    expect(periodOf(locked, localDate('2026-04-30'))?.index).toBe(4)
    expect(holds(locked, localDate('2027-01-01'))).toBe(false)
    expect(periodOf(locked, localDate('2025-12-31'))).toBeUndefined()
  })
  it('move an operation of a locked month to the first open day', () => {
    expect(bookingDate(locked, localDate('2026-02-10'))).toBe('2026-04-01')
    expect(bookingDate(locked, localDate('2026-05-10'))).toBe('2026-05-10')
    expect(bookingDate(lockUntil(locked, localDate('2026-12-31')), localDate('2026-05-10'))).toBeUndefined()
  })
})
