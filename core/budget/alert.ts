/** A budget is talked about at these parts of what is available. */
export const THRESHOLDS = [80, 100] as const
export type Threshold = (typeof THRESHOLDS)[number]

/**
 * The thresholds that spending has crossed: 80 once so much of what is available is spent, 100 once more is spent than there is.
 * Without anything available the first euro crosses both. Nothing is crossed while nothing is spent.
 */
export function crossed(spent: bigint, available: bigint): Threshold[] {
  if (spent <= 0n) return []
  return THRESHOLDS.filter((threshold) => (threshold === 100 ? spent > available : spent * 100n >= available * BigInt(threshold)))
}

/** A line of a budget's period: what it spent, in minor units, negative for a refund. */
export type SpentLine = { readonly lineId: string; readonly spent: bigint }

/** The line that crossed a threshold: after it, and in this order, spending stayed beyond to the end. Undefined when it is not crossed. */
export function crossingLine(lines: readonly SpentLine[], available: bigint, threshold: Threshold): string | undefined {
  let spent = 0n
  let found: string | undefined
  for (const line of lines) {
    spent += line.spent
    if (!crossed(spent, available).includes(threshold)) found = undefined
    else found ??= line.lineId
  }
  return found
}
