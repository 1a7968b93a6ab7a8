import { describe, expect, it } from 'vitest'
import { compactIban, isIban } from './iban.ts'

describe('IBAN', () => {
  it('is recognised by its key and length (examples of the SWIFT registry)', () => {
    for (const iban of ['FR14 2004 1010 0505 0001 3M02 606', 'DE89370400440532013000', 'BE68539007547034', 'GB29NWBK60161331926819']) expect(isIban(iban), iban).toBe(true)
  })
  it('is refused for one wrong character, a missing one, or a foreign length', () => {
    for (const iban of ['FR1420041010050500013M02607', 'FR142004101005050001M02606', 'DE8937040044053201300', '', 'FR']) expect(isIban(iban), iban).toBe(false)
  })
  it('is kept without spaces', () => {
    expect(compactIban('fr14 2004 1010')).toBe('FR1420041010')
  })
})
