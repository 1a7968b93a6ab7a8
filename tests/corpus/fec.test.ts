import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { plainAmount } from '../../core/ledger/amount-text.ts'
import { letterGroups } from '../../core/ledger/lettering.ts'
import { ASSET_LINES, INCOME_LINES, LIABILITY_LINES } from '../../core/ledger/statement-lines.ts'
import { balanceSheet, incomeStatement } from '../../core/ledger/statements.ts'
import { trialBalance, type TrialBalance } from '../../core/ledger/trial-balance.ts'
import { localDate } from '../../core/kernel/local-date.ts'
import { checkFec, type FecReport } from '../../formats/ledger/fec/check.ts'
import { entryKey } from '../../formats/ledger/fec/check-entries.ts'
import type { FecLine } from '../../formats/ledger/fec/record.ts'

type Sums = { lines?: number; debit: string; credit: string }
/** Some parts are stated for some files only: a missing one is not asserted. */
type Expected = {
  document: {
    encoding: string; bom: boolean; line_ending: string; separator: string; columns: string[]; physical_lines: number; empty_lines: number; data_lines: number
    journals: Record<string, Sums>; entries: number; unbalanced_entries: number; total_debit: string; total_credit: string; balanced: boolean; accounts: number
    first_date: string; last_date: string; lines_without_validdate: number; lines_with_negative_amount: number; lines_with_both_debit_and_credit: number
    net_balance_by_class: Record<string, string>; result_of_year_classes_6_7: string
    lettrage: { groups: number; lines: number; balanced_groups: number }; bank_512_monthly: Record<string, { inflow: string; outflow: string }>
  }
  tax_return_cells?: Record<string, number | string>
}

/** "12.5" or "0" as cents: the corpus leaves needless decimals out. */
function cents(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const amount = BigInt(whole + fraction.padEnd(2, '0'))
  return text.startsWith('-') ? -amount : amount
}

const ENCODINGS: Record<string, readonly string[]> = { 'utf-8': ['utf-8'], ascii: ['ascii'], cp1252: ['iso-8859-15', 'windows-1252'], 'iso-8859-15': ['iso-8859-15', 'ascii'], 'iso-8859-1': ['iso-8859-15'] }

type Reading = { lines: FecLine[]; report: FecReport; balance: TrialBalance; problems: (rule: string) => number }

function read(path: string): Reading {
  const lines: FecLine[] = []
  const report = checkFec(readFileSync(path), { fileName: path, onLine: (line) => lines.push(line) })
  const balance = trialBalance(lines.map((l) => ({ account: l.compteNum, label: l.compteLib, debit: l.debit, credit: l.credit })))
  return { lines, report, balance, problems: (rule) => report.problems.filter((p) => p.code === rule).length }
}

/** Cells of forms 2033-A, 2033-B, 2052 and 2053 that are lines of our statements, in cents. */
function taxCells(balance: TrialBalance): Record<string, bigint> {
  const sheet = balanceSheet(balance)
  const income = incomeStatement(balance)
  const found: Record<string, bigint> = { FL: income.turnover, HN: income.result, 310: income.result, FS: income.lines['goodsBought']!, FY: income.lines['wages']!, FX: income.lines['taxes']! }
  const add = (cell: string | null, amount: bigint) => { if (cell) found[cell] = (found[cell] ?? 0n) + amount }
  for (const { id, cell } of ASSET_LINES) add(cell, sheet.assets[id]!.gross)
  for (const { id, cell } of LIABILITY_LINES) add(cell, sheet.liabilities[id]!)
  for (const { id, cell } of INCOME_LINES) add(cell, income.lines[id]!)
  return found
}

function monthlyBank(lines: readonly FecLine[]): Record<string, { inflow: bigint; outflow: bigint }> {
  const months: Record<string, { inflow: bigint; outflow: bigint }> = {}
  for (const line of lines) {
    if (!line.compteNum.startsWith('512') || !line.ecritureDate) continue
    const month = (months[line.ecritureDate.slice(0, 7).replace('-', '')] ??= { inflow: 0n, outflow: 0n })
    month.inflow += line.debit
    month.outflow += line.credit
  }
  return months
}

const corpus = process.env['QUITTANCE_CORPUS']

