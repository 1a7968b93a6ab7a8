import { useLingui } from '@lingui/react/macro'
import { Check, X } from 'lucide-react'
import { useMemo } from 'react'
import type { Recurring } from '../../../contract/analytics.ts'
import { DateText, IconButton, Money, Status, type Column } from '../../ui/index.ts'
import { firstFlag, FLAGS, PERIOD_WORDS } from './words.ts'

/** What is worth a look, in one word and then in its sentence. */
function Flag({ row }: { readonly row: Recurring }) {
  const { t, i18n } = useLingui()
  const flag = firstFlag(row)
  if (!flag) return row.state === 'ended' ? <Status tone="grey">{t`Ended`}</Status> : null
  return <span className="flex min-w-0 items-baseline gap-2" title={row.flags.map(({ text }) => text).join(' ')}><span className="shrink-0"><Status tone={FLAGS[flag.kind].tone}>{i18n._(FLAGS[flag.kind].words)}</Status></span><span className="min-w-0 truncate text-muted max-desk:hidden">{flag.text}</span></span>
}

export type Decide = (row: Recurring, decision: 'confirmed' | 'dismissed') => void

/** What a person said of it, or the two answers. */
function Answer({ row, onDecide }: { readonly row: Recurring; readonly onDecide: Decide | undefined }) {
  const { t } = useLingui()
  if (row.decision === 'confirmed') return <Status tone="green">{t`Confirmed`}</Status>
  if (row.decision === 'dismissed') return <Status tone="grey">{t`Set aside`}</Status>
  if (!onDecide) return <span className="text-muted">—</span>
  return (
    <span className="flex h-full items-center" onClick={(event) => event.stopPropagation()}>
      <IconButton size="small" icon={Check} label={t`Confirm ${row.name}`} onClick={() => onDecide(row, 'confirmed')} />
      <IconButton size="small" icon={X} label={t`Set ${row.name} aside`} onClick={() => onDecide(row, 'dismissed')} />
    </span>
  )
}

export function useRecurringColumns(onDecide: Decide | undefined): readonly Column<Recurring>[] {
  const { t, i18n } = useLingui()
  return useMemo(() => {
    const dash = <span className="text-muted">—</span>
    const next: Column<Recurring> = { id: 'next', header: t`Next`, width: 122, phone: 'detail', cell: (row) => row.nextOn ? <DateText day={row.nextOn} relative /> : dash }
    const name: Column<Recurring> = { id: 'name', header: t`What`, width: 160, grow: 2, phone: 'title', cell: (row) => <span title={row.name}>{row.name}</span> }
    const category: Column<Recurring> = { id: 'category', header: t`Category`, width: 110, grow: 2, phone: 'hidden', cell: (row) => row.category ? <span className="text-muted" title={row.category.name}>{row.category.name}</span> : dash }
    const period: Column<Recurring> = { id: 'period', header: t`How often`, width: 138, phone: 'hidden', cell: (row) => <span className="text-muted">{i18n._(PERIOD_WORDS[row.period])}</span> }
    const amount: Column<Recurring> = { id: 'amount', header: t`Amount`, width: 116, align: 'right', phone: 'amount', cell: (row) => <Money value={row.direction === 'out' ? { ...row.amount, amount: `-${row.amount.amount}` } : row.amount} signed /> }
    const monthly: Column<Recurring> = { id: 'monthly', header: t`By month`, width: 104, align: 'right', phone: 'hidden', cell: (row) => <Money value={row.monthly} className="text-muted" /> }
    const flags: Column<Recurring> = { id: 'flags', header: t`Worth a look`, width: 210, grow: 3, phone: 'status', cell: (row) => <Flag row={row} /> }
    const decision: Column<Recurring> = { id: 'decision', header: t`Your word`, width: 118, phone: 'hidden', cell: (row) => <Answer row={row} onDecide={onDecide} /> }
    return [name, next, period, amount, monthly, category, flags, decision]
  }, [onDecide, t, i18n])
}
