import { type ClassName, emptyModel, type Model } from './model.ts'
import type { Calibration } from './calibration.ts'

/** A model at rest: what is small as JSON, the weights as bytes (one signed byte a weight, with a scale for each row). */
export type EncodedModel = { readonly head: string; readonly rows: Uint8Array }

type Head = { readonly classes: readonly ClassName[]; readonly calibration: Calibration; readonly counts: readonly number[]; readonly memory: readonly (readonly [string, readonly (readonly [number, number])[]])[] }

/** Rows that never weigh more than this decide nothing: they are left out. */
const WEIGHT_MIN = 0.01
const STEPS = 127
const ROW_HEAD = 12

function largest(model: Model, row: number): number {
  let most = 0
  for (let at = 0; at < model.classes.length; at += 1) most = Math.max(most, Math.abs(model.weights[row * model.width + at]!))
  return most
}

/** Puts a model to rest. What comes back from it answers the same to within a hundredth of its largest weights. */
export function encodeModel(model: Model): EncodedModel {
  const kept = [...model.rows].map(([bucket, row]) => ({ bucket, row, most: largest(model, row) })).filter(({ most }) => most >= WEIGHT_MIN)
  const size = ROW_HEAD + model.classes.length
  const rows = new Uint8Array(kept.length * size)
  const view = new DataView(rows.buffer)
  kept.forEach(({ bucket, row, most }, at) => {
    view.setUint32(at * size, bucket, true)
    view.setFloat32(at * size + 4, most / STEPS, true)
    view.setFloat32(at * size + 8, model.moved[row]!, true)
    for (let one = 0; one < model.classes.length; one += 1) view.setInt8(at * size + ROW_HEAD + one, Math.round((model.weights[row * model.width + one]! / most) * STEPS))
  })
  const head: Head = {
    classes: model.classes, calibration: model.calibration, counts: model.counts,
    memory: [...model.memory].map(([key, classes]) => [key, [...classes].map(([at, weight]) => [at, Math.round(weight * 1000) / 1000] as const)] as const),
  }
  return { head: JSON.stringify(head), rows }
}

/** Wakes a model that was put to rest. */
export function decodeModel({ head, rows }: EncodedModel): Model {
  const { classes, calibration, counts, memory } = JSON.parse(head) as Head
  const size = ROW_HEAD + classes.length
  const count = rows.length / size
  const view = new DataView(rows.buffer, rows.byteOffset, rows.byteLength)
  const model: Model = {
    ...emptyModel(), classes: [...classes], index: new Map(classes.map(({ id }, at) => [id, at])), width: classes.length, calibration, counts: [...counts],
    weights: new Float32Array(count * classes.length), moved: new Float32Array(count), memory: new Map(memory.map(([key, known]) => [key, new Map(known)])),
  }
  for (let row = 0; row < count; row += 1) {
    model.rows.set(view.getUint32(row * size, true), row)
    const scale = view.getFloat32(row * size + 4, true)
    model.moved[row] = view.getFloat32(row * size + 8, true)
    for (let one = 0; one < classes.length; one += 1) model.weights[row * classes.length + one] = view.getInt8(row * size + ROW_HEAD + one) * scale
  }
  return model
}
