import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, localDate } from '../kernel/local-date.ts'
import { decide, type DedupLine } from './dedup.ts'

const DAY = localDate('2026-02-10')

function line(over: Partial<DedupLine> = {}): DedupLine {
  return { account: 'FR76A', bookedOn: DAY, valueOn: DAY, minor: -4_210n, currency: 'EUR', label: 'CARTE X1234 10/02 BRASSERIE DU PORT', reference: null, bankId: null, ...over }
}

function actions(known: DedupLine[], delivered: DedupLine[]): string[] {
  return decide(known, delivered).map((decision) => decision.action)
}

describe('decide', () => {
  it.each([
    ['identical', {}], ['whose label is in lower case', { label: 'carte x1234 10/02 brasserie du port' }], ['whose label is cut', { label: 'CARTE X1234 10 02 BRASSERIE' }],
    ['whose value date is missing', { valueOn: null }], ['whose label lost its first words', { label: '10/02 BRASSERIE DU PORT' }],
  ])('knows a line %s', (_, over) => {
    expect(decide([line()], [line(over)])[0]).toMatchObject({ action: 'known', knownIndex: 0 })
  })

  it('knows a line that lost its identifier, and one that kept it though its date moved', () => {
    expect(actions([line({ bankId: 'A1' })], [line()])).toEqual(['known'])
    expect(actions([line({ bankId: 'A1' })], [line({ bankId: 'A1', bookedOn: addDays(DAY, 2), label: 'X' })])).toEqual(['known'])
  })

  it('knows a line whose booking date was exported as its value date', () => {
    const known = line({ minor: 120_000n, valueOn: addDays(DAY, 1), label: 'VIR RECU KERVELLA FA 12' })
    expect(actions([known], [{ ...known, bookedOn: addDays(DAY, 1) }])).toEqual(['known'])
  })

  it('keeps genuine twins: the second occurrence covers the second known line and no more', () => {
    expect(actions([line()], [line(), line()])).toEqual(['known', 'new'])
    expect(actions([line(), line()], [line(), line(), line()])).toEqual(['known', 'known', 'new'])
    expect(actions([], [line(), line()])).toEqual(['new', 'new'])
  })

  it('imports a look-alike of a few days later, and only wonders about it when the delivery covers the first day', () => {
    const later = line({ bookedOn: addDays(DAY, 3), valueOn: addDays(DAY, 3) })
    expect(actions([line()], [later])).toEqual(['new'])
    expect(actions([line()], [line({ bookedOn: addDays(DAY, -1), minor: -1n, label: 'AUTRE' }), later])).toEqual(['new', 'suspicious'])
    expect(actions([line()], [line(), later])).toEqual(['known', 'new'])
  })

  it('holds two different identifiers of one kind for two movements', () => {
    expect(actions([line({ bankId: 'A1' }), line({ bankId: 'A2', minor: 5n })], [line({ bankId: 'A3' }), line({ bankId: 'A2', minor: 5n })])).toEqual(['new', 'known'])
  })

  it('wonders about an identifier that comes back with another amount, or twice', () => {
    expect(actions([line({ bankId: 'A1' })], [line({ bankId: 'A1', minor: -4_211n })])).toEqual(['suspicious'])
    expect(actions([], [line({ bankId: 'A1' }), line({ bankId: 'A1' })])).toEqual(['new', 'suspicious'])
  })

  it('wonders about the same day and amount under quite another label', () => {
    expect(actions([line()], [line({ label: 'PRLV ASSURANCES ARMOR' })])).toEqual(['suspicious'])
  })

  it('recognises a month told in another format: labels cut, qualifiers added, value dates and identifiers missing', () => {
    const labels = ['VIR SEPA RECU /DE MENUISERIE KERVELLA /MOTIF FA-2026-0042 /REF NOTPROVIDED', 'PRLV SEPA ASSURANCES ARMOR ECH/100226 ID EMETTEUR/FR12ZZZ345678', 'FACTURE CARTE DU 090226 BRASSERIE DU PORT BREST', 'COTISATION COMPTE']
    const known = labels.map((label, at) => line({ label, minor: BigInt(1_000 * (at + 1)), bankId: `Z${at}` }))
    const told = ['KERVELLA MENUISERIE FA-2026-0042', 'PRLV SEPA ASSURANCES ARMOR ECH/', 'BRASSERIE DU PORT', 'FRAIS DE TENUE']
    expect(actions(known, told.map((label, at) => line({ label, minor: BigInt(1_000 * (at + 1)), valueOn: null })))).toEqual(['known', 'known', 'known', 'known'])
  })

  it('keeps accounts and currencies apart', () => {
    expect(actions([line()], [line({ account: 'FR76B' }), line({ currency: 'USD' })])).toEqual(['new', 'new'])
  })

  const lines = fc.array(fc.record({ day: fc.integer({ min: 0, max: 6 }), minor: fc.integer({ min: 1, max: 3 }), label: fc.constantFrom('CARTE PORT', 'VIR KERVELLA FACTURE', 'PRLV ARMOR') }), { maxLength: 25 })
    .map((all) => all.map(({ day, minor, label }) => line({ bookedOn: addDays(DAY, day), valueOn: addDays(DAY, day), minor: BigInt(minor), label })))

  it('knows every line of a delivery repeated whole, in any order', () => {
    fc.assert(fc.property(lines, (all) => {
      expect(actions(all, [...all].reverse()).every((action) => action === 'known')).toBe(true)
    }))
  })

  it('never lets two delivered lines cover one known line', () => {
    fc.assert(fc.property(lines, lines, (known, delivered) => {
      const covered = decide(known, delivered).filter((decision) => decision.action === 'known').map((decision) => decision.knownIndex)
      expect(new Set(covered).size).toBe(covered.length)
    }))
  })

  it('asks about one line that looks known but bears another identifier, and does not ask when the bank renumbers a whole delivery', () => {
    expect(actions([line({ bankId: '1001' })], [line({ bankId: '2002' })])).toEqual(['suspicious'])
    const many = (first: number) => [0, 1, 2, 3].map((n) => line({ minor: BigInt(100 + n), bankId: String(first + n) }))
    expect(actions(many(1000), many(5000))).toEqual(['known', 'known', 'known', 'known'])
  })

  it('finds nothing known when nothing is', () => {
    fc.assert(fc.property(lines, (delivered) => { expect(actions([], delivered).every((action) => action === 'new')).toBe(true) }))
  })
})
