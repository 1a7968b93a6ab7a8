import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openDb } from './open.ts'

const folders: string[] = []
afterEach(() => { for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true }) })

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'quittance-open-'))
  folders.push(folder)
  return folder
}

test('a first opening that was cut short is made again', async () => {
  const dataFolder = newFolder()
  // What a kill leaves while the cluster is being written: some files, and the mark.
  mkdirSync(join(dataFolder, 'database'))
  writeFileSync(join(dataFolder, 'database', 'PG_VERSION'), '18\n')
  writeFileSync(join(dataFolder, 'database.making'), '')
  const db = await openDb({ dataFolder })
  await db.exec('create table kept (n int); insert into kept values (1)')
  await db.close()
  expect(existsSync(join(dataFolder, 'database.making'))).toBe(false)
  const again = await openDb({ dataFolder })
  expect((await again.query('select n from kept')).rows).toEqual([{ n: 1 }])
  await again.close()
})
