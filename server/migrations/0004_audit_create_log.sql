-- Who did what, when, from where. Append-only, each row chained to the one before by SHA-256.
create table app.audit_log (
  tenant_id uuid not null references app.company(tenant_id),
  seq bigint not null,
  at timestamptz not null,
  user_id uuid,
  actor text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  before jsonb,
  after jsonb,
  address text,
  prev_hash bytea not null,
  hash bytea not null,
  primary key (tenant_id, seq)
);
create index audit_log_by_subject on app.audit_log (tenant_id, subject_kind, subject_id, seq);
select app.protect('audit_log', 'select, insert');
create trigger audit_log_is_final before update or delete on app.audit_log for each row execute function app.refuse_change();

-- The end of each tenant's chain; its row lock gives the order.
create table app.audit_chain (
  tenant_id uuid primary key references app.company(tenant_id),
  seq bigint not null,
  hash bytea not null
);
select app.protect('audit_chain', 'select, insert, update');
