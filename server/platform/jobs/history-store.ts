import type { JobState } from '../../../contract/operations.ts'
import type { SystemTx } from '../db/types.ts'
import { JOBS_SCHEMA } from './boss.ts'
import { DEAD_LETTER_QUEUE } from './worker.ts'

export type JobRow = {
  readonly id: string; readonly queue: string; readonly data: object; readonly state: JobState
  readonly attempts: number; readonly attemptsMax: number; readonly output: unknown
  readonly done: number | null; readonly total: number | null
  readonly createdAt: string; readonly startAfter: string; readonly startedAt: string | null; readonly endedAt: string | null
}

const STATE = `case j.state
  when 'created' then case when j.start_after > now() then 'later' else 'waiting' end
  when 'retry' then case when j.output is null then 'waiting' else 'retrying' end
  when 'active' then 'running' when 'completed' then 'done' when 'failed' then 'failed' else 'discarded' end`

// The tables of the jobs hold every company's: each statement here names the company, and none is reached without one.
const OWN = `j.data->>'tenantId' = $1::text and j.name <> '${DEAD_LETTER_QUEUE}' and j.name not like '\\_\\_pgboss\\_\\_%'`

const COLUMNS = `j.id, j.name as queue, j.data, ${STATE} as state, j.retry_count + case when j.started_on is null then 0 else 1 end as attempts, j.retry_limit + 1 as "attemptsMax", j.output,
  coalesce(p.done, (j.output->'progress'->>'done')::int) as done, coalesce(p.total, (j.output->'progress'->>'total')::int) as total,
  j.created_on as "createdAt", j.start_after as "startAfter", j.started_on as "startedAt", j.completed_on as "endedAt"`
const FROM = `${JOBS_SCHEMA}.job j left join app.job_progress p on p.tenant_id = $1::text::uuid and p.job_id = j.id`

export type JobFilter = {
  /** Queues of which only the failed jobs are shown. */
  readonly hidden: readonly string[]
  readonly queue: string | null; readonly state: JobState | null
  /** The data of the job names this id. */
  readonly subjectId: string | null
  readonly after: { readonly createdAt: string; readonly id: string } | null; readonly limit: number
}

/** The jobs of one company, latest first. */
export async function listJobs(tx: SystemTx, tenantId: string, filter: JobFilter): Promise<JobRow[]> {
  const { rows } = await tx.query<JobRow>(`
    select ${COLUMNS} from ${FROM}
    where ${OWN} and ($2::text is null or j.name = $2) and ($3::text is null or ${STATE} = $3)
      and ($4::text is null or exists (select from jsonb_each_text(j.data) d where d.value = $4 and d.key <> 'tenantId'))
      and ($5::timestamptz is null or (j.created_on, j.id) < ($5, $6::uuid)) and (j.state = 'failed' or j.name <> all($8::text[]))
    order by j.created_on desc, j.id desc limit $7`,
  [tenantId, filter.queue, filter.state, filter.subjectId, filter.after?.createdAt ?? null, filter.after?.id ?? null, filter.limit, filter.hidden])
  return rows
}

export async function findJob(tx: SystemTx, tenantId: string, id: string): Promise<JobRow | undefined> {
  const { rows } = await tx.query<JobRow>(`select ${COLUMNS} from ${FROM} where ${OWN} and j.id = $2`, [tenantId, id])
  return rows[0]
}

export type QueueCounts = { readonly queue: string; readonly waiting: number; readonly running: number; readonly failed: number; readonly done: number }

/** How many jobs of one company stand where, by queue. */
export async function countJobs(tx: SystemTx, tenantId: string, hidden: readonly string[]): Promise<QueueCounts[]> {
  const { rows } = await tx.query<QueueCounts>(`
    select j.name as queue, count(*) filter (where j.state in ('created', 'retry'))::int as waiting, count(*) filter (where j.state = 'active')::int as running,
      count(*) filter (where j.state = 'failed')::int as failed, count(*) filter (where j.state = 'completed')::int as done
    from ${JOBS_SCHEMA}.job j where ${OWN} and (j.state = 'failed' or j.name <> all($2::text[])) group by j.name order by j.name`, [tenantId, hidden])
  return rows
}

/** Takes a failed job of one company out of the dead letters, and holds it. Answers its queue, or null when it is not there. */
export async function takeFromDeadLetters(tx: SystemTx, tenantId: string, id: string): Promise<string | null> {
  const { rows } = await tx.query<{ queue: string }>(`select j.name as queue from ${JOBS_SCHEMA}.job j where ${OWN} and j.id = $2 and j.state = 'failed' for update`, [tenantId, id])
  if (!rows[0]) return null
  await tx.query(`delete from ${JOBS_SCHEMA}.job where name = $1 and source_id = $2`, [DEAD_LETTER_QUEUE, id])
  return rows[0].queue
}

/** Gives up a failed job: it stays in the list as discarded. */
export async function discardJob(tx: SystemTx, queue: string, id: string): Promise<void> {
  await tx.query(`update ${JOBS_SCHEMA}.job set state = 'cancelled' where name = $1 and id = $2 and state = 'failed'`, [queue, id])
}

export type ScheduleRow = { readonly queue: string; readonly key: string; readonly cron: string; readonly timeZone: string }

/** The schedules of a queue, or those of one company. */
export async function listSchedules(tx: SystemTx, filter: { readonly queue: string } | { readonly tenantId: string }): Promise<ScheduleRow[]> {
  const [column, value] = 'queue' in filter ? ['s.name', filter.queue] : ['s.data->>\'tenantId\'', filter.tenantId]
  const { rows } = await tx.query<ScheduleRow>(`select s.name as queue, s.key, s.cron, s.timezone as "timeZone" from ${JOBS_SCHEMA}.schedule s where ${column} = $1 order by s.name, s.key`, [value])
  return rows
}
