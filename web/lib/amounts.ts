import { currency as currencyOf, minorDigits } from '../../core/kernel/currency.ts'
import { formatAmount, parseAmount, sum } from '../../core/kernel/money.ts'
import type { MoneyJson } from '../../core/kernel/money.ts'

/** Reads what a person types ("1 234,56", "1234.5", "−12") as the text of the API, or undefined when it is no amount. Nothing is rounded. */
export function readAmount(text: string, currency: string): string | undefined {
  const plain = text.replace(/[\s\u00a0\u202f'€$£]/g, '').replace('\u2212', '-')
  const comma = plain.lastIndexOf(',')
  const dot = plain.lastIndexOf('.')
  // Of two signs the last one is the decimal one: "1.234,56" and "1,234.56" say the same.
  const decimal = Math.max(comma, dot)
  const whole = decimal < 0 ? plain : plain.slice(0, decimal).replace(/[.,]/g, '')
  const read = parseAmount(decimal < 0 ? whole : `${whole || '0'}.${plain.slice(decimal + 1)}`, currencyOf(currency))
  return read.ok ? formatAmount(read.value, currencyOf(currency)) : undefined
}

/** Exact sum of decimal texts of one currency. */
export function sumAmounts(amounts: readonly string[], currency: string): string {
  const of = currencyOf(currency)
  return formatAmount(sum(amounts.map((text) => minorOf(text, currency))), of)
}

/** Minor units of a decimal text of the API; unreadable text is a bug of ours and throws. */
export function minorOf(text: string, currency: string): bigint {
  const read = parseAmount(text, currencyOf(currency))
  if (!read.ok) throw new Error(`not an amount: ${text}`)
  return read.value
}

export function subtract(a: string, b: string, currency: string): string {
  return formatAmount(minorOf(a, currency) - minorOf(b, currency), currencyOf(currency))
}

/** The same amount the other way: what is spent as a positive figure, what goes out under the line of a chart. */
export function opposite(amount: string): string {
  return isZero(amount) ? amount : amount.startsWith('-') ? amount.slice(1) : `-${amount}`
}

export function isZero(money: MoneyJson | string): boolean {
  return /^-?0*(\.0*)?$/.test(typeof money === 'string' ? money : money.amount)
}

export function isNegative(money: MoneyJson | string): boolean {
  return (typeof money === 'string' ? money : money.amount).startsWith('-') && !isZero(money)
}

export function digitsOf(currency: string): number {
  return minorDigits(currencyOf(currency))
}
