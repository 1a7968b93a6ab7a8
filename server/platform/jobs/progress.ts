import { isUuid, type TenantId } from '../../../core/kernel/id.ts'
import { internalsOf } from '../db/db.ts'
import type { Db, TenantTx } from '../db/types.ts'
import { appendEvent } from '../events/index.ts'
import { forgetProgress, saveProgress, type StoredProgress } from '../workflow/progress-store.ts'
import type { JobLog } from './types.ts'

/** Between two writes of the progress of one job. */
const WRITE_MS_MIN = 400

export type ProgressReport = {
  report(done: number, total: number): void
  /** Waits for what is being written. */
  settle(): Promise<void>
  /** Forgets what was written and answers the last of it, if anything was reported. */
  finish(): Promise<StoredProgress | null>
}

function tenantOf(data: object): TenantId | null {
  const id = 'tenantId' in data ? data.tenantId : null
  return typeof id === 'string' && isUuid(id) ? id as TenantId : null
}

/**
 * The progress of one job, kept where the page of jobs reads it. `report` never waits: the job may hold the only session of the
 * embedded database, and the write then follows its transaction.
 */
export function createProgress(db: Db, job: { readonly id: string; readonly name: string; readonly data: object }, log: JobLog): ProgressReport {
  const tenantId = tenantOf(job.data)
  const { outside } = internalsOf(db)
  let last: StoredProgress | null = null
  let writing: Promise<void> | undefined
  let wroteAt = 0
  let isStored = false
  let told: StoredProgress | null = null

  const store = (tx: TenantTx, value: StoredProgress | null): Promise<void> => (value === null ? forgetProgress(tx, job.id) : saveProgress(tx, job.id, value))
  /** Keeps it, or forgets it once the job is done, and tells whoever follows the company. */
  const tell = async (id: TenantId, value: StoredProgress, kept: StoredProgress | null): Promise<void> => {
    await outside(() => db.tenant({ tenantId: id, userId: null }, async (tx) => {
      await store(tx, kept)
      if (told?.done !== value.done) await appendEvent(tx, { tenantId: id }, { kind: 'job.progress', subject: job.id, data: { job: job.name, ...value } })
    }))
    told = value
  }
  // Progress is for whoever looks: failing to write it never fails the job.
  const lost = (error: unknown): void => { log.warn({ job: job.id, err: error }, 'the progress of a job was not kept') }
  const write = async (): Promise<void> => {
    const value = last
    if (tenantId === null || value === null) return
    isStored = true
    wroteAt = Date.now()
    await tell(tenantId, value, value).catch(lost)
  }
  return {
    report: (done, total) => {
      last = { done, total }
      if (writing || Date.now() - wroteAt < WRITE_MS_MIN) return
      writing = write().finally(() => { writing = undefined })
    },
    settle: async () => { await writing },
    finish: async () => {
      await writing
      if (isStored && tenantId !== null && last) await tell(tenantId, last, null).catch(lost)
      return last
    },
  }
}
