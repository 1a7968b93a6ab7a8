create table app.customer (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  -- The auxiliary code under 411.
  code text not null check (code ~ '^[^|\t\r\n]{1,40}$'),
  name text not null check (name <> ''),
  -- The name without accents or capitals: lists are ordered by it, the same on every engine.
  sort_name text collate "C" not null,
  siren text check (siren ~ '^[0-9]{9}$'),
  vat_number text,
  email text,
  iban text,
  address text,
  postal_code text,
  city text,
  country char(2) not null default 'FR',
  payment_days int not null default 30 check (payment_days between 0 and 120),
  language text not null default 'fr' check (language in ('fr', 'en')),
  -- The identifier of this customer in the tool it came from.
  external_id text,
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, code)
);
create unique index customer_external_once on app.customer (tenant_id, external_id) where external_id is not null;
create index customer_by_name on app.customer (tenant_id, sort_name, id);
select app.protect('customer', 'select, insert, update');

create table app.customer_counter (
  tenant_id uuid primary key references app.company(tenant_id),
  next_number int not null
);
select app.protect('customer_counter', 'select, insert, update');
