import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { camt } from '../../../tests/journeys/bank-files.ts'
import { startTestApp, type Json, type TestApp, type TestCompany } from '../../../tests/support/server.ts'
import { DEAD_LETTER_QUEUE } from '../../platform/jobs/jobs.ts'

let t: TestApp
let company: TestCompany
let other: TestCompany
beforeAll(async () => {
  t = await startTestApp()
  company = await t.company()
  other = await t.company()
})
afterAll(async () => { await t.close() })

const get = async (url: string, as: TestCompany = company): Promise<Json> => (await t.api('GET', url, { as })).body
const post = (url: string, body?: object, as: TestCompany = company) => t.api('POST', url, { as, ...(body ? { body } : {}) })

/** A bank file of `count` lines taken into the company, with its entries made. */
async function importBank(as: TestCompany, count: number): Promise<string> {
  const movements = Array.from({ length: count }, (_, index) => ({ on: '2026-03-12', cents: BigInt(100 + index), label: `VIR ${index}` }))
  const shown = await t.api('POST', '/api/imports', { as, file: { name: 'a.xml', bytes: camt({ openingOn: '2026-03-01', opening: 0n, closingOn: '2026-03-31', movements }) } })
  const taken = await post(`/api/imports/${shown.body.id}/commit`, { newAccount: { name: 'Courant' } }, as)
  expect(taken.status, taken.text).toBe(200)
  await t.app.jobs.idle()
  return shown.body.id
}

/** Waits until a run ends or waits for someone. */
async function settled(id: string, as: TestCompany = company): Promise<Json> {
  await expect.poll(async () => (await get(`/api/workflow/${id}`, as)).state, { timeout: 20_000, interval: 30 }).not.toMatch(/queued|running/)
  return await get(`/api/workflow/${id}`, as)
}

async function actions(id: string, as: TestCompany = company): Promise<string[]> {
  const { items } = await get(`/api/audit?subjectId=${id}&limit=50`, as)
  return items.map((row: { action: string }) => row.action).reverse()
}

describe('the jobs of a company', () => {
  test('the entries of a bank file are a job one can follow, with its words, its subject and how far it came', async () => {
    const importId = await importBank(company, 700)
    // What follows an import (labels read, lines filed) are jobs of the same subject.
    const items = (await get(`/api/jobs?subjectId=${importId}`)).items.filter((job: { queue: string }) => job.queue === 'post-bank-lines')
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({
      queue: 'post-bank-lines', title: { fr: 'Écritures d\'un relevé bancaire', en: 'Entries of a bank statement' }, state: 'done', subject: { kind: 'import', id: importId },
      attempts: 1, attemptsMax: 6, progress: { done: 700, total: 700 }, error: null, mayRetry: false,
    })
    expect(items[0].startedAt >= items[0].createdAt && items[0].endedAt >= items[0].startedAt).toBe(true)
    expect(await get(`/api/jobs/${items[0].id}`)).toEqual(items[0])
    expect((await get('/api/jobs')).items).toContainEqual(items[0])
    expect((await get('/api/jobs?state=failed')).items).toEqual([])
    expect((await get('/api/queues')).items).toContainEqual({ name: 'post-bank-lines', title: items[0].title, waiting: 0, running: 0, failed: 0, done: 1 })
  })

  test('no progress is left behind once the job is done', async () => {
    expect((await t.db.owner.query('select job_id from app.job_progress')).rows).toEqual([])
  })

  test('another company sees none of them, by list, by id or by action', async () => {
    const [job] = (await get('/api/jobs')).items
    expect((await get('/api/jobs', other)).items).toEqual([])
    expect((await get('/api/queues', other)).items).toEqual([])
    for (const answer of [await t.api('GET', `/api/jobs/${job.id}`, { as: other }), await post(`/api/jobs/${job.id}/retry`, undefined, other), await post(`/api/jobs/${job.id}/discard`, undefined, other)]) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    }
  })

  test('a job that is not in the dead letters is neither retried nor discarded', async () => {
    const [job] = (await get('/api/jobs')).items
    expect(await post(`/api/jobs/${job.id}/retry`)).toMatchObject({ status: 409, body: { code: 'JOB_NOT_FAILED' } })
    expect(await post(`/api/jobs/${job.id}/discard`)).toMatchObject({ status: 409, body: { code: 'JOB_NOT_FAILED' } })
  })

  test('pages of the list follow one another without a gap', async () => {
    for (let n = 0; n < 3; n += 1) await t.app.db.tenant(company.ctx, () => t.app.jobs.enqueue('post-bank-lines', { tenantId: company.tenantId, importId: company.tenantId }))
    await t.app.jobs.idle()
    const whole = (await get('/api/jobs')).items.map((job: { id: string }) => job.id)
    const pages: string[] = []
    for (let cursor = ''; cursor !== null;) {
      const page = await get(`/api/jobs?limit=2${cursor && `&cursor=${cursor}`}`) as { items: { id: string }[]; next: string | null }
      pages.push(...page.items.map(({ id }) => id))
      cursor = page.next as string
    }
    expect(pages).toEqual(whole)
    expect(whole.length).toBeGreaterThan(3)
  })
})

