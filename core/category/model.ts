import { type Calibration, reliable, UNMEASURED } from './calibration.ts'
import type { Features } from './features.ts'
import { forgetLabel, type LabelMemory, recall, rememberLabel } from './memory.ts'

/** A class lines are put in. `lexicon`: the default categories it stands for, so that known words speak for it before anything is taught. */
export type ClassName = { readonly id: string; readonly lexicon: readonly string[] }

/**
 * A linear classifier over hashed features (multinomial logistic regression, per-feature AdaGrad steps), beside a memory of labels.
 * It is changed in place by what it is taught; the same lessons in the same order give the same model on every machine.
 */
export type Model = {
  classes: ClassName[]
  readonly index: Map<string, number>
  /** The row of a bucket in `weights`, one row being a weight for each of `width` classes. */
  readonly rows: Map<number, number>
  weights: Float32Array
  /** How much each row has moved: rows that moved much move less. */
  moved: Float32Array
  width: number
  readonly memory: LabelMemory
  calibration: Calibration
  /** How many examples of each class were taught. */
  counts: number[]
}

const RATE = 0.3
const MOVED_AT_FIRST = 1e-3
const GRADIENT_MIN = 1e-6
const WIDTH_STEP = 16

/** A model that knows no class yet. */
export function emptyModel(): Model {
  return { classes: [], index: new Map(), rows: new Map(), weights: new Float32Array(0), moved: new Float32Array(0), width: 0, memory: new Map(), calibration: UNMEASURED, counts: [] }
}

function widen(model: Model, width: number): void {
  const weights = new Float32Array(model.moved.length * width)
  for (let row = 0; row < model.rows.size; row += 1) weights.set(model.weights.subarray(row * model.width, row * model.width + model.width), row * width)
  model.weights = weights
  model.width = width
}

/** The number of a class; a new one gets the next. */
export function classOf(model: Model, name: ClassName): number {
  const known = model.index.get(name.id)
  if (known !== undefined) return known
  const at = model.classes.length
  model.classes.push(name)
  model.counts.push(0)
  model.index.set(name.id, at)
  if (at >= model.width) widen(model, model.width + WIDTH_STEP)
  return at
}

/** The row of a bucket; a new one is made of zeros. */
function rowOf(model: Model, bucket: number): number {
  const known = model.rows.get(bucket)
  if (known !== undefined) return known
  const row = model.rows.size
  if (row >= model.moved.length) {
    const room = Math.max(1024, model.moved.length * 2)
    const weights = new Float32Array(room * model.width)
    weights.set(model.weights)
    model.weights = weights
    const moved = new Float32Array(room).fill(MOVED_AT_FIRST)
    moved.set(model.moved)
    model.moved = moved
  }
  model.rows.set(bucket, row)
  return row
}

/** Probability of each class by the weights alone, at a temperature. */
export function softmax(model: Model, features: Features, temperature = 1): Float64Array {
  const { width, weights } = model
  const count = model.classes.length
  const scores = new Float64Array(count)
  for (let at = 0; at < features.ids.length; at += 1) {
    const row = model.rows.get(features.ids[at]!)
    if (row === undefined) continue
    const value = features.values[at]!
    for (let one = 0; one < count; one += 1) scores[one]! += weights[row * width + one]! * value
  }
  let largest = -Infinity
  for (const score of scores) if (score > largest) largest = score
  let total = 0
  for (let one = 0; one < count; one += 1) {
    scores[one] = Math.exp((scores[one]! - largest) / temperature)
    total += scores[one]!
  }
  for (let one = 0; one < count; one += 1) scores[one]! /= total
  return scores
}

