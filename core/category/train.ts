import type { Features } from './features.ts'
import { recall, rememberLabel } from './memory.ts'
import { classOf, type ClassName, emptyModel, type Model, predict, step } from './model.ts'
import { type Answer, type Calibration, reliabilityOf, UNMEASURED } from './calibration.ts'

/** A line whose class is known. Examples are given in the order of time. */
export type Example = { readonly features: Features; readonly name: ClassName }

/** How well the model does on the latest examples, which it had not seen. Shares are between 0 and 1. */
export type Measure = { readonly heldOut: number; readonly accuracy: number; readonly memoryAccuracy: number; readonly coverageAt98: number; readonly temperature: number }

/** Fewer examples than this tell nothing of the confidence. */
const MEASURED_MIN = 60
const HELD_OUT_MAX = 4_000
const HELD_OUT_SHARE = 5
const TEMPERATURES = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.4, 1.6, 1.8, 2.1, 2.5, 3] as const
const TRUSTS = [0, 0.1, 0.2, 0.35, 0.5, 0.65] as const
const PROBABILITY_MIN = 1e-4

function roundsFor(count: number): number {
  return count < 3_000 ? 12 : count < 15_000 ? 6 : 3
}

/** A generator of 32-bit numbers: the order of the examples depends on nothing else. */
function draws(seed: number): (limit: number) => number {
  let state = seed >>> 0
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

function fit(examples: readonly Example[], classes: readonly ClassName[]): Model {
  const model = emptyModel()
  for (const name of classes) classOf(model, name)
  const rights = examples.map(({ name }) => classOf(model, name))
  const below = draws(1)
  const order = examples.map((_, at) => at)
  for (let round = 0; round < roundsFor(examples.length); round += 1) {
    for (let at = order.length - 1; at > 0; at -= 1) {
      const other = below(at + 1)
      const kept = order[at]!
      order[at] = order[other]!
      order[other] = kept
    }
    for (const at of order) step(model, examples[at]!.features, rights[at]!)
  }
  examples.forEach(({ features }, at) => {
    rememberLabel(model.memory, features.keys, rights[at]!)
    model.counts[rights[at]!]! += 1
  })
  return model
}

/** How surprised the model is by what it had not seen: the mean of minus the logarithm of what the right class had. */
function surprise(model: Model, held: readonly Example[], calibration: Calibration): number {
  model.calibration = calibration
  const total = held.reduce((sum, { features, name }) => sum - Math.log(Math.max(PROBABILITY_MIN, predict(model, features, { limit: 3 }).find(({ id }) => id === name.id)?.confidence ?? 0)), 0)
  return total / held.length
}

/** The temperature and the trust in memory that suit what was held out, found one after the other; then how often each confidence was right. */
function calibrate(model: Model, held: readonly Example[]): Calibration {
  let best: Calibration = { temperature: 1, trust: 0.2, reliability: [] }
  let least = Infinity
  const tryOne = (candidate: Calibration) => {
    const found = surprise(model, held, candidate)
    if (found < least) { least = found; best = candidate }
  }
  for (const temperature of TEMPERATURES) tryOne({ temperature, trust: 0.2, reliability: [] })
  for (const trust of TRUSTS) tryOne({ temperature: best.temperature, trust, reliability: [] })
  for (const temperature of TEMPERATURES) tryOne({ temperature, trust: best.trust, reliability: [] })
  model.calibration = best
  return { ...best, reliability: reliabilityOf(answersOf(model, held)) }
}

function answersOf(model: Model, held: readonly Example[]): Answer[] {
  return held.map(({ features, name }) => {
    const best = predict(model, features, { limit: 1 })[0]
    return { confidence: best?.confidence ?? 0, isRight: best?.id === name.id }
  })
}

/** The share that can be decided while 98 % of what is decided is right: the largest, surest first. */
function coverage(answers: readonly Answer[]): number {
  let right = 0
  let covered = 0
  answers.toSorted((a, b) => b.confidence - a.confidence).forEach(({ isRight }, at) => {
    if (isRight) right += 1
    if (right / (at + 1) >= 0.98) covered = at + 1
  })
  return answers.length === 0 ? 0 : covered / answers.length
}

function measure(model: Model, held: readonly Example[]): Measure {
  const answers = answersOf(model, held)
  const remembered = held.filter(({ features, name }) => {
    const shares = recall(model.memory, features.keys)?.shares
    const first = shares && [...shares].reduce((best, one) => (one[1] > best[1] ? one : best))[0]
    return first !== undefined && model.classes[first]?.id === name.id
  })
  return {
    heldOut: held.length, accuracy: answers.filter(({ isRight }) => isRight).length / held.length, memoryAccuracy: remembered.length / held.length,
    coverageAt98: coverage(answers), temperature: model.calibration.temperature,
  }
}

/**
 * Learns from examples in the order of time. The latest fifth is first kept apart to calibrate the confidence and to measure; then all
 * of them are learnt. `classes` are known even without an example. The measure is null when there are too few examples to tell.
 */
export function train(examples: readonly Example[], classes: readonly ClassName[] = []): { readonly model: Model; readonly measure: Measure | null } {
  if (examples.length < MEASURED_MIN) {
    const model = fit(examples, classes)
    model.calibration = UNMEASURED
    return { model, measure: null }
  }
  const count = Math.min(HELD_OUT_MAX, Math.floor(examples.length / HELD_OUT_SHARE))
  const held = examples.slice(-count)
  const earlier = fit(examples.slice(0, -count), classes)
  earlier.calibration = calibrate(earlier, held)
  const found = measure(earlier, held)
  const model = fit(examples, classes)
  model.calibration = earlier.calibration
  return { model, measure: found }
}
