import { mkdir, readdir, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { internalsOf } from '../db/db.ts'
import { openDb } from '../db/open.ts'
import type { Db } from '../db/types.ts'
import { type Part, writeArchive } from './archive.ts'
import { engineVersion, readFigures, type Ask } from './figures-store.ts'
import { backupName, pruneBackups } from './folder.ts'
import type { BackupReason, Figures, Manifest } from './manifest.ts'
import { toolEnvironment, useTool } from './postgres-tools.ts'
import { BackupRefused } from './refused.ts'

export type BackupOrder = {
  readonly to: string
  readonly reason: BackupReason
  /** Backups of this reason kept in the folder; all of them when it is null. */
  readonly keep: number | null
  readonly passphrase: string | null
  readonly version: string
  readonly environment: string
  readonly dataFolder: string
  readonly at: Date
}

export type MadeBackup = { readonly path: string; readonly manifest: Manifest; readonly removed: readonly string[] }

export const DUMP_PARTS = { embedded: 'database.tar', postgres: 'database.dump' } as const
export const FILES_PART = 'files/'
/** What lies in a data folder and is no data of the company: the database itself, what is being made, what was put aside. */
export const NOT_FILES = /^(database(\..*)?|backups|.*\.lock(\..*)?|.*\.sock|.*\.making|.*\.partial|before-restore-.*|restoring-.*|switch\.json)$/

/** The files beside the database: the secret key and uploaded documents. */
async function fileParts(dataFolder: string): Promise<Part[]> {
  const tops = await readdir(dataFolder, { withFileTypes: true }).catch(() => [])
  const parts: Part[] = []
  for (const top of tops.filter(({ name }) => !NOT_FILES.test(name))) {
    if (top.isFile()) parts.push({ name: `${FILES_PART}${top.name}`, path: join(dataFolder, top.name) })
    if (!top.isDirectory()) continue
    for (const entry of await readdir(join(dataFolder, top.name), { withFileTypes: true, recursive: true })) {
      if (entry.isFile()) parts.push({ name: `${FILES_PART}${relative(dataFolder, join(entry.parentPath, entry.name)).replaceAll('\\', '/')}`, path: join(entry.parentPath, entry.name) })
    }
  }
  return parts
}

type Dumped = { readonly engine: Manifest['engine']; readonly engineVersion: string; readonly figures: Figures; readonly dump: Part }

async function write(order: BackupOrder, dumped: Dumped): Promise<MadeBackup> {
  const { engine, figures } = dumped
  const path = join(order.to, backupName(order.at, { reason: order.reason, sealed: order.passphrase !== null }))
  const manifest = await writeArchive(path, {
    manifest: { format: 1, version: order.version, engine, engineVersion: dumped.engineVersion, environment: order.environment, at: order.at.toISOString(), reason: order.reason, figures },
    parts: [dumped.dump, ...await fileParts(order.dataFolder)], passphrase: order.passphrase,
  })
  const removed = order.keep === null ? [] : await pruneBackups(order.to, { reason: order.reason, keep: order.keep })
  return { path, manifest, removed }
}

/** Copies an embedded database that this process has open. What is counted and what is copied are of the same instant. */
export async function backupEmbedded(db: Db, order: BackupOrder): Promise<MadeBackup> {
  const { snapshot } = internalsOf(db)
  if (!snapshot) throw new Error('this database is not embedded')
  const { seen, archive } = await snapshot(async (connection) => {
    const ask: Ask = (sql) => connection.query(sql, [], 'product')
    return { figures: await readFigures(ask), engineVersion: await engineVersion(ask) }
  })
  return await write(order, { engine: 'embedded', ...seen, dump: { name: DUMP_PARTS.embedded, bytes: archive } })
}

async function refuseLimitedLogin(ask: Ask): Promise<void> {
  const { rows } = await ask('select rolsuper or rolbypassrls as able, quote_ident(current_user) as name from pg_roles where rolname = current_user')
  if (rows[0]?.['able'] === true) return
  const name = String(rows[0]?.['name'])
  throw new BackupRefused('BACKUP_LOGIN_LIMITED', {
    fr: `Le rôle ${name} ne voit pas les lignes de toutes les sociétés : il ne peut pas sauvegarder. Indiquez dans DATABASE_OWNER_URL un rôle qui le peut (alter role ${name} bypassrls).`,
    en: `The role ${name} does not see the rows of every company: it cannot back up. Name in DATABASE_OWNER_URL a role that can (alter role ${name} bypassrls).`,
  })
}

/** Copies a PostgreSQL database with its own tool, from the snapshot in which it was counted. */
export async function backupPostgres(url: string, order: BackupOrder): Promise<MadeBackup> {
  const db = await openDb({ url, dataFolder: order.dataFolder, poolSize: 1 })
  const dumpPath = join(order.to, `${backupName(order.at, { reason: order.reason, sealed: false })}.dump.partial`)
  try {
    await mkdir(order.to, { recursive: true, mode: 0o700 })
    const dumped = await internalsOf(db).session(async (session): Promise<Dumped> => {
      const ask: Ask = (sql) => session.query(sql)
      await refuseLimitedLogin(ask)
      await session.exec('begin isolation level repeatable read, read only')
      const snapshot = String((await ask('select pg_export_snapshot() as id')).rows[0]?.['id'])
      const [figures, version] = [await readFigures(ask), await engineVersion(ask)]
      await useTool('pg_dump', ['--format=custom', '--compress=0', '--no-owner', `--snapshot=${snapshot}`, `--file=${dumpPath}`], toolEnvironment(url))
      await session.exec('commit')
      return { engine: 'postgres', engineVersion: version, figures, dump: { name: DUMP_PARTS.postgres, path: dumpPath } }
    })
    return await write(order, dumped)
  } finally {
    await rm(dumpPath, { force: true })
    await db.close()
  }
}
