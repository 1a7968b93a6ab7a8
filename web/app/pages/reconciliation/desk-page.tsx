import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ArrowLeft, CircleCheck, Upload } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Match } from '../../../../contract/reconciliation.ts'
import { LineDetail } from '../../../features/reconciliation/line-detail.tsx'
import { LineList } from '../../../features/reconciliation/line-list.tsx'
import { useMatchColumns } from '../../../features/reconciliation/match-columns.tsx'
import { suggestionsListing, useDesk, type Desk } from '../../../features/reconciliation/use-desk.ts'
import { useUndoMatch } from '../../../features/reconciliation/use-undo-match.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { useIsPhone } from '../../../lib/media.ts'
import { listing, reading } from '../../../lib/queries.ts'
import { useSearchState, type SearchValues } from '../../../lib/search-state.ts'
import { Button, classes, CompanyLink, EmptyState, ErrorState, Page as PageFrame, QueryGrid, RowsSkeleton } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

const VIEWS = ['propositions', 'toutes', 'faits'] as const
/** The address is written when no other line was chosen for this long. */
const ADDRESS_MS = 600
type View = (typeof VIEWS)[number]
const viewOf = (text: string | undefined): View => VIEWS.find((one) => one === text) ?? 'propositions'

export function load({ api, queries, search }: LoadContext) {
  const view = viewOf(search['vue'])
  if (view === 'faits') void queries.prefetchInfiniteQuery(listing(api, '/api/reconciliation/matches'))
  else void queries.prefetchInfiniteQuery(suggestionsListing(api, view === 'propositions'))
  void queries.prefetchQuery(reading(api, '/api/accounts'))
}

export function Page() {
  const { t } = useLingui()
  const [search] = useSearchState()
  const view = viewOf(search['vue'])
  if (view !== 'faits') return <ToTreat key={view} view={view} />
  return <PageFrame title={t`Reconciliation`} layout="grid" filters={<Views view={view} />}><DoneMatches /></PageFrame>
}

function Views({ view }: { readonly view: View }) {
  const { t } = useLingui()
  const [, setSearch] = useSearchState()
  const labels: Readonly<Record<View, string>> = { propositions: t`With a proposal`, toutes: t`Every line to treat`, faits: t`Done` }
  return (
    <div role="group" aria-label={t`Lines shown`} className="flex flex-wrap gap-2">
      {VIEWS.map((one) => (
        <button
          key={one} type="button" aria-pressed={one === view} onClick={() => setSearch({ vue: one === 'propositions' ? undefined : one, ligne: undefined })}
          className={classes('inline-flex h-7 items-center rounded-full border px-3 text-sm transition-colors', one === view ? 'border-accent bg-accent-soft font-medium text-accent' : 'border-line-strong bg-surface hover:border-muted')}
        >
          {labels[one]}
        </button>
      ))}
    </div>
  )
}

/** "28 of 31", counted since the page was opened. */
function Progress({ done, left, more }: { readonly done: number; readonly left: number; readonly more: boolean }) {
  const { t } = useLingui()
  const total = done + left
  if (total === 0) return null
  return (
    <span className="flex items-center gap-2.5 text-sm text-muted">
      <span role="progressbar" aria-label={t`Lines treated`} aria-valuemin={0} aria-valuemax={total} aria-valuenow={done} className="h-1 w-24 overflow-hidden rounded-full bg-line"><span className="block h-full rounded-full bg-green transition-[width]" style={{ width: `${(100 * done) / total}%` }} /></span>
      <span className="figures">{more ? t`${done} of more than ${total}` : t`${done} of ${total}`}</span>
    </span>
  )
}

/**
 * Which line is open: kept here so that a key acts at once. The address follows once the person rests, so that the page can be
 * shared without a navigation for each key; on a phone it follows at once, for Back to mean the list.
 */
function useSelection(phone: boolean) {
  const [search, setSearch] = useSearchState()
  const go = useNavigate()
  const [selected, setSelected] = useState(search['ligne'])
  const written = useRef(search['ligne'])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const wanted = search['ligne']
  // Back and links change the address from outside: the desk follows.
  useEffect(() => {
    if (wanted === written.current) return
    written.current = wanted
    setSelected(wanted)
  }, [wanted])
  useEffect(() => () => clearTimeout(timer.current), [])
  const select = (lineId: string | undefined) => {
    setSelected(lineId)
    clearTimeout(timer.current)
    const write = () => {
      written.current = lineId
      if (phone && wanted === undefined) void go({ to: '.', search: (previous: SearchValues) => ({ ...previous, ligne: lineId }) } as never)
      else setSearch({ ligne: lineId })
    }
    if (phone) write()
    else timer.current = setTimeout(write, ADDRESS_MS)
  }
  return { wanted, selected, select }
}

