import { setTimeout as wait } from 'node:timers/promises'
import type { PgBoss } from 'pg-boss'
import { internalsOf } from '../db/db.ts'
import type { Db } from '../db/types.ts'
import { uuidv7 } from '../id/uuid.ts'
import { JOBS_SCHEMA, createBoss } from './boss.ts'

export type JobLog = {
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

export type QueueOptions = {
  /** Tries after the first one; 5 when it is not given. */
  readonly retryLimit?: number
  /** Seconds before the first new try, doubled for each next one; 2 when it is not given. */
  readonly retryDelaySeconds?: number
  /** A try that lasts longer counts as failed; 300 when it is not given. */
  readonly timeoutSeconds?: number
  /** Jobs of this queue that one process runs at the same time; 1 when it is not given. */
  readonly concurrency?: number
}

export type Job<T> = { readonly id: string; readonly data: T }

export type EnqueueOptions = {
  /** A second job with the same key is dropped while the first one waits to start. */
  readonly key?: string
  /** An instant in ISO 8601, or a number of seconds from now. */
  readonly startAfter?: string | number
}

/** A queue's clock: `cron` in five fields, read in `timeZone`. */
export type Schedule<T> = { readonly cron: string; readonly timeZone: string; readonly key?: string; readonly data: T }

export type Jobs = {
  /** Opens the queues. With `working: false` this process only adds jobs and leaves them to another. */
  start(options?: { readonly working?: boolean }): Promise<void>
  /** Lets the running jobs finish, for a few seconds at most. */
  stop(): Promise<void>
  /** Declares a queue and who does its jobs. A job may run twice: its handler must bear it. */
  define<T extends object>(queue: string, options: QueueOptions, handler: (job: Job<T>) => Promise<void>): void
  /** Adds a job in the transaction this call stands in, and answers its id, or null when the same key already waits. */
  enqueue<T extends object>(queue: string, data: T, options?: EnqueueOptions): Promise<string | null>
  /** Adds a job each time the clock says so. Declaring it again replaces it. */
  schedule<T extends object>(queue: string, schedule: Schedule<T>): Promise<void>
  /** For tests: resolves when nothing is running, due or waiting for a new try. */
  idle(options?: { readonly timeoutMs?: number }): Promise<void>
}

type Definition = { readonly queue: string; readonly options: QueueOptions; readonly handler: (job: Job<object>) => Promise<void> }

/** Jobs that failed for good wait here, with their error and the queue they came from. */
export const DEAD_LETTER_QUEUE = 'dead-letter'

const POLL_SECONDS = 0.5
const STOP_MS_MAX = 8_000
const IDLE_MS_MAX = 20_000
const DEAD_LETTER_KEPT_SECONDS = 90 * 24 * 3600

/** Creates the queue, or brings an existing one to the options the code now gives. */
async function openQueue(boss: PgBoss, { queue, options }: Definition): Promise<void> {
  const settings = {
    retryLimit: options.retryLimit ?? 5, retryDelay: options.retryDelaySeconds ?? 2, retryBackoff: true,
    expireInSeconds: options.timeoutSeconds ?? 300, deadLetter: DEAD_LETTER_QUEUE, notify: true,
  }
  // `short`: one waiting job for each key. A job without a key of its own gets a unique one (see enqueue).
  await boss.createQueue(queue, { ...settings, policy: 'short' })
  await boss.updateQueue(queue, settings)
}

async function openWorker(boss: PgBoss, definition: Definition, log: JobLog): Promise<void> {
  const { queue, options, handler } = definition
  const settings = { batchSize: 1, pollingIntervalSeconds: POLL_SECONDS, notifyPollingIntervalSeconds: POLL_SECONDS, localConcurrency: options.concurrency ?? 1 }
  await boss.work<object>(queue, settings, async (batch) => {
    for (const job of batch) {
      try {
        await handler({ id: job.id, data: job.data })
      } catch (error) {
        log.warn({ queue, job: job.id, attempt: job.retryCount + 1, err: error }, 'job failed')
        throw error
      }
    }
  })
}

async function waitingQueues(db: Db): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(`
    select distinct name from ${JOBS_SCHEMA}.job
    where name <> $1 and name not like '\\_\\_pgboss\\_\\_%'
      and (state in ('active', 'retry') or (state = 'created' and start_after <= now()))
    order by name`, [DEAD_LETTER_QUEUE])
  return rows.map((row) => row.name)
}

/** Jobs and their clock. Nothing else of the product knows which library runs them. */
export function createJobs(db: Db, { log }: { readonly log: JobLog }): Jobs {
  const definitions = new Map<string, Definition>()
  const { outside } = internalsOf(db)
  let boss: PgBoss | undefined

  const started = (): PgBoss => {
    if (!boss) throw new Error('jobs.start() comes before this call')
    return boss
  }
  return {
    start: (options = {}) => outside(async () => {
      const working = options.working ?? true
      const fresh = createBoss(db, { working })
      fresh.on('error', (error) => { log.error({ err: error }, 'jobs: background error') })
      fresh.on('warning', (warning) => { log.warn({ warning: warning.message }, 'jobs: warning') })
      await fresh.start()
      await fresh.createQueue(DEAD_LETTER_QUEUE, { retentionSeconds: DEAD_LETTER_KEPT_SECONDS })
      for (const definition of definitions.values()) await openQueue(fresh, definition)
      boss = fresh
      if (working) for (const definition of definitions.values()) await openWorker(fresh, definition, log)
    }),
    stop: () => outside(async () => {
      const running = boss
      boss = undefined
      await running?.stop({ graceful: true, timeout: STOP_MS_MAX, close: false })
    }),
    define: <T extends object>(queue: string, options: QueueOptions, handler: (job: Job<T>) => Promise<void>) => {
      if (boss) throw new Error('queues are defined before jobs.start()')
      if (definitions.has(queue)) throw new Error(`the queue ${queue} is defined twice`)
      definitions.set(queue, { queue, options, handler: handler as Definition['handler'] })
    },
    enqueue: async (queue, data, options = {}) => {
      if (!definitions.has(queue)) throw new Error(`the queue ${queue} is not defined`)
      return await started().send(queue, data, {
        singletonKey: options.key ?? uuidv7(),
        ...(options.startAfter === undefined ? {} : { startAfter: options.startAfter }),
      })
    },
    schedule: (queue, { cron, timeZone, key, data }) => outside(async () => {
      await started().schedule(queue, cron, data, { tz: timeZone, ...(key === undefined ? {} : { key }) })
    }),
    idle: (options = {}) => outside(async () => {
      const until = Date.now() + (options.timeoutMs ?? IDLE_MS_MAX)
      for (let left = await waitingQueues(db); left.length > 0; left = await waitingQueues(db)) {
        if (Date.now() > until) throw new Error(`these queues are still at work: ${left.join(', ')}`)
        await wait(20)
      }
    }),
  }
}
