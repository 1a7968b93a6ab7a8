import { dateOf, type LocalDate, parseCompactDate } from '../../../core/kernel/local-date.ts'

/** A day as read; `legal` is false when it was not written AAAAMMJJ. `date` is null when blank or unreadable. */
export type FecDate = { readonly date: LocalDate | null; readonly legal: boolean }

const BLANK: FecDate = { date: null, legal: true }

// A file writes the same day many times in a row: the last one read is kept.
let last = { text: '', read: BLANK }

/**
 * Reads a day. AAAAMMJJ alone is legal; AAAA-MM-JJ and JJ/MM/AAAA (with / - or .) are understood so that the rest of the line
 * can be checked. JJMMAAAA without separators is not: it could be read two ways. Source: LPF art. A.47 A-1, IX (dates).
 */
export function readDate(text: string): FecDate {
  if (text === '') return BLANK
  if (text === last.text) return last.read
  last = { text, read: parse(text) }
  return last.read
}

function parse(text: string): FecDate {
  const legal = parseCompactDate(text)
  if (legal) return { date: legal, legal: true }
  const yearFirst = /^(\d{4})[-/.](\d{2})[-/.](\d{2})$/.exec(text)
  if (yearFirst) return { date: dateOf(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3])) ?? null, legal: false }
  const dayFirst = /^(\d{2})[-/.](\d{2})[-/.](\d{4})$/.exec(text)
  return { date: (dayFirst && dateOf(Number(dayFirst[3]), Number(dayFirst[2]), Number(dayFirst[1]))) ?? null, legal: false }
}
