import { COLUMN_ROLES, type ColumnName, type ColumnRole, type ColumnSuggestion, type CsvProfile, type Delimiter, DELIMITERS, type MappingSuggestion } from '../../../core/bank/mapping.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import { problem } from '../../../core/kernel/problem.ts'
import { fail, ok, type Result } from '../../../core/kernel/result.ts'
import { createDecoder } from '../encoding.ts'
import { isWorkbook, workbookRows } from '../xlsx/reader.ts'
import { decide, type Decisions } from './evidence.ts'
import { type Columns, type Layout, modalWidth } from './layout.ts'
import { readPreamble } from './preamble.ts'
import { createRowCutter, type Row } from './rows.ts'
import { sniff, SNIFF_CHARACTERS, sniffRows } from './sniff.ts'
import { claimsOf, words } from './words.ts'

/** Bytes looked at: what they say of dates and signs is what the rest says. */
const BYTES_MAX = 2_097_152
const ROWS_MAX = 5000
const EXAMPLES = 3
const SHOWN_ROWS = 20
const CELL_SHOWN_MAX = 200

/** How sure a decision is by what it rests on. */
const SURE = { proven: 0.99, told: 0.95, likely: 0.8, content: 0.7, assumed: 0.4 } as const

type Table = { readonly rows: readonly Row[]; readonly encoding: string; readonly delimiter: Delimiter; readonly layout: Layout | null }

/** The separator under which the rows are most alike, for a table whose titles say nothing. */
function likeliest(text: string): Delimiter {
  const score = (delimiter: Delimiter): number => {
    const rows = createRowCutter(delimiter).push(text.slice(0, SNIFF_CHARACTERS))
    const width = modalWidth(rows)
    return width < 2 ? 0 : width + rows.filter((row) => row.cells.length === width).length
  }
  return DELIMITERS.toSorted((a, b) => score(b) - score(a))[0]!
}

function tableOf(bytes: Uint8Array): Table | null {
  if (isWorkbook(bytes)) {
    const sheets = workbookRows(bytes, ROWS_MAX)
    const found = sheets.map((rows) => ({ rows, sniffed: sniffRows(rows, null) }))
    const best = found.find(({ sniffed }) => sniffed.kind === 'table') ?? found.find(({ rows }) => rows.length > 1)
    return best ? { rows: best.rows, encoding: 'utf-8', delimiter: ';', layout: best.sniffed.kind === 'table' ? best.sniffed.layout : null } : null
  }
  const head = bytes.subarray(0, BYTES_MAX)
  const decoder = createDecoder()
  const isWhole = head.length === bytes.length
  const text = decoder.push(head) + (isWhole ? decoder.end() : '')
  const sniffed = sniff(text.slice(0, SNIFF_CHARACTERS), isWhole && text.length <= SNIFF_CHARACTERS)
  const delimiter = sniffed.kind === 'table' ? (sniffed.layout.delimiter as Delimiter) : likeliest(text)
  const cutter = createRowCutter(delimiter)
  const rows = [...cutter.push(text), ...(isWhole ? cutter.end() : [])].slice(0, ROWS_MAX)
  if (rows.length === 0 || modalWidth(rows) < 2) return null
  return { rows, encoding: decoder.encoding(), delimiter, layout: sniffed.kind === 'table' ? sniffed.layout : null }
}

/** The role of each column by its rank from 0. */
function rolesOf(columns: Columns | null): ReadonlyMap<number, ColumnRole> {
  const roles = new Map<number, ColumnRole>()
  if (!columns) return roles
  for (const role of COLUMN_ROLES) if (role !== 'label' && columns[role] !== null) roles.set(columns[role], role)
  for (const at of columns.labels) if (!roles.has(at)) roles.set(at, 'label')
  return roles
}

/** Titles in words that nobody knows: a first row of texts, as wide as the table. They help a person, and decide nothing. */
function unknownTitles(rows: readonly Row[]): readonly string[] {
  const first = rows[0]?.cells ?? []
  return first.length === modalWidth(rows) && first.every((cell) => /\p{L}/u.test(cell) && !/\d/.test(cell)) ? first : []
}

function columnSuggestions({ rows, layout }: Table, decisions: Decisions | null): ColumnSuggestion[] {
  const roles = rolesOf(decisions?.columns ?? null)
  const header = layout && layout.header.length > 0 ? layout.header : unknownTitles(rows)
  const body = rows.slice(header === layout?.header ? layout.bodyAt : header.length > 0 ? 1 : 0)
  const width = Math.max(header.length, modalWidth(body))
  return Array.from({ length: width }, (_, index): ColumnSuggestion => {
    const role = roles.get(index) ?? null
    const cells = [...new Set(body.map((row) => row.cells[index] ?? '').filter((cell) => cell !== ''))].slice(0, EXAMPLES)
    const isTitled = role !== null && claimsOf(header[index] ?? '').some((claim) => claim.role === role)
    const isProven = decisions !== null && decisions.balanceOrder !== null && (role === 'balance' || role === 'amount' || role === 'debit' || role === 'credit')
    const confidence = role === null ? 0 : isProven || layout?.profile?.columns ? SURE.proven : isTitled ? SURE.told : SURE.content
    return { column: index + 1, header: header[index] ?? '', role, confidence, examples: cells.map((cell) => cell.slice(0, CELL_SHOWN_MAX)) }
  })
}

