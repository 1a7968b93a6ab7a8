import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { BookOpen, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Entry } from '../../../../contract/ledger.ts'
import { entriesListing, entryQueryOf, useEntryColumns } from '../../../features/ledger/journal-list.tsx'
import { useMonthChoices } from '../../../features/ledger/years.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { reading, rowsOf } from '../../../lib/queries.ts'
import { useSearchState } from '../../../lib/search-state.ts'
import { Badge, CompanyLink, DataGrid, EmptyState, ErrorState, FilterChips, moreOf, Page as PageFrame, RowsSkeleton, WithPanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

export function load({ api, queries }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/ledger/fiscal-years'))
  void queries.prefetchQuery(reading(api, '/api/ledger/journals'))
}

/** Drafts first, since they wait for someone; then what is validated, the latest day first. */
function useEntries() {
  const { api } = useCompany()
  const [search] = useSearchState()
  const years = useQuery(reading(api, '/api/ledger/fiscal-years'))
  const months = useMonthChoices(years.data ?? [])
  const ready = search['mois'] === undefined || years.data !== undefined
  const drafts = useInfiniteQuery({ ...entriesListing(api, entryQueryOf(search, 'draft', months)), enabled: ready && search['etat'] !== 'validated' })
  const validated = useInfiniteQuery({ ...entriesListing(api, entryQueryOf(search, 'validated', months)), enabled: ready && search['etat'] !== 'draft' })
  const shown = [...(search['etat'] === 'validated' ? [] : [drafts]), ...(search['etat'] === 'draft' ? [] : [validated])]
  const rows = useMemo(
    () => [...(search['etat'] === 'validated' ? [] : rowsOf<Entry>(drafts.data)), ...(search['etat'] === 'draft' ? [] : rowsOf<Entry>(validated.data))],
    [search, drafts.data, validated.data],
  )
  // Drafts are few: their further pages come before the validated ones go on.
  const next = shown.find(({ hasNextPage }) => hasNextPage)
  return { rows, months, draftCount: rowsOf<Entry>(drafts.data).length, draftMore: drafts.hasNextPage, error: shown.find(({ error }) => error), pending: shown.some(({ data }) => data === undefined), more: next ? moreOf(next) : undefined }
}

function Empty({ filtered }: { readonly filtered: boolean }) {
  const { t } = useLingui()
  const { may } = useCompany()
  const [search] = useSearchState()
  if (search['etat'] === 'draft' && !search['q'] && !search['journal'] && !search['mois']) return <EmptyState title={t`No draft is waiting`}>{t`Every entry written has been validated.`}</EmptyState>
  if (filtered) return <EmptyState title={t`No entry matches`} action={<CompanyLink to="compta/journal" look={{ button: 'plain' }}>{t`See every entry`}</CompanyLink>}>{t`Remove a filter or search for something else: a number, a document, words of the label.`}</EmptyState>
  return (
    <EmptyState icon={BookOpen} title={t`The journal is empty`} action={<>
      {may('ledger.draft') ? <CompanyLink to="compta/journal/nouvelle" look={{ button: 'primary' }} icon={Plus}>{t`New entry`}</CompanyLink> : null}
      {may('ledger.import') ? <CompanyLink to="compta/exercices" look={{ button: 'plain' }}>{t`Import a FEC`}</CompanyLink> : null}
    </>}
    >
      {t`Invoices and bank lines write their own entries. Write the others here, or bring a whole year in from a FEC.`}
    </EmptyState>
  )
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const go = useNavigate()
  const { id } = useParams({ strict: false }) as { id?: string }
  const [search] = useSearchState()
  const [active, setActive] = useState<Entry>()
  const journals = useQuery(reading(api, '/api/ledger/journals'))
  const { rows, months, draftCount, draftMore, error, pending, more } = useEntries()
  const columns = useEntryColumns(id !== undefined)
  useShortcuts([
    { keys: 'n', label: t`New entry`, when: may('ledger.draft'), run: () => void go({ to: at('compta/journal/nouvelle') } as never) },
    { keys: 'e', label: t`Edit the draft`, when: active?.status === 'draft' && may('ledger.draft'), run: () => void go({ to: at(`compta/journal/${active!.id}/modifier`) } as never) },
  ])
  const filters = [
    { name: 'etat', label: t`Status`, options: [{ value: 'draft', label: t`Drafts` }, { value: 'validated', label: t`Validated entries` }] },
    { name: 'journal', label: t`Journal`, options: (journals.data ?? []).map(({ code, label }) => ({ value: code, label: `${code} · ${label}` })) },
    { name: 'mois', label: t`Month`, options: months },
  ]
  const filtered = ['etat', 'journal', 'mois', 'q'].some((name) => search[name] !== undefined)
  const waiting = draftMore ? t`more than ${draftCount} drafts` : draftCount === 1 ? t`1 draft to validate` : t`${draftCount} drafts to validate`
  return (
    <WithPanel panel={<Outlet />}>
      <PageFrame
        title={t`Journal`} layout="grid" aside={draftCount > 0 && search['etat'] !== 'validated' ? <Badge tone="violet">{waiting}</Badge> : null}
        actions={may('ledger.draft') ? <CompanyLink to="compta/journal/nouvelle" look={{ button: 'primary' }} icon={Plus}>{t`New entry`}</CompanyLink> : null}
        filters={<FilterChips filters={filters} search={{ name: 'q', label: t`Number, document, label` }} />}
      >
        {error && rows.length === 0 ? <ErrorState error={error.error} onRetry={() => { void error.refetch() }} />
          : pending ? <RowsSkeleton rows={14} label={t`Journal`} />
          : rows.length === 0 ? <Empty filtered={filtered} />
          : <DataGrid label={t`Journal`} rows={rows} columns={columns} rowId={(row) => row.id} to={(row) => at(`compta/journal/${row.id}`)} openId={id} onActive={setActive} more={more} />}
      </PageFrame>
    </WithPanel>
  )
}
