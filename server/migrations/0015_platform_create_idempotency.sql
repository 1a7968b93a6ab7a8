-- The first answer to each Idempotency-Key, kept for a day so that a repeated request gets it again and does nothing.
-- `id` and `fingerprint` are keyed hashes, and `answer` is sealed with a key made from the caller's own: a copy of these rows tells
-- neither the keys nor what was answered. No role of a company reads them; tenant_id only lets them go with their company.
create table auth.idempotency_key (
  id bytea not null primary key,
  tenant_id uuid references auth.organization(id) on delete cascade,
  fingerprint bytea not null,
  status smallint not null check (status between 200 and 499),
  answer bytea not null,
  expires_at timestamptz not null
);
create index idempotency_key_by_end on auth.idempotency_key (expires_at);
