-- A company or a firm: one row per tenant, beside its organisation in schema auth.
create table app.company (
  tenant_id uuid primary key references auth.organization(id),
  kind text not null check (kind in ('company', 'firm')),
  name text not null check (name <> ''),
  siren text check (siren ~ '^[0-9]{9}$'),
  vat_number text,
  address text,
  postal_code text,
  city text,
  country char(2) not null default 'FR',
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null default 'Europe/Paris',
  locale text not null default 'fr' check (locale in ('fr', 'en')),
  vat_due_on text not null default 'receipts' check (vat_due_on in ('receipts', 'debits')),
  colour text not null default '#2F46C9' check (colour ~ '^#[0-9A-F]{6}$'),
  is_demo boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null default now()
);
select app.protect('company', 'select, insert, update');
grant select on app.company to quittance_system;
create policy system_reads on app.company for select to quittance_system using (true);

-- The access a company gives to a firm, and can take back. The row stays as the trace of it.
create table app.firm_grant (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  firm_id uuid not null references auth.organization(id),
  role text not null check (role in ('admin', 'accountant', 'assistant', 'viewer', 'auditor')),
  granted_by uuid,
  granted_at timestamptz not null default now(),
  revoked_at timestamptz,
  primary key (tenant_id, id)
);
create unique index firm_grant_active on app.firm_grant (tenant_id, firm_id) where revoked_at is null;
create index firm_grant_by_firm on app.firm_grant (firm_id) where revoked_at is null;
select app.protect('firm_grant', 'select, insert, update');
grant select on app.firm_grant to quittance_system;
create policy system_reads on app.firm_grant for select to quittance_system using (true);
