import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { LineChoice } from './line-store.ts'

export const FILE = 'categorise-lines'
export const TRAIN = 'train-categories'
/** Corrections that follow closely are one training. */
const TRAIN_SECONDS = 5

/** `ruleIds`: only these rules decide, in the order of the company; null: every rule, then what was learnt. */
export type FilingJob = LineChoice & { readonly tenantId: string; readonly changeId: string; readonly ruleIds: readonly string[] | null }
/** Not named `tenantId`: it is housekeeping, and is not shown among the jobs of the company. */
export type TrainJob = { readonly company: string }

/** Asks for lines to be filed, in the transaction this call stands in. */
export async function queueFiling(app: App, tx: TenantTx, { key, seconds, ...job }: Omit<FilingJob, 'tenantId'> & { readonly key?: string; readonly seconds?: number }): Promise<void> {
  await app.jobs.enqueue<FilingJob>(FILE, { tenantId: tx.tenantId, ...job }, { key: key ?? job.changeId, ...(seconds === undefined ? {} : { startAfter: seconds }) })
}

/** Asks for a training; those asked for closely are one. */
export async function queueTraining(app: App, tx: TenantTx): Promise<void> {
  await app.jobs.enqueue<TrainJob>(TRAIN, { company: tx.tenantId }, { key: tx.tenantId, startAfter: TRAIN_SECONDS })
}
