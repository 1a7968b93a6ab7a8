import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../../server/platform/access/context.ts'
import type { Running } from '../../server/entry/compose.ts'
import { commitImport, createAccount, previewImport } from '../../server/modules/banking/index.ts'
import { createCompany } from '../../server/modules/identity/index.ts'
import { checkAudit } from '../../server/modules/audit/read-audit.ts'
import { checkLedger } from '../../server/modules/ledger/check-ledger.ts'
import { readRun, startWorkflow } from '../../server/modules/operations/index.ts'
import { retryWorkflow } from '../../server/modules/operations/runs.ts'
import { cfonb, TEST_ACCOUNT } from './bank-files.ts'
import { openWorkerHost, type WorkerHost } from './worker-host.ts'
import { centsOf, postingWorkflow, STEPS } from './worker-workflow.ts'

const hasServer = process.env['QUITTANCE_TEST_DB']?.startsWith('postgres') ?? false
const LINES = 1_200
const RANDOM_KILLS = 8
const RUNS = 3
const BOUNDARIES = [...STEPS.flatMap((step) => [`begin ${step}`, `wrote ${step}`]), 'begin look']

let host: WorkerHost
let here: Running & { readonly close: () => Promise<void> }
let ctx: Context

/** The same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** New tries come due at once. */
const triesComeDue = () => host.owner.exec('update jobs.job set start_after = now() where state = \'retry\'')

/** What the next worker would wait for passes at once: the sign of life of the killed one grows old. Called while no worker lives. */
async function timePasses(): Promise<void> {
  await host.owner.exec('update jobs.job set heartbeat_on = heartbeat_on - interval \'1 hour\' where state = \'active\'')
  await triesComeDue()
}

async function startRun(): Promise<string> {
  return (await startWorkflow(here.app, ctx, { workflow: 'posting' })).run.id
}

/** Lets a worker that nobody kills do what is left. A run whose tries were all killed is retried, as a person would. */
async function finish(ids: readonly string[], ready: () => Promise<boolean>): Promise<void> {
  await timePasses()
  const worker = host.worker(null)
  await worker.until('ready')
  const stateOf = async (id: string) => (await readRun(here.app, ctx, id)).run.state
  await expect.poll(async () => {
    await triesComeDue()
    await here.app.workflows.sweep()
    for (const id of ids) if (await stateOf(id) === 'failed') await retryWorkflow(here.app, ctx, id)
    return await ready() && (await Promise.all(ids.map(stateOf))).every((state) => state === 'done')
  }, { timeout: 300_000, interval: 500 }).toBe(true)
  worker.process.kill('SIGTERM')
  expect(await worker.ended).toBe(0)
}

/** What the books say of the steps: how many entries each posted. */
async function postedBySteps(): Promise<Record<string, number>> {
  const { rows } = await host.owner.query<{ step: string; count: number }>('select piece_ref as step, count(*)::int as count from app.entry where tenant_id = $1 and starts_with(piece_ref, \'STEP-\') group by 1', [ctx.tenantId])
  return Object.fromEntries(rows.map(({ step, count }) => [step.slice(5), count]))
}

async function balanceOf(account: string): Promise<bigint> {
  const { rows } = await host.owner.query<{ balance: bigint }>('select coalesce(sum(debit - credit), 0)::bigint as balance from app.entry_line where tenant_id = $1 and account = $2', [ctx.tenantId, account])
  return rows[0]!.balance
}

