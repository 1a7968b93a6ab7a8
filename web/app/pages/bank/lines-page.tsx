import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Outlet, useParams } from '@tanstack/react-router'
import { CircleCheck, Upload } from 'lucide-react'
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { BankAccount, BankLine } from '../../../../contract/banking.ts'
import type { Suggestion } from '../../../../contract/reconciliation.ts'
import { LineActsProvider } from '../../../features/bank/acts.tsx'
import { useLineColumns } from '../../../features/bank/line-columns.tsx'
import { LineDock, SelectionBar } from '../../../features/bank/line-dock.tsx'
import { isOpen, LINE_SEARCH, lineQueryOf, staysIn } from '../../../features/bank/line-filters.ts'
import { useLineWork } from '../../../features/bank/use-line-work.ts'
import type { Api } from '../../../lib/api.ts'
import { useCategories } from '../../../lib/categories.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { listing, reading, rowsOf } from '../../../lib/queries.ts'
import { useSearchState, type SearchValues } from '../../../lib/search-state.ts'
import { CompanyLink, DataGrid, EmptyState, ErrorState, moreOf, Page as PageFrame, ProgressBar, RowsSkeleton, WithPanel, type GridControl } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'
import { LineFilters, LinesExport } from './line-filters-row.tsx'
import { LineWindows } from './line-windows.tsx'
import { proposalFor, useLineDesk } from './use-line-desk.tsx'

const LINES_A_PAGE = 100
const SUGGESTIONS_A_PAGE = 100

const linesOf = (api: Api, search: SearchValues) => listing(api, '/api/transactions', { query: { ...lineQueryOf(search), limit: LINES_A_PAGE } })
const suggestionsOf = (api: Api) => listing(api, '/api/reconciliation/suggestions', { query: { limit: SUGGESTIONS_A_PAGE, onlyWithProposal: true } })

export function load({ api, queries, search }: LoadContext) {
  void queries.prefetchInfiniteQuery(linesOf(api, search))
  void queries.prefetchQuery(reading(api, '/api/accounts'))
  void queries.prefetchQuery(reading(api, '/api/categories/tree'))
}

/** The best invoice of each line, as far as the list of suggestions was read. */
function useProposals(isWanted: boolean) {
  const { api, may } = useCompany()
  const query = useInfiniteQuery({ ...suggestionsOf(api), enabled: isWanted && may('match.read') })
  const { data } = query
  return useMemo(() => {
    const best = new Map(rowsOf<Suggestion>(data).flatMap(({ line, proposals }) => proposals[0] ? [[line.id, proposals[0]] as const] : []))
    return (lineId: string) => best.get(lineId)
  }, [data])
}

/** Pairs of lines that may be one movement between two accounts, by the id of either. */
function useTransfers(isWanted: boolean) {
  const { api } = useCompany()
  const { data } = useQuery({ ...reading(api, '/api/transfers/suggestions'), enabled: isWanted })
  return useMemo(() => new Map((data?.items ?? []).flatMap((pair) => [[pair.out.id, { other: pair.in, reasons: pair.reasons }] as const, [pair.in.id, { other: pair.out, reasons: pair.reasons }] as const])), [data])
}

/** The lines of the address, without those that just left it. A page emptied by one's own work asks for the next. */
function useLines(search: SearchValues) {
  const { api } = useCompany()
  const query = useInfiniteQuery(linesOf(api, search))
  const asked = lineQueryOf(search)
  const key = JSON.stringify(asked)
  const rows = useMemo(() => rowsOf<BankLine>(query.data).filter((line) => staysIn(line, asked)), [query.data, key])
  const goOn = useEffectEvent(() => { if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage() })
  useEffect(() => { if (query.data && rows.length === 0) goOn() }, [query.data, rows.length])
  return { query, rows }
}

/** How many lines waited when the sitting began, so that the count of what is done has an end. */
function useWaiting(accounts: readonly BankAccount[] | undefined, accountId: string | undefined): number | undefined {
  const [first, setFirst] = useState<{ readonly of: string | undefined; readonly count: number }>()
  const now = accounts?.filter(({ id }) => accountId === undefined || id === accountId).reduce((sum, { toTreat }) => sum + toTreat, 0)
  if (now !== undefined && (first === undefined || first.of !== accountId)) setFirst({ of: accountId, count: now })
  return first?.count
}

