import { fromEpochDay, localDate, toEpochDay } from '../../../core/kernel/local-date.ts'

/** Where an axis starts and ends, and the round figures it names. */
export type Scale = { readonly low: number; readonly high: number; readonly ticks: readonly number[] }

const ROUND = [1, 2, 2.5, 5, 10] as const

/** A scale of round figures that always holds zero, so that the height of a bar or of a curve is never a trick. */
export function scaleOf(values: readonly number[], wanted = 4): Scale {
  const least = Math.min(0, ...values)
  const most = Math.max(0, ...values)
  if (least === most) return { low: 0, high: 1, ticks: [0] }
  const rough = (most - least) / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ROUND.find((one) => one * power >= rough)! * power
  const first = Math.floor(least / step)
  const last = Math.ceil(most / step)
  return { low: first * step, high: last * step, ticks: Array.from({ length: last - first + 1 }, (_, n) => (first + n) * step) }
}

/** The days an axis names: first days of months, thinned out; when there are fewer than two of them, days evenly apart. */
export function dayTicks(first: number, last: number, most = 7): readonly number[] {
  const starts: number[] = []
  for (let day = first; day <= last; day += 1) if (fromEpochDay(day).endsWith('-01')) starts.push(day)
  if (starts.length >= 2) return starts.filter((_, index) => index % Math.ceil(starts.length / most) === 0)
  const step = Math.max(1, Math.ceil((last - first + 1) / most))
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, n) => first + n * step)
}

/** A day of the API as a number that an axis can hold. */
export function dayNumber(day: string): number {
  return toEpochDay(localDate(day))
}

/** Which point of a chart is under a place between 0 (left) and 1 (right); `band` when each point has a width of its own. */
export function indexAt(share: number, count: number, kind: 'point' | 'band'): number {
  const place = kind === 'band' ? Math.floor(share * count) : Math.round(share * (count - 1))
  return Math.max(0, Math.min(count - 1, place))
}
