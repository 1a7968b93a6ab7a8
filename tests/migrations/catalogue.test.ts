import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDb } from '../support/database.ts'
import type { TestDb } from '../support/database.ts'

let db: TestDb
beforeAll(async () => { db = await testDb() })
afterAll(async () => { await db.close() })

const TABLES = 'from pg_class c join pg_namespace s on s.oid = c.relnamespace and s.nspname = \'app\' where c.relkind in (\'r\', \'p\')'
const LOOKS_AT_TENANT = '\'%tenant_id = (current_setting(\'\'app.tenant_id\'\'%\''

/** Each rule is a query for the names of what breaks it, and something made wrong on purpose that it must find. */
const RULES: readonly { readonly rule: string; readonly sql: string; readonly wrong: string; readonly found: string }[] = [
  {
    rule: 'every table of app has a primary key that starts with tenant_id',
    sql: `select c.relname as name ${TABLES} and not exists (
      select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p'
        and (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = k.conkey[1]) = 'tenant_id')`,
    wrong: 'create table app.wrong (tenant_id uuid, id uuid, primary key (id, tenant_id)); select app.protect(\'wrong\')', found: 'wrong',
  },
  {
    rule: 'every table of app has row-level security enabled and forced',
    sql: `select c.relname as name ${TABLES} and not (c.relrowsecurity and c.relforcerowsecurity)`,
    wrong: 'create table app.wrong (tenant_id uuid primary key); alter table app.wrong enable row level security', found: 'wrong',
  },
  {
    rule: 'every table of app has a policy for the tenant role',
    sql: `select c.relname as name ${TABLES} and not exists (select from pg_policy p where p.polrelid = c.oid and 'quittance_tenant'::regrole = any(p.polroles))`,
    wrong: 'create table app.wrong (tenant_id uuid primary key); alter table app.wrong enable row level security, force row level security', found: 'wrong',
  },
  {
    rule: 'every policy that a tenant meets looks at the tenant, for reading and for writing',
    sql: `select p.tablename || '.' || p.policyname as name from pg_policies p
      where p.schemaname = 'app' and p.permissive = 'PERMISSIVE' and p.roles && array['quittance_tenant', 'public']::name[]
        and (coalesce(p.qual, p.with_check, '') not like ${LOOKS_AT_TENANT} or coalesce(p.with_check, p.qual, '') not like ${LOOKS_AT_TENANT})`,
    wrong: 'create table app.wrong (tenant_id uuid primary key); select app.protect(\'wrong\'); create policy open on app.wrong using (true)', found: 'wrong.open',
  },
  {
    rule: 'every foreign key to a table of app carries the tenant on both sides',
    sql: `select k.conname as name from pg_constraint k
      join pg_class t on t.oid = k.confrelid join pg_namespace s on s.oid = t.relnamespace and s.nspname = 'app'
      where k.contype = 'f' and not exists (
        select from unnest(k.conkey, k.confkey) as pair(here, there)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.here and a.attname = 'tenant_id'
        join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.there and b.attname = 'tenant_id')`,
    wrong: `create table app.other (tenant_id uuid, id uuid unique, primary key (tenant_id, id));
      create table app.wrong (tenant_id uuid primary key, other_id uuid constraint wrong_other references app.other (id))`, found: 'wrong_other',
  },
  {
    rule: 'every view runs with the rights of who reads it, and nothing is materialised',
    sql: `select c.relname as name from pg_class c join pg_namespace s on s.oid = c.relnamespace
      where s.nspname in ('app', 'auth', 'public') and (c.relkind = 'm' or (c.relkind = 'v'
        and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false)))`,
    wrong: 'create view app.wrong as select 1 as n', found: 'wrong',
  },
  {
    rule: 'no function that runs with its owner\'s rights can be called by the product\'s roles',
    sql: `select p.proname as name from pg_proc p join pg_namespace s on s.oid = p.pronamespace
      where s.nspname not in ('pg_catalog', 'information_schema') and p.prosecdef
        and (has_function_privilege('quittance_tenant', p.oid, 'execute') or has_function_privilege('quittance_system', p.oid, 'execute'))`,
    wrong: 'create function app.wrong() returns int language sql security definer as \'select 1\'', found: 'wrong',
  },
  {
    rule: 'the product\'s roles own nothing and have no power of their own',
    sql: `select rolname::text as name from pg_roles where rolname in ('quittance_tenant', 'quittance_system') and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolcanlogin)
      union all select c.relname::text from pg_class c where pg_get_userbyid(c.relowner) in ('quittance_tenant', 'quittance_system')`,
    wrong: 'create table public.wrong (n int); alter table public.wrong owner to quittance_system', found: 'wrong',
  },
  {
    rule: 'schema auth is closed to the tenant role',
    sql: `select nspname::text as name from pg_namespace where nspname = 'auth' and has_schema_privilege('quittance_tenant', oid, 'usage')
      union all select c.relname::text from pg_class c join pg_namespace s on s.oid = c.relnamespace
      where s.nspname = 'auth' and c.relkind in ('r', 'v', 'p') and has_table_privilege('quittance_tenant', c.oid, 'select, insert, update, delete')`,
    wrong: 'create table auth.wrong (n int); grant select on auth.wrong to quittance_tenant', found: 'wrong',
  },
  {
    rule: 'nothing of app or auth is open to everyone',
    sql: 'select distinct table_name::text as name from information_schema.role_table_grants where table_schema in (\'app\', \'auth\') and grantee = \'PUBLIC\'',
    wrong: 'create table auth.wrong (n int); grant select on auth.wrong to public', found: 'wrong',
  },
  {
    rule: 'a tenant may add a job and may not change or remove one',
    sql: `select c.relname as name from pg_class c join pg_namespace s on s.oid = c.relnamespace
      where s.nspname = 'jobs' and c.relkind in ('r', 'p') and has_table_privilege('quittance_tenant', c.oid, 'update, delete, truncate')`,
    wrong: 'create table jobs.wrong (n int); grant delete on jobs.wrong to quittance_tenant', found: 'wrong',
  },
]

async function offenders(sql: string): Promise<unknown[]> {
  return (await db.owner.query(sql)).rows.map((row) => row['name'])
}

describe.each(RULES)('$rule', ({ sql, wrong, found }) => {
  test('holds for the migrated database', async () => {
    expect(await offenders(sql)).toEqual([])
  })

  test('and finds what breaks it', async () => {
    // One text, so that it is one transaction that is rolled back.
    await db.owner.exec(`begin; ${wrong}; create temporary table seen on commit drop as ${sql}; do $$ begin
      if not exists (select from seen where name = '${found}') then raise exception 'the rule missed ${found}'; end if; end $$; rollback`)
  })
})

const onServer = process.env['QUITTANCE_TEST_DB']?.startsWith('postgres') === true
test.runIf(onServer)(`the login of the tests is neither owner nor superuser, so the rules are really met${onServer ? '' : ' (not run: the embedded database has one login)'}`, async () => {
  const { rows } = await db.query('select rolsuper, rolbypassrls from pg_roles where rolname = current_user')
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false }])
  await expect(db.exec('create table app.intruder (n int)')).rejects.toMatchObject({ code: '42501' })
})
