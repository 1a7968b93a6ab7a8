import { useLingui } from '@lingui/react/macro'
import type { CSSProperties } from 'react'
import type { Company } from '../../../contract/identity.ts'
import { currency as currencyOf } from '../../../core/kernel/currency.ts'
import { formatAmount } from '../../../core/kernel/money.ts'
import { formatPercent } from '../../../core/kernel/rate.ts'
import { digitsOf } from '../../lib/amounts.ts'
import { formatSiren } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { DateText, Money } from '../../ui/index.ts'
import { dueDayOf, isBlank, readNumber, type Computed, type Draft } from './draft.ts'
import { useDecimal } from './invoice-lines.tsx'

/** A document stays white and black in the dark theme: it is what the customer will read. */
const PAPER = {
  '--paper': '#ffffff', '--surface': '#ffffff', '--sunken': '#f3f3ef', '--ink': '#17181c', '--muted': '#5d6069', '--line': '#e5e5df', '--line-strong': '#c6c6be', '--accent': '#2f46c9', colorScheme: 'light',
} as CSSProperties

export type PaperProps = { readonly draft: Draft; readonly computed: Computed; readonly company: Company | undefined; readonly number: string | null; readonly today: string }

function Seller({ company }: { readonly company: Company | undefined }) {
  const { t } = useLingui()
  if (!company) return null
  return (
    <div>
      <p className="text-lead font-semibold">{company.name}</p>
      {company.address ? <p>{company.address}</p> : null}
      {company.postalCode || company.city ? <p>{[company.postalCode, company.city].filter(Boolean).join(' ')}</p> : null}
      {company.siren ? <p className="mt-1 text-xs text-muted">SIREN <span className="figures">{formatSiren(company.siren)}</span></p> : <p className="mt-1 text-xs text-red">{t`SIREN missing: fill it in under Settings`}</p>}
      {company.vatNumber ? <p className="text-xs text-muted">{t`VAT number`} {company.vatNumber}</p> : null}
    </div>
  )
}

function Buyer({ customer }: { readonly customer: Draft['customer'] }) {
  const { t } = useLingui()
  return (
    <div className="min-h-24">
      <p className="text-xs text-muted">{t`Billed to`}</p>
      {customer ? (
        <>
          <p className="font-semibold">{customer.name}</p>
          {customer.address ? <p>{customer.address}</p> : null}
          {customer.postalCode || customer.city ? <p>{[customer.postalCode, customer.city].filter(Boolean).join(' ')}</p> : null}
          {customer.siren ? <p className="mt-1 text-xs text-muted">SIREN <span className="figures">{formatSiren(customer.siren)}</span></p> : null}
          {customer.vatNumber ? <p className="text-xs text-muted">{t`VAT number`} {customer.vatNumber}</p> : null}
        </>
      ) : <p className="text-muted">{t`Choose a customer`}</p>}
    </div>
  )
}

