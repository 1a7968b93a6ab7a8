import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { Merchant } from '../../../contract/merchants.ts'
import { formatSiren } from '../../lib/format.ts'
import { DateText, Money, type Column } from '../../ui/index.ts'

/** The columns of the merchants; beside an open panel only those that tell one from another. */
export function useMerchantColumns({ narrow }: { readonly narrow: boolean }): readonly Column<Merchant>[] {
  const { t } = useLingui()
  return useMemo(() => {
    const columns: Column<Merchant>[] = [
      { id: 'name', header: t`Merchant`, width: 200, grow: 1, phone: 'title', cell: (row) => <span title={row.name}>{row.name}</span> },
      { id: 'siren', header: 'SIREN', width: 128, phone: 'hidden', cell: (row) => row.siren ? <span className="figures text-muted">{formatSiren(row.siren)}</span> : <span className="text-muted">—</span> },
      { id: 'made', header: t`Known from`, width: 150, phone: 'hidden', cell: (row) => <span className="text-muted">{row.madeBy === 'rule' ? t`labels` : t`a person`}</span> },
      { id: 'last', header: t`Last line`, width: 128, phone: 'detail', cell: (row) => row.lastOn ? <DateText day={row.lastOn} /> : <span className="text-muted">—</span> },
      { id: 'count', header: t`Lines`, width: 90, align: 'right', phone: 'status', cell: (row) => <span className="figures">{row.lineCount}</span> },
      { id: 'total', header: t`Total`, width: 150, align: 'right', phone: 'amount', cell: (row) => row.totals.length === 0 ? <span className="text-muted">—</span> : <span>{row.totals.slice(0, 2).map((total) => <Money key={total.currency} value={total} className="ml-2" />)}</span> },
    ]
    return narrow ? columns.filter(({ id }) => id === 'name' || id === 'count' || id === 'total') : columns
  }, [narrow, t])
}
