import type { ReactNode } from 'react'
import { rowsOf } from '../../lib/queries.ts'
import { RowsSkeleton } from '../skeleton.tsx'
import { ErrorState } from '../states.tsx'
import { moreOf, type DataGridProps } from './columns.ts'
import { DataGrid } from './data-grid.tsx'

/** What `useInfiniteQuery(listing(…))` gives. */
export type PagedQuery<Row> = {
  readonly data: { readonly pages: readonly { items: Row[] }[] } | undefined
  readonly error: unknown
  readonly refetch: () => unknown
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => unknown
}

/** A grid over a list of the API, with its loading, error and empty states. */
export function QueryGrid<Row>({ query, empty, ...grid }: Omit<DataGridProps<Row>, 'rows' | 'more'> & { readonly query: PagedQuery<Row>; readonly empty: ReactNode }) {
  if (query.data === undefined) return query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={grid.label} />
  const rows = rowsOf<Row>(query.data)
  if (rows.length === 0 && !query.hasNextPage) return <>{empty}</>
  return <DataGrid {...grid} rows={rows} more={moreOf(query)} />
}
