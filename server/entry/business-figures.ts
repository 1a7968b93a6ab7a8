import type { App } from '../platform/app.ts'
import type { BusinessFigures } from '../platform/metrics/metrics.ts'
import { listCompanies } from './inspection/inspection-store.ts'
import { companyTotals } from './inspection/totals-store.ts'

/** Collections come every fifteen seconds from each collector; the figures are read once a minute. */
const KEPT_MS = 60_000

/**
 * What the whole installation did. Each figure is kept by the database (the rank of the last entry, the next number of a
 * series), so it is the same in every process, survives a restart, and costs one short query for each company.
 */
export function businessFigures(app: App): () => Promise<BusinessFigures> {
  let known: { readonly figures: BusinessFigures; readonly until: number } | undefined
  return async () => {
    if (known && app.clock.now().getTime() < known.until) return known.figures
    const companies = await app.db.system(listCompanies)
    const figures = { companies: companies.length, invoices: 0, lines: 0, entries: 0, matches: 0 }
    for (const { tenantId } of companies) {
      const totals = await app.db.tenant({ tenantId, userId: null }, companyTotals)
      figures.invoices += totals.invoices
      figures.lines += totals.lines
      figures.entries += totals.entries
      figures.matches += totals.matches
    }
    known = { figures, until: app.clock.now().getTime() + KEPT_MS }
    return figures
  }
}
