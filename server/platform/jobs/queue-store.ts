import type { Db } from '../db/types.ts'
import { JOBS_SCHEMA } from './boss.ts'

/** Queues with something running, due or waiting for a new try. */
export async function busyQueues(db: Db, deadLetters: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(`
    select distinct name from ${JOBS_SCHEMA}.job
    where name <> $1 and name not like '\\_\\_pgboss\\_\\_%'
      and (state in ('active', 'retry') or (state = 'created' and start_after <= now()))
    order by name`, [deadLetters])
  return rows.map((row) => row.name)
}

/** Everything that counts as being at work, by queue. */
export async function activeJobs(db: Db): Promise<{ name: string; ids: string[] }[]> {
  const { rows } = await db.query<{ name: string; ids: string[] }>(`
    select name, array_agg(id::text) as ids from ${JOBS_SCHEMA}.job where state = 'active' and name not like '\\_\\_pgboss\\_\\_%' group by name`)
  return rows
}

/**
 * Puts a job that this process took, and did not finish, back into its queue. The try costs it none of its own; its number stays
 * taken, so that nothing this process still says of it reaches the next try.
 */
export async function giveBack(db: Db, job: { readonly queue: string; readonly id: string; readonly retryCount: number }): Promise<void> {
  await db.query(`
    update ${JOBS_SCHEMA}.job set state = 'retry', retry_limit = retry_limit + 1, heartbeat_on = null, start_after = now()
    where name = $1 and id = $2 and state = 'active' and retry_count = $3`, [job.queue, job.id, job.retryCount])
}
