create table app.invoice_series (
  tenant_id uuid not null references app.company(tenant_id),
  prefix text not null,
  year int not null,
  next_number int not null,
  primary key (tenant_id, prefix, year)
);
select app.protect('invoice_series', 'select, insert, update');

create table app.invoice (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  kind text not null check (kind in ('invoice', 'credit_note')),
  status text not null check (status in ('draft', 'issued', 'part_paid', 'paid', 'credited')),
  -- `taken_over`: issued before Quittance, open when it came; no entry, its own number.
  -- `imported`: issued by another tool in a year kept here; an entry, its own number.
  origin text not null default 'quittance' check (origin in ('quittance', 'taken_over', 'imported')),
  number text,
  customer_id uuid not null,
  -- What the document says of the customer, fixed on the day of issue.
  customer_snapshot jsonb,
  issued_on date,
  due_on date,
  currency char(3) not null,
  -- Signed minor units: a credit note is negative.
  net bigint not null,
  vat bigint not null,
  gross bigint not null,
  -- The same in the company's currency.
  base_net bigint not null,
  base_vat bigint not null,
  base_gross bigint not null,
  vat_due_on text not null check (vat_due_on in ('receipts', 'debits')),
  credits_id uuid,
  -- What payments and credit notes have settled, same sign as gross.
  settled bigint not null default 0,
  entry_id uuid,
  order_reference text,
  note text,
  external_id text,
  version int not null default 1,
  created_by uuid,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references app.customer (tenant_id, id),
  foreign key (tenant_id, credits_id) references app.invoice (tenant_id, id),
  foreign key (tenant_id, entry_id) references app.entry (tenant_id, id),
  check (gross = net + vat),
  check (base_gross = base_net + base_vat),
  check ((status = 'draft') = (number is null)),
  check (status = 'draft' or (issued_on is not null and due_on is not null and customer_snapshot is not null)),
  check (status <> 'draft' or settled = 0),
  check (abs(settled) <= abs(gross))
);
create unique index invoice_number_once on app.invoice (tenant_id, number) where number is not null;
create unique index invoice_external_once on app.invoice (tenant_id, external_id) where external_id is not null;
create index invoice_by_date on app.invoice (tenant_id, issued_on, id);
create index invoice_open on app.invoice (tenant_id, due_on, id) where status in ('issued', 'part_paid');
create index invoice_by_customer on app.invoice (tenant_id, customer_id, issued_on, id);
select app.protect('invoice');

create table app.invoice_line (
  tenant_id uuid not null,
  invoice_id uuid not null,
  n int not null,
  description text not null,
  quantity numeric(18, 4) not null,
  unit_price numeric(18, 4) not null,
  vat_rate_bp int not null check (vat_rate_bp between 0 and 10000),
  nature text not null check (nature in ('goods', 'services')),
  net bigint not null,
  primary key (tenant_id, invoice_id, n),
  foreign key (tenant_id, invoice_id) references app.invoice (tenant_id, id) on delete cascade
);
select app.protect('invoice_line');

create table app.invoice_vat (
  tenant_id uuid not null,
  invoice_id uuid not null,
  vat_rate_bp int not null,
  nature text not null check (nature in ('goods', 'services')),
  basis bigint not null,
  amount bigint not null,
  base_amount bigint not null,
  primary key (tenant_id, invoice_id, vat_rate_bp, nature),
  foreign key (tenant_id, invoice_id) references app.invoice (tenant_id, id) on delete cascade
);
select app.protect('invoice_vat');

-- An issued invoice is final. What may still move is its settlement, never its content.
create function app.issued_invoice_keeps_its_content() returns trigger language plpgsql as $$
begin
  if old.status = 'draft' then return case when tg_op = 'DELETE' then old else new end; end if;
  if tg_op = 'DELETE' or new.status = 'draft'
     or (to_jsonb(old) - 'status' - 'settled' - 'version') <> (to_jsonb(new) - 'status' - 'settled' - 'version') then
    raise exception 'invoice % is issued and final', old.number using errcode = 'QT001';
  end if;
  return new;
end $$;
create trigger invoice_is_final before update or delete on app.invoice for each row execute function app.issued_invoice_keeps_its_content();

create function app.issued_invoice_keeps_its_lines() returns trigger language plpgsql as $$
declare found_status text;
begin
  select status into found_status from app.invoice where tenant_id = coalesce(new.tenant_id, old.tenant_id) and id = coalesce(new.invoice_id, old.invoice_id);
  if found_status <> 'draft' then raise exception 'the lines of an issued invoice are final' using errcode = 'QT001'; end if;
  return coalesce(new, old);
end $$;
create trigger invoice_line_is_final before insert or update or delete on app.invoice_line for each row execute function app.issued_invoice_keeps_its_lines();
create trigger invoice_vat_is_final before insert or update or delete on app.invoice_vat for each row execute function app.issued_invoice_keeps_its_lines();

-- What is still owed, in the company's currency: customers, reminders and the home page read this.
create view app.open_invoice with (security_invoker = true) as
  select tenant_id, id, customer_id, kind, number, issued_on, due_on, currency, base_gross - settled as open
  from app.invoice
  where status in ('issued', 'part_paid');
grant select on app.open_invoice to quittance_tenant;
