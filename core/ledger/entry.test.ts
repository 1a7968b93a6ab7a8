import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currency } from '../kernel/currency.ts'
import { type LocalDate, localDate } from '../kernel/local-date.ts'
import { canonicalEntry, checkEntry, creditLine, debitLine, type EntryDraft, LINE_AMOUNT_MAX, reverse } from './entry.ts'

const sale: EntryDraft = {
  journal: 'VT', date: localDate('2026-01-15'), pieceRef: 'FA2026-0001', pieceDate: localDate('2026-01-15'), label: 'Client Alpha',
  lines: [
    debitLine('411000', 1_200_000n, { auxiliary: { code: 'CLI001', name: 'Client Alpha' } }),
    creditLine('706000', 1_000_000n), creditLine('445710', 200_000n),
  ],
}
const codes = (draft: EntryDraft, chart?: Set<string>) => checkEntry(draft, chart).map((p) => p.code)

describe('checkEntry', () => {
  it('accepts the sale of 10 000 before tax at 20 %', () => expect(checkEntry(sale)).toEqual([]))

  it('says on which side an unbalanced entry lacks how much, in both languages', () => {
    const [found] = checkEntry({ ...sale, lines: [debitLine('411000', 1_200_000n), creditLine('706000', 999_999n)] })
    expect(found?.code).toBe('ENTRY_UNBALANCED')
    expect(found?.message.fr.replaceAll('\u00a0', ' ')).toBe("L'écriture n'est pas équilibrée : débit 12 000,00 €, crédit 9 999,99 €. Il manque 2 000,01 € au crédit.")
    expect(found?.message.en).toContain('EUR 2,000.01 is missing on the credit side')
  })

  it('refuses an entry of fewer than two lines', () => expect(codes({ ...sale, lines: [] })).toEqual(['ENTRY_LINES']))

  it.each([
    ['both sides', { ...debitLine('411000', 5n), credit: 5n }, 'LINE_ONE_SIDE'],
    ['no side', debitLine('411000', 0n), 'LINE_ONE_SIDE'],
    ['a negative amount', debitLine('411000', -5n), 'LINE_NEGATIVE'],
    ['an amount beyond the limit', debitLine('411000', LINE_AMOUNT_MAX + 1n), 'LINE_TOO_LARGE'],
    ['an account of two digits', debitLine('41', 5n), 'LINE_ACCOUNT'],
    ['an account that begins with letters', debitLine('CLI001', 5n), 'LINE_ACCOUNT'],
    ['an auxiliary without a name', debitLine('411000', 5n, { auxiliary: { code: 'C1', name: ' ' } }), 'LINE_AUXILIARY'],
    ['a foreign amount of zero', debitLine('411000', 5n, { foreign: { minor: 0n, currency: currency('USD') } }), 'LINE_FOREIGN'],
  ])('refuses a line with %s and names it', (_, line, code) => {
    const found = checkEntry({ ...sale, lines: [creditLine('706000', 5n), line] }).find((p) => p.code === code)
    expect(found?.where.line).toBe(2)
  })

  it('refuses an account the chart does not hold, when a chart is given', () => {
    expect(codes(sale, new Set(['411000', '706000']))).toEqual(['LINE_ACCOUNT_UNKNOWN'])
  })

  it.each([
    [{ journal: 'V T' }, 'ENTRY_JOURNAL'], [{ journal: '' }, 'ENTRY_JOURNAL'], [{ journal: 'A|B' }, 'ENTRY_JOURNAL'],
    [{ date: '2026-02-30' as LocalDate }, 'ENTRY_DATE'], [{ pieceDate: '20260101' as LocalDate }, 'ENTRY_DATE'],
    [{ pieceRef: ' ' }, 'ENTRY_PIECE'], [{ label: '' }, 'ENTRY_LABEL'],
  ])('refuses the header %o', (change, code) => expect(codes({ ...sale, ...change })).toEqual([code]))
})

describe('reverse', () => {
  const to = { date: localDate('2026-02-01'), label: 'Annulation' }
  it('exchanges the sides, keeps the document and takes the new day and label', () => {
    const undone = reverse(sale, to)
    expect(undone).toMatchObject({ journal: 'VT', date: '2026-02-01', pieceRef: 'FA2026-0001', pieceDate: '2026-01-15', label: 'Annulation' })
    expect(undone.lines.map((l) => [l.account, l.debit, l.credit, l.label])).toEqual([
      ['411000', 0n, 1_200_000n, 'Annulation'], ['706000', 1_000_000n, 0n, 'Annulation'], ['445710', 200_000n, 0n, 'Annulation'],
    ])
  })
  it('is itself an entry that may be posted, and undone twice gives the same sides back', () => {
    fc.assert(fc.property(fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 8 }), (amounts) => {
      const total = amounts.reduce((a, b) => a + b, 0n)
      const draft = { ...sale, lines: [debitLine('512000', total), ...amounts.map((a) => creditLine('411000', a))] }
      expect(checkEntry(draft)).toEqual([])
      expect(checkEntry(reverse(draft, to))).toEqual([])
      expect(reverse(reverse(draft, to), to).lines.map((l) => [l.debit, l.credit])).toEqual(draft.lines.map((l) => [l.debit, l.credit]))
    }))
  })
})

describe('canonicalEntry', () => {
  it('is one fixed text, posting included', () => {
    expect(canonicalEntry(sale, { sequence: 7n, number: '000002', validatedOn: localDate('2026-01-15'), previousHash: 'ab' })).toBe(
      '["quittance-entry",1,["7","000002","2026-01-15","ab"],"VT","2026-01-15","FA2026-0001","2026-01-15","Client Alpha",'
      + '[["411000","CLI001","Client Alpha","","1200000","0",null,null],["706000",null,null,"","0","1000000",null,null],["445710",null,null,"","0","200000",null,null]]]',
    )
  })
  it('tells apart entries whose texts would join the same way', () => {
    const [first, ...rest] = sale.lines
    const shifted = { ...sale, lines: [{ ...first!, auxiliary: { code: 'CLI001Client', name: ' Alpha' } }, ...rest] }
    expect(canonicalEntry(shifted)).not.toBe(canonicalEntry(sale))
    expect(canonicalEntry({ ...sale, pieceRef: 'FA","2026' })).not.toBe(canonicalEntry({ ...sale, pieceRef: 'FA', label: '2026' }))
  })
})