function ToTreat({ view }: { readonly view: Exclude<View, 'faits'> }) {
  const { t } = useLingui()
  const phone = useIsPhone()
  const { wanted, selected, select } = useSelection(phone)
  const desk = useDesk({ withProposal: view === 'propositions', wanted, onSelect: select })
  const { rows, query } = desk
  const place = Math.max(0, rows.findIndex(({ line }) => line.id === selected))
  const isDetail = phone && selected !== undefined && rows[place]?.line.id === selected
  useShortcuts([
    { keys: 'j', label: t`Next line`, when: rows.length > 0, run: () => select(rows[Math.min(rows.length - 1, place + 1)]!.line.id) },
    { keys: 'k', label: t`Previous line`, when: rows.length > 0, run: () => select(rows[Math.max(0, place - 1)]!.line.id) },
    { keys: 'u', label: t`Undo the last reconciliation`, when: desk.undoLast !== undefined, run: () => desk.undoLast?.() },
  ])
  return (
    <PageFrame
      title={t`Reconciliation`} layout="grid" filters={isDetail ? undefined : <Views view={view} />} aside={query.data ? <Progress done={desk.done} left={rows.length} more={query.hasNextPage} /> : undefined}
      back={isDetail ? <Button size="small" tone="quiet" icon={ArrowLeft} className="-ml-2.5" onClick={() => select(undefined)}>{t`Back to the list`}</Button> : undefined}
    >
      {query.data === undefined
        ? query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Bank lines to reconcile`} />
        : rows.length === 0 ? (query.hasNextPage ? <RowsSkeleton label={t`Bank lines to reconcile`} /> : <Finished view={view} done={desk.done} />)
        : <Panes desk={desk} place={place} select={select} show={phone ? (isDetail ? 'detail' : 'list') : 'both'} />}
    </PageFrame>
  )
}

function Panes({ desk, place, select, show }: { readonly desk: Desk; readonly place: number; readonly select: (lineId: string) => void; readonly show: 'list' | 'detail' | 'both' }) {
  const { api, may } = useCompany()
  const accounts = useQuery(reading(api, '/api/accounts')).data?.items
  const list = useRef<HTMLDivElement>(null)
  // The list comes when its lines are read: by then a palette or a dialog may have the focus, and what is typed there is not for the desk.
  const focusList = () => { if (!document.activeElement?.closest('[role=dialog]')) list.current?.focus({ preventScroll: true }) }
  useEffect(() => { if (show === 'both') focusList() }, [show])
  const suggestion = desk.rows[place]!
  const account = accounts?.find(({ id }) => id === suggestion.line.accountId)
  const { query } = desk
  return (
    <div className="flex min-h-0 flex-1 border-t border-line">
      {show === 'detail' ? null : (
        <div className={classes('flex min-h-0 flex-col', show === 'both' ? 'w-[min(26rem,38%)] shrink-0 border-r border-line' : 'flex-1')}>
          <LineList rows={desk.rows} selectedId={show === 'both' ? suggestion.line.id : undefined} onSelect={select} onEnd={() => { if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage() }} list={list} />
        </div>
      )}
      {show === 'list' ? null : (
        <LineDetail
          key={suggestion.line.id} suggestion={suggestion} accountName={account?.name ?? ''} suspenseAccount={account?.suspenseAccount} mayWrite={may('match.write')}
          onAccept={(choice) => desk.accept(suggestion, choice)} onRefuse={(index) => desk.refuse(suggestion, index)} onDone={focusList}
        />
      )}
    </div>
  )
}

/** An empty list is the reward; it says what still waits elsewhere. */
function Finished({ view, done }: { readonly view: View; readonly done: number }) {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const accounts = useQuery(reading(api, '/api/accounts')).data?.items
  const waiting = accounts?.reduce((total, account) => total + account.toTreat, 0) ?? 0
  if (accounts && accounts.every(({ lineCount }) => lineCount === 0)) {
    return (
      <EmptyState icon={Upload} title={t`Payments are matched with invoices here`} action={may('bank.import') ? <CompanyLink to="banque/import" look={{ button: 'primary' }} icon={Upload}>{t`Import a statement`}</CompanyLink> : undefined}>
        {t`Import a first statement: each line that pays an invoice is proposed here, with the reason.`}
      </EmptyState>
    )
  }
  if (view === 'propositions' && waiting > 0) {
    return (
      <EmptyState icon={CircleCheck} title={done > 0 ? t`Every proposal is treated` : t`No proposal waits`} action={<CompanyLink to="banque/rapprochement" search={{ vue: 'toutes' }} look={{ button: 'plain' }}>{t`See every line to treat`}</CompanyLink>}>
        {t`What still waits has no open invoice that explains it. You can look for one by hand.`}
      </EmptyState>
    )
  }
  return <EmptyState icon={CircleCheck} title={t`Everything is reconciled`} action={<CompanyLink to="banque/rapprochement" search={{ vue: 'faits' }} look={{ button: 'plain' }}>{t`See what was done`}</CompanyLink>}>{t`No bank line waits. New lines come with the next statement.`}</EmptyState>
}

function DoneMatches() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const go = useNavigate()
  const undo = useUndoMatch()
  const [active, setActive] = useState<Match>()
  const { mutate } = undo
  const query = useInfiniteQuery(listing(api, '/api/reconciliation/matches'))
  const canUndo = may('match.write')
  const columns = useMatchColumns({ onUndo: canUndo ? mutate : undefined, busyId: undo.isPending ? undo.variables?.id : undefined })
  useShortcuts([{ keys: 'Delete', label: t`Undo this reconciliation`, when: canUndo && active?.status === 'active' && !undo.isPending, run: () => mutate(active!) }])
  return (
    <QueryGrid
      label={t`Reconciliations done`} query={query} columns={columns} rowId={(row) => row.id} onActive={setActive} onOpen={(row) => void go({ to: at(`banque/operations/${row.lineId}`) } as never)}
      empty={<EmptyState title={t`Nothing is reconciled yet`} action={<CompanyLink to="banque/rapprochement" look={{ button: 'plain' }}>{t`See the proposals`}</CompanyLink>}>{t`What you accept is kept here, with its entry and the way back.`}</EmptyState>}
    />
  )
}
