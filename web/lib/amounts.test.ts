import { expect, it } from 'vitest'
import { isNegative, isZero, readAmount, subtract, sumAmounts } from './amounts.ts'

it.each([
  ['1234,56', '1234.56'], ['1 234,56', '1234.56'], ['1\u202f234,56\u00a0€', '1234.56'], ['1234.5', '1234.50'], ['1.234,56', '1234.56'], ['1,234.56', '1234.56'],
  ['-12', '-12.00'], ['\u221212,30', '-12.30'], [',5', '0.50'], ['12,', '12.00'], ['0', '0.00'],
])('reads "%s" as %s', (typed, amount) => {
  expect(readAmount(typed, 'EUR')).toBe(amount)
})

it.each(['', 'douze', '12,345', '1-2', '12,3x', '--1'])('does not take "%s" for an amount', (typed) => {
  expect(readAmount(typed, 'EUR')).toBeUndefined()
})

it('adds and subtracts exactly', () => {
  expect(sumAmounts(['0.10', '0.20', '90071992547409.93'], 'EUR')).toBe('90071992547410.23')
  expect(subtract('0.30', '0.10', 'EUR')).toBe('0.20')
  expect([isZero('0.00'), isZero('-0.00'), isZero('0.01'), isNegative('-0.01'), isNegative('-0.00')]).toEqual([true, true, false, true, false])
})
