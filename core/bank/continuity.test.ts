import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currency, EUR } from '../kernel/currency.ts'
import { localDate } from '../kernel/local-date.ts'
import { chainOf, continuityOf, continuityProblem, missingAmount } from './continuity.ts'
import type { Statement, StatementLine } from './statement.ts'

const day = localDate('2026-03-31')
const line = (minor: bigint, more: Partial<StatementLine> = {}): StatementLine => ({
  bookedOn: day, valueOn: null, minor, currency: EUR, label: 'x', reference: null, counterparty: { name: null, iban: null }, bankId: null, status: 'booked', line: 1, ...more,
})
const statement = (opening: bigint | null, lines: readonly StatementLine[], closing: bigint | null): Statement => ({
  account: { iban: null, id: 'A' }, currency: EUR, lines,
  opening: opening === null ? null : { date: day, minor: opening }, closing: closing === null ? null : { date: day, minor: closing },
})

test('a statement is proven when opening and lines give the closing balance', () => {
  expect(continuityOf(statement(100n, [line(50n), line(-20n)], 130n))).toBe('proven')
  expect(continuityProblem(statement(100n, [line(50n)], 150n))).toBeUndefined()
})

test('a missing line breaks the statement and the difference is told', () => {
  const broken = statement(100n, [line(50n)], 130n)
  expect(continuityOf(broken)).toBe('broken')
  expect(missingAmount(broken)).toBe(-20n)
  expect(continuityProblem(broken)?.message.en).toContain('-0.20 EUR')
})

test('without both balances, or with a line in another currency, nothing is claimed', () => {
  expect(continuityOf(statement(null, [], 0n))).toBe('unknown')
  expect(continuityOf(statement(0n, [], null))).toBe('unknown')
  expect(continuityOf(statement(0n, [line(1n, { currency: currency('USD') })], 1n))).toBe('unknown')
})

test('a pending line is not part of the balance', () => {
  expect(continuityOf(statement(0n, [line(5n), line(9n, { status: 'pending' })], 5n))).toBe('proven')
})

test('statements of one account are chained in time, whatever the order they come in', () => {
  const march = statement(10n, [], 20n)
  const april = { ...statement(20n, [], 30n), closing: { date: localDate('2026-04-30'), minor: 30n } }
  const may = { ...statement(31n, [], 31n), closing: { date: localDate('2026-05-31'), minor: 31n } }
  const other = { ...statement(20n, [], 20n), account: { iban: null, id: 'B' } }
  expect(chainOf([may, march, other, april])).toEqual(['broken', 'unknown', 'unknown', 'proven'])
})

test('whatever the lines, the closing balance they lead to is proven and any other is broken', () => {
  fc.assert(fc.property(fc.array(fc.bigInt({ min: -1_000_000_000n, max: 1_000_000_000n })), fc.bigInt({ min: -5n, max: 5n }), (amounts, error) => {
    const closing = amounts.reduce((a, b) => a + b, 7n)
    expect(continuityOf(statement(7n, amounts.map((a) => line(a)), closing + error))).toBe(error === 0n ? 'proven' : 'broken')
  }))
})
