import { assert } from '../kernel/assert.ts'
import type { LocalDate } from '../kernel/local-date.ts'
import { yearOf } from '../kernel/local-date.ts'

export type InvoiceKind = 'invoice' | 'credit_note'

/** The series of a document: invoices FA, credit notes AV, restarting each calendar year (BOI 3 CA 136, 2003, §119-124). */
export function seriesOf(kind: InvoiceKind, issuedOn: LocalDate): { prefix: string; year: number } {
  return { prefix: kind === 'invoice' ? 'FA' : 'AV', year: yearOf(issuedOn) }
}

/** "FA-2026-0042": at least four digits, more when a year needs them. */
export function invoiceNumber(series: { prefix: string; year: number }, rank: number): string {
  assert(Number.isSafeInteger(rank) && rank >= 1, `rank of an invoice must be 1 or more: ${rank}`)
  return `${series.prefix}-${series.year}-${String(rank).padStart(4, '0')}`
}
