import { useLingui } from '@lingui/react/macro'
import type { Invoice } from '../../../contract/invoicing.ts'
import { digitsOf } from '../../lib/amounts.ts'
import { formatDecimal } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { Money } from '../../ui/index.ts'

/** A decimal as people write it, with the digits it has. */
export function useDecimal(): (text: string, least?: number) => string {
  const { locale } = usePreferences()
  return (text, least = 0) => formatDecimal(text, Math.max(least, text.split('.')[1]?.length ?? 0), locale)
}

/** What was sold, line by line, then how the total is made. */
export function InvoiceLines({ invoice }: { readonly invoice: Invoice }) {
  const { t } = useLingui()
  const decimal = useDecimal()
  const digits = digitsOf(invoice.gross.currency)
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{t`Lines of the invoice`}</caption>
      <thead>
        <tr className="border-b border-line-strong text-left text-xs text-muted">
          <th scope="col" className="py-1.5 pr-3 font-medium">{t`Description`}</th>
          <th scope="col" className="py-1.5 pl-3 text-right font-medium">{t`Quantity × price`}</th>
          <th scope="col" className="py-1.5 pl-3 text-right font-medium">{t`Before tax`}</th>
        </tr>
      </thead>
      <tbody>
        {invoice.lines.map((line) => (
          <tr key={line.n} className="border-b border-line align-top">
            <td className="py-2 pr-3 break-words">{line.description}<span className="block text-xs text-muted">{line.nature === 'goods' ? t`Goods` : t`Services`} · {t`VAT`} {decimal(line.vatRate)} %</span></td>
            <td className="figures py-2 pl-3 text-right whitespace-nowrap">{decimal(line.quantity)} × {decimal(line.unitPrice, digits)}</td>
            <td className="py-2 pl-3 text-right"><Money value={line.net} bare /></td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function InvoiceTotalsTable({ invoice }: { readonly invoice: Invoice }) {
  const { t } = useLingui()
  const decimal = useDecimal()
  return (
    <table className="mt-2 ml-auto text-sm">
      <caption className="sr-only">{t`How the total is made`}</caption>
      <tbody>
        <tr><th scope="row" className="py-1 pr-6 text-left font-normal text-muted">{t`Total before tax`}</th><td className="py-1 text-right"><Money value={invoice.net} /></td></tr>
        {invoice.vatBreakdown.map((share) => (
          <tr key={`${share.rate} ${share.nature}`}>
            <th scope="row" className="py-1 pr-6 text-left font-normal text-muted">{t`VAT`} {decimal(share.rate)} % · {share.nature === 'goods' ? t`Goods` : t`Services`} <span className="whitespace-nowrap">({t`on`} <Money value={share.basis} />)</span></th>
            <td className="py-1 text-right align-bottom"><Money value={share.amount} /></td>
          </tr>
        ))}
        <tr className="border-t border-line-strong font-semibold"><th scope="row" className="py-1.5 pr-6 text-left font-semibold">{t`Total with tax`}</th><td className="py-1.5 text-right"><Money value={invoice.gross} /></td></tr>
      </tbody>
    </table>
  )
}
