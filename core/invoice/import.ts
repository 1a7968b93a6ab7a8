import type { LocalDate } from '../kernel/local-date.ts'
import { absolute } from '../kernel/money.ts'
import { applyRate, type BasisPoints } from '../kernel/rate.ts'
import { vatRates } from '../law/vat-rates.ts'

/** How far a stated tax may be from rate x net when one rate covers the whole invoice: tools that round line by line drift by cents. */
const DRIFT_MAX = 5n

/**
 * The one rate of TVA that explains a net and a tax (minor units, same sign) on a day, or undefined when none does and the
 * invoice must bring its lines. A tax of zero is the rate zero.
 */
export function singleRate(net: bigint, vat: bigint, on: LocalDate): BasisPoints | undefined {
  if (vat === 0n) return 0 as BasisPoints
  const candidates = (['metropole', 'drom', 'corse'] as const).flatMap((territory) => vatRates(territory, on))
  const drift = (rate: BasisPoints) => absolute(applyRate(net, rate) - vat)
  const best = candidates.reduce<BasisPoints | undefined>((found, rate) => (found === undefined || drift(rate) < drift(found) ? rate : found), undefined)
  return best !== undefined && drift(best) <= DRIFT_MAX ? best : undefined
}
