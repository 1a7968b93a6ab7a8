import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useMemo, type ReactNode } from 'react'
import type { PortfolioPage, PortfolioRow } from '../../../contract/portfolio.ts'
import { addressIn } from '../../lib/company.tsx'
import { formatCount, formatMonth } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { useSearchState } from '../../lib/search-state.ts'
import { DateText, Link, Money, Status, Tooltip, type Column } from '../../ui/index.ts'
import { pressed, sortingOf, type SortName } from './sorting.ts'

/** A figure that opens its work list in the client's file. */
function Cell({ row, to, search, children }: { readonly row: PortfolioRow; readonly to: string; readonly search?: Readonly<Record<string, string>> | undefined; readonly children: ReactNode }) {
  return <Link look="bare" to={addressIn(row.slug, to)} search={search} tabIndex={-1} onClick={(event) => event.stopPropagation()} className="underline-offset-3 hover:underline">{children}</Link>
}

/** Nothing to show: not computed yet, or none. */
function Blank({ known }: { readonly known: boolean }) {
  const { t } = useLingui()
  return <span className="text-muted">{known ? '0' : <abbr title={t`not computed yet`}>…</abbr>}</span>
}

function Integrity({ row }: { readonly row: PortfolioRow }) {
  const { t } = useLingui()
  if (row.integrity === 'broken') return <Cell row={row} to="audit"><Status tone="red">{t`broken`}</Status></Cell>
  if (row.integrity === 'unknown') return <Status tone="grey">{t`to verify`}</Status>
  return <Status tone="green">{t`sound`}</Status>
}

function Drafts({ row }: { readonly row: PortfolioRow }) {
  const { t } = useLingui()
  const { drafts } = row
  if (!drafts || drafts.invoices + drafts.entries === 0) return <Blank known={drafts !== null} />
  const page = drafts.invoices > 0 ? 'ventes/factures' : 'compta/journal'
  return <Tooltip text={t`${plural(drafts.invoices, { one: '# draft invoice', other: '# draft invoices' })}, ${plural(drafts.entries, { one: '# draft entry', other: '# draft entries' })}`}><span><Cell row={row} to={page} search={{ etat: 'draft' }}>{drafts.invoices + drafts.entries}</Cell></span></Tooltip>
}

/** Sums of different currencies are never added: one under the other. */
function Sums({ sums }: { readonly sums: PortfolioPage['totals']['cash'] }) {
  if (sums.length <= 1) return sums[0] ? <Money value={sums[0]} /> : null
  return <span className="block py-1.5">{sums.map((sum) => <span key={sum.currency} className="block leading-5"><Money value={sum} /></span>)}</span>
}

type Options = { readonly totals: PortfolioPage['totals'] | undefined; readonly mark: (row: PortfolioRow) => ReactNode; readonly phone: boolean }

/** The table of the firm: one client a row, every figure opens its work list. */
export function usePortfolioColumns({ totals, mark, phone }: Options): readonly Column<PortfolioRow>[] {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const [search, setSearch] = useSearchState()
  return useMemo(() => {
    const { sort, order } = sortingOf(search)
    const by = (name: SortName): NonNullable<Column<PortfolioRow>['sort']> => ({ state: sort === name ? (order === 'asc' ? 'ascending' : 'descending') : 'none', toggle: () => setSearch(pressed(search, name)) })
    const count = (value: number | undefined) => value === undefined ? undefined : formatCount(value, locale)
    return [
      { id: 'name', header: t`Company`, width: 210, grow: 2, phone: 'title', sort: by('name'), total: totals ? t`${plural(totals.companies, { one: '# company', other: '# companies' })}` : undefined, cell: (row) => <span className="inline-flex max-w-full items-center gap-2.5 align-middle">{mark(row)}<span title={row.name} className="truncate font-medium">{row.name}</span></span> },
      { id: 'toTreat', header: t`To treat`, width: 104, align: 'right', phone: 'status', sort: by('toTreat'), total: count(totals?.toTreat), cell: (row) => row.toTreat ? <Cell row={row} to="banque/operations" search={{ etat: 'to_treat' }}><span className="figures font-medium text-amber">{phone ? t`${row.toTreat} to treat` : row.toTreat}</span></Cell> : phone ? null : <Blank known={row.toTreat !== null} /> },
      { id: 'since', header: t`Waiting since`, width: 116, phone: 'hidden', cell: (row) => row.toTreatSince ? <DateText day={row.toTreatSince} relative className="text-muted" /> : null },
      { id: 'overdue', header: t`Late`, width: 136, align: 'right', phone: 'hidden', sort: by('overdue'), total: totals ? <Sums sums={totals.overdue} /> : undefined, cell: (row) => row.overdue && row.overdue.invoices > 0 ? <Cell row={row} to="ventes/factures" search={{ retard: 'oui' }}><Money value={row.overdue.total} className="text-red" /></Cell> : <Blank known={row.overdue !== null} /> },
      { id: 'drafts', header: t`Drafts`, width: 112, align: 'right', phone: 'hidden', sort: by('drafts'), total: count(totals?.drafts), cell: (row) => <Drafts row={row} /> },
      { id: 'cash', header: t`Cash`, width: 140, align: 'right', phone: 'amount', sort: by('cash'), total: totals ? <Sums sums={totals.cash} /> : undefined, cell: (row) => row.cash ? <Cell row={row} to="banque/comptes"><Money value={row.cash} /></Cell> : <Blank known={false} /> },
      { id: 'lastImport', header: t`Last import`, width: 128, phone: 'detail', sort: by('lastImport'), cell: (row) => row.lastImportAt ? <Cell row={row} to="banque/import"><DateText day={row.lastImportAt.slice(0, 10)} relative className="" /></Cell> : <span className="text-muted">{t`never`}</span> },
      { id: 'closed', header: t`Locked until`, width: 156, phone: 'hidden', sort: by('lastClosedPeriod'), cell: (row) => row.lastClosedPeriod ? <span className="first-letter:uppercase">{formatMonth(row.lastClosedPeriod, locale)}</span> : <span className="text-muted">{t`nothing`}</span> },
      { id: 'integrity', header: t`Integrity`, width: 116, phone: 'hidden', cell: (row) => <Integrity row={row} /> },
    ]
  }, [t, locale, search, setSearch, totals, mark, phone])
}
