import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { continuityOf } from '../../../core/bank/continuity.ts'
import { readStatements } from '../read-statements.ts'
import { entryDay, readDay } from './movement.ts'

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name))
const statement = (movements: string, balances: { opening?: string; closing?: string } = {}) => Buffer.from(
  `:20:T\r\n:25:DE89370400440532013000\r\n:60F:${balances.opening ?? 'C260331EUR0,'}\r\n${movements}:62F:${balances.closing ?? 'C260401EUR0,'}\r\n-\r\n`)
const linesOf = (bytes: Uint8Array) => readStatements(bytes).statements.flatMap(({ lines }) => lines)

test('the German structure is read whole: wrapped sub-fields, SEPA words, reversals, and a second page', () => {
  const { statements, problems, format } = readStatements(fixture('structured.sta'))
  expect({ format, problems }).toEqual({ format: 'mt940', problems: [] })
  expect(statements.map(continuityOf)).toEqual(['proven', 'proven'])
  expect(statements.map(({ opening, closing }) => [opening?.minor, closing?.minor])).toEqual([[100000n, 110100n], [110100n, 111300n]])
  expect(statements[0]).toMatchObject({ account: { iban: null, id: '37040044/0532013000' }, currency: 'EUR', opening: { date: '2026-03-31' } })
  expect(statements[0]?.lines[0]).toEqual({
    bookedOn: '2026-04-01', valueOn: '2026-04-01', minor: 25050n, currency: 'EUR', label: 'GUTSCHRIFT Rechnung 2026-0041 vom 15.03.2026', reference: 'RE-2026-0041',
    counterparty: { name: 'Werkstatt Neumann & Toechter GmbH', iban: 'DE89370400440532013000' }, bankId: '2026040112345678', status: 'booked', line: 5,
  })
  expect(statements[0]?.lines.map(({ minor, label }) => [minor, label])).toEqual([
    [25050n, 'GUTSCHRIFT Rechnung 2026-0041 vom 15.03.2026'], [-4900n, 'BASISLASTSCHRIFT Strom April MREF+M-100 CRED+DE98ZZZ09999999999'], [-50n, 'STORNO'], [-10000n, 'Freier Text ohne Struktur'],
  ])
  expect(statements[1]?.lines).toMatchObject([{ minor: 1200n, label: 'KORREKTUR zweite Seite' }])
})

test('an entry day in January of a value day in December belongs to the next year', () => {
  expect(readStatements(fixture('structured.sta')).statements[0]?.lines[3]).toMatchObject({ valueOn: '2025-12-31', bookedOn: '2026-01-02' })
  expect([entryDay('0102', readDay('251231')!), entryDay('1231', readDay('260102')!), entryDay('0229', readDay('240301')!), entryDay('0230', readDay('240301')!)]).toEqual(['2026-01-02', '2025-12-31', '2024-02-29', undefined])
})

test('SWIFT envelopes hold several messages; the Dutch structure gives account, name and reference; an interim report has expected movements', () => {
  const { statements, problems } = readStatements(fixture('envelope.sta'))
  expect(problems).toEqual([])
  expect(statements.map(continuityOf)).toEqual(['proven', 'unknown'])
  expect(statements[0]).toMatchObject({ account: { iban: 'NL91ABNA0417164300' }, opening: { minor: -2000n }, closing: { minor: 4525n } })
  expect(statements[0]?.lines[0]).toMatchObject({ minor: 7525n, reference: 'F-2026-17', counterparty: { name: 'Atelier Bruyn', iban: 'DE89370400440532013000' }, bankId: '26091000000001' })
  expect(statements[1]).toMatchObject({ currency: 'GBP', opening: null, closing: null })
  expect(statements[1]?.lines.map(({ minor, status, reference }) => [minor, status, reference])).toEqual([[-500n, 'pending', null], [800n, 'booked', '17042026']])
})

test('in a damaged file each unreadable movement is a problem with its line and field, and the others stay', () => {
  const { statements, problems } = readStatements(fixture('damaged.sta'))
  expect(statements[0]?.lines.map(({ label, minor }) => [label, minor])).toEqual([['Premier', 1000n], ['Dernier', -3000n]])
  expect(statements[0]?.closing).toBeNull()
  expect(problems.map(({ code, where }) => [code, where.line, where.field])).toEqual([
    ['DATE_UNREADABLE', 6, ':61: date'], ['DATE_UNREADABLE', 8, ':61: date'], ['LINE_UNREADABLE', 9, ':61: mouvement'], ['LINE_UNREADABLE', 10, ':61: mouvement'],
    ['AMOUNT_TOO_PRECISE', 11, ':61: montant'], ['BALANCE_UNREADABLE', 14, ':62F:'],
  ])
})

