import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { Money as MoneyValue } from '../../../contract/common.ts'
import type { InvoiceSummary } from '../../../contract/invoicing.ts'
import { isZero } from '../../lib/amounts.ts'
import { useIsPhone } from '../../lib/media.ts'
import { DateText, Money, type Column } from '../../ui/index.ts'
import { sumsOf } from './list.ts'
import { InvoiceStatus } from './status.tsx'

function Sums({ sums }: { readonly sums: readonly MoneyValue[] }) {
  return <>{sums.map((sum, index) => <span key={sum.currency}>{index > 0 ? ' + ' : ''}<Money value={sum} /></span>)}</>
}

/** The columns of the list; beside an open panel only those that tell one row from another. */
export function useInvoiceColumns(rows: readonly InvoiceSummary[], options: { readonly narrow: boolean; readonly more: boolean }): readonly Column<InvoiceSummary>[] {
  const { t } = useLingui()
  const { narrow, more } = options
  const phone = useIsPhone()
  return useMemo(() => {
    const count = rows.length
    const number: Column<InvoiceSummary> = {
      id: 'number', header: t`Number`, width: 148, phone: 'detail', total: more ? t`${count} shown` : count === 1 ? t`1 invoice` : t`${count} invoices`,
      cell: (row) => row.number ? <span className="figures">{row.number}</span> : <span className="text-muted">{t`No number`}</span>,
    }
    const customer: Column<InvoiceSummary> = { id: 'customer', header: t`Customer`, width: 150, grow: 1, phone: 'title', cell: (row) => <span title={row.customer.name}>{row.customer.name}</span> }
    const issued: Column<InvoiceSummary> = { id: 'issued', header: t`Date`, width: 112, phone: 'detail', cell: (row) => row.issuedOn ? <DateText day={row.issuedOn} /> : <span className="text-muted">—</span> }
    const due: Column<InvoiceSummary> = { id: 'due', header: t`Due`, width: 112, phone: 'hidden', cell: (row) => row.dueOn ? <DateText day={row.dueOn} className={row.overdueDays > 0 ? 'figures text-red' : 'figures'} /> : <span className="text-muted">—</span> }
    const status: Column<InvoiceSummary> = { id: 'status', header: t`Status`, width: 176, phone: 'status', cell: (row) => <InvoiceStatus invoice={row} /> }
    const net: Column<InvoiceSummary> = { id: 'net', header: t`Before tax`, width: 124, align: 'right', phone: 'hidden', cell: (row) => <Money value={row.net} />, total: phone ? undefined : <Sums sums={sumsOf(rows, (row) => row.net)} /> }
    const gross: Column<InvoiceSummary> = { id: 'gross', header: t`With tax`, width: 124, align: 'right', phone: 'amount', cell: (row) => <Money value={row.gross} />, total: <Sums sums={sumsOf(rows, (row) => row.gross)} /> }
    const open: Column<InvoiceSummary> = {
      id: 'open', header: t`Left to pay`, width: 124, align: 'right', phone: 'hidden', cell: (row) => isZero(row.open) ? <span className="text-muted">—</span> : <Money value={row.open} className="font-medium" />,
      total: <Sums sums={sumsOf(rows, (row) => row.open)} />,
    }
    return narrow ? [number, customer, status, gross] : [number, customer, issued, due, status, net, gross, open]
  }, [rows, narrow, more, phone, t])
}
