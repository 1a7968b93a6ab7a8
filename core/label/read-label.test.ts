import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { currency } from '../kernel/currency.ts'
import { localDate } from '../kernel/local-date.ts'
import { toJson } from '../kernel/money.ts'
import { readLabel } from './read-label.ts'
import type { RawLine } from './types.ts'

/** A line as the bank gives it; money goes out unless the amount says otherwise. */
function lineOf(label: string, more: Partial<Omit<RawLine, 'bookedOn'>> & { readonly on?: string } = {}): RawLine {
  const { on = '2026-03-16', ...rest } = more
  return { label, reference: null, counterpartyName: null, amount: -4990n, currency: currency('EUR'), bookedOn: localDate(on), ...rest }
}

/** The values alone, without what is empty. */
function said(label: string, more: Parameters<typeof lineOf>[1] = {}): Record<string, unknown> {
  const { original, ...rest } = readLabel(lineOf(label, more))
  const values = Object.entries(rest).flatMap(([name, found]) => (found === null ? [] : [[name, found.value]]))
  return Object.fromEntries([...values, ...(original ? [['original', toJson(original.value)]] : [])])
}

// Labels are made by hand in the manner of each bank; what they say was written down beside them before they were read.
const IN = { amount: 120000n }
describe('cards', () => {
  test.each([
    // BNP Paribas.
    ['FACTURE CARTE DU 140326 LIBRAIRIE TILLEUL LE MANS CARTE 4974XXXXXXXX1234', { method: 'card', merchant: 'Librairie Tilleul', counterparty: 'Librairie Tilleul', place: 'Le Mans', cardDate: '2026-03-14' }],
    // Credit Agricole.
    ['PAIEMENT PAR CARTE X1234 QUINCAILLERIE MOREL 14/03', { method: 'card', merchant: 'Quincaillerie Morel', counterparty: 'Quincaillerie Morel', cardDate: '2026-03-14' }],
    // Societe Generale.
    ['CARTE X9876 14/03 SUMUP *FLEURS DE MAI', { method: 'card', merchant: 'Fleurs de Mai', counterparty: 'Fleurs de Mai', cardDate: '2026-03-14' }],
    // CIC and Credit Mutuel write the town first.
    ['PAIEMENT CB 1403 PARIS 12 BOULANGERIE ZINC CARTE 12345678', { method: 'card', merchant: 'Boulangerie Zinc', counterparty: 'Boulangerie Zinc', place: 'Paris', cardDate: '2026-03-14' }],
    // La Banque Postale, abroad.
    ['ACHAT CB HARBOUR BOOKS 13.03.26 USD 1 234,50 TX 1,0812 CARTE NUMERO 123', { method: 'card', merchant: 'Harbour Books', counterparty: 'Harbour Books', cardDate: '2026-03-13', original: { amount: '-1234.50', currency: 'USD' } }],
    // Caisse d'Epargne.
    ['CB SNCF INTERNET FACT 120326', { method: 'card', merchant: 'SNCF Internet', counterparty: 'SNCF Internet', cardDate: '2026-03-12' }],
    // Boursorama.
    ['CARTE 13/03/26 GARAGE DU PONT CB*1234', { method: 'card', merchant: 'Garage du Pont', counterparty: 'Garage du Pont', cardDate: '2026-03-13' }],
    // LCL.
    ['CB  PHARMACIE LUNE   13/03/26', { method: 'card', merchant: 'Pharmacie Lune', counterparty: 'Pharmacie Lune', cardDate: '2026-03-13' }],
    // Great Britain and the United States.
    ['CARD PAYMENT TO OAK COFFEE LONDON GB ON 13 MAR', { method: 'card', merchant: 'Oak Coffee', counterparty: 'Oak Coffee', place: 'London', cardDate: '2026-03-13' }],
    ['PURCHASE AUTHORIZED ON 03/13 RIVER TOOLS SEATTLE CARD 1234', { method: 'card', merchant: 'River Tools', counterparty: 'River Tools', place: 'Seattle', cardDate: '2026-03-13' }],
  ])('%s', (label, expected) => { expect(said(label)).toEqual(expected) })

  test('of the last days of a year booked in January are of the year before', () => {
    expect(said('CARTE X9876 31/12 TRAITEUR HOUX', { on: '2026-01-02' })).toMatchObject({ cardDate: '2025-12-31' })
  })
  test('a day that does not exist or is far from the booking is left out', () => {
    expect(said('CARTE X9876 31/02 TRAITEUR HOUX')).not.toHaveProperty('cardDate')
    expect(said('CARTE 14/03/19 TRAITEUR HOUX')).not.toHaveProperty('cardDate')
  })
  test('what a shop takes by card names no merchant', () => {
    expect(said('REMISE CARTE 001234', IN)).toEqual({ method: 'card' })
  })
  test('a town is a place only after a name: a bakery "de Paris" is called so', () => {
    expect(said('CARTE X9876 14/03 BOULANGERIE DE PARIS')).toEqual({ method: 'card', merchant: 'Boulangerie de Paris', counterparty: 'Boulangerie de Paris', cardDate: '2026-03-14' })
    expect(said('CARTE X9876 14/03 LYON')).toMatchObject({ merchant: 'Lyon' })
  })
})

