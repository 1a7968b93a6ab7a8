import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Permission } from '../../../core/access/permissions.ts'
import { startTestApp, type TestApp, type TestCompany } from '../../../tests/support/server.ts'
import { recordAudit } from '../../modules/audit/index.ts'
import { Refusal } from '../access/refusal.ts'
import type { Job } from '../jobs/jobs.ts'
import { advance, type EngineParts, type WorkflowJob } from './engine.ts'
import { findRun, stepsOf } from './store.ts'
import type { StepDefinition, StepTools, WorkflowDefinition } from './types.ts'

let t: TestApp
let company: TestCompany
let parts: EngineParts
// This process only adds jobs: each test does the steps itself, as often and as badly as it wants.
beforeAll(async () => {
  t = await startTestApp({ parts: { workers: { working: false } } })
  company = await t.company()
  parts = { db: t.app.db, jobs: t.app.jobs, clock: t.app.clock, audit: recordAudit, definitionOf: (name) => t.app.workflows.kinds().find((kind) => kind.name === name) }
})
afterAll(async () => { await t.close() })

let names = 0
const text = (word: string) => ({ fr: word, en: word })

/** A row that can be counted, written in the transaction of the step. */
const effect = (tools: StepTools, name: string) => recordAudit(tools.tx(), company.ctx, { action: 'test.effect', subjectKind: 'test', subjectId: name })
const effects = async (name: string): Promise<number> => (await t.db.owner.query('select 1 from app.audit_log where action = \'test.effect\' and subject_id = $1', [name])).rowCount

type Run = StepDefinition['run']
function define(steps: Record<string, Run | { mode: StepDefinition['mode']; run: Run }>): WorkflowDefinition {
  names += 1
  const definition = {
    name: `test-${names}`, title: text('essai'), description: text('essai'),
    steps: Object.entries(steps).map(([name, step]) => ({ name, title: text(name), ...(typeof step === 'function' ? { mode: 'atomic' as const, run: step } : step) })),
  }
  t.app.workflows.define(definition)
  return definition
}
const done = async () => ({ summary: text('fait') })

async function start(workflow: string, key?: string): Promise<string | null> {
  return t.app.db.tenant(company.ctx, (tx) => t.app.workflows.start(tx, company.ctx, { workflow, origin: 'person', ...(key === undefined ? {} : { key }) }))
}
async function started(definition: WorkflowDefinition): Promise<string> {
  const id = await start(definition.name)
  if (id === null) throw new Error('not started')
  return id
}

/** One try of the next step, as a worker does it. */
function attempt(runId: string, job: Partial<Job<WorkflowJob>> = {}): Promise<void> {
  return advance(parts, { id: runId, data: { tenantId: company.tenantId, runId }, attempt: 1, isLastAttempt: false, signal: new AbortController().signal, progress: () => undefined, ...job })
}

/** How a run stands: its state, and each step with its tries. */
async function look(id: string): Promise<{ state: string; steps: string[] }> {
  return t.app.db.tenant(company.ctx, async (tx) => ({
    state: (await findRun(tx, id))!.state, steps: (await stepsOf(tx, id)).map((step) => `${step.name} ${step.state} ${step.attempts}`),
  }))
}
const trace = async (id: string): Promise<string[]> => (await t.db.owner.query<{ action: string }>('select action from app.audit_log where subject_id = $1 order by seq', [id])).rows.map((row) => row.action)

