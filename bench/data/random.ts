/** Draws that depend on the seed alone: the same seed gives the same data on every machine. */
export type Random = { below(limit: number): number; pick<T>(list: readonly T[]): T; chance(percent: number): boolean }

/** A generator of 32-bit numbers (xorshift with a multiplied output) started from the characters of a seed. */
export function randomOf(seed: string): Random {
  let state = 0x9e3779b9
  for (const character of seed) state = Math.imul(state ^ character.codePointAt(0)!, 0x85ebca6b) ^ (state >>> 13)
  if (state === 0) state = 1
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return Math.imul(state, 0x2c1b3c6d) >>> 0
  }
  const below = (limit: number): number => next() % limit
  return { below, pick: (list) => list[below(list.length)]!, chance: (percent) => below(100) < percent }
}
