import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { History, ShieldCheck } from 'lucide-react'
import { useMemo } from 'react'
import type { AuditRow } from '../../../../contract/audit.ts'
import type { Api } from '../../../lib/api.ts'
import { useCompany } from '../../../lib/company.tsx'
import { formatCount } from '../../../lib/format.ts'
import { usePreferences } from '../../../lib/preferences.ts'
import { listing, reading, rowsOf } from '../../../lib/queries.ts'
import { useSearchState, type SearchValues } from '../../../lib/search-state.ts'
import { Button, EmptyState, FilterChips, InstantText, Page as PageFrame, QueryGrid, RefusedState, Status, WithPanel, type Column } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'
import { AuditPanel } from './audit-panel.tsx'
import { ACTIONS } from './audit-words.ts'

const PAGE_LIMIT = 100

function options(api: Api, search: SearchValues) {
  return listing(api, '/api/audit', { query: { limit: PAGE_LIMIT, ...(search['action'] ? { action: search['action'] } : {}), ...(search['sujet'] ? { subjectId: search['sujet'] } : {}) } })
}

export function load({ api, queries, search, company }: LoadContext): void {
  if (company.permissions.includes('audit.read')) void queries.prefetchInfiniteQuery(options(api, search))
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
        {result ? <Status tone={result.intact ? 'green' : 'red'}>{result.intact ? t`Intact: ${formatCount(result.rows, locale)} lines checked` : t`Broken at line ${result.brokenAt}`}</Status> : null}
        {check.error && !check.isFetching ? <Status tone="red">{t`The check could not be made.`}</Status> : null}
      </span>
      <Button icon={ShieldCheck} busy={check.isFetching} onClick={() => { void check.refetch() }}>{t`Check the chain`}</Button>
    </>
  )
}

export function Page() {
  const { t, i18n } = useLingui()
  const { api, may } = useCompany()
  const [search, setSearch] = useSearchState()
  const query = useInfiniteQuery({ ...options(api, search), enabled: may('audit.read') })
  const words = useMemo(() => (action: string) => { const known = ACTIONS[action]; return known ? i18n._(known) : action }, [i18n])
  const columns = useMemo((): readonly Column<AuditRow>[] => [
    { id: 'at', header: t`When`, width: 190, cell: (row) => <InstantText instant={row.at} /> },
    { id: 'actor', header: t`Who`, width: 200, grow: 1, phone: 'status', cell: (row) => row.actor },
    { id: 'action', header: t`What`, width: 240, grow: 2, phone: 'title', cell: (row) => words(row.action) },
    { id: 'address', header: t`From the address`, width: 150, phone: 'hidden', cell: (row) => <span className="text-muted">{row.address ?? t`the server itself`}</span> },
    { id: 'seq', header: t`Line`, width: 90, align: 'right', phone: 'amount', cell: (row) => <span className="figures text-muted">{row.seq}</span> },
  ], [t, words])
  if (!may('audit.read')) return <PageFrame title={t`Audit trail`}><RefusedState /></PageFrame>
  const opened = rowsOf<AuditRow>(query.data).find((row) => row.seq === search['ligne'])
  return (
    <WithPanel panel={opened ? <AuditPanel row={opened} words={words} onClose={() => setSearch({ ligne: undefined })} onSubject={() => setSearch({ sujet: opened.subjectId, ligne: undefined })} /> : null}>
      <PageFrame
        title={t`Audit trail`} layout="grid" actions={<ChainCheck />}
        filters={<FilterChips filters={[
          { name: 'action', label: t`Action`, options: Object.keys(ACTIONS).map((action) => ({ value: action, label: words(action) })).toSorted((a, b) => a.label.localeCompare(b.label)) },
          ...(search['sujet'] ? [{ name: 'sujet', label: t`One item`, options: [{ value: search['sujet'], label: search['sujet'].slice(-8) }] }] : []),
        ]} />}
      >
        <QueryGrid
          label={t`Audit trail`} query={query} columns={columns} rowId={(row) => row.seq} onOpen={(row) => setSearch({ ligne: row.seq })} openId={search['ligne']}
          empty={<EmptyState icon={History} title={t`Nothing matches`}>{t`Every write of the company is kept here, chained to the one before, with who made it and what changed.`}</EmptyState>}
        />
      </PageFrame>
    </WithPanel>
  )
}
