create table app.fiscal_year (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  status text not null default 'open' check (status in ('open', 'closed')),
  -- Number 1 of each year is kept for the opening entry.
  next_number int not null default 2,
  primary key (tenant_id, id),
  unique (tenant_id, starts_on)
);
select app.protect('fiscal_year', 'select, insert, update');

create table app.period (
  tenant_id uuid not null,
  id uuid not null,
  fiscal_year_id uuid not null,
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  status text not null default 'open' check (status in ('open', 'locked')),
  primary key (tenant_id, id),
  unique (tenant_id, starts_on),
  foreign key (tenant_id, fiscal_year_id) references app.fiscal_year (tenant_id, id)
);
select app.protect('period', 'select, insert, update');

create table app.journal (
  tenant_id uuid not null references app.company(tenant_id),
  code text not null check (code ~ '^[^|\t\r\n]{1,20}$'),
  label text not null,
  -- An imported FEC keeps its own numbers in journals marked so.
  imported boolean not null default false,
  primary key (tenant_id, code)
);
select app.protect('journal', 'select, insert, update');

create table app.ledger_account (
  tenant_id uuid not null references app.company(tenant_id),
  -- Ours begin with three digits; another ledger's may not, and are kept as they were.
  number text not null check (number ~ '^[0-9][^|[:space:]]{0,39}$'),
  label text not null,
  primary key (tenant_id, number)
);
select app.protect('ledger_account', 'select, insert');
-- The number stays: lines name it.
grant update (label) on app.ledger_account to quittance_tenant;

-- A draft is a document one may still change; validating it makes an entry and removes it.
create table app.entry_draft (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  journal_code text not null,
  entry_date date not null,
  piece_ref text not null,
  piece_date date not null,
  label text not null,
  lines jsonb not null,
  version int not null default 1,
  created_by uuid,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, journal_code) references app.journal (tenant_id, code)
);
select app.protect('entry_draft');

-- A validated entry. Never updated, never deleted: a mistake is mended by the reversal that names it.
create table app.entry (
  tenant_id uuid not null,
  id uuid not null,
  seq bigint not null,
  fiscal_year_id uuid not null,
  period_id uuid not null,
  journal_code text not null,
  number text not null,
  entry_date date not null,
  piece_ref text not null,
  piece_date date not null,
  label text not null,
  source text not null check (source in ('manual', 'invoice', 'bank', 'match', 'import', 'opening', 'reversal')),
  source_id uuid,
  reverses_id uuid,
  is_opening boolean not null default false,
  imported boolean not null default false,
  validated_on date not null,
  posted_by uuid,
  posted_at timestamptz not null,
  prev_hash bytea not null,
  hash bytea not null,
  primary key (tenant_id, id),
  unique (tenant_id, seq),
  foreign key (tenant_id, fiscal_year_id) references app.fiscal_year (tenant_id, id),
  foreign key (tenant_id, period_id) references app.period (tenant_id, id),
  foreign key (tenant_id, journal_code) references app.journal (tenant_id, code),
  foreign key (tenant_id, reverses_id) references app.entry (tenant_id, id)
);
create unique index entry_number_once on app.entry (tenant_id, fiscal_year_id, number) where not imported;
create unique index entry_reversed_once on app.entry (tenant_id, reverses_id) where reverses_id is not null;
-- One entry per thing that posts it, so that a job run twice posts once.
create unique index entry_source_once on app.entry (tenant_id, source, source_id) where source in ('bank', 'invoice');
create index entry_by_date on app.entry (tenant_id, entry_date, seq);
create index entry_by_journal on app.entry (tenant_id, journal_code, entry_date, seq);
select app.protect('entry', 'select, insert');
create trigger entry_is_final before update or delete on app.entry for each row execute function app.refuse_change();

