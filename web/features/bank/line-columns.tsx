import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { BankLine } from '../../../contract/banking.ts'
import type { Category } from '../../../contract/categories.ts'
import type { Proposal } from '../../../contract/reconciliation.ts'
import { DateText, Money, type Column } from '../../ui/index.ts'
import { LineProposal } from './line-proposal.tsx'
import { LineStatus } from './status.tsx'

export type LineColumnOptions = {
  readonly narrow: boolean
  /** Undefined when there is one account only: every row would say the same. */
  readonly accountName: ((id: string) => string) | undefined
  readonly proposalOf: (line: BankLine) => Proposal | undefined
  readonly categoryOf: (id: string) => Category | undefined
  /** The account of the other half of an internal transfer that is proposed for the line. */
  readonly transferOf: (lineId: string) => string | undefined
}

/** The name people know a line by, and what the bank wrote. */
function LabelCell({ line }: { readonly line: BankLine }) {
  if (!line.merchant) return <span title={line.label}>{line.label}</span>
  return <span title={line.label} className="flex min-w-0 items-baseline gap-2"><span className="max-w-[60%] shrink-0 truncate">{line.merchant.name}</span><span className="min-w-0 truncate text-xs text-muted">{line.label}</span></span>
}

/** The columns of bank lines; beside an open panel only those that tell one line from another. */
export function useLineColumns({ narrow, accountName, proposalOf, categoryOf, transferOf }: LineColumnOptions): readonly Column<BankLine>[] {
  const { t } = useLingui()
  return useMemo(() => {
    const date: Column<BankLine> = { id: 'date', header: t`Date`, width: 116, phone: 'detail', firm: true, cell: (row) => <DateText day={row.bookedOn} /> }
    const label: Column<BankLine> = { id: 'label', header: t`Label`, width: 200, grow: 3, phone: 'title', cell: (row) => <LabelCell line={row} /> }
    const account: Column<BankLine> = { id: 'account', header: t`Account`, width: 136, phone: 'hidden', cell: (row) => <span className="text-muted">{accountName?.(row.accountId)}</span> }
    const proposal: Column<BankLine> = { id: 'proposal', header: t`Proposal`, width: 200, grow: 2, phone: 'detail', cell: (row) => <LineProposal line={row} proposal={proposalOf(row)} category={row.category ? categoryOf(row.category.id) : undefined} transfer={transferOf(row.id)} /> }
    const state: Column<BankLine> = { id: 'state', header: t`Status`, width: 128, phone: 'status', cell: (row) => <LineStatus line={row} /> }
    const amount: Column<BankLine> = { id: 'amount', header: t`Amount`, width: 132, align: 'right', phone: 'amount', cell: (row) => <Money value={row.amount} signed /> }
    if (narrow) return [date, label, amount]
    return accountName ? [date, label, account, proposal, state, amount] : [date, label, proposal, state, amount]
  }, [narrow, accountName, proposalOf, categoryOf, transferOf, t])
}
