import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { internalsOf } from '../db/db.ts'
import type { Db } from '../db/types.ts'
import { backupEmbedded } from './make-backup.ts'

const KEPT = 3

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', '..', 'package.json'), 'utf8'))
  return manifest !== null && typeof manifest === 'object' && 'version' in manifest ? String(manifest.version) : 'unknown'
}

/** Copies an embedded database before it is migrated, beside it. A database in memory has nothing to lose. */
export async function backupBeforeMigration(db: Db): Promise<string | null> {
  const { folder } = internalsOf(db)
  if (folder === undefined) return null
  const dataFolder = dirname(folder)
  const { path } = await backupEmbedded(db, {
    to: process.env['BACKUP_FOLDER']?.trim() || join(dataFolder, 'backups'), reason: 'migration', keep: KEPT, passphrase: process.env['BACKUP_PASSPHRASE']?.trim() || null,
    version: version(), environment: process.env['ENVIRONMENT']?.trim() || 'production', dataFolder, at: new Date(),
  })
  return path
}
