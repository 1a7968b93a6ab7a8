import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Currency } from '../../../core/kernel/currency.ts'
import { readStatements } from '../read-statements.ts'
import { usualDate } from './writing.ts'

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name))
const bank = (...records: string[]) => Buffer.from(`!Type:Bank\n${records.join('\n^\n')}\n^\n`)
const read = (bytes: Uint8Array, options = {}) => readStatements(bytes, { currency: 'EUR' as Currency, ...options })
const linesOf = (bytes: Uint8Array, options = {}) => read(bytes, options).statements.flatMap(({ lines }) => lines)

test('a French file: decimal commas, splits, one statement for each account', () => {
  const { statements, problems, format } = read(fixture('current-account.qif'))
  expect({ format, problems }).toEqual({ format: 'qif', problems: [] })
  expect(statements.map(({ account, currency, opening, closing }) => [account, currency, opening, closing])).toEqual([
    [{ iban: null, id: 'Compte courant' }, 'EUR', null, null], [{ iban: null, id: 'Livret' }, 'EUR', null, null],
  ])
  expect(statements.flatMap(({ lines }) => lines)).toEqual([
    { bookedOn: '2026-03-05', valueOn: null, minor: -123456n, currency: 'EUR', label: 'PRLV FOURNISSEUR EAU Contrat 42', reference: '1234567', counterparty: { name: null, iban: null }, bankId: null, status: 'booked', line: 6 },
    { bookedOn: '2026-03-25', valueOn: null, minor: 200000n, currency: 'EUR', label: 'VIR RECU ATELIER BRUYN Facture F-1 Facture F-2', reference: null, counterparty: { name: null, iban: null }, bankId: null, status: 'booked', line: 13 },
    { bookedOn: '2026-03-31', valueOn: null, minor: 1250n, currency: 'EUR', label: 'INTERETS', reference: null, counterparty: { name: null, iban: null }, bankId: null, status: 'booked', line: 28 },
  ])
})

test('an American file: month first, apostrophe years, decimal dots; securities are left out and told', () => {
  const { statements, problems } = read(fixture('american.qif'))
  expect(statements[0]?.account.id).toBe('Checking')
  expect(statements[0]?.lines.map(({ bookedOn, minor }) => [bookedOn, minor])).toEqual([['2026-03-05', -123456n], ['2026-03-31', 200000n]])
  expect(problems.map(({ severity, code }) => [severity, code])).toEqual([['warning', 'INVESTMENTS_SKIPPED']])
})

test('in a damaged file each unreadable movement is a problem with its line and field, and the others stay', () => {
  const { statements, problems } = read(fixture('damaged.qif'))
  expect(statements[0]?.lines.map(({ label, minor }) => [label, minor])).toEqual([['Premier', 1000n], ['Parts inégales', 1000n], ['Dernier', -800n]])
  expect(problems.map(({ severity, code, where }) => [severity, code, where.line, where.field])).toEqual([
    ['error', 'STATEMENT_UNFINISHED', 29, undefined], ['error', 'DATE_UNREADABLE', 6, 'D'], ['error', 'DATE_UNREADABLE', 10, 'D'], ['error', 'AMOUNT_UNREADABLE', 13, 'T'],
    ['error', 'AMOUNT_UNREADABLE', 16, 'T'], ['warning', 'SPLIT_DIFFERS', 19, '$'],
  ])
})

test('dates in every order, decided over the whole file', () => {
  const days = (...dates: string[]) => linesOf(bank(...dates.map((date) => `D${date}\nT1.00\nPx`))).map(({ bookedOn }) => bookedOn)
  expect(days('02/01/2026', '13/01/2026')).toEqual(['2026-01-02', '2026-01-13'])
  expect(days('02/01/2026', '01/13/2026')).toEqual(['2026-02-01', '2026-01-13'])
  expect(days('2026-01-02', '2026/1/3', '20260104')).toEqual(['2026-01-02', '2026-01-03', '2026-01-04'])
  expect(days('1.2.26', '28.2.26')).toEqual(['2026-02-01', '2026-02-28'])
  expect(days("12/31'99", "1/ 2' 0", "1/13'04")).toEqual(['2099-12-31', '2000-01-02', '2004-01-13'])
  expect(usualDate("2/10'2020")).toBe('2/10/2020')
})

