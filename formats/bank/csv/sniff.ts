import { layoutByContent } from './content.ts'
import { findHeader, isPortfolio, type Layout, modalWidth } from './layout.ts'
import { createRowCutter, type Row } from './rows.ts'

/** A table recognised, one that is not a bank's (and why), or nothing that looks like a table. */
export type Sniffed =
  | { readonly kind: 'table'; readonly delimiter: string; readonly layout: Layout }
  | { readonly kind: 'refused'; readonly why: 'portfolio' | 'no-date-or-amount' }
  | { readonly kind: 'not-a-table' }

const DELIMITERS = [';', ',', '\t', '|'] as const
/** Characters looked at: enough for a long preamble and a page of rows. */
export const SNIFF_CHARACTERS = 65_536
const SNIFF_ROWS = 1000

/** "sep=;" on the first line: a hint spreadsheets write and read. */
function hinted(text: string): string | undefined {
  return /^\uFEFF?"?sep=(.)"?\s*[\r\n]/i.exec(text)?.[1]
}

function sampleRows(text: string, delimiter: string, isWhole: boolean): Row[] {
  const cutter = createRowCutter(delimiter)
  const rows = cutter.push(text)
  return (isWhole ? [...rows, ...cutter.end()] : rows).slice(0, SNIFF_ROWS)
}

/** Share of the rows that have the most common number of cells, when that is a table's. */
function consistency(rows: readonly Row[]): number {
  const width = modalWidth(rows)
  return width < 2 || rows.length === 0 ? 0 : rows.filter((row) => row.cells.length === width).length / rows.length
}

/**
 * Finds delimiter and layout from the beginning of a text. A header in known words decides; else what the columns hold;
 * a regular table without date or amount is refused with its reason. `isWhole` says that the text is the whole file.
 */
export function sniff(text: string, isWhole: boolean): Sniffed {
  let best: { score: number; delimiter: string; layout: Layout } | null = null
  let isPortfolioTable = false
  let isRegular = false
  const hint = hinted(text)
  for (const delimiter of hint ? [hint] : DELIMITERS) {
    const rows = sampleRows(text, delimiter, isWhole)
    const regularity = consistency(rows)
    if (regularity > 0.5 && rows.length > 0) isRegular = true
    const header = findHeader(rows)
    if (header && 'portfolio' in header) {
      isPortfolioTable ||= isPortfolio(header.portfolio)
      continue
    }
    const layout = header ?? layoutByContent(rows)
    if (!layout) continue
    const score = (header ? 1000 + layout.recognised * 10 : 100) + regularity
    if (!best || score > best.score) best = { score, delimiter, layout }
  }
  if (best) return { kind: 'table', delimiter: best.delimiter, layout: best.layout }
  if (isPortfolioTable) return { kind: 'refused', why: 'portfolio' }
  return isRegular ? { kind: 'refused', why: 'no-date-or-amount' } : { kind: 'not-a-table' }
}
