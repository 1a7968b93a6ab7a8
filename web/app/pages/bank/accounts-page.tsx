import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { Landmark, Upload } from 'lucide-react'
import { useAccountColumns } from '../../../features/bank/account-columns.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { reading } from '../../../lib/queries.ts'
import { CompanyLink, DataGrid, EmptyState, ErrorState, Page as PageFrame, RowsSkeleton, WithPanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

export function load({ api, queries }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/accounts'))
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const go = useNavigate()
  const { id } = useParams({ strict: false }) as { id?: string }
  const query = useQuery(reading(api, '/api/accounts'))
  const columns = useAccountColumns({ narrow: id !== undefined })
  const importing = may('bank.import') ? <CompanyLink to="banque/import" look={{ button: 'primary' }} icon={Upload}>{t`Import a statement`}</CompanyLink> : undefined
  useShortcuts([{ keys: 'i', label: t`Import a statement`, when: may('bank.import'), run: () => void go({ to: at('banque/import') } as never) }])
  const rows = query.data?.items
  return (
    <WithPanel panel={<Outlet />}>
      <PageFrame title={t`Bank accounts`} layout="grid" actions={rows?.length ? importing : undefined}>
        {rows === undefined
          ? query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Bank accounts`} />
          : rows.length === 0
            ? (
              <EmptyState icon={Landmark} title={t`Your bank accounts will be here`} action={importing}>
                {t`Drop a statement your bank gave you (CFONB 120, CAMT or CSV): the account is created from it, its lines are checked against the balances, then posted.`}
              </EmptyState>
            )
            : <DataGrid label={t`Bank accounts`} rows={rows} columns={columns} rowId={(row) => row.id} to={(row) => at(`banque/comptes/${row.id}`)} openId={id} />}
      </PageFrame>
    </WithPanel>
  )
}
