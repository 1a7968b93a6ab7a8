import type { TenantTx } from '../db/types.ts'

export type StoredProgress = { readonly done: number; readonly total: number }

/** Says how far a job is. */
export async function saveProgress(tx: TenantTx, jobId: string, { done, total }: StoredProgress): Promise<void> {
  await tx.query(`
    insert into app.job_progress (tenant_id, job_id, done, total, at) values ($1, $2, $3, $4, clock_timestamp())
    on conflict (tenant_id, job_id) do update set done = excluded.done, total = excluded.total, at = excluded.at`, [tx.tenantId, jobId, done, total])
}

/** Forgets the progress of a job that is done. */
export async function forgetProgress(tx: TenantTx, jobId: string): Promise<void> {
  await tx.query('delete from app.job_progress where tenant_id = $1 and job_id = $2', [tx.tenantId, jobId])
}
