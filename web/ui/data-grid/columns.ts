import type { ReactNode, RefObject } from 'react'

/** Where a cell goes when the grid becomes a list of two-line rows on a phone. Absent: second line. */
export type PhonePlace = 'title' | 'amount' | 'detail' | 'status' | 'hidden'

export type Column<Row> = {
  readonly id: string
  readonly header: string
  /** Hidden heads still name the column to a screen reader. */
  readonly headerHidden?: boolean | undefined
  readonly cell: (row: Row) => ReactNode
  /** In pixels; the least width when `grow` is given. */
  readonly width: number
  /** Share of the room left. */
  readonly grow?: number | undefined
  readonly align?: 'left' | 'right' | 'center' | undefined
  readonly phone?: PhonePlace | undefined
  /** Never cut on a phone, where the others of its line give way. */
  readonly firm?: boolean | undefined
  /** The head becomes a button that sorts the list. */
  readonly sort?: { readonly state: 'ascending' | 'descending' | 'none'; readonly toggle: () => void } | undefined
  /** In the row of totals that stays at the foot. */
  readonly total?: ReactNode
}

export type Selection = {
  readonly selected: ReadonlySet<string>
  readonly onChange: (selected: ReadonlySet<string>) => void
}

/** A list read page after page by its cursor: `moreOf(useInfiniteQuery(listing(…)))`. */
export type More = { readonly has: boolean; readonly loading: boolean; readonly load: () => void }

export function moreOf(query: { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; readonly fetchNextPage: () => unknown }): More {
  return { has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => { if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage() } }
}

export type DataGridProps<Row> = {
  /** What the list is, for a screen reader. */
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly rowId: (row: Row) => string
  /** The address of a row: click, Enter and hover follow it. The filters of the list stay in the address. */
  readonly to?: ((row: Row) => string) | undefined
  /** Instead of an address, when a row opens something that has none. */
  readonly onOpen?: ((row: Row) => void) | undefined
  /** The row whose panel is open. */
  readonly openId?: string | undefined
  readonly selection?: Selection | undefined
  readonly more?: More | undefined
  /** `fill` takes the height that is left; `auto` the height of its rows, up to 70 % of the screen. */
  readonly height?: 'fill' | 'auto' | undefined
  /** Told which row the keys act on. */
  readonly onActive?: ((row: Row | undefined) => void) | undefined
  /** For a page that moves the keys itself, such as to the next row once one is treated. */
  readonly control?: RefObject<GridControl | null> | undefined
}

export type GridControl = {
  /** Puts the keys on a row; the first one asked for when it comes later. */
  readonly show: (id: string) => void
  readonly move: (step: number) => void
  readonly focus: () => void
}

const SELECT_WIDTH = 36

/** The `grid-template-columns` of every row, and the width under which the grid scrolls sideways. */
export function layoutOf<Row>(columns: readonly Column<Row>[], selectable: boolean): { readonly template: string; readonly minWidth: number } {
  const tracks = columns.map(({ width, grow }) => grow ? `minmax(${width}px, ${grow}fr)` : `${width}px`)
  return {
    template: [...(selectable ? [`${SELECT_WIDTH}px`] : []), ...tracks].join(' '),
    minWidth: columns.reduce((total, { width }) => total + width, selectable ? SELECT_WIDTH : 0),
  }
}
