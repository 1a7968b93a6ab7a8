import { type Currency, minorDigits } from '../../../core/kernel/currency.ts'
import { dateOf } from '../../../core/kernel/local-date.ts'
import { formatAmount } from '../../../core/kernel/money.ts'
import { problem } from '../../../core/kernel/problem.ts'
import { fail, ok, type Result } from '../../../core/kernel/result.ts'
import { rememberDays } from '../days.ts'

/** A record of 120 characters, already cut. `line` is its 1-based line in the file (or its rank when the file has no lines). */
export type RawRecord = { readonly text: string; readonly line: number }

/** Characters `from` to `to`, 1-based and inclusive as in the standard, without the blanks around. */
export function field(record: RawRecord, from: number, to: number): string {
  return record.text.slice(from - 1, to).trim()
}

const CREDIT = '{ABCDEFGHI'
const DEBIT = '}JKLMNOPQR'

/** Years are written with two digits; the standard is younger than 1980 and statements are kept ten years. */
const CENTURY_PIVOT = 80

/** Reads JJMMAA. Undefined when it is not a day of the calendar. */
export const readDate = rememberDays((text) => {
  const match = /^(\d{2})(\d{2})(\d{2})$/.exec(text)
  if (!match) return undefined
  const year = Number(match[3])
  return dateOf(year >= CENTURY_PIVOT ? 1900 + year : 2000 + year, Number(match[2]), Number(match[1]))
})

/** Writes a signed integer in the 14 characters of the standard, the last digit carrying the sign. */
export function overpunch(minor: bigint): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(14, '0')
  const last = Number(digits.at(-1))
  return digits.slice(0, -1) + (minor < 0n ? DEBIT : CREDIT)[last]!
}

/** The integer behind an over-punched amount. é and è are { and } after a conversion between character sets. */
function signedInteger(text: string): bigint | undefined {
  const last = text.length - 1
  if (last < 1 || last > 13) return undefined
  const written = text[last]!
  const sign = written === 'é' ? '{' : written === 'è' ? '}' : written
  const credit = CREDIT.indexOf(sign)
  const digit = credit >= 0 ? credit : DEBIT.indexOf(sign)
  if (digit < 0) return undefined
  // Fourteen digits are exact in a double.
  let magnitude = 0
  for (let at = 0; at < last; at += 1) {
    const value = text.charCodeAt(at) - 48
    if (value < 0 || value > 9) return undefined
    magnitude = magnitude * 10 + value
  }
  magnitude = magnitude * 10 + digit
  return BigInt(credit >= 0 ? magnitude : -magnitude)
}

/** How many decimals the record declares in column 20; undefined when the column is blank. */
export function declaredDecimals(record: RawRecord): number | undefined {
  const digit = record.text.charCodeAt(19) - 48
  return digit >= 0 && digit <= 9 ? digit : undefined
}

const AMOUNT_FIELD = 'montant (91-104)'

/**
 * The amount of a record (columns 91 to 104) in minor units of the currency. The record says how many decimals it writes:
 * fewer than the currency has are completed, more are refused unless they are zeros.
 */
export function readAmount(record: RawRecord, currency: Currency): Result<bigint> {
  const text = field(record, 91, 104)
  const where = { line: record.line, field: AMOUNT_FIELD }
  const value = signedInteger(text)
  if (value === undefined) {
    return fail(problem('AMOUNT_UNREADABLE', {
      fr: `Le montant « ${text} » n'est pas un montant CFONB. L'opération n'est pas reprise ; demandez le fichier d'origine à la banque.`,
      en: `The amount "${text}" is not a CFONB amount. The line is left out; ask the bank for the original file.`,
    }, where))
  }
  const digits = minorDigits(currency)
  const decimals = declaredDecimals(record) ?? digits
  if (decimals === digits) return ok(value)
  if (decimals < digits) return ok(value * 10n ** BigInt(digits - decimals))
  const excess = 10n ** BigInt(decimals - digits)
  if (value % excess === 0n) return ok(value / excess)
  return fail(problem('AMOUNT_TOO_PRECISE', {
    fr: `Le montant ${formatAmount(value / excess, currency)}… a ${decimals} décimales, plus que la devise ${currency} (${digits}). L'opération n'est pas reprise ; corrigez-la à la source.`,
    en: `The amount ${formatAmount(value / excess, currency)}… has ${decimals} decimals, more than ${currency} has (${digits}). The line is left out; correct it at the source.`,
  }, where))
}

/** True when the amount stands in its columns: blanks or digits, then the digit with its sign. */
function isAmount(text: string): boolean {
  for (let at = 90; at < 103; at += 1) {
    const code = text.charCodeAt(at)
    if (code !== 32 && (code < 48 || code > 57)) return false
  }
  return /[{}A-Réè]/.test(text[103] ?? '')
}

/**
 * Puts an amount back in its columns when a character before it was lost or doubled (accents written on two bytes, tabs, trimmed fields).
 * Only small shifts are tried, and only when the amount is not where it belongs.
 */
export function realign(record: RawRecord): RawRecord {
  if (isAmount(record.text)) return record
  for (let shift = -6; shift <= 6; shift++) {
    const at = 90 + shift
    if (shift === 0 || !/^\d{13}[{}A-Réè]$/.test(record.text.slice(at, at + 14)) || /\d/.test(record.text[at - 1] ?? '')) continue
    const before = record.text.slice(0, at)
    // The accents are in the label, which ends at column 80: that is where blanks are put back or taken away.
    const head = shift < 0 ? before.slice(0, 80 + shift) + ' '.repeat(-shift) + before.slice(80 + shift) : before.slice(0, 80) + before.slice(80 + shift)
    return { ...record, text: (head + record.text.slice(at)).padEnd(120) }
  }
  return record
}
