import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { continuityOf } from '../../../core/bank/continuity.ts'
import { currency } from '../../../core/kernel/currency.ts'
import { readStatements, type ReadOptions } from '../read-statements.ts'
import { decideDateOrder, readDateCell, resolveDate } from './dates.ts'
import { decideMark, plainDecimal, readNumberCell } from './numbers.ts'

const read = (text: string, options: ReadOptions = {}) => readStatements(Buffer.from(text), options)
const lines = (text: string, options: ReadOptions = {}) => read(text, options).statements.flatMap((statement) => statement.lines.map((line) => [line.bookedOn, line.minor]))
const codes = (text: string, options: ReadOptions = {}) => read(text, options).problems.map((found) => `${found.severity} ${found.code} ${found.where.line ?? '-'}`)
const fixture = (name: string) => readStatements(readFileSync(join(import.meta.dirname, 'fixtures', name)))

test('a current account with a preamble, a balance column and a quoted separator is proven', () => {
  const { statements, problems } = fixture('current-account.csv')
  expect(problems).toEqual([])
  expect(statements.map(continuityOf)).toEqual(['proven'])
  expect(statements[0]).toMatchObject({
    account: { iban: 'FR1420041010050500013M02606' }, currency: 'EUR', opening: { minor: 100000n }, closing: { date: '2026-03-31', minor: 119000n },
    lines: [{ minor: 24000n, valueOn: '2026-03-03', line: 5 }, { minor: -4999n }, { minor: -1n, label: 'FRAIS; TENUE DE COMPTE' }],
  })
})

test('in a damaged file every unreadable row is a problem with its line and column, and the others stay', () => {
  const { statements, problems } = fixture('damaged.csv')
  expect(statements[0]?.lines.map((line) => [line.label, line.minor])).toEqual([['Bonne ligne', 24000n], ['Dernière bonne ligne', -4000n]])
  expect(problems.filter((found) => found.severity === 'error').map((found) => [found.code, found.where.line, found.where.field])).toEqual([
    ['DATE_UNREADABLE', 3, 'Date'], ['AMOUNT_UNREADABLE', 4, 'Montant'], ['AMOUNT_TOO_PRECISE', 5, 'Montant'], ['COLUMNS_SHIFTED', 6, undefined], ['DATE_UNREADABLE', 7, 'Date'],
  ])
})

test('the date order is decided over the whole file, even by its last row', () => {
  const rows = (last: string) => `Date,Amount,Currency\n02/03/2026,1.00,EUR\n03/04/2026,2.00,EUR\n${last},3.00,EUR\n`
  expect(lines(rows('25/04/2026'))[0]).toEqual(['2026-03-02', 100n])
  expect(lines(rows('04/25/2026'))[0]).toEqual(['2026-02-03', 100n])
})

test('dates that could be read both ways follow the order in which the rows stay sorted', () => {
  expect(lines('Date;Amount;Currency\n05/01/2026;1,00;EUR\n03/02/2026;1,00;EUR\n01/03/2026;1,00;EUR\n02/03/2026;1,00;EUR\n').map(([day]) => day)).toEqual(['2026-01-05', '2026-02-03', '2026-03-01', '2026-03-02'])
  expect(lines('Date,Amount,Currency\n01/05/2026,1.00,USD\n02/03/2026,1.00,USD\n03/01/2026,1.00,USD\n03/02/2026,1.00,USD\n').map(([day]) => day)).toEqual(['2026-01-05', '2026-02-03', '2026-03-01', '2026-03-02'])
})

test('when nothing tells the date order it is said, and a profile settles it', () => {
  const text = 'Date;Montant;Devise\n02/03/2026;-1,00;EUR\n'
  expect(codes(text)).toEqual(['warning DATE_ORDER_ASSUMED -'])
  expect(lines(text, { profile: 'month-first' })).toEqual([['2026-02-03', -100n]])
  expect(codes(text, { profile: 'month-first' })).toEqual([])
})

test('amounts without any sign are kept with a warning, and a profile says what they are', () => {
  const text = 'Date;Montant;Devise\n22/03/2026;5,00;EUR\n23/03/2026;6,00;EUR\n'
  expect(codes(text)).toEqual(['warning SIGN_ASSUMED -'])
  expect(lines(text, { profile: 'unsigned-out' }).map(([, minor]) => minor)).toEqual([-500n, -600n])
})

test('a running balance decides which column comes in', () => {
  const rows = 'Date;Libellé;Débit;Crédit;Solde;Devise\n22/03/2026;a;5,00;;105,00;EUR\n23/03/2026;b;;6,00;99,00;EUR\n24/03/2026;c;1,00;;100,00;EUR\n'
  expect(lines(rows).map(([, minor]) => minor)).toEqual([500n, -600n, 100n])
  expect(read(rows).statements.map(continuityOf)).toEqual(['proven'])
})

test('a balance column that follows nothing is set aside', () => {
  const rows = 'Date;Montant;Solde;Devise\n22/03/2026;-5,00;100,00;EUR\n23/03/2026;6,00;100,00;EUR\n24/03/2026;7,00;100,00;EUR\n'
  expect(read(rows).statements).toMatchObject([{ opening: null, closing: null }])
  expect(codes(rows)).toEqual(['warning BALANCE_IGNORED -'])
})

