import { describe, expect, it } from 'vitest'
import { localDate } from '../kernel/local-date.ts'
import { invoiceNumber, seriesOf } from './number.ts'

describe('numbers of invoices', () => {
  it('carry the series, the calendar year and a rank of at least four digits', () => {
    expect(invoiceNumber(seriesOf('invoice', localDate('2026-03-05')), 42)).toBe('FA-2026-0042')
    expect(invoiceNumber(seriesOf('credit_note', localDate('2027-01-01')), 12345)).toBe('AV-2027-12345')
  })
  it('refuse a rank that is not a positive whole number', () => {
    expect(() => invoiceNumber({ prefix: 'FA', year: 2026 }, 0)).toThrow()
  })
})
