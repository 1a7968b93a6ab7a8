import { describe, expect, it } from 'vitest'
import { mentionsOf } from './mentions.ts'

const base = { vatDueOn: 'receipts' as const, natures: ['services'] as const, hasVat: true, kind: 'invoice' as const, creditedNumber: null }
const codes = (facts: Parameters<typeof mentionsOf>[0]) => mentionsOf(facts).map((mention) => mention.code)

describe('legal mentions', () => {
  it('say the category of operation on every document', () => {
    expect(mentionsOf({ ...base, natures: ['goods', 'services'] })[0]!.text.fr).toContain('biens et prestation de services')
  })
  it('say the option for débits only when it was taken and services bear tax', () => {
    expect(codes(base)).not.toContain('VAT_ON_DEBITS')
    expect(codes({ ...base, vatDueOn: 'debits' })).toContain('VAT_ON_DEBITS')
    expect(codes({ ...base, vatDueOn: 'debits', natures: ['goods'] })).not.toContain('VAT_ON_DEBITS')
  })
  it('name the credited invoice on a credit note, which bears no payment condition', () => {
    const found = codes({ ...base, kind: 'credit_note', creditedNumber: 'FA-2026-0001' })
    expect(found).toEqual(['OPERATION_CATEGORY', 'CREDITED_INVOICE'])
  })
})
