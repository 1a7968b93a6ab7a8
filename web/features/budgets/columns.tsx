import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { Budget } from '../../../contract/budgets.ts'
import { isNegative } from '../../lib/amounts.ts'
import { Money, Status, type Column } from '../../ui/index.ts'
import { BudgetBar } from './budget-bar.tsx'
import { PERIOD_WORDS, STATES } from './words.ts'

export function useBudgetColumns({ narrow }: { readonly narrow: boolean }): readonly Column<Budget>[] {
  const { t, i18n } = useLingui()
  return useMemo(() => {
    const dash = <span className="text-muted">—</span>
    const name: Column<Budget> = { id: 'name', header: t`Budget`, width: 150, grow: 2, phone: 'title', cell: (row) => <span title={row.name} className="font-medium">{row.name}</span> }
    const category: Column<Budget> = { id: 'category', header: t`Category`, width: 130, grow: 1, phone: 'hidden', cell: (row) => <span className="text-muted">{row.categoryName ?? t`All spending`}</span> }
    const period: Column<Budget> = { id: 'period', header: t`Period`, width: 120, phone: 'hidden', cell: (row) => <span className="text-muted">{i18n._(PERIOD_WORDS[row.period])}</span> }
    const bar: Column<Budget> = { id: 'bar', header: t`Progress`, width: 130, grow: 2, phone: 'hidden', cell: (row) => row.current ? <span className="flex h-full items-center"><BudgetBar figures={row.current} label={row.name} /></span> : dash }
    const spent: Column<Budget> = { id: 'spent', header: t`Spent`, width: 116, align: 'right', phone: 'detail', cell: (row) => row.current ? <Money value={row.current.spent} /> : dash }
    const expected: Column<Budget> = { id: 'expected', header: t`Expected`, width: 116, align: 'right', phone: 'hidden', cell: (row) => row.current ? <Money value={row.current.expected} className="text-muted" /> : dash }
    const available: Column<Budget> = { id: 'available', header: t`Available`, width: 116, align: 'right', phone: 'hidden', cell: (row) => <Money value={row.current?.available ?? row.amount} /> }
    const left: Column<Budget> = { id: 'left', header: t`Left`, width: 116, align: 'right', phone: 'amount', cell: (row) => row.current ? <Money value={row.current.left} className={isNegative(row.current.left) ? 'text-red' : undefined} /> : dash }
    const state: Column<Budget> = {
      id: 'state', header: t`State`, width: 146, phone: 'status',
      cell: (row) => row.current ? <Status tone={STATES[row.current.state].tone}>{i18n._(STATES[row.current.state].words)}</Status> : <Status tone="grey">{t`Not now`}</Status>,
    }
    return narrow ? [name, bar, left, state] : [name, category, period, bar, spent, expected, available, left, state]
  }, [narrow, t, i18n])
}
