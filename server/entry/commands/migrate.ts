import { join, resolve } from 'node:path'
import type { CommandIo } from '../command.ts'
import { BackupRefused } from '../../platform/backup/refused.ts'
import { readVersion } from '../version.ts'
import { DataFolderLocked } from '../../platform/db/lock.ts'
import { MigrationRefused, migrate } from '../../platform/db/migrate.ts'
import { openDb } from '../../platform/db/open.ts'
import type { Db } from '../../platform/db/types.ts'
import { installJobs } from '../../platform/jobs/install.ts'

const DEFAULT_FOLDER = 'data'
const BACKUPS_KEPT = 3

/** The SQL that lets the server's own login act as the product's roles, when it cannot yet. Who gives rights to whom stays the administrator's decision. */
async function missingGrant(db: Db, loginUrl: string): Promise<string | undefined> {
  const login = decodeURIComponent(new URL(loginUrl).username)
  const { rows } = await db.query<{ grant: string }>(`
    select format('grant quittance_tenant, quittance_system to %I;', rolname) as grant from pg_roles
    where rolname = $1 and not (pg_has_role(oid, 'quittance_tenant', 'member') and pg_has_role(oid, 'quittance_system', 'member'))`, [login])
  return rows[0]?.grant
}

/** A copy before a PostgreSQL database changes, when its tools are here: they may well be on another machine, where its administrator makes the backups. */
async function copyFirst(url: string, io: CommandIo): Promise<void> {
  const { hasTool } = await import('../../platform/backup/postgres-tools.ts')
  if (!await hasTool('pg_dump')) {
    io.err('pg_dump n\'est pas installé : aucune sauvegarde n\'est faite avant la migration. / pg_dump is not installed: no backup is made before the migration.\n')
    return
  }
  const { backupPostgres } = await import('../../platform/backup/make-backup.ts')
  const dataFolder = resolve(process.env['QUITTANCE_DATA'] || DEFAULT_FOLDER)
  const made = await backupPostgres(url, {
    to: process.env['BACKUP_FOLDER'] || join(dataFolder, 'backups'), reason: 'migration', keep: BACKUPS_KEPT, passphrase: process.env['BACKUP_PASSPHRASE'] || null,
    version: readVersion(), environment: process.env['ENVIRONMENT'] || 'production', dataFolder, at: new Date(),
  }).catch((error: unknown) => {
    // An owner whom row-level security limits may migrate and may not copy: it is told, not stopped.
    if (error instanceof BackupRefused && error.code === 'BACKUP_LOGIN_LIMITED') return error
    throw error
  })
  io.err(`${made instanceof BackupRefused ? made.message : made.path}\n`)
}

async function run(db: Db, url: string | undefined, io: CommandIo): Promise<void> {
  const names = await migrate(db, { applied: (name) => { io.err(`${name}\n`) }, ...(url ? { before: () => copyFirst(url, io) } : {}) })
  await installJobs(db)
  if (names.length === 0) io.err('La base de données est à jour. / The database is up to date.\n')
  const loginUrl = process.env['DATABASE_URL']
  const grant = db.engine === 'postgres' && loginUrl ? await missingGrant(db, loginUrl) : undefined
  if (grant) io.err(`Pour que le serveur puisse travailler, exécutez en tant qu'administrateur : / For the server to work, run as an administrator:\n${grant}\n`)
}

/**
 * Brings the database up to date. The owner of the tables (DATABASE_OWNER_URL) migrates when one is named, so that the
 * server itself can log in as a role that owns nothing; without any address the embedded database of QUITTANCE_DATA is migrated.
 */
export async function migrateCommand(args: string[], io: CommandIo): Promise<number> {
  if (args.length > 0) {
    io.err('La commande « migrate » n\'a pas d\'argument. / The command "migrate" takes no argument.\n')
    return 2
  }
  const url = process.env['DATABASE_OWNER_URL'] || process.env['DATABASE_URL']
  try {
    const db = await openDb({ url, dataFolder: process.env['QUITTANCE_DATA'] || DEFAULT_FOLDER, poolSize: 2, prepared: false })
    await run(db, url, io).finally(() => db.close())
    return 0
  } catch (error) {
    if (!(error instanceof MigrationRefused || error instanceof DataFolderLocked || error instanceof BackupRefused)) throw error
    io.err(`${error.message}\n`)
    return 1
  }
}
