import { divide } from '../kernel/rounding.ts'

/** A change of price: from the usual amount before to the usual amount since. */
export type PriceChange = { readonly at: number; readonly before: bigint; readonly after: bigint }

/** The amounts of a series, positive minor units. `change` is its last change of price, `at` being the index of the first amount at the new one. */
export type AmountLevel = {
  readonly usual: bigint
  readonly low: bigint
  readonly high: bigint
  /** How far amounts are from the usual one of their level, in percent of it, on average. */
  readonly spreadPercent: number
  readonly change: PriceChange | null
}

/** Times looked at for the usual amount. */
const RECENT = 6

/** The amount in the middle; the lower one of two. */
export function median(amounts: readonly bigint[]): bigint {
  const sorted = amounts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0n
}

const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a)

/** Distance from `usual` in hundredths of a percent of it. */
function basisPointsFrom(usual: bigint, amount: bigint): bigint {
  return usual === 0n ? 0n : divide(distance(usual, amount) * 10_000n, usual, 'half-up')
}

/** Times a price must have held before it can be said to have changed. */
const HELD_MIN = 2
/** A price changes by a hundredth at least; less is noise or rounding. */
const CHANGE_MIN = 100n

/** The amounts just before an index that are one price; where they are not, the few before it whatever they are. */
function heldBefore(amounts: readonly bigint[], at: number): readonly bigint[] {
  const price = amounts[at - 1]!
  let start = at - 1
  while (start > 0 && basisPointsFrom(price, amounts[start - 1]!) < CHANGE_MIN) start -= 1
  return amounts.slice(at - start >= HELD_MIN ? start : Math.max(0, at - RECENT), at)
}

/**
 * The last change of price: the amounts before it kept to one level, and every one since is beyond anything they did, by more
 * than twice their spread and by one percent at least. Amounts that wander have no price, so none that changed.
 */
export function lastChange(amounts: readonly bigint[]): PriceChange | null {
  for (let at = amounts.length - 1; at >= HELD_MIN; at -= 1) {
    const held = heldBefore(amounts, at)
    const since = amounts.slice(at)
    const before = median(held)
    const after = median(since.slice(-RECENT))
    const spread = held.reduce((most, amount) => { const far = basisPointsFrom(before, amount); return far > most ? far : most }, 0n)
    const needed = 2n * spread > CHANGE_MIN ? 2n * spread : CHANGE_MIN
    const rose = after > before
    if (since.every((amount) => amount > before === rose && amount !== before && basisPointsFrom(before, amount) >= needed)) {
      // A later amount may also stand apart from the ones before it: the first of the new level is where the change is.
      const previous = amounts[at - 1]!
      if (basisPointsFrom(before, previous) < needed) return { at, before, after }
    }
  }
  return null
}

/** The usual amount of late, its range, its spread and its last change. */
export function levelOf(amounts: readonly bigint[]): AmountLevel {
  const change = lastChange(amounts)
  const current = amounts.slice(change?.at ?? 0).slice(-RECENT)
  const usual = median(current)
  const levels = change ? [amounts.slice(0, change.at), amounts.slice(change.at)] : [amounts]
  const far = levels.flatMap((level) => { const middle = median(level); return level.map((amount) => basisPointsFrom(middle, amount)) })
  const mean = far.reduce((total, one) => total + one, 0n) / BigInt(Math.max(1, far.length))
  return {
    usual, change, spreadPercent: Number(mean) / 100,
    low: current.reduce((a, b) => (a < b ? a : b), usual), high: current.reduce((a, b) => (a > b ? a : b), usual),
  }
}
