import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currency, EUR, minorDigits } from './currency.ts'
import { add, formatAmount, money, parseAmount } from './money.ts'

const minor = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n })
const code = fc.constantFrom('EUR', 'JPY', 'TND', 'CAD', 'CLF').map(currency)

describe('amounts', () => {
  it('read what they write, in every currency', () => {
    fc.assert(fc.property(minor, code, (amount, of) => {
      expect(parseAmount(formatAmount(amount, of), of)).toEqual({ ok: true, value: amount })
    }))
  })
  it('write exactly the digits of the currency (ISO 4217: 2 for EUR, 0 for JPY, 3 for TND)', () => {
    expect(formatAmount(-5n, EUR)).toBe('-0.05')
    expect(formatAmount(1500n, currency('JPY'))).toBe('1500')
    expect(formatAmount(1500n, currency('TND'))).toBe('1.500')
    expect(minorDigits(currency('CLF'))).toBe(4)
  })
  it('stay exact where a float would not', () => {
    expect(parseAmount('90071992547409.93', EUR)).toEqual({ ok: true, value: 9007199254740993n })
  })
  it('refuse more decimals than the currency has instead of rounding', () => {
    const read = parseAmount('1.005', EUR, { line: 7, field: 'amount' })
    expect(read.ok === false && [read.problem.code, read.problem.where.line]).toEqual(['AMOUNT_TOO_PRECISE', 7])
    expect(parseAmount('1.500', EUR)).toEqual({ ok: true, value: 150n })
    expect(parseAmount('1.5', currency('JPY')).ok).toBe(false)
  })
  it('never read the unreadable as zero', () => {
    for (const text of ['', ' ', '-', '.', '1,5', '1e3', '0x1', '--1', '1 000', 'NaN', '１']) expect(parseAmount(text, EUR).ok, text).toBe(false)
  })
  it('do not mix currencies', () => {
    expect(() => add(money(1n, EUR), money(1n, currency('USD')))).toThrow('EUR')
  })
})
