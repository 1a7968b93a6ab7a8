-- What happened in a company, told once: to open screens, to outgoing webhooks, to the jobs that react.
-- An event is written in the transaction of its change and has no rank yet: two transactions may commit in another order
-- than they wrote. The rank is given after the commit, under the lock of app.event_end, so that who has read up to rank n
-- never misses an event that comes to light later. Ranks of a company grow by one and never skip.
create table app.event (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  seq bigint,
  at timestamptz not null default clock_timestamp(),
  kind text not null check (kind ~ '^[a-z_]+\.[a-z_]+$'),
  subject text,
  data jsonb not null default '{}',
  primary key (tenant_id, id)
);
create unique index event_by_seq on app.event (tenant_id, seq) where seq is not null;
create index event_without_rank on app.event (tenant_id, id) where seq is null;
create index event_by_time on app.event (tenant_id, at, id);
select app.protect('event', 'select, insert, delete');
grant update (seq) on app.event to quittance_tenant;
-- The sweep asks which companies have events that nobody ranked yet; it sees nothing else of them.
grant select (tenant_id, seq) on app.event to quittance_system;
create policy system_finds_unranked on app.event for select to quittance_system using (seq is null);

-- The last rank given, the last one the jobs reacted to, and the last one that was thrown away by age.
create table app.event_end (
  tenant_id uuid primary key references app.company(tenant_id),
  seq bigint not null default 0,
  handled bigint not null default 0,
  dropped bigint not null default 0,
  check (dropped <= seq and handled <= seq)
);
select app.protect('event_end', 'select, insert, update');
grant select on app.event_end to quittance_system;
create policy system_reads on app.event_end for select to quittance_system using (true);
