import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { createStatementReader, readStatements } from './read-statements.ts'

const FIXTURES = [
  'cfonb120/fixtures/two-months.cfo', 'cfonb120/fixtures/no-line-ends.cfo', 'camt/fixtures/statement-v8.xml', 'csv/fixtures/current-account.csv', 'csv/fixtures/damaged.csv',
  'mt940/fixtures/structured.sta', 'mt940/fixtures/envelope.sta', 'mt940/fixtures/damaged.sta', 'ofx/fixtures/current-account.ofx', 'ofx/fixtures/card-and-securities.qfx', 'ofx/fixtures/damaged.ofx',
  'qif/fixtures/current-account.qif', 'qif/fixtures/american.qif', 'qif/fixtures/damaged.qif',
]
const bytesOf = (name: string) => readFileSync(join(import.meta.dirname, name))
const codes = (bytes: Uint8Array, options = {}) => readStatements(bytes, options).problems.map((found) => found.code)

test('a file is recognised by its content', () => {
  expect(FIXTURES.map((name) => readStatements(bytesOf(name)).format)).toEqual(['cfonb120', 'cfonb120', 'camt', 'csv', 'csv', 'mt940', 'mt940', 'mt940', 'ofx', 'ofx', 'ofx', 'qif', 'qif', 'qif'])
})

test('files read by mistake give one problem and nothing else', () => {
  const noise = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251))
  for (const [bytes, code] of [
    [Buffer.alloc(0), 'FILE_EMPTY'], [Buffer.from(' \r\n \n'), 'FILE_EMPTY'], [Buffer.from('%PDF-1.7\n1 0 obj'), 'NOT_A_STATEMENT'],
    [noise, 'FORMAT_UNKNOWN'], [Buffer.from('Bonjour, voici une lettre.\nElle ne contient rien.\n'), 'FORMAT_UNKNOWN'], [Buffer.from('{"a": 1}'), 'FORMAT_UNKNOWN'],
  ] as const) {
    const reading = readStatements(bytes)
    expect([reading.format, reading.statements, reading.problems.map((found) => found.code)]).toEqual([null, [], [code]])
  }
  // What begins as an archive is opened as a workbook, and found damaged.
  expect(readStatements(Buffer.from('PK\u0003\u0004....'))).toMatchObject({ format: 'xlsx', statements: [], problems: [{ code: 'WORKBOOK_DAMAGED' }] })
})

test('a CFONB 240 file is named and refused: its amounts have no sign, and the statement already holds its operations', () => {
  const header = `3100000120010426E    ${'30004'}${'00123'}${'00012345678'}${'ATELIER'.padEnd(24)}`.padEnd(240)
  const movement = `3400000220010426E    ${'30004'}${'00123'}${'00012345678'}${'CLIENT'.padEnd(24)}`.padEnd(228) + '000000171200'
  const reading = readStatements(Buffer.from(`${header}\r\n${movement}\r\n`))
  expect([reading.format, reading.statements, reading.problems.map((found) => found.code)]).toEqual([null, [], ['NOT_A_STATEMENT']])
  expect(reading.problems[0]?.message.fr).toContain('CFONB 240')
})

test('a format given by the user skips detection, and an unknown one is refused', () => {
  expect(readStatements(bytesOf('csv/fixtures/current-account.csv'), { formatHint: 'camt' })).toMatchObject({ format: 'camt', statements: [] })
  expect(codes(bytesOf('csv/fixtures/current-account.csv'), { formatHint: 'docx' })).toEqual(['FORMAT_UNKNOWN'])
  expect(codes(Buffer.from('%PDF-1.4'), { formatHint: 'csv' })).toEqual(['NOT_A_STATEMENT'])
})

test('the same statement in another encoding is the same statement', () => {
  const utf8 = bytesOf('csv/fixtures/current-account.csv')
  for (const encoding of ['cp1252', 'utf-16le']) {
    const other = readStatements(iconv.encode(utf8.toString('utf8'), encoding))
    expect({ ...other, encoding: 'utf-8' }).toEqual(readStatements(utf8))
    expect(other.encoding).toBe(encoding)
  }
})

test('the pieces in which the bytes come do not change what is read', () => {
  fc.assert(fc.property(fc.constantFrom(...FIXTURES), fc.integer({ min: 1, max: 700 }), (name, size) => {
    const bytes = bytesOf(name)
    const whole = createStatementReader({})
    const pieces = createStatementReader({})
    const expected = [...whole.push(bytes), ...whole.end()]
    const read = []
    for (let at = 0; at < bytes.length; at += size) read.push(...pieces.push(bytes.subarray(at, at + size)))
    read.push(...pieces.end())
    expect(read).toEqual(expected)
  }), { numRuns: 60 })
})

test('a file cut anywhere never throws, and never gives more lines than the whole file', () => {
  fc.assert(fc.property(fc.constantFrom(...FIXTURES), fc.double({ min: 0, max: 1, noNaN: true }), (name, share) => {
    const bytes = bytesOf(name)
    const count = (part: Uint8Array) => readStatements(part).statements.reduce((sum, statement) => sum + statement.lines.length, 0)
    expect(count(bytes.subarray(0, Math.floor(bytes.length * share)))).toBeLessThanOrEqual(count(bytes))
  }), { numRuns: 200 })
})

test('damaged bytes never throw and never invent an amount out of nothing', () => {
  fc.assert(fc.property(fc.constantFrom(...FIXTURES), fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 12 }), (name, damages) => {
    const bytes = Buffer.from(bytesOf(name))
    for (const [at, value] of damages) bytes[at % bytes.length] = value
    for (const statement of readStatements(bytes).statements) for (const line of statement.lines) expect(typeof line.minor).toBe('bigint')
  }), { numRuns: 200 })
})

test('a megabyte of damage stops at a bounded number of problems', () => {
  const bytes = Buffer.concat([bytesOf('cfonb120/fixtures/two-months.cfo'), Buffer.from('bruit de fond\n'.repeat(80_000))])
  const { statements, problems } = readStatements(bytes)
  expect(statements).toHaveLength(2)
  expect(problems.length).toBeLessThan(600)
  expect(problems.at(-1)?.code).toBe('PROBLEMS_CUT')
})
