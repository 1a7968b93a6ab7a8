import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate } from './allocate.ts'
import { formatDecimal4, parseDecimal4 } from './decimal.ts'
import { applyRate, basisPoints, formatPercent, parsePercent } from './rate.ts'
import { divide } from './rounding.ts'

describe('rounding', () => {
  it('half-up sends ties away from zero', () => {
    expect([divide(5n, 2n, 'half-up'), divide(-5n, 2n, 'half-up'), divide(7n, 5n, 'half-up')]).toEqual([3n, -3n, 1n])
  })
  it('half-even sends ties to the even neighbour', () => {
    expect([divide(5n, 2n, 'half-even'), divide(7n, 2n, 'half-even'), divide(-5n, 2n, 'half-even')]).toEqual([2n, 4n, -2n])
  })
  it('down cuts towards zero', () => {
    expect([divide(9n, 2n, 'down'), divide(-9n, 2n, 'down')]).toEqual([4n, -4n])
  })
  it('is never further than half a unit from the quotient', () => {
    const any = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })
    fc.assert(fc.property(any, any.filter((d) => d !== 0n), fc.constantFrom('half-up' as const, 'half-even' as const), (n, d, how) => {
      const gap = 2n * (divide(n, d, how) * d - n)
      expect((gap < 0n ? -gap : gap) <= (d < 0n ? -d : d)).toBe(true)
    }))
  })
  it('refuses to divide by zero', () => {
    expect(() => divide(1n, 0n, 'down')).toThrow()
  })
})

describe('rates', () => {
  it('are exact hundredths of a percent', () => {
    expect([parsePercent('20'), parsePercent('5,5'), parsePercent('1.05'), parsePercent('0')]).toEqual([2000, 550, 105, 0])
    expect([formatPercent(basisPoints(550)), formatPercent(basisPoints(2000)), formatPercent(basisPoints(105))]).toEqual(['5.5', '20', '1.05'])
  })
  it('do not read what is finer than a hundredth of a percent', () => {
    expect([parsePercent('5.555'), parsePercent('-5'), parsePercent('x'), parsePercent('')]).toEqual([undefined, undefined, undefined, undefined])
  })
  it('round once, half up', () => {
    expect(applyRate(9999n, basisPoints(2000))).toBe(2000n)
    expect(applyRate(-9999n, basisPoints(2000))).toBe(-2000n)
  })
})

describe('allocation', () => {
  it('always sums to the total', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 20 }).filter((all) => all.some((w) => w > 0n))
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), weights, (total, shares) => {
      expect(allocate(total, shares).reduce((a, b) => a + b, 0n)).toBe(total)
    }))
  })
  it('gives the odd cent to the largest remainder, ties to the first', () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n])
    expect(allocate(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n])
    expect(allocate(10n, [0n, 5n])).toEqual([0n, 10n])
  })
  it('refuses weights that share nothing', () => {
    expect(() => allocate(1n, [0n])).toThrow()
  })
})

describe('decimals of four digits', () => {
  it('read what they write', () => {
    expect([parseDecimal4('7.5'), parseDecimal4('-0.0125'), parseDecimal4('12.50000')]).toEqual([75000n, -125n, 125000n])
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (value) => {
      expect(parseDecimal4(formatDecimal4(value as never))).toBe(value)
    }))
  })
  it('do not read a fifth digit', () => {
    expect([parseDecimal4('1.00001'), parseDecimal4('1,5'), parseDecimal4('')]).toEqual([undefined, undefined, undefined])
  })
})
