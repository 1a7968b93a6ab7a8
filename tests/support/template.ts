import { randomBytes } from 'node:crypto'
import { clusterFingerprint } from '../../server/platform/db/cluster.ts'
import { migrate } from '../../server/platform/db/migrate.ts'
import { openDb } from '../../server/platform/db/open.ts'
import type { Db } from '../../server/platform/db/types.ts'
import { installJobs } from '../../server/platform/jobs/install.ts'

/** What the test files start from: the path of a dump, or the name of a template database. */
export type TestTemplate = { readonly engine: 'embedded'; readonly path: string } | { readonly engine: 'postgres'; readonly url: string; readonly database: string }

declare module 'vitest' {
  interface ProvidedContext {
    quittanceTemplate: TestTemplate
  }
}

const KEPT_HOURS = 24

/** The role the tests log in as on PostgreSQL: it owns nothing and bypasses nothing, so row-level security is really met. */
export const LOGIN_ROLE = 'quittance_test_login'
const LOGIN_PASSWORD = 'quittance_test_login'

/** The same server as `url`, another database, and the login of the tests when it is asked for. */
export function urlOf(url: string, database: string, login = false): string {
  const made = new URL(url)
  made.pathname = `/${database}`
  if (login) { made.username = LOGIN_ROLE; made.password = LOGIN_PASSWORD }
  return made.href
}

/** Runs one piece of work as the superuser that QUITTANCE_TEST_DB names. */
export async function asSuperuser<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const db = await openDb({ url, dataFolder: '', poolSize: 1 })
  try { return await work(db) } finally { await db.close() }
}

const CREATE_LOGIN = `
  do $$ begin
    if not exists (select from pg_roles where rolname = '${LOGIN_ROLE}') then
      create role ${LOGIN_ROLE} login nosuperuser nobypassrls password '${LOGIN_PASSWORD}';
    end if;
  exception when duplicate_object or unique_violation then null;
  end $$`

/** Databases that a killed run left behind. The age of a database is that of its first file. */
async function dropOld(admin: Db): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(`
    select datname as name from pg_database
    where datname ~ '^quittance_(test|template)_' and (pg_stat_file('base/' || oid || '/PG_VERSION')).modification < now() - make_interval(hours => $1)`, [KEPT_HOURS])
  for (const { name } of rows) await admin.exec(`drop database if exists "${name}" with (force)`)
}

/** A migrated template database, made once for each set of migrations; each test file then clones it. */
export async function postgresTemplate(url: string): Promise<string> {
  const name = `quittance_template_${clusterFingerprint()}`
  await asSuperuser(url, async (admin) => {
    const { rows } = await admin.query('select 1 from pg_database where datname = $1', [name])
    if (rows.length > 0) return
    await dropOld(admin)
    await admin.exec(CREATE_LOGIN)
    const building = `${name}_${randomBytes(4).toString('hex')}`
    await admin.exec(`create database ${building}`)
    await asSuperuser(urlOf(url, building), async (db) => {
      await migrate(db)
      await installJobs(db)
      await db.exec(`grant quittance_tenant, quittance_system to ${LOGIN_ROLE}`)
    }).catch(async (error: unknown) => {
      await admin.exec(`drop database ${building} with (force)`)
      throw error
    })
    // Two runs may build at the same moment: the first to rename wins and the other throws its own away.
    await admin.exec(`alter database ${building} rename to ${name}`).catch(() => admin.exec(`drop database ${building} with (force)`))
  })
  return name
}
