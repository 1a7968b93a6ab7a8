-- One row per company, written by its own jobs: what a firm reads of its clients without opening their books.
create table app.portfolio_row (
  tenant_id uuid primary key references app.company(tenant_id),
  cash bigint not null,
  to_treat int not null,
  to_treat_since date,
  overdue bigint not null,
  overdue_invoices int not null,
  last_closed_period date,
  draft_invoices int not null,
  draft_entries int not null,
  unposted int not null,
  last_import_at timestamptz,
  integrity text not null default 'unknown' check (integrity in ('sound', 'broken', 'unknown')),
  integrity_at timestamptz,
  refreshed_at timestamptz not null
);
select app.protect('portfolio_row', 'select, insert, update');
grant select on app.portfolio_row to quittance_system;
create policy system_reads on app.portfolio_row for select to quittance_system using (true);
