import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { Job, JobQuery, WorkflowQuery, WorkflowRunRow } from '../../../contract/operations.ts'
import type { Api } from '../../lib/api.ts'
import { listing } from '../../lib/queries.ts'
import { useSay } from '../../lib/say-text.ts'
import type { SearchValues } from '../../lib/search-state.ts'
import { InstantText, ProgressBar, Status, type Column } from '../../ui/index.ts'
import { JOB_ORDER, jobWords, RUN_ORDER, runWords } from './words.ts'

const PAGE_LIMIT = 60

/** The runs of workflows, by the filters of the address. */
export function runsListing(api: Api, search: SearchValues) {
  const state = RUN_ORDER.find((known) => known === search['etat'])
  const query: WorkflowQuery = { limit: PAGE_LIMIT, ...(state ? { state } : {}), ...(search['genre'] ? { workflow: search['genre'] } : {}) }
  return listing(api, '/api/workflows', { query })
}

/** The jobs, by the filters of the address. */
export function jobsListing(api: Api, search: SearchValues) {
  const state = JOB_ORDER.find((known) => known === search['etat'])
  const query: JobQuery = { limit: PAGE_LIMIT, ...(state ? { state } : {}), ...(search['file'] ? { queue: search['file'] } : {}) }
  return listing(api, '/api/jobs', { query })
}

export function RunStatus({ state }: { readonly state: WorkflowRunRow['state'] }) {
  const { i18n } = useLingui()
  const { label, tone } = runWords(state)
  return <Status tone={tone}>{i18n._(label)}</Status>
}

export function JobStatus({ state }: { readonly state: Job['state'] }) {
  const { i18n } = useLingui()
  const { label, tone } = jobWords(state)
  return <Status tone={tone}>{i18n._(label)}</Status>
}

export function useRunColumns(narrow: boolean): readonly Column<WorkflowRunRow>[] {
  const { t } = useLingui()
  const say = useSay()
  return useMemo(() => {
    const title: Column<WorkflowRunRow> = { id: 'title', header: t`Workflow`, width: 190, grow: 1, phone: 'title', cell: (row) => say(row.title) }
    const state: Column<WorkflowRunRow> = { id: 'state', header: t`Status`, width: 170, phone: 'status', cell: (row) => <RunStatus state={row.state} /> }
    const step: Column<WorkflowRunRow> = { id: 'step', header: t`Where it stands`, width: 220, grow: 2, phone: 'hidden', cell: (row) => <span className={row.error ? 'text-red' : 'text-muted'}>{row.error ? say(row.error) : row.currentStep ? say(row.currentStep) : ''}</span> }
    const steps: Column<WorkflowRunRow> = { id: 'steps', header: t`Steps`, width: 150, phone: 'hidden', cell: (row) => <span className="flex h-full items-center"><ProgressBar label={t`Steps done`} done={row.stepsDone} total={row.stepsTotal} /></span> }
    const by: Column<WorkflowRunRow> = { id: 'by', header: t`Started by`, width: 160, phone: 'hidden', cell: (row) => row.origin === 'schedule' ? <span className="text-muted">{t`the schedule`}</span> : row.startedBy }
    const at: Column<WorkflowRunRow> = { id: 'at', header: t`Started`, width: 180, phone: 'detail', cell: (row) => <InstantText instant={row.startedAt ?? row.createdAt} /> }
    return narrow ? [title, state, at] : [title, state, step, steps, by, at]
  }, [narrow, say, t])
}

export function useJobColumns(narrow: boolean): readonly Column<Job>[] {
  const { t } = useLingui()
  const say = useSay()
  return useMemo(() => {
    const title: Column<Job> = { id: 'title', header: t`Job`, width: 220, grow: 1, phone: 'title', cell: (row) => say(row.title) }
    const state: Column<Job> = { id: 'state', header: t`Status`, width: 160, phone: 'status', cell: (row) => <JobStatus state={row.state} /> }
    const detail: Column<Job> = {
      id: 'detail', header: t`Where it stands`, width: 220, grow: 2, phone: 'hidden',
      cell: (row) => row.error ? <span className="text-red">{say(row.error)}</span> : row.progress ? <span className="flex h-full items-center"><ProgressBar label={say(row.title)} {...row.progress} /></span> : null,
    }
    const tries: Column<Job> = { id: 'tries', header: t`Tries`, width: 80, align: 'right', phone: 'amount', cell: (row) => <span className="figures text-muted">{row.attempts} / {row.attemptsMax}</span> }
    const at: Column<Job> = { id: 'at', header: t`Asked for`, width: 180, phone: 'detail', cell: (row) => <InstantText instant={row.createdAt} /> }
    const ended: Column<Job> = { id: 'ended', header: t`Ended`, width: 180, phone: 'hidden', cell: (row) => row.endedAt ? <InstantText instant={row.endedAt} /> : null }
    return narrow ? [title, state, at] : [title, state, detail, tries, at, ended]
  }, [narrow, say, t])
}
