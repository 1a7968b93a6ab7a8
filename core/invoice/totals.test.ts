import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EUR } from '../kernel/currency.ts'
import { parseDecimal4 } from '../kernel/decimal.ts'
import { basisPoints } from '../kernel/rate.ts'
import { type InvoiceLine, invoiceTotals, type Nature } from './totals.ts'

function line(quantity: string, unitPrice: string, { rate = 2000, nature = 'services' as Nature } = {}): InvoiceLine {
  return { description: 'x', quantity: parseDecimal4(quantity)!, unitPrice: parseDecimal4(unitPrice)!, vatRate: basisPoints(rate), nature }
}

describe('totals of an invoice', () => {
  it('compute the tax on the sum of a rate, not line by line (EN 16931 BR-CO-17)', () => {
    const totals = invoiceTotals([line('1', '33.33'), line('1', '33.33'), line('1', '33.33')], EUR)
    expect([totals.net, totals.vatTotal, totals.gross]).toEqual([9999n, 2000n, 11999n])
  })
  it('keep each rate apart', () => {
    const totals = invoiceTotals([line('1', '530'), line('1', '700', { rate: 1000 }), line('1', '31300', { rate: 210 })], EUR)
    expect(totals.vat.map((share) => [share.vatRate, share.basis, share.amount])).toEqual([[2000, 53000n, 10600n], [1000, 70000n, 7000n], [210, 3130000n, 65730n]])
  })
  it('round a quantity of hours half up at the cent', () => {
    expect(invoiceTotals([line('7.25', '0.0125')], EUR).net).toBe(9n)
    expect(invoiceTotals([line('1.5', '0.01')], EUR).net).toBe(2n)
  })
  it('split one rate between goods and services without losing a cent', () => {
    const amounts = fc.integer({ min: 1, max: 9_999_999 })
    fc.assert(fc.property(fc.array(fc.tuple(amounts, fc.boolean()), { minLength: 1, maxLength: 8 }), (items) => {
      const totals = invoiceTotals(items.map(([cents, goods]) => line('1', (cents / 100).toFixed(2), { nature: goods ? 'goods' : 'services' })), EUR)
      const net = items.reduce((total, [cents]) => total + BigInt(cents), 0n)
      expect(totals.net).toBe(net)
      expect(totals.vatTotal).toBe((net * 2000n + 5000n) / 10000n)
      expect(totals.gross).toBe(totals.net + totals.vatTotal)
    }))
  })
})
