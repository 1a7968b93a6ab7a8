import { expect, it } from 'vitest'
import { localDate } from '../../core/kernel/local-date.ts'
import { formatCount, formatDay, formatDecimal, formatIban, formatLongDay, formatMoney, formatMonth, formatRelativeDay, formatSiren } from './format.ts'

const THIN = '\u202f'
const today = localDate('2026-11-20')

it('writes an amount with thin no-break spaces and a true minus sign', () => {
  expect(formatMoney('1234.56', 'EUR', 'fr')).toBe(`1${THIN}234,56${THIN}€`)
  expect(formatMoney('-1234567.80', 'EUR', 'fr')).toBe(`\u22121${THIN}234${THIN}567,80${THIN}€`)
  expect(formatMoney('1234.56', 'EUR', 'en')).toBe('€1,234.56')
  expect(formatDecimal('0.50', 2, 'fr')).toBe('0,50')
  expect(formatCount(100000, 'fr')).toBe(`100${THIN}000`)
})

it('keeps every digit of an amount that a float would lose', () => {
  expect(formatMoney('90071992547409.93', 'EUR', 'fr').replaceAll(THIN, '')).toBe('90071992547409,93€')
})

it('gives a currency its own number of digits', () => {
  expect(formatMoney('1500', 'JPY', 'en')).toBe('JP¥1,500')
  expect(formatMoney('12.345', 'TND', 'fr').replaceAll(THIN, ' ')).toBe('12,345 TND')
})

it('writes days in figures, in words and against today', () => {
  expect(formatDay('2026-11-05')).toBe('05/11/2026')
  expect(formatLongDay('2026-11-05', 'fr')).toBe('5 novembre 2026')
  expect(formatMonth('2026-02-01', 'fr')).toBe('février 2026')
  expect(formatRelativeDay('2026-11-19', today, 'fr')).toBe('hier')
  expect(formatRelativeDay('2026-11-23', today, 'fr')).toBe('dans 3 jours')
  expect(formatRelativeDay('2026-08-20', today, 'fr')).toBe('il y a 3 mois')
  expect(formatRelativeDay('2026-11-20', today, 'en')).toBe('today')
})

it('groups identifiers as people read them', () => {
  expect(formatSiren('552100554').replaceAll(THIN, ' ')).toBe('552 100 554')
  expect(formatIban('FR7630004000031234567890143').replaceAll(THIN, ' ')).toBe('FR76 3000 4000 0312 3456 7890 143')
})
