import type { Customer, CustomerPatch, NewCustomer } from '../../../contract/party.ts'
import { parseIban } from '../../../core/bank/account-name.ts'
import { isSiren, vatNumberOfSiren } from '../../../core/party/siren.ts'

/** A customer as it is being typed. */
export type CustomerFields = {
  readonly name: string; readonly code: string; readonly siren: string; readonly vatNumber: string; readonly email: string; readonly iban: string
  readonly address: string; readonly postalCode: string; readonly city: string; readonly country: string; readonly paymentDays: string; readonly language: 'fr' | 'en'
}
export type Fault = 'NAME_MISSING' | 'SIREN_LENGTH' | 'SIREN_KEY' | 'IBAN_WRONG' | 'EMAIL_WRONG' | 'DAYS_WRONG'

export function emptyFields(name = ''): CustomerFields {
  return { name, code: '', siren: '', vatNumber: '', email: '', iban: '', address: '', postalCode: '', city: '', country: 'FR', paymentDays: '30', language: 'fr' }
}

export function fieldsOf(customer: Customer): CustomerFields {
  const { name, code, siren, vatNumber, email, iban, address, postalCode, city, country, paymentDays, language } = customer
  return { name, code, siren: siren ?? '', vatNumber: vatNumber ?? '', email: email ?? '', iban: iban ?? '', address: address ?? '', postalCode: postalCode ?? '', city: city ?? '', country, paymentDays: String(paymentDays), language }
}

/** A SIREN as typed; a SIRET gives the SIREN it begins with. */
export function readSiren(text: string): string {
  const digits = text.replace(/\D/g, '')
  return digits.length === 14 ? digits.slice(0, 9) : digits
}

/** What is wrong, by field, said before anything is sent. */
export function faultsOf(fields: CustomerFields): Partial<Record<keyof CustomerFields, Fault>> {
  const siren = readSiren(fields.siren)
  const days = Number(fields.paymentDays)
  const found: Partial<Record<keyof CustomerFields, Fault>> = {}
  if (fields.name.trim() === '') found.name = 'NAME_MISSING'
  if (fields.siren.trim() !== '' && siren.length !== 9) found.siren = 'SIREN_LENGTH'
  else if (fields.siren.trim() !== '' && !isSiren(siren)) found.siren = 'SIREN_KEY'
  if (fields.iban.trim() !== '' && parseIban(fields.iban) === undefined) found.iban = 'IBAN_WRONG'
  if (fields.email.trim() !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(fields.email.trim())) found.email = 'EMAIL_WRONG'
  if (!/^\d{1,3}$/.test(fields.paymentDays.trim()) || days > 120) found.paymentDays = 'DAYS_WRONG'
  return found
}

/** The VAT number that the SIREN gives, for a French customer whose own is not filled in. */
export function proposedVatNumber(fields: CustomerFields): string | undefined {
  const siren = readSiren(fields.siren)
  return fields.country === 'FR' && fields.vatNumber.trim() === '' && siren.length === 9 && isSiren(siren) ? vatNumberOfSiren(siren) : undefined
}

/** The fields as the API takes them. Only call it when `faultsOf` finds nothing. */
export function patchOf(fields: CustomerFields): CustomerPatch & { readonly name: string } {
  const text = (value: string) => value.trim() || null
  return {
    name: fields.name.trim(), siren: readSiren(fields.siren) || null, vatNumber: text(fields.vatNumber.replace(/\s/g, '').toUpperCase()), email: text(fields.email),
    iban: fields.iban.trim() === '' ? null : parseIban(fields.iban) ?? null, address: text(fields.address), postalCode: text(fields.postalCode), city: text(fields.city),
    country: fields.country, paymentDays: Number(fields.paymentDays), language: fields.language,
  }
}

export function newCustomerOf(fields: CustomerFields): NewCustomer {
  return { ...patchOf(fields), ...(fields.code.trim() ? { code: fields.code.trim() } : {}) }
}
