import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDb } from '../../../tests/support/database.ts'
import type { TestDb } from '../../../tests/support/database.ts'
import { internalsOf } from './db.ts'
import { parseArray } from './values.ts'

let db: TestDb
beforeAll(async () => { db = await testDb() })
afterAll(async () => { await db.close() })

async function one(sql: string, params: readonly unknown[] = []): Promise<unknown> {
  return (await db.query<{ value: unknown }>(`select ${sql} as value`, params)).rows[0]?.value
}

describe('what comes back', () => {
  test.each([
    ['a whole number beyond 2^53 is exact', '9007199254740993::int8', 9007199254740993n],
    ['a small int8 is a bigint too', '1::int8', 1n],
    ['an int4 is a number', '42::int4', 42],
    ['a date is the text of its day', '\'2026-11-20\'::date', '2026-11-20'],
    ['a numeric keeps its digits', '1234567890.0100::numeric', '1234567890.0100'],
    ['an instant is ISO 8601 in UTC with six decimals', '\'2026-11-20 10:11:12.5+01\'::timestamptz', '2026-11-20T09:11:12.500000Z'],
    ['an instant without decimals has six zeros, so that texts sort', '\'2026-11-20 10:11:12+00\'::timestamptz', '2026-11-20T10:11:12.000000Z'],
    ['a local time has no zone', '\'2026-11-20 10:11:12\'::timestamp', '2026-11-20T10:11:12.000000'],
    ['an instant without end stays a word', '\'infinity\'::timestamptz', 'infinity'],
    ['a boolean', 'false', false],
    ['nothing is null', 'null::int8', null],
    ['a float', '1.5::float8', 1.5],
    ['a uuid', '\'019ab000-0000-7000-8000-000000000001\'::uuid', '019ab000-0000-7000-8000-000000000001'],
    ['jsonb is the value', '\'{"a":[1,null,"é"]}\'::jsonb', { a: [1, null, 'é'] }],
    ['a jsonb array is an array', '\'[{"n":1}]\'::jsonb', [{ n: 1 }]],
    ['an array of int8 holds bigints', 'array[1, null, 9007199254740993]::int8[]', [1n, null, 9007199254740993n]],
    ['an array of dates holds texts', 'array[\'2026-01-31\']::date[]', ['2026-01-31']],
    ['an array of instants holds ISO texts', 'array[\'2026-01-31 00:00+00\']::timestamptz[]', ['2026-01-31T00:00:00.000000Z']],
    ['an array of texts keeps quotes, commas, NULL and empty words apart', 'array[\'a"b\', \'c,d\', \'NULL\', null, \'\', \'{\', \'\\\', \'é\']::text[]', ['a"b', 'c,d', 'NULL', null, '', '{', '\\', 'é']],
    ['nested arrays', 'array[array[1,2],array[3,4]]::int4[]', [[1, 2], [3, 4]]],
    ['an empty array', '\'{}\'::text[]', []],
  ])('%s', async (_name, sql, expected) => {
    expect(await one(sql)).toEqual(expected)
  })

  test('bytes come back as they were sent, the zero and the high ones too', async () => {
    const sent = Uint8Array.from([0, 1, 92, 127, 128, 255])
    const back = await one('$1::bytea', [sent])
    expect(back).toBeInstanceOf(Uint8Array)
    expect(Uint8Array.from(back as Uint8Array)).toEqual(sent)
  })

  test('an instant of a session in another time zone is still UTC', async () => {
    const value = await db.transaction(async () => {
      await db.query('set local timezone to \'Asia/Kolkata\'')
      return await one('\'2026-11-20 10:11:12.123456+00\'::timestamptz')
    })
    expect(value).toBe('2026-11-20T10:11:12.123456Z')
  })

  test('an array that does not start at 1 is read', () => {
    expect(parseArray('[2:3]={7,8}', Number)).toEqual([7, 8])
  })
})

describe('what is sent', () => {
  test('arrays go to unnest with their bigints, dates, uuids, texts, nulls and bytes', async () => {
    const uuid = '019ab000-0000-7000-8000-000000000001'
    const texts = ['a"b\\c,{}', null, '']
    const { rows } = await db.query(
      'select * from unnest($1::int8[], $2::date[], $3::uuid[], $4::text[], $5::bytea[]) as u(amount, day, id, label, hash)',
      [[9007199254740993n, -5n, null], ['2026-01-31', '2026-02-28', null], [uuid, uuid, uuid], texts, [Uint8Array.from([0, 255]), null, Uint8Array.of()]])
    expect(rows.map((row) => [row['amount'], row['day'], row['id'], row['label']])).toEqual([
      [9007199254740993n, '2026-01-31', uuid, 'a"b\\c,{}'], [-5n, '2026-02-28', uuid, null], [null, null, uuid, '']])
    expect(rows.map((row) => row['hash'] === null ? null : [...(row['hash'] as Uint8Array)])).toEqual([[0, 255], null, []])
  })

  test('an array of booleans and an array of arrays are PostgreSQL arrays', async () => {
    expect(await one('$1::bool[]', [[true, false, null]])).toEqual([true, false, null])
    expect(await one('$1::int4[]', [[[1, 2], [3, 4]]])).toEqual([[1, 2], [3, 4]])
  })

  test('a jsonb value is stringified by the caller and comes back equal, an array included', async () => {
    const value = [{ amount: '12.34' }, ['x', null]]
    expect(await one('$1::jsonb', [JSON.stringify(value)])).toEqual(value)
  })

  test.each([
    { name: 'a bigint', sql: '$1::int8', sent: 12n, back: 12n },
    { name: 'a boolean', sql: '$1::bool', sent: true, back: true },
    { name: 'null', sql: '$1::text', sent: null, back: null },
    { name: 'undefined', sql: '$1::text', sent: undefined, back: null },
    { name: 'a number', sql: '$1::int4', sent: 7, back: 7 },
    { name: 'a Date', sql: '$1::timestamptz', sent: new Date('2026-11-20T10:00:00.123Z'), back: '2026-11-20T10:00:00.123000Z' },
  ])('$name', async ({ sql, sent, back }) => {
    expect(await one(sql, [sent])).toEqual(back)
  })
})

test('a query says how many rows it touched', async () => {
  await db.owner.exec('create table public.counted (n int)')
  expect((await db.owner.query('insert into public.counted select generate_series(1, 5)')).rowCount).toBe(5)
  expect((await db.owner.query('update public.counted set n = n + 1 where n > 3')).rowCount).toBe(2)
  expect((await db.owner.query('select n from public.counted')).rowCount).toBe(5)
})

test('exec runs several statements and answers the last one', async () => {
  expect(await db.exec('select 1 as a; select 2::int8 as b')).toEqual({ rows: [{ b: 2n }], rowCount: 1 })
})

test('a library gets what the usual driver gives: int8 as text and instants as Date', async () => {
  const { rows } = await internalsOf(db).library.query('select 5::int8 as n, \'2026-11-20 10:11:12.123+00\'::timestamptz as at, array[1]::int8[] as list')
  expect(rows).toEqual([{ n: '5', at: new Date('2026-11-20T10:11:12.123Z'), list: ['1'] }])
})
