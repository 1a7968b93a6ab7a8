import type { App } from '../../platform/app.ts'
import type { Context } from '../../platform/access/context.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { queueTraining } from './queues.ts'
import { insertChange, saveFiled } from './line-store.ts'
import { appendLessons } from './model-store.ts'
import type { ChangeKind, Filed, FiledRow } from './types.ts'

/** What lines become, one decision each; null takes a line back to having no category. */
export type LineDecision = { readonly lineId: string; readonly filed: Filed | null }

/** Who decides, and with what of the outside world. */
export type Desk = { readonly app: App; readonly ctx: Context }

/** So many new lessons make the model worth training again. */
const LESSONS_BEFORE_TRAINING = 50n

/** The category a decision of a person teaches: not that of a split line, whose parts depend on its amounts. */
function taught(filed: Filed | null | undefined): string | null {
  return filed?.source === 'manual' && filed.parts === null ? filed.categoryId : null
}

/**
 * Stores decisions under a change, teaches what people decided, and tells it. The caller holds the lock of categories, and has looked at
 * what each line was (`before`): a manual decision is only replaced by another.
 */
export async function recordDecisions(tx: TenantTx, { app, ctx }: Desk, { change, decisions, before }: {
  readonly change: { readonly id: string; readonly kind: ChangeKind }; readonly decisions: readonly LineDecision[]; readonly before: ReadonlyMap<string, FiledRow>
}): Promise<void> {
  if (decisions.length === 0) return
  await insertChange(tx, { id: change.id, kind: change.kind, by: ctx.userId })
  await saveFiled(tx, decisions, { changeId: change.id, by: ctx.userId })
  const lessons = decisions.flatMap(({ lineId, filed }) => {
    const [was, is] = [taught(before.get(lineId)), taught(filed)]
    if (was === is) return []
    return [...(was === null ? [] : [{ lineId, categoryId: was, weight: -1 as const }]), ...(is === null ? [] : [{ lineId, categoryId: is, weight: 1 as const }])]
  })
  if (lessons.length > 0) {
    const last = await appendLessons(tx, lessons)
    if (last / LESSONS_BEFORE_TRAINING > (last - BigInt(lessons.length)) / LESSONS_BEFORE_TRAINING) await queueTraining(app, tx)
  }
  const source = change.kind === 'automatic' ? 'automatic' : change.kind === 'rules' ? 'rule' : 'manual'
  await appendEvent(tx, ctx, { kind: 'lines.categorised', subject: change.id, data: { count: decisions.length, source } })
}
