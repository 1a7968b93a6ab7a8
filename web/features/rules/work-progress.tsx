import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { useProgress } from '../../lib/live.ts'
import { reading, useRefresh } from '../../lib/queries.ts'
import { Button, CompanyLink, IconButton, ProgressBar } from '../../ui/index.ts'

/** The stream of events tells more and sooner; this is for where there is none, and for the end. */
const POLL_MS = 1_000

/** The job that does the work of a change: how far it is, whether it ended, and how. */
function useWork(changeId: string, lines: number) {
  const { api } = useCompany()
  const { data } = useQuery({ ...reading(api, '/api/jobs', { query: { subjectId: changeId, limit: 1 } }), staleTime: 0, refetchInterval: ({ state }) => (state.data?.items[0]?.endedAt ? false : POLL_MS) })
  const job = data?.items[0]
  const live = useProgress(job?.id ?? changeId)
  const progress = live ?? job?.progress
  return { job, done: progress?.done ?? 0, total: progress?.total ?? lines, isDone: lines === 0 || Boolean(job?.endedAt), hasFailed: Boolean(job?.endedAt) && job?.state !== 'done' }
}

/** A work on many lines that was asked for: how far it is, then what it did, with the way back. */
export function WorkProgress({ changeId, lines, onClose }: { readonly changeId: string; readonly lines: number; readonly onClose: () => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const { job, done, total, isDone, hasFailed } = useWork(changeId, lines)
  const read = useEffectEvent(() => { void refresh('/api/category-rules', '/api/categories/tree', '/api/transactions') })
  useEffect(() => { if (isDone) read() }, [isDone])
  const undo = useAction({
    run: () => api.post('/api/category-changes/:id/undo', { params: { id: changeId } }), after: () => refresh('/api/category-rules', '/api/categories/tree', '/api/transactions'),
    done: ({ restored, kept }) => (kept > 0 ? t`${restored} lines are as they were; ${kept} changed since were left.` : t`${restored} lines are as they were.`),
  })
  return (
    <section aria-label={t`Categorising`} className="mb-4 rounded-lg bg-sunken px-4 py-3">
      <div className="flex flex-wrap items-center gap-3">
        <p role="status" className="min-w-0 flex-1 font-medium">{hasFailed ? t`The work stopped on the way: what was filed until then stays.` : isDone ? t`Every line has been looked at.` : t`Categorising the lines, in the background: you can go on working.`}</p>
        {hasFailed && job ? <CompanyLink to={`activite/traitements/${job.id}`} look={{ button: 'plain', size: 'small' }}>{t`See what happened`}</CompanyLink> : null}
        {isDone ? <><CompanyLink to="banque/operations" look={{ button: 'plain', size: 'small' }}>{t`See the lines`}</CompanyLink><Button size="small" tone="quiet" busy={undo.isPending} onClick={() => undo.mutate(undefined, { onSuccess: onClose })}>{t`Undo all of it`}</Button></> : null}
        <IconButton size="small" icon={X} label={t`Hide`} onClick={onClose} />
      </div>
      {isDone ? null : <div className="mt-2 max-w-xl"><ProgressBar label={t`Lines looked at`} done={done} total={total} /></div>}
    </section>
  )
}
