import { assert } from './assert.ts'

/**
 * Splits a total (minor units, any sign) in proportion to weights (all >= 0, not all 0).
 * Largest remainder first, ties to the earlier weight: the shares always sum to the total.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n)
  assert(sum > 0n && weights.every((w) => w >= 0n), 'weights must be positive or zero, not all zero')
  const sign = total < 0n ? -1n : 1n
  const magnitude = total * sign
  const shares = weights.map((w) => (magnitude * w) / sum)
  const byRemainder = weights
    .map((w, index) => ({ index, remainder: (magnitude * w) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  let left = magnitude - shares.reduce((a, b) => a + b, 0n)
  for (const { index } of byRemainder) {
    if (left === 0n) break
    shares[index] = shares[index]! + 1n
    left -= 1n
  }
  return shares.map((share) => share * sign)
}
