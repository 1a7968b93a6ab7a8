import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { createColumnHelper, rowSelectionFeature, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useEffect, useEffectEvent, useId, useImperativeHandle, useLayoutEffect, useMemo, useRef, type RefObject } from 'react'
import { useListNavigation } from '../../lib/list-navigation.ts'
import { useIsPhone } from '../../lib/media.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { Checkbox } from '../checkbox.tsx'
import { classes } from '../classes.ts'
import { layoutOf, type Column, type DataGridProps, type Selection } from './columns.ts'
import { DeskRow, PhoneRow } from './row.tsx'

const ROW = { normal: 36, compact: 28, phone: 58 } as const
const HEAD = 34
const OVERSCAN = 12
/** The next page is asked for when this many rows are left below. */
const AHEAD = 30

const features = tableFeatures({ rowSelectionFeature })
const ALIGN = { left: 'text-left', right: 'text-right', center: 'text-center' } as const

/** The model of the grid: rows, their ids and what is selected. The drawing is below. */
function useGridTable<Row>({ rows, columns, rowId, selection }: Pick<DataGridProps<Row>, 'rows' | 'columns' | 'rowId' | 'selection'>) {
  type Item = { readonly value: Row }
  const data = useMemo(() => rows.map((value): Item => ({ value })), [rows])
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Item>()
    return helper.columns(columns.map((column) => helper.display({ id: column.id, header: column.header })))
  }, [columns])
  const rowSelection = useMemo(() => Object.fromEntries([...(selection?.selected ?? [])].map((id) => [id, true as const])), [selection?.selected])
  return useTable({
    features, data, columns: definitions, getRowId: (item: Item) => rowId(item.value), state: { rowSelection },
    onRowSelectionChange: (updater) => {
      const next = typeof updater === 'function' ? updater(rowSelection) : updater
      selection?.onChange(new Set(Object.keys(next).filter((id) => next[id])))
    },
  })
}

function SortButton({ header, sort, right }: { readonly header: string; readonly sort: NonNullable<Column<unknown>['sort']>; readonly right: boolean }) {
  const Sign = sort.state === 'ascending' ? ArrowUp : ArrowDown
  return (
    <button type="button" onClick={sort.toggle} className={classes('inline-flex max-w-full items-center gap-1 rounded-sm -outline-offset-2 hover:text-ink', sort.state !== 'none' && 'text-ink', right && 'flex-row-reverse')}>
      <span className="truncate">{header}</span><Sign size={12} aria-hidden className={classes('shrink-0', sort.state === 'none' && 'opacity-0')} />
    </button>
  )
}

function Head<Row>({ columns, template, selection, ids }: { readonly columns: readonly Column<Row>[]; readonly template: string; readonly selection: Selection | undefined; readonly ids: readonly string[] }) {
  const { t } = useLingui()
  const chosen = selection ? ids.filter((id) => selection.selected.has(id)).length : 0
  return (
    <div role="row" aria-rowindex={1} style={{ gridTemplateColumns: template, height: HEAD }} className="sticky top-0 z-10 grid items-center border-b border-line-strong bg-paper text-xs text-muted">
      {selection ? (
        <div role="columnheader" className="flex justify-center">
          <Checkbox label={t`Select all the rows shown`} labelHidden checked={ids.length > 0 && chosen === ids.length} mixed={chosen > 0 && chosen < ids.length} onChange={(on) => selection.onChange(new Set(on ? ids : []))} />
        </div>
      ) : null}
      {columns.map((column) => (
        <div key={column.id} role="columnheader" aria-sort={column.sort?.state} className={classes('truncate px-3 font-medium first:pl-6 last:pr-6', ALIGN[column.align ?? 'left'])}>
          {column.sort ? <SortButton header={column.header} sort={column.sort} right={column.align === 'right'} /> : <span className={column.headerHidden ? 'sr-only' : undefined}>{column.header}</span>}
        </div>
      ))}
    </div>
  )
}

function Totals<Row>({ columns, template, phone, selectable }: { readonly columns: readonly Column<Row>[]; readonly template: string; readonly phone: boolean; readonly selectable: boolean }) {
  if (columns.every(({ total }) => total === undefined)) return null
  const shown = columns.filter(({ total }) => total !== undefined)
  if (phone) {
    return (
      <div role="row" className="sticky bottom-0 z-10 border-t border-line-strong bg-paper px-4 py-2 text-sm">
        {shown.map((column) => <div key={column.id} role="gridcell" className="flex justify-between gap-3"><span className="text-muted">{column.align === 'right' ? column.header : ''}</span><span className="font-semibold">{column.total}</span></div>)}
      </div>
    )
  }
  return (
    <div role="row" style={{ gridTemplateColumns: template }} className="sticky bottom-0 z-10 grid border-t border-line-strong bg-paper text-sm font-semibold">
      {selectable ? <div role="gridcell" /> : null}
      {columns.map((column) => <div key={column.id} role="gridcell" className={classes('truncate px-3 leading-9 first:pl-6 last:pr-6', ALIGN[column.align ?? 'left'])}>{column.total}</div>)}
    </div>
  )
}

