import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { Customer } from '../../../contract/party.ts'
import { isZero } from '../../lib/amounts.ts'
import { useCompany } from '../../lib/company.tsx'
import { formatIban, formatSiren } from '../../lib/format.ts'
import { reading } from '../../lib/queries.ts'
import { CompanyLink, DateText, ErrorState, Facts, Money, RowsSkeleton, Status } from '../../ui/index.ts'

const SHOWN_MAX = 50

/** What this customer still owes, oldest first; each opens. */
function OpenInvoices({ customer }: { readonly customer: Customer }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const query = useQuery(reading(api, '/api/invoices/sales', { query: { customerId: customer.id, open: true, limit: SHOWN_MAX } }))
  if (query.error) return <ErrorState error={query.error} onRetry={() => { void query.refetch() }} />
  if (!query.data) return <RowsSkeleton rows={3} />
  const invoices = [...query.data.items].filter(({ status }) => status !== 'draft').sort((a, b) => (a.dueOn ?? '').localeCompare(b.dueOn ?? ''))
  if (invoices.length === 0) return <p className="text-sm text-muted">{t`Nothing left to be paid.`}</p>
  return (
    <ul className="text-sm">
      {invoices.map((invoice) => (
        <li key={invoice.id} className="border-b border-line last:border-b-0">
          <CompanyLink look="bare" to={`ventes/factures/${invoice.id}`} className="-mx-2 flex items-baseline gap-3 rounded-md px-2 py-2 hover:bg-sunken">
            <span className="figures">{invoice.number}</span>
            <span className="min-w-0 flex-1">{invoice.overdueDays > 0 ? <Status tone="red">{invoice.overdueDays === 1 ? t`Late by 1 day` : t`Late by ${invoice.overdueDays} days`}</Status> : <span className="text-muted">{t`Due`} <DateText day={invoice.dueOn!} relative /></span>}</span>
            <Money value={invoice.open} />
          </CompanyLink>
        </li>
      ))}
    </ul>
  )
}

export function CustomerDetail({ customer }: { readonly customer: Customer }) {
  const { t, i18n } = useLingui()
  const { may } = useCompany()
  const place = [customer.address, [customer.postalCode, customer.city].filter(Boolean).join(' '), customer.country === 'FR' ? null : new Intl.DisplayNames([i18n.locale], { type: 'region' }).of(customer.country)].filter(Boolean)
  return (
    <div>
      <div className="mb-5 flex flex-wrap items-end gap-x-10 gap-y-2">
        <div><p className="text-xs text-muted">{t`Left to pay`}</p><p className="text-title font-semibold"><Money value={customer.open} /></p></div>
        <div><p className="text-xs text-muted">{t`Of which late`}</p><p className={isZero(customer.overdue) ? 'text-title font-semibold' : 'text-title font-semibold text-red'}><Money value={customer.overdue} /></p></div>
      </div>
      {may('invoice.read') ? (
        <section aria-label={t`Open invoices`} className="mb-6 border-t border-line pt-4">
          <div className="mb-2 flex items-baseline justify-between gap-3">
            <h3 className="text-sm font-semibold">{t`Open invoices`}</h3>
            <CompanyLink to="ventes/factures" search={{ client: customer.id }} className="text-sm">{t`All invoices`}</CompanyLink>
          </div>
          <OpenInvoices customer={customer} />
        </section>
      ) : null}
      <section aria-label={t`Contact details`} className="border-t border-line pt-4">
        <Facts items={[
          { name: t`Code`, value: may('ledger.read') ? <CompanyLink to="compta/comptes/411000" search={{ tiers: customer.code }} className="figures">{customer.code}</CompanyLink> : customer.code },
          { name: 'SIREN', value: customer.siren ? <span className="figures">{formatSiren(customer.siren)}</span> : null },
          { name: t`VAT number`, value: customer.vatNumber },
          { name: t`E-mail`, value: customer.email ? <a className="text-accent underline-offset-2 hover:underline" href={`mailto:${customer.email}`}>{customer.email}</a> : null },
          { name: t`Address`, value: place.length > 0 ? place.map((line) => <span key={line} className="block">{line}</span>) : null },
          { name: 'IBAN', value: customer.iban ? <span className="figures">{formatIban(customer.iban)}</span> : null },
          { name: t`Days to pay`, value: customer.paymentDays === 0 ? t`On receipt` : t`${customer.paymentDays} days` },
          { name: t`Documents in`, value: customer.language === 'fr' ? 'Français' : 'English' },
        ]}
        />
      </section>
    </div>
  )
}
