import type { Job, Question, QueueList, WorkflowCatalogue, WorkflowRun, WorkflowRunRow, WorkflowStep } from '../../../contract/operations.ts'
import type { Text } from '../../../core/kernel/problem.ts'
import { allows, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import type { JobRow, QueueCounts } from '../../platform/jobs/history-store.ts'
import { storedWords } from '../../platform/jobs/words.ts'
import type { RunSummaryRow, StepRow, StoredQuestion, WorkflowDefinition } from '../../platform/workflow/types.ts'
import type { ScheduleView } from './browse-jobs.ts'
import type { RunView } from './runs.ts'

/** A queue that this version no longer has keeps its name. */
function titleOf(app: App, queue: string): Text {
  return app.jobs.queues().find((one) => one.name === queue)?.title ?? { fr: queue, en: queue }
}

export function presentJob(app: App, row: JobRow): Job {
  const isOver = row.state === 'done'
  return {
    id: row.id, queue: row.queue, title: titleOf(app, row.queue), state: row.state,
    subject: app.jobs.queues().find((one) => one.name === row.queue)?.subjectOf(row.data) ?? null,
    attempts: row.attempts, attemptsMax: row.attemptsMax,
    progress: row.done === null || row.total === null ? null : { done: row.done, total: row.total },
    error: isOver ? null : storedWords(row.output),
    createdAt: row.createdAt, startAfter: row.startAfter, startedAt: row.startedAt, endedAt: row.endedAt, mayRetry: row.state === 'failed',
  }
}

export function presentQueues(app: App, { counts, schedules }: { readonly counts: readonly QueueCounts[]; readonly schedules: readonly ScheduleView[] }): QueueList {
  const nameOf = (workflow: string | null) => app.workflows.kinds().find((kind) => kind.name === workflow)?.title
  return {
    items: counts.map(({ queue, ...numbers }) => ({ name: queue, title: titleOf(app, queue), ...numbers })),
    schedules: schedules.map((schedule) => ({ ...schedule, title: nameOf(schedule.workflow) ?? titleOf(app, schedule.queue) })),
  }
}

export function presentRunRow(row: RunSummaryRow): WorkflowRunRow {
  return {
    id: row.id, workflow: row.workflow, title: row.title, state: row.state, origin: row.origin, startedBy: row.startedByName,
    stepsDone: row.stepsDone, stepsTotal: row.stepsTotal, currentStep: row.currentStep, error: row.error,
    createdAt: row.createdAt, startedAt: row.startedAt, endedAt: row.endedAt,
  }
}

function presentQuestion(reader: Context, step: string, question: StoredQuestion): Question {
  const { text, choices, askedAt, permission } = question
  return { step, text, choices: choices.map((choice) => ({ ...choice })), askedAt, permission, mayDecide: allows(reader, 'operation.run') && allows(reader, permission) }
}

function presentStep({ run, progress }: RunView, step: StepRow): WorkflowStep {
  const { decision } = step
  return {
    name: step.name, title: step.title, state: run.state === 'cancelled' && step.state !== 'done' ? 'cancelled' : step.state, attempts: step.attempts,
    progress: step.state === 'running' ? progress : null, result: step.result?.summary ?? null, error: step.error,
    decision: decision && { choice: decision.choice, label: decision.label, by: decision.by, at: decision.at, note: decision.note },
    startedAt: step.startedAt, endedAt: step.endedAt,
  }
}

export function presentRun(reader: Context, view: RunView): WorkflowRun {
  const { run, steps } = view
  const current = steps.find((step) => step.state !== 'done')
  const mayRun = allows(reader, 'operation.run')
  return {
    ...presentRunRow({ ...run, stepsDone: steps.filter((step) => step.state === 'done').length, stepsTotal: steps.length, currentStep: current?.title ?? null, error: current?.error ?? null }),
    question: run.state === 'waiting_person' && current?.question ? presentQuestion(reader, current.name, current.question) : null,
    steps: steps.map((step) => presentStep(view, step)),
    mayRetry: mayRun && run.state === 'failed', mayCancel: mayRun && run.state !== 'done' && run.state !== 'cancelled',
  }
}

export function presentKinds(app: App, { kinds, timeZone }: { readonly kinds: readonly WorkflowDefinition[]; readonly timeZone: string }): WorkflowCatalogue {
  return {
    items: kinds.map(({ name, title, description, steps, cron }) => ({
      name, title, description, steps: steps.map((step) => ({ name: step.name, title: step.title })),
      schedule: cron === undefined ? null : { cron, timeZone, nextAt: app.jobs.nextAt({ cron, timeZone }) },
    })),
  }
}