describe('the steps of a run', () => {
  test('follow one another, each knows what the earlier ones found, and each transition is in the log', async () => {
    const seen: unknown[] = []
    const id = await started(define({
      one: async () => ({ summary: text('fait'), data: { found: 7 } }),
      two: async (_ctx, _input, tools) => { seen.push(tools.dataOf('one')); return done() },
    }))
    expect(await look(id)).toEqual({ state: 'queued', steps: ['one pending 0', 'two pending 0'] })
    await attempt(id)
    expect(await look(id)).toEqual({ state: 'running', steps: ['one done 1', 'two pending 0'] })
    await attempt(id)
    await attempt(id)
    expect(await look(id)).toEqual({ state: 'done', steps: ['one done 1', 'two done 1'] })
    expect(seen).toEqual([{ found: 7 }])
    expect(await trace(id)).toEqual(['workflow.start', 'workflow.step-start', 'workflow.step-done', 'workflow.step-start', 'workflow.step-done', 'workflow.done'])
  })

  test('the job of the next step is added with the result of the one before', async () => {
    const id = await started(define({ one: done, two: done }))
    await attempt(id)
    const { rows } = await t.db.owner.query('select state from jobs.job where singleton_key = $1', [id])
    // The first one waits still, since nobody works here: a second with its key is dropped.
    expect(rows).toEqual([{ state: 'created' }])
  })

  test('a step that fails after it wrote leaves nothing of it, and is tried again', async () => {
    let tries = 0
    const id = await started(define({ write: async (_ctx, _input, tools) => {
      await effect(tools, id)
      tries += 1
      if (tries === 1) throw new Error('a fault')
      return done()
    } }))
    await expect(attempt(id)).rejects.toThrow('a fault')
    expect(await effects(id)).toBe(0)
    expect(await look(id)).toEqual({ state: 'running', steps: ['write retrying 1'] })
    await attempt(id)
    expect(await effects(id)).toBe(1)
    expect(await look(id)).toEqual({ state: 'done', steps: ['write done 2'] })
  })

  test('after its last try the run waits for a person, who retries it from that step: those done stay done', async () => {
    let mended = false
    const id = await started(define({
      first: async (_ctx, _input, tools) => { await effect(tools, id); return done() },
      second: async () => { if (!mended) throw new Error('a fault'); return done() },
    }))
    await attempt(id)
    await attempt(id, { isLastAttempt: true })
    expect(await look(id)).toEqual({ state: 'failed', steps: ['first done 1', 'second failed 1'] })
    mended = true
    await attempt(id)
    expect((await look(id)).state).toBe('failed')
    await t.app.db.tenant(company.ctx, (tx) => t.app.workflows.retry(tx, company.ctx, id))
    await attempt(id)
    expect(await look(id)).toEqual({ state: 'done', steps: ['first done 1', 'second done 2'] })
    expect(await effects(id)).toBe(1)
    expect(await trace(id)).toEqual(expect.arrayContaining(['workflow.fail', 'workflow.retry', 'workflow.done']))
  })

  test('a refusal is not tried again: its own words tell the person what to mend', async () => {
    const id = await started(define({ post: async () => { throw new Refusal('PERIOD_LOCKED', { date: '2026-03-01' }) } }))
    await attempt(id)
    const [step] = await t.app.db.tenant(company.ctx, (tx) => stepsOf(tx, id))
    expect(step).toMatchObject({ state: 'failed', attempts: 1, error: { fr: expect.stringContaining('La période du 2026-03-01 est verrouillée'), en: expect.stringContaining('is locked') } })
  })

  test('the words of an unexpected fault carry nothing of its message', async () => {
    const id = await started(define({ one: async () => { throw new Error('IBAN FR1420041010050500013M02606') } }))
    await attempt(id, { isLastAttempt: true })
    const [step] = await t.app.db.tenant(company.ctx, (tx) => stepsOf(tx, id))
    expect(JSON.stringify(step)).not.toContain('FR14')
  })

  test('a step that this version no longer has fails and says so', async () => {
    const definition = define({ one: done, gone: done })
    const id = await started(definition)
    ;(definition.steps as StepDefinition[]).pop()
    await attempt(id)
    await attempt(id)
    const steps = await t.app.db.tenant(company.ctx, (tx) => stepsOf(tx, id))
    expect(steps[1]).toMatchObject({ state: 'failed', error: { en: expect.stringContaining('"gone"') } })
  })
})

describe('when the worker is lost', () => {
  /** A step that begins and never ends by itself: what a process that died leaves. */
  function hanging(): { run: Run; reached: Promise<void>; release: () => void } {
    let [reach, release] = [() => {}, () => {}]
    const reached = new Promise<void>((resolve) => { reach = resolve })
    const gate = new Promise<void>((resolve) => { release = resolve })
    let first = true
    return { reached, release: () => { release() }, run: async () => { if (first) { first = false; reach(); await gate } return done() } }
  }

  test('another does the step again, and the first one, back from nowhere, stores nothing', async () => {
    const lost = hanging()
    const id = await started(define({ look: { mode: 'repeatable', run: lost.run }, next: done }))
    const first = attempt(id)
    await lost.reached
    expect(await look(id)).toEqual({ state: 'running', steps: ['look running 1', 'next pending 0'] })
    await attempt(id)
    expect(await look(id)).toEqual({ state: 'running', steps: ['look done 2', 'next pending 0'] })
    lost.release()
    await first
    expect(await look(id)).toEqual({ state: 'running', steps: ['look done 2', 'next pending 0'] })
    expect((await trace(id)).filter((action) => action === 'workflow.step-done')).toHaveLength(1)
  })

  test('two that do the same step at the same moment write it once', async () => {
    const id = await started(define({ write: async (_ctx, _input, tools) => { await effect(tools, id); return done() }, last: async (_ctx, _input, tools) => { await effect(tools, id); return done() } }))
    await Promise.all([attempt(id), attempt(id), attempt(id), attempt(id)])
    await attempt(id)
    expect(await effects(id)).toBe(2)
    expect((await look(id)).state).toBe('done')
  })

  test('a process that is asked to stop leaves the step to the next one', async () => {
    const stopping = new AbortController()
    let tries = 0
    const id = await started(define({ long: { mode: 'repeatable', run: async (_ctx, _input, { signal }) => { tries += 1; if (tries === 1) stopping.abort(new Error('stopping')); signal.throwIfAborted(); return done() } } }))
    await expect(attempt(id, { signal: stopping.signal })).rejects.toThrow('stopping')
    expect(await look(id)).toEqual({ state: 'running', steps: ['long running 1'] })
    await attempt(id)
    expect(await look(id)).toEqual({ state: 'done', steps: ['long done 2'] })
  })

  test('a run that no job drives any more is failed by the upkeep, and can be retried', async () => {
    const id = await started(define({ one: done }))
    expect(await t.app.workflows.sweep()).toBe(0)
    await t.db.owner.query('update jobs.job set state = \'failed\' where singleton_key = $1', [id])
    await t.app.workflows.sweep()
    expect(await look(id)).toEqual({ state: 'failed', steps: ['one failed 0'] })
    await t.app.db.tenant(company.ctx, (tx) => t.app.workflows.retry(tx, company.ctx, id))
    await attempt(id)
    expect((await look(id)).state).toBe('done')
  })
})

