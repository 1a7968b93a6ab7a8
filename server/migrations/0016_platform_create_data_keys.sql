-- Keys that seal secrets at rest. Each is wrapped by a master key made from QUITTANCE_SECRET, so that these rows alone
-- open nothing. One is current for each company and purpose; a retired one still opens what it sealed.
-- born_under names the master key it was made under: a key that an earlier secret has seen is replaced by `secrets rotate --data`.
-- made_in tells a key of the transaction under way from one that is committed: only the latter may be remembered.
create table app.data_key (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  purpose text not null check (purpose ~ '^[a-z][a-z0-9._-]{0,59}$'),
  -- The name of the master key that wraps it.
  master text not null,
  born_under text not null,
  wrapped bytea not null,
  made_in xid8 not null default pg_current_xact_id(),
  made_at timestamptz not null default now(),
  retired_at timestamptz,
  primary key (tenant_id, id)
);
create unique index data_key_current on app.data_key (tenant_id, purpose) where retired_at is null;
select app.protect('data_key', 'select, insert');
grant update (master, wrapped, retired_at) on app.data_key to quittance_tenant;

-- The same for what belongs to the installation and to people, not to a company.
create table auth.data_key (
  id uuid not null primary key,
  purpose text not null check (purpose ~ '^[a-z][a-z0-9._-]{0,59}$'),
  master text not null,
  born_under text not null,
  wrapped bytea not null,
  made_in xid8 not null default pg_current_xact_id(),
  made_at timestamptz not null default now(),
  retired_at timestamptz
);
create unique index data_key_current on auth.data_key (purpose) where retired_at is null;
