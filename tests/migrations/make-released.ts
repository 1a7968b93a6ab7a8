// Writes what a released version leaves behind, to be migrated by every later one: a small company with its books, as SQL.
//   QUITTANCE_TEST_DB=postgres://… node tests/migrations/make-released.ts 0.1.0
// Run once, from the tree of that release, before its successor gets a migration. The file is then kept and never changes.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../server/platform/config/config.ts'
import { fixedClock } from '../../server/platform/clock/clock.ts'
import { migrate } from '../../server/platform/db/migrate.ts'
import { openDb } from '../../server/platform/db/open.ts'
import type { Db } from '../../server/platform/db/types.ts'
import { installJobs } from '../../server/platform/jobs/install.ts'
import { createLogger } from '../../server/platform/log/log.ts'
import { composeApp } from '../../server/entry/compose.ts'
import { commitImport, createAccount, postBankLines, previewImport } from '../../server/modules/banking/index.ts'
import { createCompany } from '../../server/modules/identity/index.ts'
import { createInvoice, issueInvoice } from '../../server/modules/invoicing/index.ts'
import { createCustomer } from '../../server/modules/party/index.ts'
import { acceptAutomatic } from '../../server/modules/reconciliation/index.ts'
import { cfonb, TEST_ACCOUNT } from '../journeys/bank-files.ts'
import { asSuperuser, urlOf } from '../support/template.ts'

const config = {
  host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1:3000', dataFolder: '', databaseUrl: null, secret: 'a secret of the tests, long enough to be one',
  logLevel: 'fatal', demo: false, previousSecrets: [], trustProxy: [], allowedOrigins: [],
} as Config

/** Three invoices, a statement that pays two of them, and the matches that follow. */
async function fill(db: Db): Promise<void> {
  const { app, stop } = await composeApp({ config, db, log: createLogger({ level: 'fatal' }), clock: fixedClock('2026-11-20T10:00:00Z') })
  const { person } = await app.auth.signUp({ name: 'Claire Vasseur', email: 'claire@example.org', password: 'correct horse battery' })
  const { ctx } = await createCompany(app, { person, locale: 'fr', address: null }, { kind: 'company', name: 'Atelier Mélèze', firstYear: { startsOn: '2026-01-01', endsOn: '2026-12-31' } })
  const customer = await createCustomer(app, ctx, { name: 'Maison Vermeil' })
  for (const unitPrice of ['650', '1249.99', '89.9']) {
    const id = await createInvoice(app, ctx, { customerId: customer.id, issuedOn: '2026-10-01', lines: [{ description: 'Étude', quantity: '3', unitPrice, vatRate: '20', nature: 'services' }] })
    await issueInvoice(app, ctx, { id })
  }
  await createAccount(app, ctx, { name: 'Courant', iban: TEST_ACCOUNT.iban })
  const file = cfonb({ openingOn: '2026-10-01', opening: 0n, closingOn: '2026-10-31', movements: [
    { on: '2026-10-12', cents: 234_000n, label: 'VIR MAISON VERMEIL FA-2026-0001', reference: 'R1' }, { on: '2026-10-14', cents: 449_996n, label: 'VIR MAISON VERMEIL FA-2026-0002', reference: 'R2' },
    { on: '2026-10-20', cents: -12_345n, label: 'PRLV FOURNISSEUR', reference: 'R3' },
  ] })
  const { row } = await previewImport(app, ctx, { fileName: 'octobre.cfo', bytes: Buffer.from(file) })
  await commitImport(app, ctx, { id: row.id, choice: {} })
  await postBankLines(app, ctx, row.id)
  await acceptAutomatic(app, ctx)
  await app.jobs.idle()
  await stop()
}

function dump(url: string): string {
  const text = execFileSync('pg_dump', ['--no-owner', '--inserts', '--rows-per-insert=100', '--exclude-schema=jobs', url], { encoding: 'utf8', maxBuffer: 1 << 28 })
  // Comments, and what belongs to the session of the tool rather than to the data.
  return text.split('\n').filter((line) => line !== '' && !/^(--|\\|SET |SELECT pg_catalog\.set_config)/.test(line)).join('\n').replaceAll('ALTER DEFAULT PRIVILEGES FOR ROLE postgres ', 'ALTER DEFAULT PRIVILEGES ')
}

const [release] = process.argv.slice(2)
const server = process.env['QUITTANCE_TEST_DB']
if (!release || !server?.startsWith('postgres')) throw new Error('usage: QUITTANCE_TEST_DB=postgres://… node tests/migrations/make-released.ts <release>')
const name = `quittance_test_released_${randomBytes(4).toString('hex')}`
await asSuperuser(server, (admin) => admin.exec(`create database ${name}`))
try {
  const db = await openDb({ url: urlOf(server, name), dataFolder: '', poolSize: 4 })
  await migrate(db)
  await installJobs(db)
  await fill(db)
  await db.close()
  mkdirSync(join(import.meta.dirname, 'released'), { recursive: true })
  writeFileSync(join(import.meta.dirname, 'released', `${release}.sql`), `${dump(urlOf(server, name))}\n`)
} finally {
  await asSuperuser(server, (admin) => admin.exec(`drop database if exists ${name} with (force)`))
}
