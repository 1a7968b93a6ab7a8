import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createStatementReader, readStatements } from '../read-statements.ts'

const read = (text: string) => {
  const { statements, problems } = readStatements(Buffer.from(text))
  return {
    lines: statements.flatMap((statement) => statement.lines.map((line) => [line.bookedOn, line.minor, line.line])),
    problems: problems.filter((found) => found.severity === 'error').map((found) => [found.code, found.where.line, found.where.field]),
  }
}

test('separators that change half-way: each line of the second part is a problem, the first part is read', () => {
  expect(read('Date;Libellé;Montant;Devise\n22/03/2026;a;-1,00;EUR\n23/03/2026;b;2,00;EUR\n24/03/2026,c,3.00,EUR\n25/03/2026|d|4,00|EUR\n26/03/2026;e;5,00;EUR\n')).toEqual({
    lines: [['2026-03-22', -100n, 2], ['2026-03-23', 200n, 3], ['2026-03-26', 500n, 6]], problems: [['SEPARATOR_CHANGED', 4, 'Date'], ['SEPARATOR_CHANGED', 5, 'Date']],
  })
  expect(read('Date,Label,Amount,Currency\n2026-03-22,a,-1.00,EUR\n2026-03-23;b;2,00;EUR\n').problems).toEqual([['SEPARATOR_CHANGED', 3, 'Date']])
})

test('days that no calendar has, and amounts that nobody can read, are named by line and column', () => {
  expect(read('Date;Libellé;Montant;Devise\n31/02/2026;a;-1,00;EUR\n22/03/2026;b;1.234,5 6-;EUR\n23/03/2026;c;1.234,56-;EUR\n00/03/2026;d;1,00;EUR\n24/03/2026;e;--5,00;EUR\n25/03/2026;f;5,0O;EUR\n')).toEqual({
    lines: [['2026-03-23', -123456n, 4]],
    problems: [['DATE_UNREADABLE', 2, 'Date'], ['AMOUNT_UNREADABLE', 3, 'Montant'], ['DATE_UNREADABLE', 5, 'Date'], ['AMOUNT_UNREADABLE', 6, 'Montant'], ['AMOUNT_UNREADABLE', 7, 'Montant']],
  })
})

test('negatives in parentheses, behind the amount, or said by CR and DR', () => {
  const amounts = (...cells: string[]) => read(`Date;Libellé;Montant;Devise\n${cells.map((cell) => `22/03/2026;a;${cell};EUR\n`).join('')}`).lines.map(([, minor]) => minor)
  expect(amounts('(12,30)', '1 234,56', '(1 234,56)')).toEqual([-1230n, 123456n, -123456n])
  expect(amounts('12,30-', '5,00+', '7,00')).toEqual([-1230n, 500n, 700n])
  expect(amounts('12,30 DR', '5,00 CR')).toEqual([-1230n, 500n])
})

test('a quote that is left open costs no line, even when another one seems to close it further down', () => {
  expect(read('Date;Libellé;Montant;Devise\n22/03/2026;"a;-1,00;EUR\n23/03/2026;b"c;2,00;EUR\n24/03/2026;d "e" f;3,00;EUR\n25/03/2026;"g""h";4,00;EUR\n')).toEqual({
    lines: [['2026-03-22', -100n, 2], ['2026-03-23', 200n, 3], ['2026-03-24', 300n, 4], ['2026-03-25', 400n, 5]], problems: [],
  })
  // A label on two lines is one row all the same.
  expect(read('Date;Libellé;Montant;Devise\n22/03/2026;"sur deux\nlignes; avec un point-virgule";-1,00;EUR\n23/03/2026;b;2,00;EUR\n').lines).toEqual([['2026-03-22', -100n, 2], ['2026-03-23', 200n, 4]])
})

test('a line of ten megabytes is named and passed over, and the lines after it are read', () => {
  const reader = createStatementReader()
  const records = reader.push(Buffer.from('Date;Libellé;Montant;Devise\n22/03/2026;avant;-1,00;EUR\n'))
  const piece = Buffer.alloc(262_144, 'x')
  for (let written = 0; written < 10 * 1_048_576; written += piece.length) records.push(...reader.push(piece))
  records.push(...reader.push(Buffer.from('\n23/03/2026;après;2,00;EUR\n')), ...reader.end())
  expect(records.flatMap((record) => (record.kind === 'line' ? [[record.line.label, record.line.line]] : []))).toEqual([['avant', 2], ['après', 4]])
  expect(records.flatMap((record) => (record.kind === 'problem' && record.problem.severity === 'error' ? [[record.problem.code, record.problem.where.line]] : []))).toEqual([['LINE_TOO_LONG', 3]])
})

test('a long line that comes whole, at once, is passed over as well', () => {
  expect(read(`Date;Libellé;Montant;Devise\n22/03/2026;a;-1,00;EUR\n${'y'.repeat(1_200_000)}\n23/03/2026;b;2,00;EUR\n`)).toEqual({ lines: [['2026-03-22', -100n, 2], ['2026-03-23', 200n, 4]], problems: [['LINE_TOO_LONG', 3, undefined]] })
})

test('labels are kept as they are, formulas included: what leaves the product is what must be made harmless', () => {
  const { statements } = readStatements(Buffer.from('Date;Libellé;Montant;Devise\n22/03/2026;=HYPERLINK("x");-1,00;EUR\n23/03/2026;@SUM(A1);2,00;EUR\n'))
  expect(statements[0]?.lines.map((line) => line.label)).toEqual(['=HYPERLINK("x")', '@SUM(A1)'])
})

test('a good line among any damage is still read', () => {
  const damage = fc.string({ maxLength: 60 }).map((text) => text.replace(/[\r\n"]/g, ' '))
  fc.assert(fc.property(fc.array(damage, { maxLength: 5 }), fc.array(damage, { maxLength: 5 }), (before, after) => {
    const text = `Date;Libellé;Montant;Devise\n22/03/2026;premier;-1,00;EUR\n${before.join('\n')}\n23/03/2026;bonne ligne;-12,34;EUR\n${after.join('\n')}\n24/03/2026;dernier;1,00;EUR\n`
    const { statements } = readStatements(Buffer.from(text))
    expect(statements.flatMap((statement) => statement.lines).filter((line) => line.label === 'bonne ligne').map((line) => line.minor)).toEqual([-1234n])
  }), { numRuns: 100 })
})