describe('direct debits', () => {
  // Check digits by ISO 7064: 72 closes FR and 123456, the business code ZZZ left out (123456152772 mod 97 = 1).
  const CREDITOR = 'FR72ZZZ123456'
  test.each([
    [`PRLV SEPA ENERGIE VIVE ECH/150326 ID EMETTEUR/${CREDITOR} MDT/++00123 REF/F2603 LIB/MARS 2026`, { method: 'direct_debit', merchant: 'Energie Vive', counterparty: 'Energie Vive', creditorId: CREDITOR, mandate: '++00123', reference: 'MARS 2026' }],
    [`PRELEVEMENT EUROPEEN 1234567890 DE: TELECOM ROC ID: ${CREDITOR} MOTIF: FACT 12 REF: AB12 MANDAT RUM77`, { method: 'direct_debit', merchant: 'Telecom Roc', counterparty: 'Telecom Roc', creditorId: CREDITOR, mandate: 'RUM77', reference: 'FACT 12' }],
    ['PRELEVEMENT DE ASSURANCE NACRE REF : CONTRAT 778899', { method: 'direct_debit', merchant: 'Assurance Nacre', counterparty: 'Assurance Nacre', reference: 'CONTRAT 778899' }],
    [`PRLV SEPA LOCATION ORME ${CREDITOR}`, { method: 'direct_debit', merchant: 'Location Orme', counterparty: 'Location Orme', creditorId: CREDITOR }],
    ['DIRECT DEBIT PAYMENT TO NORTH WATER REF 00042', { method: 'direct_debit', merchant: 'North Water', counterparty: 'North Water', reference: '00042' }],
    ['ORIG CO NAME:LAKE PAYROLL CO ENTRY DESCR:INVOICES SEC:CCD', { method: 'direct_debit', counterparty: 'Lake Payroll', reference: 'INVOICES' }],
  ])('%s', (label, expected) => { expect(said(label)).toEqual(expected) })

  test('a creditor whose check digits are wrong is kept with less confidence, and only where the label names it', () => {
    const confidence = (label: string) => readLabel(lineOf(label)).creditorId?.confidence
    expect(confidence(`PRLV SEPA X Y ECH/150326 ID EMETTEUR/${CREDITOR} MDT/1234`)).toBe(0.99)
    expect(confidence('PRLV SEPA X Y ECH/150326 ID EMETTEUR/FR99ZZZ123456 MDT/1234')).toBe(0.7)
  })
})

describe('transfers', () => {
  test.each([
    ['VIR SEPA RECU /DE ATELIER CUIVRE /MOTIF FA-2026-0042 /REF NOTPROVIDED', IN, { method: 'transfer', counterparty: 'Atelier Cuivre', reference: 'FA-2026-0042' }],
    ['VIR SEPA EMIS /MOTIF LOYER MARS /BEN SCI DES ORMES /REFDO 000123', {}, { method: 'transfer', merchant: 'SCI des Ormes', counterparty: 'SCI des Ormes', reference: 'LOYER MARS' }],
    ['VIR RECU 0001234567 DE: MENUISERIE SAPIN MOTIF: ACOMPTE REF: XYZ', IN, { method: 'transfer', counterparty: 'Menuiserie Sapin', reference: 'ACOMPTE' }],
    ['000001 VIR EUROPEEN EMIS LOGITEL POUR: IMPRIMERIE BLEUE REF: IMP42', {}, { method: 'transfer', merchant: 'Imprimerie Bleue', counterparty: 'Imprimerie Bleue', reference: 'IMP42' }],
    ['VIREMENT EN VOTRE FAVEUR ATELIER CUIVRE FACTURE 42', IN, { method: 'transfer', counterparty: 'Atelier Cuivre', reference: 'FACTURE 42' }],
    ['VIR INST IMPRIMERIE BLEUE', {}, { method: 'transfer', merchant: 'Imprimerie Bleue', counterparty: 'Imprimerie Bleue' }],
    ['VIR INTL RECU NORDSEE GMBH CHF 1500,00 TX 0.9402 FA-7', IN, { method: 'transfer', counterparty: 'Nordsee GMBH', reference: 'FA-7', original: { amount: '1500.00', currency: 'CHF' } }],
    ['FASTER PAYMENT RECEIPT FROM OAK LTD REF INV 12', IN, { method: 'transfer', counterparty: 'Oak LTD', reference: 'INV 12' }],
  ])('%s', (label, more, expected) => { expect(said(label, more)).toEqual(expected) })

  test('wages go to a person, who is no merchant', () => {
    expect(said('VIREMENT EMIS WEB MME BRUNE ODILE SALAIRE 03/2026')).toEqual({ method: 'transfer', counterparty: 'Mme Brune Odile', reference: 'SALAIRE 03/2026' })
  })
  test('a name that the bank gives apart is believed before the label', () => {
    const reading = readLabel(lineOf('VIR SEPA EMIS /MOTIF F12 /BEN IMPRIM BL /REFDO 1', { counterpartyName: 'Imprimerie Bleue' }))
    expect(reading.counterparty).toEqual({ value: 'Imprimerie Bleue', rule: null, confidence: 1 })
  })
})

