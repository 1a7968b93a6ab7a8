import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createStatementReader, readStatements } from './read-statements.ts'

/** Formats whose records start on a line of their own. */
const FIXTURES = [
  'cfonb120/fixtures/two-months.cfo', 'camt/fixtures/statement-v8.xml', 'mt940/fixtures/structured.sta', 'mt940/fixtures/envelope.sta', 'ofx/fixtures/current-account.ofx',
  'ofx/fixtures/card-and-securities.qfx', 'qif/fixtures/current-account.qif', 'qif/fixtures/american.qif',
]
const HINTS = ['cfonb120', 'camt', 'mt940', 'ofx', 'qif']
const bytesOf = (name: string) => readFileSync(join(import.meta.dirname, name))
const formatOf = (name: string) => name.split('/')[0]!
const linesOf = (bytes: Uint8Array, formatHint: string) => readStatements(bytes, { formatHint }).statements.flatMap(({ lines }) => lines)

/** Reads in pieces, keeping nothing but the problems. */
function problemsOf(pieces: Iterable<Uint8Array>, formatHint: string): string[] {
  const reader = createStatementReader({ formatHint })
  const codes: string[] = []
  const take = (records: ReturnType<typeof reader.push>) => { for (const record of records) if (record.kind === 'problem') codes.push(record.problem.code) }
  for (const piece of pieces) take(reader.push(piece))
  take(reader.end())
  return codes
}

test('wherever a file is cut, the movements complete before the cut are there, and no other amount is given', () => {
  fc.assert(fc.property(fc.constantFrom(...FIXTURES), fc.double({ min: 0, max: 1, noNaN: true }), (name, share) => {
    const bytes = bytesOf(name)
    const cut = bytes.subarray(0, Math.floor(bytes.length * share))
    const whole = linesOf(bytes, formatOf(name))
    const read = linesOf(cut, formatOf(name))
    const lineCount = cut.toString('latin1').split('\n').length
    const key = ({ line, minor, bookedOn }: (typeof whole)[number]) => `${line} ${minor} ${bookedOn}`
    const known = new Set(whole.map(key))
    // The order of day and month may not be told yet in what is left of a QIF file: its dates may then differ.
    const areDatesSure = !name.startsWith('qif')
    const bare = ({ line, minor }: (typeof whole)[number]) => `${line} ${minor}`
    for (const line of read) expect(areDatesSure ? known.has(key(line)) : whole.some((other) => bare(other) === bare(line))).toBe(true)
    const complete = whole.filter((line, index) => (whole[index + 1]?.line ?? Infinity) < lineCount && whole[index + 1]?.line !== line.line)
    for (const line of complete) expect(read.map(bare)).toContain(bare(line))
  }), { numRuns: 300 })
})

test('a cut in the middle of a movement is told', () => {
  for (const [name, upTo] of [['camt/fixtures/statement-v8.xml', '<ns2:CdtDbtInd>DBIT'], ['mt940/fixtures/structured.sta', ':61:2604020402RCR0,5'], ['ofx/fixtures/current-account.ofx', '<TRNAMT>+1'], ['qif/fixtures/current-account.qif', 'T2.000']] as const) {
    const text = bytesOf(name).toString('latin1')
    const cut = Buffer.from(text.slice(0, text.indexOf(upTo) + upTo.length), 'latin1')
    expect([name, readStatements(cut).problems.map(({ code }) => code).filter((code) => /UNFINISHED|DAMAGED/.test(code)).length > 0]).toEqual([name, true])
  }
})

test('a line of ten megabytes is told once and passed over in every format', () => {
  const piece = Buffer.alloc(1 << 18, 'x')
  for (const hint of HINTS) {
    const start = { camt: '<Document xmlns="camt.053.001.02"><BkToCstmrStmt><Stmt><Id>', ofx: '<OFX><STMTRS><MEMO>', qif: '!Type:Bank\nP', mt940: ':20:', cfonb120: '01' }[hint]!
    const codes = problemsOf((function* () {
      yield Buffer.from(start)
      for (let at = 0; at < 40; at += 1) yield piece
    })(), hint)
    expect([hint, codes.length > 0 && codes.length < 5]).toEqual([hint, true])
  }
})

test('megabytes of noise give few problems and no movement in every format', () => {
  const noise = Buffer.from(Array.from({ length: 1 << 18 }, (_, index) => 32 + ((index * 7919 + (index >> 7) * 31) % 90)))
  for (const hint of HINTS) {
    const reader = createStatementReader({ formatHint: hint })
    let lines = 0
    for (let at = 0; at < 16; at += 1) lines += reader.push(noise).filter((record) => record.kind === 'line').length
    lines += reader.end().filter((record) => record.kind === 'line').length
    expect([hint, lines]).toEqual([hint, 0])
  }
})

test('a day that the calendar does not have is a problem that names its line and its field, in every format', () => {
  const files: Readonly<Record<string, string>> = {
    camt: '<Document xmlns="camt.053.001.02"><BkToCstmrStmt><Stmt>\n<Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-02-31</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>',
    mt940: ':25:1\n:61:260231C1,00NTRFX\n', ofx: '<OFX><STMTRS><CURDEF>EUR\n<STMTTRN><DTPOSTED>20260231<TRNAMT>1</STMTTRN></STMTRS></OFX>', qif: '!Type:Bank\nD31/02/2026\nT1.00\n^\n',
  }
  for (const [hint, text] of Object.entries(files)) {
    const found = readStatements(Buffer.from(text), { formatHint: hint }).problems.find(({ code }) => code === 'DATE_UNREADABLE')
    expect([hint, found?.where.line, found?.where.field === undefined]).toEqual([hint, 2, false])
  }
})
