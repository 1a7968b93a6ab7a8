import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { BankLine } from '../../../contract/banking.ts'
import { isZero } from '../../lib/amounts.ts'
import { DateText, Money, type Column } from '../../ui/index.ts'
import { LineStatus } from './status.tsx'

/** The columns of bank lines; beside an open panel only those that tell one line from another. */
export function useLineColumns(options: { readonly narrow: boolean; readonly accountName: (id: string) => string }): readonly Column<BankLine>[] {
  const { t } = useLingui()
  const { narrow, accountName } = options
  return useMemo(() => {
    const date: Column<BankLine> = { id: 'date', header: t`Date`, width: 120, phone: 'detail', cell: (row) => <DateText day={row.bookedOn} /> }
    const label: Column<BankLine> = { id: 'label', header: t`Label`, width: 180, grow: 1, phone: 'title', cell: (row) => <span title={row.label}>{row.label}</span> }
    const account: Column<BankLine> = { id: 'account', header: t`Account`, width: 160, phone: 'hidden', cell: (row) => <span className="text-muted">{accountName(row.accountId)}</span> }
    const state: Column<BankLine> = { id: 'state', header: t`Status`, width: 140, phone: 'status', cell: (row) => <LineStatus line={row} /> }
    const left: Column<BankLine> = { id: 'left', header: t`Left to treat`, width: 124, align: 'right', phone: 'hidden', cell: (row) => isZero(row.toTreat) ? <span className="text-muted">—</span> : <Money value={row.toTreat} /> }
    const amount: Column<BankLine> = { id: 'amount', header: t`Amount`, width: 130, align: 'right', phone: 'amount', cell: (row) => <Money value={row.amount} signed /> }
    return narrow ? [date, label, amount] : [date, label, account, state, left, amount]
  }, [narrow, accountName, t])
}
