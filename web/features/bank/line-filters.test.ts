import { describe, expect, it } from 'vitest'
import type { BankLine } from '../../../contract/banking.ts'
import { isIncoming, isOpen, lineQueryOf, staysIn } from './line-filters.ts'

const line = (change: Partial<BankLine> = {}): BankLine => ({
  id: '1', accountId: 'a', bookedOn: '2026-11-20', valueOn: null, amount: { amount: '-12.00', currency: 'EUR' }, label: 'CB PAPETERIE', reference: null, counterparty: { name: null, iban: null },
  status: 'booked', state: 'to_treat', toTreat: { amount: '-12.00', currency: 'EUR' }, entryId: 'e', importId: 'i', category: null, isSplit: false, merchant: null, note: null, hold: null, transferId: null, ...change,
})

describe('the filters of the bank lines in the address', () => {
  it('are handed to the server under its names', () => {
    expect(lineQueryOf({ etat: 'to_treat', compte: 'a', categorie: 'aucune', sens: 'sortie', min: '10', max: '20.50', du: '2026-11-01', au: '2026-11-30', question: 'moi', virement: 'non', statut: 'annonce', marchand: 'm', q: 'loyer' })).toEqual({
      state: 'to_treat', accountId: 'a', uncategorised: true, direction: 'out', minAmount: '10', maxAmount: '20.50', from: '2026-11-01', to: '2026-11-30', hold: 'mine', transfer: false, status: 'pending', merchantId: 'm', search: 'loyer',
    })
    expect(lineQueryOf({ categorie: 'c' })).toEqual({ categoryId: 'c' })
    expect(lineQueryOf({ flux: 'depenses', devise: 'EUR', marchand: 'aucun' })).toEqual({ flow: 'spending', currency: 'EUR', withoutMerchant: true })
  })
  it('are left out when they are not understood', () => {
    expect(lineQueryOf({ etat: 'lost', sens: 'haut', min: '1,5', du: 'hier', question: '?' })).toEqual({})
  })
})

describe('a line that was worked on', () => {
  it('leaves the list it no longer belongs to', () => {
    const category = { id: 'c', name: 'Loyer', source: 'manual' as const, confidence: null }
    expect([staysIn(line(), { state: 'to_treat' }), staysIn(line({ state: 'treated' }), { state: 'to_treat' }), staysIn(line({ state: 'treated' }), {}), staysIn(line({ category }), { uncategorised: true })]).toEqual([true, false, true, false])
    expect([staysIn(line(), { hold: 'any' }), staysIn(line(), { hold: 'none' })]).toEqual([false, true])
  })
  it('is open to decisions while the bank booked it and something is left to treat', () => {
    expect([isOpen(line()), isOpen(line({ state: 'part_treated' })), isOpen(line({ state: 'treated' })), isOpen(line({ state: 'posting' })), isOpen(line({ status: 'pending' }))]).toEqual([true, true, false, false, false])
  })
})

it('tells money that came in by its sign', () => {
  expect([isIncoming({ amount: { amount: '0.01', currency: 'EUR' } }), isIncoming({ amount: { amount: '-0.01', currency: 'EUR' } })]).toEqual([true, false])
})
