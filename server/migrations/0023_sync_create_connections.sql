-- A way bank lines come in by themselves. One that is removed keeps its row for the log, without its secrets.
create table app.sync_connection (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  provider text not null check (provider in ('bridge', 'finary', 'plaid', 'qonto')),
  name text not null check (name <> ''),
  institution text,
  -- What the provider calls it. Notifications about another one are set aside.
  external_id text,
  state text not null default 'active' check (state in ('active', 'degraded', 'needs_reauth', 'needs_user_action', 'error', 'revoked')),
  state_detail text,
  -- The instant, by the provider's clock, of what last changed the state: notifications come out of order.
  state_as_of timestamptz,
  consent_until timestamptz,
  -- The key in the address of its notifications, hashed.
  token_hash bytea,
  -- What proves a notification, sealed: the signing secret, or what it takes to fetch the provider's keys.
  signing_secret text,
  signing_hint text,
  plaid_access text,
  -- Where a connector that pulls has got to, by resource.
  cursor jsonb not null default '{}',
  to_sync_since timestamptz,
  last_event_at timestamptz,
  keys_asked_at timestamptz,
  version int not null default 1,
  created_by uuid,
  created_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (tenant_id, id),
  check (removed_at is null or (token_hash is null and signing_secret is null and plaid_access is null))
);
create index sync_connection_present on app.sync_connection (tenant_id, created_at, id) where removed_at is null;
select app.protect('sync_connection', 'select, insert, update');

-- An account as the provider names it, and ours when it is known.
create table app.sync_account (
  tenant_id uuid not null,
  connection_id uuid not null,
  external_id text not null,
  name text,
  iban text,
  currency char(3),
  bank_account_id uuid,
  seen_at timestamptz not null default now(),
  primary key (tenant_id, connection_id, external_id),
  foreign key (tenant_id, connection_id) references app.sync_connection (tenant_id, id),
  foreign key (tenant_id, bank_account_id) references app.bank_account (tenant_id, id) on delete set null (bank_account_id)
);
select app.protect('sync_account');

-- The public keys a provider signs with.
create table app.sync_key (
  tenant_id uuid not null,
  connection_id uuid not null,
  kid text not null,
  jwk jsonb not null,
  expired_at timestamptz,
  fetched_at timestamptz not null,
  primary key (tenant_id, connection_id, kid),
  foreign key (tenant_id, connection_id) references app.sync_connection (tenant_id, id)
);
select app.protect('sync_key');

-- One reading of lines, whoever asked for it.
create table app.sync_run (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  connection_id uuid,
  trigger text not null check (trigger in ('webhook', 'upload', 'manual', 'replay')),
  state text not null check (state in ('done', 'partial', 'failed')),
  started_at timestamptz not null,
  ended_at timestamptz not null,
  accounts int not null default 0,
  lines_new int not null default 0,
  lines_known int not null default 0,
  lines_updated int not null default 0,
  lines_refused int not null default 0,
  problems jsonb not null default '[]',
  import_ids uuid[] not null default '{}',
  primary key (tenant_id, id),
  foreign key (tenant_id, connection_id) references app.sync_connection (tenant_id, id)
);
create index sync_run_by_time on app.sync_run (tenant_id, started_at, id);
create index sync_run_by_connection on app.sync_run (tenant_id, connection_id, started_at, id);
select app.protect('sync_run');

-- A notification that was proven, its bytes as they came. One for each event: the same one again only counts.
create table app.sync_event (
  tenant_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  -- The provider's own id of it, or the hash of its bytes.
  event_key text not null,
  kind text,
  body bytea not null,
  headers jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'ignored', 'failed')),
  times int not null default 1,
  tries int not null default 0,
  replayed boolean not null default false,
  outcome jsonb,
  run_id uuid,
  received_at timestamptz not null,
  processed_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, connection_id, event_key),
  foreign key (tenant_id, connection_id) references app.sync_connection (tenant_id, id),
  foreign key (tenant_id, run_id) references app.sync_run (tenant_id, id)
);
alter table app.sync_event alter column body set storage external;
create index sync_event_by_time on app.sync_event (tenant_id, received_at, id);
create index sync_event_open on app.sync_event (tenant_id, connection_id, state) where state in ('waiting', 'failed');
select app.protect('sync_event');

-- What was refused at the door, only counted: a row for each reason.
create table app.sync_refusal (
  tenant_id uuid not null,
  connection_id uuid not null,
  reason text not null check (reason in ('signature', 'clock', 'unsigned')),
  count bigint not null default 1,
  last_at timestamptz not null,
  primary key (tenant_id, connection_id, reason),
  foreign key (tenant_id, connection_id) references app.sync_connection (tenant_id, id)
);
select app.protect('sync_refusal');
