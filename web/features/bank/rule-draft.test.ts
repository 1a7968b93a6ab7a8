import { describe, expect, it } from 'vitest'
import type { BankLine } from '../../../contract/banking.ts'
import { draftFrom, ruleOf, tellingWords } from './rule-draft.ts'

const line = (change: Partial<BankLine>) => ({ id: '1', label: 'PRLV SEPA FIBRE DU NORD REF 88213', amount: { amount: '-39.90', currency: 'EUR' }, merchant: null, category: null, ...change }) as BankLine

describe('a rule from a line', () => {
  it('looks for the words that tell, without the words and numbers of the bank', () => {
    expect([tellingWords('CARTE 18/11 PAPETERIE DU PORT LORIENT'), tellingWords('PRLV SEPA Électricité Verte 2026118'), tellingWords('12345')]).toEqual(['PAPETERIE DU PORT LORIENT', 'ELECTRICITE VERTE', '12345'])
  })
  it('prefers the merchant when one is known, and keeps the way the money goes', () => {
    const known = line({ merchant: { id: 'm', name: 'Fibre du Nord' }, category: { id: 'c', name: 'Télécoms', source: 'manual', confidence: null } })
    expect(ruleOf(draftFrom(known), known)).toEqual({ name: 'Fibre du Nord', isActive: true, match: 'all', conditions: [{ field: 'merchant', value: 'm' }, { field: 'sign', value: 'out' }], actions: { categoryId: 'c' } })
    expect(ruleOf({ ...draftFrom(known), by: 'label', words: ' fibre ', sameSign: false }, known)?.conditions).toEqual([{ field: 'label', operator: 'contains', value: 'fibre' }])
  })
  it('waits for its words and its category', () => {
    const bare = line({})
    expect([ruleOf(draftFrom(bare), bare), ruleOf({ ...draftFrom(bare), categoryId: 'c', words: ' ' }, bare)]).toEqual([undefined, undefined])
  })
})
