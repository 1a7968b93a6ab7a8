import type { ReactNode } from 'react'
import { Money } from '../money.tsx'

export type FiguresRow = { readonly id: string; readonly head: ReactNode; readonly amounts: readonly (string | undefined)[] }

/** The figures of a chart as a table: one row a point, one column a series. */
export function FiguresTable({ label, head, names, rows, currency }: { readonly label: string; readonly head: string; readonly names: readonly string[]; readonly rows: readonly FiguresRow[]; readonly currency: string }) {
  return (
    <table aria-label={label} className="w-full max-w-2xl text-sm">
      <thead className="sticky top-0 bg-paper text-xs text-muted">
        <tr><th scope="col" className="py-1 pr-4 text-left font-medium">{head}</th>{names.map((name) => <th key={name} scope="col" className="py-1 pl-4 text-right font-medium">{name}</th>)}</tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="border-t border-line">
            <th scope="row" className="py-1 pr-4 text-left font-normal">{row.head}</th>
            {row.amounts.map((amount, index) => <td key={index} className="py-1 pl-4 text-right">{amount === undefined ? <span className="text-muted">—</span> : <Money value={{ amount, currency }} />}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The name of a series beside its colour, then its figure. */
export function SeriesFigure({ name, colour, children }: { readonly name: string; readonly colour: string | undefined; readonly children: ReactNode }) {
  return (
    <span className="inline-flex items-baseline gap-1.5 whitespace-nowrap">
      {colour ? <span aria-hidden className="size-2 shrink-0 self-center rounded-full" style={{ backgroundColor: colour }} /> : null}
      {name}<span className="text-ink">{children}</span>
    </span>
  )
}
