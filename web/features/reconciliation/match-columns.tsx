import { useLingui } from '@lingui/react/macro'
import { Undo2 } from 'lucide-react'
import { useMemo } from 'react'
import type { Match } from '../../../contract/reconciliation.ts'
import { Button, DateText, Money, Status, type Column } from '../../ui/index.ts'

/** The columns of done matches, with the way back in the row. */
export function useMatchColumns(options: { readonly onUndo: ((match: Match) => void) | undefined; readonly busyId: string | undefined }): readonly Column<Match>[] {
  const { t } = useLingui()
  const { onUndo, busyId } = options
  return useMemo(() => {
    const columns: Column<Match>[] = [
      { id: 'date', header: t`Date`, width: 120, phone: 'detail', cell: (row) => <DateText day={row.bookedOn} /> },
      { id: 'label', header: t`Bank line`, width: 200, grow: 2, phone: 'title', cell: (row) => <span title={row.lineLabel}>{row.lineLabel}</span> },
      { id: 'invoices', header: t`Invoices`, width: 190, grow: 1, phone: 'detail', cell: (row) => <span className="figures" title={row.allocations.map((part) => `${part.number} ${part.customerName}`).join('\n')}>{row.allocations.map(({ number }) => number).join(', ')}</span> },
      { id: 'score', header: t`Score`, width: 72, align: 'right', phone: 'hidden', cell: (row) => row.score === null ? <span className="text-muted" title={t`by hand`}>—</span> : <span className="figures">{row.score}</span> },
      { id: 'state', header: t`Status`, width: 160, phone: 'status', cell: (row) => row.status === 'undone' ? <Status tone="grey">{t`Undone`}</Status> : <Status tone="green">{row.automatic ? t`Reconciled by itself` : t`Reconciled`}</Status> },
      { id: 'amount', header: t`Amount`, width: 130, align: 'right', phone: 'amount', cell: (row) => <Money value={row.lineAmount} signed /> },
    ]
    if (!onUndo) return columns
    return [...columns, {
      id: 'undo', header: t`Undo`, headerHidden: true, width: 140, align: 'right', phone: 'hidden',
      cell: (row) => row.status === 'undone' ? null : <Button size="small" tone="quiet" icon={Undo2} className="align-middle" busy={busyId === row.id} onClick={(event) => { event.stopPropagation(); onUndo(row) }}>{t`Undo`}</Button>,
    } satisfies Column<Match>]
  }, [onUndo, busyId, t])
}
