import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Outlet, useParams } from '@tanstack/react-router'
import { Merge, RefreshCw, Store } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { Merchant } from '../../../../contract/merchants.ts'
import { MergeDialog } from '../../../features/merchants/merge-dialog.tsx'
import { useMerchantColumns } from '../../../features/merchants/merchant-columns.tsx'
import { useAction } from '../../../lib/action.ts'
import type { Api } from '../../../lib/api.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { listing, rowsOf, useRefresh } from '../../../lib/queries.ts'
import { useSearchState, type SearchValues } from '../../../lib/search-state.ts'
import { Button, CompanyLink, EmptyState, FilterChips, Page as PageFrame, QueryGrid, WithPanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

const merchantsOf = (api: Api, { q }: SearchValues) => listing(api, '/api/merchants', { query: { limit: 100, ...(q ? { search: q } : {}) } })
const rowId = (row: Merchant) => row.id

export function load({ api, queries, search }: LoadContext) {
  void queries.prefetchInfiniteQuery(merchantsOf(api, search))
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const { id } = useParams({ strict: false }) as { id?: string }
  const [search] = useSearchState()
  const refresh = useRefresh(api)
  const query = useInfiniteQuery(merchantsOf(api, search))
  const rows = rowsOf<Merchant>(query.data)
  const columns = useMerchantColumns({ narrow: id !== undefined })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [merging, setMerging] = useState(false)
  const chosen = rows.filter((row) => selected.has(row.id))
  const after = () => refresh('/api/merchants', '/api/merchants/:id', '/api/transactions')
  const merge = useAction({
    run: ({ into, from }: { readonly into: Merchant; readonly from: readonly Merchant[] }) => api.post('/api/merchants/:id/merge', { params: { id: into.id }, body: { from: from.map((one) => one.id) } }),
    after: () => { setMerging(false); setSelected(new Set()); return after() }, done: ({ name }) => t`Merged into ${name}.`,
    undo: (merchant) => { const change = merchant.changes.find(({ kind, mayUndo }) => kind === 'merge' && mayUndo); return change ? () => api.post('/api/merchants/:id/changes/:changeId/undo', { params: { id: merchant.id, changeId: change.id } }) : undefined },
  })
  const again = useAction({ run: () => api.post('/api/merchants/enrich'), after, done: ({ lines }) => lines === 0 ? t`There is no line to read.` : t`${lines} labels are being read again.` })
  const canWrite = may('merchant.write')
  const onChange = useCallback((next: ReadonlySet<string>) => setSelected(next), [])
  useShortcuts([{ keys: 'm', label: t`Merge the merchants selected`, when: canWrite && chosen.length > 1, run: () => setMerging(true) }])
  return (
    <WithPanel panel={<Outlet />}>
      <PageFrame
        title={t`Merchants`} layout="grid" filters={<FilterChips search={{ name: 'q', label: t`Name or SIREN` }} filters={[]} />}
        actions={canWrite ? <>
          {rows.length > 0 ? <Button tone="quiet" icon={RefreshCw} busy={again.isPending} onClick={() => again.mutate()}>{t`Read every label again`}</Button> : null}
          {chosen.length > 1 ? <Button tone="primary" icon={Merge} onClick={() => setMerging(true)}>{t`Merge ${chosen.length} merchants`}</Button> : null}
        </> : undefined}
      >
        <QueryGrid
          label={t`Merchants`} query={query} columns={columns} rowId={rowId} to={(row) => at(`banque/marchands/${row.id}`)} openId={id} selection={canWrite ? { selected, onChange } : undefined}
          empty={search['q']
            ? <EmptyState title={t`No merchant matches`} action={<CompanyLink to="banque/marchands" look={{ button: 'plain' }}>{t`See every merchant`}</CompanyLink>}>{t`Search for other words of the name, or for a SIREN.`}</EmptyState>
            : <EmptyState icon={Store} title={t`Those you pay and who pay you will be here`} action={may('bank.import') ? <CompanyLink to="banque/import" look={{ button: 'primary' }}>{t`Import a statement`}</CompanyLink> : undefined}>{t`They are read in the labels of your bank lines: one name for all the ways the bank writes it.`}</EmptyState>}
        />
      </PageFrame>
      {merging && chosen.length > 1 ? <MergeDialog merchants={chosen} busy={merge.isPending} onClose={() => setMerging(false)} onMerge={(into, from) => merge.mutate({ into, from })} /> : null}
    </WithPanel>
  )
}
