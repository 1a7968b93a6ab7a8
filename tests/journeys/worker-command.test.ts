import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLI, ended, launch } from '../cli/process.ts'
import type { Context } from '../../server/platform/access/context.ts'
import type { Running } from '../../server/entry/compose.ts'
import { createAccount } from '../../server/modules/banking/index.ts'
import { createCompany } from '../../server/modules/identity/index.ts'
import { readRun, startWorkflow } from '../../server/modules/operations/index.ts'
import { TEST_ACCOUNT } from './bank-files.ts'
import { childOf, openWorkerHost, type WorkerHost } from './worker-host.ts'
import { postingWorkflow, STEPS } from './worker-workflow.ts'

const hasServer = process.env['QUITTANCE_TEST_DB']?.startsWith('postgres') ?? false
const PLAIN = { DATABASE_URL: '', QUITTANCE_SECRET: '', QUITTANCE_DATA: '/nowhere-of-these-tests', LOG_LEVEL: 'fatal' }

describe('on the embedded database', () => {
  test.each(['worker', 'api'])('"quittance %s" is refused in one line that says what to run instead, and opens nothing', async (command) => {
    const run = await ended(launch(CLI, [command], { ...PLAIN, QUITTANCE_SECRET: 'a-secret-of-more-than-thirty-two-characters' }))
    expect(run).toMatchObject({ code: 1, out: '' })
    expect(run.err.trimEnd().split('\n')).toHaveLength(1)
    expect(run.err).toContain('quittance start')
    expect(run.err).toContain('DATABASE_URL')
  })

  test.each([['worker', '--queues'], ['worker', '--queues', ' , '], ['api', '--port'], ['daily', '--all']])('"quittance %s %s" is a wrong usage', async (...args) => {
    expect((await ended(launch(CLI, args, PLAIN))).code).toBe(2)
  })
})

describe.skipIf(!hasServer)(hasServer ? 'on a PostgreSQL server' : 'not run: a worker apart needs a PostgreSQL server (QUITTANCE_TEST_DB)', () => {
  let host: WorkerHost
  let here: Running & { readonly close: () => Promise<void> }
  let ctx: Context
  let slug: string
  beforeAll(async () => {
    host = await openWorkerHost()
    here = await host.compose({ workers: { working: false } })
    here.app.workflows.define(postingWorkflow(here.app, () => Promise.resolve()))
    const { person } = await here.app.auth.signUp({ name: 'Person', email: 'person@example.org', password: 'correct horse battery' })
    const made = await createCompany(here.app, { person, locale: 'fr', address: null }, { kind: 'company', name: 'Société', firstYear: { startsOn: '2026-01-01', endsOn: '2026-12-31' } })
    ctx = made.ctx
    slug = made.company.slug
    await createAccount(here.app, ctx, { name: 'Courant', iban: TEST_ACCOUNT.iban })
  }, 120_000)
  afterAll(async () => {
    await here.close()
    await host.close()
  })
  const environment = () => ({ DATABASE_URL: host.config.databaseUrl ?? '', QUITTANCE_SECRET: host.config.secret, QUITTANCE_DATA: host.config.dataFolder, LOG_LEVEL: 'fatal', PORT: '0', HOST: '127.0.0.1' })

  test('a worker told to take a queue that does not exist names those that do', async () => {
    const run = await ended(launch(CLI, ['worker', '--queues', 'workflow-step,nothing'], environment()))
    expect(run.code).toBe(1)
    expect(run.err).toMatch(/File inconnue : nothing\. Files connues : .*post-bank-lines/)
  })

  test('a worker takes its queues and leaves the others, and ends at once when it is asked to', async () => {
    const left = await here.app.jobs.enqueue('post-bank-lines', { tenantId: ctx.tenantId, importId: ctx.tenantId })
    const { run } = await startWorkflow(here.app, ctx, { workflow: 'daily' })
    const worker = childOf(launch(CLI, ['worker', '--queues', 'workflow-step'], environment()))
    await worker.until('Queues taken: workflow-step')
    await expect.poll(async () => (await readRun(here.app, ctx, run.id)).run.state, { timeout: 30_000, interval: 100 }).toBe('done')
    worker.process.kill('SIGTERM')
    expect(await worker.ended).toBe(0)
    expect((await host.owner.query('select state from jobs.job where id = $1', [left])).rows).toEqual([{ state: 'created' }])
    await host.owner.query('delete from jobs.job where id = $1', [left])
  }, 90_000)

  test('"quittance api" serves, adds jobs and does none', async () => {
    const api = childOf(launch(CLI, ['api'], environment()))
    await api.until('Adresse / Address')
    const { run } = await startWorkflow(here.app, ctx, { workflow: 'daily' })
    const address = /https?:\/\/127\.0\.0\.1:\d+/.exec(api.said())![0]
    expect((await fetch(`${address}/readyz`)).status).toBe(200)
    // Twice the time in which a worker looks at its queues.
    await new Promise((resolve) => { setTimeout(resolve, 1_200) })
    expect((await readRun(here.app, ctx, run.id)).run.state).toBe('queued')
    api.process.kill('SIGTERM')
    expect(await api.ended).toBe(0)
    await here.app.db.tenant(ctx, (tx) => here.app.workflows.cancel(tx, ctx, run.id))
  }, 90_000)

  test('a job that cannot end in time goes back at no cost of its tries, and the next worker does it once', async () => {
    const { run } = await startWorkflow(here.app, ctx, { workflow: 'posting' })
    const stuck = host.worker('wrote second')
    await stuck.until('wrote second')
    stuck.process.kill('SIGTERM')
    expect(await stuck.ended).toBe(0)
    expect((await host.owner.query('select state, retry_limit - retry_count as left from jobs.job where singleton_key = $1 and state in (\'created\', \'retry\', \'active\')', [run.id])).rows)
      .toEqual([{ state: 'retry', left: 4 }])
    const next = host.worker(null)
    await expect.poll(async () => (await readRun(here.app, ctx, run.id)).run.state, { timeout: 30_000, interval: 100 }).toBe('done')
    next.process.kill('SIGTERM')
    expect(await next.ended).toBe(0)
    const { rows } = await host.owner.query('select piece_ref as step, count(*)::int as count from app.entry where tenant_id = $1 group by 1 order by 1', [ctx.tenantId])
    expect(rows).toEqual(STEPS.map((step) => ({ step: `STEP-${step}`, count: 1 })).sort((a, b) => (a.step < b.step ? -1 : 1)))
  }, 120_000)

  test('"quittance daily" does the morning work now and prints what each step found', async () => {
    const run = await ended(launch(CLI, ['daily', '--company', slug], environment()))
    expect(run.err).toBe('')
    expect(run.code).toBe(0)
    expect(run.out).toMatch(/^Société : terminé \/ done\n {2}Écritures des opérations bancaires/)
    expect((await ended(launch(CLI, ['daily', '--company', 'nobody'], environment())))).toMatchObject({ code: 1, out: '', err: expect.stringContaining('No company has the identifier "nobody"') })
  }, 120_000)
})
