import { expect, test } from 'vitest'
import { bankCodeOf, colourOf, initialsOf, institutionBy, KNOWN_INSTITUTIONS } from './institutions.ts'

test('the bank of a French account is read in its IBAN and in the writing of a CFONB file', () => {
  expect(bankCodeOf({ iban: 'FR1420041010050500013M02606', bankWriting: null })).toBe('20041')
  expect(bankCodeOf({ iban: null, bankWriting: '20041 01005 0500013M026' })).toBe('20041')
  expect(bankCodeOf({ iban: 'BE68539007547034', bankWriting: null })).toBeNull()
  expect(bankCodeOf({ iban: null, bankWriting: 'MAIN' })).toBeNull()
})

test('a bank is known by its code or by the first eight characters of its BIC, and no other is guessed', () => {
  expect(institutionBy({ bankCode: '20041' })?.name).toBe('La Banque Postale')
  expect(institutionBy({ bic: 'agrifrpp882' })?.name).toBe('Crédit Agricole')
  expect(institutionBy({ bankCode: '99999', bic: null })).toBeUndefined()
})

test('every bank of the list has a code of five digits, a BIC of eight characters, and is there once', () => {
  for (const { bankCode, bic } of KNOWN_INSTITUTIONS) expect(`${bankCode} ${bic}`).toMatch(/^\d{5} [A-Z]{6}[A-Z0-9]{2}$/)
  expect(new Set(KNOWN_INSTITUTIONS.flatMap(({ bankCode, bic }) => [bankCode, bic])).size).toBe(KNOWN_INSTITUTIONS.length * 2)
})

test('a name gives two letters and always the same colour, on which white is legible', () => {
  expect([initialsOf('La Banque Postale'), initialsOf('Qonto'), initialsOf('Crédit d\'Ailleurs'), initialsOf('')]).toEqual(['LB', 'QO', 'CD', '?'])
  expect(colourOf('Qonto')).toBe(colourOf('qonto'))
  const channel = (part: string) => { const value = Number.parseInt(part, 16) / 255; return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4 }
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p']) {
    const colour = colourOf(name)
    // WCAG 2.2, relative luminance and contrast.
    const light = 0.2126 * channel(colour.slice(1, 3)) + 0.7152 * channel(colour.slice(3, 5)) + 0.0722 * channel(colour.slice(5, 7))
    expect(1.05 / (light + 0.05)).toBeGreaterThanOrEqual(4.5)
  }
})
