import { camt } from './camt/reader.ts'
import { cfonb120 } from './cfonb120/reader.ts'
import { csv } from './csv/reader.ts'
import type { BankFormat } from './format.ts'
import { mt940 } from './mt940/reader.ts'
import { ofx } from './ofx/reader.ts'
import { qif } from './qif/reader.ts'
import { pdf } from './pdf/reader.ts'
import { xlsx } from './xlsx/reader.ts'

/** Every bank format, one line each. Detection asks them in this order: the strictest first, CSV (nearly any text) last. */
export const BANK_FORMATS: readonly BankFormat[] = [
  cfonb120,
  ofx,
  camt,
  mt940,
  qif,
  xlsx,
  pdf,
  csv,
]
