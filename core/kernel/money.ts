import { assert } from './assert.ts'
import { type Currency, minorDigits } from './currency.ts'
import { problem, type Where } from './problem.ts'
import { fail, ok, type Result } from './result.ts'

/** An exact amount: whole minor units (cents for EUR) and their currency. Never a float. */
export type Money = { readonly minor: bigint; readonly currency: Currency }

/** The form amounts take in JSON: a decimal string with a dot and the currency's own number of digits. */
export type MoneyJson = { readonly amount: string; readonly currency: string }

/** An amount of so many minor units of a currency. */
export function money(minor: bigint, currency: Currency): Money {
  return { minor, currency }
}

/** Sum of two amounts of one currency; mixing currencies is a bug and throws. */
export function add(a: Money, b: Money): Money {
  assert(a.currency === b.currency, `cannot add ${a.currency} and ${b.currency}`)
  return { minor: a.minor + b.minor, currency: a.currency }
}

/** The same amount with the other sign. */
export function negate(a: Money): Money {
  return { minor: -a.minor, currency: a.currency }
}

/** Minor units without their sign. */
export function absolute(minor: bigint): bigint {
  return minor < 0n ? -minor : minor
}

/** Sum of minor units. */
export function sum(amounts: Iterable<bigint>): bigint {
  let total = 0n
  for (const amount of amounts) total += amount
  return total
}

/** Digits that a double holds exactly. */
const SURE_DIGITS = 15

/** What nearly every amount is (a sign, digits, a dot, no more decimals than the currency has), read without a pattern. Undefined for any other. */
function quickAmount(text: string, digits: number): bigint | undefined {
  const start = text.startsWith('-') ? 1 : 0
  let value = 0
  let dot = -1
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 46 && dot < 0 && at > start) dot = at
    else if (code >= 48 && code <= 57) value = value * 10 + code - 48
    else return undefined
  }
  const decimals = dot < 0 ? 0 : text.length - dot - 1
  if (text.length === start || decimals > digits || text.length - start + digits - decimals > SURE_DIGITS) return undefined
  for (let missing = decimals; missing < digits; missing += 1) value *= 10
  return BigInt(start === 1 ? -value : value)
}

/**
 * Reads a plain decimal with a dot ("-1234.5") as minor units of the currency.
 * Refuses text that is not a number, and more decimals than the currency has (trailing zeros aside): nothing is rounded silently.
 */
export function parseAmount(text: string, currency: Currency, where: Where = {}): Result<bigint> {
  const quick = quickAmount(text, minorDigits(currency))
  if (quick !== undefined) return ok(quick)
  const match = /^([+-]?)(\d{1,18})(?:\.(\d*))?$/.exec(text)
  if (!match) {
    return fail(problem('AMOUNT_UNREADABLE', {
      fr: `Le montant « ${text} » n'est pas lisible. Écrivez-le en chiffres, par exemple 1234.56.`,
      en: `The amount "${text}" cannot be read. Write it in digits, for example 1234.56.`,
    }, where))
  }
  const digits = minorDigits(currency)
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  if (fraction.length > digits) {
    return fail(problem('AMOUNT_TOO_PRECISE', {
      fr: `Le montant ${text} a plus de décimales que la devise ${currency} (${digits}). Corrigez-le à la source ; il n'est pas arrondi.`,
      en: `The amount ${text} has more decimals than ${currency} has (${digits}). Correct it at the source; it is not rounded.`,
    }, where))
  }
  const minor = BigInt(match[2]! + fraction.padEnd(digits, '0'))
  return ok(match[1] === '-' ? -minor : minor)
}

/** "-1234.50": decimal string with a dot and exactly the currency's digits. */
export function formatAmount(minor: bigint, currency: Currency): string {
  const digits = minorDigits(currency)
  const text = absolute(minor).toString().padStart(digits + 1, '0')
  const body = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
  return minor < 0n ? `-${body}` : body
}

/** An amount as JSON writes it; the inverse of parseAmount. */
export function toJson(a: Money): MoneyJson {
  return { amount: formatAmount(a.minor, a.currency), currency: a.currency }
}