describe('a run and the people', () => {
  const decide = (id: string, choice: string, ctx = company.ctx) => t.app.db.tenant(ctx, (tx) => t.app.workflows.decide(tx, ctx, { id, choice }))

  test('what a step wrote before its question is kept, and the decision reaches it once', async () => {
    const decisions: (string | null)[] = []
    const id = await started(define({ ask: async (_ctx, _input, tools) => {
      decisions.push(tools.decision?.choice ?? null)
      if (tools.decision) return done()
      await effect(tools, id)
      return tools.waitForPerson({ text: text('Continuer ?'), choices: [{ value: 'yes', label: text('oui'), tone: 'primary' }] })
    } }))
    await attempt(id)
    expect(await look(id)).toEqual({ state: 'waiting_person', steps: ['ask waiting_person 1'] })
    await attempt(id)
    await decide(id, 'yes')
    await expect(decide(id, 'yes')).rejects.toMatchObject({ code: 'WORKFLOW_NOT_WAITING' })
    await attempt(id)
    expect(await look(id)).toEqual({ state: 'done', steps: ['ask done 2'] })
    expect([decisions, await effects(id)]).toEqual([[null, 'yes'], 1])
  })

  test('a question that asks for a permission takes no answer without it', async () => {
    const permission: Permission = 'ledger.lock'
    const id = await started(define({ ask: async (_ctx, _input, tools) => (tools.decision ? done() : tools.waitForPerson({ text: text('?'), permission, choices: [{ value: 'yes', label: text('oui'), tone: 'primary' }] })) }))
    await attempt(id)
    await expect(decide(id, 'yes', { ...company.ctx, role: 'assistant' })).rejects.toMatchObject({ code: 'PERMISSION_MISSING' })
    await decide(id, 'yes', { ...company.ctx, role: 'accountant' })
  })

  test('cancelled while a step is at work, nothing of that step is kept', async () => {
    const id = await started(define({ slow: { mode: 'repeatable', run: async () => {
      await t.app.db.tenant(company.ctx, (tx) => t.app.workflows.cancel(tx, company.ctx, id))
      return done()
    } }, never: done }))
    await attempt(id)
    expect(await look(id)).toEqual({ state: 'cancelled', steps: ['slow running 1', 'never pending 0'] })
    await attempt(id)
    expect((await trace(id)).at(-1)).toBe('workflow.cancel')
  })

  test('one run of a workflow is at work at a time, and a key starts one run for ever', async () => {
    const definition = define({ one: done })
    const id = await start(definition.name, '2026-11-20')
    expect(await start(definition.name)).toBeNull()
    await attempt(id!)
    expect(await start(definition.name, '2026-11-20')).toBeNull()
    expect(await start(definition.name, '2026-11-21')).not.toBeNull()
  })

  test('another module adds a step; a run that was under way keeps its own', async () => {
    const definition = define({ one: done, two: done })
    const before = await started(definition)
    t.app.workflows.addStep(definition.name, { name: 'between', title: text('entre'), mode: 'atomic', run: done }, { before: 'two' })
    t.app.workflows.addStep(definition.name, { name: 'end', title: text('fin'), mode: 'atomic', run: done })
    for (let n = 0; n < 3; n += 1) await attempt(before)
    expect(await look(before)).toEqual({ state: 'done', steps: ['one done 1', 'two done 1'] })
    const after = await started(definition)
    expect((await look(after)).steps).toEqual(['one pending 0', 'between pending 0', 'two pending 0', 'end pending 0'])
  })
})