/** One step towards the right class. Answers the probability it had before. */
export function step(model: Model, features: Features, right: number): number {
  const errors = softmax(model, features)
  const before = errors[right]!
  errors[right]! -= 1
  let size = 0
  for (const error of errors) size += error * error
  if (size < GRADIENT_MIN) return before
  for (let at = 0; at < features.ids.length; at += 1) {
    const row = rowOf(model, features.ids[at]!)
    const value = features.values[at]!
    model.moved[row]! += size * value * value
    const rate = (RATE * value) / Math.sqrt(model.moved[row]!)
    const from = row * model.width
    for (let one = 0; one < errors.length; one += 1) model.weights[from + one]! -= rate * errors[one]!
  }
  return before
}

const LESSON_STEPS_MAX = 12
const LEARNT = 0.7

/** A decision of a person, learnt at once: the memory has it, and the weights move until it is the likely answer. */
export function teach(model: Model, features: Features, name: ClassName): void {
  const right = classOf(model, name)
  rememberLabel(model.memory, features.keys, right)
  for (let n = 0; n < LESSON_STEPS_MAX; n += 1) if (step(model, features, right) >= LEARNT) break
  model.counts[right]! += 1
}

/** A decision taken back: the memory forgets it. The weights keep their slight leaning until the next training. */
export function unteach(model: Model, features: Features, id: string): void {
  const was = model.index.get(id)
  if (was === undefined) return
  forgetLabel(model.memory, features.keys, was)
  model.counts[was] = Math.max(0, model.counts[was]! - 1)
}

/** One answer. `by` is what decided it: the words were seen before (memory), or the rest of what was learnt (model). */
export type Prediction = { readonly id: string; readonly confidence: number; readonly by: 'model' | 'memory' }

/** What a word of the lexicon alone is worth: likely, and never sure. */
const LEXICON_CONFIDENCE = 0.6
const DOUBTFUL = 0.5

/** The class that the words of a label name by themselves, where the model has nothing better: it was taught little, or it doubts. */
function named(model: Model, features: Features, { best, allowed }: { readonly best: Prediction | undefined; readonly allowed: (id: string) => boolean }): Prediction | undefined {
  if (features.known.length === 0 || best?.by === 'memory') return undefined
  const at = model.classes.findIndex(({ id, lexicon }) => allowed(id) && lexicon.some((key) => features.known.includes(key)))
  if (at < 0 || (best?.confidence ?? 0) >= DOUBTFUL) return undefined
  return { id: model.classes[at]!.id, confidence: LEXICON_CONFIDENCE, by: 'model' }
}

/** The share of the answer that a memory takes, by how exact its key was. */
const EXACTNESS = [1, 0.7, 0.25] as const

/** The likely classes, best first, with their calibrated probability. Classes that `allowed` refuses are left out. Empty when nothing was taught. */
export function predict(model: Model, features: Features, { limit = 5, allowed = () => true }: { readonly limit?: number; readonly allowed?: (id: string) => boolean } = {}): Prediction[] {
  if (model.classes.length === 0) return []
  const { temperature, trust, reliability } = model.calibration
  const shares = softmax(model, features, temperature)
  const remembered = recall(model.memory, features.keys)
  const part = remembered ? trust * EXACTNESS[Math.min(remembered.exactness, EXACTNESS.length - 1)]! : 0
  const ranked = model.classes.flatMap((name, at) => (allowed(name.id) ? [{ at, id: name.id, share: (1 - part) * shares[at]! + part * (remembered?.shares.get(at) ?? 0) }] : []))
    .sort((a, b) => b.share - a.share || a.at - b.at).slice(0, limit)
  const answers = ranked.map(({ at, id, share }): Prediction => ({ id, confidence: reliable(share, reliability), by: remembered !== undefined && remembered.exactness < 2 && (remembered.shares.get(at) ?? 0) > 0.5 ? 'memory' : 'model' }))
  const word = named(model, features, { best: answers[0], allowed })
  return word ? [word, ...answers.filter(({ id }) => id !== word.id).map((one) => ({ ...one, confidence: Math.min(one.confidence, 1 - LEXICON_CONFIDENCE) }))].slice(0, limit) : answers
}

/** How many examples a model was taught. */
export function exampleCount({ counts }: Model): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
