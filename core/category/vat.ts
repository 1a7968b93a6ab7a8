import type { LocalDate } from '../kernel/local-date.ts'
import type { BasisPoints } from '../kernel/rate.ts'
import { inForce } from '../law/dated.ts'
import { VAT_RATES } from '../law/vat-rates.ts'

/** A rate of TVA by its name in law; what it is worth depends on the day. */
export const VAT_RATE_KEYS = ['standard', 'intermediate', 'reduced', 'particular', 'none'] as const
export type VatRateKey = (typeof VAT_RATE_KEYS)[number]

/** The articles that name each rate; the rates themselves, dated, are in core/law/vat-rates.ts. */
const ARTICLE: Readonly<Record<Exclude<VatRateKey, 'none'>, RegExp>> = {
  standard: /^CGI art\. 278,/, intermediate: /^CGI art\. 279,/, reduced: /^CGI art\. 278-0 bis/, particular: /^CGI art\. 281 quater/,
}

/** What a rate is worth in metropolitan France on a day; undefined for 'none' and before the rate existed. */
export function vatRateOn(key: VatRateKey, on: LocalDate): BasisPoints | undefined {
  if (key === 'none') return undefined
  return VAT_RATES.find((row) => row.value.territory === 'metropole' && ARTICLE[key].test(row.source) && inForce([row], on).length > 0)?.value.rate
}