test('marks, funds codes and reversals give their sign', () => {
  const minors = (mark: string) => linesOf(statement(`:61:260401${mark}12,5NTRFX\r\n`)).map(({ minor }) => minor)
  expect(['C', 'D', 'RC', 'RD', 'CR', 'DR', 'CK', 'DF', 'RCR', 'RDR'].flatMap(minors)).toEqual([1250n, -1250n, -1250n, 1250n, 1250n, -1250n, 1250n, -1250n, -1250n, 1250n])
})

test('an envelope on the line of a field, an entry day with its year, and grouped thousands are read', () => {
  const bytes = Buffer.from('{1:F01X}{2:I940X}{4::20:T\r\n:25:DE89370400440532013000\r\n:60F:C260331EUR0,\r\n:61:260401260402C1.234,50NTRFNONREF\r\n:62F:C260402EUR1234,50-}{5:}')
  const { statements, problems } = readStatements(bytes)
  expect([problems, statements.map(continuityOf), statements[0]?.lines.map(({ bookedOn, minor }) => [bookedOn, minor])]).toEqual([[], ['proven'], [['2026-04-02', 123450n]]])
})

test('balances may be missing or lack their currency, and a missing closing balance is told', () => {
  const { statements, problems } = readStatements(Buffer.from(':20:T\n:25:1291.99.348EUR\n:60F:C260331EUR10,\n:61:260401C1,NTRFA//1\n:86:Un\n'))
  expect(statements[0]).toMatchObject({ account: { id: '1291.99.348' }, currency: 'EUR', opening: { minor: 1000n }, closing: null })
  expect(problems.map(({ severity, code }) => [severity, code])).toEqual([['warning', 'STATEMENT_UNFINISHED']])
  expect(readStatements(statement(':61:260401C1,NTRFA\r\n', { closing: 'C2604011,' })).statements.map(continuityOf)).toEqual(['proven'])
})

test('what is written behind the closing balance is not said of the last movement', () => {
  const bytes = Buffer.from(':20:T\n:25:1\n:60F:C260331EUR0,\n:61:260401C1,NTRFA1\n:86:Achat\n:62F:C260401EUR1,\n:86:Bonne annee\n-\n')
  expect(linesOf(bytes).map(({ label }) => label)).toEqual(['Achat'])
})

test('a file wrapped in the middle of its fields is put together again', () => {
  expect(linesOf(Buffer.from(':61:2604010401CR\r\n30,00N062NONREF\r\n:\r\n86:166?00GUTSCHRIFT?20SVWZ+Test\r\n'))).toMatchObject([{ minor: 3000n, label: 'GUTSCHRIFT Test' }])
})

test('a file that stops inside an amount does not give that movement', () => {
  const whole = ':20:T\n:25:1\n:60F:C260331EUR0,\n:61:260401C1,00NTRFA1\n:86:Un\n:61:260402C1234,56NTRFB2'
  const cut = readStatements(Buffer.from(whole.slice(0, -9)))
  expect(cut.statements.flatMap(({ lines }) => lines).map(({ minor }) => minor)).toEqual([100n])
  expect(cut.problems.map(({ severity, code }) => [severity, code])).toEqual([['error', 'STATEMENT_UNFINISHED'], ['warning', 'STATEMENT_UNFINISHED']])
})

test('whatever amounts and days are written are read back', () => {
  const days = fc.integer({ min: 1, max: 28 }).map((day) => `2604${String(day).padStart(2, '0')}`)
  fc.assert(fc.property(fc.array(fc.tuple(days, fc.bigInt({ min: 1n, max: 99999999999n }), fc.boolean()), { minLength: 1, maxLength: 20 }), (movements) => {
    const text = movements.map(([day, minor, isOut]) => `:61:${day}${day.slice(2)}${isOut ? 'D' : 'C'}${minor / 100n},${String(minor % 100n).padStart(2, '0')}NTRFNONREF\r\n:86:x\r\n`).join('')
    expect(linesOf(statement(text)).map(({ bookedOn, minor }) => [bookedOn.replaceAll('-', '').slice(2), minor])).toEqual(movements.map(([day, minor, isOut]) => [day, isOut ? -minor : minor]))
  }), { numRuns: 50 })
})
