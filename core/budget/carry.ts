import type { LocalDate } from '../kernel/local-date.ts'

/** What a period hands to the next one: nothing, what is left, what was overspent, or whichever of the two there is. */
export type CarryOver = 'none' | 'left' | 'overspent' | 'both'

/** An amount for one period, in minor units, that holds from a day on, until the next such day. */
export type AmountSince = { readonly from: LocalDate; readonly amount: bigint }

/** The amount of a period that begins on a day: the last one decided for that day or before; before the first, the first. */
export function amountOn(amounts: readonly AmountSince[], day: LocalDate): bigint {
  const sorted = amounts.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const held = sorted.findLast(({ from }) => from <= day) ?? sorted[0]
  return held?.amount ?? 0n
}

/** What of a period's rest goes on to the next. */
export function handedOn(policy: CarryOver, left: bigint): bigint {
  switch (policy) {
    case 'none': return 0n
    case 'left': return left > 0n ? left : 0n
    case 'overspent': return left < 0n ? left : 0n
    case 'both': return left
  }
}

/** One period's figures, minor units: `available` is the amount and what was carried into it. */
export type PeriodSums = { readonly amount: bigint; readonly carried: bigint; readonly available: bigint; readonly spent: bigint; readonly left: bigint }

/** Follows a budget through its periods, oldest first: what each one received from those before, and what it left. */
export function followCarry(policy: CarryOver, periods: readonly { readonly amount: bigint; readonly spent: bigint }[]): PeriodSums[] {
  let carried = 0n
  return periods.map(({ amount, spent }) => {
    const available = amount + carried
    const sums = { amount, carried, available, spent, left: available - spent }
    carried = handedOn(policy, sums.left)
    return sums
  })
}
