import { assert } from '../kernel/assert.ts'
import type { BasisPoints } from '../kernel/rate.ts'
import { divide } from '../kernel/rounding.ts'

/** TVA of one rate that waits for payment on an invoice, minor units, same sign as the invoice. */
export type WaitingVat = { readonly vatRate: BasisPoints; readonly amount: bigint }

/** How far an invoice is settled before and after one allocation, against its gross. All have the sign of the invoice. */
export type Settlement = { readonly gross: bigint; readonly before: bigint; readonly after: bigint }

/**
 * The TVA one allocation makes due, per rate: the pro-rata share of what waits. Shares are differences of rounded running
 * totals, so several instalments never drift and the one that settles the invoice takes the remainder exactly.
 * Example (CGI art. 269-2 c): 1 200 with 200 of TVA, 600 paid: 100 becomes due.
 */
export function releasedVat(waiting: readonly WaitingVat[], settlement: Settlement): WaitingVat[] {
  const { gross, before, after } = settlement
  assert(gross !== 0n, 'an invoice of zero releases nothing')
  const dueAt = (amount: bigint, settled: bigint) => (settled === gross ? amount : divide(amount * settled, gross, 'half-up'))
  return waiting
    .map(({ vatRate, amount }) => ({ vatRate, amount: dueAt(amount, after) - dueAt(amount, before) }))
    .filter(({ amount }) => amount !== 0n)
}
