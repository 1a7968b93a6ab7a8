import { absolute } from '../kernel/money.ts'
import { divide } from '../kernel/rounding.ts'

const TENTHS = 1_000n
const LIMIT = 9_999_999_999n

/** Tenths of a percent as text: -125n is "-12.5", 300n is "30". */
function tenthsText(tenths: bigint): string {
  const size = absolute(tenths) > LIMIT ? LIMIT : absolute(tenths)
  const text = size % 10n === 0n ? String(size / 10n) : `${size / 10n}.${size % 10n}`
  return tenths < 0n ? `-${text}` : text
}

/** How much `now` differs from `before`, in percent of what it was, rounded half up to one decimal; null when there was nothing. */
export function changePercent(now: bigint, before: bigint): string | null {
  return before === 0n ? null : tenthsText(divide((now - before) * TENTHS, absolute(before), 'half-up'))
}

/** A part of a whole in percent, rounded half up to one decimal; "0" of nothing. */
export function sharePercent(part: bigint, whole: bigint): string {
  return whole === 0n ? '0' : tenthsText(divide(part * TENTHS, whole, 'half-up'))
}