/** A column by its title when it is the only one of that title, else by its rank. */
function nameOf(index: number, header: readonly string[]): ColumnName {
  const title = header[index] ?? ''
  return title !== '' && words(title) !== '' && header.filter((other) => words(other) === words(title)).length === 1 ? title : index + 1
}

/** What was decided, as a profile: every role is said, so that nothing is searched for again. */
function profileOf({ rows, layout, encoding, delimiter }: Table, decisions: Decisions | null, currency: Currency | null): CsvProfile {
  const known = layout?.profile
  const base: CsvProfile = { name: known?.name ?? 'my-bank', title: known?.title ?? { fr: 'Ma banque', en: 'My bank' }, delimiter, ...(encoding === 'ascii' || encoding === 'utf-8' ? {} : { encoding }) }
  if (!layout || !decisions) return base
  const { columns } = decisions
  const header = layout.header
  const single = Object.fromEntries(COLUMN_ROLES.filter((role) => role !== 'label').map((role) => [role, columns[role] === null ? null : nameOf(columns[role], header)]))
  const titles = header.filter((title) => words(title) !== '')
  const mark = decisions.marks.get(columns.amount ?? columns.debit ?? -1)
  return {
    ...base, ...(header.length > 0 ? { headers: titles } : { hasHeader: false, skipRows: (rows[layout.bodyAt]?.line ?? 1) - 1 }),
    columns: { ...single, label: columns.labels.map((index) => nameOf(index, header)) }, dateOrder: decisions.order, reading: decisions.reading, ...(mark === undefined ? {} : { decimalMark: mark }),
    ...(currency === null ? {} : { currency }), ...(known?.flags ? { flags: known.flags } : {}), ...(known?.statuses ? { statuses: known.statuses } : {}), ...(known?.ignore ? { ignore: known.ignore } : {}), ...(known?.feeSign ? { feeSign: known.feeSign } : {}),
  }
}

/**
 * Looks at a bank's table (CSV text or xlsx workbook) and says how it would be read: columns with their roles and examples, order of
 * dates, signs, currency, lines above, each with a confidence, and the profile that this makes. Refuses NOT_A_TABLE when there are
 * no columns to name. Pure: the same bytes always give the same suggestion.
 */
export function suggestMapping(bytes: Uint8Array): Result<MappingSuggestion> {
  const table = tableOf(bytes)
  if (!table) {
    return fail(problem('NOT_A_TABLE', {
      fr: 'Ce fichier n\'est pas un tableau : aucune colonne n\'y est reconnue. Exportez le relevé en CSV ou en xlsx.', en: 'This file is not a table: no columns are recognised in it. Export the statement as CSV or xlsx.',
    }))
  }
  const { layout, rows } = table
  const above = layout ? rows.slice(0, layout.headerAt < 0 ? layout.bodyAt : layout.headerAt) : []
  const body = rows.slice(layout?.bodyAt ?? 0)
  const decisions = layout && decide({ layout, rows: body, preamble: readPreamble(above).currency, options: {} })
  const warned = new Set(decisions?.problems.map((found) => found.code))
  const isAssumed = (code: string): boolean => !decisions || warned.has(code)
  const currency = !decisions || warned.has('CURRENCY_ASSUMED') ? null : decisions.currency
  const mark = decisions?.marks.get(decisions.columns.amount ?? decisions.columns.debit ?? -1)
  const isProven = decisions !== null && decisions.balanceOrder !== null
  return ok({
    encoding: table.encoding, delimiter: table.delimiter, hasHeader: (layout?.header.length ?? 0) > 0,
    preamble: above.map((row) => row.cells.filter((cell) => cell !== '').join(' ').slice(0, CELL_SHOWN_MAX)),
    columns: columnSuggestions(table, decisions),
    dateOrder: { value: decisions?.order ?? 'day-first', confidence: isAssumed('DATE_ORDER_ASSUMED') ? SURE.assumed : SURE.told },
    decimalMark: { value: mark ?? (table.delimiter === ';' ? ',' : '.'), confidence: mark === undefined ? SURE.assumed : isProven ? SURE.proven : SURE.told },
    reading: { value: decisions?.reading ?? 'signed', confidence: isAssumed('SIGN_ASSUMED') || isAssumed('AMOUNT_COLUMN_ASSUMED') ? SURE.assumed : isProven ? SURE.proven : SURE.likely },
    currency: { value: currency, confidence: currency === null ? 0 : SURE.told },
    recognised: layout?.profile?.name ?? null, rows: body.slice(0, SHOWN_ROWS).map((row) => row.cells.map((cell) => cell.slice(0, CELL_SHOWN_MAX))), profile: profileOf(table, decisions, currency),
  })
}
