import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { TrialBalance } from '../../../contract/ledger.ts'
import { isZero, subtract } from '../../lib/amounts.ts'
import { useCompany } from '../../lib/company.tsx'
import { useIsPhone } from '../../lib/media.ts'
import { BookAmount, DataGrid, Link, Money, type Column } from '../../ui/index.ts'
import { sumSides, type BalanceItem, type Sides } from './balance-rows.ts'
import { CLASS_LABELS } from './class-labels.ts'

const SIDES: readonly (keyof Sides)[] = ['openingDebit', 'openingCredit', 'debit', 'credit', 'closingDebit', 'closingCredit']

export type BalanceGridProps = {
  readonly items: readonly BalanceItem[]
  readonly balance: TrialBalance
  /** The search to carry to the account, so that the same year opens. */
  readonly carry: Readonly<Record<string, string | undefined>>
  readonly onOpen: (item: BalanceItem) => void
}

function useColumns({ items, balance, carry }: Omit<BalanceGridProps, 'onOpen'>): readonly Column<BalanceItem>[] {
  const { t, i18n } = useLingui()
  const { at } = useCompany()
  const phone = useIsPhone()
  return useMemo(() => {
    const { currency } = balance
    const totals = sumSides(items.filter(({ kind }) => kind === 'account'), currency)
    const heads: Readonly<Record<keyof Sides, string>> = {
      openingDebit: t`Opening, debit`, openingCredit: t`Opening, credit`, debit: t`Debit`, credit: t`Credit`, closingDebit: t`Balance, debit`, closingCredit: t`Balance, credit`,
    }
    const amounts = SIDES.map((side): Column<BalanceItem> => ({
      id: side, header: heads[side], width: 128, align: 'right', phone: 'hidden',
      cell: (item) => <span className={item.kind === 'class' ? 'font-semibold' : undefined}><BookAmount amount={item[side]} currency={currency} /></span>,
      total: phone && (side === 'openingDebit' || side === 'openingCredit') && isZero(totals[side]) ? undefined : <BookAmount amount={totals[side]} currency={currency} />,
    }))
    const account: Column<BalanceItem> = {
      id: 'account', header: t`Account`, width: 108, phone: 'detail',
      cell: (item) => item.kind === 'class'
        ? <span className="font-semibold">{t`Class ${item.digit}`}</span>
        : <Link look="bare" to={at(`compta/comptes/${item.account}`)} search={carry} onClick={(event) => event.stopPropagation()} tabIndex={-1} className="figures">{item.account}</Link>,
    }
    const label: Column<BalanceItem> = {
      id: 'label', header: t`Label`, width: 200, grow: 1, phone: 'title', total: phone ? undefined : t`Total`,
      cell: (item) => item.kind === 'class' ? <span className="font-semibold">{CLASS_LABELS[item.digit] ? i18n._(CLASS_LABELS[item.digit]!) : ''}</span> : <span title={item.label}>{item.label}</span>,
    }
    // A phone has room for one amount: the closing balance, a credit one being negative.
    const closing: Column<BalanceItem> = {
      id: 'closing', header: t`Balance`, width: 128, align: 'right', phone: 'amount',
      cell: (item) => <Money value={{ amount: subtract(item.closingDebit, item.closingCredit, currency), currency }} bare />,
    }
    return phone ? [account, label, closing, ...amounts] : [account, label, ...amounts]
  }, [items, balance, carry, phone, at, t, i18n])
}

/** Every account of the year; Enter or a click opens its lines. */
export function BalanceGrid(props: BalanceGridProps) {
  const { t } = useLingui()
  const columns = useColumns(props)
  return <DataGrid label={t`Trial balance`} rows={props.items} columns={columns} rowId={(item) => (item.kind === 'class' ? `class ${item.digit}` : item.account)} onOpen={props.onOpen} />
}
