/** A point of the curve that says how often answers of a raw confidence were right. */
export type ReliabilityPoint = { readonly raw: number; readonly right: number }

/**
 * What makes of a score a confidence one can count on. `temperature` divides the scores, `trust` is the share of the memory in the
 * answer, and `reliability`, by growing raw confidence, is how often such answers were right on lines the model had not seen.
 */
export type Calibration = { readonly temperature: number; readonly trust: number; readonly reliability: readonly ReliabilityPoint[] }

/** Until enough is known to measure, nothing is told with more than 0.8. */
export const UNMEASURED: Calibration = { temperature: 1.5, trust: 0.4, reliability: [{ raw: 0, right: 0 }, { raw: 1, right: 0.8 }] }

/** An answer to a line whose right class is known. */
export type Answer = { readonly confidence: number; readonly isRight: boolean }

/** Answers gathered in one point at least, so that one mistake is not a rule. */
const POINT_MIN = 12
/** So much of the raw confidence stays: what is surer stays surer, where the curve is flat. */
const RAW_SHARE = 0.002

type Block = { raw: number; count: number; right: number }

function shareOf(block: Block): number {
  // As if one more answer had been half right: a point never says 0 or 1.
  return (block.right + 0.5) / (block.count + 1)
}

/** How often answers were right, by raw confidence: a curve that never falls (pool adjacent violators on groups of answers). */
export function reliabilityOf(answers: readonly Answer[]): ReliabilityPoint[] {
  const sorted = answers.toSorted((a, b) => a.confidence - b.confidence)
  const blocks: Block[] = []
  for (let from = 0; from < sorted.length; from += POINT_MIN) {
    const group = sorted.slice(from, sorted.length - from < 2 * POINT_MIN ? sorted.length : from + POINT_MIN)
    blocks.push({ raw: group.reduce((sum, { confidence }) => sum + confidence, 0), count: group.length, right: group.filter(({ isRight }) => isRight).length })
    if (from + group.length === sorted.length) break
  }
  const pooled: Block[] = []
  for (const block of blocks) {
    pooled.push({ ...block })
    for (let last = pooled.length - 1; last > 0 && shareOf(pooled[last - 1]!) >= shareOf(pooled[last]!); last -= 1) {
      const { raw, count, right } = pooled.pop()!
      const before = pooled[last - 1]!
      pooled[last - 1] = { raw: before.raw + raw, count: before.count + count, right: before.right + right }
    }
  }
  return pooled.map((block) => ({ raw: block.raw / block.count, right: shareOf(block) }))
}

/** The confidence one can count on: the curve at a raw confidence, straight between its points. */
export function reliable(raw: number, points: readonly ReliabilityPoint[]): number {
  if (points.length === 0) return raw
  const after = points.findIndex((point) => point.raw >= raw)
  const high = after < 0 ? points.at(-1)! : points[after]!
  const low = after < 0 ? high : after === 0 ? { raw: 0, right: 0 } : points[after - 1]!
  const between = high.raw > low.raw ? Math.min(1, (raw - low.raw) / (high.raw - low.raw)) : 1
  return (1 - RAW_SHARE) * (low.right + (high.right - low.right) * between) + RAW_SHARE * raw
}
