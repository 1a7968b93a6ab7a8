import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Download, History, ShieldCheck } from 'lucide-react'
import { useMemo } from 'react'
import type { AuditQuery, AuditRow } from '../../../../contract/audit.ts'
import { useAction } from '../../../lib/action.ts'
import type { Api } from '../../../lib/api.ts'
import { useCompany } from '../../../lib/company.tsx'
import { formatCount } from '../../../lib/format.ts'
import { usePreferences } from '../../../lib/preferences.ts'
import { listing, reading, rowsOf } from '../../../lib/queries.ts'
import { useSearchState, type SearchValues } from '../../../lib/search-state.ts'
import { Button, EmptyState, FilterChips, InstantText, Menu, MenuItem, Page as PageFrame, PeriodChip, QueryGrid, RefusedState, Status, WithPanel, type Column } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'
import { AuditPanel } from './audit-panel.tsx'
import { ACTIONS, subjectWords } from './audit-words.ts'

const PAGE_LIMIT = 100

function filtersOf(search: SearchValues): Omit<AuditQuery, 'limit' | 'cursor'> {
  const given = { action: search['action'], subjectId: search['sujet'], subjectKind: search['nature'], userId: search['qui'], text: search['q'], from: search['du'], to: search['au'] }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value)) as Omit<AuditQuery, 'limit' | 'cursor'>
}

function options(api: Api, search: SearchValues) {
  return listing(api, '/api/audit', { query: { limit: PAGE_LIMIT, ...filtersOf(search) } })
}

export function load({ api, queries, search, company }: LoadContext): void {
  if (!company.permissions.includes('audit.read')) return
  void queries.prefetchInfiniteQuery(options(api, search))
  void queries.prefetchQuery(reading(api, '/api/audit/actions'))
}

/** Proves that no line of the log was changed or removed: asked for, because it reads it all. */
function ChainCheck() {
  const { t } = useLingui()
  const { api } = useCompany()
  const { locale } = usePreferences()
  const check = useQuery({ ...reading(api, '/api/audit/check'), enabled: false })
  const result = check.data
  return (
    <>
      <span role="status" className="text-sm">
        {result ? <Status tone={result.intact ? 'green' : 'red'}>{result.intact ? t`Intact: ${formatCount(result.rows, locale)} lines checked` : t`Broken at line ${result.brokenAt ?? ''}`}</Status> : null}
        {result && !result.intact && result.sentence ? <span className="mt-0.5 block max-w-md text-red">{result.sentence}</span> : null}
        {check.error && !check.isFetching ? <Status tone="red">{t`The check could not be made.`}</Status> : null}
      </span>
      <Button icon={ShieldCheck} busy={check.isFetching} onClick={() => { void check.refetch() }}>{t`Check the chain`}</Button>
    </>
  )
}

/** What is on screen, with its filters, as a file. */
function ExportMenu({ search }: { readonly search: SearchValues }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const { mutate, isPending } = useAction({ run: (format: 'csv' | 'jsonl') => api.download('/api/exports/audit', { ...filtersOf(search), format }), done: (name) => t`${name} is in your downloads.` })
  return (
    <Menu trigger={<Button icon={Download} busy={isPending}>{t`Export`}</Button>}>
      <MenuItem onSelect={() => mutate('csv')}>{t`As a table (CSV)`}</MenuItem>
      <MenuItem onSelect={() => mutate('jsonl')}>{t`As data (JSON, one line each)`}</MenuItem>
    </Menu>
  )
}

