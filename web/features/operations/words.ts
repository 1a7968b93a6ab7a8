import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { JobState, RunState, WorkflowStep } from '../../../contract/operations.ts'
import type { Tone } from '../../ui/index.ts'

type StateWords = { readonly label: MessageDescriptor; readonly tone: Tone }

const JOBS: Readonly<Record<JobState, StateWords>> = {
  waiting: { label: msg`waiting`, tone: 'amber' },
  later: { label: msg`planned`, tone: 'grey' },
  running: { label: msg`under way`, tone: 'amber' },
  retrying: { label: msg`tried again soon`, tone: 'amber' },
  done: { label: msg`done`, tone: 'green' },
  failed: { label: msg`failed`, tone: 'red' },
  discarded: { label: msg`given up`, tone: 'grey' },
}
const RUNS: Readonly<Record<RunState, StateWords>> = {
  queued: { label: msg`waiting`, tone: 'amber' },
  running: { label: msg`under way`, tone: 'amber' },
  waiting_person: { label: msg`awaits a decision`, tone: 'violet' },
  failed: { label: msg`stopped by an error`, tone: 'red' },
  done: { label: msg`done`, tone: 'green' },
  cancelled: { label: msg`cancelled`, tone: 'grey' },
}
const STEPS: Readonly<Record<WorkflowStep['state'], StateWords>> = {
  pending: { label: msg`to come`, tone: 'grey' },
  running: { label: msg`under way`, tone: 'amber' },
  retrying: { label: msg`tried again soon`, tone: 'amber' },
  waiting_person: { label: msg`awaits a decision`, tone: 'violet' },
  failed: { label: msg`failed`, tone: 'red' },
  done: { label: msg`done`, tone: 'green' },
  cancelled: { label: msg`cancelled`, tone: 'grey' },
}

export const JOB_ORDER = Object.keys(JOBS) as JobState[]
export const RUN_ORDER = Object.keys(RUNS) as RunState[]

export const jobWords = (state: JobState): StateWords => JOBS[state]
export const runWords = (state: RunState): StateWords => RUNS[state]
export const stepWords = (state: WorkflowStep['state']): StateWords => STEPS[state]

/** Whether the state still changes by itself. */
export function isMoving(state: JobState | RunState): boolean {
  return state === 'waiting' || state === 'running' || state === 'retrying' || state === 'queued'
}
