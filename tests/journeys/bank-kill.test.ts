import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Context } from '../../server/platform/access/context.ts'
import type { Config } from '../../server/platform/config/config.ts'
import { openDb } from '../../server/platform/db/open.ts'
import type { Db } from '../../server/platform/db/types.ts'
import { createLogger } from '../../server/platform/log/log.ts'
import { composeApp, type Running } from '../../server/entry/compose.ts'
import { openDatabase } from '../../server/entry/open-database.ts'
import { commitImport, createAccount, previewImport } from '../../server/modules/banking/index.ts'
import { browseAccounts } from '../../server/modules/banking/accounts/accounts.ts'
import { createCompany } from '../../server/modules/identity/index.ts'
import { asSuperuser, urlOf } from '../support/template.ts'
import { cfonb, TEST_ACCOUNT } from './bank-files.ts'
import type { ChildOrder } from './bank-child.ts'

const LINES = 1_500
const template = inject('quittanceTemplate')
const name = `quittance_test_${process.pid}_${randomBytes(4).toString('hex')}`
const folder = mkdtempSync(join(tmpdir(), 'quittance-kill-'))
const config: Config = {
  host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1:3000', dataFolder: folder, secret: 'a secret of the tests, long enough to be one', logLevel: 'fatal', demo: false, previousSecrets: [], trustProxy: ['loopback'], allowedOrigins: [],
  databaseUrl: template.engine === 'embedded' ? null : urlOf(template.url, name, true),
}
const log = createLogger({ level: 'fatal' })

type Open = Running & { readonly db: Db; readonly close: () => Promise<void> }

async function open(): Promise<Open> {
  const db = template.engine === 'embedded' ? await openDatabase(config, log) : await openDb({ url: config.databaseUrl!, dataFolder: folder })
  const running = await composeApp({ config, db, log })
  return { ...running, db, close: async () => { await running.stop(); await db.close() } }
}

let ctx: Context

beforeAll(async () => {
  if (template.engine === 'postgres') await asSuperuser(template.url, (admin) => admin.exec(`create database ${name} template ${template.database}`))
  const server = await open()
  const { person } = await server.app.auth.signUp({ name: 'Person', email: 'person@example.org', password: 'correct horse battery' })
  ctx = (await createCompany(server.app, { person, locale: 'fr', address: null }, { kind: 'company', name: 'Société', firstYear: { startsOn: '2026-01-01', endsOn: '2026-12-31' } })).ctx
  await createAccount(server.app, ctx, { name: 'Courant', iban: TEST_ACCOUNT.iban })
  await server.close()
})
afterAll(async () => {
  if (template.engine === 'postgres') await asSuperuser(template.url, (admin) => admin.exec(`drop database if exists ${name} with (force)`))
  rmSync(folder, { recursive: true, force: true })
})

/** Commits in a process of its own and kills it without warning when it says the word. */
async function killed(order: Pick<ChildOrder, 'importId' | 'stop'>): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bank-child.ts'), JSON.stringify({ config, ctx, ...order })], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let complaint = ''
  child.stderr.on('data', (data: Buffer) => { complaint += data.toString() })
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => { said += data.toString(); if (said.includes(order.stop)) child.kill('SIGKILL') })
    child.on('exit', (_code, signal) => { if (signal === 'SIGKILL') resolve(); else reject(new Error(`the process ended by itself: ${complaint}`)) })
  })
}

async function counts(db: Db): Promise<{ lines: number; posted: number; committed: number; balance: bigint }> {
  return db.tenant(ctx, async (tx) => (await tx.query<{ lines: number; posted: number; committed: number; balance: bigint }>(`
    select (select count(*)::int from app.bank_line) as lines, (select count(*)::int from app.bank_line where entry_id is not null) as posted,
      (select count(*)::int from app.bank_import where status = 'committed') as committed,
      (select coalesce(sum(debit - credit), 0)::bigint from app.entry_line where account = '512001') as balance`)).rows[0]!)
}

test('a process killed in the middle of an import leaves all of it or nothing, and nothing is doubled', async () => {
  const movements = Array.from({ length: LINES }, (_, index) => ({ on: `2026-0${1 + (index % 9)}-1${index % 10}`, cents: BigInt(index + 1), label: `VIR SEPA PAYEUR ${index}` }))
  const bytes = Buffer.from(cfonb({ openingOn: '2025-12-31', opening: 0n, closingOn: '2026-09-30', movements }))
  const total = movements.reduce((sum, movement) => sum + movement.cents, 0n)

  let server = await open()
  const { row } = await previewImport(server.app, ctx, { fileName: 'a.cfo', bytes })
  await server.close()

  await killed({ importId: row.id, stop: 'inside' })
  server = await open()
  expect(await counts(server.db)).toEqual({ lines: 0, posted: 0, committed: 0, balance: 0n })
  await server.close()

  await killed({ importId: row.id, stop: 'after' })
  server = await open()
  expect(await counts(server.db)).toMatchObject({ lines: LINES, committed: 1 })
  await expect(commitImport(server.app, ctx, { id: row.id, choice: {} })).rejects.toMatchObject({ code: 'IMPORT_ALREADY_COMMITTED' })
  // The job died with its process: opening the bank page starts it again, and it goes on where it was.
  await browseAccounts(server.app, ctx)
  await expect.poll(async () => (await counts(server.db)).posted, { timeout: 20_000, interval: 100 }).toBe(LINES)
  expect(await counts(server.db)).toEqual({ lines: LINES, posted: LINES, committed: 1, balance: total })
  await server.close()
}, 90_000)
