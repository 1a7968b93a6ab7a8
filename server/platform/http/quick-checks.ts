import type { App } from '../app.ts'
import { diskSpace, listBackups } from '../backup/folder.ts'
import { backupFolderOf } from '../config/operations.ts'
import { internalsOf } from '../db/db.ts'
import { countOrphans } from '../metrics/jobs-store.ts'

export type Level = 'ok' | 'warning' | 'failure'

const MEGABYTE = 1_048_576
const FREE_BYTES_MIN = 200 * MEGABYTE
const FREE_BYTES_WISHED = 2_000 * MEGABYTE
const BACKUP_HOURS_MAX = 50

/** How the room left on a disk is to be taken. */
export function diskLevel(free: number): Level {
  if (free < FREE_BYTES_MIN) return 'failure'
  return free < FREE_BYTES_WISHED ? 'warning' : 'ok'
}

/** What can be told of an installation within a few milliseconds; the books are the business of `quittance doctor`. */
export async function inspectQuickly(app: App): Promise<{ jobs: { status: Level }; disk: { status: Level }; backup: { status: Level; lastAt: string | null } }> {
  const [orphans, space, backups] = await Promise.all([countOrphans(app.db), diskSpace(app.config.dataFolder || '.').catch(() => undefined), listBackups(backupFolderOf(app.config))])
  const last = backups[0]?.at
  const hours = last ? (app.clock.now().getTime() - last.getTime()) / 3_600_000 : Infinity
  // A PostgreSQL server may well be backed up by its own administrator: nothing is claimed of it.
  const isOurs = app.db.engine === 'embedded' && internalsOf(app.db).folder !== undefined
  return {
    jobs: { status: orphans === 0 ? 'ok' : 'warning' },
    disk: { status: space ? diskLevel(space.free) : 'ok' },
    backup: { status: isOurs && hours > BACKUP_HOURS_MAX ? 'warning' : 'ok', lastAt: last?.toISOString() ?? null },
  }
}
