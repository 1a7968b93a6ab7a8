import type { LocalDate } from '../kernel/local-date.ts'

/** A rule of law with the days it holds (both included; `to` is null while it is in force) and the text it comes from. */
export type Dated<T> = { readonly from: LocalDate; readonly to: LocalDate | null; readonly value: T; readonly source: string }

/** The rows in force on a day, in the order of the table. */
export function inForce<T>(table: readonly Dated<T>[], on: LocalDate): readonly T[] {
  return table.filter((row) => row.from <= on && (row.to === null || on <= row.to)).map((row) => row.value)
}
