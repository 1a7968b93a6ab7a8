import { setTimeout as wait } from 'node:timers/promises'
import type { PgBoss } from 'pg-boss'
import { internalsOf } from '../db/db.ts'
import type { Db } from '../db/types.ts'
import { uuidv7 } from '../id/uuid.ts'
import { createBoss } from './boss.ts'
import { activeJobs, busyQueues, giveBack } from './queue-store.ts'
import { type JobLog, type Jobs, type JobsPace, type QueueOptions, type Job, UnknownQueue } from './types.ts'
import { createWorker, DEAD_LETTER_QUEUE, type Definition, openQueue, type Worker } from './worker.ts'

export { UnknownQueue } from './types.ts'
export type { EnqueueOptions, Job, JobLog, JobSubject, Jobs, JobsPace, QueueDescription, QueueOptions, Schedule, StartOptions } from './types.ts'
export { DEAD_LETTER_QUEUE } from './worker.ts'

const STOP_MS_MAX = 8_000
/** What is not done so long before the stop ends is given back, so that another process takes it at once. */
const GIVE_BACK_MS = 1_500
const IDLE_MS_MAX = 20_000
const DEAD_LETTER_KEPT_SECONDS = 90 * 24 * 3600

const STOPPING = new Error('this process is stopping: the job goes back to its queue')

function chosen(definitions: ReadonlyMap<string, Definition>, names: readonly string[] | undefined): Definition[] {
  const unknown = (names ?? []).filter((name) => !definitions.has(name))
  if (unknown.length > 0) throw new UnknownQueue(unknown, [...definitions.keys()])
  return [...definitions.values()].filter(({ queue }) => names === undefined || names.includes(queue))
}

/** The embedded database belongs to one process: what it finds at work when it opens was left by one that is gone. */
async function takeBackOrphans(db: Db, boss: PgBoss): Promise<void> {
  for (const { name, ids } of await activeJobs(db)) await boss.fail(name, [...ids], { value: { message: 'job heartbeat timeout' } })
}

/** Stops taking jobs, waits for those at work, and gives back what is not done in time. */
async function stopBoss(boss: PgBoss, worker: Worker, db: Db): Promise<void> {
  worker.stopping.abort(STOPPING)
  const late = setTimeout(() => {
    for (const job of worker.active.values()) void giveBack(db, job).catch(() => undefined)
  }, STOP_MS_MAX - GIVE_BACK_MS)
  await boss.stop({ graceful: true, timeout: STOP_MS_MAX, close: false })
  clearTimeout(late)
}

/** Jobs and their clock. Nothing else of the product knows which library runs them. */
export function createJobs(db: Db, { log, pace = {} }: { readonly log: JobLog; readonly pace?: JobsPace }): Jobs {
  const definitions = new Map<string, Definition>()
  const { outside } = internalsOf(db)
  let boss: PgBoss | undefined
  let worker: Worker | undefined

  const started = (): PgBoss => {
    if (!boss) throw new Error('jobs.start() comes before this call')
    return boss
  }
  return {
    start: (options = {}) => outside(async () => {
      const working = options.working ?? true
      const mine = chosen(definitions, options.queues)
      const fresh = createBoss(db, { working, pace })
      fresh.on('error', (error) => { log.error({ err: error }, 'jobs: background error') })
      fresh.on('warning', (warning) => { log.warn({ warning: warning.message }, 'jobs: warning') })
      await fresh.start()
      await fresh.createQueue(DEAD_LETTER_QUEUE, { retentionSeconds: DEAD_LETTER_KEPT_SECONDS })
      for (const definition of definitions.values()) await openQueue(fresh, definition, { engine: db.engine, pace })
      boss = fresh
      if (!working) return
      if (db.engine === 'embedded') await takeBackOrphans(db, fresh)
      worker = createWorker(db, log, pace)
      for (const definition of mine) await worker.open(fresh, definition)
    }),
    stop: () => outside(async () => {
      const [running, own] = [boss, worker]
      worker = undefined
      // The jobs that are finishing may still add others.
      if (running && own) await stopBoss(running, own, db)
      else await running?.stop({ graceful: false, close: false })
      boss = undefined
    }),
    define: <T extends object>(queue: string, options: QueueOptions<T>, handler: (job: Job<T>) => Promise<void>) => {
      if (boss) throw new Error('queues are defined before jobs.start()')
      if (definitions.has(queue)) throw new Error(`the queue ${queue} is defined twice`)
      definitions.set(queue, { queue, options: options as QueueOptions, handler: handler as Definition['handler'] })
    },
    enqueue: async (queue, data, options = {}) => {
      if (!definitions.has(queue)) throw new Error(`the queue ${queue} is not defined`)
      return await started().send(queue, data, {
        singletonKey: options.key ?? uuidv7(),
        ...(options.startAfter === undefined ? {} : { startAfter: options.startAfter }),
      })
    },
    schedule: (queue, { cron, timeZone, key, data }) => outside(async () => {
      await started().schedule(queue, cron, data, { tz: timeZone, missed: 'once', ...(key === undefined ? {} : { key }) })
    }),
    unschedule: (queue, key) => outside(async () => { await started().unschedule(queue, key) }),
    nextAt: ({ cron, timeZone }) => started().previewSchedule(cron, { tz: timeZone, count: 1 })[0]?.toISOString() ?? null,
    queues: () => [...definitions.values()].map(({ queue, options }) => ({
      name: queue, title: options.title ?? { fr: queue, en: queue }, isShown: options.title !== undefined, subjectOf: (data) => options.subject?.(data) ?? null,
    })),
    retry: async (queue, id) => { await started().retry(queue, id) },
    idle: (options = {}) => outside(async () => {
      const until = Date.now() + (options.timeoutMs ?? IDLE_MS_MAX)
      for (let left = await busyQueues(db, DEAD_LETTER_QUEUE); left.length > 0; left = await busyQueues(db, DEAD_LETTER_QUEUE)) {
        if (Date.now() > until) throw new Error(`these queues are still at work: ${left.join(', ')}`)
        await wait(20)
      }
    }),
  }
}
