import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { continuityOf } from '../../core/bank/continuity.ts'
import { formatAmount } from '../../core/kernel/money.ts'
import { readStatements } from '../../formats/bank/read-statements.ts'

const corpus = process.env['QUITTANCE_CORPUS']

type Mt940Statement = { readonly lines: number; readonly credits: string; readonly debits: string; readonly closing?: { readonly sign: string; readonly amount: string }; readonly arithmetic_ok?: boolean }

/** What the corpus says of one file: as much as its family knows. */
type Expected = {
  readonly expect?: string
  readonly lines?: number
  readonly sum?: string
  readonly first?: string
  readonly last?: string
  readonly source_tests?: { readonly says?: string }
  readonly document: {
    readonly non_empty_rows?: number
    readonly statement_lines_61?: number
    readonly transactions?: number
    readonly transactions_with_amount?: number
    readonly unreadable_amounts?: number
    readonly sum_amounts?: string
    readonly statements?: readonly { readonly operations: number; readonly sum_operations: string; readonly closing?: string; readonly arithmetic_ok?: boolean }[]
    readonly reports?: readonly { readonly entries: number; readonly transaction_details: number; readonly credits: string; readonly debits: string; readonly opening_plus_entries_equals_closing?: boolean }[]
  }
}

/** An amount as an integer of millionths, exact for every currency. */
function millionths(text: string): bigint {
  const match = /^([+-]?)(\d*)(?:\.(\d+))?$/.exec(text)
  if (!match) throw new Error(`not an amount: ${text}`)
  const magnitude = BigInt((match[2] || '0') + (match[3] ?? '').padEnd(6, '0').slice(0, 6))
  return match[1] === '-' ? -magnitude : magnitude
}

function filesOf(family: string): [string, Expected][] {
  if (!corpus) return []
  const folder = join(corpus, 'fixtures', family)
  const { files } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { files: Record<string, Expected> }
  return Object.entries(files).filter(([name]) => existsSync(join(folder, name)))
}

function readingOf(family: string, name: string) {
  const reading = readStatements(readFileSync(join(corpus!, 'fixtures', family, name)))
  const lines = reading.statements.flatMap((statement) => statement.lines)
  return { ...reading, lines, sum: lines.reduce((sum, line) => sum + millionths(formatAmount(line.minor, line.currency)), 0n) }
}

const sumOf = (amounts: readonly string[]): bigint => amounts.reduce((sum, amount) => sum + millionths(amount), 0n)

if (!corpus) {
  test.skip('not run: no corpus (QUITTANCE_CORPUS is unset)', () => undefined)
} else {
  describe('CFONB 120 files of the corpus', () => {
    test.each(filesOf('cfonb120'))('%s has the operations and the sum its records say', (name, { document, source_tests }) => {
      const { statements, lines, sum, problems } = readingOf('cfonb120', name)
      const expected = document.statements ?? []
      // Several accounts inside one statement: the foreign movement is kept apart, which the records alone do not say.
      expect(lines).toHaveLength(expected.reduce((count, statement) => count + statement.operations, 0))
      expect(sum).toBe(sumOf(expected.map((statement) => statement.sum_operations)))
      if (/error|not CFONB/.test(source_tests?.says ?? '') && lines.length === 0) expect(problems).not.toEqual([])
      if (statements.length === expected.length) expected.forEach((statement, index) => { if (statement.arithmetic_ok) expect(continuityOf(statements[index]!)).toBe('proven') })
    })
  })

  describe('CAMT files of the corpus', () => {
    test.each(filesOf('camt'))('%s has the entries and the sums its XML says', (name, { document }) => {
      const { lines, sum, statements, problems } = readingOf('camt', name)
      const reports = document.reports ?? []
      expect(problems.filter((found) => found.severity === 'error')).toEqual([])
      expect([reports.reduce((count, report) => count + report.entries, 0), reports.reduce((count, report) => count + Math.max(report.entries, report.transaction_details), 0)]).toContain(lines.length)
      expect(sum).toBe(sumOf(reports.map((report) => report.credits)) - sumOf(reports.map((report) => report.debits)))
      reports.forEach((report, index) => { if (report.opening_plus_entries_equals_closing) expect(continuityOf(statements[index]!)).toBe('proven') })
    })
  })

  describe('MT940 files of the corpus', () => {
    test.each(filesOf('mt940'))('%s has the movements, the sums and the closing balances its tags say', (name, { document }) => {
      const { lines, sum, statements } = readingOf('mt940', name)
      const expected = document.statements as unknown as readonly Mt940Statement[]
      expect(lines).toHaveLength(document.statement_lines_61!)
      expect(sum).toBe(sumOf(expected.map(({ credits }) => credits)) - sumOf(expected.map(({ debits }) => debits)))
      const closings = expected.flatMap(({ closing }) => (closing ? [millionths(closing.amount) * (closing.sign === 'D' ? -1n : 1n)] : []))
      const read = statements.flatMap(({ closing, currency }) => (closing ? [millionths(formatAmount(closing.minor, currency!))] : []))
      // Balances without a currency are read in that of their statement; the corpus leaves them out.
      if (read.length === closings.length) expect(read).toEqual(closings)
      if (statements.length === expected.length) expected.forEach(({ arithmetic_ok }, index) => { if (arithmetic_ok) expect(continuityOf(statements[index]!)).toBe('proven') })
    })
  })

  describe('OFX files of the corpus', () => {
    // Four decimals in dollars: a movement is never rounded, so three of the four are kept out, each with its problem.
    const TOO_PRECISE = 'jseutter__ofxparse/fidelity-savings.ofx'
    // Movements without a day, with a day that does not exist, or with an amount that is none: kept out, each with its problem.
    const UNREADABLE = /fail_nice\/(date_missing|decimal_error)|null-ptr-deref-1/
    test.each(filesOf('ofx'))('%s has the movements and the sum its tags say', (name, { document }) => {
      const { lines, sum, problems } = readingOf('ofx', name)
      const errors = problems.filter(({ severity }) => severity === 'error').length
      if (name === TOO_PRECISE || UNREADABLE.test(name)) {
        expect(lines.length + errors).toBe(document.transactions)
        return
      }
      expect(lines).toHaveLength(document.transactions!)
      expect(sum).toBe(millionths(document.sum_amounts!))
    })
  })

  describe('QIF files of the corpus', () => {
    test.each(filesOf('qif'))('%s has the movements and the sum its records say', (name, { document }) => {
      const { lines, sum } = readingOf('qif', name)
      expect(lines).toHaveLength(document.transactions_with_amount!)
      expect(sum).toBe(millionths(document.sum_amounts!))
    })
  })

  describe('CSV files of the corpus', () => {
    test.each(filesOf('csv-bank').filter(([name]) => /\.csv$/i.test(name)))('%s has the lines, the sum and the days that were annotated by hand', (name, expected) => {
      const { lines, sum, problems } = readingOf('csv-bank', name)
      if (expected.expect === 'refused') {
        expect(lines).toEqual([])
        expect(problems.map((found) => found.severity)).toContain('error')
        return
      }
      expect(lines).toHaveLength(expected.lines ?? lines.length)
      if (expected.sum) expect(sum).toBe(millionths(expected.sum))
      const days = lines.map((line) => line.bookedOn as string).toSorted()
      if (expected.first) expect(days[0]).toBe(expected.first)
      if (expected.last) expect(days.at(-1)).toBe(expected.last)
    })
  })
}
