/** One row of a table, its cells trimmed, and the line of the file where it starts. */
export type Row = { readonly cells: readonly string[]; readonly line: number }

/** `tooLong` gives, once, the lines passed over because they are longer than any row. */
export type RowCutter = { push(text: string): Row[]; end(): Row[]; tooLong(): number[] }

/** A quoted cell may hold line ends; one that never closes must not swallow the file. */
const QUOTED_LINES_MAX = 100
const QUOTED_LENGTH_MAX = 65_536
/** A line longer than this is not a row of a bank statement. */
const LINE_LENGTH_MAX = 1_048_576

const WIDE_BLANKS = /[\u00a0\u2007\u202f\u2009]/

/** A cell without what spreadsheets add around it: blanks of any width, and ="…" that keeps leading zeros. */
function clean(cell: string): string {
  const text = WIDE_BLANKS.test(cell) ? cell.replace(/[\u00a0\u2007\u202f\u2009]/g, ' ').trim() : cell.trim()
  return text.startsWith('="') && /^="[^"]*"$/.test(text) ? text.slice(2, -1).trim() : text
}

/** Cells of one record, or null when it ends inside a quoted cell. A quote that is neither at an edge nor doubled is a character like any other. */
function cellsOf(record: string, delimiter: string): string[] | null {
  if (!record.includes('"')) return record.split(delimiter).map(clean)
  const cells: string[] = []
  let at = 0
  for (;;) {
    let start = at
    while (record[start] === ' ') start += 1
    if (record[start] !== '"') {
      const end = record.indexOf(delimiter, at)
      cells.push(clean(end < 0 ? record.slice(at) : record.slice(at, end)))
      if (end < 0) return cells
      at = end + 1
      continue
    }
    const quoted = quotedCell(record, start + 1, delimiter)
    if (quoted === null) return null
    cells.push(clean(quoted.text))
    if (quoted.next > record.length) return cells
    at = quoted.next
  }
}

function quotedCell(record: string, from: number, delimiter: string): { text: string; next: number } | null {
  let text = ''
  let at = from
  for (;;) {
    const quote = record.indexOf('"', at)
    if (quote < 0) return null
    text += record.slice(at, quote)
    if (record[quote + 1] === '"') {
      text += '"'
      at = quote + 2
      continue
    }
    let after = quote + 1
    while (record[after] === ' ') after += 1
    if (after >= record.length || record[after] === delimiter) return { text, next: after + 1 }
    text += '"'
    at = quote + 1
  }
}

/** Next line end at or after a place: where the line stops and where the next one starts. Undefined when more text is needed. */
function lineEnd(text: string, from: number, isLast: boolean): { stop: number; next: number } | undefined {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 10) return { stop: at, next: at + 1 }
    if (code !== 13) continue
    if (at + 1 === text.length && !isLast) return undefined
    return { stop: at, next: text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1 }
  }
  return undefined
}

/** Digits and letters made alike: two dates of one form have the same shape. */
function shapeOf(cell: string): string {
  return cell.replace(/\d/g, '0')
}

/** Makes records of lines: a quoted cell may go over several, and a quote that is left open must cost none. */
function createRecords(delimiter: string) {
  let lines: string[] = []
  let firstLine = 1
  /** Cells of the last row that stood on one line. */
  let width = 0
  const add = (rows: Row[], cells: readonly string[], line: number): void => {
    if (cells.some((cell) => cell !== '')) rows.push({ cells, line })
  }
  /** The quote that opened this record never closes: its lines are read one by one, without any quoting. */
  const giveUpQuotes = (rows: Row[]): void => {
    lines.forEach((line, index) => { add(rows, cellsOf(line, delimiter) ?? line.replaceAll('"', '').split(delimiter).map(clean), firstLine + index) })
    lines = []
  }
  /** A line inside of a quoted cell that is as wide as a row and begins alike: the quote was left open, and the one that seems to close it opens another. */
  const hasWholeRow = (): boolean => {
    const shape = shapeOf(lines[0]!.split(delimiter)[0]!)
    return width > 2 && shape.includes('0') && lines.slice(1).some((line) => {
      const cells = line.split(delimiter)
      return cells.length >= width && shapeOf(cells[0]!) === shape
    })
  }
  return {
    take(line: string, lineNumber: number, rows: Row[]): void {
      if (lines.length === 0) firstLine = lineNumber
      lines.push(line)
      const record = lines.length === 1 ? line : lines.join('\n')
      const cells = cellsOf(record, delimiter)
      if (cells && lines.length > 1 && hasWholeRow()) giveUpQuotes(rows)
      else if (cells) {
        if (lines.length === 1) width = cells.length
        add(rows, cells, firstLine)
        lines = []
      } else if (lines.length > QUOTED_LINES_MAX || record.length > QUOTED_LENGTH_MAX) giveUpQuotes(rows)
    },
    end(rows: Row[]): void { if (lines.length > 0) giveUpQuotes(rows) },
  }
}

/** Cuts text into rows as it comes. Rows without any filled cell are passed over. */
export function createRowCutter(delimiter: string): RowCutter {
  const records = createRecords(delimiter)
  let rest = ''
  let lineNumber = 0
  let skipped: number[] = []
  let isSkipping = false
  const takeLine = (line: string, rows: Row[]): void => {
    lineNumber += 1
    if (line.length > LINE_LENGTH_MAX) skipped.push(lineNumber)
    else records.take(line, lineNumber, rows)
  }
  const takeLines = (rows: Row[], isLast: boolean): void => {
    let from = 0
    for (let end = lineEnd(rest, from, isLast); end; end = lineEnd(rest, from, isLast)) {
      takeLine(rest.slice(from, end.stop), rows)
      from = end.next
    }
    rest = rest.slice(from)
  }
  /** A line without an end so far that is longer than any row: its characters are dropped up to the next line end. */
  const skipLong = (): void => {
    if (rest.length <= LINE_LENGTH_MAX) return
    skipped.push(lineNumber + 1)
    isSkipping = true
    rest = ''
  }
  /** The end of a line that was being dropped. */
  const leaveLong = (isLast: boolean): void => {
    if (!isSkipping) return
    const end = lineEnd(rest, 0, isLast)
    rest = end ? rest.slice(end.next) : rest.endsWith('\r') ? '\r' : ''
    if (!end) return
    isSkipping = false
    lineNumber += 1
  }
  return {
    push(text) {
      const rows: Row[] = []
      rest += text
      leaveLong(false)
      takeLines(rows, false)
      skipLong()
      return rows
    },
    end() {
      const rows: Row[] = []
      leaveLong(true)
      takeLines(rows, true)
      if (rest !== '' && !isSkipping) takeLine(rest, rows)
      rest = ''
      records.end(rows)
      return rows
    },
    tooLong() {
      const found = skipped
      skipped = []
      return found
    },
  }
}