describe('the morning work', () => {
  test('done by hand it runs its steps in order, says what each found, and leaves its trace', async () => {
    const started = await post('/api/workflow/start', { workflow: 'daily' })
    expect(started).toMatchObject({ status: 201, body: { workflow: 'daily', origin: 'person', startedBy: company.owner.name, state: 'queued', stepsDone: 0, question: null } })
    const run = await settled(started.body.id)
    expect(run).toMatchObject({ state: 'done', currentStep: null, error: null, mayRetry: false, mayCancel: false })
    expect(run.stepsDone).toBe(run.stepsTotal)
    expect(run.steps.map((step: Json) => [step.name, step.state, step.attempts, step.result.en])).toEqual([
      ['bank-entries', 'done', 1, 'Every bank line has its entry.'],
      ['ledger-check', 'done', 1, 'Entries verified: 700. The chain is intact and the balances agree.'],
      ['audit-check', 'done', 1, expect.stringMatching(/^Rows verified: \d+\. The audit trail is intact\.$/)],
      ['portfolio', 'done', 1, 'Firms see the figures of this morning.'],
    ])
    for (const step of run.steps) expect(step.startedAt <= step.endedAt, step.name).toBe(true)
    const trace = await actions(run.id)
    expect([trace[0], trace.at(-1)]).toEqual(['workflow.start', 'workflow.done'])
    expect(trace.filter((action) => action === 'workflow.step-done')).toHaveLength(run.stepsTotal)
  })

  test('it accepts no match and proposes none', async () => {
    expect((await t.db.owner.query('select id from app.match')).rows).toEqual([])
  })

  test('the runs of another company are out of reach', async () => {
    const [run] = (await get('/api/workflows')).items
    expect((await get('/api/workflows', other)).items).toEqual([])
    expect(await t.api('GET', `/api/workflow/${run.id}`, { as: other })).toMatchObject({ status: 404 })
    for (const action of ['retry', 'cancel', 'decide']) expect(await post(`/api/workflow/${run.id}/${action}`, action === 'decide' ? { choice: 'again' } : undefined, other)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
  })

  test('what has ended is neither cancelled, retried nor decided', async () => {
    const [run] = (await get('/api/workflows')).items
    expect((await post(`/api/workflow/${run.id}/cancel`)).body.code).toBe('WORKFLOW_ENDED')
    expect((await post(`/api/workflow/${run.id}/retry`)).body.code).toBe('WORKFLOW_NOT_FAILED')
    expect((await post(`/api/workflow/${run.id}/decide`, { choice: 'again' })).body.code).toBe('WORKFLOW_NOT_WAITING')
    expect((await post('/api/workflow/start', { workflow: 'nothing' })).body).toMatchObject({ code: 'WORKFLOW_UNKNOWN' })
  })

  test('a book that was tampered with stops it with a question that names the entry, and only an answer it offers lets it go on', async () => {
    const broken = await t.company()
    await importBank(broken, 3)
    await t.db.owner.exec(`alter table app.entry_line disable trigger all; update app.entry_line set label = 'AUTRE' where tenant_id = '${broken.tenantId}' and label = 'VIR 1'; alter table app.entry_line enable trigger all`)
    const { body } = await post('/api/workflow/start', { workflow: 'daily' }, broken)
    const waiting = await settled(body.id, broken)
    expect(waiting).toMatchObject({ state: 'waiting_person', stepsDone: 1, question: { step: 'ledger-check', mayDecide: true, permission: 'operation.run' } })
    expect(waiting.question.text.fr).toMatch(/^La chaîne se rompt à l'écriture /)
    expect(waiting.question.choices.map((choice: { value: string }) => choice.value)).toEqual(['again', 'continue'])
    const assistant = await t.member(broken, 'assistant')
    expect((await t.api('GET', `/api/workflow/${body.id}`, { as: assistant })).body.question.mayDecide).toBe(false)
    expect((await post(`/api/workflow/${body.id}/decide`, { choice: 'other' }, broken)).body.code).toBe('WORKFLOW_CHOICE_UNKNOWN')
    expect((await post(`/api/workflow/${body.id}/decide`, { choice: 'again', step: 'audit-check' }, broken)).body.code).toBe('WORKFLOW_NOT_WAITING')

    expect((await post(`/api/workflow/${body.id}/decide`, { choice: 'again' }, broken)).status).toBe(200)
    expect(await settled(body.id, broken)).toMatchObject({ state: 'waiting_person', steps: [{}, { attempts: 2 }, { state: 'pending' }, { state: 'pending' }] })
    await post(`/api/workflow/${body.id}/decide`, { choice: 'continue', note: 'vu avec le cabinet' }, broken)
    const done = await settled(body.id, broken)
    expect(done).toMatchObject({ state: 'done', steps: [{}, { attempts: 3, decision: { choice: 'continue', by: broken.owner.name, note: 'vu avec le cabinet' } }, { state: 'done' }, { state: 'done' }] })
    expect(await actions(body.id, broken)).toEqual(expect.arrayContaining(['workflow.wait', 'workflow.decide']))
  })

  test('a run that waits can be cancelled, and another then started', async () => {
    const broken = await t.company()
    await importBank(broken, 2)
    await t.db.owner.exec(`alter table app.entry_line disable trigger all; update app.entry_line set label = 'AUTRE' where tenant_id = '${broken.tenantId}'; alter table app.entry_line enable trigger all`)
    const { body } = await post('/api/workflow/start', { workflow: 'daily' }, broken)
    await settled(body.id, broken)
    const cancelled = await post(`/api/workflow/${body.id}/cancel`, undefined, broken)
    expect(cancelled.body).toMatchObject({ state: 'cancelled', question: null, steps: [{ state: 'done' }, { state: 'cancelled' }, { state: 'cancelled' }, { state: 'cancelled' }] })
    expect((await post(`/api/workflow/${body.id}/decide`, { choice: 'again' }, broken)).body.code).toBe('WORKFLOW_NOT_WAITING')
    expect((await post('/api/workflow/start', { workflow: 'daily' }, broken)).status).toBe(201)
  })

  test('what can be started is told with its steps and its clock', async () => {
    const { items } = await get('/api/workflow/kinds')
    expect(items).toMatchObject([{ name: 'daily', schedule: { cron: '0 6 * * *', timeZone: 'Europe/Paris', nextAt: expect.stringMatching(/T0[45]:00:00/) } }])
  })
})

describe('a job in the dead letters', () => {
  /** A posting job whose books are made unreadable while it runs, so that it fails for good. */
  async function failedJob(): Promise<{ id: string; broken: TestCompany }> {
    const broken = await t.company()
    const importId = await importBank(broken, 1)
    await t.db.owner.query('update jobs.job set state = \'failed\', output = $2, completed_on = now(), retry_count = retry_limit where name = \'post-bank-lines\' and data->>\'importId\' = $1', [importId, JSON.stringify({ words: { fr: 'Panne.', en: 'Fault.' } })])
    await t.db.owner.query('insert into jobs.job (name, data, source_name, source_id) select $1, data, name, id from jobs.job where name = \'post-bank-lines\' and data->>\'importId\' = $2', [DEAD_LETTER_QUEUE, importId])
    const [job] = (await get('/api/jobs?state=failed', broken)).items
    expect(job).toMatchObject({ mayRetry: true, error: { fr: 'Panne.', en: 'Fault.' } })
    return { id: job.id, broken }
  }

  const letters = async (id: string): Promise<number> => (await t.db.owner.query('select 1 from jobs.job where name = $1 and source_id = $2', [DEAD_LETTER_QUEUE, id])).rowCount

  test('retried, it leaves them, runs again and says so in the log', async () => {
    const { id, broken } = await failedJob()
    expect((await post(`/api/jobs/${id}/retry`, undefined, broken)).status).toBe(200)
    await t.app.jobs.idle()
    expect(await get(`/api/jobs/${id}`, broken)).toMatchObject({ state: 'done', error: null, mayRetry: false })
    expect(await letters(id)).toBe(0)
    expect(await actions(id, broken)).toEqual(['job.retry'])
  })

  test('discarded, it leaves them and stays in the list as given up', async () => {
    const { id, broken } = await failedJob()
    expect((await post(`/api/jobs/${id}/discard`, undefined, broken)).body).toMatchObject({ state: 'discarded', mayRetry: false })
    expect(await letters(id)).toBe(0)
    expect((await post(`/api/jobs/${id}/retry`, undefined, broken)).body.code).toBe('JOB_NOT_FAILED')
    expect(await actions(id, broken)).toEqual(['job.discard'])
  })
})
