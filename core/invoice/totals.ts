import { type Currency, minorDigits } from '../kernel/currency.ts'
import { multiplyToMinor, type TenThousandths } from '../kernel/decimal.ts'
import { sum } from '../kernel/money.ts'
import { applyRate, type BasisPoints } from '../kernel/rate.ts'

export type Nature = 'goods' | 'services'

/** One line of an invoice: what is sold, how much of it, at which price before tax. */
export type InvoiceLine = {
  readonly description: string
  readonly quantity: TenThousandths
  readonly unitPrice: TenThousandths
  readonly vatRate: BasisPoints
  readonly nature: Nature
}

/** Tax of one rate and nature: the basis is the sum of its lines, the amount is rounded once on that sum. */
export type VatShare = { readonly vatRate: BasisPoints; readonly nature: Nature; readonly basis: bigint; readonly amount: bigint }

export type InvoiceTotals = {
  /** Net of each line, in the order of the lines. */
  readonly lineNets: readonly bigint[]
  readonly vat: readonly VatShare[]
  readonly net: bigint
  readonly vatTotal: bigint
  readonly gross: bigint
}

/** Net of one line in minor units, half up. */
export function lineNet(line: InvoiceLine, currency: Currency): bigint {
  return multiplyToMinor(line.quantity, line.unitPrice, { digits: minorDigits(currency), rounding: 'half-up' })
}

/**
 * Totals of an invoice in minor units. Each line is rounded to the minor unit; the tax is computed per rate on the sum
 * of the lines (EN 16931 BR-CO-17), so three lines of 33.33 at 20 % bear 20.00 and not 20.01. Where one rate covers both
 * goods and services, the tax of the rate is computed once and the services take what the goods leave.
 */
export function invoiceTotals(lines: readonly InvoiceLine[], currency: Currency): InvoiceTotals {
  const lineNets = lines.map((line) => lineNet(line, currency))
  const rates = [...new Set(lines.map((line) => line.vatRate))].sort((a, b) => b - a)
  const vat = rates.flatMap((vatRate) => sharesOfRate(vatRate, lines.map((line, index) => ({ line, net: lineNets[index]! }))))
  const net = sum(lineNets)
  const vatTotal = sum(vat.map((share) => share.amount))
  return { lineNets, vat, net, vatTotal, gross: net + vatTotal }
}

function sharesOfRate(vatRate: BasisPoints, priced: readonly { line: InvoiceLine; net: bigint }[]): VatShare[] {
  const ofRate = priced.filter(({ line }) => line.vatRate === vatRate)
  const natures = (['goods', 'services'] as const).filter((nature) => ofRate.some(({ line }) => line.nature === nature))
  let left = applyRate(sum(ofRate.map(({ net }) => net)), vatRate)
  return natures.map((nature, index) => {
    const basis = sum(ofRate.filter(({ line }) => line.nature === nature).map(({ net }) => net))
    const amount = index === natures.length - 1 ? left : applyRate(basis, vatRate)
    left -= amount
    return { vatRate, nature, basis, amount }
  })
}
