import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { CircleHelp, Play, TriangleAlert, Workflow } from 'lucide-react'
import { useMemo } from 'react'
import type { WorkflowCatalogue, WorkflowRunRow } from '../../../../contract/operations.ts'
import { dailyTimeOf } from '../../../features/operations/cron-words.ts'
import { runsListing, useRunColumns } from '../../../features/operations/lists.tsx'
import { isMoving, RUN_ORDER, runWords } from '../../../features/operations/words.ts'
import { useAction } from '../../../lib/action.ts'
import { useCompany } from '../../../lib/company.tsx'
import { reading, rowsOf, useRefresh } from '../../../lib/queries.ts'
import { useSay } from '../../../lib/say-text.ts'
import { useSearchState } from '../../../lib/search-state.ts'
import { Button, EmptyState, FilterChips, InstantText, Link, Menu, MenuItem, Page as PageFrame, QueryGrid, RefusedState, WithPanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'
import { useFollow } from './follow.ts'
import { Views } from './views.tsx'

const ATTENTION_MAX = 5

export function load({ api, queries, search, company }: LoadContext): void {
  if (!company.permissions.includes('operation.read')) return
  void queries.prefetchInfiniteQuery(runsListing(api, search))
  void queries.prefetchQuery(reading(api, '/api/workflow/kinds'))
}

/** Starts a workflow of the catalogue, then opens it. */
function StartButton({ kinds }: { readonly kinds: WorkflowCatalogue['items'] }) {
  const { t } = useLingui()
  const { api, at } = useCompany()
  const say = useSay()
  const go = useNavigate()
  const refresh = useRefresh(api)
  const start = useAction({
    run: (workflow: string) => api.post('/api/workflow/start', { body: { workflow } }),
    after: async (run) => { await refresh('/api/workflows', '/api/queues'); await go({ to: at(`activite/${run.id}`) } as never) },
    done: (run) => t`${say(run.title)} has started.`,
  })
  const [only] = kinds
  if (!only) return null
  if (kinds.length === 1) return <Button tone="primary" icon={Play} busy={start.isPending} onClick={() => start.mutate(only.name)}>{t`Start “${say(only.title)}”`}</Button>
  return (
    <Menu trigger={<Button tone="primary" icon={Play} busy={start.isPending}>{t`Start a workflow`}</Button>}>
      {kinds.map((kind) => <MenuItem key={kind.name} onSelect={() => start.mutate(kind.name)}><span className="block max-w-80"><span className="block font-medium">{say(kind.title)}</span><span className="block text-xs text-muted">{say(kind.description)}</span></span></MenuItem>)}
    </Menu>
  )
}

/** What waits for a person comes before the list. */
function Attention({ rows }: { readonly rows: readonly WorkflowRunRow[] }) {
  const { t } = useLingui()
  const { at } = useCompany()
  const say = useSay()
  if (rows.length === 0) return null
  return (
    <section aria-label={t`Waiting for you`} className="border-b border-line px-4 pb-3 desk:px-6">
      <h2 className="text-sm font-medium">{t`Waiting for you`}</h2>
      <ul className="mt-1">
        {rows.map((row) => {
          const Icon = row.state === 'failed' ? TriangleAlert : CircleHelp
          return (
            <li key={row.id} className="border-t border-line first:border-t-0">
              <Link look="bare" to={at(`activite/${row.id}`)} className="flex items-center gap-3 py-2 hover:bg-sunken">
                <Icon size={16} aria-hidden className={row.state === 'failed' ? 'shrink-0 text-red' : 'shrink-0 text-violet'} />
                <span className="min-w-0 flex-1 truncate"><span className="font-medium">{say(row.title)}</span> <span className="text-muted">{row.error ? say(row.error) : row.currentStep ? say(row.currentStep) : ''}</span></span>
                <span className="shrink-0 text-sm text-accent">{row.state === 'failed' ? t`See why` : t`Decide`}</span>
              </Link>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function NextRun({ kinds }: { readonly kinds: WorkflowCatalogue['items'] }) {
  const { t } = useLingui()
  const say = useSay()
  const planned = kinds.find(({ schedule }) => schedule !== null)
  if (!planned?.schedule) return null
  const time = dailyTimeOf(planned.schedule.cron)
  return (
    <span className="text-sm text-muted">
      {time ? t`“${say(planned.title)}” starts by itself each day at ${time} (${planned.schedule.timeZone.replaceAll('_', ' ')})` : <>{t`Next start of “${say(planned.title)}”:`} {planned.schedule.nextAt ? <InstantText instant={planned.schedule.nextAt} /> : planned.schedule.cron}</>}
    </span>
  )
}

export function Page() {
  const { t, i18n } = useLingui()
  const { api, at, may } = useCompany()
  const say = useSay()
  const { id } = useParams({ strict: false }) as { id?: string }
  const [search] = useSearchState()
  const allowed = may('operation.read')
  const query = useInfiniteQuery({ ...runsListing(api, search), enabled: allowed })
  const waiting = useQuery({ ...reading(api, '/api/workflows', { query: { state: 'waiting_person', limit: ATTENTION_MAX } }), enabled: allowed })
  const broken = useQuery({ ...reading(api, '/api/workflows', { query: { state: 'failed', limit: ATTENTION_MAX } }), enabled: allowed })
  const kinds = useQuery({ ...reading(api, '/api/workflow/kinds'), enabled: allowed })
  const rows = rowsOf<WorkflowRunRow>(query.data)
  useFollow(rows.some(({ state }) => isMoving(state)), ['/api/workflows', '/api/queues'])
  const columns = useRunColumns(id !== undefined)
  const filters = useMemo(() => [
    { name: 'etat', label: t`Status`, options: RUN_ORDER.map((state) => ({ value: state, label: i18n._(runWords(state).label) })) },
    { name: 'genre', label: t`Workflow`, options: (kinds.data?.items ?? []).map((kind) => ({ value: kind.name, label: say(kind.title) })) },
  ], [t, i18n, say, kinds.data])
  if (!allowed) return <PageFrame title={t`Activity`}><RefusedState /></PageFrame>
  const filtered = search['etat'] !== undefined || search['genre'] !== undefined
  const attention = [...(waiting.data?.items ?? []), ...(broken.data?.items ?? [])]
  return (
    <WithPanel panel={<Outlet />}>
      <PageFrame
        title={t`Activity`} layout="grid" aside={<NextRun kinds={kinds.data?.items ?? []} />} actions={may('operation.run') ? <StartButton kinds={kinds.data?.items ?? []} /> : null}
        filters={<div className="space-y-3"><Views /><FilterChips filters={filters} /></div>}
      >
        {filtered ? null : <Attention rows={attention} />}
        <QueryGrid
          label={t`Workflows`} query={query} columns={columns} rowId={(row) => row.id} to={(row) => at(`activite/${row.id}`)} openId={id}
          empty={filtered
            ? <EmptyState title={t`Nothing matches`}>{t`Remove a filter to see the others.`}</EmptyState>
            : <EmptyState icon={Workflow} title={t`No workflow has run yet`}>{t`A workflow chains the steps of a piece of work. It stops where a person must decide, and goes on from there; nothing already done is done twice.`}</EmptyState>}
        />
      </PageFrame>
    </WithPanel>
  )
}
