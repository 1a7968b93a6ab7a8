import type { TenantId } from '../../../core/kernel/id.ts'
import type { Text } from '../../../core/kernel/problem.ts'
import type { Context } from '../access/context.ts'
import type { Clock } from '../clock/clock.ts'
import type { Db, TenantTx } from '../db/types.ts'
import type { Jobs, JobsPace } from '../jobs/types.ts'
import { cancelRun, type Decide, decideRun, retryRun, type StartRun, startRun } from './actions.ts'
import { advance, type EngineParts, failAbandoned, WORKFLOW_QUEUE, type WorkflowJob } from './engine.ts'
import { productContext } from './product-context.ts'
import { abandonedRuns } from './store.ts'
import type { AuditWorkflow, StepDefinition, WorkflowDefinition } from './types.ts'

export type Workflows = {
  /** Declares a workflow. Its steps are those given, with those other modules add. */
  define(definition: WorkflowDefinition): void
  /** Adds a step to a workflow that another module declares, before or after: before the step named, or at the end. Runs already started keep their steps. */
  addStep(workflow: string, step: StepDefinition, options?: { readonly before?: string }): void
  /** Every workflow that was declared, with all its steps. */
  kinds(): readonly WorkflowDefinition[]
  start(tx: TenantTx, ctx: Context, start: StartRun): Promise<string | null>
  decide(tx: TenantTx, ctx: Context, decide: Decide): Promise<void>
  retry(tx: TenantTx, ctx: Context, id: string): Promise<void>
  cancel(tx: TenantTx, ctx: Context, id: string): Promise<void>
  /** Fails the runs that no job drives any more, so that a person sees them. */
  sweep(): Promise<number>
}

/** A step is tried this often by itself; then a person looks. */
const RETRY_LIMIT = 3
const RETRY_DELAY_SECONDS = 5
const STEP_SECONDS_MAX = 3600
const SWEPT_MAX = 200

const TITLE: Text = { fr: 'Étape d\'un enchaînement', en: 'Step of a workflow' }
const ABANDONED: Text = {
  fr: 'Le programme s\'est arrêté à chaque essai de cette étape. Relancez-la ; si elle échoue encore, le journal technique dit pourquoi.',
  en: 'The program stopped at each try of this step. Retry it; if it fails again, the technical log says why.',
}

export type WorkflowParts = { readonly db: Db; readonly jobs: Jobs; readonly clock: Clock; readonly audit: AuditWorkflow; readonly pace?: JobsPace }

type Added = { readonly step: StepDefinition; readonly before: string | undefined }

function withAdded(definition: WorkflowDefinition, added: readonly Added[]): WorkflowDefinition {
  const steps = [...definition.steps]
  for (const { step, before } of added) {
    const at = before === undefined ? -1 : steps.findIndex((one) => one.name === before)
    steps.splice(at < 0 ? steps.length : at, 0, step)
  }
  return { ...definition, steps }
}

/** Durable workflows over the jobs. The queue is declared at once: call it before the jobs start. */
export function createWorkflows({ pace, ...given }: WorkflowParts): Workflows {
  const definitions = new Map<string, WorkflowDefinition>()
  const added = new Map<string, Added[]>()
  const definitionOf = (name: string): WorkflowDefinition | undefined => {
    const found = definitions.get(name)
    return found && withAdded(found, added.get(name) ?? [])
  }
  const parts: EngineParts = { ...given, definitionOf }
  const { db, jobs } = given

  jobs.define<WorkflowJob>(WORKFLOW_QUEUE, {
    title: TITLE, subject: ({ runId }) => ({ kind: 'workflow', id: runId }),
    retryLimit: RETRY_LIMIT, retryDelaySeconds: pace?.stepRetrySeconds ?? RETRY_DELAY_SECONDS, timeoutSeconds: STEP_SECONDS_MAX,
  }, (job) => advance(parts, job))

  return {
    define: (definition) => {
      if (definitions.has(definition.name)) throw new Error(`the workflow ${definition.name} is defined twice`)
      definitions.set(definition.name, definition)
    },
    addStep: (workflow, step, options = {}) => { added.set(workflow, [...added.get(workflow) ?? [], { step, before: options.before }]) },
    kinds: () => [...definitions.keys()].map((name) => definitionOf(name)!),
    start: (tx, ctx, start) => startRun(parts, tx, { ctx, start }),
    decide: (tx, ctx, decide) => decideRun(parts, tx, { ctx, decide }),
    retry: (tx, ctx, id) => retryRun(parts, tx, { ctx, id }),
    cancel: (tx, ctx, id) => cancelRun(parts, tx, { ctx, id }),
    sweep: async () => {
      const lost = await db.system((tx) => abandonedRuns(tx, WORKFLOW_QUEUE, SWEPT_MAX))
      for (const { tenantId, runId } of lost) {
        const ctx = await productContext(parts, tenantId as TenantId)
        if (ctx) await db.tenant(ctx, (tx) => failAbandoned(parts, tx, { ctx, runId, error: ABANDONED }))
      }
      return lost.length
    },
  }
}
