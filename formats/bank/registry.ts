import { camt } from './camt/reader.ts'
import { cfonb120 } from './cfonb120/reader.ts'
import { csv } from './csv/reader.ts'
import type { BankFormat } from './format.ts'

/** Every bank format, one line each. Detection asks them in this order: the strictest first, CSV (nearly any text) last. */
export const BANK_FORMATS: readonly BankFormat[] = [
  cfonb120,
  camt,
  csv,
]
