import { addDays, parseDate, type LocalDate } from '../../../core/kernel/local-date.ts'
import type { SearchValues } from '../../lib/search-state.ts'

/** The usual lengths, in days, of what one looks at. */
export const LENGTHS = [30, 90, 365] as const
const USUAL = 90

export type Period = { readonly from: LocalDate; readonly to: LocalDate; /** Set when it is one of the usual lengths, which end today. */ readonly days: (typeof LENGTHS)[number] | null }

/** The period of an address: `jours`, or `du` and `au`; the last ninety days when it says nothing that can be read. */
export function periodOf(search: SearchValues, today: LocalDate): Period {
  const from = search['du'] ? parseDate(search['du']) : undefined
  const to = search['au'] ? parseDate(search['au']) : undefined
  if (from && to && from <= to) return { from, to, days: null }
  if (from && !search['au'] && from <= today) return { from, to: today, days: null }
  const days = LENGTHS.find((length) => String(length) === search['jours']) ?? USUAL
  return { from: addDays(today, 1 - days), to: today, days }
}

/** As the API takes it. */
export function queryOf(period: Period): { days: number } | { from: string; to: string } {
  return period.days === null ? { from: period.from, to: period.to } : { days: period.days }
}
