import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { TenantId } from '../../../core/kernel/id.ts'
import { testDb } from '../../../tests/support/database.ts'
import type { TestDb } from '../../../tests/support/database.ts'
import { uuidv7 } from '../id/uuid.ts'
import { DEAD_LETTER_QUEUE, createJobs } from './jobs.ts'
import type { Job, Jobs } from './jobs.ts'

type Data = { readonly n: number }

let db: TestDb
let jobs: Jobs
let done: number[]
let logged: string[]
let attempts: number
const errors: string[] = []
const scope = () => ({ tenantId: uuidv7() as TenantId, userId: null })

const note = (kept: string[]) => (fields: Record<string, unknown>, message: string) => {
  kept.push(`${message} ${JSON.stringify({ ...fields, err: fields['err'] instanceof Error ? fields['err'].message : fields['err'] })}`)
}

beforeAll(async () => { db = await testDb() })
afterAll(async () => { await db.close() })
beforeEach(async () => {
  done = []
  logged = []
  attempts = 0
  jobs = createJobs(db, { log: { info: note([]), warn: note(logged), error: note(errors) } })
  jobs.define<Data>('sample.note', {}, (job: Job<Data>) => { done.push(job.data.n); return Promise.resolve() })
  jobs.define<Data>('sample.flaky', { retryLimit: 2, retryDelaySeconds: 0 }, (job) => {
    attempts += 1
    return attempts < 2 ? Promise.reject(new Error('not yet')) : Promise.resolve(void done.push(job.data.n))
  })
  jobs.define<Data>('sample.broken', { retryLimit: 0 }, () => Promise.reject(new Error('never')))
  await jobs.start()
})
afterEach(async () => {
  await jobs.stop()
  expect(errors).toEqual([])
})

test('a job runs soon after the commit of the tenant\'s transaction that added it', async () => {
  const from = performance.now()
  await db.tenant(scope(), async () => {
    expect(await jobs.enqueue('sample.note', { n: 1 })).toMatch(/^[0-9a-f-]{36}$/)
    expect(done).toEqual([])
  })
  await expect.poll(() => done, { interval: 5 }).toEqual([1])
  // Woken by the commit: the next look at the queue would have been half a second later.
  expect(performance.now() - from).toBeLessThan(450)
})

test('a rollback removes the job with the rest', async () => {
  await db.tenant(scope(), async () => {
    await jobs.enqueue('sample.note', { n: 2 })
    throw new Error('undo')
  }).catch(() => undefined)
  await jobs.idle()
  expect(done).toEqual([])
  expect((await db.query('select id from jobs.job where data->>\'n\' = \'2\'')).rowCount).toBe(0)
})

test('a job is added by the system, in a transaction for both, and alone', async () => {
  await db.system(() => jobs.enqueue('sample.note', { n: 3 }))
  await db.transaction(() => db.tenant(scope(), () => jobs.enqueue('sample.note', { n: 4 })))
  await jobs.enqueue('sample.note', { n: 5 })
  await jobs.idle()
  expect(done.sort()).toEqual([3, 4, 5])
})

test('a second job with the same key is dropped while the first waits; without a key each one counts', async () => {
  await db.tenant(scope(), async () => {
    expect(await jobs.enqueue('sample.note', { n: 6 }, { key: 'a' })).not.toBeNull()
    expect(await jobs.enqueue('sample.note', { n: 7 }, { key: 'a' })).toBeNull()
    expect(await jobs.enqueue('sample.note', { n: 8 }, { key: 'b' })).not.toBeNull()
    expect(await jobs.enqueue('sample.note', { n: 9 })).not.toBeNull()
    expect(await jobs.enqueue('sample.note', { n: 10 })).not.toBeNull()
  })
  await jobs.idle()
  expect(done.sort((a, b) => a - b)).toEqual([6, 8, 9, 10])
  expect(await jobs.enqueue('sample.note', { n: 11 }, { key: 'a' })).not.toBeNull()
  await jobs.idle()
})

test('a failed job is tried again, and the failure is in the log', async () => {
  await jobs.enqueue('sample.flaky', { n: 12 })
  await jobs.idle()
  expect(done).toEqual([12])
  expect(logged.join()).toContain('"attempt":1,"err":"not yet"')
})