describe('cash, cheques, fees and interest', () => {
  test.each([
    ['RETRAIT DAB 14/03/26 18H30 NANTES 00123 CARTE 4974XXXX', { method: 'cash', cardDate: '2026-03-14' }],
    ['CARTE X1234 RETRAIT DAB 14/03 18H30', { method: 'cash', cardDate: '2026-03-14' }],
    ['VERSEMENT ESPECES 1234', { method: 'cash' }],
    ['CHEQUE N° 1234567', { method: 'cheque', reference: '1234567' }],
    ['CHQ. 7654321', { method: 'cheque', reference: '7654321' }],
    ['REMISE CHEQUES 0000042 3 CHQ', { method: 'cheque', reference: '0000042' }],
    ['*COTIS ESPRIT PRO', { method: 'fee' }],
    ['COTISATION CARTE 03/26', { method: 'fee' }],
    ['FRAIS DE TENUE DE COMPTE', { method: 'fee' }],
    ['MONTHLY SERVICE FEE', { method: 'fee' }],
    ['INTERETS DEBITEURS T1', { method: 'interest' }],
    ['INTEREST PAID', { method: 'interest' }],
    ['ATM WITHDRAWAL OAK STREET', { method: 'cash' }],
    ['CHECK #1042', { method: 'cheque', reference: '1042' }],
  ])('%s', (label, expected) => { expect(said(label)).toEqual(expected) })
})

describe('the SIREN', () => {
  // 732 829 320 is INSEE's own example of a right key; its VAT key is (12 + 3 x (732829320 mod 97)) mod 97 = 44.
  test.each([
    ['VIR SEPA EMIS /MOTIF SIREN 732 829 320 /BEN ATELIER CUIVRE', '732829320'],
    ['PRLV SEPA ATELIER CUIVRE SIRET 73282932000074', '732829320'],
    ['VIR ATELIER CUIVRE FR44732829320', '732829320'],
  ])('%s', (label, siren) => { expect(readLabel(lineOf(label)).siren?.value).toBe(siren) })

  test('is not read where its key is wrong, nor in nine digits that nothing calls a SIREN', () => {
    for (const label of ['VIR ATELIER CUIVRE SIREN 732829321', 'VIR ATELIER CUIVRE FR45732829320', 'VIR ATELIER CUIVRE 732829320']) expect(readLabel(lineOf(label)).siren).toBeNull()
  })
})

test('a label that is only a name is a guess, with little confidence', () => {
  expect(readLabel(lineOf('PAPETERIE ANIS')).merchant).toEqual({ value: 'Papeterie Anis', rule: 'name-alone@1', confidence: 0.5 })
  expect(readLabel(lineOf('PAPETERIE ANIS')).method).toBeNull()
})

test('the amount in the currency of the account is not an original amount', () => {
  expect(said('CARTE X9876 14/03 TRAITEUR HOUX 49,90 EUR')).not.toHaveProperty('original')
})

test('any text is read, at once, and confidence stays between 0 and 1', () => {
  const words = fc.array(fc.constantFrom('CARTE', 'CB', 'VIR', 'SEPA', 'PRLV', 'DE:', 'MOTIF', '/DE', '/BEN', '14/03', '0000', 'X1234', 'PARIS', 'LE', 'USD', '12,30', 'FR76', '*', ' - ', 'é', '💶', '\u0000'), { maxLength: 60 }).map((parts) => parts.join(' '))
  fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 5000 }), words), fc.bigInt({ min: -100n, max: 100n }), (label, amount) => {
    const started = performance.now()
    for (const found of Object.values(readLabel(lineOf(label, { amount })))) if (found) expect(found.confidence > 0 && found.confidence <= 1).toBe(true)
    expect(performance.now() - started).toBeLessThan(1_000)
  }), { numRuns: 300 })
})
