import type { App } from '../../platform/app.ts'
import { readFigures } from '../../platform/backup/figures-store.ts'
import { differences, type Figures, type Manifest } from '../../platform/backup/manifest.ts'
import { BackupRefused } from '../../platform/backup/refused.ts'
import type { Config } from '../../platform/config/config.ts'
import { internalsOf } from '../../platform/db/db.ts'
import { migrate, pendingMigrations } from '../../platform/db/migrate.ts'
import type { Db } from '../../platform/db/types.ts'
import { installJobs } from '../../platform/jobs/install.ts'
import { createLogger } from '../../platform/log/log.ts'
import { buildApp } from '../compose.ts'
import { inspectBooks } from './books.ts'
import type { Finding } from './finding.ts'

const SHOWN_MAX = 5

export async function figuresOf(db: Db): Promise<Figures> {
  return await internalsOf(db).session((session) => readFigures((sql) => session.query(sql)))
}

/** The parts of the product over a database that is only looked at. */
export function inspectionApp(config: Config, db: Db): App {
  return buildApp({ config, db, log: createLogger({ level: 'fatal' }) })
}

/**
 * Proves a restored copy: its migrations are known, its counts and balances are those of the manifest, its chains are
 * intact. An older copy is brought up to date on the way, as the next start would do.
 */
export async function verifyCopy(config: Config, db: Db, manifest: Manifest): Promise<Finding[]> {
  const missing = await pendingMigrations(db)
  const wrong = differences(manifest.figures, await figuresOf(db))
  if (wrong.length > 0) {
    const shown = wrong.slice(0, SHOWN_MAX).join(' ; ')
    throw new BackupRefused('BACKUP_DIFFERS', {
      fr: `La copie restaurée ne correspond pas à ce que la sauvegarde annonce : ${shown}.`, en: `The restored copy does not agree with what the backup states: ${shown}.`,
    })
  }
  if (missing.length > 0) {
    await migrate(db)
    await installJobs(db)
  }
  return await inspectBooks(inspectionApp(config, db))
}