test('a job that fails for good waits in the dead letters with the queue it came from', async () => {
  await jobs.enqueue('sample.broken', { n: 13 })
  await jobs.idle()
  const { rows } = await db.query('select data, source_name from jobs.job where name = $1', [DEAD_LETTER_QUEUE])
  expect(rows).toEqual([{ data: { n: 13 }, source_name: 'sample.broken' }])
})

test('a job for later waits for its time and is not counted as work to wait for', async () => {
  await jobs.enqueue('sample.note', { n: 14 }, { startAfter: 3600 })
  await jobs.idle()
  expect(done).toEqual([])
  await jobs.enqueue('sample.note', { n: 15 }, { startAfter: '2026-01-01T00:00:00Z' })
  await jobs.idle()
  expect(done).toEqual([15])
})

test('a schedule is kept, and declaring it again replaces it', async () => {
  await jobs.schedule<Data>('sample.note', { cron: '0 6 * * *', timeZone: 'Europe/Paris', data: { n: 16 } })
  await jobs.schedule<Data>('sample.note', { cron: '0 7 * * *', timeZone: 'Europe/Paris', data: { n: 17 } })
  expect((await db.query('select cron, timezone from jobs.schedule where name = \'sample.note\'')).rows).toEqual([{ cron: '0 7 * * *', timezone: 'Europe/Paris' }])
})

test('a queue that nobody declared is refused', async () => {
  await expect(jobs.enqueue('sample.unknown', { n: 1 })).rejects.toThrow('not defined')
})

test('a process takes the queues it is told to and no other; a queue that does not exist is refused by name', async () => {
  const choosy = createJobs(db, { log: { info: note([]), warn: note([]), error: note(errors) } })
  const taken: string[] = []
  choosy.define<Data>('sample.mine', {}, async () => { taken.push('mine') })
  choosy.define<Data>('sample.other', {}, async () => { taken.push('other') })
  await expect(choosy.start({ queues: ['sample.mine', 'sample.nothing'] })).rejects.toMatchObject({ names: ['sample.nothing'], known: ['sample.mine', 'sample.other'] })
  await choosy.start({ queues: ['sample.mine'] })
  await choosy.enqueue('sample.other', { n: 1 })
  await choosy.enqueue('sample.mine', { n: 1 })
  await expect.poll(() => taken, { timeout: 10_000 }).toEqual(['mine'])
  const { rows } = await db.query('select state from jobs.job where name = \'sample.other\'')
  expect(rows).toEqual([{ state: 'created' }])
  await db.query('delete from jobs.job where name = \'sample.other\'')
  await choosy.stop()
})

test('a long job that looks at its signal ends when the process stops, and is there for the next one at no cost', async () => {
  const stopping = createJobs(db, { log: { info: note([]), warn: note([]), error: note(errors) } })
  let tries = 0
  stopping.define<Data>('sample.long', { retryLimit: 1 }, async ({ signal, attempt }) => {
    tries = attempt
    await new Promise((resolve) => { signal.addEventListener('abort', resolve) })
    signal.throwIfAborted()
  })
  await stopping.start()
  await stopping.enqueue('sample.long', { n: 1 })
  await expect.poll(() => tries, { timeout: 10_000 }).toBe(1)
  await stopping.stop()
  const { rows } = await db.query('select state, retry_limit - retry_count as left from jobs.job where name = \'sample.long\'')
  expect(rows).toEqual([{ state: 'retry', left: 2 }])
  await db.query('delete from jobs.job where name = \'sample.long\'')
})

test('a process that does not work adds jobs and another one does them', async () => {
  const adding = createJobs(db, { log: { info: note([]), warn: note([]), error: note(errors) } })
  adding.define<Data>('sample.note', {}, () => Promise.reject(new Error('this process only adds')))
  await adding.start({ working: false })
  await db.tenant(scope(), () => adding.enqueue('sample.note', { n: 18 }))
  await jobs.idle()
  expect(done).toEqual([18])
  await adding.stop()
})
