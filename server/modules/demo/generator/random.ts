/** A stream of numbers that depends on its seed alone: two runs with one seed make one demonstration. */
export type Random = {
  /** A fraction from 0 (included) to 1 (excluded). */
  readonly fraction: () => number
  /** A whole number between both bounds, included. */
  readonly between: (low: number, high: number) => number
  /** True so many times out of a hundred. */
  readonly chance: (percent: number) => boolean
  readonly pick: <T>(items: readonly T[]) => T
}

const GOLDEN = 0x9e3779b9

/** A generator of 32 bits in the family of "splitmix": a counter whose bits are then mixed. Good enough for inventing a company, useless for secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const fraction = (): number => {
    state = (state + GOLDEN) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number): number => low + Math.floor(fraction() * (high - low + 1))
  return {
    fraction,
    between,
    chance: (percent) => fraction() * 100 < percent,
    pick: (items) => {
      const item = items[between(0, items.length - 1)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
  }
}
