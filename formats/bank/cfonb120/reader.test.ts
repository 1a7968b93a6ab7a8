import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { continuityOf } from '../../../core/bank/continuity.ts'
import { currency, EUR } from '../../../core/kernel/currency.ts'
import { readStatements } from '../read-statements.ts'
import { overpunch, readAmount, readDate } from './fields.ts'

const fixture = (name: string) => readStatements(readFileSync(join(import.meta.dirname, 'fixtures', name)))
const amountRecord = (amount: string, decimals = '2') => ({ text: `${`01${' '.repeat(17)}${decimals}`.padEnd(90)}${amount}`.padEnd(120), line: 1 })
const read = (amount: string) => readAmount(amountRecord(amount), EUR)

test('an over-punched amount carries its sign in the last character', () => {
  // Second source: public description of the standard and its examples (+1 234,56 and -190,40).
  expect(read('0000000012345F')).toMatchObject({ ok: true, value: 123456n })
  expect(read('0000000001904}')).toMatchObject({ ok: true, value: -19040n })
  expect(read('0000000000322J')).toMatchObject({ ok: true, value: -3221n })
  expect(overpunch(-1n)).toBe('0000000000000J')
  expect(overpunch(0n)).toBe('0000000000000{')
})

test('é and è stand for { and } after a conversion between character sets', () => {
  expect(read('0000000001904è')).toMatchObject({ ok: true, value: -19040n })
  expect(read('0000000001904é')).toMatchObject({ ok: true, value: 19040n })
})

test('an amount without a sign is unreadable, never positive by default', () => {
  expect(read('00000000019040')).toMatchObject({ ok: false, problem: { code: 'AMOUNT_UNREADABLE' } })
})

test('every amount is read back as it was written', () => {
  fc.assert(fc.property(fc.bigInt({ min: -99_999_999_999_999n, max: 99_999_999_999_999n }), (minor) => {
    expect(read(overpunch(minor))).toMatchObject({ ok: true, value: minor })
  }))
})

test('the decimals of the record are brought to those of its currency, and more are refused', () => {
  expect(readAmount(amountRecord('0000000000001{', '0'), EUR)).toMatchObject({ ok: true, value: 1000n })
  expect(readAmount(amountRecord('0000000001234A', '3'), currency('TND'))).toMatchObject({ ok: true, value: 12341n })
  expect(readAmount(amountRecord('0000000001234A', '3'), EUR)).toMatchObject({ ok: false, problem: { code: 'AMOUNT_TOO_PRECISE' } })
  const reading = fixture('decimals.cfo')
  expect(reading.statements.map((statement) => [statement.currency, statement.lines.map((line) => line.minor), continuityOf(statement)])).toEqual([
    ['TND', [1234n], 'proven'], ['EUR', [1234n, 1200n], 'proven'],
  ])
  expect(reading.problems.map((found) => [found.code, found.where.line])).toEqual([['AMOUNT_TOO_PRECISE', 5]])
})

test('two-digit years turn at 1980', () => {
  expect(readDate('311299')).toBe('1999-12-31')
  expect(readDate('010100')).toBe('2000-01-01')
  expect(readDate('010180')).toBe('1980-01-01')
  expect(readDate('310279')).toBeUndefined()
})

test('two months in one file are two proven statements, with labels joined and parties named', () => {
  const { statements, problems, format, encoding } = fixture('two-months.cfo')
  expect({ format, encoding, problems }).toEqual({ format: 'cfonb120', encoding: 'ascii', problems: [] })
  expect(statements.map(continuityOf)).toEqual(['proven', 'proven'])
  expect(statements[0]).toMatchObject({ account: { iban: null, id: '30004 00123 00012345678' }, currency: 'EUR', opening: { date: '2026-02-28', minor: 100000n }, closing: { date: '2026-03-31', minor: 119000n } })
  expect(statements[0]?.lines[0]).toEqual({
    bookedOn: '2026-03-02', valueOn: '2026-03-02', minor: 24000n, currency: 'EUR', label: 'VIR SEPA RECU DE MENUISERIE DURAND ET FILS FACTURE F-2026-014 REGLEMENT FACTURE',
    reference: 'F-2026-014', counterparty: { name: 'MENUISERIE DURAND ET FILS', iban: 'FR1420041010050500013M02606' }, bankId: 'BK0001', status: 'booked', line: 2,
  })
  expect(statements[0]?.lines[1]).toMatchObject({ valueOn: '2026-03-16', minor: -4999n, label: 'PRLV SEPA TELECOM ++MANDAT 42', counterparty: { name: 'TELECOM SA', iban: null } })
})

test('the same records without line ends give the same statements', () => {
  const withoutLines = (reading: ReturnType<typeof fixture>) => reading.statements.map((statement) => ({ ...statement, lines: statement.lines.map((line) => ({ ...line, line: 0 })) }))
  expect(withoutLines(fixture('no-line-ends.cfo'))).toEqual(withoutLines(fixture('two-months.cfo')))
})

test('in a damaged file the readable lines stay and each problem names its line and field', () => {
  const { statements, problems } = fixture('damaged.cfo')
  expect(statements[0]?.lines.map((line) => line.minor)).toEqual([24000n, -1n])
  expect(problems.map((found) => [found.code, found.where.line, found.where.field])).toEqual([
    ['LINE_UNREADABLE', 3, undefined], ['AMOUNT_UNREADABLE', 8, 'montant (91-104)'], ['BALANCE_BROKEN', 2, undefined],
  ])
})

const RECORDS = readFileSync(join(import.meta.dirname, 'fixtures', 'two-months.cfo'), 'latin1').split('\r\n').filter((line) => line !== '')
const readRecords = (records: readonly string[]) => readStatements(Buffer.from(records.join('\n')))

test('a statement without its closing balance keeps its lines and is an error', () => {
  const { statements, problems } = readRecords(RECORDS.slice(0, 6))
  expect(statements).toMatchObject([{ closing: null, lines: [{ minor: 24000n }] }])
  expect(problems.map((found) => [found.severity, found.code])).toEqual([['error', 'STATEMENT_UNFINISHED']])
})

test('movements before any opening balance are read, with a warning', () => {
  const { statements, problems } = readRecords(RECORDS.slice(1))
  expect(statements[0]).toMatchObject({ opening: null, closing: { minor: 119000n } })
  expect(problems.map((found) => found.code)).toEqual(['OPENING_MISSING'])
})

test('a detail without its movement is an error that names the line', () => {
  expect(readRecords(RECORDS.slice(2, 4)).problems.map((found) => [found.code, found.where.line])).toEqual([['DETAIL_WITHOUT_LINE', 1], ['DETAIL_WITHOUT_LINE', 2]])
})

test('a movement of another account is kept apart and does not break the statement around it', () => {
  const foreign = RECORDS[9]!.replace('00012345678', '99999999999')
  const { statements, problems } = readRecords([...RECORDS.slice(0, 10), foreign, RECORDS[10]!])
  expect(statements.map((statement) => [statement.account.id, statement.lines.length])).toEqual([['30004 00123 00012345678', 3], ['30004 00123 99999999999', 1]])
  expect(problems.map((found) => found.code)).toContain('OTHER_ACCOUNT')
})

test('an accent written on two bytes does not move the amount', () => {
  const accented = RECORDS.map((record, index) => (index === 6 ? record.replace('TELECOM  ', 'TÉLÉCOM') : record))
  expect(readRecords(accented).statements[0]?.lines[1]).toMatchObject({ minor: -4999n, label: 'PRLV SEPA TÉLÉCOM ++MANDAT 42' })
})
