-- Two roles do the product's work and neither owns a table nor bypasses row-level security.
-- quittance_tenant sees one company's rows; quittance_system sees sign-in data, memberships and grants.
do $$ begin
  if not exists (select from pg_roles where rolname = 'quittance_tenant') then create role quittance_tenant nologin; end if;
  if not exists (select from pg_roles where rolname = 'quittance_system') then create role quittance_system nologin; end if;
exception when duplicate_object or unique_violation then null; -- another database of the same server was migrated at the same moment
end $$;

create schema if not exists auth;
create schema if not exists app;

grant usage on schema app to quittance_tenant, quittance_system;
grant usage on schema auth to quittance_system;
alter default privileges in schema auth grant select, insert, update, delete on tables to quittance_system;

-- The tenant of the transaction. Without one it fails (22P02): no context, no rows, never all rows.
create function app.current_tenant() returns uuid language sql stable as $$ select current_setting('app.tenant_id')::uuid $$;

-- Called once for each new table of a tenant: security on, forced, one policy, and the rights named.
create function app.protect(table_name text, rights text default 'select, insert, update, delete') returns void language plpgsql as $$
begin
  execute format('alter table app.%I enable row level security', table_name);
  execute format('alter table app.%I force row level security', table_name);
  execute format('create policy tenant_only on app.%I to quittance_tenant using (tenant_id = current_setting(''app.tenant_id'')::uuid) with check (tenant_id = current_setting(''app.tenant_id'')::uuid)', table_name);
  execute format('grant %s on app.%I to quittance_tenant', rights, table_name);
end $$;
revoke execute on function app.protect(text, text) from public;

-- A trigger for tables the law makes final: whatever the role, nothing is updated or deleted.
create function app.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on % is refused: rows are final', tg_op, tg_table_name using errcode = 'QT001';
end $$;
