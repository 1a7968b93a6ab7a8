import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { allCategories, lockCategories } from './category-store.ts'
import { type ChangeLine, changeLines, filedRows, findChange, latestChange, linesById, markUndone } from './line-store.ts'
import { type Desk, type LineDecision, recordDecisions } from './record.ts'

const LINES_AT_A_TIME = 1_000

/** Takes a change of categories back, on every line of it that nobody changed since. Refuses NOT_FOUND, CHANGE_ALREADY_UNDONE. */
export async function undoChange(app: App, ctx: Context, id: string): Promise<{ readonly restored: number; readonly kept: number }> {
  authorize(ctx, 'category.write')
  return app.db.tenant(ctx, (tx) => undo(tx, { app, ctx }, { id, onlyLine: null }))
}

/** Takes the latest change of one line back; of a change on many lines, only this one. Refuses NOT_FOUND, NOTHING_TO_UNDO. */
export async function undoLine(app: App, ctx: Context, lineId: string): Promise<{ readonly restored: number; readonly kept: number }> {
  authorize(ctx, 'category.write')
  return app.db.tenant(ctx, async (tx) => {
    await lockCategories(tx)
    if ((await linesById(tx, [lineId])).length === 0) throw new Refusal('NOT_FOUND')
    const id = await latestChange(tx, lineId)
    if (id === undefined) throw new Refusal('NOTHING_TO_UNDO')
    return undo(tx, { app, ctx }, { id, onlyLine: lineId })
  })
}

async function undo(tx: TenantTx, desk: Desk, { id, onlyLine }: { readonly id: string; readonly onlyLine: string | null }): Promise<{ restored: number; kept: number }> {
  await lockCategories(tx)
  const change = await findChange(tx, id)
  if (!change || change.kind === 'undo') throw new Refusal('NOT_FOUND')
  if (change.undoneAt !== null) throw new Refusal('CHANGE_ALREADY_UNDONE')
  const known = new Set((await allCategories(tx)).map((category) => category.id))
  const undoId = uuidv7()
  const counts = { restored: 0, kept: 0 }
  for (let after: string | null = null; ;) {
    const all = await changeLines(tx, id, { after, limit: LINES_AT_A_TIME })
    const lines = onlyLine === null ? all : all.filter(({ lineId }) => lineId === onlyLine)
    await restore(tx, desk, { lines, undoId, known, counts })
    if (all.length < LINES_AT_A_TIME) break
    after = all.at(-1)!.lineId
  }
  if (onlyLine === null) await markUndone(tx, id)
  await recordAudit(tx, desk.ctx, { action: 'line.undo', subjectKind: 'category-change', subjectId: id, before: null, after: { ...counts, ...(onlyLine === null ? {} : { lineId: onlyLine }) } })
  return counts
}

async function restore(tx: TenantTx, desk: Desk, work: {
  readonly lines: readonly ChangeLine[]; readonly undoId: string; readonly known: ReadonlySet<string>; readonly counts: { restored: number; kept: number }
}): Promise<void> {
  const before = new Map((await filedRows(tx, work.lines.map(({ lineId }) => lineId))).map((row) => [row.lineId, row]))
  const decisions = work.lines.flatMap(({ lineId, before: was, afterVersion }): LineDecision[] => {
    // Another version means that someone decided since: their decision stays.
    if ((before.get(lineId)?.version ?? null) !== afterVersion) return []
    const still = was !== null && [was.categoryId, ...(was.parts ?? []).map((part) => part.categoryId)].every((category) => category === null || work.known.has(category))
    return [{ lineId, filed: still ? was : null }]
  })
  work.counts.restored += decisions.length
  work.counts.kept += work.lines.length - decisions.length
  await recordDecisions(tx, desk, { change: { id: work.undoId, kind: 'undo' }, decisions, before })
}
