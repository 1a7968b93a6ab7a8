-- People and programs of a company: the roles it makes itself, the keys of its programs, those it invites, and what each
-- person of a firm works on. The system role reads them: who may open what is decided before a company is known.
alter table app.company add column archived_at timestamptz;

create table app.role (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  name text not null check (name <> ''),
  permissions text[] not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create unique index role_name_once on app.role (tenant_id, lower(name));
select app.protect('role');
grant select on app.role to quittance_system;
create policy system_reads on app.role for select to quittance_system using (true);

-- The role of the company's own making that a member carries. Their row of auth.member then says viewer.
create table app.member_role (
  tenant_id uuid not null,
  user_id uuid not null,
  role_id uuid not null,
  primary key (tenant_id, user_id),
  foreign key (tenant_id, role_id) references app.role (tenant_id, id)
);
create index member_role_by_role on app.member_role (tenant_id, role_id);
select app.protect('member_role');
grant select on app.member_role to quittance_system;
create policy system_reads on app.member_role for select to quittance_system using (true);

-- Only the hash of a key is kept. A revoked key stays as the trace of it.
create table app.api_key (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  name text not null check (name <> ''),
  start text not null,
  hash bytea not null check (length(hash) = 32),
  scopes text[] not null,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  last_used_address text,
  revoked_at timestamptz,
  primary key (tenant_id, id)
);
create index api_key_by_hash on app.api_key (hash) where revoked_at is null;
create index api_key_by_age on app.api_key (tenant_id, created_at, id);
select app.protect('api_key', 'select, insert');
grant update (last_used_at, last_used_address, revoked_at) on app.api_key to quittance_tenant;
grant select on app.api_key to quittance_system;
create policy system_reads on app.api_key for select to quittance_system using (true);

-- The link of an invitation holds a token of which only the hash is kept; sending it again makes another one.
create table app.invitation (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  email text not null check (email = lower(email) and email <> ''),
  role text not null check (role in ('owner', 'admin', 'accountant', 'assistant', 'viewer', 'auditor')),
  role_id uuid,
  status text not null default 'pending' check (status in ('pending', 'accepted', 'revoked')),
  token_hash bytea not null check (length(token_hash) = 32),
  invited_by uuid,
  created_at timestamptz not null default now(),
  sent_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_by uuid,
  accepted_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, role_id) references app.role (tenant_id, id),
  check ((status = 'accepted') = (accepted_at is not null))
);
create unique index invitation_pending_once on app.invitation (tenant_id, email) where status = 'pending';
create index invitation_by_token on app.invitation (token_hash);
create index invitation_by_age on app.invitation (tenant_id, created_at, id);
select app.protect('invitation', 'select, insert, update');
grant select on app.invitation to quittance_system;
create policy system_reads on app.invitation for select to quittance_system using (true);

-- A person of a firm works for all its clients, unless a row here limits them to those of the next table.
create table app.collaborator_limit (
  tenant_id uuid not null references app.company(tenant_id),
  user_id uuid not null,
  primary key (tenant_id, user_id)
);
select app.protect('collaborator_limit', 'select, insert, delete');
grant select on app.collaborator_limit to quittance_system;
create policy system_reads on app.collaborator_limit for select to quittance_system using (true);

create table app.collaborator_client (
  tenant_id uuid not null,
  user_id uuid not null,
  client_id uuid not null references auth.organization(id),
  primary key (tenant_id, user_id, client_id),
  foreign key (tenant_id, user_id) references app.collaborator_limit (tenant_id, user_id) on delete cascade
);
select app.protect('collaborator_client', 'select, insert, delete');
grant select on app.collaborator_client to quittance_system;
create policy system_reads on app.collaborator_client for select to quittance_system using (true);

create index audit_log_by_action on app.audit_log (tenant_id, action, seq);
