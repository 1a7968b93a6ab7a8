import { existsSync, readdirSync, renameSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { createDb } from '../db/db.ts'
import { openEmbeddedEngine } from '../db/embedded.ts'
import { lockFolder } from '../db/lock.ts'
import { type Move, switchFiles } from '../db/switch.ts'
import type { Db } from '../db/types.ts'
import { DUMP_PARTS, FILES_PART } from './make-backup.ts'

/** A copy opened beside the live data, in a folder of its own. */
export type Beside = { readonly db: Db; readonly folder: string }

/** Opens the database of an unpacked backup in a new folder inside `workFolder`. */
export async function openBeside(unpacked: string, workFolder: string): Promise<Beside> {
  const folder = join(workFolder, 'database')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return { db: createDb(await openEmbeddedEngine({ folder, template: join(unpacked, DUMP_PARTS.embedded) })), folder }
}

/** A folder to work in, inside the data folder so that what is made there can take its place by a rename. */
export async function workFolderIn(dataFolder: string): Promise<string> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  return await mkdtemp(join(dataFolder, 'restoring-'))
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}

/**
 * Puts a proven copy in the place of the live data, files included, and keeps what was there in a folder beside it.
 * Everything it needs is on the disk before the first rename; interrupted, the next opening carries on.
 */
export async function putInPlace(dataFolder: string, copy: { readonly workFolder: string; readonly unpacked: string; readonly at: Date }): Promise<string> {
  const kept = `before-restore-${copy.at.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`
  const work = relative(dataFolder, copy.workFolder)
  const files = join(copy.workFolder, 'files')
  if (existsSync(join(copy.unpacked, FILES_PART))) renameSync(join(copy.unpacked, FILES_PART), files)
  const moves: Move[] = [
    { from: join(work, 'database'), to: 'database', aside: join(kept, 'database') },
    ...filesIn(files).map((name) => ({ from: join(work, 'files', name), to: name, aside: join(kept, name) })),
  ]
  const lock = lockFolder(dataFolder)
  try {
    switchFiles(dataFolder, moves)
  } finally {
    lock.release()
  }
  await rm(copy.workFolder, { recursive: true, force: true })
  return join(dataFolder, kept)
}
