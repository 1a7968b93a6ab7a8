import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { openDb } from '../db/open.ts'
import type { Db } from '../db/types.ts'
import { DUMP_PARTS } from './make-backup.ts'
import { toolEnvironment, useTool } from './postgres-tools.ts'
import { BackupRefused } from './refused.ts'

const ROLES = `do $$ begin
  if not exists (select from pg_roles where rolname = 'quittance_tenant') then create role quittance_tenant nologin; end if;
  if not exists (select from pg_roles where rolname = 'quittance_system') then create role quittance_system nologin; end if;
exception when duplicate_object or unique_violation then null;
end $$`

function withDatabase(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}

function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

async function onServer<T>(url: string, database: string, work: (db: Db) => Promise<T>): Promise<T> {
  const db = await openDb({ url: withDatabase(url, database), dataFolder: '', poolSize: 1 })
  try { return await work(db) } finally { await db.close() }
}

/** A database beside the live one on the same server. */
export type Scratch = { readonly name: string; readonly url: string; drop(): Promise<void> }

/** Restores an unpacked backup into a new database beside the live one; a failure leaves none behind. */
export async function restoreBeside(url: string, unpacked: string): Promise<Scratch> {
  const name = `${databaseOf(url).slice(0, 40)}_restoring_${randomBytes(4).toString('hex')}`
  const scratch: Scratch = { name, url: withDatabase(url, name), drop: () => onServer(url, 'postgres', async (db) => { await db.exec(`drop database if exists ${quoted(name)} with (force)`) }) }
  await onServer(url, 'postgres', async (db) => {
    const { rows } = await db.query<{ able: boolean }>('select rolsuper or (rolcreatedb and rolbypassrls) as able from pg_roles where rolname = current_user')
    if (rows[0]?.able !== true) {
      throw new BackupRefused('RESTORE_LOGIN_LIMITED', {
        fr: 'Ce rôle ne peut pas créer de base ni remplir les tables de toutes les sociétés. Indiquez dans DATABASE_OWNER_URL un rôle qui le peut (createdb et bypassrls).',
        en: 'This role cannot create a database or fill the tables of every company. Name in DATABASE_OWNER_URL a role that can (createdb and bypassrls).',
      })
    }
    await db.exec(ROLES)
    await db.exec(`create database ${quoted(name)} template template0`)
  })
  try {
    await useTool('pg_restore', ['--no-owner', '--exit-on-error', `--dbname=${name}`, join(unpacked, DUMP_PARTS.postgres)], toolEnvironment(scratch.url))
    return scratch
  } catch (error) {
    await scratch.drop()
    throw error
  }
}

/** How many other programs work in the live database. */
export async function otherSessions(url: string): Promise<number> {
  return await onServer(url, 'postgres', async (db) => {
    const { rows } = await db.query<{ n: number }>('select count(*)::int as n from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()', [databaseOf(url)])
    return rows[0]?.n ?? 0
  })
}

/** Gives the restored database the name of the live one, which is kept under another. Both names change in one transaction. */
export async function swapDatabases(url: string, scratch: Scratch, at: Date): Promise<string> {
  const live = databaseOf(url)
  const kept = `${live.slice(0, 40)}_before_${at.toISOString().replaceAll(/[-:TZ]|\.\d+/g, '')}`
  await onServer(url, 'postgres', async (db) => {
    await db.exec(`begin; alter database ${quoted(live)} rename to ${quoted(kept)}; alter database ${quoted(scratch.name)} rename to ${quoted(live)}; commit`)
  })
  return kept
}
