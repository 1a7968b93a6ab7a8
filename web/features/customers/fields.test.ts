import { describe, expect, it } from 'vitest'
import { emptyFields, faultsOf, newCustomerOf, patchOf, proposedVatNumber, readSiren } from './fields.ts'

describe('the fields of a customer', () => {
  it('say what is wrong with a SIREN, an IBAN, an e-mail or a delay before anything is sent', () => {
    expect(faultsOf({ ...emptyFields(), siren: '1234', iban: 'FR76 0000', email: 'x@y', paymentDays: '400' }))
      .toEqual({ name: 'NAME_MISSING', siren: 'SIREN_LENGTH', iban: 'IBAN_WRONG', email: 'EMAIL_WRONG', paymentDays: 'DAYS_WRONG' })
    expect(faultsOf({ ...emptyFields('Perrin'), siren: '732 829 321' })).toEqual({ siren: 'SIREN_KEY' })
  })
  it('take a SIRET for the SIREN it begins with', () => {
    expect(readSiren('732 829 320 00074')).toBe('732829320')
  })
  it('propose the VAT number of a French SIREN and leave a typed one alone', () => {
    expect(proposedVatNumber({ ...emptyFields('Perrin'), siren: '732829320' })).toBe('FR44732829320')
    expect(proposedVatNumber({ ...emptyFields('Perrin'), siren: '732829320', vatNumber: 'FR00' })).toBeUndefined()
    expect(proposedVatNumber({ ...emptyFields('Perrin'), siren: '732829320', country: 'BE' })).toBeUndefined()
  })
  it('send nothing as null, and a code only when one is given', () => {
    const fields = { ...emptyFields(' Perrin '), iban: 'fr76 3000 6000 0112 3456 7890 189' }
    expect(patchOf(fields)).toMatchObject({ name: 'Perrin', siren: null, iban: 'FR7630006000011234567890189', paymentDays: 30 })
    expect('code' in newCustomerOf(fields)).toBe(false)
  })
})
