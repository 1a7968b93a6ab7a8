import { describe, expect, it } from 'vitest'
import { blankLine, emptyEntry, entryRequest, faultsOfLine, readParty, sumsOfEntry, takesParty, type EntryDraftForm, type EntryDraftLine } from './entry-draft.ts'

const line = (change: Partial<EntryDraftLine>): EntryDraftLine => ({ ...blankLine([]), account: { number: '606400', label: 'Fournitures administratives' }, ...change })
const form = (lines: readonly EntryDraftLine[]): EntryDraftForm => ({ ...emptyEntry('2026-11-21'), pieceRef: 'F-12', label: 'Papier', lines })

describe('an entry as it is typed', () => {
  it('says what is missing and on which side, to the cent', () => {
    const sums = sumsOfEntry([line({ debit: '1 000,10' }), line({ debit: '0,20' }), line({ credit: '900' })], 'EUR')
    expect(sums).toEqual({ debit: '1000.30', credit: '900.00', gap: '100.30', missingOn: 'credit' })
    expect(sumsOfEntry([line({ debit: '5' }), line({ credit: '5' })], 'EUR').missingOn).toBeNull()
  })
  it('never takes an unreadable amount for zero: the line is at fault and nothing is sent', () => {
    const wrong = line({ debit: '12,345' })
    expect(faultsOfLine(wrong, 'EUR')).toEqual({ debit: 'AMOUNT_UNREADABLE' })
    expect(entryRequest(form([wrong]), 'EUR')).toBeUndefined()
  })
  it('refuses a line with both sides, none, a negative amount or no account', () => {
    expect(faultsOfLine(line({ debit: '1', credit: '1' }), 'EUR')).toEqual({ credit: 'BOTH_SIDES' })
    expect(faultsOfLine(line({}), 'EUR')).toEqual({ debit: 'AMOUNT_MISSING' })
    expect(faultsOfLine(line({ account: null, credit: '-3' }), 'EUR')).toEqual({ account: 'ACCOUNT_MISSING', credit: 'AMOUNT_NEGATIVE' })
  })
  it('is sent without its blank lines, and even unbalanced: a draft may wait', () => {
    expect(entryRequest(form([line({ debit: '1 200,5' }), blankLine([])]), 'EUR')).toEqual({
      journal: 'OD', date: '2026-11-21', pieceRef: 'F-12', label: 'Papier', lines: [{ account: '606400', auxiliary: null, debit: '1200.50' }],
    })
  })
  it('reads a third party as a code and a name, only on the accounts that take one', () => {
    expect([readParty('F001 Bureau moderne'), readParty('F001'), readParty('  ')]).toEqual([{ code: 'F001', name: 'Bureau moderne' }, { code: 'F001', name: 'F001' }, null])
    expect(['401000', '411000', '421000', '445660', '606400'].map(takesParty)).toEqual([true, true, true, false, false])
  })
})