test('when nothing tells the order, a warning says what was assumed, and a profile settles it', () => {
  const file = bank('D03/04/2026\nT1.00\nPx')
  expect(read(file).problems.map(({ severity, code }) => [severity, code])).toEqual([['warning', 'DATE_ORDER_ASSUMED']])
  expect(linesOf(file).map(({ bookedOn }) => bookedOn)).toEqual(['2026-04-03'])
  const chosen = read(file, { formatHint: 'qif', profile: 'month-first' })
  expect([chosen.problems, chosen.statements[0]?.lines[0]?.bookedOn]).toEqual([[], '2026-03-04'])
})

test('QIF names no currency: the one chosen is used, else the euro is assumed and told', () => {
  expect(linesOf(bank('D13/04/2026\nT1,250\nPx'), { currency: 'TND' as Currency })).toMatchObject([{ minor: 1250n, currency: 'TND' }])
  expect(linesOf(bank('D13/04/2026\nT1,250\nPx'))).toMatchObject([{ minor: 125000n, currency: 'EUR' }])
  expect(readStatements(bank('D13/04/2026\nT1\nPx')).problems.map(({ code }) => code)).toEqual(['CURRENCY_ASSUMED'])
})

test('an opening balance written as a movement is read as one, and told', () => {
  const { problems, statements } = read(bank('D13/04/2026\nT100.00\nPOpening Balance\nL[Checking]', 'D14/04/2026\nT1.00\nPx'))
  expect([statements[0]?.lines.length, problems.map(({ severity, code }) => [severity, code])]).toEqual([2, [['warning', 'OPENING_AS_LINE']]])
})

test('a file of categories or accounts only is told to hold no movement', () => {
  for (const text of ['!Type:Cat\nNRoot\nE\n^\n', '!Account\nNCourant\nTBank\n^\n']) expect(read(Buffer.from(text)).problems.map(({ code }) => code)).toEqual(['NO_RECORD'])
})

test('a movement without its mark of end is kept when its lines are whole, and left out when the file stops inside one', () => {
  expect(linesOf(Buffer.from('!Type:Bank\nD13/04/2026\nT1.00\nPx\n'))).toHaveLength(1)
  expect(linesOf(Buffer.from('!Type:Bank\nD13/04/2026\nT1.0'))).toEqual([])
})

test('a file without a header is recognised by its records', () => {
  expect(read(Buffer.from('D13/04/2026\nT-1,00\nPx\n^\nD14/04/2026\nT2,00\n^\n'))).toMatchObject({ format: 'qif', statements: [{ lines: [{ minor: -100n }, { minor: 200n }] }] })
})

test('whatever amounts and days are written are read back, in both habits', () => {
  const day = fc.record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) })
  fc.assert(fc.property(fc.boolean(), fc.array(fc.tuple(day, fc.bigInt({ min: -9999999999n, max: 9999999999n })), { minLength: 1, maxLength: 30 }), (isFrench, movements) => {
    const two = (value: number) => String(value).padStart(2, '0')
    const written = (at: { month: number; day: number }) => (isFrench ? `${two(at.day)}/${two(at.month)}` : `${two(at.month)}/${two(at.day)}`)
    const amount = (minor: bigint) => `${minor < 0n ? '-' : ''}${(minor < 0n ? -minor : minor) / 100n}${isFrench ? ',' : '.'}${String((minor < 0n ? -minor : minor) % 100n).padStart(2, '0')}`
    // The last record has a day over 12, so that the order is told.
    const all = [...movements, [{ month: 12, day: 28 }, 1n] as const]
    const lines = linesOf(bank(...all.map(([at, minor]) => `D${written(at)}/2026\nT${amount(minor)}\nPx`)))
    expect(lines.map(({ bookedOn, minor }) => [bookedOn, minor])).toEqual(all.map(([at, minor]) => [`2026-${two(at.month)}-${two(at.day)}`, minor]))
  }), { numRuns: 50 })
})
