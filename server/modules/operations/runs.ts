import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { WORKFLOW_QUEUE } from '../../platform/workflow/engine.ts'
import { companyAtWork, findRun, listRuns, stepsOf, type RunFilter } from '../../platform/workflow/store.ts'
import type { Origin, RunRow, RunSummaryRow, StepRow, WorkflowDefinition } from '../../platform/workflow/types.ts'
import { progressOfRun } from './store.ts'

export type RunView = { readonly run: RunRow; readonly steps: readonly StepRow[]; readonly progress: { readonly done: number; readonly total: number } | null }

async function viewOf(tx: TenantTx, id: string): Promise<RunView> {
  const run = await findRun(tx, id)
  if (!run) throw new Refusal('NOT_FOUND')
  return { run, steps: await stepsOf(tx, id), progress: run.state === 'running' ? await progressOfRun(tx, WORKFLOW_QUEUE, id) : null }
}

/** The runs of the company, latest first. */
export async function browseRuns(app: App, ctx: Context, filter: RunFilter): Promise<RunSummaryRow[]> {
  authorize(ctx, 'operation.read')
  return app.db.tenant(ctx, (tx) => listRuns(tx, filter))
}

/** One run with its steps. Refuses NOT_FOUND. */
export async function readRun(app: App, ctx: Context, id: string): Promise<RunView> {
  authorize(ctx, 'operation.read')
  return app.db.tenant(ctx, (tx) => viewOf(tx, id))
}

/** What can be started, and when the clock does it by itself. */
export async function browseKinds(app: App, ctx: Context): Promise<{ kinds: readonly WorkflowDefinition[]; timeZone: string }> {
  authorize(ctx, 'operation.read')
  const company = await app.db.tenant(ctx, companyAtWork)
  return { kinds: app.workflows.kinds(), timeZone: company?.timeZone ?? 'UTC' }
}

/** Starts a workflow by hand. Refuses WORKFLOW_UNKNOWN, and WORKFLOW_RUNNING while another run of it is under way. */
export async function startWorkflow(app: App, ctx: Context, start: { readonly workflow: string; readonly origin?: Origin }): Promise<RunView> {
  authorize(ctx, 'operation.run')
  return app.db.tenant(ctx, async (tx) => {
    const id = await app.workflows.start(tx, ctx, { workflow: start.workflow, origin: start.origin ?? 'person' })
    if (id === null) throw new Refusal('WORKFLOW_RUNNING')
    return viewOf(tx, id)
  })
}

/** Tries the failed step of a run again. Refuses NOT_FOUND, WORKFLOW_NOT_FAILED, WORKFLOW_RUNNING. */
export async function retryWorkflow(app: App, ctx: Context, id: string): Promise<RunView> {
  authorize(ctx, 'operation.run')
  return app.db.tenant(ctx, async (tx) => {
    await app.workflows.retry(tx, ctx, id)
    return viewOf(tx, id)
  })
}

/** Ends a run where it stands. Refuses NOT_FOUND, WORKFLOW_ENDED. */
export async function cancelWorkflow(app: App, ctx: Context, id: string): Promise<RunView> {
  authorize(ctx, 'operation.run')
  return app.db.tenant(ctx, async (tx) => {
    await app.workflows.cancel(tx, ctx, id)
    return viewOf(tx, id)
  })
}

export type DecideInput = { readonly id: string; readonly choice: string; readonly step?: string | undefined; readonly note?: string | undefined }

/** Answers the question a run waits on. Refuses NOT_FOUND, WORKFLOW_NOT_WAITING, WORKFLOW_CHOICE_UNKNOWN, WORKFLOW_RUNNING. */
export async function decideWorkflow(app: App, ctx: Context, decide: DecideInput): Promise<RunView> {
  authorize(ctx, 'operation.run')
  return app.db.tenant(ctx, async (tx) => {
    await app.workflows.decide(tx, ctx, decide)
    return viewOf(tx, decide.id)
  })
}
