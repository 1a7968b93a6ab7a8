import { describe, expect, it } from 'vitest'
import { explainGap, foreignAmounts, isFraction, selectSum } from './amount.ts'
import { AUTOMATIC_THRESHOLD, confidenceOf, type Evidence } from './confidence.ts'
import { fold, nameWords, oneSlip, payerKey } from './normalise.ts'
import { identify, indexParties, levelOf, nameMatch } from './party.ts'
import { prepareNumber, readLabel, readRange, weakReference } from './references.ts'

describe('words', () => {
  it('folds accents and case', () => {
    expect(fold('Électricité Cœur')).toBe('ELECTRICITE COEUR')
    expect(nameWords('Société de l’Étoile SARL')).toEqual(['L', 'ETOILE'])
  })

  it('keeps of a label what tells the payer', () => {
    expect(payerKey('VIR SEPA RECU /DE MME LE GOFF /MOTIF FACTURE 12 /REF 998')).toBe('MME GOFF')
  })

  it.each([['FA123', 'FA132', true], ['FA123', 'FA124', true], ['FA123', 'FA12', true], ['FA123', 'FA213', true], ['FA123', 'FA145', false], ['FA123', 'FA123', false]])('says whether %s and %s are one slip apart', (a, b, expected) => {
    expect(oneSlip(a, b)).toBe(expected)
  })
})

describe('references', () => {
  it.each([['FACT 42', 'tail'], ['FA-2026-0024', 'typo'], ['VIR X FA-2026-00', 'cut'], ['FA-2026', null], ['RIEN', null]])('hears %s of FA-2026-0042 as %s', (label, expected) => {
    expect(weakReference(prepareNumber('FA-2026-0042'), readLabel(label))).toBe(expected)
  })

  it('reads the two ends of a range', () => {
    expect(readRange(readLabel('VIR X FA-2026-0040 A 47'))).toEqual({ first: '40', last: '47' })
    expect(readRange(readLabel('VIR A BORD 47'))).toBeNull()
  })
})

describe('names', () => {
  const index = indexParties([
    { id: 'a', name: 'Conseil Sanchez SAS', iban: null }, { id: 'b', name: 'Conseil Sanchez Paris SAS', iban: null },
    { id: 'c', name: 'Menuiserie de Toulouse', iban: null }, { id: 'd', name: 'Nettoyage Gauthier', iban: null },
  ])
  const first = (label: string) => identify(index, readLabel(label), 'in')[0]?.partyId

  it.each([['VIR CONSEIL SANCHEZ FA 1', 'a'], ['VIR CONSEIL SANCHEZ PARIS', 'b'], ['VIR MENUISERIE D', 'c'], ['VIR NTTYG GTHR', 'd'], ['VIR GAUTHIER NETTOYAGE', 'd']])('hears whom %s names', (label, expected) => {
    expect(first(label)).toBe(expected)
  })

  it('names nobody in a label without a name', () => {
    expect(first('CARTE 4974 STATION DU BOURG')).toBeUndefined()
  })

  it('tells when another party is clearly named', () => {
    const reading = readLabel('VIR NETTOYAGE GAUTHIER')
    expect(levelOf(nameMatch(index, 'a', reading), identify(index, reading, 'in')[0]!)).toBe('other')
  })
})

describe('amounts', () => {
  const none = new Set<string>()
  it.each([[10_000n, 10_000n, 'exact'], [9_999n, 10_000n, 'rounding'], [9_800n, 10_000n, 'discount'], [9_650n, 10_000n, 'bank_fee'], [4_000n, 10_000n, 'part'], [10_900n, 10_000n, 'overpayment'], [20_000n, 10_000n, null], [-10_000n, 10_000n, null]])('explains %s paid on %s as %s', (paid, open, expected) => {
    expect(explainGap(paid, open, none)).toBe(expected)
  })

  it('believes a label that speaks of an instalment', () => {
    expect(explainGap(9_650n, 10_000n, new Set(['ACPTE']))).toBe('part')
  })

  it('reads foreign amounts', () => {
    expect(foreignAmounts('VIR USD 1 234,56 TX 1.0800')).toEqual([{ currency: 'USD', minor: 123_456n }])
  })

  it('knows thirds to the cent', () => {
    expect(isFraction(3_333n, 10_000n)).toBe(true)
    expect(isFraction(3_300n, 10_000n)).toBe(false)
  })

  it('chooses the oldest first, then the oldest and one, then any, and gives up in bounded time', () => {
    expect(selectSum([1n, 2n, 4n, 8n], 7n)).toEqual({ chosen: [0, 1, 2], order: 'oldest', alone: true })
    expect(selectSum([1n, 2n, 4n, 8n], 11n)).toEqual({ chosen: [0, 1, 3], order: 'oldest-and-one', alone: true })
    expect(selectSum([1n, 2n, 4n, 8n], 12n)).toEqual({ chosen: [2, 3], order: 'any', alone: true })
    expect(selectSum([1n, 2n, 4n, 8n], 16n)).toBeNull()
    expect(selectSum(Array.from({ length: 200 }, (_, at) => BigInt(at * 2 + 2)), 999_999n)).toBeNull()
  })
})

describe('confidence', () => {
  const evidence: Evidence = { shape: 'exact', reference: 'full', party: 'full', rivals: 'alone', channel: 'transfer', usage: 'unknown' }

  it('trusts three agreeing signals', () => {
    expect(confidenceOf(evidence)).toBeGreaterThanOrEqual(AUTOMATIC_THRESHOLD)
  })

  it('is never automatic on one signal, on a contradiction, or on what was never measured', () => {
    for (const doubtful of [{ reference: 'none', party: 'none' }, { reference: 'full', party: 'other' }, { shape: 'sum-gap', party: 'known', rivals: 'tied' }] as const) {
      expect(confidenceOf({ ...evidence, ...doubtful })).toBeLessThan(AUTOMATIC_THRESHOLD)
    }
  })
})
