import type { RunState } from '../../../contract/operations.ts'
import type { Text } from '../../../core/kernel/problem.ts'
import type { SystemTx, TenantTx } from '../db/types.ts'
import type { JsonObject, Origin, RunRow, RunSummaryRow, StepResult, StepRow, StoredDecision, StoredQuestion } from './types.ts'

const RUN = `r.id, r.workflow, r.title, r.key, r.input, r.state, r.origin, r.started_by_name as "startedByName", r.created_at as "createdAt", r.started_at as "startedAt", r.ended_at as "endedAt"`
const STEP = `s.position, s.name, s.title, s.state, s.attempts, s.result, s.error, s.question, s.decision, s.started_at as "startedAt", s.ended_at as "endedAt"`

export type NewRun = {
  readonly id: string; readonly workflow: string; readonly title: Text; readonly key: string | null; readonly input: JsonObject; readonly origin: Origin
  readonly startedBy: string | null; readonly startedByName: string; readonly steps: readonly { readonly name: string; readonly title: Text }[]
}

/** Answers false when a run of this workflow is at work already, or one with this key was ever started. */
export async function insertRun(tx: TenantTx, run: NewRun): Promise<boolean> {
  const { rows } = await tx.query(`
    insert into app.workflow_run (tenant_id, id, workflow, title, key, input, state, origin, started_by, started_by_name)
    values ($1, $2, $3, $4::jsonb, $5, $6::jsonb, 'queued', $7, $8, $9) on conflict do nothing returning id`,
  [tx.tenantId, run.id, run.workflow, JSON.stringify(run.title), run.key, JSON.stringify(run.input), run.origin, run.startedBy, run.startedByName])
  if (rows.length === 0) return false
  await tx.query(`
    insert into app.workflow_step (tenant_id, run_id, position, name, title, state)
    select $1, $2, u.position, u.name, u.title::jsonb, 'pending' from unnest($3::int[], $4::text[], $5::text[]) as u(position, name, title)`,
  [tx.tenantId, run.id, run.steps.map((_step, index) => index + 1), run.steps.map((step) => step.name), run.steps.map((step) => JSON.stringify(step.title))])
  return true
}

export async function findRun(tx: TenantTx, id: string): Promise<RunRow | undefined> {
  const { rows } = await tx.query<RunRow>(`select ${RUN} from app.workflow_run r where r.tenant_id = $1 and r.id = $2`, [tx.tenantId, id])
  return rows[0]
}

/** A run, which nobody else moves before the transaction ends. */
export async function lockRun(tx: TenantTx, id: string): Promise<RunRow | undefined> {
  const { rows } = await tx.query<RunRow>(`select ${RUN} from app.workflow_run r where r.tenant_id = $1 and r.id = $2 for update`, [tx.tenantId, id])
  return rows[0]
}

export async function stepsOf(tx: TenantTx, runId: string): Promise<StepRow[]> {
  const { rows } = await tx.query<StepRow>(`select ${STEP} from app.workflow_step s where s.tenant_id = $1 and s.run_id = $2 order by s.position`, [tx.tenantId, runId])
  return rows
}

/** One step, which no other try of it stores before the transaction ends. */
export async function lockStep(tx: TenantTx, runId: string, position: number): Promise<StepRow | undefined> {
  const { rows } = await tx.query<StepRow>(`select ${STEP} from app.workflow_step s where s.tenant_id = $1 and s.run_id = $2 and s.position = $3 for update`, [tx.tenantId, runId, position])
  return rows[0]
}

export type RunFilter = { readonly workflow: string | null; readonly state: string | null; readonly after: { readonly createdAt: string; readonly id: string } | null; readonly limit: number }

/** Runs, latest first. */
export async function listRuns(tx: TenantTx, filter: RunFilter): Promise<RunSummaryRow[]> {
  const { rows } = await tx.query<RunSummaryRow>(`
    select ${RUN}, n.done as "stepsDone", n.total as "stepsTotal", c.title as "currentStep", c.error
    from app.workflow_run r
    cross join lateral (select count(*) filter (where s.state = 'done')::int as done, count(*)::int as total from app.workflow_step s where s.tenant_id = r.tenant_id and s.run_id = r.id) n
    left join lateral (select s.title, s.error from app.workflow_step s where s.tenant_id = r.tenant_id and s.run_id = r.id and s.state <> 'done' order by s.position limit 1) c on true
    where r.tenant_id = $1 and ($2::text is null or r.workflow = $2) and ($3::text is null or r.state = $3)
      and ($4::timestamptz is null or (r.created_at, r.id) < ($4, $5::uuid))
    order by r.created_at desc, r.id desc limit $6`, [tx.tenantId, filter.workflow, filter.state, filter.after?.createdAt ?? null, filter.after?.id ?? null, filter.limit])
  return rows
}

