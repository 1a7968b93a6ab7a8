create table app.bank_account (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  name text not null check (name <> ''),
  iban text,
  -- How the bank writes the account where it gives no IBAN ("30002 00447 0000888899H").
  bank_writing text,
  currency char(3) not null,
  ledger_account text not null,
  suspense_account text not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, ledger_account),
  unique (tenant_id, suspense_account),
  foreign key (tenant_id, ledger_account) references app.ledger_account (tenant_id, number),
  foreign key (tenant_id, suspense_account) references app.ledger_account (tenant_id, number)
);
create unique index bank_account_iban_once on app.bank_account (tenant_id, iban) where iban is not null;
select app.protect('bank_account', 'select, insert, update');

-- A file someone gave, kept as it came. `previewed` until its lines are taken.
create table app.bank_import (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  status text not null check (status in ('previewed', 'committed')),
  file_name text not null,
  sha256 bytea not null,
  content bytea not null,
  format text not null,
  profile text,
  bank_account_id uuid,
  lines_new int not null default 0,
  lines_known int not null default 0,
  lines_suspicious int not null default 0,
  problems jsonb not null default '[]',
  uploaded_by uuid,
  uploaded_at timestamptz not null default now(),
  committed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, bank_account_id) references app.bank_account (tenant_id, id)
);
create index bank_import_by_time on app.bank_import (tenant_id, uploaded_at, id);
select app.protect('bank_import');

create table app.bank_statement (
  tenant_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  bank_account_id uuid not null,
  opening_on date,
  opening bigint,
  closing_on date,
  closing bigint,
  -- The day of its first line, known lines included: when it is not after opening_on, the opening is that of the morning.
  first_line_on date,
  line_count int not null,
  continuity text not null check (continuity in ('proven', 'broken', 'unknown')),
  -- Closing minus (opening + lines); null when it cannot be known.
  gap bigint,
  primary key (tenant_id, id),
  foreign key (tenant_id, import_id) references app.bank_import (tenant_id, id),
  foreign key (tenant_id, bank_account_id) references app.bank_account (tenant_id, id)
);
create index bank_statement_by_account on app.bank_statement (tenant_id, bank_account_id, closing_on, id);
select app.protect('bank_statement', 'select, insert');

create table app.bank_line (
  tenant_id uuid not null,
  id uuid not null,
  bank_account_id uuid not null,
  import_id uuid not null,
  -- Order inside its import.
  position int not null,
  booked_on date not null,
  value_on date,
  amount bigint not null,
  currency char(3) not null,
  label text not null,
  reference text,
  counterparty_name text,
  counterparty_iban text,
  bank_reference text,
  -- The entry 512 against 471; null while the line is "en écriture".
  entry_id uuid,
  -- How much of it is cleared from 471, same sign as amount. The line is to treat while the two differ.
  treated bigint not null default 0,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, import_id, position),
  foreign key (tenant_id, bank_account_id) references app.bank_account (tenant_id, id),
  foreign key (tenant_id, import_id) references app.bank_import (tenant_id, id),
  foreign key (tenant_id, entry_id) references app.entry (tenant_id, id),
  check (abs(treated) <= abs(amount))
);
create index bank_line_by_date on app.bank_line (tenant_id, booked_on, id);
create index bank_line_by_account on app.bank_line (tenant_id, bank_account_id, booked_on, id);
create index bank_line_to_treat on app.bank_line (tenant_id, booked_on, id) where treated <> amount;
create index bank_line_to_post on app.bank_line (tenant_id, import_id, position) where entry_id is null and amount <> 0;
select app.protect('bank_line', 'select, insert');
grant update (entry_id, treated) on app.bank_line to quittance_tenant;
