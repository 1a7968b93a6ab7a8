import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { writeXlsx } from 'hucre'
import { expect, test } from 'vitest'
import { continuityOf } from '../../../core/bank/continuity.ts'
import { readStatements, type ReadOptions } from '../read-statements.ts'
import { inflate } from './inflate.ts'
import { exactNumber, isDayFormat, serialDay } from './values.ts'

/** An archive of some files, written by hand: deflated, or stored when `isStored`. */
function archive(files: Readonly<Record<string, string | Buffer>>, isStored = false): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const raw = Buffer.from(text)
    const data = isStored ? raw : deflateRawSync(raw)
    const header = Buffer.alloc(30)
    header.writeUInt32LE(0x04034b50, 0)
    header.writeUInt16LE(isStored ? 0 : 8, 8)
    header.writeUInt32LE(data.length, 18)
    header.writeUInt32LE(raw.length, 22)
    header.writeUInt16LE(Buffer.byteLength(name), 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(isStored ? 0 : 8, 10)
    entry.writeUInt32LE(data.length, 20)
    entry.writeUInt32LE(raw.length, 24)
    entry.writeUInt16LE(Buffer.byteLength(name), 28)
    entry.writeUInt32LE(at, 42)
    directory.push(entry, Buffer.from(name))
    parts.push(header, Buffer.from(name), data)
    at += header.length + Buffer.byteLength(name) + data.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(files).length, 8)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, ...directory, end])
}

const BOOK = (extra = '') => `<workbook xmlns:r="r"><workbookPr${extra}/><sheets><sheet name="Notes" sheetId="1" r:id="rId1"/><sheet name="Caché" sheetId="3" state="hidden" r:id="rId2"/><sheet name="Compte" sheetId="2" r:id="rId2"/></sheets></workbook>`
const RELATIONS = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="rId3" Target="sharedStrings.xml"/></Relationships>'
const STYLES = '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="#,##0.00 &quot;dyn&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'
const STRINGS = '<sst><si><t>Date</t></si><si><r><t>Libel</t></r><r><t>lé</t></r></si><si><t>Montant</t></si><si><t>Solde</t></si><si><t>Devise</t></si><si><t>EUR</t></si></sst>'
const TITLES = '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="s"><v>2</v></c><c r="D3" t="s"><v>3</v></c><c r="E3" t="s"><v>4</v></c></row>'
const SHEET = (rows: string) => `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Compte : 00012345678</t></is></c></row>${TITLES}${rows}</sheetData></worksheet>`
// 46083 is 2 March 2026: 1 January 2026 is 46023 (the date system of ECMA-376 part 1, 18.17.4.1).
const ROWS = '<row r="4"><c r="A4" s="1"><v>46083</v></c><c r="B4" t="inlineStr"><is><t>VENTE &amp; CO</t></is></c><c r="C4" s="3"><v>1234.5599999999999</v></c><c r="D4"><v>1334.56</v></c><c r="E4" t="s"><v>5</v></c></row>'
  + '<row r="6"><c r="A6" s="2"><v>46084.75</v></c><c r="B6" t="str"><f>A1</f><v>ACHAT</v></c><c r="C6"><v>-3.456E1</v></c><c r="D6"><v>1300</v></c><c r="E6" t="s"><v>5</v></c></row>'

function workbook(rows: string, { book = BOOK(), ...more }: Readonly<Record<string, string>> & { book?: string } = {}): Record<string, string> {
  return {
    'xl/workbook.xml': book, 'xl/_rels/workbook.xml.rels': RELATIONS, 'xl/styles.xml': STYLES, 'xl/sharedStrings.xml': STRINGS,
    'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Pour information</t></is></c></row></sheetData></worksheet>', 'xl/worksheets/sheet2.xml': SHEET(rows), ...more,
  }
}

const read = (bytes: Uint8Array, options: ReadOptions = {}) => {
  const reading = readStatements(bytes, options)
  return { ...reading, lines: reading.statements.flatMap((statement) => statement.lines.map((line) => [line.bookedOn, line.minor, line.label, line.line])), codes: reading.problems.map((found) => found.code) }
}

test.each([['deflated', false], ['stored', true]])('a workbook is read by the rules of CSV: days from serials, exact amounts, balances, the visible sheet that has a table (%s)', (_, isStored) => {
  const { format, statements, lines, codes } = read(archive(workbook(ROWS), isStored))
  expect({ format, codes }).toEqual({ format: 'xlsx', codes: [] })
  expect(lines).toEqual([['2026-03-02', 123456n, 'VENTE & CO', 4], ['2026-03-03', -3456n, 'ACHAT', 6]])
  expect(statements[0]).toMatchObject({ account: { id: '00012345678' }, currency: 'EUR', opening: { minor: 10000n }, closing: { minor: 130000n } })
  expect(statements.map(continuityOf)).toEqual(['proven'])
})

test('a workbook that counts days from 1904 gives the same days', () => {
  expect(read(archive(workbook(ROWS.replace('46083', '44621').replace('46084', '44622'), { book: BOOK(' date1904="1"') }))).lines.map(([day]) => day)).toEqual(['2026-03-02', '2026-03-03'])
})

