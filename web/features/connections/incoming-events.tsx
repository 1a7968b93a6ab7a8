import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { IncomingEvent, SyncRun } from '../../../contract/sync.ts'
import type { Static } from 'typebox'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { listing, reading, rowsOf, useRefresh } from '../../lib/queries.ts'
import { Button, CompanyLink, DataGrid, Dialog, ErrorState, Facts, InstantText, moreOf, ProblemList, RowsSkeleton, Section, type Column } from '../../ui/index.ts'
import { EventStatus, PROVIDER_NAMES, RunStatus } from './words.tsx'

type Run = Static<typeof SyncRun>

/** What providers sent, the latest first; each can be read as it came and handled again. */
export function IncomingEvents() {
  const { t } = useLingui()
  const { api } = useCompany()
  const [shown, setShown] = useState<string>()
  const query = useInfiniteQuery(listing(api, '/api/webhooks/events', { query: { limit: 50 } }))
  const rows = rowsOf<IncomingEvent>(query.data)
  const columns = useMemo((): readonly Column<IncomingEvent>[] => [
    { id: 'at', header: t`Received on`, width: 176, phone: 'detail', cell: (row) => <InstantText instant={row.receivedAt} /> },
    { id: 'from', header: t`Sender`, width: 140, phone: 'hidden', cell: (row) => <span title={PROVIDER_NAMES[row.provider]}>{row.connectionName}</span> },
    { id: 'kind', header: t`Event`, width: 150, phone: 'title', cell: (row) => <span className="font-mono">{row.kind ?? t`unknown`}</span> },
    { id: 'outcome', header: t`What was done`, width: 160, grow: 1, phone: 'detail', cell: (row) => <span title={row.outcome ?? undefined} className="text-muted">{row.outcome}{row.times > 1 ? ` · ${t`received ${row.times} times`}` : ''}</span> },
    { id: 'state', header: t`Status`, width: 164, phone: 'status', cell: (row) => <EventStatus state={row.state} /> },
  ], [t])
  return (
    <Section title={t`Notifications received`} description={t`What was handled is kept for 90 days.`}>
      {query.data === undefined
        ? query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Notifications received`} rows={4} />
        : rows.length === 0 ? <p className="text-muted">{t`None yet. What providers send comes here, proven or set aside, and can be handled again.`}</p>
        : <DataGrid label={t`Notifications received`} height="auto" rows={rows} columns={columns} rowId={(row) => row.id} onOpen={(row) => setShown(row.id)} more={moreOf(query)} />}
      {shown ? <EventDialog id={shown} onClose={() => setShown(undefined)} /> : null}
    </Section>
  )
}

function laidOut(body: string): string {
  try { return JSON.stringify(JSON.parse(body), null, 2) } catch { return body }
}

function EventDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const refresh = useRefresh(api)
  const query = useQuery(reading(api, '/api/webhooks/events/:id', { params: { id } }))
  const replay = useAction({ run: () => api.post('/api/webhooks/events/:id/replay', { params: { id } }), after: () => refresh('/api/webhooks/events', '/api/webhooks/events/:id', '/api/sync/logs', '/api/connections'), done: () => t`It is being handled again; what it brought already is stored once.` })
  const event = query.data
  return (
    <Dialog open wide onClose={onClose} title={event?.kind ?? t`Notification`} actions={event && may('bank.import') ? <Button icon={RotateCcw} busy={replay.isPending} onClick={() => replay.mutate()}>{t`Handle it again`}</Button> : undefined}>
      {event ? (
        <div className="space-y-5">
          <Facts items={[
            { name: t`Status`, value: <><EventStatus state={event.state} />{event.outcome ? <span className="ml-3 text-muted">{event.outcome}</span> : null}</> },
            { name: t`Sender`, value: `${event.connectionName} · ${PROVIDER_NAMES[event.provider]}` },
            { name: t`Received on`, value: <InstantText instant={event.receivedAt} /> },
            ...(event.processedAt ? [{ name: t`Handled`, value: <InstantText instant={event.processedAt} /> }] : []),
            ...Object.entries(event.headers).map(([name, value]) => ({ name, value: <span className="break-all">{value}</span> })),
          ]} />
          <section><h3 className="mb-2 font-semibold">{t`As it came`}</h3><pre role="region" aria-label={t`As it came`} tabIndex={0} className="max-h-72 overflow-auto rounded-lg bg-sunken p-3 text-xs">{laidOut(event.body)}</pre></section>
        </div>
      ) : query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={5} />}
    </Dialog>
  )
}

/** What each synchronisation brought: accounts, lines new and known, what was refused. */
export function SyncLog() {
  const { t } = useLingui()
  const { api } = useCompany()
  const query = useInfiniteQuery(listing(api, '/api/sync/logs', { query: { limit: 50 } }))
  const rows = rowsOf<Run>(query.data)
  const [shown, setShown] = useState<Run>()
  const columns = useMemo((): readonly Column<Run>[] => {
    const triggers = { webhook: t`notification`, upload: t`handed over`, manual: t`by hand`, replay: t`again` } as const
    const count = (id: keyof Run['counts'], header: string): Column<Run> => ({ id, header, width: 100, align: 'right', phone: id === 'new' ? 'amount' : 'hidden', cell: (row) => <span className={row.counts[id] === 0 ? 'figures text-muted' : 'figures'}>{row.counts[id]}</span> })
    return [
      { id: 'at', header: t`Started`, width: 176, phone: 'title', cell: (row) => <InstantText instant={row.startedAt} /> },
      { id: 'from', header: t`Sender`, width: 130, grow: 1, phone: 'detail', cell: (row) => row.connectionName ?? '—' },
      { id: 'why', header: t`Because of`, width: 120, phone: 'hidden', cell: (row) => <span className="text-muted">{triggers[row.trigger]}</span> },
      count('new', t`New ones`), count('known', t`Known`), count('updated', t`Updated`), count('categorised', t`Filed`), count('refused', t`Refused`),
      { id: 'state', header: t`Status`, width: 124, phone: 'status', cell: (row) => <RunStatus state={row.state} /> },
    ]
  }, [t])
  if (query.data === undefined) return <Section title={t`Synchronisations`}>{query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Synchronisations`} rows={4} />}</Section>
  if (rows.length === 0) return null
  return (
    <Section title={t`Synchronisations`}>
      <DataGrid label={t`Synchronisations`} height="auto" rows={rows} columns={columns} rowId={(row) => row.id} onOpen={setShown} more={moreOf(query)} />
      {shown ? (
        <Dialog open wide onClose={() => setShown(undefined)} title={t`Synchronisation`} description={<InstantText instant={shown.startedAt} />}>
          {shown.problems.length > 0 ? <ProblemList problems={shown.problems} /> : <p className="text-muted">{t`No line was refused.`}</p>}
          {shown.importIds.length > 0 ? <ul className="mt-3">{shown.importIds.map((id, index) => <li key={id}><CompanyLink to={`banque/import/${id}`}>{t`What it brought, part ${index + 1}`}</CompanyLink></li>)}</ul> : null}
        </Dialog>
      ) : null}
    </Section>
  )
}