/** The choices of each filter: what this log holds, not what could be. */
function useFilters(rows: readonly AuditRow[], search: SearchValues) {
  const { t, i18n } = useLingui()
  const { api, may } = useCompany()
  const actions = useQuery({ ...reading(api, '/api/audit/actions'), enabled: may('audit.read') })
  const members = useQuery({ ...reading(api, '/api/members'), enabled: may('audit.read') })
  return useMemo(() => {
    const words = (action: string) => { const known = ACTIONS[action]; return known ? i18n._(known) : action }
    const people = new Map((members.data?.items ?? []).map(({ userId, name }) => [userId as string, name]))
    // Someone who left, or who comes through a firm, is known by the lines they wrote.
    for (const { userId, actor } of rows) if (userId && !people.has(userId)) people.set(userId, actor)
    const byLabel = (a: { label: string }, b: { label: string }) => a.label.localeCompare(b.label)
    return [
      { name: 'action', label: t`Action`, options: (actions.data?.items ?? Object.keys(ACTIONS)).map((action) => ({ value: action, label: words(action) })).toSorted(byLabel) },
      { name: 'qui', label: t`Who`, options: [...people].map(([value, label]) => ({ value, label })).toSorted(byLabel) },
      ...(search['nature'] ? [{ name: 'nature', label: t`Kind`, options: [{ value: search['nature'], label: subjectWords(search['nature'], (text) => i18n._(text)) }] }] : []),
      ...(search['sujet'] ? [{ name: 'sujet', label: t`One item`, options: [{ value: search['sujet'], label: search['sujet'].slice(-8) }] }] : []),
    ]
  }, [t, i18n, actions.data, members.data, rows, search])
}

export function Page() {
  const { t, i18n } = useLingui()
  const { api, may } = useCompany()
  const [search, setSearch] = useSearchState()
  const query = useInfiniteQuery({ ...options(api, search), enabled: may('audit.read') })
  const rows = useMemo(() => rowsOf<AuditRow>(query.data), [query.data])
  const filters = useFilters(rows, search)
  const words = useMemo(() => (action: string) => { const known = ACTIONS[action]; return known ? i18n._(known) : action }, [i18n])
  const columns = useMemo((): readonly Column<AuditRow>[] => [
    { id: 'at', header: t`When`, width: 190, cell: (row) => <InstantText instant={row.at} /> },
    { id: 'actor', header: t`Who`, width: 200, grow: 1, phone: 'status', cell: (row) => row.actor },
    { id: 'action', header: t`What`, width: 240, grow: 2, phone: 'title', cell: (row) => words(row.action) },
    { id: 'subject', header: t`Kind`, width: 140, phone: 'hidden', cell: (row) => <span className="text-muted">{subjectWords(row.subjectKind, (text) => i18n._(text))}</span> },
    { id: 'address', header: t`From the address`, width: 150, phone: 'hidden', cell: (row) => <span className="text-muted">{row.address ?? t`the server itself`}</span> },
    { id: 'seq', header: t`Line`, width: 90, align: 'right', phone: 'amount', cell: (row) => <span className="figures text-muted">{row.seq}</span> },
  ], [t, i18n, words])
  if (!may('audit.read')) return <PageFrame title={t`Audit trail`}><RefusedState /></PageFrame>
  const opened = rows.find((row) => row.seq === search['ligne'])
  return (
    <WithPanel panel={opened ? <AuditPanel row={opened} words={words} onClose={() => setSearch({ ligne: undefined })} onSubject={() => setSearch({ sujet: opened.subjectId, nature: undefined, action: undefined, ligne: undefined })} /> : null}>
      <PageFrame
        title={t`Audit trail`} layout="grid" actions={<><ChainCheck />{may('audit.export') ? <ExportMenu search={search} /> : null}</>}
        filters={<div className="flex flex-wrap items-center gap-2"><FilterChips filters={filters} search={{ name: 'q', label: t`Words of a change` }} /><PeriodChip /></div>}
      >
        <QueryGrid
          label={t`Audit trail`} query={query} columns={columns} rowId={(row) => row.seq} onOpen={(row) => setSearch({ ligne: row.seq })} openId={search['ligne']}
          empty={<EmptyState icon={History} title={t`Nothing matches`}>{t`Every write of the company is kept here, chained to the one before, with who made it and what changed.`}</EmptyState>}
        />
      </PageFrame>
    </WithPanel>
  )
}
