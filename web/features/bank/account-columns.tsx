import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { BankAccount } from '../../../contract/banking.ts'
import { DateText, Money, Status, type Column } from '../../ui/index.ts'
import { groupIban } from './iban.ts'

/** The columns of the list of bank accounts. */
export function useAccountColumns({ narrow }: { readonly narrow: boolean }): readonly Column<BankAccount>[] {
  const { t } = useLingui()
  return useMemo(() => {
    const columns: Column<BankAccount>[] = [
      { id: 'name', header: t`Account`, width: 160, grow: 1, phone: 'title', cell: (row) => <span title={row.name}>{row.name}</span> },
      { id: 'iban', header: t`IBAN`, width: 300, phone: 'detail', cell: (row) => <span className="figures text-muted">{row.iban ? groupIban(row.iban) : row.bankWriting ?? '—'}</span> },
      { id: 'ledger', header: t`Ledger`, width: 112, phone: 'hidden', cell: (row) => <span className="figures">{row.ledgerAccount}</span> },
      { id: 'last', header: t`Last line`, width: 156, phone: 'hidden', cell: (row) => row.lastLineOn ? <DateText day={row.lastLineOn} /> : <span className="text-muted">—</span> },
      { id: 'agrees', header: t`With the bank`, width: 150, phone: 'status', cell: (row) => <Agreement account={row} /> },
      { id: 'treat', header: t`To treat`, width: 84, align: 'right', phone: 'hidden', cell: (row) => <span className="figures">{row.toTreat}</span> },
      { id: 'balance', header: t`Balance`, width: 140, align: 'right', phone: 'amount', cell: (row) => <Money value={row.balance} className="font-medium" /> },
    ]
    // Beside an open panel, what tells one account from another.
    return narrow ? columns.filter(({ id }) => id === 'name' || id === 'iban' || id === 'balance') : columns
  }, [narrow, t])
}

/** Whether our balance is the bank's on the last day it stated one. */
export function Agreement({ account }: { readonly account: BankAccount }) {
  const { t } = useLingui()
  if (!account.statedBalance) return <Status tone="grey">{t`Not stated`}</Status>
  return account.statedBalance.agrees ? <Status tone="green">{t`Same balance`}</Status> : <Status tone="red">{t`Gap to explain`}</Status>
}
