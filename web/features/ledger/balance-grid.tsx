import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { TrialBalance } from '../../../contract/ledger.ts'
import { isNegative, isZero, subtract } from '../../lib/amounts.ts'
import { useCompany } from '../../lib/company.tsx'
import { useIsPhone } from '../../lib/media.ts'
import { BookAmount, DataGrid, Link, type Column } from '../../ui/index.ts'
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
      id: side, header: heads[side], width: side === 'closingCredit' ? 146 : 134, align: 'right', phone: 'hidden',
      cell: (item) => <span className={item.kind === 'class' ? 'font-semibold' : undefined}><BookAmount amount={item[side]} currency={currency} /></span>,
      total: <BookAmount amount={totals[side]} currency={currency} />,
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
    // A phone has room for one amount: the closing balance, with the letter of its side as in the books.
    const closing: Column<BalanceItem> = {
      id: 'closing', header: t`Balance`, width: 128, align: 'right', phone: 'amount',
      cell: (item) => <SideAmount debit={item.closingDebit} credit={item.closingCredit} currency={currency} />,
    }
    const pairs = ([['opening', t`Brought forward`, 'openingDebit', 'openingCredit'], ['moves', t`Movements`, 'debit', 'credit'], ['balances', t`Closing balances`, 'closingDebit', 'closingCredit']] as const)
      .filter(([, , debit, credit]) => !isZero(totals[debit]) || !isZero(totals[credit]))
      .map(([id, header, debit, credit]): Column<BalanceItem> => ({ id, header, width: 128, align: 'right', phone: 'hidden', cell: () => null, total: <PairTotal debit={totals[debit]} credit={totals[credit]} currency={currency} /> }))
    return phone ? [account, label, closing, ...pairs] : [account, label, ...amounts]
  }, [items, balance, carry, phone, at, t, i18n])
}

function SideLetter({ side }: { readonly side: 'debit' | 'credit' }) {
  const { t } = useLingui()
  return <abbr title={side === 'debit' ? t`debit` : t`credit`} className="text-xs font-normal text-muted">{side === 'debit' ? t`Dr` : t`Cr`}</abbr>
}

/** A balance and the side it stands on: "1 234,56 D". */
function SideAmount({ debit, credit, currency }: { readonly debit: string; readonly credit: string; readonly currency: string }) {
  const net = subtract(debit, credit, currency)
  if (isZero(net)) return <BookAmount amount={net} currency={currency} />
  const side = isNegative(net) ? 'credit' : 'debit'
  return <span className="inline-flex items-baseline gap-1.5"><BookAmount amount={net.replace('-', '')} currency={currency} /><SideLetter side={side} /></span>
}

/** The two totals of a pair of columns on one line; one amount when they agree, as they do over all accounts. */
function PairTotal({ debit, credit, currency }: { readonly debit: string; readonly credit: string; readonly currency: string }) {
  const { t } = useLingui()
  if (isZero(subtract(debit, credit, currency))) return <span className="inline-flex items-baseline gap-1.5"><span className="text-xs font-normal text-muted">{t`debit = credit`}</span><BookAmount amount={debit} currency={currency} /></span>
  return <span className="inline-flex items-baseline gap-1.5"><BookAmount amount={debit} currency={currency} /><SideLetter side="debit" /><BookAmount amount={credit} currency={currency} /><SideLetter side="credit" /></span>
}

/** Every account of the year; Enter or a click opens its lines. */
export function BalanceGrid(props: BalanceGridProps) {
  const { t } = useLingui()
  const columns = useColumns(props)
  return <DataGrid label={t`Trial balance`} rows={props.items} columns={columns} rowId={(item) => (item.kind === 'class' ? `class ${item.digit}` : item.account)} onOpen={props.onOpen} />
}
