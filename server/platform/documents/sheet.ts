/**
 * A cell of a file that a spreadsheet opens. A text, whoever wrote it, never runs there; only what is made by `figure` is a
 * number, so that a negative amount is not taken for a formula.
 */
export type Cell = string | null | Figure
export type Figure = { readonly exact: string }
export type Row = readonly Cell[]
export type SheetFormat = 'csv' | 'xlsx'

export const SHEET_TYPES: Readonly<Record<SheetFormat, string>> = {
  csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}
/** Excel takes a file for UTF-8 when it begins with this mark. */
export const CSV_MARK = '\uFEFF'
/** What a spreadsheet takes for a formula when a cell begins with it (the list of OWASP's page on CSV injection). */
const FORMULA = /^[=+\-@\t\r]/

/** A number as decimal text with a dot. A sheet shows it as it can; the CSV file has it to the digit. */
export function figure(exact: string): Figure {
  return { exact }
}

function harmless(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

function csvCell(cell: Cell): string {
  const text = cell === null ? '' : typeof cell === 'string' ? harmless(cell) : cell.exact
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One row of a CSV file (RFC 4180), with its end of line. */
export function csvLine(row: Row): string {
  return `${row.map(csvCell).join(',')}\r\n`
}

/** A workbook of one sheet, made in memory: its caller limits the rows. */
export async function workbook(name: string, rows: readonly Row[]): Promise<Buffer> {
  const { writeXlsx } = await import('hucre/xlsx')
  const cells = rows.map((row) => row.map((cell) => (cell === null ? '' : typeof cell === 'string' ? harmless(cell) : Number(cell.exact))))
  return Buffer.from(await writeXlsx({ sheets: [{ name, rows: cells }] }))
}

/** A small table as a file of either form. */
export async function sheetOf(format: SheetFormat, { name, rows }: { readonly name: string; readonly rows: readonly Row[] }): Promise<Buffer> {
  return format === 'csv' ? Buffer.from(`${CSV_MARK}${rows.map(csvLine).join('')}`) : await workbook(name, rows)
}
