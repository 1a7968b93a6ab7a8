-- A bank, or whoever holds an account. `connection` is moved by whatever connects it; files need none.
create table app.bank_institution (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  name text not null check (name <> ''),
  bic text,
  bank_code text,
  colour text not null check (colour ~ '^#[0-9a-f]{6}$'),
  connection text not null default 'none' check (connection in ('none', 'connected', 'expiring', 'expired', 'revoked')),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create unique index bank_institution_code_once on app.bank_institution (tenant_id, bank_code) where bank_code is not null;
select app.protect('bank_institution', 'select, insert, update');

alter table app.bank_account
  add column type text not null default 'current' check (type in ('current', 'savings', 'card', 'loan', 'cash', 'provider')),
  add column institution_id uuid,
  add column manual boolean not null default false,
  add column archived_on date,
  -- What it held at the end of a day, where no statement says it.
  add column opening_on date,
  add column opening bigint,
  -- False: it is kept in a currency for which the books have no rate.
  add column posts_entries boolean not null default true,
  add foreign key (tenant_id, institution_id) references app.bank_institution (tenant_id, id),
  add check ((opening_on is null) = (opening is null));
grant delete on app.bank_account to quittance_tenant;
-- Some banks keep several currencies under one IBAN.
drop index app.bank_account_iban_once;
create unique index bank_account_iban_once on app.bank_account (tenant_id, iban, currency) where iban is not null;

alter table app.bank_import
  drop constraint bank_import_status_check,
  add constraint bank_import_status_check check (status in ('previewed', 'committed', 'undone')),
  -- Where its lines come from: a file, a service that called us or was asked, a person.
  add column origin text not null default 'file' check (origin in ('file', 'webhook', 'connector', 'manual')),
  -- What the reader understood, kept while it waits so that the file is read once.
  add column reading text,
  add column mapping jsonb,
  add column lines_pending int not null default 0,
  add column lines_updated int not null default 0,
  add column undone_by uuid,
  add column undone_at timestamptz;
alter table app.bank_import alter column reading set storage external, alter column content set storage external;

alter table app.bank_statement add column last_line_on date;
grant delete on app.bank_statement to quittance_tenant;

-- `pending`: announced, never posted. `removed`: a tombstone, which keeps its place in what is known and is seen by nobody.
alter table app.bank_line
  add column status text not null default 'booked' check (status in ('booked', 'pending', 'removed')),
  add column posts boolean not null default true,
  -- Who gave bank_reference: null for a file, else the service.
  add column reference_source text,
  add column note text,
  add column hold_id uuid,
  add column transfer_id uuid,
  add column removed_because text check (removed_because in ('person', 'undone', 'withdrawn', 'retaken')),
  add column removed_by uuid,
  add column removed_at timestamptz,
  add check ((status = 'removed') = (removed_because is not null)),
  add check (status = 'booked' or treated = 0);
grant update (status, posts, import_id, position, booked_on, value_on, amount, label, reference, counterparty_name, counterparty_iban, bank_reference, reference_source, note, hold_id, transfer_id,
  removed_because, removed_by, removed_at) on app.bank_line to quittance_tenant;
create index bank_line_pending on app.bank_line (tenant_id, bank_account_id, booked_on, id) where status = 'pending';
create index bank_line_on_hold on app.bank_line (tenant_id, booked_on, id) where hold_id is not null;

-- Every query of every module passes over tombstones; the two that need them set app.removed_lines for their transaction.
create policy removed_unseen on app.bank_line as restrictive for select to quittance_tenant
  using (status <> 'removed' or current_setting('app.removed_lines', true) = 'seen');

-- What the bank said of a booked line is final: a mistake is removed or reversed, never rewritten.
create function app.refuse_line_change() returns trigger language plpgsql as $$
begin
  raise exception 'a booked bank line is final' using errcode = 'QT001';
end $$;
create trigger bank_line_final before update of booked_on, amount, currency, label, bank_account_id on app.bank_line
  for each row when (old.status <> 'pending') execute function app.refuse_line_change();

-- Other names a line was given by: every external identifier ever seen of it, beside bank_reference.
create table app.bank_line_alias (
  tenant_id uuid not null,
  bank_account_id uuid not null,
  source text not null,
  external_id text not null,
  line_id uuid not null,
  seen_at timestamptz not null default now(),
  primary key (tenant_id, bank_account_id, source, external_id),
  foreign key (tenant_id, line_id) references app.bank_line (tenant_id, id)
);
create index bank_line_alias_by_line on app.bank_line_alias (tenant_id, line_id);
select app.protect('bank_line_alias');

-- How an account moved on a day, booked lines only: kept by the statement that stores or removes lines.
create table app.bank_day (
  tenant_id uuid not null,
  bank_account_id uuid not null,
  day date not null,
  moved_in bigint not null,
  moved_out bigint not null,
  line_count int not null,
  primary key (tenant_id, bank_account_id, day),
  foreign key (tenant_id, bank_account_id) references app.bank_account (tenant_id, id) on delete cascade,
  check (moved_in >= 0 and moved_out <= 0 and line_count >= 0)
);
alter table app.bank_line no force row level security;
insert into app.bank_day (tenant_id, bank_account_id, day, moved_in, moved_out, line_count)
  select tenant_id, bank_account_id, booked_on, coalesce(sum(amount) filter (where amount > 0), 0), coalesce(sum(amount) filter (where amount < 0), 0), count(*)
  from app.bank_line group by tenant_id, bank_account_id, booked_on;
alter table app.bank_line force row level security;
select app.protect('bank_day');

-- A delivered line that may repeat a known one. Decided, it is the memory of the decision.
create table app.bank_suspicious (
  tenant_id uuid not null,
  id uuid not null,
  bank_account_id uuid not null,
  import_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'taken', 'skipped')),
  fingerprint text not null,
  booked_on date not null,
  value_on date,
  amount bigint not null,
  currency char(3) not null,
  label text not null,
  reference text,
  counterparty_name text,
  counterparty_iban text,
  bank_reference text,
  reference_source text,
  because jsonb not null,
  resembles_id uuid,
  line_id uuid,
  created_at timestamptz not null default now(),
  decided_by uuid,
  decided_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, bank_account_id) references app.bank_account (tenant_id, id),
  foreign key (tenant_id, import_id) references app.bank_import (tenant_id, id),
  foreign key (tenant_id, resembles_id) references app.bank_line (tenant_id, id),
  foreign key (tenant_id, line_id) references app.bank_line (tenant_id, id),
  check ((state = 'taken') = (line_id is not null))
);
create index bank_suspicious_waiting on app.bank_suspicious (tenant_id, booked_on, id) where state = 'waiting';
create index bank_suspicious_by_print on app.bank_suspicious (tenant_id, bank_account_id, fingerprint);
create index bank_suspicious_by_import on app.bank_suspicious (tenant_id, import_id);
select app.protect('bank_suspicious');