/** Rows come and go above the current one: the keys stay on the row they were on, and on its place once it is gone. */
function useKeptRow({ ids, active, setActive, control, scroller }: { readonly ids: readonly { readonly id: string }[]; readonly active: number; readonly setActive: (index: number) => void; readonly control: DataGridProps<unknown>['control']; readonly scroller: RefObject<HTMLDivElement | null> }) {
  const before = useRef({ ids, active })
  const wanted = useRef<string>(undefined)
  useLayoutEffect(() => {
    const was = before.current
    before.current = { ids, active }
    if (was.ids === ids) return
    // A shorter list cuts the place down to its end: the row meant is the one of the place before.
    const id = wanted.current ?? was.ids[was.active >= ids.length ? was.active : active]?.id
    const place = id === undefined ? -1 : ids.findIndex((row) => row.id === id)
    if (place >= 0) wanted.current = undefined
    if (place >= 0 && place !== active) setActive(place)
  }, [ids, active])
  useImperativeHandle(control, () => ({
    show: (id) => { wanted.current = id; const at = ids.findIndex((row) => row.id === id); if (at >= 0) { wanted.current = undefined; setActive(at) } },
    move: (step) => setActive(Math.max(0, Math.min(ids.length - 1, active + step))),
    focus: () => scroller.current?.focus({ preventScroll: true }),
  }))
}

/**
 * A list of any length: rows of 36 px (28 compact), head and totals that stay, j/k/Enter/x, selection, the next page
 * fetched ahead; on a phone, rows of two lines. Loading, empty and error states are the caller's (see `QueryGrid`).
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, rows, columns, rowId, to, onOpen, openId, selection, more, height = 'fill', onActive, control } = props
  const { density } = usePreferences()
  const phone = useIsPhone()
  const gridId = useId()
  const navigate = useNavigate()
  const scroller = useRef<HTMLDivElement>(null)
  const table = useGridTable({ rows, columns, rowId, selection })
  const model = table.getRowModel().rows
  const rowHeight = phone ? ROW.phone : ROW[density]
  const layout = useMemo(() => layoutOf(columns, selection !== undefined), [columns, selection !== undefined])
  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: OVERSCAN,
    scrollPaddingStart: HEAD, scrollPaddingEnd: rowHeight * 2, getItemKey: (index) => model[index]?.id ?? index,
  })
  const remeasure = useEffectEvent(() => virtual.measure())
  useEffect(() => { remeasure() }, [rowHeight])
  const clickable = to !== undefined || onOpen !== undefined
  const open = (index: number) => {
    const row = rows[index]
    if (row === undefined) return
    if (to) void navigate({ to: to(row), search: true } as never)
    else onOpen?.(row)
  }
  const { active, setActive } = useListNavigation({
    count: rows.length,
    onOpen: clickable ? open : undefined,
    onToggle: selection ? (index) => model[index]?.toggleSelected() : undefined,
    reveal: (index) => { virtual.scrollToIndex(index); if (!scroller.current?.contains(document.activeElement)) scroller.current?.focus({ preventScroll: true }) },
  })
  useKeptRow({ ids: model, active, setActive, control, scroller })
  const tellActive = useEffectEvent((index: number) => onActive?.(rows[index]))
  // Before the next key: what is pressed then acts on the row that shows as current.
  useLayoutEffect(() => { tellActive(active) }, [active, rows])
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  const ask = useEffectEvent(() => { if (more?.has && !more.loading) more.load() })
  useEffect(() => { if (last >= rows.length - AHEAD) ask() }, [last, rows.length])
  const RowView = phone ? PhoneRow : DeskRow
  return (
    <div
      ref={scroller} role="grid" tabIndex={0} data-grid-scroll aria-label={label} aria-rowcount={more?.has ? -1 : rows.length + 1} aria-multiselectable={selection ? true : undefined}
      aria-activedescendant={active >= 0 ? `${gridId}-${active}` : undefined}
      className={classes('group/grid relative overflow-auto bg-surface', active >= 0 ? 'outline-none' : '-outline-offset-2', height === 'fill' ? 'min-h-0 flex-1' : 'max-h-[70dvh]')}
    >
      <div role="presentation" style={phone ? undefined : { minWidth: layout.minWidth }} className="flex min-h-full flex-col">
        {phone ? null : <Head columns={columns} template={layout.template} selection={selection} ids={model.map(({ id }) => id)} />}
        <div role="rowgroup" style={{ height: virtual.getTotalSize() }} className="relative shrink-0">
          {items.map((item) => {
            const entry = model[item.index]
            if (!entry) return null
            const row = rows[item.index]!
            return (
              <RowView
                key={entry.id} row={row} id={`${gridId}-${item.index}`} index={item.index} columns={columns} template={layout.template} style={{ top: item.start, height: item.size }}
                active={item.index === active} open={entry.id === openId} compact={density === 'compact'} address={to?.(row)} clickable={clickable}
                onClick={() => { setActive(item.index); open(item.index) }}
                selected={selection ? entry.getIsSelected() : undefined} onSelect={(on) => entry.toggleSelected(on)}
              />
            )
          })}
        </div>
        <div role="presentation" className="flex-1" />
        <Totals columns={columns} template={layout.template} phone={phone} selectable={selection !== undefined} />
      </div>
    </div>
  )
}
