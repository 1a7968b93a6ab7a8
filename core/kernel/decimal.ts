import { divide, type Rounding } from './rounding.ts'

/** A decimal with exactly four digits after the point, as a whole number of ten-thousandths: quantities and unit prices. */
export type TenThousandths = bigint & { readonly __brand: 'TenThousandths' }

/** Reads "7.5" or "-0.0125"; undefined when unreadable or finer than four digits (trailing zeros aside). */
export function parseDecimal4(text: string): TenThousandths | undefined {
  const match = /^(-?)(\d{1,14})(?:\.(\d{1,4})0*)?$/.exec(text)
  if (!match) return undefined
  const magnitude = BigInt(match[2]! + (match[3] ?? '').padEnd(4, '0'))
  return (match[1] ? -magnitude : magnitude) as TenThousandths
}

/** "7.5": without needless zeros. */
export function formatDecimal4(value: TenThousandths): string {
  const magnitude = (value < 0n ? -value : value).toString().padStart(5, '0')
  const fraction = magnitude.slice(-4).replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${magnitude.slice(0, -4)}${fraction ? `.${fraction}` : ''}`
}

/** quantity x unit price in minor units of a currency with `digits` decimals, rounded once. */
export function multiplyToMinor(quantity: TenThousandths, unitPrice: TenThousandths, { digits, rounding }: { digits: number; rounding: Rounding }): bigint {
  return divide(quantity * unitPrice * 10n ** BigInt(digits), 100_000_000n, rounding)
}

/** The same quantity with the other sign. */
export function negateDecimal(value: TenThousandths): TenThousandths {
  return -value as TenThousandths
}
