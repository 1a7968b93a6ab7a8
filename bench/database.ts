import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import type { Context } from '../server/platform/access/context.ts'
import type { App } from '../server/platform/app.ts'
import { fixedClock } from '../server/platform/clock/clock.ts'
import type { Config } from '../server/platform/config/config.ts'
import { createDb } from '../server/platform/db/db.ts'
import { openEmbeddedEngine } from '../server/platform/db/embedded.ts'
import { openDb } from '../server/platform/db/open.ts'
import type { Db } from '../server/platform/db/types.ts'
import { createLogger } from '../server/platform/log/log.ts'
import { composeApp } from '../server/entry/compose.ts'
import { createCompany } from '../server/modules/identity/index.ts'
import { asSuperuser, postgresTemplate, urlOf } from '../tests/support/template.ts'
import { prepareCluster } from '../tools/cluster.ts'
import { type Bare, bareEmbedded, barePostgres } from './copy.ts'
import { TODAY, YEAR } from './data/journal.ts'

/** One database with the product on it, and a bare session for the references. */
export type Bench = {
  readonly engine: 'embedded' | 'PostgreSQL'
  readonly app: App
  /** A migrated database without any of the product's code in between; on PostgreSQL it is the product's own, on the embedded engine a copy. */
  readonly bare: Bare
  /** Where a process of its own finds it; undefined when the database lives in this one. */
  readonly url: string | undefined
  /** The same, as the role of the product: it owns nothing and row-level security holds it. */
  readonly login: string | undefined
  company(): Promise<Company>
  /** The bare side with all that the product has stored so far. */
  bareNow(): Promise<Bare>
  close(): Promise<void>
}

export type Company = { readonly ctx: Context; readonly cookie: string }

export const CONFIG: Config = {
  host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1:3000', dataFolder: '', databaseUrl: null,
  secret: 'a secret of the measures, long enough to be one', logLevel: 'fatal', demo: false, previousSecrets: [], trustProxy: ['loopback'], allowedOrigins: [],
}
const PASSWORD = 'correct horse battery'

/** The parts of a server, its jobs added but not done: a measure decides itself what runs when. */
export async function appOn(db: Db): Promise<{ app: App; stop: () => Promise<void> }> {
  return await composeApp({ config: CONFIG, db, log: createLogger({ level: 'fatal' }), clock: fixedClock(`${TODAY}T10:00:00Z`), workers: { working: false } })
}

let people = 0

async function companyOn(app: App): Promise<Company> {
  people += 1
  const { person, cookies } = await app.auth.signUp({ name: 'Person', email: `bench-${people}-${randomBytes(4).toString('hex')}@example.org`, password: PASSWORD })
  const { ctx } = await createCompany(app, { person, locale: 'fr', address: null }, { name: `Société ${people}`, kind: 'company', siren: '732829320', firstYear: { startsOn: `${YEAR}-01-01`, endsOn: `${YEAR}-12-31` } })
  return { ctx, cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') }
}

/** The embedded engine, in memory. */
export async function embeddedBench(): Promise<Bench> {
  const template = await prepareCluster()
  const engine = await openEmbeddedEngine({ template })
  const db = createDb(engine)
  const { app, stop } = await appOn(db)
  const opened: Bare[] = []
  const bareFrom = async (dump: Uint8Array): Promise<Bare> => {
    const bare = bareEmbedded(await PGlite.create({ loadDataDir: new Blob([dump as Uint8Array<ArrayBuffer>]) }))
    opened.push(bare)
    return bare
  }
  return {
    engine: 'embedded', app, url: undefined, login: undefined, company: () => companyOn(app),
    bare: await bareFrom(readFileSync(template)), bareNow: async () => bareFrom(await engine.dump()),
    close: async () => {
      await stop()
      await db.close()
      for (const bare of opened) await bare.close()
    },
  }
}

/** A database of its own on a server, dropped at the end. The product logs in as a role that owns nothing, the references as the owner. */
export async function postgresBench(url: string): Promise<Bench> {
  const template = await postgresTemplate(url)
  const name = `quittance_bench_${process.pid}_${randomBytes(4).toString('hex')}`
  await asSuperuser(url, (admin) => admin.exec(`create database ${name} template ${template}`))
  const db = await openDb({ url: urlOf(url, name, true), dataFolder: '', poolSize: 8 })
  const { app, stop } = await appOn(db)
  const client = new pg.Client({ connectionString: urlOf(url, name) })
  await client.connect()
  const bare = barePostgres(client)
  return {
    engine: 'PostgreSQL', app, bare, url: urlOf(url, name), login: urlOf(url, name, true), company: () => companyOn(app), bareNow: async () => bare,
    close: async () => {
      await stop()
      await db.close()
      await bare.close()
      await asSuperuser(url, (admin) => admin.exec(`drop database if exists ${name} with (force)`))
    },
  }
}
