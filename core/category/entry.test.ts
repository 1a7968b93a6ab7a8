import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localDate } from '../kernel/local-date.ts'
import { basisPoints } from '../kernel/rate.ts'
import { findAccount } from '../ledger/accounts.ts'
import { DEFAULT_TREE } from './default-tree.ts'
import { cutVat, needsInvoice, partsToPost } from './entry.ts'
import { lexiconKeys } from './lexicon.ts'
import { VAT_RATE_KEYS, vatRateOn } from './vat.ts'

const rate = (points: number) => basisPoints(points)

describe('TVA inside an amount', () => {
  test.each([
    // By hand: 120 / 1.2 = 100; 105.50 / 1.055 = 100; 99.99 x 20 / 120 = 16.665, half up 16.67; 0.01 x 20 / 120 rounds to nothing.
    ['606400', -120_00n, 2000, -20_00n, '445661'], ['601000', -105_50n, 550, -5_50n, '445663'], ['606400', -99_99n, 2000, -16_67n, '445661'], ['606400', -1n, 2000, 0n, null],
    ['706000', 1_100_00n, 1000, 100_00n, '445712'], ['218300', -1_200_00n, 2000, -200_00n, '445621'], ['421000', -120_00n, 2000, 0n, null],
  ])('%s %s at %s: %s on %s', (account, amount, points, vat, vatAccount) => {
    expect(cutVat({ account, amount, rate: rate(points), deductible: 100 })).toEqual({ account, net: amount - vat, vat, vatAccount })
  })

  test('what cannot be deducted is part of the cost: 80 % for fuel, nothing for passenger transport', () => {
    expect(cutVat({ account: '606140', amount: -60_00n, rate: rate(2000), deductible: 80 })).toMatchObject({ net: -52_00n, vat: -8_00n })
    expect(cutVat({ account: '625100', amount: -110_00n, rate: rate(1000), deductible: 0 })).toMatchObject({ net: -110_00n, vatAccount: null })
  })

  test('whatever the parts, what is posted sums to the line', () => {
    const part = fc.record({ account: fc.constantFrom('606400', '625700', '706000', '421000', '218300'), amount: fc.bigInt({ min: -1_000_000_000n, max: 1_000_000_000n }), rate: fc.constantFrom(undefined, rate(2000), rate(1000), rate(550), rate(210)), deductible: fc.integer({ min: 0, max: 100 }) })
    fc.assert(fc.property(fc.array(part, { maxLength: 5 }), (parts) => partsToPost(parts).reduce((sum, { amount }) => sum + amount, 0n) === parts.reduce((sum, { amount }) => sum + amount, 0n)), { seed: 3 })
  })
})

test('a rate follows the law of the day: 19.6 % until the end of 2013, 20 % from 2014', () => {
  const on = (day: string) => VAT_RATE_KEYS.map((key) => vatRateOn(key, localDate(day)) ?? null)
  expect(on('2013-12-31')).toEqual([1960, 700, 550, 210, null])
  expect(on('2014-01-01')).toEqual([2000, 1000, 550, 210, null])
})

describe('the default categories', () => {
  test('each has an account of the chart in force, a group that is there, and a name of its own in it', () => {
    const keys = new Set(DEFAULT_TREE.map(({ key }) => key))
    expect(keys.size).toBe(DEFAULT_TREE.length)
    for (const { account, parent, key } of DEFAULT_TREE) {
      expect([key, ['minimal', 'optional', 'quittance'].includes(findAccount(account)?.system ?? 'retired')]).toEqual([key, true])
      expect(parent === null || keys.has(parent)).toBe(true)
    }
    expect(new Set(DEFAULT_TREE.map(({ parent, name }) => `${parent} ${name.toLowerCase()}`)).size).toBe(DEFAULT_TREE.length)
  })

  test('every word of the lexicon names one of them', () => {
    const words = 'URSSAF EDF SNCF LOYER SALAIRE TVA OVH CARBURANT AXA RETRAIT STRIPE'.split(' ')
    expect(lexiconKeys(words)).toEqual(['social_charges', 'energy', 'travel', 'rent', 'salary', 'tax_vat', 'software', 'fuel', 'insurance', 'cash_withdrawal', 'card_payouts'])
    const keys = new Set(DEFAULT_TREE.map(({ key }) => key))
    expect(lexiconKeys(words).filter((key) => !keys.has(key))).toEqual([])
  })

  test('customers and suppliers are settled by their invoices', () => {
    expect(['411000', '401000', '471001', '512001', '606400', '421000'].map(needsInvoice)).toEqual([true, true, true, true, false, false])
  })
})
