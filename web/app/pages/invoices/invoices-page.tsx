import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { FileText, Plus, Upload, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { InvoiceSummary } from '../../../../contract/invoicing.ts'
import { useInvoiceColumns } from '../../../features/invoices/columns.tsx'
import { invoicesListing, stateOf } from '../../../features/invoices/list.ts'
import { ViewChips } from '../../../features/invoices/view-chips.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { reading, rowsOf } from '../../../lib/queries.ts'
import { useSearchState } from '../../../lib/search-state.ts'
import { CompanyLink, EmptyState, FilterChips, Page as PageFrame, QueryGrid, WithPanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

export function load({ api, queries, search }: LoadContext) {
  void queries.prefetchInfiniteQuery(invoicesListing(api, search))
}

function CustomerChip({ id, onRemove }: { readonly id: string; readonly onRemove: () => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const { data } = useQuery(reading(api, '/api/customers/:id', { params: { id } }))
  const name = data?.name ?? '…'
  return (
    <span className="inline-flex h-7 items-center rounded-full border border-accent bg-accent-soft pl-3 text-sm text-accent">
      <span className="max-w-48 truncate">{t`Customer`} <strong className="font-medium">{name}</strong></span>
      <button type="button" aria-label={t`Remove the filter ${name}`} onClick={onRemove} className="mr-0.5 flex size-6 items-center justify-center rounded-full hover:bg-surface"><X size={14} aria-hidden /></button>
    </span>
  )
}

function Empty() {
  const { t } = useLingui()
  const { may } = useCompany()
  const [search] = useSearchState()
  const state = stateOf(search)
  if (state === 'overdue' && !search['q'] && !search['client']) return <EmptyState title={t`No invoice is late`}>{t`Your customers are up to date.`}</EmptyState>
  if (state === 'draft' && !search['q'] && !search['client']) return <EmptyState title={t`No draft is waiting`}>{t`Everything you prepared has been issued.`}</EmptyState>
  if (state === 'open' && !search['q'] && !search['client']) return <EmptyState title={t`Nothing left to be paid`}>{t`Every invoice issued has been paid or cancelled.`}</EmptyState>
  if (state || search['q'] || search['client']) return <EmptyState title={t`No invoice matches`} action={<CompanyLink to="ventes/factures" look={{ button: 'plain' }}>{t`See every invoice`}</CompanyLink>}>{t`Remove a filter or search for something else: a number, a customer, an amount.`}</EmptyState>
  return (
    <EmptyState
      icon={FileText} title={t`Your sales invoices will be here`}
      action={<>
        {may('invoice.write') ? <CompanyLink to="ventes/factures/nouvelle" look={{ button: 'primary' }} icon={Plus}>{t`New invoice`}</CompanyLink> : null}
        {may('invoice.import') ? <CompanyLink to="ventes/factures/import" look={{ button: 'plain' }} icon={Upload}>{t`Import a CSV`}</CompanyLink> : null}
      </>}
    >
      {t`Prepare drafts, issue them with their legal number, follow what is left to be paid. If another tool made your invoices until now, bring them in as a CSV.`}
    </EmptyState>
  )
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const go = useNavigate()
  const { id } = useParams({ strict: false }) as { id?: string }
  const [search, setSearch] = useSearchState()
  const [active, setActive] = useState<InvoiceSummary>()
  const query = useInfiniteQuery(invoicesListing(api, search))
  const rows = useMemo(() => rowsOf<InvoiceSummary>(query.data), [query.data])
  const columns = useInvoiceColumns(rows, { narrow: id !== undefined, more: query.hasNextPage })
  useShortcuts([
    { keys: 'n', label: t`New invoice`, when: may('invoice.write'), run: () => void go({ to: at('ventes/factures/nouvelle') } as never) },
    { keys: 'e', label: t`Edit the draft`, when: active?.status === 'draft' && may('invoice.write'), run: () => void go({ to: at(`ventes/factures/${active!.id}/modifier`) } as never) },
  ])
  return (
    <WithPanel panel={<Outlet />}>
      <PageFrame
        title={t`Invoices`} layout="grid"
        actions={<>
          {may('invoice.import') ? <CompanyLink to="ventes/factures/import" look={{ button: 'quiet' }} icon={Upload}>{t`Import a CSV`}</CompanyLink> : null}
          {may('invoice.write') ? <CompanyLink to="ventes/factures/nouvelle" look={{ button: 'primary' }} icon={Plus}>{t`New invoice`}</CompanyLink> : null}
        </>}
        filters={
          <div className="flex flex-wrap items-center gap-2">
            <FilterChips filters={[]} search={{ name: 'q', label: t`Number, customer, amount` }} />
            <ViewChips />
            {search['client'] ? <CustomerChip id={search['client']} onRemove={() => setSearch({ client: undefined })} /> : null}
          </div>
        }
      >
        <QueryGrid
          label={t`Invoices`} query={query} columns={columns} rowId={(row) => row.id} to={(row) => at(`ventes/factures/${row.id}`)}
          openId={id} onActive={setActive} empty={<Empty />}
        />
      </PageFrame>
    </WithPanel>
  )
}
