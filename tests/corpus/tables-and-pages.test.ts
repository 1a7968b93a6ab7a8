import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { continuityOf } from '../../core/bank/continuity.ts'
import { checkProfile } from '../../core/bank/mapping-check.ts'
import { formatAmount } from '../../core/kernel/money.ts'
import { suggestMapping } from '../../formats/bank/csv/suggest.ts'
import { readPdf } from '../../formats/bank/pdf/read-layer.ts'
import { readStatements } from '../../formats/bank/read-statements.ts'
import { isPdf, pdfText } from '../../server/platform/documents/pdf-text.ts'

const corpus = process.env['QUITTANCE_CORPUS']

type PdfExpected = { readonly document?: { readonly opening: string; readonly closing: string; readonly transactions: number; readonly total_credits: string } }

function filesOf(family: string): string[] {
  const folder = corpus ? join(corpus, 'fixtures', family) : ''
  if (!existsSync(folder)) return []
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { files: Record<string, unknown> }
  return Object.keys(expected.files).filter((name) => existsSync(join(folder, name)))
}

const bytesOf = (family: string, name: string) => readFileSync(join(corpus!, 'fixtures', family, name))

/** PDFs of invoices: they have dates and amounts, and are no statements. */
function invoices(): string[] {
  const folder = corpus ? join(corpus, 'fixtures', 'einvoice-pdf') : ''
  return existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.pdf')).toSorted().filter((_, index) => index % 20 === 0) : []
}

if (!corpus) {
  test.skip('not run: no corpus (QUITTANCE_CORPUS is unset)', () => undefined)
} else {
  describe('tables of the corpus', () => {
    const tables = filesOf('csv-bank').filter((name) => readStatements(bytesOf('csv-bank', name)).statements.length > 0)

    test.each(tables)('%s read with the profile that is suggested for it gives the same lines', (name) => {
      const bytes = bytesOf('csv-bank', name)
      const suggested = suggestMapping(bytes)
      if (!suggested.ok) throw new Error(suggested.problem.message.en)
      const profile = checkProfile(JSON.parse(JSON.stringify(suggested.value.profile)))
      if (!profile.ok) throw new Error(profile.problem.message.en)
      const linesOf = (options: Parameters<typeof readStatements>[1]) => readStatements(bytes, options).statements.flatMap((statement) => statement.lines)
      expect(linesOf({ csvProfile: profile.value })).toEqual(linesOf({}))
    })

    test('workbooks, a table called xls and one called dat are read: movements counted and summed by hand', () => {
      const read = (name: string) => {
        const { format, statements, problems } = readStatements(bytesOf('csv-bank', name))
        const lines = statements.flatMap((statement) => statement.lines)
        return [format, lines.length, formatAmount(lines.reduce((sum, line) => sum + line.minor, 0n), lines[0]!.currency), problems.filter((found) => found.severity === 'error').length]
      }
      // 1300.00 - 50.00 - 100.00 - 80.68, and 1525.00 - 33.50.
      expect(read('OCA__bank-statement-import/meta_data_separated_credit_debit.xlsx')).toEqual(['xlsx', 4, '1069.32', 0])
      expect(read('OCA__bank-statement-import/sample_statement_en.xlsx')).toEqual(['xlsx', 2, '1491.50', 0])
      expect(read('bank2ynab__bank2ynab/kta_ei.dat').slice(0, 2)).toEqual(['csv', 11])
    })
  })

  describe('statements made to be printed', () => {
    test.each(filesOf('pdf-statement'))('%s gives what its source says', async (name) => {
      const { document } = (JSON.parse(readFileSync(join(corpus, 'fixtures', 'pdf-statement', 'expected.json'), 'utf8')) as { files: Record<string, PdfExpected> }).files[name]!
      const bytes = bytesOf('pdf-statement', name)
      const { statements, problems } = isPdf(bytes) ? readPdf(await pdfText(bytes)) : readStatements(bytes, { formatHint: 'pdf' })
      if (!document) {
        expect([statements, problems.map((found) => found.severity)]).toEqual([[], ['error']])
        return
      }
      const [statement] = statements
      const credits = statement!.lines.reduce((sum, line) => sum + (line.minor > 0n ? line.minor : 0n), 0n)
      expect([statement!.lines.length, formatAmount(statement!.opening!.minor, statement!.currency!), formatAmount(statement!.closing!.minor, statement!.currency!), formatAmount(credits, statement!.currency!), continuityOf(statement!)])
        .toEqual([document.transactions, document.opening, document.closing, document.total_credits, 'proven'])
    })

    test('invoices are not taken for statements', async () => {
      for (const name of invoices()) {
        const { statements, problems } = readPdf(await pdfText(readFileSync(join(corpus, 'fixtures', 'einvoice-pdf', name))))
        expect([name, statements.length, problems.some((found) => found.severity === 'error')]).toEqual([name, 0, true])
      }
    })
  })
}