test('a workbook written by another program is read the same, and a profile applies to it', async () => {
  const rows = [['Trans. Date', 'Post Date', 'Description', 'Amount', 'Category'], ['03/01/2026', '03/02/2026', 'SHOP', 12.3, 'Merchandise'], ['03/03/2026', '03/03/2026', 'CASHBACK', -5, 'Awards']]
  const bytes = await writeXlsx({ sheets: [{ name: 'S', rows }] })
  expect(read(bytes).lines).toEqual([['2026-03-02', -1230n, 'SHOP', 2], ['2026-03-03', 500n, 'CASHBACK', 3]])
  expect(read(bytes, { profile: 'discover' }).lines).toEqual(read(bytes).lines)
  expect(read(bytes, { profile: 'qonto' }).codes).toEqual(['PROFILE_MISMATCH'])
})

test('archives that are no workbook, damaged ones and workbooks without a table are refused with a sentence', () => {
  expect(read(archive({ 'a.txt': 'x' })).codes).toEqual(['NOT_A_STATEMENT'])
  expect(read(archive(workbook(ROWS)).subarray(0, 900)).codes).toEqual(['WORKBOOK_DAMAGED'])
  expect(read(archive({ ...workbook(''), 'xl/worksheets/sheet2.xml': '<worksheet><sheetData></sheetData></worksheet>' })).codes).toEqual(['NOT_BANK_LINES'])
  const cut = read(archive({ ...workbook(ROWS), 'xl/worksheets/sheet2.xml': SHEET(ROWS).slice(0, -60) }))
  expect([cut.lines.length, cut.codes.includes('WORKBOOK_DAMAGED')]).toEqual([1, true])
})

test('a bomb stops as soon as it swells, and entities of a document type are not followed', () => {
  const bomb = archive({ ...workbook(ROWS), 'xl/worksheets/sheet2.xml': Buffer.concat([Buffer.from('<worksheet><sheetData>'), Buffer.alloc(60_000_000, ' ')]) })
  expect(bomb.length).toBeLessThan(100_000)
  expect(read(bomb).codes).toContain('WORKBOOK_TOO_LARGE')
  const lol = `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>`
  expect(read(archive({ ...workbook(ROWS), 'xl/worksheets/sheet2.xml': lol })).codes).toContain('WORKBOOK_DAMAGED')
})

test('numbers keep the digits of the file, and the noise of a double is what the spreadsheet hides', () => {
  const cases: Readonly<Record<string, string>> = {
    '1234.5': '1234.5', '0.30000000000000004': '0.3', '-0.1': '-0.1', '1234.5599999999999': '1234.56', '1E-3': '0.001', '1.5E3': '1500', '-3.456E1': '-34.56', '99999999999999.995': '100000000000000', '0.00': '0', '-0': '0',
    '12345678901234567890': '12345678901234567890', '9007199254740993': '9007199254740993', '000': '0',
  }
  for (const [text, value] of Object.entries(cases)) expect([text, exactNumber(text)]).toEqual([text, value])
  expect(['', 'x', '1,5', '1e9999', 'NaN'].map(exactNumber)).toEqual([undefined, undefined, undefined, undefined, undefined])
})

test('an amount in cents written as a double is read back to the cent', () => {
  fc.assert(fc.property(fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }), (cents) => {
    const written = String(cents / 100)
    const [whole = '', fraction = ''] = exactNumber(written)!.replace('-', '').split('.')
    expect(BigInt(whole + fraction.padEnd(2, '0'))).toBe(BigInt(Math.abs(cents)))
    expect(exactNumber((cents / 100).toPrecision(17))).toBe(exactNumber(written))
  }))
})

test('serials become days, and formats say which numbers are days', () => {
  expect([serialDay('61', false), serialDay('46083', false), serialDay('46083.99', false), serialDay('0', true), serialDay('60', false), serialDay('x', false), serialDay('9999999', false)]).toEqual(['1900-03-01', '2026-03-02', '2026-03-02', '1904-01-01', undefined, undefined, undefined])
  expect([isDayFormat(14, undefined), isDayFormat(2, undefined), isDayFormat(165, 'jj/mm/aaaa'), isDayFormat(165, '#,##0.00 "day"'), isDayFormat(165, '[Red]0.00'), isDayFormat(165, 'General')]).toEqual([true, false, true, false, false, false])
})

test('whatever is compressed comes back, at every level, and cut data never throws', () => {
  const collected = (data: Uint8Array, max = 10_000_000) => {
    const pieces: Uint8Array[] = []
    const result = inflate(data, (piece) => { pieces.push(piece) }, max)
    return { result, bytes: Buffer.concat(pieces) }
  }
  const blocks = fc.array(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 4000 })).map(([unit, times]) => new Uint8Array(Buffer.concat(new Array<Uint8Array>(times).fill(unit))))), { maxLength: 6 })
  fc.assert(fc.property(blocks, fc.integer({ min: 0, max: 9 }), fc.nat(), (parts, level, cut) => {
    const raw = Buffer.concat(parts)
    const data = deflateRawSync(raw, { level })
    const whole = collected(data)
    expect(whole.result).toBe('done')
    expect(whole.bytes.equals(raw)).toBe(true)
    expect(['done', 'damaged']).toContain(collected(data.subarray(0, cut % (data.length + 1))).result)
    if (raw.length > 10) expect(collected(data, raw.length - 1).result).toBe('too-long')
  }), { numRuns: 60 })
})
