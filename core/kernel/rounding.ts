import { assert } from './assert.ts'

/**
 * How a quotient becomes an integer.
 * - `half-up`: ties away from zero, as invoices and tax forms round in France.
 * - `half-even`: ties to the even neighbour.
 * - `down`: towards zero.
 */
export type Rounding = 'half-up' | 'half-even' | 'down'

/** Integer quotient of two bigints, rounded once and by name. Refuses a zero divisor. */
export function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  assert(denominator !== 0n, 'division by zero')
  const negative = numerator < 0n !== denominator < 0n
  const n = numerator < 0n ? -numerator : numerator
  const d = denominator < 0n ? -denominator : denominator
  const quotient = n / d
  const twiceRest = (n % d) * 2n
  const up =
    rounding === 'half-up' ? twiceRest >= d
    : rounding === 'half-even' ? twiceRest > d || (twiceRest === d && quotient % 2n === 1n)
    : false
  const magnitude = up ? quotient + 1n : quotient
  return negative ? -magnitude : magnitude
}
