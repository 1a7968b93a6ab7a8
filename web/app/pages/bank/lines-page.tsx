import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Outlet, useParams } from '@tanstack/react-router'
import { ClipboardCheck, Upload } from 'lucide-react'
import { useCallback } from 'react'
import type { BankLineQuery } from '../../../../contract/banking.ts'
import { useLineColumns } from '../../../features/bank/line-columns.tsx'
import type { Api } from '../../../lib/api.ts'
import { useCompany } from '../../../lib/company.tsx'
import { listing, reading } from '../../../lib/queries.ts'
import { useSearchState, type SearchValues } from '../../../lib/search-state.ts'
import { CompanyLink, EmptyState, FilterChips, Page as PageFrame, QueryGrid, WithPanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

const STATES = ['posting', 'to_treat', 'treated'] as const
type State = (typeof STATES)[number]

function optionsOf(api: Api, search: SearchValues) {
  const state = STATES.find((one) => one === search['etat'])
  const query: Omit<BankLineQuery, 'cursor'> = {
    ...(state ? { state } : {}), ...(search['compte'] ? { accountId: search['compte'] } : {}), ...(search['releve'] ? { importId: search['releve'] } : {}), ...(search['q'] ? { search: search['q'] } : {}),
  }
  return listing(api, '/api/transactions', { query })
}

export function load({ api, queries, search }: LoadContext) {
  void queries.prefetchInfiniteQuery(optionsOf(api, search))
}

function Empty({ search }: { readonly search: SearchValues }) {
  const { t } = useLingui()
  const { may } = useCompany()
  if (search['etat'] === 'to_treat') return <EmptyState title={t`Every bank line is treated`}>{t`Nothing waits here. New lines come with the next statement.`}</EmptyState>
  if (search['q'] || search['etat'] || search['compte'] || search['releve']) return <EmptyState title={t`No bank line matches`} action={<CompanyLink to="banque/operations" look={{ button: 'plain' }}>{t`See every line`}</CompanyLink>}>{t`Remove a filter or search for something else: a word of the label, an amount.`}</EmptyState>
  return (
    <EmptyState icon={Upload} title={t`Your bank lines will be here`} action={may('bank.import') ? <CompanyLink to="banque/import" look={{ button: 'primary' }} icon={Upload}>{t`Import a statement`}</CompanyLink> : undefined}>
      {t`They come from the statements you import, each with its entry.`}
    </EmptyState>
  )
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const { id } = useParams({ strict: false }) as { id?: string }
  const [search] = useSearchState()
  const query = useInfiniteQuery(optionsOf(api, search))
  const accounts = useQuery(reading(api, '/api/accounts')).data?.items
  const accountName = useCallback((of: string) => accounts?.find((account) => account.id === of)?.name ?? '', [accounts])
  const columns = useLineColumns({ narrow: id !== undefined, accountName })
  const states: Readonly<Record<State, string>> = { posting: t`Being posted`, to_treat: t`To treat`, treated: t`Treated` }
  return (
    <WithPanel panel={<Outlet />}>
      <PageFrame
        title={t`Bank lines`} layout="grid"
        actions={<>
          {may('bank.import') ? <CompanyLink to="banque/import" look={{ button: 'quiet' }} icon={Upload}>{t`Import a statement`}</CompanyLink> : null}
          {may('match.write') ? <CompanyLink to="banque/rapprochement" look={{ button: 'primary' }} icon={ClipboardCheck}>{t`Reconcile`}</CompanyLink> : null}
        </>}
        filters={<FilterChips
          search={{ name: 'q', label: t`Label, amount, reference` }}
          filters={[
            { name: 'etat', label: t`Status`, options: STATES.map((value) => ({ value, label: states[value] })) },
            ...(accounts && accounts.length > 0 ? [{ name: 'compte', label: t`Account`, options: accounts.map((account) => ({ value: account.id, label: account.name })) }] : []),
            ...(search['releve'] ? [{ name: 'releve', label: t`Statement`, options: [{ value: search['releve'], label: t`the one imported` }] }] : []),
          ]}
        />}
      >
        <QueryGrid label={t`Bank lines`} query={query} columns={columns} rowId={(row) => row.id} to={(row) => at(`banque/operations/${row.id}`)} openId={id} empty={<Empty search={search} />} />
      </PageFrame>
    </WithPanel>
  )
}
