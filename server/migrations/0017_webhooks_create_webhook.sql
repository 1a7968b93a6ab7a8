-- Addresses that a company wants told. Secrets are sealed: the database alone does not open them.
create table app.webhook_endpoint (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  url text not null,
  description text not null default '',
  kinds text[] not null check (cardinality(kinds) > 0),
  enabled boolean not null default true,
  disabled_because text check (disabled_because in ('person', 'gone')),
  secret text not null,
  secret_hint text not null,
  -- Both sign until this instant, so that a receiver can change at its own hour.
  previous_secret text,
  previous_until timestamptz,
  version int not null default 1,
  created_by uuid,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check (enabled = (disabled_because is null))
);
select app.protect('webhook_endpoint');

-- One event for one address. `round` counts the tries since it was last asked for; `tries` all of them.
create table app.webhook_delivery (
  tenant_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  kind text not null,
  body text not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'dead')),
  tries int not null default 0,
  round int not null default 0,
  next_at timestamptz,
  -- A worker has it until then; one that dies leaves it to the next.
  claimed_until timestamptz,
  last_status int,
  last_error text,
  created_at timestamptz not null default now(),
  delivered_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, endpoint_id, event_id),
  foreign key (tenant_id, endpoint_id) references app.webhook_endpoint (tenant_id, id) on delete cascade,
  check ((state = 'waiting') = (next_at is not null))
);
create index webhook_delivery_by_time on app.webhook_delivery (tenant_id, created_at, id);
create index webhook_delivery_by_endpoint on app.webhook_delivery (tenant_id, endpoint_id, created_at, id);
create index webhook_delivery_open on app.webhook_delivery (tenant_id, endpoint_id, state) where state <> 'delivered';
select app.protect('webhook_delivery');

create table app.webhook_try (
  tenant_id uuid not null,
  delivery_id uuid not null,
  n int not null,
  at timestamptz not null,
  duration_ms int not null,
  status int,
  error text,
  excerpt text,
  primary key (tenant_id, delivery_id, n),
  foreign key (tenant_id, delivery_id) references app.webhook_delivery (tenant_id, id) on delete cascade
);
select app.protect('webhook_try');
