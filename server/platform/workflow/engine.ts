import type { RunState } from '../../../contract/operations.ts'
import type { TenantId } from '../../../core/kernel/id.ts'
import type { Text } from '../../../core/kernel/problem.ts'
import type { Context } from '../access/context.ts'
import { Refusal } from '../access/refusal.ts'
import type { Clock } from '../clock/clock.ts'
import type { Db, TenantTx } from '../db/types.ts'
import { appendEvent } from '../events/index.ts'
import type { Job, Jobs } from '../jobs/types.ts'
import { needsPerson, wordsOf } from '../jobs/words.ts'
import { productContext } from './product-context.ts'
import { askPerson, beginStep, databaseNow, failStep, finishStep, lockRun, lockStep, moveRun, stepsOf } from './store.ts'
import type { AuditWorkflow, RunRow, StepDefinition, StepResult, StepRow, StepTools, Waiting, WorkflowDefinition } from './types.ts'

export const WORKFLOW_QUEUE = 'workflow-step'
export type WorkflowJob = { readonly tenantId: string; readonly runId: string }

export type EngineParts = {
  readonly db: Db
  readonly jobs: Jobs
  readonly clock: Clock
  readonly audit: AuditWorkflow
  readonly definitionOf: (workflow: string) => WorkflowDefinition | undefined
}

/** A try of one step. Only the latest try of a step may store anything. */
type Claim = { readonly run: RunRow; readonly step: StepRow; readonly attempt: number; readonly isLast: boolean; readonly earlier: readonly StepRow[] }

/** Another try of the same step came first, or the run was cancelled meanwhile: what this one did is undone. */
class Overtaken extends Error {
  override name = 'Overtaken'
}

/** Puts the run's next step in the queue, in the transaction this call stands in. */
export async function queueStep({ jobs }: Pick<EngineParts, 'jobs'>, tx: TenantTx, runId: string): Promise<void> {
  await jobs.enqueue<WorkflowJob>(WORKFLOW_QUEUE, { tenantId: tx.tenantId, runId }, { key: runId })
}

/** What is written of each transition, and the state of the run after it. */
const STATE_AFTER = {
  'start': 'queued', 'step-start': 'running', 'step-done': 'running', 'step-fail': 'running', 'wait': 'waiting_person', 'decide': 'queued',
  'fail': 'failed', 'retry': 'queued', 'cancel': 'cancelled', 'done': 'done',
} as const satisfies Record<string, RunState>

export type Transition = { readonly ctx: Context; readonly action: keyof typeof STATE_AFTER; readonly run: Pick<RunRow, 'id' | 'workflow'>; readonly after?: object }

/** Writes one transition of a run in the log of the company and tells it to whoever follows. Call it last. */
export async function auditRun(parts: Pick<EngineParts, 'audit'>, tx: TenantTx, event: Transition): Promise<void> {
  await appendEvent(tx, event.ctx, { kind: 'workflow.changed', subject: event.run.id, data: { workflow: event.run.workflow, status: STATE_AFTER[event.action] } })
  await parts.audit(tx, event.ctx, { action: `workflow.${event.action}`, subjectKind: 'workflow', subjectId: event.run.id, after: { workflow: event.run.workflow, ...event.after } })
}

// A step is always locked before its run: two processes that meet wait for each other and never in a circle.
async function claimStep(parts: EngineParts, tx: TenantTx, { ctx, runId }: { readonly ctx: Context; readonly runId: string }): Promise<Claim | null> {
  for (;;) {
    const steps = await stepsOf(tx, runId)
    const next = steps.find((step) => step.state !== 'done')
    if (!next) return null
    const step = await lockStep(tx, runId, next.position)
    // The try that held it has just finished it: the step after it is the next one.
    if (!step || step.state === 'done') continue
    const run = await lockRun(tx, runId)
    if (!run || (run.state !== 'queued' && run.state !== 'running') || step.state === 'waiting_person' || step.state === 'failed') return null
    const attempt = await beginStep(tx, runId, step.position)
    if (run.state === 'queued') await moveRun(tx, runId, 'running')
    await auditRun(parts, tx, { ctx, action: 'step-start', run, after: { step: step.name, attempt } })
    return { run, step, attempt, isLast: step.position === steps.at(-1)?.position, earlier: steps.filter((one) => one.state === 'done') }
  }
}

/** Holds the step for this try until the transaction ends. */
async function holdStep(tx: TenantTx, claim: Claim): Promise<void> {
  const step = await lockStep(tx, claim.run.id, claim.step.position)
  if (step?.state !== 'running' || step.attempts !== claim.attempt) throw new Overtaken()
}

