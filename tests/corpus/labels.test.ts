import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { currency } from '../../core/kernel/currency.ts'
import { parseCompactDate, parseDate } from '../../core/kernel/local-date.ts'
import { readLabel } from '../../core/label/read-label.ts'
import { describeCorpus } from '../support/corpus.ts'
import { generate } from './generated.ts'

type Row = { readonly label: string; readonly amount: string; readonly day: string }

/** The cells of a line of CSV; quoted cells hold no line ends here. */
const cells = (line: string): string[] => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell))

function rowsOf(text: string, columns: Row): Row[] {
  const [header = '', ...lines] = text.trim().split('\n')
  const names = cells(header)
  const at = (line: readonly string[], name: string) => line[names.indexOf(name)] ?? ''
  return lines.map(cells).map((line) => ({ label: at(line, columns.label), amount: at(line, columns.amount), day: at(line, columns.day) }))
}

/** The share of lines of which a value is read, in percent. */
function shares(rows: readonly Row[]): { readonly method: number; readonly named: number; readonly something: number } {
  const readings = rows.map(({ label, amount, day }) => readLabel({
    label, amount: amount.startsWith('-') ? -1n : 1n, currency: currency('EUR'), bookedOn: (parseDate(day) ?? parseCompactDate(day))!, reference: null, counterpartyName: null,
  }))
  const share = (count: number) => Math.round(count / rows.length * 1000) / 10
  return {
    method: share(readings.filter(({ method }) => method !== null).length), named: share(readings.filter(({ counterparty }) => counterparty !== null).length),
    something: share(readings.filter(({ method, counterparty }) => method !== null || counterparty !== null).length),
  }
}

describeCorpus('labels of the corpus', (corpus) => {
  test.each(['7', '5', '99'])('of the generated company %s say who or how in 99 %% of lines', (seed) => {
    const made = generate(seed, { size: '10k' })
    const found = shares(rowsOf(readFileSync(join(made.folder, 'bank.csv'), 'utf8'), { label: 'label', amount: 'amount', day: 'booking_date' }))
    made.remove()
    process.stdout.write(`labels of company ${seed}: method ${found.method} %, name ${found.named} %, either ${found.something} %\n`)
    expect(found.something).toBeGreaterThanOrEqual(99)
  })

  // Words an accountant typed rather than a bank: most name no method.
  test.each([
    ['neolegal-fr__fec-reader/111111111FEC20221231.bank_lines.csv', 95], ['ekylibre__ekylibre/istea/123456789FEC20201231.bank_lines.csv', 95], ['ekylibre__ekylibre/odicom/123456789FEC20200331.bank_lines.csv', 80],
  ])('of the ledger %s say who or how in %s %% of lines', (file, floor) => {
    const found = shares(rowsOf(readFileSync(corpus.path('fixtures', 'fec-derived', file), 'utf8'), { label: 'label', amount: 'amount', day: 'date' }))
    process.stdout.write(`labels of ${file}: method ${found.method} %, name ${found.named} %, either ${found.something} %\n`)
    expect(found.something).toBeGreaterThanOrEqual(floor)
  })
})
