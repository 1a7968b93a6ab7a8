import { parseDate, toEpochDay, type LocalDate } from '../../core/kernel/local-date.ts'
import type { Locale } from './locale.ts'

const TAGS: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB' }
const THIN_SPACE = '\u202f'
const formatters = new Map<string, Intl.NumberFormat>()

function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const found = formatters.get(key)
  if (found) return found
  const made = new Intl.NumberFormat(TAGS[locale], options)
  formatters.set(key, made)
  return made
}

/** Thin no-break spaces and a true minus sign, whatever the engine's own habit. */
function polish(text: string): string {
  return text.replaceAll('\u00a0', THIN_SPACE).replaceAll('-', '\u2212')
}

/** "1 234,56 €": from the exact decimal text of the API, never through a float. */
export function formatMoney(amount: string, currency: string, locale: Locale): string {
  return polish(numberFormat(locale, { style: 'currency', currency }).format(amount as `${number}`))
}

/** "1 234,56", for columns whose head already names the currency. */
export function formatDecimal(amount: string, digits: number, locale: Locale): string {
  return polish(numberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(amount as `${number}`))
}

/** "1,2 M €" for a figure on an axis: the exact one is always beside it. */
export function formatShortMoney(amount: string, currency: string, locale: Locale): string {
  return polish(numberFormat(locale, { style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1 }).format(amount as `${number}`))
}

export function formatCount(count: number, locale: Locale): string {
  return polish(numberFormat(locale, {}).format(count))
}

/** "20/11/2026". */
export function formatDay(day: string): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`
}

/** "20 novembre 2026". */
export function formatLongDay(day: string, locale: Locale): string {
  const [year, month, date] = day.split('-').map(Number)
  return new Intl.DateTimeFormat(TAGS[locale], { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.UTC(year!, month! - 1, date))
}

/** "novembre 2026". */
export function formatMonth(day: string, locale: Locale): string {
  const [year, month] = day.split('-').map(Number)
  return new Intl.DateTimeFormat(TAGS[locale], { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.UTC(year!, month! - 1, 1))
}

/** "nov. 26", for an axis: the whole month is in the table beside it. */
export function formatShortMonth(day: string, locale: Locale): string {
  const [year, month] = day.split('-').map(Number)
  return new Intl.DateTimeFormat(TAGS[locale], { month: 'short', year: '2-digit', timeZone: 'UTC' }).format(Date.UTC(year!, month! - 1, 1))
}

/** "20/11/2026 14:05", in the time zone of the reader. */
export function formatInstant(instant: string, locale: Locale): string {
  const date = new Date(instant)
  const day = new Intl.DateTimeFormat('fr-FR', { day: '2-digit', month: '2-digit', year: 'numeric' }).format(date)
  return `${day} ${new Intl.DateTimeFormat(TAGS[locale], { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(date)}`
}

/** Today on this machine, as a calendar day. */
export function todayHere(): LocalDate {
  const now = new Date()
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}` as LocalDate
}

/** "hier", "dans 3 jours", "il y a 2 mois": for work lists, with the date on hover. */
export function formatRelativeDay(day: string, today: LocalDate, locale: Locale): string {
  const parsed = parseDate(day)
  if (!parsed) return day
  const days = toEpochDay(parsed) - toEpochDay(today)
  const words = new Intl.RelativeTimeFormat(TAGS[locale], { numeric: 'auto' })
  if (Math.abs(days) < 45) return words.format(days, 'day')
  if (Math.abs(days) < 550) return words.format(Math.round(days / 30.44), 'month')
  return words.format(Math.round(days / 365.25), 'year')
}

const SIREN = /^(\d{3})(\d{3})(\d{3})$/
/** "552 100 554". */
export function formatSiren(siren: string): string {
  return siren.replace(SIREN, `$1${THIN_SPACE}$2${THIN_SPACE}$3`)
}

/** "FR76 3000 4000 0312 3456 7890 143". */
export function formatIban(iban: string): string {
  return iban.replace(/\s/g, '').replace(/(.{4})(?=.)/g, `$1${THIN_SPACE}`)
}