/** Moves a run. Its first start and its end are dated by the clock of the database, which all processes share. */
export async function moveRun(tx: TenantTx, id: string, state: RunState): Promise<void> {
  await tx.query(`
    update app.workflow_run set state = $3, started_at = case when $3 = 'running' then coalesce(started_at, clock_timestamp()) else started_at end,
      ended_at = case when $3 in ('done', 'cancelled', 'failed') then clock_timestamp() end
    where tenant_id = $1 and id = $2`, [tx.tenantId, id, state])
}

/** True when another run of the workflow is queued or at work. */
export async function anotherAtWork(tx: TenantTx, run: Pick<RunRow, 'id' | 'workflow'>): Promise<boolean> {
  const { rows } = await tx.query('select 1 from app.workflow_run where tenant_id = $1 and workflow = $2 and id <> $3 and state in (\'queued\', \'running\')', [tx.tenantId, run.workflow, run.id])
  return rows.length > 0
}

/** Begins a try of a step and answers its number. */
export async function beginStep(tx: TenantTx, runId: string, position: number): Promise<number> {
  const { rows } = await tx.query<{ attempts: number }>(`
    update app.workflow_step set state = 'running', attempts = attempts + 1, started_at = clock_timestamp(), ended_at = null
    where tenant_id = $1 and run_id = $2 and position = $3 returning attempts`, [tx.tenantId, runId, position])
  return rows[0]!.attempts
}

export async function finishStep(tx: TenantTx, runId: string, done: { readonly position: number; readonly result: StepResult }): Promise<void> {
  await tx.query(`
    update app.workflow_step set state = 'done', result = $4::jsonb, error = null, question = null, ended_at = clock_timestamp()
    where tenant_id = $1 and run_id = $2 and position = $3`, [tx.tenantId, runId, done.position, JSON.stringify(done.result)])
}

export async function askPerson(tx: TenantTx, runId: string, asked: { readonly position: number; readonly question: StoredQuestion }): Promise<void> {
  await tx.query(`
    update app.workflow_step set state = 'waiting_person', question = $4::jsonb, error = null, ended_at = null
    where tenant_id = $1 and run_id = $2 and position = $3`, [tx.tenantId, runId, asked.position, JSON.stringify(asked.question)])
}

export async function decideStep(tx: TenantTx, runId: string, decided: { readonly position: number; readonly decision: StoredDecision }): Promise<void> {
  await tx.query(`
    update app.workflow_step set state = 'pending', question = null, decision = $4::jsonb
    where tenant_id = $1 and run_id = $2 and position = $3`, [tx.tenantId, runId, decided.position, JSON.stringify(decided.decision)])
}

export async function failStep(tx: TenantTx, runId: string, failed: { readonly position: number; readonly error: Text; readonly isFinal: boolean }): Promise<void> {
  await tx.query(`
    update app.workflow_step set state = $5, error = $4::jsonb, ended_at = clock_timestamp() where tenant_id = $1 and run_id = $2 and position = $3`,
  [tx.tenantId, runId, failed.position, JSON.stringify(failed.error), failed.isFinal ? 'failed' : 'retrying'])
}

/** Makes a failed step ready to be tried again. */
export async function reopenStep(tx: TenantTx, runId: string, position: number): Promise<void> {
  await tx.query('update app.workflow_step set state = \'pending\', ended_at = null where tenant_id = $1 and run_id = $2 and position = $3', [tx.tenantId, runId, position])
}

/** Runs that claim to be at work although no job drives them: it died for good. */
export async function abandonedRuns(tx: SystemTx, queue: string, limit: number): Promise<{ tenantId: string; runId: string }[]> {
  const { rows } = await tx.query<{ tenantId: string; runId: string }>(`
    select r.tenant_id as "tenantId", r.id as "runId" from app.workflow_run r
    where r.state in ('queued', 'running')
      and not exists (select 1 from jobs.job j where j.name = $1 and j.singleton_key = r.id::text and j.state in ('created', 'retry', 'active'))
    order by r.tenant_id, r.id limit $2`, [queue, limit])
  return rows
}

/** The instant of the database, as it is stored in questions and decisions. */
export async function databaseNow(tx: TenantTx): Promise<string> {
  const { rows } = await tx.query<{ now: string }>('select clock_timestamp() as now')
  return rows[0]!.now
}

/** What the product must know of a company to work in it; undefined when the company is gone. */
export async function companyAtWork(tx: TenantTx): Promise<{ currency: string; timeZone: string } | undefined> {
  const { rows } = await tx.query<{ currency: string; timeZone: string }>('select currency, time_zone as "timeZone" from app.company where tenant_id = $1', [tx.tenantId])
  return rows[0]
}
