import type { Queryable } from '../db/types.ts'

const ROWS_MAX = 500

export type JobState = { readonly queue: string; readonly state: string; readonly count: number; readonly oldestSeconds: number }

/** Jobs by queue and state, with the age of the oldest. The library's own queues are left out. */
export async function jobStates(db: Queryable): Promise<JobState[]> {
  const { rows } = await db.query<JobState>(`
    select name as queue, state::text as state, count(*)::int as count, coalesce(extract(epoch from now() - min(created_on)), 0)::int as "oldestSeconds"
    from jobs.job where name not like '\\_\\_pgboss\\_\\_%' group by 1, 2 order by 1, 2 limit ${ROWS_MAX}`)
  return rows
}

/** Jobs that a process took and never gave back: their time is over and nobody ended them. */
export async function countOrphans(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ n: number }>(`
    select count(*)::int as n from jobs.job where state = 'active' and started_on + make_interval(secs => expire_seconds + 300) < now()`)
  return rows[0]?.n ?? 0
}

/** Jobs of one queue in one state. */
export async function countJobs(db: Queryable, queue: string, state: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>('select count(*)::int as n from jobs.job where name = $1 and state::text = $2', [queue, state])
  return rows[0]?.n ?? 0
}
