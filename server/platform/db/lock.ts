import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import type { Text } from '../../../core/kernel/problem.ts'
import { completeSwitch } from './switch.ts'

/** Who holds a data folder. `started` and `boot` tell a process from a later one that was given the same number; they are null where the system does not say. */
type Holder = { readonly pid: number; readonly started: string | null; readonly boot: string | null; readonly host: string; readonly token: string }

export type FolderLock = {
  /** Gives the folder back. Harmless when it was already given back. */
  release(): void
}

/** Another process works on the data folder. `sentence` is for the user, in both languages. */
export class DataFolderLocked extends Error {
  readonly code = 'DATA_FOLDER_LOCKED'
  readonly sentence: Text
  readonly pid: number
  readonly folder: string
  constructor(folder: string, pid: number) {
    const sentence = {
      fr: `Le dossier de données ${folder} est déjà utilisé par le processus ${pid}. Arrêtez ce processus, ou indiquez un autre dossier dans QUITTANCE_DATA.`,
      en: `The data folder ${folder} is already in use by process ${pid}. Stop that process, or name another folder in QUITTANCE_DATA.`,
    }
    super(`${sentence.fr} / ${sentence.en}`)
    this.name = 'DataFolderLocked'
    this.sentence = sentence
    this.pid = pid
    this.folder = folder
  }
}

const LOCK_NAME = 'quittance.lock'
const HEARTBEAT_MS = 5_000
// A holder on another host (a container that shares the folder) cannot be asked: it is gone when its heart has stopped for this long.
const SILENCE_MS_MAX = 30_000
const TAKEOVER_MS_MAX = 10_000

function textOf(path: string): string | undefined {
  try { return readFileSync(path, 'utf8') } catch { return undefined }
}

/** What the system says of a process, where it does: its state and when it started. The command's name may hold spaces and parentheses: fields are counted after the last one. */
function statOf(pid: number): { state: string | null; started: string | null } {
  const stat = textOf(`/proc/${pid}/stat`)
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { state: fields?.[0] ?? null, started: fields?.[19] ?? null }
}

function bootOf(): string | null {
  return textOf('/proc/sys/kernel/random/boot_id')?.trim() ?? null
}

function holderIn(path: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return value && typeof value === 'object' && 'pid' in value && Number.isInteger(value.pid) ? value as Holder : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it exists and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function ageMs(path: string): number {
  try { return Date.now() - statSync(path).mtimeMs } catch { return 0 }
}

function isStale(path: string, holder: Holder | undefined): boolean {
  // A file that cannot be read was cut short while it was written, or is being written at this moment.
  if (!holder) return ageMs(path) > TAKEOVER_MS_MAX
  if (holder.host !== hostname()) return ageMs(path) > SILENCE_MS_MAX
  if (holder.boot !== bootOf() || !isAlive(holder.pid)) return true
  const { state, started } = statOf(holder.pid)
  // A killed process that its parent has not yet buried still has its number and can do nothing any more.
  if (state === 'Z' || state === 'X') return true
  return holder.started !== null && holder.started !== started
}

/** Writes the file only if there is none: the system itself decides who came first. */
function create(path: string, text: string): boolean {
  let file: number
  try {
    file = openSync(path, 'wx')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
  try { writeSync(file, text) } finally { closeSync(file) }
  return true
}

/** Replaces a dead holder's file. Two processes may find it dead together: a second file lets one of them look again and act. */
function takeOver(path: string, text: string): boolean {
  const gate = `${path}.takeover`
  if (!create(gate, String(process.pid))) {
    if (ageMs(gate) > TAKEOVER_MS_MAX) rmSync(gate, { force: true })
    return false
  }
  try {
    if (!isStale(path, holderIn(path))) return false
    rmSync(path, { force: true })
    return create(path, text)
  } finally {
    rmSync(gate, { force: true })
  }
}

/** Takes a data folder for this process alone, or throws `DataFolderLocked`. A process that was killed leaves a file that the next one takes over. */
export function lockFolder(dataFolder: string): FolderLock {
  const folder = resolve(dataFolder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, LOCK_NAME)
  const holder: Holder = { pid: process.pid, started: statOf(process.pid).started, boot: bootOf(), host: hostname(), token: randomUUID() }
  const text = `${JSON.stringify(holder)}\n`
  if (!create(path, text)) {
    const other = holderIn(path)
    if (!isStale(path, other) || !takeOver(path, text)) throw new DataFolderLocked(folder, holderIn(path)?.pid ?? other?.pid ?? 0)
  }
  const beat = setInterval(() => {
    const now = new Date()
    try { utimesSync(path, now, now) } catch { /* the folder was removed: there is nothing left to hold */ }
  }, HEARTBEAT_MS).unref()
  const release = () => {
    clearInterval(beat)
    process.off('exit', release)
    if (holderIn(path)?.token === holder.token) rmSync(path, { force: true })
  }
  process.on('exit', release)
  completeSwitch(folder)
  return { release }
}
