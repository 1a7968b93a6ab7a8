import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Text } from '../../../core/kernel/problem.ts'
import { internalsOf } from './db.ts'
import type { RawQueryable } from './db.ts'
import type { Db } from './types.ts'

/** The migrations of the product. */
export const MIGRATIONS_FOLDER = join(import.meta.dirname, '..', '..', 'migrations')

export type Migration = { readonly name: string; readonly sql: string; readonly sha256: string }

/** The database and the files disagree, or a file failed. `sentence` says it to the user, in both languages. */
export class MigrationRefused extends Error {
  readonly code: string
  readonly sentence: Text
  constructor(code: string, sentence: Text, cause?: unknown) {
    super(`${sentence.fr} / ${sentence.en}`, { cause })
    this.name = 'MigrationRefused'
    this.code = code
    this.sentence = sentence
  }
}

// Any number will do as long as it stays: it keeps two processes from migrating one database at the same moment.
const LOCK_KEY = 7_185_401_266
const NAME = /^(\d{4})_[a-z0-9_]+\.sql$/

/** The files of a folder in the order of their numbers, each with the fingerprint of its text (line ends count as LF). */
export function readMigrations(folder: string = MIGRATIONS_FOLDER): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql')).sort()
  const seen = new Set<string>()
  return names.map((name) => {
    const number = NAME.exec(name)?.[1]
    if (number === undefined || seen.has(number)) {
      throw new MigrationRefused('MIGRATION_NAME_INVALID', {
        fr: `Le fichier de migration « ${name} » n'a pas un nom de la forme 0001_nom.sql, ou son numéro est déjà pris. Renommez-le.`,
        en: `The migration file "${name}" is not named like 0001_name.sql, or its number is taken. Rename it.`,
      })
    }
    seen.add(number)
    const sql = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n')
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
  })
}

function refuseIfChanged(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration.sha256]))
  for (const [name, sha256] of applied) {
    const now = known.get(name)
    if (now === undefined) {
      throw new MigrationRefused('DATABASE_NEWER', {
        fr: `La base de données contient la migration « ${name} », que cette version ne connaît pas. Installez la version la plus récente de Quittance.`,
        en: `The database holds the migration "${name}", which this version does not know. Install the latest version of Quittance.`,
      })
    }
    if (now !== sha256) {
      throw new MigrationRefused('MIGRATION_CHANGED', {
        fr: `Le fichier de migration « ${name} » a changé depuis qu'il a été appliqué. Rétablissez son contenu et écrivez le changement dans une nouvelle migration.`,
        en: `The migration file "${name}" has changed since it was applied. Restore its content and write the change in a new migration.`,
      })
    }
  }
  const last = [...applied.keys()].sort().at(-1) ?? ''
  const late = migrations.find((migration) => !applied.has(migration.name) && migration.name < last)
  if (late) {
    throw new MigrationRefused('MIGRATION_OUT_OF_ORDER', {
      fr: `La migration « ${late.name} » porte un numéro inférieur à « ${last} », déjà appliquée. Donnez-lui le numéro suivant.`,
      en: `The migration "${late.name}" has a lower number than "${last}", which is already applied. Give it the next number.`,
    })
  }
}

async function applyOne(session: RawQueryable, migration: Migration): Promise<void> {
  try {
    await session.exec('begin')
    await session.exec(migration.sql)
    await session.query('insert into app_meta.schema_migrations (name, sha256, at) values ($1, $2, now())', [migration.name, migration.sha256])
    await session.exec('commit')
  } catch (error) {
    await session.exec('rollback').catch(() => undefined)
    const reason = error instanceof Error ? error.message : String(error)
    throw new MigrationRefused('MIGRATION_FAILED', {
      fr: `La migration « ${migration.name} » a échoué et rien n'en est resté : ${reason}`,
      en: `The migration "${migration.name}" failed and left nothing behind: ${reason}`,
    }, error)
  }
}

async function readApplied(session: RawQueryable): Promise<Map<string, string>> {
  const { rows } = await session.query('select name, sha256 from app_meta.schema_migrations order by name')
  return new Map(rows.map((row) => [String(row['name']), String(row['sha256'])]))
}

