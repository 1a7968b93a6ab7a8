import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../server/platform/app.ts'
import { createLogger } from '../../server/platform/log/log.ts'
import { composeApp, type Running } from '../../server/entry/compose.ts'
import { readRun, startWorkflow } from '../../server/modules/operations/index.ts'
import { camt } from './bank-files.ts'
import { startTestApp, type TestApp, type TestCompany } from '../support/server.ts'
import { postingWorkflow, STEPS } from './worker-workflow.ts'

const COMPANIES = 4
const LINES = 60

let t: TestApp
let second: Running
const shares = new Map<App, number>()
beforeAll(async () => {
  t = await startTestApp()
  second = await composeApp({ config: t.app.config, db: t.db, log: createLogger({ level: 'fatal' }), clock: t.app.clock })
  for (const app of [t.app, second.app]) app.workflows.define(postingWorkflow(app, async () => { shares.set(app, (shares.get(app) ?? 0) + 1) }))
})
afterAll(async () => {
  await second.stop()
  await t.close()
})

async function companyWithImport(): Promise<TestCompany> {
  const company = await t.company()
  const movements = Array.from({ length: LINES }, (_, index) => ({ on: '2026-03-12', cents: BigInt(100 + index), label: `VIR ${index}` }))
  const shown = await t.api('POST', '/api/imports', { as: company, file: { name: 'a.xml', bytes: camt({ openingOn: '2026-03-01', opening: 0n, closingOn: '2026-03-31', movements }) } })
  await t.api('POST', `/api/imports/${shown.body.id}/commit`, { as: company, body: { newAccount: { name: 'Courant' } } })
  return company
}

test('two workers over the same companies share the work, and do each line and each step once', async () => {
  const companies: TestCompany[] = []
  for (let n = 0; n < COMPANIES; n += 1) companies.push(await companyWithImport())
  const runs = await Promise.all(companies.map(async (company, n) => ({ company, id: (await startWorkflow((n % 2 === 0 ? t.app : second.app), company.ctx, { workflow: 'posting' })).run.id })))
  for (const { company, id } of runs) await expect.poll(async () => (await readRun(t.app, company.ctx, id)).run.state, { timeout: 60_000, interval: 50 }).toBe('done')
  await t.app.jobs.idle({ timeoutMs: 60_000 })
  for (const { company, id } of runs) {
    expect((await readRun(t.app, company.ctx, id)).steps.map((step) => step.attempts)).toEqual(STEPS.map(() => 1).concat(1))
    const { rows } = await t.db.owner.query(`
      select (select count(*)::int from app.entry where tenant_id = $1 and starts_with(piece_ref, 'STEP-')) as steps, (select count(*)::int from app.bank_line where tenant_id = $1 and entry_id is not null) as posted,
        (select count(*)::int from app.entry where tenant_id = $1 and source = 'bank') as entries`, [company.tenantId])
    expect(rows).toEqual([{ steps: STEPS.length, posted: LINES, entries: LINES + STEPS.length }])
    expect((await t.api('GET', '/api/ledger/check', { as: company })).body).toMatchObject({ intact: true })
  }
  expect([...shares.values()].every((share) => share > 0), 'one of the two did nothing').toBe(true)
  expect(shares.size).toBe(2)
}, 180_000)
