import { gunzipSync, gzipSync } from 'node:zlib'
import { decodeModel, encodeModel } from '../../../core/category/encode.ts'
import { featuresOf, type Features } from '../../../core/category/features.ts'
import { type ClassName, exampleCount, type Model, teach, unteach } from '../../../core/category/model.ts'
import { train } from '../../../core/category/train.ts'
import type { App } from '../../platform/app.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { allCategories } from './category-store.ts'
import { dropLessons, lastLesson, lessonsAfter, modelContent, modelHead, saveModel, type TaughtLine, taughtLines } from './model-store.ts'
import type { Category } from './types.ts'

/** A model and the number of the last lesson it knows: its version. */
export type Knowing = { readonly model: Model; readonly version: bigint }

/** Lines a training looks at, the latest. Older ones tell little more. */
const EXAMPLES_MAX = 20_000
/** Lessons kept beside a trained model; past them, training takes them in. */
export const LESSONS_MAX = 200
/** Companies whose model one process keeps ready. */
const READY_MAX = 6

type Ready = { readonly model: Model; readonly base: string; seq: bigint }
const ready = new WeakMap<App, Map<string, Ready>>()

function namesOf(categories: readonly Category[]): Map<string, ClassName> {
  return new Map(categories.filter(({ isArchived }) => !isArchived).map(({ id, key }) => [id, { id, lexicon: key === null ? [] : [key] }]))
}

/** What the words, the amount and the day of a line say. */
export function featuresOfLine(line: Pick<TaughtLine, 'label' | 'counterpartyName' | 'amount' | 'bookedOn' | 'accountId'>): Features {
  return featuresOf({ label: line.label, counterparty: line.counterpartyName, minor: line.amount, bookedOn: line.bookedOn, account: line.accountId })
}

/**
 * What a company has taught so far: the trained model, and every lesson since. A few companies' models are kept ready; a new lesson is
 * taught on top of one at once. Only what is committed may be read here, since a model is never untaught.
 */
export async function knowingOf(app: App, tx: TenantTx, categories: readonly Category[]): Promise<Knowing> {
  const names = namesOf(categories)
  const head = await modelHead(tx)
  const base = head ? `${head.lessonSeq} ${head.trainedAt}` : `none ${[...names.keys()].join(' ')}`
  const kept = ready.get(app) ?? new Map<string, Ready>()
  ready.set(app, kept)
  const last = await lastLesson(tx)
  let found = kept.get(tx.tenantId)
  if (found?.base !== base || found.seq > last) found = { model: await startOf(tx, names), base, seq: head?.lessonSeq ?? 0n }
  while (found.seq < last) {
    const lessons = await lessonsAfter(tx, found.seq, LESSONS_MAX)
    for (const lesson of lessons) {
      const name = names.get(lesson.categoryId)
      if (lesson.weight < 0) unteach(found.model, featuresOfLine(lesson), lesson.categoryId)
      else if (name) teach(found.model, featuresOfLine(lesson), name)
      found.seq = lesson.seq
    }
    if (lessons.length < LESSONS_MAX) found.seq = last
  }
  kept.delete(tx.tenantId)
  kept.set(tx.tenantId, found)
  for (const tenant of [...kept.keys()].slice(0, Math.max(0, kept.size - READY_MAX))) kept.delete(tenant)
  return { model: found.model, version: found.seq }
}

async function startOf(tx: TenantTx, names: ReadonlyMap<string, ClassName>): Promise<Model> {
  const content = await modelContent(tx)
  return content ? unpack(content) : train([], [...names.values()]).model
}

const HEAD_BYTES = 4

function pack(model: Model): Uint8Array {
  const { head, rows } = encodeModel(model)
  const text = Buffer.from(head)
  const size = Buffer.alloc(HEAD_BYTES)
  size.writeUInt32LE(text.length)
  return gzipSync(Buffer.concat([size, text, rows]), { level: 3 })
}

function unpack(content: Uint8Array): Model {
  const bytes = gunzipSync(content)
  const end = HEAD_BYTES + bytes.readUInt32LE(0)
  return decodeModel({ head: bytes.toString('utf8', HEAD_BYTES, end), rows: new Uint8Array(bytes.subarray(end)) })
}

/** Learns again from every decision of people and of their rules, measures, and stores what came of it. */
export async function trainCompany(app: App, ctx: Context): Promise<void> {
  authorize(ctx, 'category.write')
  const given = await app.db.tenant(ctx, async (tx) => ({ seq: await lastLesson(tx), categories: await allCategories(tx), lines: await taughtLines(tx, EXAMPLES_MAX) }))
  const names = namesOf(given.categories)
  const examples = given.lines.flatMap((line) => { const name = names.get(line.categoryId); return name ? [{ features: featuresOfLine(line), name }] : [] })
  const { model, measure } = train(examples, [...names.values()])
  const content = pack(model)
  await app.db.tenant(ctx, async (tx) => {
    await saveModel(tx, { lessonSeq: given.seq, examples: exampleCount(model), categories: model.counts.filter((count) => count > 0).length, memories: model.memory.size, measure }, content)
    await dropLessons(tx, given.seq)
  })
}
