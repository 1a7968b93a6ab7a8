import { describe, expect, it } from 'vitest'
import type { Customer } from '../../../contract/party.ts'
import { computeDraft, dueDayOf, emptyDraft, isBlank, lineFaults, nextLine, readNumber, requestOf, type Draft, type DraftLine } from './draft.ts'

const customer: Customer = {
  id: '01a1fe59-d321-7789-a92b-9441405c22df', code: 'C00001', version: 1, name: 'Maison Perrin', siren: null, vatNumber: null, email: null, iban: null, address: null, postalCode: null, city: null,
  country: 'FR', paymentDays: 45, language: 'fr', open: { amount: '0.00', currency: 'EUR' }, overdue: { amount: '0.00', currency: 'EUR' },
}
const line = (change: Partial<DraftLine>): DraftLine => ({ key: 1, description: 'Conseil', quantity: '1', unitPrice: '100', vatRate: '20', nature: 'services', ...change })
const draft = (change: Partial<Draft>): Draft => ({ ...emptyDraft('2026-11-21'), customer, ...change })

describe('numbers as people type them', () => {
  it('reads spaces, commas and true minus signs', () => {
    expect(['1 250,5', '1\u202f250.50', '\u22123', ',5', '7.'].map(readNumber)).toEqual(['1250.5', '1250.50', '-3', '0.5', '7'])
  })
  it('refuses what is no number or is finer than four digits, and never takes it for zero', () => {
    expect(['', 'douze', '1,00001', '1.2.3', '1e3'].map(readNumber)).toEqual([undefined, undefined, undefined, undefined, undefined])
  })
})

describe('a draft invoice', () => {
  it('has the totals of the server: each line rounded, tax once per rate', () => {
    const third = (key: number) => line({ key, quantity: '1', unitPrice: '33,33' })
    const { totals } = computeDraft(draft({ lines: [third(1), third(2), third(3)] }), { currency: 'EUR', vatDueOn: 'receipts' })
    expect([totals.net, totals.vatTotal, totals.gross]).toEqual([9999n, 2000n, 11999n])
  })
  it('leaves out of the totals a line that cannot be read, and names its fields', () => {
    const wrong = line({ key: 2, description: '', unitPrice: 'abc' })
    const { totals, netByKey } = computeDraft(draft({ lines: [line({}), wrong] }), { currency: 'EUR', vatDueOn: 'receipts' })
    expect([totals.net, netByKey.has(2), lineFaults(wrong)]).toEqual([10000n, false, { description: 'missing', unitPrice: 'unreadable' }])
  })
  it('falls due after the delay of the customer unless a day is given', () => {
    expect([dueDayOf(draft({ issuedOn: '2026-11-21' }), '2026-11-21'), dueDayOf(draft({ dueOn: '2026-12-01' }), '2026-11-21')]).toEqual(['2027-01-05', '2026-12-01'])
  })
  it('is not sent while the customer is missing or a line is incomplete, and drops blank lines', () => {
    expect(requestOf(draft({ customer: null, lines: [line({})] }))).toBeUndefined()
    expect(requestOf(draft({ lines: [line({ unitPrice: '' })] }))).toBeUndefined()
    expect(requestOf(draft({ lines: [line({ unitPrice: '1 000,5' }), nextLine([line({})])] }))?.lines).toEqual([{ description: 'Conseil', quantity: '1', unitPrice: '1000.5', vatRate: '20', nature: 'services' }])
  })
  it('gives a new line the rate and nature of the line before', () => {
    const added = nextLine([line({ key: 4, vatRate: '5.5', nature: 'goods' })])
    expect([added.key, added.vatRate, added.nature, isBlank(added)]).toEqual([5, '5.5', 'goods', true])
  })
  it('carries the mention of débits only when the company opted and services are billed', () => {
    const codes = (vatDueOn: 'receipts' | 'debits', nature: 'goods' | 'services') => computeDraft(draft({ lines: [line({ nature })] }), { currency: 'EUR', vatDueOn }).mentions.map(({ code }) => code)
    expect([codes('debits', 'services').includes('VAT_ON_DEBITS'), codes('receipts', 'services').includes('VAT_ON_DEBITS'), codes('debits', 'goods').includes('VAT_ON_DEBITS')]).toEqual([true, false, false])
  })
})
