import type { StatementRecord } from '../../../core/bank/statement.ts'
import { type Problem, problem } from '../../../core/kernel/problem.ts'
import { chosenProfile, refusal } from '../csv/reader.ts'
import type { Row } from '../csv/rows.ts'
import { sniffRows, SNIFF_ROWS, type Sniffed } from '../csv/sniff.ts'
import { createTableReader, type TableReader } from '../csv/table.ts'
import type { BankFormat, ReaderOptions } from '../format.ts'
import { readRelations, readStrings, readStyles, readWorkbook, type SheetName } from './parts.ts'
import { readSheet, type SheetContext } from './sheet.ts'
import { unzip, type ZipEntry, zipEntries } from './zip.ts'

/** A workbook has its directory at its end, so it is held whole. Bank statements of this size do not exist. */
const FILE_BYTES_MAX = 50_331_648
/** What the parts of a workbook may hold once decompressed. Sheets are read as they come; the other parts are held. */
const SHEET_BYTES_MAX = 402_653_184
const PART_BYTES_MAX = 67_108_864

const PROBLEMS = {
  size: () => problem('FILE_TOO_LARGE', {
    fr: `Ce classeur dépasse ${FILE_BYTES_MAX / 1_048_576} Mo : il n'est pas lu. Exportez une période plus courte, ou un CSV.`, en: `This workbook exceeds ${FILE_BYTES_MAX / 1_048_576} MB: it is not read. Export a shorter period, or a CSV.`,
  }),
  other: () => problem('NOT_A_STATEMENT', {
    fr: 'Ce fichier est une archive, pas un classeur xlsx. Exportez le relevé de la banque en CAMT.053, CFONB 120, CSV ou xlsx.', en: 'This file is an archive, not an xlsx workbook. Export the statement from the bank as CAMT.053, CFONB 120, CSV or xlsx.',
  }),
  damaged: (part: string) => problem('WORKBOOK_DAMAGED', {
    fr: `Ce classeur est abîmé ou protégé (${part}) : ce qui précède est conservé. Ouvrez-le dans un tableur, enregistrez-le de nouveau en xlsx, puis recommencez.`,
    en: `This workbook is damaged or protected (${part}): what comes before is kept. Open it in a spreadsheet, save it again as xlsx, then try again.`,
  }),
  bomb: (part: string) => problem('WORKBOOK_TOO_LARGE', {
    fr: `Une fois décompressé, ce classeur (${part}) est bien plus grand qu'un relevé : la lecture s'arrête. Exportez le relevé en CSV.`,
    en: `Once decompressed, this workbook (${part}) is far larger than a statement: reading stops. Export the statement as CSV.`,
  }),
}

type Archive = { readonly bytes: Uint8Array; readonly entries: ReadonlyMap<string, ZipEntry> }

/** Gives a part as text, piece by piece. The problem when it cannot be read to its end. */
function readPart(archive: Archive, name: string, { give, max }: { readonly give: (text: string) => void; readonly max: number }): Problem | null {
  const entry = archive.entries.get(name)
  if (!entry) return PROBLEMS.damaged(name)
  const decoder = new TextDecoder()
  const result = unzip(archive.bytes, entry, { write: (piece) => { give(decoder.decode(piece, { stream: true })) }, max })
  return result === 'done' ? null : result === 'too-long' ? PROBLEMS.bomb(name) : PROBLEMS.damaged(name)
}

function wholePart(archive: Archive, name: string): { text: string; problem: Problem | null } {
  if (!archive.entries.has(name)) return { text: '', problem: null }
  const pieces: string[] = []
  const found = readPart(archive, name, { give: (text) => { pieces.push(text) }, max: PART_BYTES_MAX })
  return { text: found ? '' : pieces.join(''), problem: found }
}

/** One sheet: its first rows are held until they say where its table is. */
function createSheetTable(options: ReaderOptions) {
  const chosen = chosenProfile(options)
  let held: Row[] = []
  let table: TableReader | null = null
  let refused: Exclude<Sniffed, { kind: 'table' }> | null = null
  const decide = (records: StatementRecord[]): void => {
    const sniffed = sniffRows(held, 'profile' in chosen ? chosen.profile : null)
    if (sniffed.kind === 'table') {
      table = createTableReader(sniffed.layout, options)
      table.push(held, records)
    } else refused = sniffed
    held = []
  }
  return {
    push(row: Row, records: StatementRecord[]): void {
      if (table) table.push([row], records)
      else if (!refused) {
        held.push(row)
        if (held.length >= SNIFF_ROWS) decide(records)
      }
    },
    /** Ends the sheet; gives why it holds no table. */
    end(records: StatementRecord[]): Exclude<Sniffed, { kind: 'table' }> | null {
      if (!table && !refused) decide(records)
      table?.end(records)
      return refused
    },
  }
}