function PaperLines({ draft, computed, currency }: { readonly draft: Draft; readonly computed: Computed; readonly currency: string }) {
  const { t } = useLingui()
  const decimal = useDecimal()
  const shown = draft.lines.filter((line) => !isBlank(line))
  return (
    <table className="mt-6 w-full text-sm">
      <thead>
        <tr className="border-b border-line-strong text-left text-xs text-muted">
          <th scope="col" className="py-1.5 pr-3 font-medium">{t`Description`}</th>
          <th scope="col" className="py-1.5 pl-3 text-right font-medium">{t`Quantity`}</th>
          <th scope="col" className="py-1.5 pl-3 text-right font-medium">{t`Price`}</th>
          <th scope="col" className="py-1.5 pl-3 text-right font-medium">{t`VAT`}</th>
          <th scope="col" className="py-1.5 pl-3 text-right font-medium">{t`Before tax`}</th>
        </tr>
      </thead>
      <tbody>
        {shown.length === 0 ? <tr><td colSpan={5} className="py-4 text-center text-muted">{t`The lines appear here as you type.`}</td></tr> : null}
        {shown.map((line) => {
          const net = computed.netByKey.get(line.key)
          const quantity = readNumber(line.quantity)
          const price = readNumber(line.unitPrice)
          return (
            <tr key={line.key} className="border-b border-line align-top">
              <td className="py-2 pr-3 break-words whitespace-pre-line">{line.description}</td>
              <td className="figures py-2 pl-3 text-right">{quantity === undefined ? '—' : decimal(quantity)}</td>
              <td className="figures py-2 pl-3 text-right">{price === undefined ? '—' : decimal(price, digitsOf(currency))}</td>
              <td className="figures py-2 pl-3 text-right whitespace-nowrap">{decimal(line.vatRate)} %</td>
              <td className="py-2 pl-3 text-right">{net === undefined ? '—' : <Money value={{ amount: formatAmount(net, currencyOf(currency)), currency }} bare />}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function PaperTotals({ computed, currency }: { readonly computed: Computed; readonly currency: string }) {
  const { t } = useLingui()
  const decimal = useDecimal()
  const of = (minor: bigint) => ({ amount: formatAmount(minor, currencyOf(currency)), currency })
  const { totals } = computed
  return (
    <table className="mt-4 ml-auto text-sm">
      <tbody>
        <tr><th scope="row" className="py-1 pr-8 text-left font-normal">{t`Total before tax`}</th><td className="py-1 text-right"><Money value={of(totals.net)} /></td></tr>
        {totals.vat.map((share) => (
          <tr key={`${share.vatRate} ${share.nature}`}>
            <th scope="row" className="py-1 pr-8 text-left font-normal">{t`VAT`} {decimal(formatPercent(share.vatRate))} % <span className="text-muted">{t`on`} <Money value={of(share.basis)} /></span></th>
            <td className="py-1 text-right"><Money value={of(share.amount)} /></td>
          </tr>
        ))}
        <tr className="border-t border-ink text-lead font-semibold"><th scope="row" className="py-2 pr-8 text-left font-semibold">{t`Total to pay`}</th><td className="py-2 text-right"><Money value={of(totals.gross)} /></td></tr>
      </tbody>
    </table>
  )
}

/** The document as it will be, from what is typed so far: the same totals and the same mentions as the server's. */
export function InvoicePaper({ draft, computed, company, number, today }: PaperProps) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const currency = company?.currency ?? 'EUR'
  const due = dueDayOf(draft, today)
  return (
    <article aria-label={t`The document as it will be`} style={PAPER} className="mx-auto w-full max-w-[44rem] rounded-sm border border-line bg-surface p-6 text-ink shadow-lift desk:min-h-[52rem] desk:p-10">
      <div className="flex flex-wrap justify-between gap-6 text-sm">
        <Seller company={company} />
        <div className="text-right">
          <p className="text-title font-semibold">{t`Invoice`}</p>
          <p className="figures">{number ?? <span className="text-muted">{t`Number given at issue`}</span>}</p>
          <p className="mt-2">{t`Date:`} <DateText day={draft.issuedOn || today} /></p>
          {due ? <p>{t`To pay by:`} <DateText day={due} className="figures font-semibold" /></p> : null}
          {draft.orderReference ? <p className="max-w-60 truncate">{t`Your order:`} {draft.orderReference}</p> : null}
        </div>
      </div>
      <div className="mt-8 ml-auto w-full max-w-72 text-sm"><Buyer customer={draft.customer} /></div>
      <PaperLines draft={draft} computed={computed} currency={currency} />
      <PaperTotals computed={computed} currency={currency} />
      {draft.note.trim() ? <p className="mt-6 text-sm whitespace-pre-line">{draft.note}</p> : null}
      <div className="mt-8 space-y-0.5 border-t border-line pt-3 text-xs text-muted">
        {computed.mentions.map((mention) => <p key={mention.code}>{`${mention.text[locale]}.`}</p>)}
      </div>
    </article>
  )
}
