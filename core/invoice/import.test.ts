import { describe, expect, it } from 'vitest'
import { localDate } from '../kernel/local-date.ts'
import { singleRate } from './import.ts'

const today = localDate('2026-05-05')

describe('the rate of an invoice that does not say it', () => {
  it('is the legal rate that explains the tax, to a few cents', () => {
    expect([singleRate(9800n, 1960n, today), singleRate(9999n, 2001n, today), singleRate(-1470n, -294n, today), singleRate(10000n, 550n, today)]).toEqual([2000, 2000, 2000, 550])
  })
  it('is zero when there is no tax', () => {
    expect(singleRate(9800n, 0n, today)).toBe(0)
  })
  it('is unknown when two rates are mixed', () => {
    expect(singleRate(20000n, 2550n, today)).toBeUndefined()
  })
  it('follows the law of the day', () => {
    expect([singleRate(100000n, 19600n, localDate('2013-06-30')), singleRate(100000n, 19600n, today)]).toEqual([1960, undefined])
  })
})
