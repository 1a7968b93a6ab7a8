-- A durable workflow: one row for each run, one for each of its steps. What a step did is stored with what it did.
create table app.workflow_run (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  workflow text not null check (workflow <> ''),
  title jsonb not null,
  -- What must not begin twice, such as the day of a morning run; null when nothing forbids another.
  key text,
  input jsonb not null default '{}',
  state text not null check (state in ('queued', 'running', 'waiting_person', 'failed', 'done', 'cancelled')),
  origin text not null check (origin in ('person', 'schedule', 'command')),
  started_by uuid,
  started_by_name text not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  primary key (tenant_id, id)
);
create unique index workflow_run_once on app.workflow_run (tenant_id, workflow, key) where key is not null;
-- One at a time: two runs of one workflow would do the same work side by side.
create unique index workflow_run_alone on app.workflow_run (tenant_id, workflow) where state in ('queued', 'running');
create index workflow_run_by_time on app.workflow_run (tenant_id, created_at desc, id desc);
create index workflow_run_open on app.workflow_run (tenant_id, id) where state in ('queued', 'running');
select app.protect('workflow_run', 'select, insert, update');
grant select on app.workflow_run to quittance_system;
create policy system_reads on app.workflow_run for select to quittance_system using (true);

create table app.workflow_step (
  tenant_id uuid not null,
  run_id uuid not null,
  position int not null,
  name text not null check (name <> ''),
  title jsonb not null,
  state text not null check (state in ('pending', 'running', 'retrying', 'waiting_person', 'failed', 'done')),
  -- Tries begun. A try that another one followed can no longer store anything.
  attempts int not null default 0,
  result jsonb,
  error jsonb,
  question jsonb,
  decision jsonb,
  started_at timestamptz,
  ended_at timestamptz,
  primary key (tenant_id, run_id, position),
  unique (tenant_id, run_id, name),
  foreign key (tenant_id, run_id) references app.workflow_run (tenant_id, id)
);
select app.protect('workflow_step', 'select, insert, update');

-- How far the job at work is; gone once it is done.
create table app.job_progress (
  tenant_id uuid not null references app.company(tenant_id),
  job_id uuid not null,
  done int not null check (done >= 0),
  total int not null check (total >= 0),
  at timestamptz not null default now(),
  primary key (tenant_id, job_id)
);
select app.protect('job_progress');
grant select on app.job_progress to quittance_system;
create policy system_reads on app.job_progress for select to quittance_system using (true);

-- The morning of a company follows its time zone: whoever keeps the schedules hears of a new company and of a moved one.
create function app.tell_time_zone() returns trigger language plpgsql as $$
begin
  perform pg_notify('quittance_time_zone', new.tenant_id::text);
  return null;
end $$;
create trigger company_tells_time_zone after insert or update of time_zone on app.company for each row execute function app.tell_time_zone();
