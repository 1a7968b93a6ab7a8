import { useLingui } from '@lingui/react/macro'
import { Ban, Check, Circle, CircleDot, CircleHelp, RotateCcw, TriangleAlert, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import type { Question, WorkflowRun, WorkflowStep } from '../../../contract/operations.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { permissionWords } from '../../lib/permission-words.ts'
import { useRefresh } from '../../lib/queries.ts'
import { useSay } from '../../lib/say-text.ts'
import { Button, classes, Facts, InstantText, ProblemNote, ProgressBar, TextField } from '../../ui/index.ts'
import { RunStatus } from './lists.tsx'
import { stepWords } from './words.ts'

const SIGNS: Readonly<Record<WorkflowStep['state'], { readonly icon: LucideIcon; readonly look: string }>> = {
  pending: { icon: Circle, look: 'text-line-strong' },
  running: { icon: CircleDot, look: 'text-amber' },
  retrying: { icon: RotateCcw, look: 'text-amber' },
  waiting_person: { icon: CircleHelp, look: 'text-violet' },
  failed: { icon: TriangleAlert, look: 'text-red' },
  done: { icon: Check, look: 'text-green' },
  cancelled: { icon: Ban, look: 'text-muted' },
}

function StepRow({ step, last }: { readonly step: WorkflowStep; readonly last: boolean }) {
  const { t, i18n } = useLingui()
  const say = useSay()
  const { icon: Icon, look } = SIGNS[step.state]
  return (
    <li className="relative flex gap-3 pb-5 last:pb-0">
      {last ? null : <span aria-hidden className="absolute top-6 bottom-0 left-[9.5px] w-px bg-line" />}
      <Icon size={20} strokeWidth={1.75} aria-hidden className={classes('shrink-0', look)} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className={step.state === 'pending' ? 'text-muted' : 'font-medium'}>{say(step.title)}</span>
          <span className="text-xs text-muted">{i18n._(stepWords(step.state).label)}{step.attempts > 1 ? t`, try ${step.attempts}` : ''}</span>
        </p>
        {step.progress && step.state === 'running' ? <div className="mt-1.5 max-w-72"><ProgressBar label={say(step.title)} {...step.progress} /></div> : null}
        {step.result ? <p className="mt-0.5 text-sm text-muted">{say(step.result)}</p> : null}
        {step.error && step.state !== 'done' ? <p className="mt-0.5 text-sm text-red">{say(step.error)}</p> : null}
        {step.decision ? <p className="mt-0.5 text-sm text-muted">{t`${step.decision.by} decided: ${say(step.decision.label)}`}{step.decision.note ? ` · ${step.decision.note}` : ''}</p> : null}
        {step.endedAt ? <p className="mt-0.5 text-xs text-muted"><InstantText instant={step.endedAt} /></p> : null}
      </div>
    </li>
  )
}

/** Reads again what a change of a run touches. */
export function useAfterRun(): () => Promise<void> {
  const { api } = useCompany()
  const refresh = useRefresh(api)
  return () => refresh('/api/workflows', '/api/workflow/:id', '/api/jobs', '/api/queues', '/api/summary')
}

/** The question a run waits on. Who may not answer is told who can. */
function QuestionBox({ run, question }: { readonly run: WorkflowRun; readonly question: Question }) {
  const { t, i18n } = useLingui()
  const { api } = useCompany()
  const say = useSay()
  const after = useAfterRun()
  const [note, setNote] = useState('')
  const decide = useAction({
    run: (choice: string) => api.post('/api/workflow/:id/decide', { params: { id: run.id }, body: { step: question.step, choice, ...(note.trim() ? { note: note.trim() } : {}) } }),
    quiet: true, after, done: () => t`Your decision is recorded.`,
  })
  const words = permissionWords(question.permission)
  return (
    <section aria-label={t`A decision to make`} className="mb-6 rounded-lg border border-line-strong p-4">
      <h3 className="font-semibold">{t`A decision to make`}</h3>
      <p className="mt-1">{say(question.text)}</p>
      <p className="mt-1 text-xs text-muted">{t`Asked on`} <InstantText instant={question.askedAt} /></p>
      {question.mayDecide ? (
        <div className="mt-3 space-y-3">
          <ProblemNote error={decide.error} />
          <TextField label={t`Note (optional)`} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
          <div className="flex flex-wrap gap-2">
            {question.choices.map((choice) => <Button key={choice.value} tone={choice.tone === 'primary' ? 'primary' : choice.tone === 'danger' ? 'danger' : 'plain'} disabled={decide.isPending} onClick={() => decide.mutate(choice.value)}>{say(choice.label)}</Button>)}
          </div>
        </div>
      ) : <p className="mt-3 text-sm text-muted">{t`To decide one needs the right: ${words ? i18n._(words) : question.permission}. An owner or an administrator can give it.`}</p>}
    </section>
  )
}

/** A run of a workflow: the question it waits on, then its steps in order. */
export function RunDetail({ run }: { readonly run: WorkflowRun }) {
  const { t } = useLingui()
  const say = useSay()
  return (
    <>
      {run.question ? <QuestionBox key={run.question.step} run={run} question={run.question} /> : null}
      {run.error ? <p role="alert" className="mb-5 flex gap-2.5 rounded-lg bg-red-soft px-3 py-2.5"><TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-red" />{say(run.error)}</p> : null}
      <ol aria-label={t`Steps`} className="mb-6">{run.steps.map((step, place) => <StepRow key={step.name} step={step} last={place === run.steps.length - 1} />)}</ol>
      <Facts items={[
        { name: t`Status`, value: <RunStatus state={run.state} /> },
        { name: t`Started by`, value: run.origin === 'schedule' ? t`the schedule` : run.startedBy },
        { name: t`Started`, value: <InstantText instant={run.startedAt ?? run.createdAt} /> },
        { name: t`Ended`, value: run.endedAt ? <InstantText instant={run.endedAt} /> : t`Not yet` },
      ]} />
    </>
  )
}

/** Try the failed step again, or stop the run for good. */
export function RunActions({ run }: { readonly run: WorkflowRun }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const after = useAfterRun()
  const params = { id: run.id }
  const retry = useAction({ run: () => api.post('/api/workflow/:id/retry', { params }), after, done: () => t`The step is tried again; those already done are kept.` })
  const cancel = useAction({ run: () => api.post('/api/workflow/:id/cancel', { params }), after, done: () => t`The workflow is stopped. What its steps did stays done.` })
  return (
    <>
      {run.mayCancel ? <Button tone="quiet" icon={Ban} busy={cancel.isPending} onClick={() => cancel.mutate()}>{t`Stop it`}</Button> : null}
      {run.mayRetry ? <Button tone="primary" icon={RotateCcw} busy={retry.isPending} onClick={() => retry.mutate()}>{t`Try again`}</Button> : null}
    </>
  )
}
