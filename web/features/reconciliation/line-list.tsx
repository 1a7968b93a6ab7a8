import { useLingui } from '@lingui/react/macro'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useEffectEvent, useId, useRef, type RefObject } from 'react'
import type { Suggestion } from '../../../contract/reconciliation.ts'
import { classes, DateText, Money } from '../../ui/index.ts'

const ROW_HEIGHT = 58
const OVERSCAN = 10
const AHEAD = 20

export type LineListProps = {
  readonly rows: readonly Suggestion[]
  readonly selectedId: string | undefined
  readonly onSelect: (lineId: string) => void
  readonly onEnd: () => void
  readonly list: RefObject<HTMLDivElement | null>
}

/** The lines to treat. The focus stays on the list, whatever becomes of its rows; j and k are the page's. */
export function LineList({ rows, selectedId, onSelect, onEnd, list }: LineListProps) {
  const { t } = useLingui()
  const listId = useId()
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => list.current, estimateSize: () => ROW_HEIGHT, overscan: OVERSCAN, getItemKey: (index) => rows[index]?.line.id ?? index, scrollPaddingEnd: ROW_HEIGHT })
  const selected = rows.findIndex(({ line }) => line.id === selectedId)
  const reveal = useEffectEvent((index: number) => { virtual.scrollToIndex(index) })
  useEffect(() => { if (selected >= 0) reveal(selected) }, [selected, selectedId])
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  const ask = useEffectEvent(() => onEnd())
  useEffect(() => { if (last >= rows.length - AHEAD) ask() }, [last, rows.length])
  return (
    <div
      ref={list} role="listbox" tabIndex={0} aria-label={t`Bank lines to reconcile`} aria-activedescendant={selected >= 0 ? `${listId}-${selected}` : undefined}
      className={classes('group/list min-h-0 flex-1 overflow-y-auto bg-surface', selected >= 0 ? 'outline-none' : '-outline-offset-2')}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize() }} className="relative">
        {items.map((item) => {
          const row = rows[item.index]
          if (!row) return null
          const { line, proposals } = row
          const on = item.index === selected
          const best = proposals[0]
          return (
            <div
              key={line.id} id={`${listId}-${item.index}`} role="option" aria-selected={on} aria-posinset={item.index + 1} aria-setsize={rows.length} onClick={() => onSelect(line.id)}
              style={{ top: item.start, height: item.size }}
              className={classes('absolute inset-x-0 flex cursor-pointer flex-col justify-center border-b border-line px-4', on ? 'bg-accent-soft shadow-[inset_2px_0_0_var(--accent)] outline-accent -outline-offset-2 group-focus-visible/list:outline-2' : 'hover:bg-sunken')}
            >
              <span className="flex items-baseline gap-3">
                <span className="min-w-0 flex-1 truncate font-medium" title={line.label}>{line.label}</span>
                <Money value={line.toTreat} signed className="shrink-0" />
              </span>
              <span className="flex items-baseline gap-3 text-sm text-muted">
                <DateText day={line.bookedOn} />
                <span className="min-w-0 flex-1 truncate">{line.state === 'part_treated' ? t`rest of a line` : line.counterparty.name}</span>
                <span className="figures shrink-0 text-xs">{best ? t`${best.score} / 100` : t`no proposal`}</span>
              </span>
            </div>
          )
        })}
      </div>
    </div>
  )
}
