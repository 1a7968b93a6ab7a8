import { allows, type Context } from '../access/context.ts'
import { Refusal } from '../access/refusal.ts'
import type { TenantTx } from '../db/types.ts'
import { uuidv7 } from '../id/uuid.ts'
import { auditRun, type EngineParts, queueStep } from './engine.ts'
import { anotherAtWork, databaseNow, decideStep, insertRun, lockRun, lockStep, moveRun, reopenStep, stepsOf } from './store.ts'
import type { JsonObject, Origin, RunRow, StepRow } from './types.ts'

export type StartRun = {
  readonly workflow: string
  readonly origin: Origin
  readonly input?: JsonObject
  /** A run with this key is started once and never again. */
  readonly key?: string
}

/** Starts a run and answers its id, or null when one with its key was started before or another one is at work. Refuses WORKFLOW_UNKNOWN. */
export async function startRun(parts: EngineParts, tx: TenantTx, { ctx, start }: { readonly ctx: Context; readonly start: StartRun }): Promise<string | null> {
  const definition = parts.definitionOf(start.workflow)
  if (!definition) throw new Refusal('WORKFLOW_UNKNOWN', { workflow: start.workflow })
  const id = uuidv7()
  const made = await insertRun(tx, {
    id, workflow: definition.name, title: definition.title, key: start.key ?? null, input: start.input ?? {}, origin: start.origin,
    startedBy: ctx.userId, startedByName: ctx.actor, steps: definition.steps,
  })
  if (!made) return null
  await queueStep(parts, tx, id)
  await auditRun(parts, tx, { ctx, action: 'start', run: { id, workflow: definition.name }, after: { origin: start.origin, key: start.key ?? null } })
  return id
}

/** The run and the step it stands at, both held until the transaction ends. */
async function holdRun(tx: TenantTx, id: string): Promise<{ run: RunRow; step: StepRow | undefined }> {
  const next = (await stepsOf(tx, id)).find((step) => step.state !== 'done')
  const step = next && await lockStep(tx, id, next.position)
  const run = await lockRun(tx, id)
  if (!run) throw new Refusal('NOT_FOUND')
  return { run, step }
}

export type Decide = { readonly id: string; readonly choice: string; readonly step?: string | undefined; readonly note?: string | undefined }

/** Answers the question a run waits on, and lets it go on. Refuses NOT_FOUND, WORKFLOW_NOT_WAITING, WORKFLOW_CHOICE_UNKNOWN, PERMISSION_MISSING, WORKFLOW_RUNNING. */
export async function decideRun(parts: EngineParts, tx: TenantTx, { ctx, decide }: { readonly ctx: Context; readonly decide: Decide }): Promise<void> {
  const { run, step } = await holdRun(tx, decide.id)
  if (run.state !== 'waiting_person' || !step?.question || (decide.step !== undefined && decide.step !== step.name)) throw new Refusal('WORKFLOW_NOT_WAITING')
  if (!allows(ctx, step.question.permission)) throw new Refusal('PERMISSION_MISSING', { permission: step.question.permission })
  const choice = step.question.choices.find((one) => one.value === decide.choice)
  if (!choice) throw new Refusal('WORKFLOW_CHOICE_UNKNOWN', { choice: decide.choice })
  if (await anotherAtWork(tx, run)) throw new Refusal('WORKFLOW_RUNNING')
  await decideStep(tx, run.id, {
    position: step.position, decision: { choice: choice.value, label: choice.label, by: ctx.actor, userId: ctx.userId, at: await databaseNow(tx), note: decide.note ?? null },
  })
  await moveRun(tx, run.id, 'queued')
  await queueStep(parts, tx, run.id)
  await auditRun(parts, tx, { ctx, action: 'decide', run, after: { step: step.name, choice: choice.value, note: decide.note ?? null } })
}

/** Tries the failed step of a run again. Refuses NOT_FOUND, WORKFLOW_NOT_FAILED, WORKFLOW_RUNNING. */
export async function retryRun(parts: EngineParts, tx: TenantTx, { ctx, id }: { readonly ctx: Context; readonly id: string }): Promise<void> {
  const { run, step } = await holdRun(tx, id)
  if (run.state !== 'failed' || !step) throw new Refusal('WORKFLOW_NOT_FAILED')
  if (await anotherAtWork(tx, run)) throw new Refusal('WORKFLOW_RUNNING')
  await reopenStep(tx, run.id, step.position)
  await moveRun(tx, run.id, 'queued')
  await queueStep(parts, tx, run.id)
  await auditRun(parts, tx, { ctx, action: 'retry', run, after: { step: step.name } })
}

/** Ends a run where it stands; what its steps did stays. A step at work is undone, or its result dropped. Refuses NOT_FOUND, WORKFLOW_ENDED. */
export async function cancelRun(parts: EngineParts, tx: TenantTx, { ctx, id }: { readonly ctx: Context; readonly id: string }): Promise<void> {
  // Only the run is held: a cancel does not wait for the step at work, which looks at its run before it stores.
  const run = await lockRun(tx, id)
  if (!run) throw new Refusal('NOT_FOUND')
  if (run.state === 'done' || run.state === 'cancelled') throw new Refusal('WORKFLOW_ENDED')
  await moveRun(tx, run.id, 'cancelled')
  await auditRun(parts, tx, { ctx, action: 'cancel', run, after: { was: run.state } })
}
