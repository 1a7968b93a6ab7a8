import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { BankAccount } from '../../../contract/banking.ts'
import { DateText, Money, Status, type Column } from '../../ui/index.ts'
import { InstitutionMark, useAccountType } from './account-words.tsx'
import { groupIban } from './iban.ts'

/** The columns of the list of bank accounts. */
export function useAccountColumns(): readonly Column<BankAccount>[] {
  const { t } = useLingui()
  const typeWords = useAccountType()
  return useMemo((): readonly Column<BankAccount>[] => [
    { id: 'name', header: t`Account`, width: 200, grow: 1, phone: 'title', cell: (row) => <span title={row.name} className="flex min-w-0 items-center gap-2"><InstitutionMark institution={row.institution} /><span className="truncate">{row.name}</span>{row.archivedOn ? <span className="text-xs text-muted">{t`archived`}</span> : null}</span> },
    { id: 'type', header: t`Kind`, width: 150, phone: 'hidden', cell: (row) => <span className="text-muted">{typeWords(row.type)}</span> },
    { id: 'iban', header: t`IBAN`, width: 268, phone: 'detail', cell: (row) => <span className="figures text-muted">{row.iban ? groupIban(row.iban) : row.bankWriting ?? '—'}</span> },
    { id: 'last', header: t`Last line`, width: 116, phone: 'hidden', cell: (row) => row.lastLineOn ? <DateText day={row.lastLineOn} /> : <span className="text-muted">—</span> },
    { id: 'agrees', header: t`With the bank`, width: 140, phone: 'status', cell: (row) => <Agreement account={row} /> },
    { id: 'treat', header: t`To treat`, width: 84, align: 'right', phone: 'hidden', cell: (row) => <span className={row.toTreat > 0 ? 'figures text-amber' : 'figures text-muted'}>{row.toTreat}</span> },
    { id: 'balance', header: t`Balance`, width: 140, align: 'right', phone: 'amount', cell: (row) => <Money value={row.balance} className="font-medium" /> },
  ], [typeWords, t])
}

/** Whether our balance is the bank's on the last day it stated one. */
export function Agreement({ account }: { readonly account: BankAccount }) {
  const { t } = useLingui()
  if (account.manual) return <Status tone="grey">{t`By hand`}</Status>
  if (!account.statedBalance) return <Status tone="grey">{t`Not stated`}</Status>
  return account.statedBalance.agrees ? <Status tone="green">{t`Same balance`}</Status> : <Status tone="red">{t`Gap to explain`}</Status>
}