type Workbook = { readonly archive: Archive; readonly context: SheetContext; readonly sheets: readonly SheetName[]; readonly targets: ReadonlyMap<string, string> }

function openWorkbook(bytes: Uint8Array): Workbook | Problem {
  const entries = zipEntries(bytes)
  if (!entries) return PROBLEMS.damaged('zip')
  if (!entries.has('xl/workbook.xml')) return PROBLEMS.other()
  const archive: Archive = { bytes, entries }
  const parts = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/styles.xml'].map((name) => wholePart(archive, name))
  const failed = parts.find((part) => part.problem !== null)
  if (failed?.problem) return failed.problem
  const [workbook, relations, styles] = parts.map((part) => part.text)
  const targets = readRelations(relations ?? '')
  const { sheets, is1904 } = readWorkbook(workbook ?? '')
  const stringsName = [...targets.values()].find((target) => /sharedStrings\.xml$/i.test(target))
  const shared: { problem: Problem | null } = { problem: null }
  const strings = stringsName === undefined || !entries.has(stringsName) ? [] : readStrings((give) => { shared.problem = readPart(archive, stringsName, { give, max: PART_BYTES_MAX }) })
  return shared.problem ?? { archive, context: { strings, days: readStyles(styles ?? ''), is1904 }, sheets, targets }
}

/** True for the first bytes of an archive: a workbook, or something that its reader refuses. */
export function isWorkbook(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 0x03 && head[3] === 0x04
}

/** The first rows of each visible sheet; none when the file is no workbook that can be read. */
export function workbookRows(bytes: Uint8Array, rowsMax: number): Row[][] {
  const workbook = openWorkbook(bytes)
  if ('code' in workbook) return []
  return workbook.sheets.filter(({ isHidden }) => !isHidden).map((sheet) => {
    const rows: Row[] = []
    readSheet((give) => { readPart(workbook.archive, workbook.targets.get(sheet.relation) ?? '', { give, max: SHEET_BYTES_MAX }) }, workbook.context, (row) => { if (rows.length < rowsMax) rows.push(row) })
    return rows
  })
}

/** Reads every visible sheet that holds a bank's table. */
function readSheets({ archive, context, sheets, targets }: Workbook, options: ReaderOptions, records: StatementRecord[]): void {
  let refused: Exclude<Sniffed, { kind: 'table' }> | null = null
  let hasTable = false
  for (const sheet of sheets.filter(({ isHidden }) => !isHidden)) {
    const table = createSheetTable(options)
    const name = targets.get(sheet.relation) ?? ''
    const part: { problem: Problem | null } = { problem: null }
    const isGood = readSheet((give) => { part.problem = readPart(archive, name, { give, max: SHEET_BYTES_MAX }) }, context, (row) => { table.push(row, records) })
    const why = table.end(records)
    if (part.problem) records.push({ kind: 'problem', problem: part.problem })
    else if (!isGood) records.push({ kind: 'problem', problem: PROBLEMS.damaged(sheet.name) })
    if (why) refused ??= why
    else hasTable = true
  }
  if (!hasTable) records.push({ kind: 'problem', problem: refusal(refused ?? { kind: 'not-a-table' }) })
}

function readWorkbookRecords(bytes: Uint8Array, options: ReaderOptions): StatementRecord[] {
  const chosen = chosenProfile(options)
  if ('problem' in chosen) return [{ kind: 'problem', problem: chosen.problem }]
  const workbook = openWorkbook(bytes)
  if ('code' in workbook) return [{ kind: 'problem', problem: workbook }]
  const records: StatementRecord[] = []
  readSheets(workbook, options, records)
  return records
}

/**
 * A bank's table in an xlsx workbook, read by the same rules as its CSV. The archive and its XML are read here rather than by a
 * library: cells keep the digits that the file holds instead of becoming floats, reading stays synchronous, and what comes out of
 * the archive is bounded while it comes.
 */
export const xlsx: BankFormat = {
  name: 'xlsx',
  detect: () => false,
  isBinary: isWorkbook,
  createReader: (options) => {
    const pieces: Uint8Array[] = []
    let held = 0
    return {
      push(bytes) {
        held += bytes.length
        if (held <= FILE_BYTES_MAX) pieces.push(bytes.slice())
        else pieces.length = 0
        return []
      },
      end: () => (held > FILE_BYTES_MAX ? [{ kind: 'problem', problem: PROBLEMS.size() }] : readWorkbookRecords(Buffer.concat(pieces), options)),
      encoding: () => 'utf-8',
    }
  },
}
