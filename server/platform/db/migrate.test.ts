import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { testDb } from '../../../tests/support/database.ts'
import type { TestDb } from '../../../tests/support/database.ts'
import { migrate, pendingMigrations, readMigrations } from './migrate.ts'
import type { Migration } from './migrate.ts'

let db: TestDb
let folder: string
const shipped = readMigrations()
beforeAll(async () => { db = await testDb() })
afterAll(async () => { await db.close() })
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'quittance-migrations-')) })
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true })
  await db.owner.query('delete from app_meta.schema_migrations where name like \'9%\'')
  await db.owner.exec('drop table if exists public.first; drop table if exists public.second')
})

function write(files: Readonly<Record<string, string>>): Migration[] {
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(folder, name), sql)
  return [...shipped, ...readMigrations(folder)]
}
const FIRST = { '9001_first.sql': 'create table public.first (n int);' }

test('a migrated database has nothing left to do', async () => {
  expect(await migrate(db.owner)).toEqual([])
  expect(await pendingMigrations(db)).toEqual([])
})

test('a login that may not migrate still sees what is missing', async () => {
  expect(await pendingMigrations(db, write(FIRST))).toEqual(['9001_first.sql'])
})

test('new files run once, in order, and are named as they go', async () => {
  const migrations = write({ ...FIRST, '9002_second.sql': 'create table public.second as select n from public.first; insert into public.second values (1);' })
  const heard: string[] = []
  expect(await migrate(db.owner, { migrations, applied: (name) => { heard.push(name) } })).toEqual(['9001_first.sql', '9002_second.sql'])
  expect(heard).toEqual(['9001_first.sql', '9002_second.sql'])
  expect(await migrate(db.owner, { migrations })).toEqual([])
  expect((await db.owner.query('select n from public.second')).rowCount).toBe(1)
})

test('a file that fails leaves nothing behind, and what came before it stays', async () => {
  const migrations = write({ ...FIRST, '9002_second.sql': 'create table public.second (n int); select nonsense;' })
  await expect(migrate(db.owner, { migrations })).rejects.toMatchObject({ code: 'MIGRATION_FAILED', message: expect.stringContaining('9002_second.sql') as string })
  expect((await db.owner.query('select to_regclass(\'public.first\')::text as first, to_regclass(\'public.second\')::text as second')).rows).toEqual([{ first: 'first', second: null }])
})

test('a past file whose text changed is refused, a changed line end is not', async () => {
  await migrate(db.owner, { migrations: write({ '9001_first.sql': 'create table public.first\n(n int);' }) })
  expect(await migrate(db.owner, { migrations: write({ '9001_first.sql': 'create table public.first\r\n(n int);' }) })).toEqual([])
  await expect(migrate(db.owner, { migrations: write({ '9001_first.sql': 'create table public.first (n bigint);' }) })).rejects.toMatchObject({ code: 'MIGRATION_CHANGED' })
})

test('a database that knows a later file than the program is refused', async () => {
  await migrate(db.owner, { migrations: write(FIRST) })
  await expect(migrate(db.owner)).rejects.toMatchObject({ code: 'DATABASE_NEWER' })
})

test('a new file numbered before one that ran is refused', async () => {
  const migrations = write({ '9002_second.sql': 'create table public.second (n int);' })
  await migrate(db.owner, { migrations })
  await expect(migrate(db.owner, { migrations: write(FIRST) })).rejects.toMatchObject({ code: 'MIGRATION_OUT_OF_ORDER' })
})

test('two files of one number, or a name of another form, are refused', () => {
  expect(() => write({ ...FIRST, '9001_again.sql': '' })).toThrow('9001_')
  rmSync(join(folder, '9001_again.sql'))
  expect(() => write({ 'Later.sql': '' })).toThrow('Later.sql')
})

test('two processes that migrate at the same moment apply each file once', async () => {
  const migrations = write(FIRST)
  const done = await Promise.all([migrate(db.owner, { migrations }), migrate(db.owner, { migrations })])
  expect(done.flat()).toEqual(['9001_first.sql'])
})
