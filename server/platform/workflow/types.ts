import type { RunState, StepState } from '../../../contract/operations.ts'
import type { Permission } from '../../../core/access/permissions.ts'
import type { Text } from '../../../core/kernel/problem.ts'
import type { Context } from '../access/context.ts'
import type { TenantTx } from '../db/types.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** What a step did: a sentence for people, and what later steps may need. */
export type StepResult = { readonly summary: Text; readonly data?: JsonObject }

export type Choice = { readonly value: string; readonly label: Text; readonly tone: 'primary' | 'neutral' | 'danger' }

/** What a person is asked before the run goes on. */
export type QuestionDraft = { readonly text: Text; readonly choices: readonly Choice[]; readonly permission?: Permission }
export type StoredQuestion = QuestionDraft & { readonly permission: Permission; readonly askedAt: string }
export type StoredDecision = { readonly choice: string; readonly label: Text; readonly by: string; readonly userId: string | null; readonly at: string; readonly note: string | null }

/** The answer of a step that cannot go on without a person. Made by `tools.waitForPerson`. */
export type Waiting = { readonly waitFor: QuestionDraft }

export type StepTools = {
  /** The transaction in which this step's result will be stored; there is one in an `atomic` step only. */
  readonly tx: () => TenantTx
  /** What an earlier step of this run stored as its data. */
  readonly dataOf: (step: string) => JsonObject
  /** What a person decided on this step's question, when it is run again after it. */
  readonly decision: StoredDecision | null
  /** Return what this gives: the run then waits, and the step is run again with the decision. */
  readonly waitForPerson: (question: QuestionDraft) => Waiting
  readonly progress: (done: number, total: number) => void
  /** Aborted when the process stops: see the jobs. */
  readonly signal: AbortSignal
}

export type StepDefinition = {
  readonly name: string
  readonly title: Text
  /**
   * atomic: the step runs in one transaction with its result, so both are kept or neither is. repeatable: it runs outside of one,
   * because it is long or reads only, and may run twice before its result is kept: each of its effects must bear it.
   */
  readonly mode: 'atomic' | 'repeatable'
  readonly run: (ctx: Context, input: JsonObject, tools: StepTools) => Promise<StepResult | Waiting>
}

export type WorkflowDefinition = {
  readonly name: string
  readonly title: Text
  readonly description: Text
  readonly steps: readonly StepDefinition[]
  /** The clock of a workflow that runs by itself, read in the time zone of each company. */
  readonly cron?: string
}

export type Origin = 'person' | 'schedule' | 'command'

export type RunRow = {
  readonly id: string; readonly workflow: string; readonly title: Text; readonly key: string | null; readonly input: JsonObject; readonly state: RunState; readonly origin: Origin
  readonly startedByName: string; readonly createdAt: string; readonly startedAt: string | null; readonly endedAt: string | null
}
export type StepRow = {
  readonly position: number; readonly name: string; readonly title: Text; readonly state: Exclude<StepState, 'cancelled'>; readonly attempts: number
  readonly result: StepResult | null; readonly error: Text | null; readonly question: StoredQuestion | null; readonly decision: StoredDecision | null
  readonly startedAt: string | null; readonly endedAt: string | null
}
/** A run in a list: its steps are counted, and the first that is not done named. */
export type RunSummaryRow = RunRow & { readonly stepsDone: number; readonly stepsTotal: number; readonly currentStep: Text | null; readonly error: Text | null }

/** One line of the audit log, as the engine needs it written. */
export type AuditWorkflow = (tx: TenantTx, ctx: Context, event: { readonly action: string; readonly subjectKind: string; readonly subjectId: string; readonly before?: unknown; readonly after?: unknown }) => Promise<void>
