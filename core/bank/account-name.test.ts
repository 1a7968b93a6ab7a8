import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountKey, isSameAccount, parseIban } from './account-name.ts'

test('an IBAN is read with its spaces and refused when a digit is wrong', () => {
  expect(parseIban('FR14 2004 1010 0505 0001 3M02 606')).toBe('FR1420041010050500013M02606')
  expect(parseIban('DE89370400440532013000')).toBe('DE89370400440532013000')
  expect(parseIban('DE89370400440532013001')).toBeUndefined()
  expect(parseIban('not an iban')).toBeUndefined()
})

test('the same French account has one key as an IBAN and as bank, branch and number', () => {
  const asIban = { iban: 'FR1420041010050500013M02606', id: null }
  expect(accountKey(asIban)).toBe('20041010050500013M026')
  expect(isSameAccount(asIban, { iban: null, id: '20041 01005 0500013M026' })).toBe(true)
})

test('two accounts without a name are not the same account', () => {
  expect(isSameAccount({ iban: null, id: null }, { iban: null, id: null })).toBe(false)
})

test('changing any one digit of an IBAN makes it unreadable', () => {
  fc.assert(fc.property(fc.integer({ min: 4, max: 21 }), fc.integer({ min: 1, max: 9 }), (at, shift) => {
    const good = 'DE89370400440532013000'
    const digit = String((Number(good[at]) + shift) % 10)
    expect(parseIban(good.slice(0, at) + digit + good.slice(at + 1))).toBeUndefined()
  }))
})
