import { readdir, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { type BackupReason, REASONS } from './manifest.ts'

const NAME = /^quittance-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-([a-z]+)(?:-\d+)?\.tar\.gz(\.enc)?$/

export type BackupFile = { readonly name: string; readonly path: string; readonly at: Date; readonly reason: BackupReason; readonly sealed: boolean; readonly size: number }

/** `quittance-20261121T023000Z-daily.tar.gz`, with `.enc` when it is sealed. */
export function backupName(at: Date, about: { readonly reason: BackupReason; readonly sealed: boolean }): string {
  const instant = at.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return `quittance-${instant}-${about.reason}.tar.gz${about.sealed ? '.enc' : ''}`
}

function instantOf(match: RegExpExecArray): Date {
  const [year, month, day, hour, minute, second] = match.slice(1, 7)
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

/** The backups of a folder from the newest to the oldest; none when there is no such folder. */
export async function listBackups(folder: string): Promise<BackupFile[]> {
  const names = await readdir(folder).catch(() => [])
  const found: BackupFile[] = []
  for (const name of names) {
    const match = NAME.exec(name)
    const reason = REASONS.find((one) => one === match?.[7])
    if (!match || !reason) continue
    const path = join(folder, name)
    const size = (await stat(path).catch(() => undefined))?.size
    if (size !== undefined) found.push({ name, path, at: instantOf(match), reason, sealed: match[8] !== undefined, size })
  }
  return found.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.name < b.name ? 1 : -1))
}

/** Removes the oldest backups of one reason beyond a number, and answers their names. */
export async function pruneBackups(folder: string, rule: { readonly reason: BackupReason; readonly keep: number }): Promise<string[]> {
  const old = (await listBackups(folder)).filter((file) => file.reason === rule.reason).slice(Math.max(1, rule.keep))
  for (const file of old) await rm(file.path, { force: true })
  return old.map((file) => file.name)
}

/** Room left for an ordinary process on the disk of a folder, and its whole size, in bytes. */
export async function diskSpace(folder: string): Promise<{ readonly free: number; readonly total: number }> {
  const disk = await statfs(folder)
  return { free: disk.bavail * disk.bsize, total: disk.blocks * disk.bsize }
}
