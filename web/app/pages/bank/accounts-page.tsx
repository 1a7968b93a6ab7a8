import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Landmark, Plus, Upload } from 'lucide-react'
import { useState } from 'react'
import type { NewBankAccount } from '../../../../contract/banking.ts'
import { useAccountColumns } from '../../../features/bank/account-columns.tsx'
import { AccountDialog } from '../../../features/bank/account-dialog.tsx'
import { useAction } from '../../../lib/action.ts'
import type { Api } from '../../../lib/api.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { reading, useRefresh } from '../../../lib/queries.ts'
import { useSearchState, type SearchValues } from '../../../lib/search-state.ts'
import { Button, CompanyLink, DataGrid, EmptyState, ErrorState, FilterChips, Page as PageFrame, RowsSkeleton } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

const accountsOf = (api: Api, search: SearchValues) => reading(api, '/api/accounts', search['archives'] === 'oui' ? { query: { archived: 'all' } } : {})

export function load({ api, queries, search }: LoadContext) {
  void queries.prefetchQuery(accountsOf(api, search))
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const go = useNavigate()
  const [search] = useSearchState()
  const query = useQuery(accountsOf(api, search))
  const columns = useAccountColumns()
  const refresh = useRefresh(api)
  const [adding, setAdding] = useState(false)
  const add = useAction({
    run: (body: NewBankAccount) => api.post('/api/accounts', { body }), quiet: true, done: ({ name }) => t`${name} is added.`,
    after: async (account) => { setAdding(false); await refresh('/api/accounts'); await go({ to: at(`banque/comptes/${account.id}`) } as never) },
  })
  const importing = may('bank.import') ? <CompanyLink to="banque/import" look={{ button: 'primary' }} icon={Upload}>{t`Import a statement`}</CompanyLink> : undefined
  const adder = may('bank.manage') ? <Button tone="quiet" icon={Plus} onClick={() => setAdding(true)}>{t`Add an account`}</Button> : undefined
  useShortcuts([
    { keys: 'i', label: t`Import a statement`, when: may('bank.import'), run: () => void go({ to: at('banque/import') } as never) },
    { keys: 'n', label: t`Add an account`, when: may('bank.manage'), run: () => setAdding(true) },
  ])
  const rows = query.data?.items
  return (
    <PageFrame
      title={t`Bank accounts`} layout="grid" actions={rows?.length ? <>{adder}{importing}</> : undefined}
      filters={<FilterChips filters={[{ name: 'archives', label: t`Archived accounts`, options: [{ value: 'oui', label: t`shown` }] }]} />}
    >
      {rows === undefined
        ? query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Bank accounts`} />
        : rows.length === 0
          ? (
            <EmptyState icon={Landmark} title={t`Your bank accounts will be here`} action={<>{importing}{adder}</>}>
              {t`Drop a statement your bank gave you (CFONB, CAMT, MT940, OFX, QIF, CSV, XLSX or PDF): the account is created from it, its lines are checked against the balances, then posted.`}
            </EmptyState>
          )
          : <DataGrid label={t`Bank accounts`} rows={rows} columns={columns} rowId={(row) => row.id} to={(row) => at(`banque/comptes/${row.id}`)} />}
      {adding ? <AccountDialog account={undefined} error={add.error} busy={add.isPending} onSave={(fields) => add.mutate(fields)} onClose={() => { setAdding(false); add.reset() }} /> : null}
    </PageFrame>
  )
}
