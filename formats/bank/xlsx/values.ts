import { fromEpochDay, type LocalDate, toEpochDay } from '../../../core/kernel/local-date.ts'

/** Digits that a workbook shows and computes with; a double written in full may have two more, which are noise. */
const DIGITS_MAX = 15

const FIRST_DAY_1900 = toEpochDay('1899-12-30' as LocalDate)
const FIRST_DAY_1904 = toEpochDay('1904-01-01' as LocalDate)
const LAST_SERIAL = 2_958_465

/** Adds one to the last of decimal digits. */
function roundedUp(digits: string): string {
  return (BigInt(digits) + 1n).toString().padStart(digits.length, '0')
}

/**
 * The number of a cell as a plain decimal, from the text the file holds and never through a float: "1234.5", "1E-3",
 * "0.30000000000000004". A fraction is kept to fifteen digits, which is what the spreadsheet itself shows: 0.1 + 0.2 is 0.3.
 * A whole number is kept as it is written, since it may be an identifier. Undefined when it is no number.
 */
export function exactNumber(text: string): string | undefined {
  const match = /^([+-]?)(\d{1,40})(?:\.(\d{0,40}))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text.trim())
  if (!match) return undefined
  const [, sign, whole = '', fraction = '', exponent] = match
  const shift = Number(exponent ?? '0')
  let digits = whole + fraction
  let point = whole.length + shift
  if (point < 0) [digits, point] = ['0'.repeat(-point) + digits, 0]
  if (point > digits.length) digits = digits.padEnd(point, '0')
  const zeros = /^0*/.exec(digits)![0].length
  const keep = Math.max(zeros + DIGITS_MAX, point)
  if (digits.length > keep && point < digits.length) {
    const isUp = digits[keep]! >= '5'
    digits = digits.slice(0, keep)
    if (isUp) {
      const rounded = roundedUp(digits || '0')
      point += rounded.length - digits.length
      digits = rounded
    }
  }
  const units = digits.slice(0, point).replace(/^0+(?=\d)/, '') || '0'
  const rest = digits.slice(point).replace(/0+$/, '')
  const value = rest === '' ? units : `${units}.${rest}`
  return sign === '-' && /[1-9]/.test(value) ? `-${value}` : value
}

/** The day of a serial number; undefined out of the calendar of spreadsheets. Days before March 1900 are wrong in every workbook and refused. */
export function serialDay(text: string, is1904: boolean): LocalDate | undefined {
  const whole = /^(\d{1,7})(?:\.\d*)?(?:[eE][+-]?\d+)?$/.exec(exactNumber(text) ?? '')?.[1]
  const serial = whole === undefined ? -1 : Number(whole)
  if (serial < (is1904 ? 0 : 61) || serial > LAST_SERIAL) return undefined
  return fromEpochDay((is1904 ? FIRST_DAY_1904 : FIRST_DAY_1900) + serial)
}

/** Number formats of the standard that show a day (ECMA-376 part 1, 18.8.30), those of East Asia included. */
const DAY_FORMATS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58])

/** True when a number format shows a day: it has a day or a year outside of quotes, brackets and escapes. */
export function isDayFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return DAY_FORMATS.has(id)
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, '')
  return /[dyj]/i.test(bare) && !/general|standard/i.test(bare)
}
