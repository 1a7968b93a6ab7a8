import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Outlet, useLocation, useNavigate, useParams } from '@tanstack/react-router'
import { Download, Plus, Wallet } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Budget } from '../../../../contract/budgets.ts'
import { AlertList } from '../../../features/budgets/alert-list.tsx'
import { useBudgetColumns } from '../../../features/budgets/columns.tsx'
import { allBudgets } from '../../../features/budgets/fields.ts'
import { OverviewStrip } from '../../../features/budgets/overview.tsx'
import { useAction } from '../../../lib/action.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { listing, reading, rowsOf } from '../../../lib/queries.ts'
import { Button, DataGrid, EmptyState, ErrorState, Link, Menu, MenuItem, moreOf, Page as PageFrame, RowsSkeleton, WithPanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

export function load({ api, queries }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/budgets/overview'))
  void queries.prefetchInfiniteQuery(listing(api, '/api/budgets'))
  void queries.prefetchQuery(reading(api, '/api/budgets/alerts'))
}

function ExportMenu() {
  const { t } = useLingui()
  const { api } = useCompany()
  const { mutate, isPending } = useAction({ run: (format: 'csv' | 'xlsx') => api.download('/api/exports/budget/report', { format }), done: (name) => t`${name} is in your downloads.` })
  return (
    <Menu trigger={<Button tone="quiet" icon={Download} busy={isPending}>{t`Export`}</Button>}>
      <MenuItem onSelect={() => mutate('xlsx')}>{t`As a spreadsheet (XLSX)`}</MenuItem>
      <MenuItem onSelect={() => mutate('csv')}>{t`As a table (CSV)`}</MenuItem>
    </Menu>
  )
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const go = useNavigate()
  const { id } = useParams({ strict: false }) as { id?: string }
  const panelOpen = useLocation({ select: ({ pathname }) => !pathname.endsWith('/budgets') })
  const overview = useQuery(reading(api, '/api/budgets/overview'))
  const alerts = useQuery(reading(api, '/api/budgets/alerts')).data?.items ?? []
  const list = useInfiniteQuery(listing(api, '/api/budgets'))
  const rows = useMemo(() => allBudgets(overview.data?.items ?? [], rowsOf<Budget>(list.data)), [overview.data, list.data])
  const [active, setActive] = useState<Budget>()
  const columns = useBudgetColumns({ narrow: panelOpen })
  const writes = may('budget.write')
  useShortcuts([
    { keys: 'n', label: t`New budget`, group: t`Budgets`, when: writes, run: () => void go({ to: at('banque/budgets/nouveau') } as never) },
    { keys: 'e', label: t`Change the budget`, group: t`Budgets`, when: writes && active !== undefined, run: () => void go({ to: at(`banque/budgets/${active!.id}/modifier`) } as never) },
  ])
  const add = writes ? <Link to={at('banque/budgets/nouveau')} look={{ button: 'primary' }} icon={Plus}>{t`New budget`}</Link> : null
  const error = overview.error ?? list.error
  const ready = overview.data !== undefined && list.data !== undefined
  return (
    <WithPanel panel={<Outlet />}>
      <PageFrame title={t`Budgets`} layout="grid" actions={rows.length > 0 ? <><ExportMenu />{add}</> : null}>
        {!ready ? (error ? <ErrorState error={error} onRetry={() => { void overview.refetch(); void list.refetch() }} /> : <RowsSkeleton label={t`Budgets`} />)
          : rows.length === 0 ? <EmptyState icon={Wallet} title={t`No budget yet`} action={add}>{t`Give a category a limit: you see each day what is spent, what is already known to come, and where it will end. You are told the moment a line goes beyond.`}</EmptyState>
          : (
            <>
              <AlertList alerts={alerts} />
              <OverviewStrip overview={overview.data} />
              <DataGrid label={t`Budgets`} rows={rows} columns={columns} rowId={(row) => row.id} to={(row) => at(`banque/budgets/${row.id}`)} openId={id} onActive={setActive} more={moreOf(list)} />
            </>
          )}
      </PageFrame>
    </WithPanel>
  )
}
