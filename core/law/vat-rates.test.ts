import { describe, expect, it } from 'vitest'
import { localDate } from '../kernel/local-date.ts'
import { basisPoints } from '../kernel/rate.ts'
import { isVatRate, vatRates } from './vat-rates.ts'

describe('rates of TVA', () => {
  it('change from 19.6 % to 20 % on 1 January 2014 (CGI art. 278)', () => {
    expect(isVatRate(basisPoints(1960), localDate('2013-12-31'))).toBe(true)
    expect(isVatRate(basisPoints(2000), localDate('2013-12-31'))).toBe(false)
    expect(isVatRate(basisPoints(1960), localDate('2014-01-01'))).toBe(false)
    expect(isVatRate(basisPoints(2000), localDate('2014-01-01'))).toBe(true)
  })
  it('change from 7 % to 10 % on the same day (CGI art. 279)', () => {
    expect(isVatRate(basisPoints(700), localDate('2013-12-31'))).toBe(true)
    expect(isVatRate(basisPoints(700), localDate('2014-01-01'))).toBe(false)
    expect(isVatRate(basisPoints(1000), localDate('2013-12-31'))).toBe(false)
    expect(isVatRate(basisPoints(1000), localDate('2014-01-01'))).toBe(true)
  })
  it('are 20, 10, 5.5 and 2.1 % in metropolitan France today', () => {
    expect(vatRates('metropole', localDate('2026-11-21'))).toEqual([2000, 1000, 550, 210])
  })
  it('accept zero and refuse a rate that no law sets', () => {
    expect(isVatRate(basisPoints(0), localDate('2026-01-01'))).toBe(true)
    expect(isVatRate(basisPoints(1200), localDate('2026-01-01'))).toBe(false)
  })
})
