import { localDate } from '../kernel/local-date.ts'
import { basisPoints, type BasisPoints } from '../kernel/rate.ts'
import type { LocalDate } from '../kernel/local-date.ts'
import { type Dated, inForce } from './dated.ts'

type VatRate = { readonly rate: BasisPoints; readonly territory: 'metropole' | 'corse' | 'drom' }

type Territory = VatRate['territory']

/** `days` is the first day and the last one; the last is empty while the rate is in force. */
function row([rate, territory]: readonly [number, Territory], days: readonly [string, string?], source: string): Dated<VatRate> {
  const [from, to] = days
  return { value: { rate: basisPoints(rate), territory }, from: localDate(from), to: to === undefined ? null : localDate(to), source }
}

/** Rates of TVA by territory and day. Guyane and Mayotte levy none. */
export const VAT_RATES: readonly Dated<VatRate>[] = [
  row([1960, 'metropole'], ['2000-04-01', '2013-12-31'], 'CGI art. 278, loi 2000-656'),
  row([2000, 'metropole'], ['2014-01-01'], 'CGI art. 278, loi 2012-1510 art. 68'),
  row([700, 'metropole'], ['2012-01-01', '2013-12-31'], 'CGI art. 279, loi 2011-1978 art. 13'),
  row([1000, 'metropole'], ['2014-01-01'], 'CGI art. 279, loi 2012-1510 art. 68'),
  row([550, 'metropole'], ['1982-07-01'], 'CGI art. 278-0 bis'),
  row([210, 'metropole'], ['1989-01-01'], 'CGI art. 281 quater et suivants'),
  row([1300, 'corse'], ['2014-01-01'], 'CGI art. 297, BOI-TVA-GEO-10'),
  row([90, 'corse'], ['1989-01-01'], 'CGI art. 297, BOI-TVA-GEO-10'),
  row([850, 'drom'], ['1995-09-16'], 'CGI art. 296, BOI-TVA-GEO-20-10'),
  row([175, 'drom'], ['1995-09-16'], 'CGI art. 296 ter, BOI-TVA-GEO-20-10'),
  row([105, 'drom'], ['1995-09-16'], 'CGI art. 296 ter, BOI-TVA-GEO-20-10'),
]

/** Whether a French rate of TVA exists on that day in some territory; zero always does (exempt, out of scope). */
export function isVatRate(rate: BasisPoints, on: LocalDate): boolean {
  return rate === 0 || inForce(VAT_RATES, on).some((row) => row.rate === rate)
}

/** The rates of a territory on a day, highest first. */
export function vatRates(territory: Territory, on: LocalDate): BasisPoints[] {
  return inForce(VAT_RATES, on).filter((row) => row.territory === territory).map((row) => row.rate).sort((a, b) => b - a)
}
