import { assert } from './assert.ts'
import { divide, type Rounding } from './rounding.ts'

/** A rate as an exact integer over 10 000: 2000 is 20 %, 550 is 5.5 %, 105 is 1.05 %. */
export type BasisPoints = number & { readonly __brand: 'BasisPoints' }

/** Marks a whole number of basis points; refuses fractions. */
export function basisPoints(value: number): BasisPoints {
  assert(Number.isSafeInteger(value), `basis points must be whole: ${value}`)
  return value as BasisPoints
}

/** Reads a percentage written with a dot or a comma ("20", "5,5", "5.50"); undefined when unreadable or finer than 0.01 %. */
export function parsePercent(text: string): BasisPoints | undefined {
  const match = /^(\d{1,4})(?:[.,](\d{1,2})0*)?$/.exec(text.trim())
  if (!match) return undefined
  return (Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))) as BasisPoints
}

/** "20", "5.5", "1.05": the percentage without needless zeros, with a dot. */
export function formatPercent(rate: BasisPoints): string {
  const fraction = String(rate % 100).padStart(2, '0').replace(/0+$/, '')
  return fraction ? `${Math.trunc(rate / 100)}.${fraction}` : String(Math.trunc(rate / 100))
}

/** The rate's share of an amount in minor units, rounded once. */
export function applyRate(minor: bigint, rate: BasisPoints, rounding: Rounding = 'half-up'): bigint {
  return divide(minor * BigInt(rate), 10_000n, rounding)
}