if (!corpus) {
  it.skip('not run: no corpus (QUITTANCE_CORPUS is unset)', () => undefined)
} else {
  const root = join(corpus, 'fixtures', 'fec')
  const files = Object.entries((JSON.parse(readFileSync(join(root, 'expected.json'), 'utf8')) as { files: Record<string, Expected> }).files)

  describe.each(files)('the real ledger %s', (name, { document: expected, tax_return_cells: cells }) => {
    const { lines, report, balance, problems } = read(join(root, name))

    it('has the form stated', () => {
      const { facts } = report
      expect(ENCODINGS[expected.encoding]).toContain(facts.encoding)
      expect(facts).toMatchObject({ bom: expected.bom, lineEnding: expected.line_ending.replaceAll(' ', ''), physicalLines: expected.physical_lines })
      expect(facts.header?.separator).toBe(expected.separator === 'TAB' ? '\t' : '|')
      expect(facts.header?.names).toEqual(expected.columns)
      expect(problems('FEC_EMPTY_LINE')).toBe(expected.empty_lines)
    })

    it('has the lines, entries, journals and totals stated, to the cent', () => {
      expect([report.lines, report.refused, report.entries]).toEqual([expected.data_lines, 0, expected.entries])
      expect([report.debit, report.credit]).toEqual([cents(expected.total_debit), cents(expected.total_credit)])
      expect([problems('FEC_ENTRY_BALANCE'), problems('FEC_TOTAL')]).toEqual([expected.unbalanced_entries, expected.balanced ? 0 : 1])
      const found = Object.fromEntries([...report.journals].map(([code, j]) => [code, { lines: j.lines, debit: j.debit, credit: j.credit }]))
      expect(found).toEqual(Object.fromEntries(Object.entries(expected.journals).map(([code, j]) => [code, { lines: j.lines, debit: cents(j.debit), credit: cents(j.credit) }])))
      expect(new Set(lines.map(entryKey)).size).toBe(expected.entries)
      expect([report.from, report.to].map((date) => date?.replaceAll('-', ''))).toEqual([expected.first_date, expected.last_date])
    })

    it('has the odd lines stated', () => {
      expect(lines.filter((l) => !l.validDate)).toHaveLength(expected.lines_without_validdate)
      expect(lines.filter((l) => l.debit < 0n || l.credit < 0n)).toHaveLength(expected.lines_with_negative_amount)
      expect(lines.filter((l) => l.debit !== 0n && l.credit !== 0n)).toHaveLength(expected.lines_with_both_debit_and_credit)
    })

    it('closes on the classes and the result stated, and its statements agree', () => {
      expect(balance.accounts).toHaveLength(expected.accounts)
      for (const [of, amount] of Object.entries(expected.net_balance_by_class)) expect(balance.classes[of] ?? 0n, of).toBe(cents(amount))
      expect(balance.result).toBe(cents(expected.result_of_year_classes_6_7))
      expect(incomeStatement(balance).result).toBe(balance.result)
      const sheet = balanceSheet(balance)
      expect(sheet.gap).toBe(-sheet.off)
    })

    it('holds the lettering groups stated', () => {
      const groups = letterGroups(lines.map((l) => ({ account: l.compteNum, auxiliary: l.compAuxNum, letter: l.ecritureLet, date: l.ecritureDate ?? localDate('1970-01-01'), debit: l.debit, credit: l.credit })))
      expect([groups.length, groups.reduce((t, g) => t + g.lines, 0), groups.filter((g) => g.balanced).length])
        .toEqual([expected.lettrage.groups, expected.lettrage.lines, expected.lettrage.balanced_groups])
      expect(problems('FEC_LETTER_BALANCE')).toBe(expected.lettrage.groups - expected.lettrage.balanced_groups)
    })

    it('moves the bank month by month as stated', () => {
      const months = Object.fromEntries(Object.entries(expected.bank_512_monthly).map(([month, m]) => [month, { inflow: cents(m.inflow), outflow: cents(m.outflow) }]))
      expect(monthlyBank(lines)).toEqual(months)
    })

    it('is told where it does not comply', () => {
      expect(report.compliant).toBe(false)
      if (expected.lines_without_validdate > 0) expect(problems('FEC_ABSENT')).toBeGreaterThan(0)
      for (const { message } of report.problems) for (const text of [message.fr, message.en]) expect(text).not.toMatch(/[{}]|undefined/)
    })

    if (cells) {
      it('gives the cells of the tax return that its statements hold, to the euro', () => {
        const found = taxCells(balance)
        for (const [cell, value] of Object.entries(cells)) {
          const ours = found[cell]
          if (ours === undefined) continue
          const gap = ours - cents(String(value))
          expect(gap >= -100n && gap <= 100n, `${cell}: ${plainAmount(ours)} instead of ${value}`).toBe(true)
        }
      })
    }
  })

  const derived = join(corpus, 'fixtures', 'fec-derived')
  const matches = readdirSync(derived, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.lettrage_matches.csv'))

  it.each(matches)('reads the lines lettered together in %s where they stand', (name) => {
    const stem = name.replace('.lettrage_matches.csv', '')
    const source = files.find(([file]) => file.replace(/\.txt$/i, '') === stem)
    expect(source).toBeDefined()
    const { lines } = read(join(root, source![0]))
    const byLine = new Map(lines.map((l) => [l.line, l]))
    const letters = new Map<string, string>()
    const rows = readFileSync(join(derived, name), 'utf8').trim().split('\n').slice(1)
    for (const row of rows) {
      const [group = '', number = '', account = ''] = row.split(',')
      const line = byLine.get(Number(number))
      expect(line?.compteNum, row).toBe(account)
      const key = `${line!.compteNum}\t${line!.compAuxNum}\t${line!.ecritureLet}`
      expect(letters.get(group) ?? key, row).toBe(key)
      letters.set(group, key)
    }
    expect(rows.length).toBeGreaterThan(0)
  })
}
