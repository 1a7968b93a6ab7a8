import { problem, type Problem } from '../../core/kernel/problem.ts'

/** A row of a table: its cells by column name, and the 1-based line of the file where it starts. */
export type Row = { readonly line: number; readonly cell: (column: string) => string }

/** A table read from text, with what could not be read. */
export type Table = { readonly rows: Row[]; readonly problems: Problem[] }

/** One record of a delimited file (RFC 4180: quotes, doubled quotes, line ends inside quotes). */
type RawRecord = { readonly line: number; readonly cells: string[] }

function* records(text: string, separator: string): Generator<RawRecord> {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  let line = 1
  while (at < text.length) {
    const start = line
    let end = text.indexOf('\n', at)
    if (end < 0) end = text.length
    const plain = text.slice(at, text.charCodeAt(end - 1) === 13 ? end - 1 : end)
    if (!plain.includes('"')) {
      at = end + 1
      line += 1
      if (plain !== '') yield { line: start, cells: plain.split(separator) }
      continue
    }
    const quoted = quotedRecord(text, at, separator)
    at = quoted.next
    line += quoted.lines
    yield { line: start, cells: quoted.cells }
  }
}

function quotedRecord(text: string, from: number, separator: string): { readonly cells: string[]; readonly next: number; readonly lines: number } {
  const cells: string[] = []
  let cell = ''
  let inside = false
  let lines = 0
  let at = from
  for (; at < text.length; at += 1) {
    const char = text[at]!
    if (char === '\n') lines += 1
    if (char === '"') {
      if (inside && text[at + 1] === '"') { cell += '"'; at += 1 }
      else inside = !inside
    } else if (!inside && char === separator) { cells.push(cell); cell = '' }
    else if (!inside && char === '\n') break
    else if (inside || char !== '\r') cell += char
  }
  cells.push(cell)
  return { cells, next: at + 1, lines: Math.max(1, lines) }
}

/**
 * Reads delimited text with a header line; the separator (comma, semicolon or tab) is the one most present in the header.
 * A missing required column refuses the file; a row of another width is a problem and is kept out.
 */
export function readTable(text: string, required: readonly string[], file: string): Table {
  const header = text.slice(0, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n'))
  const separator = [',', ';', '\t'].sort((a, b) => header.split(b).length - header.split(a).length)[0]!
  const columns = new Map<string, number>()
  const rows: Row[] = []
  const problems: Problem[] = []
  let width = 0
  for (const { line, cells } of records(text, separator)) {
    if (width === 0) {
      width = cells.length
      cells.forEach((name, at) => columns.set(name.trim().toLowerCase(), at))
      const missing = required.filter((column) => !columns.has(column))
      if (missing.length > 0) return { rows: [], problems: [missingColumns(missing, file)] }
      continue
    }
    if (cells.length !== width) { problems.push(wrongWidth(line, { found: cells.length, expected: width, file })); continue }
    rows.push({ line, cell: (column) => { const at = columns.get(column); return at === undefined ? '' : cells[at]!.trim() } })
  }
  return width === 0 ? { rows: [], problems: [missingColumns(required, file)] } : { rows, problems }
}

function missingColumns(missing: readonly string[], file: string): Problem {
  return problem('COLUMN_MISSING', {
    fr: `Le fichier ${file} n'a pas la colonne ${missing.join(', ')}. Vérifiez sa première ligne, qui doit porter le nom des colonnes.`,
    en: `The file ${file} has no column ${missing.join(', ')}. Check its first line, which must hold the names of the columns.`,
  }, { line: 1, file, field: missing[0]! })
}

function wrongWidth(line: number, { found, expected, file }: { readonly found: number; readonly expected: number; readonly file: string }): Problem {
  return problem('ROW_WIDTH', {
    fr: `La ligne ${line} a ${found} cellules au lieu de ${expected}. Vérifiez les guillemets et les séparateurs ; la ligne n'est pas lue.`,
    en: `Line ${line} has ${found} cells instead of ${expected}. Check the quotes and separators; the line is not read.`,
  }, { line, file })
}
