import { useLingui } from '@lingui/react/macro'
import { Link as RouterLink } from '@tanstack/react-router'
import type { CSSProperties, ReactNode } from 'react'
import { Checkbox } from '../checkbox.tsx'
import { classes } from '../classes.ts'
import type { Column, PhonePlace } from './columns.ts'

export type RowViewProps<Row> = {
  readonly row: Row
  readonly id: string
  readonly index: number
  readonly columns: readonly Column<Row>[]
  readonly template: string
  readonly style: CSSProperties
  readonly active: boolean
  readonly open: boolean
  readonly compact: boolean
  readonly address: string | undefined
  readonly clickable: boolean
  readonly onClick: () => void
  /** Undefined when rows cannot be selected. */
  readonly selected: boolean | undefined
  readonly onSelect: (selected: boolean) => void
}

const ALIGN = { left: 'text-left', right: 'text-right', center: 'text-center' } as const

function rowClass({ active, open, selected, clickable }: { active: boolean; open: boolean; selected: boolean | undefined; clickable: boolean }): string {
  return classes(
    'absolute inset-x-0 border-b border-line',
    clickable && 'cursor-pointer',
    selected ? 'bg-accent-soft' : open || active ? 'bg-sunken' : 'hover:bg-sunken',
    // The focus stays on the grid, which names its current row to a screen reader: the ring is drawn on that row.
    active && 'shadow-[inset_2px_0_0_var(--accent)] outline-accent -outline-offset-2 group-focus-visible/grid:outline-2',
  )
}

function Opener({ address, children }: { readonly address: string | undefined; readonly children: ReactNode }) {
  if (address === undefined) return <>{children}</>
  return <RouterLink to={address as never} search={true as never} tabIndex={-1} onClick={(event) => event.stopPropagation()} className="text-inherit">{children}</RouterLink>
}

/** A row on a desk: one line, one cell a column. The first column carries the link, for a middle click and for hover. */
export function DeskRow<Row>(props: RowViewProps<Row>) {
  const { t } = useLingui()
  const { row, id, index, columns, template, style, compact, address, clickable, onClick, selected, onSelect } = props
  return (
    <div role="row" id={id} aria-rowindex={index + 2} aria-selected={selected} style={{ ...style, gridTemplateColumns: template }} onClick={onClick} className={classes('grid', rowClass(props))}>
      {selected === undefined ? null : (
        <div role="gridcell" className="flex items-center justify-center" onClick={(event) => event.stopPropagation()}>
          <Checkbox label={t`Select this row`} labelHidden checked={selected} onChange={onSelect} />
        </div>
      )}
      {columns.map((column, place) => (
        <div key={column.id} role="gridcell" className={classes('min-w-0 truncate px-3 text-sm first:pl-6 last:pr-6', compact ? 'leading-7' : 'leading-9', ALIGN[column.align ?? 'left'])}>
          {place === 0 && clickable ? <Opener address={address}>{column.cell(row)}</Opener> : column.cell(row)}
        </div>
      ))}
    </div>
  )
}

function cellsAt<Row>(columns: readonly Column<Row>[], place: PhonePlace): readonly Column<Row>[] {
  return columns.filter((column) => (column.phone ?? 'detail') === place)
}

/** The same row on a phone: what and how much, then where it stands. */
export function PhoneRow<Row>(props: RowViewProps<Row>) {
  const { t } = useLingui()
  const { row, id, index, columns, style, address, onClick, selected, onSelect } = props
  const part = (place: PhonePlace) => cellsAt(columns, place).map((column) => <span key={column.id} className={column.firm ? 'shrink-0' : 'min-w-0 truncate'}>{column.cell(row)}</span>)
  return (
    <div role="row" id={id} aria-rowindex={index + 2} aria-selected={selected} style={style} onClick={onClick} className={classes('flex items-center gap-3 px-4', rowClass(props))}>
      {selected === undefined ? null : (
        <div role="gridcell" onClick={(event) => event.stopPropagation()}><Checkbox label={t`Select this row`} labelHidden checked={selected} onChange={onSelect} /></div>
      )}
      <div role="gridcell" className="min-w-0 flex-1">
        <div className="flex items-baseline gap-3">
          <span className="min-w-0 flex-1 truncate font-medium"><Opener address={address}>{part('title')}</Opener></span>
          <span className="shrink-0">{part('amount')}</span>
        </div>
        <div className="flex items-baseline gap-3 text-sm text-muted">
          <span className="flex min-w-0 flex-1 gap-2 overflow-hidden whitespace-nowrap">{part('detail')}</span>
          <span className="shrink-0">{part('status')}</span>
        </div>
      </div>
    </div>
  )
}
