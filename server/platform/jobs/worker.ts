import type { JobWithMetadata, PgBoss } from 'pg-boss'
import type { Db } from '../db/types.ts'
import { createProgress } from './progress.ts'
import { giveBack } from './queue-store.ts'
import type { Job, JobLog, JobsPace, QueueOptions } from './types.ts'
import { JobFailure, wordsOf } from './words.ts'

export type Definition = { readonly queue: string; readonly options: QueueOptions; readonly handler: (job: Job<object>) => Promise<void> }

/** Jobs that failed for good wait here, with their error and the queue they came from. */
export const DEAD_LETTER_QUEUE = 'dead-letter'

/** A job is announced the moment it is added; a look is for those put off. Each queue is looked at, and on the embedded database a look is work for this process. */
const POLL_SECONDS = 2
const HEARTBEAT_SECONDS = 30
const RETRY_SECONDS_MAX = 900
/** Jobs that ended can be read this long. */
const KEPT_SECONDS = 30 * 24 * 3600

/** Creates the queue, or brings an existing one to the options the code now gives. */
export async function openQueue(boss: PgBoss, { queue, options }: Definition, { engine, pace }: { readonly engine: Db['engine']; readonly pace: JobsPace }): Promise<void> {
  const settings = {
    retryLimit: options.retryLimit ?? 5, retryDelay: options.retryDelaySeconds ?? 2, retryBackoff: true, retryDelayMax: options.retryDelaySecondsMax ?? RETRY_SECONDS_MAX,
    expireInSeconds: options.timeoutSeconds ?? 300, deleteAfterSeconds: KEPT_SECONDS, deadLetter: DEAD_LETTER_QUEUE, notify: true,
    // On the embedded database one long transaction would hold the sign of life back, and there is no other process to notice.
    ...(engine === 'postgres' ? { heartbeatSeconds: pace.heartbeatSeconds ?? HEARTBEAT_SECONDS } : {}),
  }
  // `short`: one waiting job for each key. A job without a key of its own gets a unique one (see enqueue).
  await boss.createQueue(queue, { ...settings, policy: 'short' })
  await boss.updateQueue(queue, settings)
}

export type ActiveJob = { readonly queue: string; readonly id: string; readonly retryCount: number }

/** What this process has at work. */
export type Worker = {
  readonly active: Map<string, ActiveJob>
  readonly stopping: AbortController
  open(boss: PgBoss, definition: Definition): Promise<void>
}

/** Takes the jobs of the queues it is given, until it is told to stop. */
export function createWorker(db: Db, log: JobLog, pace: JobsPace = {}): Worker {
  const active = new Map<string, ActiveJob>()
  const stopping = new AbortController()

  const handle = async ({ queue, handler }: Definition, row: JobWithMetadata<object>): Promise<object | undefined> => {
    const attempt = row.retryCount + 1
    const progress = createProgress(db, row, log)
    const taken = { queue, id: row.id, retryCount: row.retryCount }
    active.set(row.id, taken)
    try {
      await handler({
        id: row.id, data: row.data, attempt, isLastAttempt: row.retryCount >= row.retryLimit, signal: AbortSignal.any([stopping.signal, row.signal]), progress: progress.report,
      })
      const last = await progress.finish()
      return last ? { progress: last } : undefined
    } catch (error) {
      await progress.settle()
      if (stopping.signal.aborted && error === stopping.signal.reason) {
        // Settling it afterwards changes nothing: it is no longer this process's.
        await giveBack(db, taken)
        return undefined
      }
      log.warn({ queue, job: row.id, attempt, err: error }, 'job failed')
      throw new JobFailure(wordsOf(error, row.id))
    } finally {
      active.delete(row.id)
    }
  }
  return {
    active, stopping,
    open: async (boss, definition) => {
      const seconds = pace.pollSeconds ?? POLL_SECONDS
      const settings = { batchSize: 1, pollingIntervalSeconds: seconds, notifyPollingIntervalSeconds: seconds, localConcurrency: definition.options.concurrency ?? 1, includeMetadata: true as const }
      await boss.work(definition.queue, settings, async ([row]: JobWithMetadata<object>[]) => (row ? await handle(definition, row) : undefined))
    },
  }
}
