import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Invoice } from '../../../contract/invoicing.ts'
import { isZero } from '../../lib/amounts.ts'
import { useCompany } from '../../lib/company.tsx'
import { reading } from '../../lib/queries.ts'
import { Bone, CompanyLink, DateText, Facts, Money } from '../../ui/index.ts'
import { InvoiceLines, InvoiceTotalsTable } from './invoice-lines.tsx'
import { Mentions } from './mentions.tsx'

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="mt-5 border-t border-line pt-4">
      <h3 className="mb-2 text-sm font-semibold">{title}</h3>
      {children}
    </section>
  )
}

/** The number of another invoice, read when it is shown. */
function InvoiceLink({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const { data } = useQuery(reading(api, '/api/invoices/sales/:id', { params: { id } }))
  return <CompanyLink to={`ventes/factures/${id}`} className="figures">{data?.number ?? t`See it`}</CompanyLink>
}

function Headline({ invoice }: { readonly invoice: Invoice }) {
  const { t } = useLingui()
  const settled = isZero(invoice.open)
  return (
    <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
      <div>
        <p className="text-xs text-muted">{t`Total with tax`}</p>
        <p className="text-title font-semibold"><Money value={invoice.gross} /></p>
      </div>
      {invoice.status === 'draft' || invoice.kind === 'credit_note' || settled ? null : (
        <div className="text-right">
          <p className="text-xs text-muted">{t`Left to pay`}</p>
          <p className={invoice.overdueDays > 0 ? 'text-title font-semibold text-red' : 'text-title font-semibold'}><Money value={invoice.open} /></p>
        </div>
      )}
    </div>
  )
}

function Payments({ invoice }: { readonly invoice: Invoice }) {
  const { t } = useLingui()
  if (invoice.payments.length === 0) return <p className="text-sm text-muted">{invoice.origin === 'taken_over' ? t`None since this invoice was taken over.` : t`None yet. A payment appears when its bank line is reconciled.`}</p>
  return (
    <ul className="text-sm">
      {invoice.payments.map((payment) => (
        <li key={payment.matchId} className="border-b border-line last:border-b-0">
          <CompanyLink look="bare" to={`banque/operations/${payment.lineId}`} className="-mx-2 flex items-baseline gap-3 rounded-md px-2 py-2 hover:bg-sunken">
            <DateText day={payment.bookedOn} className="figures text-muted" />
            <span className="min-w-0 flex-1 truncate">{payment.label}</span>
            <Money value={payment.amount} />
          </CompanyLink>
        </li>
      ))}
    </ul>
  )
}

/** Everything about one invoice: what it says, why it must, what came of it. */
export function InvoiceDetail({ invoice }: { readonly invoice: Invoice }) {
  const { t } = useLingui()
  const facts: { name: string; value: ReactNode }[] = [
    { name: t`Customer`, value: <CompanyLink to={`ventes/clients/${invoice.customer.id}`}>{invoice.customer.name}</CompanyLink> },
    { name: t`Date`, value: invoice.issuedOn ? <DateText day={invoice.issuedOn} /> : t`The day it is issued` },
    ...(invoice.kind === 'credit_note' ? [] : [{ name: t`Due`, value: invoice.dueOn ? <DateText day={invoice.dueOn} /> : t`After the customer's delay` }]),
    ...(invoice.orderReference ? [{ name: t`Order reference`, value: invoice.orderReference }] : []),
    ...(invoice.status === 'draft' && invoice.nextNumber ? [{ name: t`Number to come`, value: <span className="figures">{invoice.nextNumber}</span> }] : []),
    ...(invoice.creditsId ? [{ name: t`Cancels`, value: <InvoiceLink id={invoice.creditsId} /> }] : []),
    ...(invoice.creditedByIds.length > 0 ? [{ name: t`Cancelled by`, value: invoice.creditedByIds.map((id) => <InvoiceLink key={id} id={id} />) }] : []),
    ...(invoice.entryId ? [{ name: t`Entry`, value: <CompanyLink to={`compta/journal/${invoice.entryId}`}>{t`See its entry`}</CompanyLink> }] : []),
    ...(invoice.origin === 'taken_over' ? [{ name: t`Origin`, value: t`Taken over: open before Quittance, its entry is in the opening balances` }] : []),
    ...(invoice.origin === 'imported' ? [{ name: t`Origin`, value: t`Issued by another tool, entered with its own number` }] : []),
  ]
  return (
    <div>
      <Headline invoice={invoice} />
      <Facts items={facts} />
      <Part title={t`Lines of the invoice`}>
        <InvoiceLines invoice={invoice} />
        <InvoiceTotalsTable invoice={invoice} />
      </Part>
      {invoice.note ? <Part title={t`Note`}><p className="text-sm whitespace-pre-line">{invoice.note}</p></Part> : null}
      {invoice.status !== 'draft' && invoice.kind === 'invoice' ? <Part title={t`Payments`}><Payments invoice={invoice} /></Part> : null}
      <Part title={t`Legal mentions, and why`}><Mentions mentions={invoice.mentions} /></Part>
    </div>
  )
}

/** The shape of a detail while it comes. */
export function DetailSkeleton() {
  const { t } = useLingui()
  return (
    <div role="status" aria-label={t`Loading`} className="space-y-4">
      <Bone className="h-7 w-36" />
      {['w-4/5', 'w-3/5', 'w-2/3', 'w-1/2', 'w-3/4'].map((width) => <Bone key={width} className={width} />)}
    </div>
  )
}
