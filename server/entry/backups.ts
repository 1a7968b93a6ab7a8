import { backupEmbedded, backupPostgres, type BackupOrder, type MadeBackup } from '../platform/backup/make-backup.ts'
import type { BackupReason } from '../platform/backup/manifest.ts'
import type { Config } from '../platform/config/config.ts'
import { backupFolderOf, operationsOf } from '../platform/config/operations.ts'
import type { Db } from '../platform/db/types.ts'
import { readVersion } from './version.ts'

export type BackupWish = { readonly reason: BackupReason; readonly to?: string | undefined; readonly keep?: number | undefined; readonly at: Date }

function orderOf(config: Config, wish: BackupWish): BackupOrder {
  const operations = operationsOf(config)
  return {
    to: wish.to ?? backupFolderOf(config), reason: wish.reason, keep: wish.keep ?? (wish.reason === 'daily' ? operations.backup.keep : null), passphrase: operations.backup.passphrase,
    version: readVersion(), environment: operations.environment, dataFolder: config.dataFolder, at: wish.at,
  }
}

/** Backs up the open database of this process, or the PostgreSQL one that the settings name. */
export async function makeBackup(config: Config, db: Db | null, wish: BackupWish): Promise<MadeBackup> {
  if (config.databaseUrl !== null) return await backupPostgres(operationsOf(config).ownerUrl ?? config.databaseUrl, orderOf(config, wish))
  if (db === null) throw new Error('an embedded database is backed up by the process that has it open')
  return await backupEmbedded(db, orderOf(config, wish))
}
