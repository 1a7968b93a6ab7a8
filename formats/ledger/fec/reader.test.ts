import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { readAmount, readSens } from './amount.ts'
import { readDate } from './date.ts'
import { createFecReader } from './reader.ts'
import type { FecLine } from './record.ts'
import { encodeFec } from './writer.ts'

const HEADER = 'JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise'
const row = (label: string) => `VE  |Ventes|1|20260115|41100000|Clients        |        |     |F1  |20260115|${label}|0000000069,60|0000000000,00|  |        |20260115||`

function read(bytes: Uint8Array) {
  const reader = createFecReader()
  const records = [...reader.push(bytes), ...reader.end()]
  return { facts: reader.facts(), lines: records.flatMap((r): FecLine[] => (r.kind === 'line' ? [r.line] : [])), rules: records.flatMap((r) => (r.kind === 'finding' ? [r.finding.rule] : [])) }
}

describe('the reader', () => {
  it('trims padded columns and codes', () => {
    const { lines, rules } = read(new TextEncoder().encode(`${HEADER}\n${row('Loyer')}\n`))
    expect(rules).toEqual([])
    expect(lines[0]).toMatchObject({ line: 2, journalCode: 'VE', compteNum: '41100000', compteLib: 'Clients', compAuxNum: '', pieceRef: 'F1', debit: 6_960n, ecritureLet: '', dateLet: null })
  })
  it.each([
    ['ascii', new TextEncoder().encode(`${HEADER}\n${row('Loyer')}\n`), 'Loyer'],
    ['utf-8', new TextEncoder().encode(`${HEADER}\n${row('Été à 10 €')}\n`), 'Été à 10 €'],
    ['iso-8859-15', encodeFec(`${HEADER}\n${row('Été à 10 €')}\n`, 'iso-8859-15'), 'Été à 10 €'],
    ['windows-1252', iconv.encode(`${HEADER}\n${row('Été à 10 €')}\n`, 'windows-1252'), 'Été à 10 €'],
  ])('knows %s by its bytes', (encoding, bytes, label) => {
    const { facts, lines } = read(bytes)
    expect(facts.encoding).toBe(encoding)
    expect(lines[0]?.ecritureLib).toBe(label)
  })
  it('reads a file of two encodings line by line and says so', () => {
    const { facts, lines, rules } = read(Uint8Array.from([...new TextEncoder().encode(`${HEADER}\n${row('Été')}\n`), ...encodeFec(`${row('Noël')}\n`, 'iso-8859-15')]))
    expect(facts.encoding).toBe('mixed')
    expect(lines.map((l) => l.ecritureLib)).toEqual(['Été', 'Noël'])
    expect(rules).toEqual(['FEC_ENCODING'])
  })
  it.each([['\n', 'LF'], ['\r\n', 'CRLF'], ['\r\r\n', 'CRCRLF'], ['\r', 'CR']])('reads lines ended by %j without inventing empty ones', (end, name) => {
    const { facts, lines, rules } = read(new TextEncoder().encode([HEADER, row('a'), row('b')].join(end)))
    expect([facts.lineEnding, facts.physicalLines, lines.length, rules]).toEqual([name, 3, 2, []])
  })
  it('keeps a byte order mark out of the first name', () => {
    const { facts, rules } = read(new TextEncoder().encode(`\ufeff${HEADER}\n${row('a')}\n`))
    expect([facts.bom, rules]).toEqual([true, []])
  })
  it('reads a line that ends too early only when both its amounts are there', () => {
    const short = row('a').split('|')
    expect(read(new TextEncoder().encode(`${HEADER}\n${short.slice(0, 13).join('|')}\n`))).toMatchObject({ lines: [{ debit: 6_960n }], rules: ['FEC_FIELD_COUNT'] })
    expect(read(new TextEncoder().encode(`${HEADER}\n${short.slice(0, 12).join('|')}\n`)).lines).toEqual([])
  })
})

it.each([
  ['0,00', 0n, null], ['12', 1_200n, null], ['-12,5', -1_250n, null], ['12,50-', -1_250n, null], ['+12,50', 1_250n, null], ['0000000069,60', 6_960n, null], ['1,500', 150n, null],
  ['', 0n, 'FEC_AMOUNT_EMPTY'], ['1.50', 150n, 'FEC_AMOUNT_POINT'], ['1.500', null, 'FEC_AMOUNT_POINT'], ['1 234,50', 123_450n, 'FEC_AMOUNT_THOUSANDS'], ['1.234.567,5', 123_456_750n, 'FEC_AMOUNT_THOUSANDS'],
  ['1,2E3', null, 'FEC_AMOUNT_FORMAT'], ['-1-', null, 'FEC_AMOUNT_FORMAT'], ['1,005', null, 'FEC_AMOUNT_PRECISION'], ['99999999999999999999', null, 'FEC_AMOUNT_PRECISION'], ['9007199254740993,01', 900_719_925_474_099_301n, null],
] as const)('reads the amount %j', (text, cents, rule) => expect(readAmount(text)).toEqual({ cents, rule }))

it.each([['20260131', '2026-01-31', true], ['', null, true], ['20260230', null, false], ['2026-01-31', '2026-01-31', false], ['31/01/2026', '2026-01-31', false], ['31012026', null, false], ['00000000', null, false]] as const)('reads the day %j', (text, date, legal) => {
  expect(readDate(text)).toEqual({ date, legal })
})

it('reads a side by letter or by sign, and nothing else', () => expect(['D', '+1', 'C', '-1', 'd', '1', ''].map(readSens)).toEqual([1, 1, -1, -1, undefined, undefined, undefined]))
