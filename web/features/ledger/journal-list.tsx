import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { Entry, EntryQuery } from '../../../contract/ledger.ts'
import type { Api } from '../../lib/api.ts'
import { listing } from '../../lib/queries.ts'
import type { SearchValues } from '../../lib/search-state.ts'
import { DateText, Money, Status, type Column } from '../../ui/index.ts'

export type MonthChoice = { readonly value: string; readonly endsOn: string }

/** The filters of the address as the API takes them, for one of the two statuses. */
export function entryQueryOf(search: SearchValues, status: 'draft' | 'validated', months: readonly MonthChoice[]): EntryQuery {
  const month = months.find(({ value }) => value === search['mois'])
  return { status, limit: 100, ...(month ? { from: month.value, to: month.endsOn } : {}), ...(search['journal'] ? { journal: search['journal'] } : {}), ...(search['q'] ? { search: search['q'] } : {}) }
}

export function entriesListing(api: Api, query: EntryQuery) {
  return listing(api, '/api/ledger/entries', { query })
}

/** "411000, 706000, 445741": where the entry goes, without reading its lines. */
export function accountsOf(entry: Entry): string {
  return [...new Set(entry.lines.map(({ account }) => account))].join(', ')
}

export function EntryStatus({ entry }: { readonly entry: Pick<Entry, 'status' | 'reversedById'> }) {
  const { t } = useLingui()
  if (entry.status === 'draft') return <Status tone="violet">{t`Draft`}</Status>
  return entry.reversedById ? <Status tone="grey">{t`Reversed`}</Status> : <Status tone="green">{t`Validated`}</Status>
}

export function useEntryColumns(narrow: boolean): readonly Column<Entry>[] {
  const { t } = useLingui()
  return useMemo(() => {
    const date: Column<Entry> = { id: 'date', header: t`Date`, width: 124, phone: 'detail', cell: (row) => <DateText day={row.date} /> }
    const journal: Column<Entry> = { id: 'journal', header: t`Jnl`, width: 60, phone: 'detail', cell: (row) => <span className="text-muted">{row.journal}</span> }
    const number: Column<Entry> = { id: 'number', header: t`Entry`, width: 92, phone: 'hidden', cell: (row) => row.number ? <span className="figures">{row.number}</span> : <span className="text-muted">—</span> }
    const piece: Column<Entry> = { id: 'piece', header: t`Supporting document`, width: 136, phone: 'hidden', cell: (row) => <span title={row.pieceRef}>{row.pieceRef}</span> }
    const label: Column<Entry> = { id: 'label', header: t`Label`, width: 180, grow: 2, phone: 'title', cell: (row) => <span title={row.label}>{row.label}</span> }
    const accounts: Column<Entry> = { id: 'accounts', header: t`Accounts`, width: 150, grow: 1, phone: 'hidden', cell: (row) => <span title={accountsOf(row)} className="figures text-muted">{accountsOf(row)}</span> }
    const total: Column<Entry> = { id: 'total', header: t`Amount`, width: 124, align: 'right', phone: 'amount', cell: (row) => <Money value={{ amount: row.total, currency: row.currency }} bare /> }
    const status: Column<Entry> = { id: 'status', header: t`Status`, width: 146, phone: 'status', cell: (row) => <EntryStatus entry={row} /> }
    return narrow ? [date, journal, label, total, status] : [date, journal, number, piece, label, accounts, total, status]
  }, [narrow, t])
}
