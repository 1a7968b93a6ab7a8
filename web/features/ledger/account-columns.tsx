import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { AccountLine } from '../../../contract/ledger.ts'
import { sumAmounts } from '../../lib/amounts.ts'
import { BookAmount, DateText, Money, type Column } from '../../ui/index.ts'

export type AccountColumnsOptions = { readonly currency: string; readonly narrow: boolean; readonly more: boolean; readonly onAuxiliary: (code: string) => void }

/** The lines of an account, with the balance after each; beside an open entry, only what tells one line from another. */
export function useAccountColumns(rows: readonly AccountLine[], { currency, narrow, more, onAuxiliary }: AccountColumnsOptions): readonly Column<AccountLine>[] {
  const { t } = useLingui()
  return useMemo(() => {
    const count = rows.length
    const sum = (side: 'debit' | 'credit') => <BookAmount amount={sumAmounts(rows.map((row) => row[side]), currency)} currency={currency} />
    const date: Column<AccountLine> = { id: 'date', header: t`Date`, width: 124, phone: 'detail', cell: (row) => <DateText day={row.date} />, total: more ? t`${count} shown` : count === 1 ? t`1 line` : t`${count} lines` }
    const journal: Column<AccountLine> = { id: 'journal', header: t`Jnl`, width: 56, phone: 'hidden', cell: (row) => <span className="text-muted">{row.journal}</span> }
    const number: Column<AccountLine> = { id: 'number', header: t`Entry`, width: 84, phone: 'hidden', cell: (row) => <span className="figures">{row.entryNumber}</span> }
    const piece: Column<AccountLine> = { id: 'piece', header: t`Supporting document`, width: 124, phone: 'detail', cell: (row) => <span title={row.pieceRef}>{row.pieceRef}</span> }
    const label: Column<AccountLine> = { id: 'label', header: t`Label`, width: 160, grow: 2, phone: 'title', cell: (row) => <span title={row.label}>{row.label}</span> }
    const auxiliary: Column<AccountLine> = {
      id: 'auxiliary', header: t`Third party`, width: 120, grow: 1, phone: 'hidden',
      cell: (row) => row.auxiliary ? <button type="button" tabIndex={-1} title={t`Only the lines of ${row.auxiliary.name}`} className="max-w-full truncate align-top hover:underline" onClick={(event) => { event.stopPropagation(); onAuxiliary(row.auxiliary!.code) }}>{row.auxiliary.name || row.auxiliary.code}</button> : null,
    }
    const debit: Column<AccountLine> = { id: 'debit', header: t`Debit`, width: 112, align: 'right', phone: 'amount', cell: (row) => <BookAmount amount={row.debit} currency={currency} />, total: sum('debit') }
    const credit: Column<AccountLine> = { id: 'credit', header: t`Credit`, width: 112, align: 'right', phone: 'amount', cell: (row) => <BookAmount amount={row.credit} currency={currency} />, total: sum('credit') }
    const last = rows.at(-1)
    const balance: Column<AccountLine> = { id: 'balance', header: t`Balance`, width: 124, align: 'right', phone: 'status', cell: (row) => <Money value={{ amount: row.balance, currency }} bare className="text-muted" />, total: last ? <Money value={{ amount: last.balance, currency }} bare /> : null }
    const letter: Column<AccountLine> = { id: 'letter', header: t`Letter`, width: 72, phone: 'hidden', cell: (row) => row.lettering ? <span className="figures" title={t`Lettered`}>{row.lettering}</span> : null }
    return narrow ? [date, label, debit, credit, balance] : [date, journal, number, piece, label, auxiliary, debit, credit, balance, letter]
  }, [rows, currency, narrow, more, onAuxiliary, t])
}
