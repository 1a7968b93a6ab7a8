import { readdirSync, readFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { inspectBooks } from '../../server/entry/inspection/books.ts'
import { listCompanies } from '../../server/entry/inspection/inspection-store.ts'
import { figuresOf, inspectionApp } from '../../server/entry/inspection/verify-copy.ts'
import type { CompanyFigures } from '../../server/platform/backup/manifest.ts'
import type { Config } from '../../server/platform/config/config.ts'
import { createDb } from '../../server/platform/db/db.ts'
import { openEmbeddedEngine } from '../../server/platform/db/embedded.ts'
import { migrate, pendingMigrations, readMigrations } from '../../server/platform/db/migrate.ts'
import { openDb } from '../../server/platform/db/open.ts'
import type { Db } from '../../server/platform/db/types.ts'
import { installJobs } from '../../server/platform/jobs/install.ts'
import { checkFaults } from '../simulation/invariants.ts'
import { asSuperuser, urlOf } from '../support/template.ts'

const FOLDER = join(import.meta.dirname, 'released')
const RELEASES = readdirSync(FOLDER).filter((name) => name.endsWith('.sql')).sort()
const template = inject('quittanceTemplate')

const config = {
  host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1:3000', dataFolder: '', databaseUrl: null, secret: 'a secret of the tests, long enough to be one',
  logLevel: 'fatal', demo: false, previousSecrets: [], trustProxy: [], allowedOrigins: [],
} as unknown as Config

/** Written by hand from the three invoices, the statement and the matches that make-released.ts makes: 6 480.00 + ... is not computed by the product. */
const EXPECTED: Readonly<Record<string, Pick<CompanyFigures, 'name' | 'currency'> & { readonly invoices: string[]; readonly bank: string }>> = {
  // 3 x 650 x 1.2 = 2 340.00; 3 x 1 249.99 x 1.2 = 4 499.96 (3 749.97 net, 749.99 TVA); 3 x 89.90 x 1.2 = 323.64. The bank holds 2 340.00 + 4 499.96 - 123.45.
  '0.1.0.sql': { name: 'Atelier Mélèze', currency: 'EUR', invoices: ['234000 paid', '449996 paid', '32364 issued'], bank: '671651' },
}

async function emptyDatabase(): Promise<{ db: Db; url: string | null; close: () => Promise<void> }> {
  if (template.engine === 'embedded') {
    const db = createDb(await openEmbeddedEngine())
    return { db, url: null, close: () => db.close() }
  }
  const name = `quittance_test_${process.pid}_${randomBytes(4).toString('hex')}`
  await asSuperuser(template.url, (admin) => admin.exec(`create database ${name}`))
  const url = urlOf(template.url, name)
  const db = await openDb({ url, dataFolder: '', poolSize: 4 })
  return { db, url, close: async () => { await db.close(); await asSuperuser(template.url, (admin) => admin.exec(`drop database if exists ${name} with (force)`)) } }
}

const ROLES = `do $$ begin
  if not exists (select from pg_roles where rolname = 'quittance_tenant') then create role quittance_tenant nologin; end if;
  if not exists (select from pg_roles where rolname = 'quittance_system') then create role quittance_system nologin; end if;
end $$`

async function load(db: Db, release: string): Promise<void> {
  await db.exec(ROLES)
  await db.exec(readFileSync(join(FOLDER, release), 'utf8'))
}

describe.each(RELEASES)('a database as the release %s left it', (release) => {
  let opened: Awaited<ReturnType<typeof emptyDatabase>>
  beforeAll(async () => {
    opened = await emptyDatabase()
    await load(opened.db, release)
  }, 120_000)
  afterAll(async () => { await opened.close() }, 60_000)

  test('is brought up to date, and its books, chains and counts are what they were', async () => {
    const { db } = opened
    const before = await figuresOf(db)
    const missing = await pendingMigrations(db)
    expect(await migrate(db)).toEqual(missing)
    await installJobs(db)
    expect(await pendingMigrations(db)).toEqual([])
    const after = await figuresOf(db)
    expect(after.companies).toEqual(before.companies)
    const kept = Object.keys(before.tables).filter((table) => after.tables[table] !== undefined)
    expect(Object.fromEntries(kept.map((table) => [table, after.tables[table]]))).toEqual(Object.fromEntries(kept.map((table) => [table, before.tables[table]])))
    expect(after.migrations.slice(0, before.migrations.length)).toEqual(before.migrations)
  }, 120_000)

  test('holds the books that were put in it, checked again by the present version', async () => {
    const { db } = opened
    const app = inspectionApp(config, db)
    expect((await inspectBooks(app)).filter(({ level }) => level !== 'ok')).toEqual([])
    const [company] = await db.system(listCompanies)
    const expected = EXPECTED[release]!
    expect(company).toMatchObject({ name: expected.name, currency: expected.currency })
    await db.tenant({ tenantId: company!.tenantId, userId: null }, async (tx) => {
      await checkFaults(tx)
      const invoices = await tx.query<{ gross: bigint; status: string }>('select gross, status from app.invoice where tenant_id = $1 order by number', [tx.tenantId])
      expect(invoices.rows.map(({ gross, status }) => `${gross} ${status}`)).toEqual(expected.invoices)
      const bank = await tx.query<{ total: bigint }>('select coalesce(sum(debit - credit), 0)::bigint as total from app.entry_line where tenant_id = $1 and account = \'512001\'', [tx.tenantId])
      expect(String(bank.rows[0]?.total)).toBe(expected.bank)
    })
  }, 120_000)

  test('has nothing more to do the second time', async () => {
    expect(await migrate(opened.db)).toEqual([])
  }, 60_000)
})

test('every release is expected, and every migration it holds is still the one that was published', () => {
  expect(RELEASES).toEqual(Object.keys(EXPECTED))
})

const onServer = template.engine === 'postgres'
const onServerOnly = (title: string): string => (onServer ? title : `${title} (not run: the embedded database has one session)`)

test.runIf(onServer)(onServerOnly('of two migrators at once one waits, and nothing runs twice'), async () => {
  const { db, url, close } = await emptyDatabase()
  const second = await openDb({ url: url!, dataFolder: '', poolSize: 2 })
  try {
    await load(db, RELEASES.at(-1)!)
    const expected = await pendingMigrations(db)
    const [one, two] = await Promise.all([migrate(db), migrate(second)])
    expect([...one, ...two]).toEqual(expected)
    expect([one.length, two.length].sort()).toEqual([0, expected.length].sort())
  } finally {
    await second.close()
    await close()
  }
}, 120_000)

test.runIf(onServer)(onServerOnly('a migrator whose session is cut half way leaves the state of before, and the next one goes on'), async () => {
  const { db, url, close } = await emptyDatabase()
  const victim = await openDb({ url: url!, dataFolder: '', poolSize: 1 })
  const slow = { name: '9999_platform_slow.sql', sql: 'create table app_meta.half (n int); select pg_sleep(60);', sha256: '0'.repeat(64) }
  try {
    await load(db, RELEASES.at(-1)!)
    await migrate(db)
    const running = migrate(victim, { migrations: [...readMigrations(), slow] }).then(() => 'done', () => 'cut')
    await expect.poll(async () => (await db.query<{ n: number }>(`
      select count(*)::int as n from (select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query like '%pg_sleep(60)%' and state = 'active') as cut`)).rows[0]?.n, { timeout: 30_000, interval: 100 }).toBe(1)
    expect(await running).toBe('cut')
    expect((await db.query('select to_regclass(\'app_meta.half\') is null as absent')).rows).toEqual([{ absent: true }])
    expect(await pendingMigrations(db)).toEqual([])
    expect(await migrate(db)).toEqual([])
  } finally {
    await victim.close().catch(() => undefined)
    await close()
  }
}, 120_000)
