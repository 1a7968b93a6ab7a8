import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DataFolderLocked } from './lock.ts'
import { openDb } from './open.ts'

let folder: string
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'quittance-data-')) })
afterEach(() => { rmSync(folder, { recursive: true, force: true }) })

const WRITER = `
  const { openDb } = await import(${JSON.stringify(new URL('./open.ts', import.meta.url).href)})
  const db = await openDb({ dataFolder: process.argv[1] })
  await db.exec('create table if not exists public.pair (n int, side text)')
  for (let n = 1; ; n++) {
    await db.exec('begin; insert into public.pair values (' + n + ", 'left'); insert into public.pair values (" + n + ", 'right'); commit")
    process.stdout.write(n + '\\n')
  }`

test('what was acknowledged before a kill -9 is all there at the next start, and nothing is there by half', async () => {
  const writer = spawn(process.execPath, ['--input-type=module', '-e', WRITER, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  let acknowledged = 0
  const lines = createInterface(writer.stdout)
  lines.on('line', (line) => { acknowledged = Number(line) })
  while (acknowledged < 40) await wait(5)
  await expect(openDb({ dataFolder: folder })).rejects.toBeInstanceOf(DataFolderLocked)
  const ended = Promise.all([once(writer, 'exit'), once(lines, 'close')])
  writer.kill('SIGKILL')
  await ended
  const db = await openDb({ dataFolder: folder })
  const { rows } = await db.query<{ n: number; sides: number }>('select n, count(*)::int as sides from public.pair group by n order by n')
  await db.close()
  expect(rows.length).toBeGreaterThanOrEqual(acknowledged)
  expect(rows.length).toBeLessThanOrEqual(acknowledged + 1)
  expect(rows.every((row) => row.sides === 2)).toBe(true)
}, 60_000)

test('closing gives the folder back and the next opening finds the data', async () => {
  const first = await openDb({ dataFolder: folder })
  await first.exec('create table public.kept (n int); insert into public.kept values (1)')
  await first.close()
  const second = await openDb({ dataFolder: folder })
  expect((await second.query('select n from public.kept')).rows).toEqual([{ n: 1 }])
  await second.close()
  await expect(second.query('select 1')).rejects.toThrow('closed')
}, 60_000)
