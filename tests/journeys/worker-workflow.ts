// A workflow whose steps post one entry each, so that the books themselves tell whether a step was done once.
import type { Context } from '../../server/platform/access/context.ts'
import type { App } from '../../server/platform/app.ts'
import type { StepDefinition, WorkflowDefinition } from '../../server/platform/workflow/types.ts'
import { post } from '../../server/modules/ledger/index.ts'
import { signedLine } from '../../core/ledger/signed.ts'
import { localDate } from '../../core/kernel/local-date.ts'

export const STEPS = ['first', 'second', 'third', 'fourth'] as const

/** What a step posts: a cent for the first, two for the second, and so on. */
export const centsOf = (step: string): bigint => BigInt(STEPS.findIndex((name) => name === step) + 1)

/** Called at each boundary of each step: `begin` before it wrote, `wrote` after and before the commit. */
export type AtBoundary = (word: string) => Promise<void>

export function postingWorkflow(app: App, at: AtBoundary): WorkflowDefinition {
  const step = (name: string): StepDefinition => ({
    name, title: { fr: name, en: name }, mode: 'atomic',
    run: async (ctx: Context, _input, tools) => {
      await at(`begin ${name}`)
      const label = `ETAPE ${name}`
      await post(tools.tx(), ctx, [{
        journal: 'BQ', date: localDate('2026-05-05'), pieceRef: `STEP-${name}`, pieceDate: localDate('2026-05-05'), label, source: 'bank', sourceId: null,
        lines: [signedLine('512001', centsOf(name), { label }), signedLine('471001', -centsOf(name), { label })],
      }])
      await at(`wrote ${name}`)
      return { summary: { fr: 'fait', en: 'done' } }
    },
  })
  // The last one reads only: it may run twice.
  const look: StepDefinition = {
    name: 'look', title: { fr: 'look', en: 'look' }, mode: 'repeatable',
    run: async (ctx) => {
      await at('begin look')
      const { rows } = await app.db.tenant(ctx, (tx) => tx.query('select 1 from app.entry where tenant_id = $1', [ctx.tenantId]))
      return { summary: { fr: `${rows.length}`, en: `${rows.length}` } }
    },
  }
  return { name: 'posting', title: { fr: 'essai', en: 'trial' }, description: { fr: 'essai', en: 'trial' }, steps: [...STEPS.map(step), look] }
}
