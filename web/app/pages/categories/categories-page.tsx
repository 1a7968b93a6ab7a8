import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Outlet, useLocation, useNavigate, useParams } from '@tanstack/react-router'
import { Download, FolderTree, ListChecks, Plus, Wand2 } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import type { Category } from '../../../../contract/categories.ts'
import { AutomationDialog } from '../../../features/categories/automation-dialog.tsx'
import { useCategoryColumns, type CategoryRow, type YearFigure } from '../../../features/categories/columns.tsx'
import { changeOf } from '../../../features/categories/fields.ts'
import { matching, treeRows } from '../../../features/categories/tree.ts'
import { useAction } from '../../../lib/action.ts'
import { CATEGORY_KINDS, kindWords, useCategories } from '../../../lib/categories.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { linesPath } from '../../../lib/lines-search.ts'
import { listing, reading, rowsOf, useRefresh } from '../../../lib/queries.ts'
import { useSearchState } from '../../../lib/search-state.ts'
import { Button, CompanyLink, DataGrid, EmptyState, ErrorState, FilterChips, IconButton, Link, Menu, MenuItem, Page as PageFrame, RowsSkeleton, WithPanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'
import { PlaceCategory, type Placing } from './place-category.tsx'

const YEAR_DAYS = 365
const ARCHIVED_LIMIT = 200

export function load({ api, queries }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/categories/tree'))
}

/** What each category came to in a year, from the analyses: one reading for the whole tree. */
function useYearFigures(): ReadonlyMap<string, YearFigure> | undefined {
  const { api, at } = useCompany()
  const spending = useQuery(reading(api, '/api/analytics/spending', { query: { days: YEAR_DAYS } })).data
  const income = useQuery(reading(api, '/api/analytics/income', { query: { days: YEAR_DAYS } })).data
  return useMemo(() => {
    if (!spending || !income) return undefined
    return new Map([...spending.categories, ...income.categories].flatMap(({ categoryId, total, query }) => categoryId ? [[categoryId, { total, to: at(linesPath(query)) }] as const] : []))
  }, [spending, income, at])
}

/** The rows of the tree, with what is closed, found or archived. */
function useRows() {
  const { api } = useCompany()
  const [search] = useSearchState()
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const { items, query } = useCategories()
  const archivedOnly = search['archivees'] === 'oui'
  const archived = useInfiniteQuery({ ...listing(api, '/api/categories', { query: { archived: true, limit: ARCHIVED_LIMIT } }), enabled: archivedOnly })
  const shown = archivedOnly ? rowsOf<Category>(archived.data) : items
  const toggle = useCallback((id: string) => setClosed((all) => new Set(all.has(id) ? [...all].filter((one) => one !== id) : [...all, id])), [])
  const rows = useMemo(() => {
    const kept = matching(shown, search['q'] ?? '', ({ account }) => account).filter(({ kind }) => !search['nature'] || kind === search['nature'])
    return treeRows(kept, search['q'] ? new Set<string>() : closed)
  }, [shown, search, closed])
  const reads = archivedOnly ? archived : query
  return { rows, items, toggle, setClosed, isReady: reads.data !== undefined, error: reads.error, retry: () => { void reads.refetch() } }
}

function ExportMenu() {
  const { t } = useLingui()
  const { api } = useCompany()
  const { mutate, isPending } = useAction({ run: (format: 'csv' | 'xlsx') => api.download('/api/exports/categories/csv', { format }), done: (name) => t`${name} is in your downloads.` })
  return (
    <Menu trigger={<IconButton icon={Download} label={t`Export`} disabled={isPending} />}>
      <MenuItem onSelect={() => mutate('xlsx')}>{t`As a spreadsheet (XLSX)`}</MenuItem>
      <MenuItem onSelect={() => mutate('csv')}>{t`As a table (CSV)`}</MenuItem>
    </Menu>
  )
}

/** Puts a category one place up or down among those of its group. */
function useShift(items: readonly Category[]) {
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const { mutate, isPending } = useAction({
    run: ({ category, position }: { readonly category: Category; readonly position: number }) => api.put('/api/categories/:id', { params: { id: category.id }, body: changeOf(category, { position }) }),
    after: () => refresh('/api/categories/tree'),
  })
  return (category: Category, step: -1 | 1) => {
    const beside = items.filter(({ parentId }) => parentId === category.parentId)
    const other = beside[beside.findIndex(({ id }) => id === category.id) + step]
    if (other && !isPending) mutate({ category, position: other.position })
  }
}

export function Page() {
  const { t, i18n } = useLingui()
  const { at, may } = useCompany()
  const go = useNavigate()
  const { id } = useParams({ strict: false }) as { id?: string }
  const [search] = useSearchState()
  const panelOpen = useLocation({ select: ({ pathname }) => !pathname.endsWith('/categories') })
  const { rows, items, toggle, setClosed, isReady, error, retry } = useRows()
  const [active, setActive] = useState<CategoryRow>()
  const [placing, setPlacing] = useState<Placing>()
  const [automation, setAutomation] = useState(false)
  const figures = useYearFigures()
  const columns = useCategoryColumns({ narrow: panelOpen, onToggle: toggle, figures })
  const shift = useShift(items)
  const writes = may('category.write')
  const open = (path: string) => void go({ to: at(`banque/categories/${path}`), search: true } as never)
  const chosen = active?.item
  const add = () => void go({ to: at('banque/categories/nouvelle'), search: chosen ? { dans: chosen.parentId ?? chosen.id } : {} } as never)
  const acts = writes && chosen !== undefined && !chosen.isArchived
  const group = t`Categories`
  useShortcuts([
    { keys: 'n', label: t`New category`, group, when: writes, run: add },
    { keys: 'e', label: t`Change the category`, group, when: acts, run: () => open(`${chosen!.id}/modifier`) },
    { keys: 'm', label: t`Move the category`, group, when: acts, run: () => setPlacing({ mode: 'move', category: chosen! }) },
    { keys: 'f', label: t`Merge the category into another`, group, when: acts, run: () => setPlacing({ mode: 'merge', category: chosen! }) },
    { keys: 'Alt+ArrowUp', label: t`Put it higher`, group, when: acts, run: () => shift(chosen!, -1) },
    { keys: 'Alt+ArrowDown', label: t`Put it lower`, group, when: acts, run: () => shift(chosen!, 1) },
    { keys: 'ArrowRight', label: t`Open the group`, group, when: active !== undefined && active.children > 0 && !active.open, run: () => toggle(chosen!.id) },
    { keys: 'ArrowLeft', label: t`Close the group`, group, when: active !== undefined && (active.open || chosen!.parentId !== null), run: () => setClosed((all) => new Set([...all, active!.open ? chosen!.id : chosen!.parentId!])) },
  ])
  const narrowed = Boolean(search['q'] || search['nature'] || search['archivees'])
  return (
    <WithPanel panel={<Outlet />}>
      <PageFrame
        title={t`Categories`} layout="grid"
        actions={<>
          <ExportMenu />
          <Button tone="quiet" icon={Wand2} onClick={() => setAutomation(true)}>{t`What happens by itself`}</Button>
          <CompanyLink to="banque/regles" look={{ button: 'plain' }} icon={ListChecks}>{t`Rules`}</CompanyLink>
          {writes ? <Link to={at('banque/categories/nouvelle')} search={chosen ? { dans: chosen.parentId ?? chosen.id } : {}} look={{ button: 'primary' }} icon={Plus}>{t`New category`}</Link> : null}
        </>}
        filters={<FilterChips
          search={{ name: 'q', label: t`Name or account` }}
          filters={[
            { name: 'nature', label: t`What it is`, options: CATEGORY_KINDS.map((kind) => ({ value: kind, label: i18n._(kindWords(kind)) })) },
            { name: 'archivees', label: t`Archived`, options: [{ value: 'oui', label: t`those only` }] },
          ]}
        />}
      >
        {!isReady ? (error ? <ErrorState error={error} onRetry={retry} /> : <RowsSkeleton label={t`Categories`} />)
          : rows.length === 0 ? (
            <EmptyState icon={FolderTree} title={narrowed ? t`No category matches` : t`No category yet`} action={narrowed ? <CompanyLink to="banque/categories" look={{ button: 'plain' }}>{t`See every category`}</CompanyLink> : undefined}>
              {t`A category says what a line of the bank is for, and on which account it is posted.`}
            </EmptyState>
          )
          : <DataGrid label={t`Categories`} rows={rows} columns={columns} rowId={(row) => row.item.id} onOpen={(row) => open(row.item.id)} openId={id} onActive={setActive} />}
      </PageFrame>
      {placing ? <PlaceCategory placing={placing} items={items} onClose={() => setPlacing(undefined)} /> : null}
      {automation ? <AutomationDialog onClose={() => setAutomation(false)} /> : null}
    </WithPanel>
  )
}
