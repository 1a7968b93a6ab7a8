import { useQuery } from '@tanstack/react-query'
import { useLingui } from '@lingui/react/macro'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Invoice } from '../../../../contract/invoicing.ts'
import { NewCustomerDialog } from '../../../features/customers/new-customer-dialog.tsx'
import { draftOf, emptyDraft } from '../../../features/invoices/draft.ts'
import { InvoiceEditor } from '../../../features/invoices/editor.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { todayHere } from '../../../lib/format.ts'
import { usePreferences } from '../../../lib/preferences.ts'
import { reading } from '../../../lib/queries.ts'
import { useSearchState } from '../../../lib/search-state.ts'
import { CompanyLink, EmptyState, ErrorState, Page as PageFrame, PageSkeleton, RefusedState } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

export function load({ api, queries, params }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/company'))
  if (params['id']) void queries.prefetchQuery(reading(api, '/api/invoices/sales/:id', { params: { id: params['id'] } }))
}

function New({ onDone, onCancel }: { readonly onDone: (invoice: Invoice) => void; readonly onCancel: () => void }) {
  const { api } = useCompany()
  const company = useQuery(reading(api, '/api/company'))
  // `?client=` names the customer the invoice is for.
  const [{ client }] = useSearchState()
  const customer = useQuery({ ...reading(api, '/api/customers/:id', { params: { id: client ?? '' } }), enabled: client !== undefined })
  const [blank] = useState(() => emptyDraft(todayHere()))
  if (client !== undefined && customer.isPending) return <PageSkeleton />
  return <InvoiceEditor initial={customer.data ? { ...blank, customer: customer.data } : blank} company={company.data} newCustomer={(props) => <NewCustomerDialog {...props} />} onDone={onDone} onCancel={onCancel} />
}

function Change({ id, onDone, onCancel }: { readonly id: string; readonly onDone: (invoice: Invoice) => void; readonly onCancel: () => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const { locale } = usePreferences()
  const company = useQuery(reading(api, '/api/company'))
  // What is typed must not change under the person's hands: read once, not again on focus.
  const invoice = useQuery({ ...reading(api, '/api/invoices/sales/:id', { params: { id } }), refetchOnWindowFocus: false })
  const customerId = invoice.data?.customer.id
  const customer = useQuery({ ...reading(api, '/api/customers/:id', { params: { id: customerId ?? '' } }), enabled: customerId !== undefined })
  const failed = [invoice, customer].find(({ error }) => error)
  if (failed) return <PageFrame title={t`Invoice`}><ErrorState error={failed.error} onRetry={() => { void failed.refetch() }} /></PageFrame>
  if (!invoice.data || !customer.data) return <PageSkeleton />
  if (invoice.data.status !== 'draft' || invoice.data.kind === 'credit_note') {
    return (
      <PageFrame title={t`Invoice ${invoice.data.number ?? ''}`}>
        <EmptyState title={t`This invoice is final`} action={<CompanyLink to={`ventes/factures/${id}`} look={{ button: 'plain' }}>{t`See the invoice`}</CompanyLink>}>{t`Once issued, an invoice is corrected by a credit note only.`}</EmptyState>
      </PageFrame>
    )
  }
  return (
    <InvoiceEditor
      key={id} initial={draftOf(invoice.data, customer.data, locale === 'fr' ? ',' : '.')} invoice={invoice.data} company={company.data}
      newCustomer={(props) => <NewCustomerDialog {...props} />} onDone={onDone} onCancel={onCancel}
    />
  )
}

/** A new draft, or an existing one when the address names it. */
export function Page() {
  const { t } = useLingui()
  const { at, may } = useCompany()
  const go = useNavigate()
  const { id } = useParams({ strict: false }) as { id?: string }
  const open = (path: string) => void go({ to: at(path) } as never)
  if (!may('invoice.write')) return <PageFrame title={t`Invoice`}><RefusedState /></PageFrame>
  const onDone = (invoice: Invoice) => open(`ventes/factures/${invoice.id}`)
  return id ? <Change id={id} onDone={onDone} onCancel={() => open(`ventes/factures/${id}`)} /> : <New onDone={onDone} onCancel={() => open('ventes/factures')} />
}
