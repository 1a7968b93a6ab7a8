import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fixedClock } from '../../platform/clock/clock.ts'
import { migrate } from '../../platform/db/migrate.ts'
import { openDb } from '../../platform/db/open.ts'
import { installJobs } from '../../platform/jobs/install.ts'
import { createLogger } from '../../platform/log/log.ts'
import { createCompany } from '../../modules/identity/index.ts'
import { createFiscalYear, post, type PostingDraft } from '../../modules/ledger/index.ts'
import { composeApp } from '../compose.ts'
import { configOf } from './config.ts'
import { entriesOf } from './journal-csv.ts'
import { remember } from './place.ts'

/** Entries posted in one transaction. */
const BATCH_ENTRIES = 2_000

type Manifest = { readonly start: string; readonly years: number; readonly company: { readonly name: string; readonly siren: string } }

const yearOf = (manifest: Manifest, n: number) => {
  const year = Number(manifest.start.slice(0, 4)) + n
  return { startsOn: `${year}-01-01`, endsOn: `${year}-12-31` }
}

/** Loads the journal of a generated folder into the books of a new company. Run again, it makes another company. Answers the entries posted. */
export async function load(folder: string): Promise<number> {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest
  const config = configOf(folder)
  const db = await openDb({ url: config.databaseUrl ?? undefined, dataFolder: config.dataFolder })
  const lastYear = yearOf(manifest, manifest.years - 1)
  try {
    if ((await migrate(db)).length > 0) await installJobs(db)
    const { app, stop } = await composeApp({ config, db, log: createLogger({ level: 'fatal' }), clock: fixedClock(`${lastYear.endsOn}T10:00:00Z`), workers: { working: false } })
    try {
      const { person } = await app.auth.signUp({ name: 'Quittance', email: `bench-${randomBytes(6).toString('hex')}@example.org`, password: randomBytes(24).toString('base64url') })
      const { ctx } = await createCompany(app, { person, locale: 'fr', address: null }, { name: manifest.company.name, kind: 'company', siren: manifest.company.siren, firstYear: yearOf(manifest, 0) })
      for (let n = 1; n < manifest.years; n += 1) await createFiscalYear(app, ctx, yearOf(manifest, n) as Parameters<typeof createFiscalYear>[2])
      let posted = 0
      let batch: PostingDraft[] = []
      const flush = async () => {
        posted += (await app.db.tenant(ctx, (tx) => post(tx, ctx, batch))).length
        batch = []
      }
      for await (const draft of entriesOf(join(folder, 'journal.csv'))) {
        batch.push(draft)
        if (batch.length === BATCH_ENTRIES) await flush()
      }
      if (batch.length > 0) await flush()
      await db.exec('analyze')
      remember(folder, { tenantId: ctx.tenantId, today: lastYear.endsOn, siren: manifest.company.siren })
      return posted
    } finally {
      await stop()
    }
  } finally {
    await db.close()
  }
}
