import type { Static } from 'typebox'
import { join } from 'node:path'
import type { Config } from './config.ts'
import type { Settings } from './settings.ts'

/** The settings of whoever keeps the installation running. */
export type Operations = {
  readonly environment: Static<typeof Settings>['ENVIRONMENT']
  /** The login that owns the tables, on PostgreSQL; null when it is the server's own. */
  readonly ownerUrl: string | null
  readonly pool: PoolLimits
  readonly backup: BackupSettings
  /** Null: only this machine reads the metrics. */
  readonly metricsToken: string | null
  /** Null: no traces. */
  readonly traceEndpoint: string | null
}

export type PoolLimits = { readonly min: number; readonly max: number; readonly statementSeconds: number }

export type BackupSettings = {
  /** Null means the folder `backups` of the data folder. */
  readonly folder: string | null
  readonly keep: number
  /** HH:MM, or null when nothing is scheduled. */
  readonly time: string | null
  readonly passphrase: string | null
}

/** What the settings give, and what a configuration made without them stands for. */
export const USUAL_OPERATIONS: Operations = {
  environment: 'production', ownerUrl: null, pool: { min: 0, max: 10, statementSeconds: 120 },
  backup: { folder: null, keep: 7, time: '02:30', passphrase: null }, metricsToken: null, traceEndpoint: null,
}

export function readOperations(settings: Static<typeof Settings>): Operations {
  return {
    environment: settings.ENVIRONMENT,
    ownerUrl: settings.DATABASE_OWNER_URL ?? null,
    pool: { min: settings.DB_POOL_MIN, max: settings.DB_POOL_MAX, statementSeconds: settings.DB_STATEMENT_TIMEOUT_SECONDS },
    backup: {
      folder: settings.BACKUP_FOLDER ?? null, keep: settings.BACKUP_KEEP,
      time: settings.BACKUP_TIME === 'off' ? null : settings.BACKUP_TIME, passphrase: settings.BACKUP_PASSPHRASE ?? null,
    },
    metricsToken: settings.METRICS_TOKEN ?? null,
    traceEndpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/$/, '') ?? null,
  }
}

/** The operations of a configuration; the usual ones when it says nothing of them. */
export function operationsOf(config: Pick<Config, 'operations'>): Operations {
  return config.operations ?? USUAL_OPERATIONS
}

/** Where the backups of an installation are kept. */
export function backupFolderOf(config: Pick<Config, 'operations' | 'dataFolder'>): string {
  return operationsOf(config).backup.folder ?? join(config.dataFolder, 'backups')
}
