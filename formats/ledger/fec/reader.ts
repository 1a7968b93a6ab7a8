import { FEC_CASH_COLUMNS, type FecHeader, knownColumn, readHeader, requiredColumns } from './columns.ts'
import { readLine } from './read-line.ts'
import type { FecFileFacts, FecFinding, FecRecord } from './record.ts'
import { createLineSplitter, type TextLine } from './text.ts'

export type FecReader = {
  /** Reads the next bytes, of any size, and gives the records they complete. */
  push(bytes: Uint8Array): FecRecord[]
  /** Reads what is left and gives the last records. */
  end(): FecRecord[]
  /** What is known of the file so far; final after end(). */
  facts(): FecFileFacts
}

function checkColumns(header: FecHeader): FecFinding[] {
  const findings: FecFinding[] = []
  const required = requiredColumns(header)
  const expected = [...required, ...FEC_CASH_COLUMNS]
  for (const column of required) if (header.index[column] === undefined) findings.push({ rule: 'FEC_COLUMN_MISSING', line: 1, field: column })
  const found = required.filter((column) => header.index[column] !== undefined)
  const positions = found.map((column) => header.index[column]!)
  found.forEach((column, rank) => {
    if (positions.slice(0, rank).some((position) => position > positions[rank]!)) {
      findings.push({ rule: 'FEC_COLUMN_ORDER', line: 1, field: column, detail: [String(expected.indexOf(column) + 1), String(positions[rank]! + 1)] })
    }
  })
  header.names.forEach((name, position) => {
    const column = knownColumn(name)
    if (!column) findings.push({ rule: 'FEC_COLUMN_EXTRA', line: 1, detail: [name, String(position + 1)] })
    else if (header.index[column] !== position) findings.push({ rule: 'FEC_COLUMN_REPEATED', line: 1, field: column })
    else if (name !== column) findings.push({ rule: 'FEC_COLUMN_CASE', line: 1, field: column, detail: [name] })
  })
  if (header.separator === ';' || header.separator === ',') findings.push({ rule: 'FEC_SEPARATOR', line: 1, detail: [header.separator] })
  return findings
}

/** True when lines can be understood at all under this header. */
function isReadable(header: FecHeader): boolean {
  return header.index.CompteNum !== undefined && (header.signed ? header.index.Sens !== undefined : header.index.Debit !== undefined && header.index.Credit !== undefined)
}

function readFirst(line: TextLine): { header: FecHeader | null; records: FecRecord[] } {
  const header = readHeader(line.text)
  if (!header) return { header: null, records: [{ kind: 'finding', finding: { rule: 'FEC_NOT_A_FEC', line: line.number } }] }
  return { header, records: [{ kind: 'header', header }, ...checkColumns(header).map((finding): FecRecord => ({ kind: 'finding', finding }))] }
}

/**
 * Reads a FEC as its bytes come, in memory that does not grow with the file: tab or pipe (semicolon and comma are read and
 * reported), UTF-8 with or without BOM, ISO-8859-15, Windows-1252 or ASCII, lines ended by LF, CR, CR LF or CR CR LF, 18 to 22
 * columns, Debit and Credit or Montant and Sens, padded codes, signs on either side. Findings on the writing of a line come
 * before its record. A file that is no FEC gives one finding and nothing else.
 */
export function createFecReader(): FecReader {
  const splitter = createLineSplitter()
  let header: FecHeader | null = null
  let refused = false

  function read(lines: readonly TextLine[]): FecRecord[] {
    const records: FecRecord[] = []
    for (const line of lines) {
      if (refused) break
      if (header) {
        for (const record of readLine(line.number, line.text, header)) records.push(record)
        continue
      }
      const first = readFirst(line)
      header = first.header
      refused = !header || !isReadable(header)
      for (const record of first.records) records.push(record)
    }
    return records
  }

  function end(): FecRecord[] {
    const records = read(splitter.end())
    const { encoding, overlong, lines } = splitter.facts()
    const note = (finding: FecFinding): void => { records.push({ kind: 'finding', finding }) }
    if (encoding !== 'ascii' && encoding !== 'utf-8' && encoding !== 'iso-8859-15') note({ rule: 'FEC_ENCODING', line: null, detail: [encoding === 'mixed' ? 'UTF-8 + ISO-8859-15' : encoding.toUpperCase()] })
    if (overlong && !refused) note({ rule: 'FEC_NOT_A_FEC', line: null })
    else if (lines === 0 && encoding !== 'utf-16') note({ rule: 'FEC_EMPTY', line: null })
    return records
  }

  return {
    push: (bytes) => (refused ? [] : read(splitter.push(bytes))),
    end,
    facts: () => {
      const { encoding, bom, lineEnding, lines } = splitter.facts()
      return { encoding, bom, lineEnding, header, physicalLines: lines }
    },
  }
}