test('a missing row breaks the continuity that the balance column would prove', () => {
  const rows = (skip: boolean) => `Date;Montant;Solde;Devise\n22/03/2026;-5,00;95,00;EUR\n23/03/2026;6,00;101,00;EUR\n${skip ? '' : '24/03/2026;7,00;108,00;EUR\n'}25/03/2026;-8,00;100,00;EUR\n26/03/2026;1,00;101,00;EUR\n`
  expect(read(rows(false)).statements.map(continuityOf)).toEqual(['proven'])
  expect(read(rows(true)).statements.map(continuityOf)).toEqual(['broken'])
})

test('two accounts in one file are two statements, and two currencies too', () => {
  const text = 'Account,Date,Amount,Currency\nA-1000,2026-03-01,1.00,EUR\nB-2000,2026-03-01,-2.00,EUR\nA-1000,2026-03-02,-3.00,EUR\nA-1000,2026-03-02,4.00,USD\n'
  expect(read(text).statements.map((statement) => [statement.account.id, statement.currency, statement.lines.map((line) => line.minor)])).toEqual([
    ['A-1000', 'EUR', [100n, -300n]], ['B-2000', 'EUR', [-200n]], ['A-1000', 'USD', [400n]],
  ])
})

test('the account\'s currency is used when the file names none, and its decimals are respected', () => {
  expect(lines('Date;Montant\n22/03/2026;-5,125\n23/03/2026;1,5\n', { currency: currency('TND') })).toEqual([['2026-03-22', -5125n], ['2026-03-23', 1500n]])
  expect(codes('Date;Montant\n22/03/2026;-5\n')).toEqual(['warning CURRENCY_ASSUMED -'])
})

test('a quote that never closes costs its own row at most', () => {
  const rows = Array.from({ length: 300 }, (_, index) => `22/03/2026;ligne ${index};-1,00;EUR`).join('\n')
  expect(lines(`Date;Libellé;Montant;Devise\n22/03/2026;"jamais fermé;-9,00;EUR\n${rows}\n`)).toHaveLength(301)
})

test('a petrol station called TOTAL and a final payment called SOLDE are movements', () => {
  expect(lines('Date;Libellé;Montant;Devise\n22/03/2026;TOTAL;-50,00;EUR\n23/03/2026;SOLDE FACTURE 12 DUPONT;60,00;EUR\n')).toEqual([['2026-03-22', -5000n], ['2026-03-23', 6000n]])
})

test('files that hold no bank line are refused with a reason', () => {
  expect(codes('Nom;Ville\nDupont;Lyon\nMartin;Lille\n')).toEqual(['error NOT_BANK_LINES -'])
  expect(codes('Date,Fund,Shares,Price,Amount\n2026-01-01,X,1,2.00,2.00\n')).toEqual(['error NOT_BANK_LINES -'])
  expect(read('Date;Libellé;Montant\n')).toMatchObject({ format: 'csv', statements: [{ lines: [] }], problems: [] })
})

test('numbers are read with any thousands mark, and a damaged group is refused', () => {
  const decimal = (cell: string, mark: '.' | ',') => { const number = readNumberCell(cell); return number && `${number.sign}${plainDecimal(number.body, mark)}` }
  expect(decimal('1 234,56', ',')).toBe('1234.56')
  expect(decimal('1\'234.56', '.')).toBe('1234.56')
  expect(decimal('(1,234.56)', '.')).toBe('-1234.56')
  expect(decimal('1.234,56-', ',')).toBe('-1234.56')
  expect(decimal('-€ 12,00', ',')).toBe('-12.00')
  expect(decimal('12,34,567.00', '.')).toBe('1234567.00')
  expect(decimal('12..34', '.')).toBe('undefined')
  expect(decimal('1,23', '.')).toBe('undefined')
  expect(readNumberCell('VIR 12')).toBeUndefined()
})

test('whatever the marks of a column, its amounts are read back', () => {
  const amounts = fc.array(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), { minLength: 1, maxLength: 30 })
  fc.assert(fc.property(amounts, fc.constantFrom<[string, '.' | ',']>(['.', ','], [',', '.'], [' ', ','], ['', '.'], ['', ',']), (values, [group, mark]) => {
    const texts = values.map((value) => {
      const digits = String(Math.abs(value)).padStart(3, '0')
      return `${value < 0 ? '-' : ''}${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, group)}${mark}${digits.slice(-2)}`
    })
    const cells = texts.map((text) => readNumberCell(text)!)
    const found = decideMark(cells.map((cell) => cell.body), mark === '.' ? ',' : '.', null)
    expect(cells.map((cell) => `${cell.sign}${plainDecimal(cell.body, found)?.replace('.', '')}`).map(Number)).toEqual(values)
  }))
})

test('dates are read in the forms banks use', () => {
  const day = (text: string) => { const cell = readDateCell(text); return cell && resolveDate(cell, 'day-first') }
  for (const text of ['2026-03-01', '2026/03/01', '20260301', '01/03/2026', '1.3.2026', '01-03-26', '01 mars 2026', '1 Mar 26', '01-Mar-2026', 'Mar 1, 2026', '2026-03-01T10:11:12Z', '01/03/2026 10:11', '1er mars 2026', '1. März 2026']) {
    expect([text, day(text)]).toEqual([text, '2026-03-01'])
  }
  for (const text of ['', '12', '31/31/2026', '2026-13-01', 'FR7630006000011', '12.50']) expect(readDateCell(text)).toBeUndefined()
  expect(decideDateOrder([[readDateCell('03/04/2026')!]], true)).toEqual({ order: 'month-first', isSettled: false })
})