/** Stores what a step did or asks, and moves the run on, in the transaction of its effects. */
async function store(parts: EngineParts, tx: TenantTx, done: { readonly ctx: Context; readonly claim: Claim; readonly outcome: StepResult | Waiting }): Promise<void> {
  const { ctx, claim: { run, step, isLast }, outcome } = done
  await holdStep(tx, done.claim)
  if ((await lockRun(tx, run.id))?.state !== 'running') throw new Overtaken()
  if ('waitFor' in outcome) {
    const question = { ...outcome.waitFor, permission: outcome.waitFor.permission ?? 'operation.run', askedAt: await databaseNow(tx) }
    await askPerson(tx, run.id, { position: step.position, question })
    await moveRun(tx, run.id, 'waiting_person')
    await auditRun(parts, tx, { ctx, action: 'wait', run, after: { step: step.name, question: question.text } })
    return
  }
  await finishStep(tx, run.id, { position: step.position, result: outcome })
  if (isLast) await moveRun(tx, run.id, 'done')
  else await queueStep(parts, tx, run.id)
  await auditRun(parts, tx, { ctx, action: 'step-done', run, after: { step: step.name, summary: outcome.summary } })
  if (isLast) await auditRun(parts, tx, { ctx, action: 'done', run })
}

async function storeFailure(parts: EngineParts, tx: TenantTx, failed: { readonly ctx: Context; readonly claim: Claim; readonly error: Text; readonly isFinal: boolean }): Promise<void> {
  const { ctx, claim: { run, step, attempt }, error, isFinal } = failed
  await holdStep(tx, failed.claim)
  if ((await lockRun(tx, run.id))?.state !== 'running') throw new Overtaken()
  await failStep(tx, run.id, { position: step.position, error, isFinal })
  if (isFinal) await moveRun(tx, run.id, 'failed')
  await auditRun(parts, tx, { ctx, action: isFinal ? 'fail' : 'step-fail', run, after: { step: step.name, attempt, error } })
}

function definitionOf(parts: EngineParts, { run, step }: Claim): StepDefinition {
  const found = parts.definitionOf(run.workflow)?.steps.find((one) => one.name === step.name)
  if (!found) throw new Refusal('WORKFLOW_STEP_UNKNOWN', { step: step.name })
  return found
}

function toolsOf(claim: Claim, job: Job<WorkflowJob>, tx: TenantTx | null): StepTools {
  return {
    tx: () => {
      if (!tx) throw new Error(`the step ${claim.step.name} is repeatable: it has no transaction of its own`)
      return tx
    },
    dataOf: (name) => claim.earlier.find((step) => step.name === name)?.result?.data ?? {},
    decision: claim.step.decision, progress: job.progress, signal: job.signal,
    waitForPerson: (question) => ({ waitFor: question }),
  }
}

async function perform(parts: EngineParts, job: Job<WorkflowJob>, { ctx, claim }: { readonly ctx: Context; readonly claim: Claim }): Promise<void> {
  const definition = definitionOf(parts, claim)
  if (definition.mode === 'atomic') {
    await parts.db.tenant(ctx, async (tx) => {
      await holdStep(tx, claim)
      await store(parts, tx, { ctx, claim, outcome: await definition.run(ctx, claim.run.input, toolsOf(claim, job, tx)) })
    })
    return
  }
  const outcome = await definition.run(ctx, claim.run.input, toolsOf(claim, job, null))
  await parts.db.tenant(ctx, (tx) => store(parts, tx, { ctx, claim, outcome }))
}

/**
 * Does the next step of a run. It may be called twice, at the same moment or after a crash: one of the two stores, and nothing of
 * the other remains but what a repeatable step is free to do twice.
 */
export async function advance(parts: EngineParts, job: Job<WorkflowJob>): Promise<void> {
  const { runId } = job.data
  const ctx = await productContext(parts, job.data.tenantId as TenantId)
  const claim = ctx && await parts.db.tenant(ctx, (tx) => claimStep(parts, tx, { ctx, runId }))
  if (!claim) return
  try {
    await perform(parts, job, { ctx, claim })
  } catch (error) {
    if (error instanceof Overtaken) return
    if (job.signal.aborted && error === job.signal.reason) throw error
    const isFinal = job.isLastAttempt || needsPerson(error)
    try {
      await parts.db.tenant(ctx, (tx) => storeFailure(parts, tx, { ctx, claim, error: wordsOf(error, job.id), isFinal }))
    } catch (second) {
      if (second instanceof Overtaken) return
      throw second
    }
    // A run that failed for good waits for a person on its own page: its job has nothing more to do.
    if (!isFinal) throw error
  }
}

/** Fails a run that no job drives any more: its worker died at each try. A person can then retry it. */
export async function failAbandoned(parts: EngineParts, tx: TenantTx, found: { readonly ctx: Context; readonly runId: string; readonly error: Text }): Promise<void> {
  const next = (await stepsOf(tx, found.runId)).find((step) => step.state !== 'done')
  if (next) await lockStep(tx, found.runId, next.position)
  const run = await lockRun(tx, found.runId)
  if (!run || (run.state !== 'queued' && run.state !== 'running') || !next) return
  await failStep(tx, run.id, { position: next.position, error: found.error, isFinal: true })
  await moveRun(tx, run.id, 'failed')
  await auditRun(parts, tx, { ctx: found.ctx, action: 'fail', run, after: { step: next.name, error: found.error } })
}

