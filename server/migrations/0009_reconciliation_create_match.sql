-- One decision on one bank line: which invoices it pays. Undone, it stays as the memory of the refusal.
create table app.match (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  bank_line_id uuid not null,
  status text not null check (status in ('active', 'undone')),
  confidence numeric(5, 4),
  automatic boolean not null default false,
  reasons jsonb not null,
  -- What of the line is neither an invoice nor left to treat: a fee, a discount, a rounding.
  residual bigint not null default 0,
  residual_account text,
  entry_id uuid not null,
  undo_entry_id uuid,
  created_by uuid,
  created_at timestamptz not null default now(),
  undone_by uuid,
  undone_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, bank_line_id) references app.bank_line (tenant_id, id),
  foreign key (tenant_id, entry_id) references app.entry (tenant_id, id),
  foreign key (tenant_id, undo_entry_id) references app.entry (tenant_id, id)
);
create index match_by_line on app.match (tenant_id, bank_line_id, created_at);
create index match_by_time on app.match (tenant_id, created_at, id);
select app.protect('match', 'select, insert, update');

create table app.match_allocation (
  tenant_id uuid not null,
  match_id uuid not null,
  invoice_id uuid not null,
  -- Signed minor units of the company's currency, same sign as the invoice.
  amount bigint not null check (amount <> 0),
  -- The share of TVA this allocation made due, and the entry in journal RT that says so.
  vat_released bigint not null default 0,
  -- The same rate by rate, so that the TVA made due so far is known to the cent whatever the order of undoing.
  vat_shares jsonb not null default '[]',
  vat_entry_id uuid,
  -- Its line in the entry of the match, which lettering needs.
  line_n int not null,
  primary key (tenant_id, match_id, invoice_id),
  foreign key (tenant_id, match_id) references app.match (tenant_id, id),
  foreign key (tenant_id, invoice_id) references app.invoice (tenant_id, id),
  foreign key (tenant_id, vat_entry_id) references app.entry (tenant_id, id)
);
create index match_allocation_by_invoice on app.match_allocation (tenant_id, invoice_id, match_id);
select app.protect('match_allocation', 'select, insert');

-- "Not this one": a suggestion someone refused or undid is not made again.
create table app.match_refusal (
  tenant_id uuid not null,
  bank_line_id uuid not null,
  invoice_id uuid not null,
  refused_by uuid,
  refused_at timestamptz not null default now(),
  primary key (tenant_id, bank_line_id, invoice_id),
  foreign key (tenant_id, bank_line_id) references app.bank_line (tenant_id, id),
  foreign key (tenant_id, invoice_id) references app.invoice (tenant_id, id)
);
select app.protect('match_refusal', 'select, insert, delete');

-- The payments of an invoice, for its page.
create view app.invoice_payment with (security_invoker = true) as
  select a.tenant_id, a.invoice_id, m.id as match_id, l.id as line_id, l.booked_on, l.label, a.amount
  from app.match_allocation a
  join app.match m on m.tenant_id = a.tenant_id and m.id = a.match_id
  join app.bank_line l on l.tenant_id = m.tenant_id and l.id = m.bank_line_id
  where m.status = 'active';
grant select on app.invoice_payment to quittance_tenant;
