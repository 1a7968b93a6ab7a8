import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** One way of doing the work. `run` is timed; its answer is checked afterwards, and a wrong answer ends the whole run. */
export type Contender<T> = {
  readonly name: string
  readonly run: (round: number) => Promise<T> | T
  readonly check: (answer: T) => void | Promise<void>
  /** How long it took, when the work runs in another process that measures itself. */
  readonly elapsed?: (answer: T) => number
  readonly peakMb?: (answer: T) => number
  /** Units of work of this contender, when they are not those of the case. */
  readonly work?: number
}

export type Case<T> = {
  readonly title: string
  readonly unit: string
  readonly work: number
  /** The yardstick the others are divided by. */
  readonly reference: Contender<T>
  readonly contenders: readonly Contender<T>[]
  readonly rounds: number
}

export type Figure = { readonly median: number; readonly min: number; readonly max: number }
export type Result = { readonly title: string; readonly name: string; readonly unit: string; readonly ms: Figure; readonly perSecond: number; readonly ratio: Figure | null; readonly peakMb: number | null }

export function figureOf(values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return { median: sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2, min: sorted[0]!, max: sorted.at(-1)! }
}

setFlagsFromString('--expose-gc')
// One contender's garbage must not be collected on the time of the next.
const collect = runInNewContext('gc') as () => void

async function once<T>(contender: Contender<T>, round: number): Promise<{ ms: number; peakMb: number }> {
  collect()
  const from = performance.now()
  const answer = await contender.run(round)
  const wall = performance.now() - from
  await contender.check(answer)
  return { ms: contender.elapsed?.(answer) ?? wall, peakMb: contender.peakMb?.(answer) ?? 0 }
}

/**
 * Runs every contender once per round, turn by turn, so that a busy machine slows all of them; a first round warms up and is
 * not counted. A ratio is taken round by round against the reference: above 1 is slower than the reference.
 */
export async function measure<T>(work: Case<T>): Promise<Result[]> {
  const all = [work.reference, ...work.contenders]
  const samples = all.map(() => ({ ms: [] as number[], peakMb: 0 }))
  for (let round = 0; round <= work.rounds; round += 1) {
    for (const [at, contender] of all.entries()) {
      const { ms, peakMb } = await once(contender, round)
      const kept = samples[at]!
      if (round > 0) kept.ms.push(ms)
      kept.peakMb = Math.max(kept.peakMb, peakMb)
    }
  }
  const reference = samples[0]!.ms
  return all.map((contender, at): Result => {
    const { ms, peakMb } = samples[at]!
    const figure = figureOf(ms)
    const amount = contender.work ?? work.work
    // A contender with less work is compared per unit of work.
    const scale = work.work / amount
    return {
      title: work.title, name: contender.name, unit: work.unit, ms: figure, perSecond: amount / figure.median * 1000,
      ratio: at === 0 ? null : figureOf(ms.map((value, round) => value * scale / reference[round]!)), peakMb: peakMb > 0 ? peakMb : null,
    }
  })
}

/** Ends the run when an answer is wrong: a fast wrong answer has no time. */
export function expectThat(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(`wrong answer: ${what}`)
}
