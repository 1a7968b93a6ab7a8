import { type Static, Type } from 'typebox'
import { Instant, nullable, oneOf, page, PageQuery, Text, Uuid } from './common.ts'

export const JOB_STATES = ['waiting', 'later', 'running', 'retrying', 'done', 'failed', 'discarded'] as const
export const JobState = oneOf(JOB_STATES, 'waiting: a worker takes it next. later: not before `startAfter`. retrying: the last try failed and another follows at `startAfter`. failed: every try failed, it waits in the dead letters to be retried or discarded. discarded: given up by a person.')
export type JobState = (typeof JOB_STATES)[number]

export const Progress = Type.Object({ done: Type.Integer(), total: Type.Integer() }, { description: 'How much of the work is behind, in units of the work itself.' })
export type Progress = Static<typeof Progress>

export const Job = Type.Object({
  id: Uuid,
  queue: Type.String({ examples: ['post-bank-lines'] }),
  title: Text,
  state: JobState,
  subject: nullable(Type.Object({ kind: Type.String({ examples: ['import', 'workflow'] }), id: Uuid }, { description: 'What the job is about.' })),
  attempts: Type.Integer({ description: 'Tries begun.' }),
  attemptsMax: Type.Integer(),
  progress: nullable(Progress),
  error: nullable(Text),
  createdAt: Instant,
  startAfter: Instant,
  startedAt: nullable(Instant),
  endedAt: nullable(Instant),
  mayRetry: Type.Boolean({ description: 'The job waits in the dead letters: it can be retried or discarded.' }),
})
export type Job = Static<typeof Job>
export const JobPage = page(Job)
export type JobPage = Static<typeof JobPage>
export const JobQuery = Type.Object({
  ...PageQuery,
  queue: Type.Optional(Type.String({ maxLength: 100 })),
  state: Type.Optional(JobState),
  subjectId: Type.Optional(Uuid),
})
export type JobQuery = Static<typeof JobQuery>

export const Schedule = Type.Object({
  queue: Type.String(), workflow: nullable(Type.String()), title: Text,
  cron: Type.String({ examples: ['0 6 * * *'] }), timeZone: Type.String({ examples: ['Europe/Paris'] }), nextAt: nullable(Instant),
})
export const Queue = Type.Object({
  name: Type.String(), title: Text,
  waiting: Type.Integer({ description: 'Waiting, later and retrying jobs of the company.' }), running: Type.Integer(), failed: Type.Integer(), done: Type.Integer({ description: 'Done and still kept.' }),
})
export const QueueList = Type.Object({ items: Type.Array(Queue), schedules: Type.Array(Schedule) })
export type QueueList = Static<typeof QueueList>

export const RUN_STATES = ['queued', 'running', 'waiting_person', 'failed', 'done', 'cancelled'] as const
export const RunState = oneOf(RUN_STATES, 'waiting_person: it goes on once someone decides. failed: it goes on once someone retries.')
export type RunState = (typeof RUN_STATES)[number]

export const STEP_STATES = ['pending', 'running', 'retrying', 'waiting_person', 'failed', 'done', 'cancelled'] as const
export const StepState = oneOf(STEP_STATES, 'retrying: the last try failed and another follows by itself.')
export type StepState = (typeof STEP_STATES)[number]

export const Choice = Type.Object({ value: Type.String({ maxLength: 60 }), label: Text, tone: oneOf(['primary', 'neutral', 'danger']) })
export type Choice = Static<typeof Choice>
export const Question = Type.Object({
  step: Type.String(), text: Text, choices: Type.Array(Choice), askedAt: Instant,
  permission: Type.String({ description: 'What a person needs to decide.' }), mayDecide: Type.Boolean({ description: 'The person who reads this may decide.' }),
})
export type Question = Static<typeof Question>
export const Decision = Type.Object({ choice: Type.String(), label: Text, by: Type.String(), at: Instant, note: nullable(Type.String()) })
export type Decision = Static<typeof Decision>

export const WorkflowStep = Type.Object({
  name: Type.String(), title: Text, state: StepState, attempts: Type.Integer(),
  progress: nullable(Progress),
  result: nullable(Text),
  error: nullable(Text),
  decision: nullable(Decision),
  startedAt: nullable(Instant), endedAt: nullable(Instant),
})
export type WorkflowStep = Static<typeof WorkflowStep>

const RunSummary = {
  id: Uuid, workflow: Type.String({ examples: ['daily'] }), title: Text, state: RunState,
  origin: oneOf(['person', 'schedule', 'command'], 'What started it.'),
  startedBy: Type.String({ description: 'The name the log shows.' }),
  stepsDone: Type.Integer(), stepsTotal: Type.Integer(),
  currentStep: nullable(Text),
  error: nullable(Text),
  createdAt: Instant, startedAt: nullable(Instant), endedAt: nullable(Instant),
}
export const WorkflowRunRow = Type.Object(RunSummary)
export type WorkflowRunRow = Static<typeof WorkflowRunRow>
export const WorkflowRun = Type.Object({
  ...RunSummary,
  question: nullable(Question),
  steps: Type.Array(WorkflowStep),
  mayRetry: Type.Boolean(), mayCancel: Type.Boolean(),
})
export type WorkflowRun = Static<typeof WorkflowRun>
export const WorkflowPage = page(WorkflowRunRow)
export type WorkflowPage = Static<typeof WorkflowPage>
export const WorkflowQuery = Type.Object({ ...PageQuery, workflow: Type.Optional(Type.String({ maxLength: 60 })), state: Type.Optional(RunState) })
export type WorkflowQuery = Static<typeof WorkflowQuery>

export const WorkflowKind = Type.Object({
  name: Type.String(), title: Text, description: Text, steps: Type.Array(Type.Object({ name: Type.String(), title: Text })),
  schedule: nullable(Type.Object({ cron: Type.String(), timeZone: Type.String(), nextAt: nullable(Instant) })),
})
export const WorkflowCatalogue = Type.Object({ items: Type.Array(WorkflowKind) })
export type WorkflowCatalogue = Static<typeof WorkflowCatalogue>

export const StartWorkflow = Type.Object({ workflow: Type.String({ minLength: 1, maxLength: 60, examples: ['daily'] }) })
export type StartWorkflow = Static<typeof StartWorkflow>
export const DecideWorkflow = Type.Object({
  step: Type.Optional(Type.String({ maxLength: 60, description: 'The step whose question is answered: a question that changed in the meantime is then refused.' })),
  choice: Type.String({ minLength: 1, maxLength: 60 }),
  note: Type.Optional(Type.String({ maxLength: 500 })),
})
export type DecideWorkflow = Static<typeof DecideWorkflow>
