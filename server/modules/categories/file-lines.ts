import { setImmediate as turn } from 'node:timers/promises'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { Job } from '../../platform/jobs/jobs.ts'
import { lockCategories } from './category-store.ts'
import { decide, filedByRule, type Filing, openFiling, ruleLineOf } from './filing.ts'
import { firstMatch, type Rule } from '../../../core/category/rule.ts'
import { countLines, filedRows, linesAfter } from './line-store.ts'
import { postSureLines } from './post-sure-lines.ts'
import type { FilingJob } from './queues.ts'
import { type Desk, recordDecisions } from './record.ts'
import type { Filed, FiledRow, FilingLine } from './types.ts'
import { writeExtras } from './write-extras.ts'

/** Lines one transaction files, so that people are served between two batches. */
const BATCH_MAX = 400

/** The work of a filing job, batch by batch. It may run twice: a line that is already so is left alone, and a person's choice always is. */
export async function fileLines(app: App, ctx: Context, job: Pick<Job<FilingJob>, 'data' | 'progress' | 'signal'>): Promise<void> {
  authorize(ctx, 'category.write')
  const total = await app.db.tenant(ctx, (tx) => countLines(tx, job.data))
  let after: string | null = null
  for (let done = 0; ;) {
    job.signal.throwIfAborted()
    const from: string | null = after
    const lines: readonly FilingLine[] = await app.db.tenant(ctx, (tx) => fileBatch(tx, { app, ctx }, { data: job.data, after: from }))
    if (lines.length === 0) return
    await postSureLines(app, ctx, lines.map(({ id }) => id))
    done += lines.length
    after = lines.at(-1)!.id
    job.progress(done, Math.max(done, total))
    if (lines.length < BATCH_MAX) return
  }
}

/** After so many lines, others are served: many rules with large expressions take their time. */
const TURN = 20

type Decision = { readonly line: FilingLine; readonly rule: Rule | undefined; readonly filed: Filed | null }

async function fileBatch(tx: TenantTx, { app, ctx }: Desk, { data, after }: { readonly data: FilingJob; readonly after: string | null }): Promise<FilingLine[]> {
  await lockCategories(tx)
  const lines = await linesAfter(tx, data, { after, limit: BATCH_MAX })
  const filing = await openFiling(app, tx, ctx)
  const before = new Map((await filedRows(tx, lines.map(({ id }) => id))).map((row) => [row.lineId, row]))
  const decided: Decision[] = []
  for (const [at, line] of lines.entries()) {
    if (line.source === 'manual' || (line.isLocked && (line.source !== null || data.ruleIds !== null))) continue
    decided.push({ line, ...(data.ruleIds === null ? decide(filing, line) : byRules(filing, line, data.ruleIds)) })
    if (at % TURN === TURN - 1) await turn()
  }
  const changed = decided.flatMap(({ line, filed }) => (filed && !isSame(before.get(line.id), filed) ? [{ lineId: line.id, filed }] : []))
  await recordDecisions(tx, { app, ctx }, { change: { id: data.changeId, kind: data.ruleIds === null ? 'automatic' : 'rules' }, decisions: changed, before })
  const changedIds = new Set<string>(changed.map(({ lineId }) => lineId))
  await writeExtras(tx, ctx, decided.filter(({ line, rule }) => rule && (changedIds.has(line.id) || line.source === null)))
  return lines
}

/** What the rules asked for decide: only where none before them does. */
function byRules(filing: Filing, line: FilingLine, ruleIds: readonly string[]): { rule: Rule | undefined; filed: Filed | null } {
  const rule = firstMatch(filing.rules, ruleLineOf(line))
  return rule && ruleIds.includes(rule.id) ? { rule, filed: filedByRule(filing, rule, line) } : { rule: undefined, filed: null }
}

/** Whether a line is already filed so, by the same means: deciding again would change nothing but its date. */
export function isSame(row: FiledRow | undefined, filed: Filed): boolean {
  if (!row || row.categoryId !== filed.categoryId || row.source !== filed.source || row.ruleId !== filed.ruleId) return false
  const write = (parts: Filed['parts']) => parts?.map(({ categoryId, amount }) => `${categoryId} ${amount}`).join() ?? ''
  return write(row.parts) === write(filed.parts)
}
