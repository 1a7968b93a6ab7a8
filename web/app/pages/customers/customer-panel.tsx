import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { FileText, Pencil } from 'lucide-react'
import { CustomerDetail } from '../../../features/customers/customer-detail.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { reading } from '../../../lib/queries.ts'
import { ErrorState, Link, RowsSkeleton, SidePanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

export function load({ api, queries, params }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/customers/:id', { params: { id: params['id']! } }))
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const go = useNavigate()
  const { id } = useParams({ strict: false }) as { id: string }
  const query = useQuery(reading(api, '/api/customers/:id', { params: { id } }))
  const customer = query.data
  const writes = customer !== undefined && may('customer.write')
  useShortcuts([{ keys: 'e', label: t`Edit the customer`, when: writes, run: () => void go({ to: at(`ventes/clients/${id}/modifier`), search: true } as never) }])
  return (
    <SidePanel
      title={customer?.name ?? t`Customer`} aside={customer ? <span className="figures">{customer.code}</span> : undefined} onClose={() => void go({ to: at('ventes/clients'), search: true } as never)}
      actions={writes ? (
        <>
          <Link to={at(`ventes/clients/${id}/modifier`)} look={{ button: 'plain' }} icon={Pencil}>{t`Edit`}</Link>
          {may('invoice.write') ? <Link to={at('ventes/factures/nouvelle')} search={{ client: id }} look={{ button: 'plain' }} icon={FileText}>{t`New invoice`}</Link> : null}
        </>
      ) : undefined}
    >
      {customer ? <CustomerDetail key={customer.id} customer={customer} /> : query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={6} />}
    </SidePanel>
  )
}
