import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lockFolder } from '../../platform/db/lock.ts'
import { readMigrations } from '../../platform/db/migrate.ts'
import { openDb } from '../../platform/db/open.ts'
import { migrateCommand } from './migrate.ts'

let folder: string
let err: string
const io = { out: (text: string) => { throw new Error(`nothing belongs on standard output: ${text}`) }, err: (text: string) => { err += text } }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quittance-migrate-'))
  err = ''
  vi.stubEnv('QUITTANCE_DATA', folder)
  vi.stubEnv('DATABASE_URL', '')
  vi.stubEnv('DATABASE_OWNER_URL', '')
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

test('an empty embedded database gets every migration, one line for each, and a second run has nothing to do', async () => {
  expect(await migrateCommand([], io)).toBe(0)
  expect(err).toBe(readMigrations().map(({ name }) => `${name}\n`).join(''))
  err = ''
  expect(await migrateCommand([], io)).toBe(0)
  expect(err).toBe('La base de données est à jour. / The database is up to date.\n')
  const db = await openDb({ dataFolder: folder })
  expect((await db.query('select to_regclass(\'jobs.job\') is not null as present')).rows).toEqual([{ present: true }])
  await db.close()
}, 90_000)

test('a folder that another process works on is refused with one sentence', async () => {
  const lock = lockFolder(folder)
  expect(await migrateCommand([], io)).toBe(1)
  expect(err).toContain(`déjà utilisé par le processus ${process.pid}`)
  lock.release()
})

test('an argument is wrong usage', async () => {
  expect(await migrateCommand(['now'], io)).toBe(2)
  expect(err).toContain('n\'a pas d\'argument')
})