function Empty({ search }: { readonly search: SearchValues }) {
  const { t } = useLingui()
  const { may } = useCompany()
  const narrowed = LINE_SEARCH.filter((name) => search[name])
  if (narrowed.length === 1 && search['etat'] === 'to_treat') return <EmptyState icon={CircleCheck} title={t`Every bank line is treated`} action={<CompanyLink to="banque/operations" look={{ button: 'plain' }}>{t`See every line`}</CompanyLink>}>{t`Nothing waits here. New lines come with the next statement.`}</EmptyState>
  if (narrowed.length > 0) return <EmptyState title={t`No bank line matches`} action={<CompanyLink to="banque/operations" look={{ button: 'plain' }}>{t`See every line`}</CompanyLink>}>{t`Remove a filter or search for something else: a word of the label, an amount.`}</EmptyState>
  return (
    <EmptyState icon={Upload} title={t`Your bank lines will be here`} action={may('bank.import') ? <CompanyLink to="banque/import" look={{ button: 'primary' }} icon={Upload}>{t`Import a statement`}</CompanyLink> : undefined}>
      {t`They come from the statements you import, each with its entry and a proposal to accept.`}
    </EmptyState>
  )
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const { id } = useParams({ strict: false }) as { id?: string }
  const [search] = useSearchState()
  const grid = useRef<GridControl>(null)
  const [active, setActive] = useState<BankLine>()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const { query, rows } = useLines(search)
  const accounts = useQuery(reading(api, '/api/accounts')).data?.items
  const best = useProposals(rows.some(isOpen))
  const proposalOf = useCallback((line: BankLine) => proposalFor(line, best(line.id)), [best])
  const { find } = useCategories()
  const transfers = useTransfers(rows.some(isOpen))
  const account = useCallback((of: string) => accounts?.find((one) => one.id === of), [accounts])
  const accountName = useCallback((of: string) => account(of)?.name ?? '', [account])
  const transferOf = useCallback((lineId: string) => { const other = transfers.get(lineId)?.other; return other && accountName(other.accountId) }, [transfers, accountName])
  const work = useLineWork({ onBack: (lineId) => grid.current?.show(lineId) })
  const asked = lineQueryOf(search)
  const desk = useLineDesk({
    work, proposalOf, suspenseOf: (of) => account(of)?.suspenseAccount,
    // A treated line that leaves the list is replaced by the next one; one that stays is left behind.
    onDone: (lines) => { setSelected(new Set()); if (lines.length === 1 && staysIn({ ...lines[0]!, state: 'treated' }, asked)) grid.current?.move(1) },
  })
  const chosen = rows.filter((row) => selected.has(row.id))
  const target = chosen.length > 0 ? chosen : active ? [active] : []
  const acts = desk.actsOn(target)
  useShortcuts([
    ...acts.map((act) => ({ ...act, group: t`Bank lines` })),
    { keys: 'u', label: t`Undo the last decision`, group: t`Bank lines`, when: desk.undoLast !== undefined, run: () => desk.undoLast?.() },
    { keys: 'Escape', label: t`Clear the selection`, when: chosen.length > 0, run: () => setSelected(new Set()) },
  ])
  const several = (accounts?.length ?? 0) > 1 && !search['compte']
  const columns = useLineColumns({ narrow: id !== undefined, accountName: several ? accountName : undefined, proposalOf, categoryOf: find, transferOf })
  const waiting = useWaiting(accounts, search['compte'])
  const total = Math.max(waiting ?? 0, desk.done)
  return (
    <LineActsProvider value={{ of: (line) => desk.actsOn([line]), proposalOf }}>
      <WithPanel panel={<Outlet />}>
        <PageFrame
          title={t`Bank lines`} layout="grid" filters={<LineFilters accounts={accounts} rows={rows} />}
          aside={total > 0 && may('match.write') ? <span className="w-44"><ProgressBar label={t`Lines treated`} done={desk.done} total={total} /></span> : undefined}
          actions={<><LinesExport search={search} />{may('bank.import') ? <CompanyLink to="banque/import" look={{ button: 'primary' }} icon={Upload}>{t`Import a statement`}</CompanyLink> : null}</>}
        >
          {query.data === undefined
            ? query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Bank lines`} />
            : rows.length === 0 ? (query.hasNextPage ? <RowsSkeleton label={t`Bank lines`} /> : <Empty search={search} />)
            : <DataGrid label={t`Bank lines`} rows={rows} columns={columns} rowId={rowId} to={(row) => at(`banque/operations/${row.id}`)} openId={id} selection={may('match.write') ? { selected, onChange: setSelected } : undefined} more={moreOf(query)} onActive={setActive} control={grid} />}
          {rows.length === 0 ? null : chosen.length > 0
            ? <SelectionBar lines={chosen} acts={acts} onClear={() => setSelected(new Set())} />
            : <LineDock line={active} proposal={active && proposalOf(active)} acts={acts} />}
        </PageFrame>
      </WithPanel>
      <LineWindows desk={desk} accountName={accountName} transfers={transfers} />
    </LineActsProvider>
  )
}

const rowId = (row: BankLine) => row.id
