import { type CsvProfile, DELIMITERS } from '../../../core/bank/mapping.ts'
import { layoutByContent } from './content.ts'
import { findHeader, isPortfolio, type Layout, modalWidth } from './layout.ts'
import { hasTable, layoutByProfile, recognise } from './profile-layout.ts'
import { CSV_PROFILES } from './profiles/index.ts'
import { createRowCutter, type Row } from './rows.ts'

/** A table recognised, or one that is not a bank's (and why), or nothing that looks like a table. */
export type Sniffed =
  | { readonly kind: 'table'; readonly layout: Layout }
  | { readonly kind: 'refused'; readonly why: 'portfolio' | 'no-date-or-amount' | 'not-the-profile' }
  | { readonly kind: 'not-a-table' }

/** Characters looked at: enough for a long preamble and a page of rows. */
export const SNIFF_CHARACTERS = 65_536
export const SNIFF_ROWS = 1000

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

type Candidate = { readonly score: number; readonly layout: Layout } | { readonly portfolio: boolean }

/** How rows are a bank's table: as the named profile says; as a shipped one whose titles they have; by known titles; by what the columns hold. */
function understand(rows: readonly Row[], named: CsvProfile | null): Candidate {
  if (named && hasTable(named)) {
    const layout = layoutByProfile(rows, named, true)
    return layout ? { score: 3000 + modalWidth(rows), layout } : { portfolio: false }
  }
  const known = recognise(rows, CSV_PROFILES)
  const recognised = known && layoutByProfile(rows, known, false)
  if (recognised) return { score: 2000 + recognised.recognised * 10, layout: withNamed(recognised, named) }
  const header = findHeader(rows)
  if (header && 'portfolio' in header) return { portfolio: isPortfolio(header.portfolio) }
  const layout = header ?? layoutByContent(rows)
  if (!layout) return { portfolio: false }
  return { score: (header ? 1000 + layout.recognised * 10 : 100) + consistency(rows), layout: withNamed(layout, named) }
}

/** A profile that only says how to read dates or signs is laid over what was found. */
function withNamed(layout: Layout, named: CsvProfile | null): Layout {
  return named ? { ...layout, profile: { ...layout.profile, ...named }, isNamed: true } : layout
}

/** Finds the table in rows that are already cut, such as those of a workbook. */
export function sniffRows(rows: readonly Row[], named: CsvProfile | null): Sniffed {
  const found = understand(rows, named)
  if ('layout' in found) return { kind: 'table', layout: found.layout }
  if (named && hasTable(named)) return { kind: 'refused', why: 'not-the-profile' }
  if (found.portfolio) return { kind: 'refused', why: 'portfolio' }
  return consistency(rows) > 0.5 ? { kind: 'refused', why: 'no-date-or-amount' } : { kind: 'not-a-table' }
}

/**
 * Finds delimiter and layout from the beginning of a text. A profile that is named decides; else a header in known words; else what
 * the columns hold. A regular table without date or amount is refused with its reason. `isWhole` says that the text is the whole file.
 */
export function sniff(text: string, isWhole: boolean, named: CsvProfile | null = null): Sniffed {
  let best: { score: number; layout: Layout } | null = null
  let isPortfolioTable = false
  let isRegular = false
  const only = named?.delimiter ?? hinted(text)
  for (const delimiter of only === undefined ? DELIMITERS : [only]) {
    const rows = sampleRows(text, delimiter, isWhole)
    if (rows.length > 0 && consistency(rows) > 0.5) isRegular = true
    const found = understand(rows, named)
    if ('portfolio' in found) isPortfolioTable ||= found.portfolio
    else if (!best || found.score > best.score) best = { score: found.score, layout: { ...found.layout, delimiter } }
  }
  if (best) return { kind: 'table', layout: best.layout }
  if (named && hasTable(named)) return { kind: 'refused', why: 'not-the-profile' }
  if (isPortfolioTable) return { kind: 'refused', why: 'portfolio' }
  return isRegular ? { kind: 'refused', why: 'no-date-or-amount' } : { kind: 'not-a-table' }
}