-- A question to a colleague about a line. Names are kept as they were that day.
create table app.bank_hold (
  tenant_id uuid not null,
  id uuid not null,
  line_id uuid not null,
  question text not null check (question <> ''),
  asked_by uuid,
  asked_by_name text,
  asked_of uuid,
  asked_of_name text,
  asked_at timestamptz not null default now(),
  answer text,
  answered_by uuid,
  answered_by_name text,
  answered_at timestamptz,
  released_by uuid,
  released_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, line_id) references app.bank_line (tenant_id, id)
);
create index bank_hold_by_line on app.bank_hold (tenant_id, line_id, asked_at);
create index bank_hold_open_by_person on app.bank_hold (tenant_id, asked_of) where released_at is null;
select app.protect('bank_hold', 'select, insert, update');

-- Two lines of two accounts that are one movement of the company's own money. Its entries pass by 58.
create table app.bank_transfer (
  tenant_id uuid not null,
  id uuid not null,
  status text not null check (status in ('active', 'undone')),
  out_line_id uuid not null,
  in_line_id uuid not null,
  automatic boolean not null default false,
  reasons jsonb not null,
  out_entry_id uuid,
  in_entry_id uuid,
  created_by uuid,
  created_at timestamptz not null default now(),
  undone_by uuid,
  undone_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, out_line_id) references app.bank_line (tenant_id, id),
  foreign key (tenant_id, in_line_id) references app.bank_line (tenant_id, id),
  foreign key (tenant_id, out_entry_id) references app.entry (tenant_id, id),
  foreign key (tenant_id, in_entry_id) references app.entry (tenant_id, id),
  check ((out_entry_id is null) = (in_entry_id is null))
);
create unique index bank_transfer_out_once on app.bank_transfer (tenant_id, out_line_id) where status = 'active';
create unique index bank_transfer_in_once on app.bank_transfer (tenant_id, in_line_id) where status = 'active';
create index bank_transfer_by_time on app.bank_transfer (tenant_id, created_at, id);
select app.protect('bank_transfer', 'select, insert, update');

-- How a company reads the CSV files of its banks, saved to be used again.
create table app.bank_import_profile (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  name text not null check (name <> ''),
  profile jsonb not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name)
);
select app.protect('bank_import_profile');