describe.skipIf(!hasServer)(hasServer ? 'a worker killed without warning' : 'not run: a worker is killed only on a PostgreSQL server (QUITTANCE_TEST_DB), which several processes share', () => {
  beforeAll(async () => {
    host = await openWorkerHost()
    here = await host.compose({ workers: { working: false }, pace: { heartbeatSeconds: 10, stepRetrySeconds: 0 } })
    here.app.workflows.define(postingWorkflow(here.app, () => Promise.resolve()))
    const { person } = await here.app.auth.signUp({ name: 'Person', email: 'person@example.org', password: 'correct horse battery' })
    ctx = (await createCompany(here.app, { person, locale: 'fr', address: null }, { kind: 'company', name: 'Société', firstYear: { startsOn: '2026-01-01', endsOn: '2026-12-31' } })).ctx
    await createAccount(here.app, ctx, { name: 'Courant', iban: TEST_ACCOUNT.iban })
  }, 120_000)
  afterAll(async () => {
    await here.close()
    await host.close()
  })

  test('at every boundary of every step of a run, one after the other: each step is in the books once', async () => {
    const id = await startRun()
    for (const boundary of BOUNDARIES) {
      const worker = host.worker(boundary)
      await worker.until(boundary)
      worker.process.kill('SIGKILL')
      expect(await worker.ended).toBe('SIGKILL')
      await timePasses()
      // What was written before the commit is not there, and the steps before it are.
      const name = boundary.split(' ')[1]!
      const before = STEPS.slice(0, name === 'look' ? STEPS.length : STEPS.findIndex((step) => step === name))
      expect(await postedBySteps()).toEqual(Object.fromEntries(before.map((step) => [step, 1])))
    }
    await finish([id], () => Promise.resolve(true))
    expect(await postedBySteps()).toEqual(Object.fromEntries(STEPS.map((step) => [step, 1])))
    const { steps } = await readRun(here.app, ctx, id)
    expect(steps.map((step) => step.state)).toEqual(['done', 'done', 'done', 'done', 'done'])
    // Killed twice and done the third time; the last one once.
    expect(steps.map((step) => step.attempts)).toEqual([3, 3, 3, 3, 2])
  }, 900_000)

  test(`at ${RANDOM_KILLS} random moments of an import and of ${RUNS} runs: every line and every step is in the books once, and both chains hold`, async () => {
    const random = randomOf(20_261_121)
    const movements = Array.from({ length: LINES }, (_, index) => ({ on: `2026-0${1 + (index % 9)}-1${index % 10}`, cents: BigInt(index + 1), label: `VIR SEPA PAYEUR ${index}` }))
    const bytes = Buffer.from(cfonb({ openingOn: '2025-12-31', opening: 0n, closingOn: '2026-09-30', movements }))
    const { row } = await previewImport(here.app, ctx, { fileName: 'a.cfo', bytes })
    await commitImport(here.app, ctx, { id: row.id, choice: {} })
    const ids: string[] = []
    for (let kill = 0; kill < RANDOM_KILLS; kill += 1) {
      // A run is started each time the one before it is over.
      if (ids.length < RUNS && (ids.length === 0 || ['done', 'failed'].includes((await readRun(here.app, ctx, ids.at(-1)!)).run.state))) ids.push(await startRun())
      await timePasses()
      const worker = host.worker(null)
      await worker.until('ready')
      await wait(random() * 700)
      worker.process.kill('SIGKILL')
      await worker.ended
    }
    await finish(ids, async () => (await host.owner.query<{ left: number }>('select count(*)::int as left from app.bank_line where entry_id is null')).rows[0]!.left === 0)
    while (ids.length < RUNS) { ids.push(await startRun()); await finish(ids, () => Promise.resolve(true)) }

    const runs = RUNS + 1
    expect(await postedBySteps()).toEqual(Object.fromEntries(STEPS.map((step) => [step, runs])))
    const ofSteps = STEPS.reduce((sum, step) => sum + centsOf(step), 0n) * BigInt(runs)
    const ofLines = movements.reduce((sum, movement) => sum + movement.cents, 0n)
    expect(await balanceOf('512001')).toBe(ofLines + ofSteps)
    expect(await balanceOf('471001')).toBe(-(ofLines + ofSteps))
    const { rows } = await host.owner.query('select count(*)::int as lines, count(entry_id)::int as posted, count(distinct entry_id)::int as entries from app.bank_line')
    expect(rows).toEqual([{ lines: LINES, posted: LINES, entries: LINES }])
    expect(await checkLedger(here.app, ctx)).toEqual({ entries: LINES + runs * STEPS.length, brokenAt: null, accountsAtFault: [] })
    expect(await checkAudit(here.app, ctx)).toMatchObject({ intact: true })
  }, 900_000)
})
