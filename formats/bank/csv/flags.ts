import type { CsvProfile } from '../../../core/bank/mapping.ts'
import { indexOfColumn } from './profile-layout.ts'
import type { Row } from './rows.ts'
import type { FlagReader } from './signs.ts'
import { flagOf, isCancelledWord, isPendingWord, words } from './words.ts'

/** How direction cells are read: in the profile's own words first, then in common ones. */
export function flagsOf(profile: CsvProfile | null): FlagReader {
  const flags = profile?.flags
  if (!flags) return flagOf
  const [ins, outs] = [new Set(flags.in.map(words)), new Set(flags.out.map(words))]
  return (cell) => {
    const text = words(cell)
    return ins.has(text) ? 'credit' : outs.has(text) ? 'debit' : flagOf(cell)
  }
}

/** What a status cell says: nothing, that the movement waits, or that it never took place. */
export function statusOf(cell: string, profile: CsvProfile | null): 'booked' | 'pending' | 'cancelled' {
  if (cell === '') return 'booked'
  const text = words(cell)
  const says = (list: readonly string[] | undefined): boolean => list?.some((word) => words(word) === text) ?? false
  if (says(profile?.statuses?.cancelled) || isCancelledWord(cell)) return 'cancelled'
  return says(profile?.statuses?.pending) || isPendingWord(cell) ? 'pending' : 'booked'
}

/** Which rows the profile says are no movement, such as totals. */
export function ignoredBy(profile: CsvProfile | null, header: readonly string[]): (row: Row) => boolean {
  const titles = header.map(words)
  const filters = (profile?.ignore ?? []).map(({ column, startsWith }) => ({ at: indexOfColumn(column, titles), starts: startsWith.map(words).filter((start) => start !== '') }))
  return (row) => filters.some(({ at, starts }) => {
    if (at === null) return false
    const text = words(row.cells[at] ?? '')
    return starts.some((start) => text.startsWith(start))
  })
}
