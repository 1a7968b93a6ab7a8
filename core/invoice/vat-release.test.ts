import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { basisPoints } from '../kernel/rate.ts'
import { releasedVat } from './vat-release.ts'

const twenty = basisPoints(2000)

describe('TVA on receipts', () => {
  it('becomes due for half when half is paid', () => {
    expect(releasedVat([{ vatRate: twenty, amount: 20000n }], { gross: 120000n, before: 0n, after: 60000n })).toEqual([{ vatRate: twenty, amount: 10000n }])
  })
  it('leaves the remainder to the last payment', () => {
    const waiting = [{ vatRate: twenty, amount: 1n }]
    expect(releasedVat(waiting, { gross: 300n, before: 0n, after: 100n })).toEqual([])
    expect(releasedVat(waiting, { gross: 300n, before: 100n, after: 300n })).toEqual([{ vatRate: twenty, amount: 1n }])
  })
  it('sums to what waited whatever the instalments, for invoices and credit notes', () => {
    fc.assert(fc.property(fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1, maxLength: 12 }), fc.bigInt({ min: 0n, max: 10n ** 8n }), fc.boolean(), (parts, vat, credit) => {
      const sign = credit ? -1n : 1n
      const gross = parts.reduce((a, b) => a + b, 0n) * sign
      let before = 0n
      let released = 0n
      for (const part of parts) {
        const after = before + part * sign
        for (const share of releasedVat([{ vatRate: twenty, amount: vat * sign }], { gross, before, after })) released += share.amount
        before = after
      }
      expect(released).toBe(vat * sign)
    }))
  })
})
