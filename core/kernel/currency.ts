import { assert } from './assert.ts'

/** ISO 4217 alphabetic code, such as EUR. */
export type Currency = string & { readonly __brand: 'Currency' }

/**
 * Currencies whose minor unit is not a hundredth. Source: ISO 4217 list one (SIX), minor unit column.
 * Every other alphabetic code in circulation has two digits.
 */
const DIGITS_OTHER_THAN_TWO: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
  CLF: 4, UYW: 4,
}

export const EUR = 'EUR' as Currency

/** Reads a currency code of three capital letters; undefined when it is not one. */
export function parseCurrency(text: string): Currency | undefined {
  return /^[A-Z]{3}$/.test(text) ? (text as Currency) : undefined
}

/** A currency known to be well formed: throws on anything but three capital letters. */
export function currency(text: string): Currency {
  const parsed = parseCurrency(text)
  assert(parsed, `not a currency code: ${text}`)
  return parsed
}

/** Digits after the decimal point: 2 for EUR, 0 for JPY, 3 for TND. */
export function minorDigits(of: Currency): number {
  return DIGITS_OTHER_THAN_TWO[of] ?? 2
}