create table app.entry_line (
  tenant_id uuid not null,
  entry_id uuid not null,
  n int not null,
  seq bigint not null,
  fiscal_year_id uuid not null,
  entry_date date not null,
  account text not null,
  aux_code text,
  aux_label text,
  label text not null,
  debit bigint not null,
  credit bigint not null,
  foreign_minor bigint,
  foreign_currency char(3),
  lettering text,
  lettered_on date,
  imported boolean not null default false,
  -- Another ledger may name a document for each line: kept where it differs from the entry's.
  piece_ref text,
  piece_date date,
  -- Its entry and its account are checked by entry_line_balances, a statement at a time: row by row, as a foreign key
  -- does it, that was a third of the time of a large posting. Neither of the two is ever deleted or renumbered.
  primary key (tenant_id, entry_id, n),
  check (imported or (debit >= 0 and credit >= 0 and (debit = 0) <> (credit = 0))),
  check ((aux_code is null) = (aux_label is null)),
  check ((foreign_minor is null) = (foreign_currency is null)),
  -- Another ledger's lettering may come without its day: none is invented.
  check (lettered_on is null or lettering is not null),
  check (imported or lettering is null or lettered_on is not null)
);
create index entry_line_by_account on app.entry_line (tenant_id, account, entry_date, seq, n);
create index entry_line_by_auxiliary on app.entry_line (tenant_id, account, aux_code, entry_date, seq, n) where aux_code is not null;
select app.protect('entry_line', 'select, insert');
-- Lettering is the one mark that comes later.
grant update (lettering, lettered_on) on app.entry_line to quittance_tenant;

create function app.entry_line_keeps_its_content() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (to_jsonb(old) - 'lettering' - 'lettered_on') <> (to_jsonb(new) - 'lettering' - 'lettered_on') then
    raise exception '% on entry_line is refused: validated lines are final', tg_op using errcode = 'QT001';
  end if;
  return new;
end $$;
create trigger entry_line_is_final before update or delete on app.entry_line for each row execute function app.entry_line_keeps_its_content();

-- All lines of an entry come in one statement; each entry of that statement must balance, and its lines must name it and
-- accounts that exist. The look-ups are planned each time: a plan kept from the day the tables were empty would read, for
-- each entry, all those of the company.
create function app.entry_lines_balance() returns trigger language plpgsql as $$
declare bad uuid; unknown text;
begin
  select entry_id into bad from inserted group by tenant_id, entry_id having sum(debit) <> sum(credit) limit 1;
  if bad is not null then raise exception 'entry % does not balance', bad using errcode = 'QT002'; end if;
  execute 'select i.entry_id from (select distinct tenant_id, entry_id, seq, fiscal_year_id from inserted) i
    where (select e.fiscal_year_id from app.entry e where e.tenant_id = i.tenant_id and e.id = i.entry_id and e.seq = i.seq) is distinct from i.fiscal_year_id limit 1' into bad;
  if bad is not null then raise exception 'lines name the entry %, which does not exist as they say', bad using errcode = '23503'; end if;
  execute 'select i.account from (select distinct tenant_id, account from inserted) i
    where (select a.number from app.ledger_account a where a.tenant_id = i.tenant_id and a.number = i.account) is null limit 1' into unknown;
  if unknown is not null then raise exception 'lines name the account %, which does not exist', unknown using errcode = '23503'; end if;
  return null;
end $$;
create trigger entry_line_balances after insert on app.entry_line referencing new table as inserted for each statement execute function app.entry_lines_balance();

-- The monthly roll-up kept in the posting transaction: reports read it instead of the lines.
create table app.account_balance (
  tenant_id uuid not null,
  fiscal_year_id uuid not null,
  account text not null,
  month date not null,
  is_opening boolean not null,
  debit bigint not null,
  credit bigint not null,
  primary key (tenant_id, fiscal_year_id, account, month, is_opening),
  foreign key (tenant_id, fiscal_year_id) references app.fiscal_year (tenant_id, id)
) with (fillfactor = 70);
select app.protect('account_balance', 'select, insert, update');

-- The end of each tenant's chain of entries; its row lock gives the posting order.
create table app.ledger_chain (
  tenant_id uuid primary key references app.company(tenant_id),
  seq bigint not null,
  hash bytea not null
);
select app.protect('ledger_chain', 'select, insert, update');

-- The last lettering code given on each third party's account. Codes are never used twice.
create table app.lettering_counter (
  tenant_id uuid not null references app.company(tenant_id),
  account text not null,
  -- Empty for an account without third parties.
  aux_code text not null,
  last_code text not null check (last_code ~ '^[A-Z]{2,}$'),
  primary key (tenant_id, account, aux_code)
);
select app.protect('lettering_counter', 'select, insert, update');
