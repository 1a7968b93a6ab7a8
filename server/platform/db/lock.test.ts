import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DataFolderLocked, lockFolder } from './lock.ts'

let folder: string
const children: ChildProcess[] = []
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'quittance-lock-')) })
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) { child.kill('SIGKILL'); await once(child, 'exit') }
  rmSync(folder, { recursive: true, force: true })
})

const lockFile = () => join(folder, 'quittance.lock')

/** A second process that takes the lock and says so, or says why it could not. */
async function otherProcess(ending = 'setInterval(() => {}, 1000)'): Promise<{ child: ChildProcess; said: string }> {
  const program = `const { lockFolder } = await import(${JSON.stringify(new URL('./lock.ts', import.meta.url).href)});
    try { lockFolder(${JSON.stringify(folder)}); console.log('locked'); ${ending} } catch (error) { console.log(error.code, error.message) }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [said] = await once(child.stdout, 'data') as [Buffer]
  return { child, said: said.toString() }
}

test('a second process is refused, and told in both languages who holds which folder and what to do', async () => {
  const lock = lockFolder(folder)
  const { said } = await otherProcess()
  expect(said).toContain('DATA_FOLDER_LOCKED')
  expect(said).toContain(`Le dossier de données ${folder} est déjà utilisé par le processus ${process.pid}. Arrêtez ce processus`)
  expect(said).toContain(`The data folder ${folder} is already in use by process ${process.pid}. Stop that process`)
  lock.release()
})

test('a live second process keeps us out, and a killed one does not', async () => {
  const { child, said } = await otherProcess()
  expect(said).toBe('locked\n')
  expect(() => lockFolder(folder)).toThrow(DataFolderLocked)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(existsSync(lockFile())).toBe(true)
  lockFolder(folder).release()
})

test('a process that ends by itself gives the folder back', async () => {
  const { child } = await otherProcess('setTimeout(() => process.exit(3), 20)')
  await once(child, 'exit')
  expect(existsSync(lockFile())).toBe(false)
})

test('the same process does not open a folder twice, and may after it gave it back', () => {
  const lock = lockFolder(folder)
  expect(() => lockFolder(folder)).toThrow(DataFolderLocked)
  lock.release()
  lock.release()
  lockFolder(folder).release()
})

test.runIf(existsSync('/proc/self/stat'))('a number that now belongs to a later process is not mistaken for the holder', () => {
  lockFolder(folder).release()
  const lock = lockFolder(folder)
  const holder = JSON.parse(readFileSync(lockFile(), 'utf8')) as { started: string }
  lock.release()
  writeFileSync(lockFile(), JSON.stringify({ ...holder, started: String(Number(holder.started) - 1) }))
  lockFolder(folder).release()
})

test('a holder on another host keeps the folder while its heart beats, and loses it after a long silence', () => {
  const lock = lockFolder(folder)
  const holder = JSON.parse(readFileSync(lockFile(), 'utf8')) as object
  lock.release()
  writeFileSync(lockFile(), JSON.stringify({ ...holder, host: 'another-host' }))
  expect(() => lockFolder(folder)).toThrow(DataFolderLocked)
  const long = new Date(Date.now() - 120_000)
  utimesSync(lockFile(), long, long)
  lockFolder(folder).release()
})

test('a file cut short by a crash is taken over once it is old', () => {
  writeFileSync(lockFile(), '{"pid":')
  expect(() => lockFolder(folder)).toThrow(DataFolderLocked)
  const long = new Date(Date.now() - 120_000)
  utimesSync(lockFile(), long, long)
  lockFolder(folder).release()
})
