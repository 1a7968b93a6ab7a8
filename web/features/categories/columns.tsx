import { useLingui } from '@lingui/react/macro'
import { ChevronRight } from 'lucide-react'
import { useMemo } from 'react'
import type { Category } from '../../../contract/categories.ts'
import type { Money as MoneyValue } from '../../../contract/common.ts'
import { kindWords, vatWords } from '../../lib/categories.ts'
import { formatCount } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { classes, Link, Money, type Column } from '../../ui/index.ts'
import { asksShare } from './fields.ts'
import type { TreeRow } from './tree.ts'

export type CategoryRow = TreeRow<Category>
/** What a category came to over the last twelve months, and where its lines are. */
export type YearFigure = { readonly total: MoneyValue; readonly to: string }

const INDENT = 22

function Name({ row, onToggle }: { readonly row: CategoryRow; readonly onToggle: (id: string) => void }) {
  const { t } = useLingui()
  const { item, depth, children, open } = row
  return (
    <span className="flex min-w-0 items-center gap-1" style={{ paddingLeft: depth * INDENT }}>
      {children > 0 ? (
        <button
          type="button" aria-expanded={open} aria-label={open ? t`Close ${item.name}` : t`Open ${item.name}`} onClick={(event) => { event.stopPropagation(); onToggle(item.id) }}
          className="-ml-1 flex size-6 shrink-0 items-center justify-center rounded-md text-muted hover:bg-line hover:text-ink"
        >
          <ChevronRight size={14} aria-hidden className={classes('transition-transform', open && 'rotate-90')} />
        </button>
      ) : <span aria-hidden className="w-5 shrink-0" />}
      <span className={classes('truncate', depth === 0 && 'font-medium')} title={item.name}>{item.name}</span>
      {children > 0 ? <span className="figures shrink-0 pl-1 text-xs text-muted">{children}</span> : null}
    </span>
  )
}

/** Columns of the tree. `narrow` when a panel stands beside it. */
export function useCategoryColumns({ narrow, onToggle, figures }: { readonly narrow: boolean; readonly onToggle: (id: string) => void; readonly figures: ReadonlyMap<string, YearFigure> | undefined }): readonly Column<CategoryRow>[] {
  const { t, i18n } = useLingui()
  const { locale } = usePreferences()
  return useMemo(() => {
    const name: Column<CategoryRow> = { id: 'name', header: t`Category`, width: 220, grow: 3, phone: 'title', cell: (row) => <Name row={row} onToggle={onToggle} /> }
    const kind: Column<CategoryRow> = { id: 'kind', header: t`What it is`, width: 120, grow: 1, phone: 'hidden', cell: ({ item, depth }) => <span className={depth === 0 ? undefined : 'text-muted'}>{i18n._(kindWords(item.kind))}</span> }
    const account: Column<CategoryRow> = { id: 'account', header: t`Account`, width: 92, phone: 'detail', cell: ({ item }) => <span className="figures">{item.account}</span> }
    const vat: Column<CategoryRow> = {
      id: 'vat', header: t`VAT`, width: 96, align: 'right', phone: 'detail',
      cell: ({ item }) => item.vatRate === 'none' ? <span className="text-muted">—</span> : <span className="figures">{i18n._(vatWords(item.vatRate, true))}</span>,
    }
    const share: Column<CategoryRow> = {
      id: 'share', header: t`Deductible`, width: 100, align: 'right', phone: 'hidden',
      cell: ({ item }) => asksShare(item) ? <span className={classes('figures', item.vatDeductible === 100 && 'text-muted')}>{t`${item.vatDeductible} %`}</span> : <span className="text-muted">—</span>,
    }
    const lines: Column<CategoryRow> = { id: 'lines', header: t`Lines`, width: 104, align: 'right', phone: 'hidden', cell: ({ item }) => item.lineCount === 0 ? <span className="text-muted">—</span> : <span className="figures">{formatCount(item.lineCount, locale)}</span> }
    const year: Column<CategoryRow> = {
      id: 'year', header: t`Twelve months`, width: 136, align: 'right', phone: 'amount',
      cell: ({ item }) => { const figure = figures?.get(item.id); return figure ? <Link look="bare" to={figure.to} className="hover:underline" onClick={(event) => event.stopPropagation()}><Money value={figure.total} /></Link> : <span className="text-muted">—</span> },
    }
    return narrow ? [name, account, year] : [name, kind, account, vat, share, lines, year]
  }, [narrow, onToggle, figures, locale, t, i18n])
}