type Plan = { readonly before: (missing: readonly string[]) => Promise<void>; readonly applied: (name: string) => void }

async function applyMissing(session: RawQueryable, migrations: readonly Migration[], plan: Plan): Promise<string[]> {
  await session.exec(`
    create schema if not exists app_meta;
    create table if not exists app_meta.schema_migrations (name text primary key, sha256 text not null, at timestamptz not null);
  `)
  const applied = await readApplied(session)
  refuseIfChanged(applied, migrations)
  const missing = migrations.filter((migration) => !applied.has(migration.name))
  if (missing.length > 0 && applied.size > 0) await plan.before(missing.map((migration) => migration.name))
  for (const migration of missing) {
    await applyOne(session, migration)
    plan.applied(migration.name)
  }
  return missing.map((migration) => migration.name)
}

/**
 * The role that migrates acts as both of the product's roles; a superuser already may. They also read which migrations
 * are in, so that a server whose login owns nothing can tell that the database is behind.
 */
async function grantRoles(session: RawQueryable): Promise<void> {
  const { rows } = await session.query(`
    select me.rolsuper or (pg_has_role(me.oid, 'quittance_tenant', 'member') and pg_has_role(me.oid, 'quittance_system', 'member')) as able
    from pg_roles me where me.rolname = current_user and exists (select from pg_roles where rolname = 'quittance_system')`)
  if (rows.length === 0) return
  if (rows[0]?.['able'] !== true) await session.exec('grant quittance_tenant, quittance_system to current_user')
  await session.exec('grant usage on schema app_meta to quittance_system; grant select on app_meta.schema_migrations to quittance_system')
}

export type MigrateOptions = {
  readonly migrations?: readonly Migration[]
  /** Hears each name once it is in. */
  readonly applied?: (name: string) => void
  /** Told what is about to change in a database that holds something; when it fails nothing is applied. */
  readonly before?: (missing: readonly string[]) => Promise<void>
}

/** An embedded database is copied first, whoever migrates it: this process alone has it, so nothing changes in between. */
async function copyFirst(db: Db, migrations: readonly Migration[]): Promise<void> {
  if (internalsOf(db).folder === undefined) return
  const missing = await pendingMigrations(db, migrations)
  if (missing.length === 0 || missing.length === migrations.length) return
  try {
    const { backupBeforeMigration } = await import('../backup/before-migration.ts')
    await backupBeforeMigration(db)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new MigrationRefused('MIGRATION_NOT_SAVED', {
      fr: `La sauvegarde qui précède une migration a échoué : ${reason}. Rien n'a été changé.`,
      en: `The backup that comes before a migration failed: ${reason}. Nothing was changed.`,
    }, error)
  }
}

/** Applies every migration the database has not seen, each in its own transaction, and answers their names. */
export async function migrate(db: Db, options: MigrateOptions = {}): Promise<string[]> {
  const migrations = options.migrations ?? readMigrations()
  await copyFirst(db, migrations)
  return await internalsOf(db).session(async (session) => {
    await session.query('select pg_advisory_lock($1::bigint)', [LOCK_KEY])
    try {
      const names = await applyMissing(session, migrations, { applied: options.applied ?? (() => undefined), before: options.before ?? (async () => undefined) })
      await grantRoles(session)
      return names
    } finally {
      await session.query('select pg_advisory_unlock($1::bigint)', [LOCK_KEY])
    }
  })
}

/** The names of the migrations the database still lacks. Works for a login that may not migrate; refuses like `migrate` when files and database disagree. */
export async function pendingMigrations(db: Db, migrations: readonly Migration[] = readMigrations()): Promise<string[]> {
  return await internalsOf(db).session(async (session) => {
    const { rows } = await session.query('select to_regclass(\'app_meta.schema_migrations\') is not null as present')
    const applied = rows[0]?.['present'] === true ? await readApplied(session) : new Map<string, string>()
    refuseIfChanged(applied, migrations)
    return migrations.filter((migration) => !applied.has(migration.name)).map((migration) => migration.name)
  })
}
