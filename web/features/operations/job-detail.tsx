import { useLingui } from '@lingui/react/macro'
import { RotateCcw, Trash2, TriangleAlert } from 'lucide-react'
import type { Job } from '../../../contract/operations.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { useRefresh } from '../../lib/queries.ts'
import { useSay } from '../../lib/say-text.ts'
import { Button, CompanyLink, Facts, InstantText, ProgressBar } from '../../ui/index.ts'
import { JobStatus } from './lists.tsx'

/** What the job works on, as a link when it has a page. */
function Subject({ subject }: { readonly subject: NonNullable<Job['subject']> }) {
  const { t } = useLingui()
  if (subject.kind === 'import') return <CompanyLink to={`banque/import/${subject.id}`}>{t`The bank file`}</CompanyLink>
  if (subject.kind === 'workflow') return <CompanyLink to={`activite/${subject.id}`}>{t`The workflow`}</CompanyLink>
  return <span className="break-all">{subject.kind} · {subject.id}</span>
}

export function JobDetail({ job }: { readonly job: Job }) {
  const { t } = useLingui()
  const say = useSay()
  return (
    <>
      {job.error ? (
        <div role="alert" className="mb-5 flex gap-2.5 rounded-lg bg-red-soft px-3 py-2.5">
          <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-red" />
          <div>
            <p>{say(job.error)}</p>
            {job.state === 'retrying' ? <p className="mt-1 text-sm">{t`It is tried again by itself on`} <InstantText instant={job.startAfter} /></p> : null}
            {job.mayRetry ? <p className="mt-1 text-sm">{t`Mend the cause, then try again: what is already done is not done twice.`}</p> : null}
          </div>
        </div>
      ) : null}
      {job.progress ? <div className="mb-5"><ProgressBar label={say(job.title)} {...job.progress} /></div> : null}
      <Facts items={[
        { name: t`Status`, value: <JobStatus state={job.state} /> },
        ...(job.subject ? [{ name: t`About`, value: <Subject subject={job.subject} /> }] : []),
        { name: t`Queue`, value: job.queue },
        { name: t`Tries`, value: <span className="figures">{t`${job.attempts} of at most ${job.attemptsMax}`}</span> },
        { name: t`Asked for`, value: <InstantText instant={job.createdAt} /> },
        ...(job.state === 'later' ? [{ name: t`Not before`, value: <InstantText instant={job.startAfter} /> }] : []),
        { name: t`Started`, value: job.startedAt ? <InstantText instant={job.startedAt} /> : t`Not yet` },
        { name: t`Ended`, value: job.endedAt ? <InstantText instant={job.endedAt} /> : t`Not yet` },
        { name: t`Number to quote`, value: <span className="figures break-all">{job.id}</span> },
      ]} />
    </>
  )
}

/** What can be done with a job that gave up. */
export function JobActions({ job }: { readonly job: Job }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const after = () => refresh('/api/jobs', '/api/jobs/:id', '/api/queues', '/api/workflows')
  const params = { id: job.id }
  const retry = useAction({ run: () => api.post('/api/jobs/:id/retry', { params }), after, done: () => t`The job is tried again.` })
  const discard = useAction({ run: () => api.post('/api/jobs/:id/discard', { params }), after, done: () => t`The job is given up.` })
  return (
    <>
      <Button tone="quiet" icon={Trash2} busy={discard.isPending} onClick={() => discard.mutate()}>{t`Give it up`}</Button>
      <Button tone="primary" icon={RotateCcw} busy={retry.isPending} onClick={() => retry.mutate()}>{t`Try again`}</Button>
    </>
  )
}
