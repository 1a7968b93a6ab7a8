import { absolute } from '../kernel/money.ts'

/** Cents as a French reader writes them: "12 345,67" with no-break spaces between thousands and no currency. */
export function frenchAmount(cents: bigint): string {
  const text = absolute(cents).toString().padStart(3, '0')
  const whole = text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, '\u00a0')
  return `${cents < 0n ? '-' : ''}${whole},${text.slice(-2)}`
}

/** Cents as an English reader writes them: "12,345.67". */
export function englishAmount(cents: bigint): string {
  const text = absolute(cents).toString().padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${text.slice(-2)}`
}

/** Cents with a dot and two digits, as JSON carries euros: "-1234.50". */
export function plainAmount(cents: bigint): string {
  const text = absolute(cents).toString().padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`
}
