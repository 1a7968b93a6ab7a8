import { type Currency, minorDigits, parseCurrency } from '../kernel/currency.ts'
import { addDays, dateOf, daysBetween, type LocalDate, yearOf } from '../kernel/local-date.ts'
import { type Money, money, parseAmount } from '../kernel/money.ts'
import { isSiren, vatNumberOfSiren } from '../party/siren.ts'
import type { Found } from './types.ts'

/** The currencies cards meet; three capital letters alone would take words for currencies. */
const CURRENCIES = 'AED|ARS|AUD|BGN|BRL|CAD|CHF|CLP|CNY|CZK|DKK|EUR|GBP|HKD|HUF|IDR|ILS|INR|ISK|JPY|KRW|MAD|MXN|MYR|NOK|NZD|PEN|PHP|PLN|RON|RSD|SAR|SEK|SGD|THB|TND|TRY|TWD|UAH|USD|XAF|XOF|XPF|ZAR'
const AMOUNT = '\\d{1,3}(?:[ .,]\\d{3})*(?:[.,]\\d{1,3})?|\\d+(?:[.,]\\d{1,3})?'
const RATE = '(?: ?(?:TX|TAUX|COURS|RATE|CHANGE|A)[ :]*\\d+[.,]\\d+)?'
// The currency before the amount is looked for first: a day may stand before the currency.
const ORIGINALS = [new RegExp(`(?<![A-Z0-9])(?<code>${CURRENCIES}) ?(?<amount>${AMOUNT})(?![A-Z0-9])${RATE}`), new RegExp(`(?<![A-Z0-9.,/])(?<amount>${AMOUNT}) ?(?<code>${CURRENCIES})(?![A-Z0-9])${RATE}`)]
/** Most labels name no currency: looking for one costs less than looking for an amount. */
const ANY_CURRENCY = new RegExp(CURRENCIES)
const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')
/** A card operation is booked at most so many days after it was made, and at most one before (time zones). */
const CARD_DAYS_MAX = 92

/** "1 234,56", "1,234.56" or "1.234,56" as a plain decimal. */
function plainDecimal(text: string, digits: number): string {
  const squeezed = text.replaceAll(' ', '')
  const last = Math.max(squeezed.lastIndexOf(','), squeezed.lastIndexOf('.'))
  const isFraction = last >= 0 && digits > 0 && squeezed.length - last - 1 <= digits
  const whole = (isFraction ? squeezed.slice(0, last) : squeezed).replace(/[.,]/g, '')
  return isFraction ? `${whole}.${squeezed.slice(last + 1)}` : whole
}

/** The amount in the currency of the shop, when a label gives one other than the account's, and the label without it. */
export function readOriginal(text: string, line: { readonly currency: Currency; readonly isOut: boolean }): { readonly original: Found<Money> | null; readonly rest: string } {
  const match = ANY_CURRENCY.test(text) ? ORIGINALS.map((pattern) => pattern.exec(text)).find((one) => one !== null) : undefined
  const code = parseCurrency(match?.groups?.['code'] ?? '')
  if (!match || !code) return { original: null, rest: text }
  const rest = `${text.slice(0, match.index).trimEnd()} ${text.slice(match.index + match[0].length).trimStart()}`.trim()
  const digits = minorDigits(code)
  const read = parseAmount(plainDecimal(match.groups?.['amount'] ?? '', digits), code)
  if (!read.ok || code === line.currency || read.value === 0n) return { original: null, rest: code === line.currency ? rest : text }
  return { original: { value: money(line.isOut ? -read.value : read.value, code), rule: 'original-amount@1', confidence: 0.95 }, rest }
}

function partsOf(text: string, order: 'month-first' | undefined): { day: number; month: number; year: number | undefined } | undefined {
  const words = /^(\d{1,2}) ([A-Z]{3})(?: (\d{2,4}))?$/.exec(text)
  if (words) return { day: Number(words[1]), month: MONTHS.indexOf(words[2]!) + 1, year: words[3] === undefined ? undefined : Number(words[3]) }
  const match = /^(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2,4}))?$/.exec(text) ?? /^(\d{2})(\d{2})(\d{2})?$/.exec(text)
  if (!match) return undefined
  const [first, second, year] = [Number(match[1]), Number(match[2]), match[3] === undefined ? undefined : Number(match[3])]
  return order === 'month-first' ? { day: second, month: first, year } : { day: first, month: second, year }
}

/**
 * The day of a card operation, its year found from the day it was booked: "31/12" booked on 2 January is of the year before.
 * Undefined when it does not exist or is not near the booking.
 */
export function readDay(text: string, bookedOn: LocalDate, order?: 'month-first'): LocalDate | undefined {
  const parts = partsOf(text, order)
  if (!parts) return undefined
  const year = parts.year === undefined ? undefined : parts.year < 100 ? 2000 + parts.year : parts.year
  const years = year === undefined ? [yearOf(bookedOn), yearOf(bookedOn) - 1] : [year]
  return years.map((one) => dateOf(one, parts.month, parts.day)).find((day) => day !== undefined && day <= addDays(bookedOn, 1) && daysBetween(day, bookedOn) <= CARD_DAYS_MAX)
}

/** True when the check digits of a SEPA creditor identifier are right: ISO 7064 mod 97-10, the three characters of the business code left out. */
export function isCreditorId(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{3}[A-Z0-9]{1,28}$/.test(text)) return false
  let rest = 0
  for (const character of `${text.slice(7)}${text.slice(0, 4)}`) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

/** The creditor of a direct debit: where the label names it, or any word whose check digits are right. */
export function readCreditorId(text: string, named: string | undefined): Found<string> | null {
  const word = named && /^[A-Z]{2}\d{2}[A-Z0-9]{4,31}$/.test(named) ? named : text.match(/\b[A-Z]{2}\d{2}[A-Z0-9]{3}[A-Z0-9]{4,28}\b/g)?.find(isCreditorId)
  return word === undefined ? null : { value: word, rule: 'sepa-creditor@1', confidence: isCreditorId(word) ? 0.99 : 0.7 }
}

/** The reference of the mandate, where the label names it. */
export function readMandate(text: string, named: string | undefined): Found<string> | null {
  const mandate = named ?? /\b(?:MDT|MANDAT|RUM|MANDATE)\b ?[:/]? ?([A-Z0-9+][A-Z0-9+/._-]{3,34})(?= |$)/.exec(text)?.[1]
  return mandate === undefined ? null : { value: mandate, rule: 'sepa-mandate@1', confidence: 0.9 }
}

/** The SIREN a label names as such (SIREN, SIRET, RCS, or a French VAT number), its key being right. */
export function readSiren(text: string): Found<string> | null {
  const named = /\b(?:SIREN|SIRET|RCS(?: [A-Z-]+)?)\b[ :N°]*((?:\d[ .]?){8}\d)/.exec(text)?.[1]?.replace(/[ .]/g, '')
  if (named !== undefined && isSiren(named)) return { value: named, rule: 'siren-named@1', confidence: 0.99 }
  const vat = /\bFR ?\d{2} ?(\d{3}) ?(\d{3}) ?(\d{3})\b/.exec(text)
  const siren = vat ? `${vat[1]}${vat[2]}${vat[3]}` : undefined
  if (siren === undefined || !isSiren(siren) || vatNumberOfSiren(siren) !== vat?.[0].replaceAll(' ', '')) return null
  return { value: siren, rule: 'siren-vat@1', confidence: 0.99 }
}
