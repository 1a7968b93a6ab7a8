-- The categories of a company: groups, and categories in them. Those every company receives carry a key.
create table app.category (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  parent_id uuid,
  key text,
  name text not null check (name <> ''),
  kind text not null check (kind in ('income', 'expense', 'transfer')),
  account text not null,
  vat_rate text not null check (vat_rate in ('standard', 'intermediate', 'reduced', 'particular', 'none')),
  -- How much of the TVA of a purchase is deducted, in percent.
  vat_deductible smallint not null default 100 check (vat_deductible between 0 and 100),
  position int not null,
  archived_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, key),
  foreign key (tenant_id, parent_id) references app.category (tenant_id, id)
);
create index category_by_parent on app.category (tenant_id, parent_id, position, id);
create unique index category_name_once on app.category (tenant_id, coalesce(parent_id, tenant_id), lower(name)) where archived_at is null;
select app.protect('category');

-- What a company chose, and the counter of what it taught. A row exists once the default categories do.
create table app.category_setting (
  tenant_id uuid not null references app.company(tenant_id),
  categorise_new_lines boolean not null default true,
  post_automatically boolean not null default false,
  -- Grows by one with each decision that teaches; the version of the model that knows it.
  lesson_seq bigint not null default 0,
  version int not null default 1,
  primary key (tenant_id)
);
select app.protect('category_setting', 'select, insert, update');

create table app.category_rule (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  name text not null check (name <> ''),
  is_active boolean not null,
  match text not null check (match in ('all', 'any')),
  conditions jsonb not null,
  actions jsonb not null,
  position int not null,
  version int not null default 1,
  updated_by uuid,
  updated_at timestamptz not null default now(),
  -- A rule that decided lines stays readable after it is taken away.
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
create index category_rule_in_order on app.category_rule (tenant_id, position, id) where deleted_at is null;
select app.protect('category_rule', 'select, insert, update');

-- One decision on lines, made at once: what undoing takes back.
create table app.category_change (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  kind text not null check (kind in ('manual', 'split', 'rules', 'automatic', 'merge', 'undo')),
  made_by uuid,
  made_at timestamptz not null default now(),
  undone_at timestamptz,
  primary key (tenant_id, id)
);
create index category_change_by_time on app.category_change (tenant_id, made_at, id);
select app.protect('category_change', 'select, insert, update');

-- The category of a bank line and where it comes from. For a split line: its biggest part.
create table app.line_category (
  tenant_id uuid not null,
  line_id uuid not null,
  -- Null: someone took the category away, and nothing gives it one again by itself.
  category_id uuid,
  source text not null check (source in ('manual', 'rule', 'model', 'memory')),
  confidence numeric(5, 4) check (confidence between 0 and 1),
  rule_id uuid,
  rule_version int,
  model_version bigint,
  is_split boolean not null default false,
  version int not null default 1,
  decided_by uuid,
  decided_at timestamptz not null default now(),
  primary key (tenant_id, line_id),
  foreign key (tenant_id, line_id) references app.bank_line (tenant_id, id) on delete cascade,
  foreign key (tenant_id, category_id) references app.category (tenant_id, id),
  foreign key (tenant_id, rule_id) references app.category_rule (tenant_id, id),
  check (category_id is not null or source = 'manual'),
  check ((source = 'rule') = (rule_id is not null))
);
create index line_category_by_category on app.line_category (tenant_id, category_id, line_id);
create index line_category_by_rule on app.line_category (tenant_id, rule_id) where rule_id is not null;
select app.protect('line_category');

-- The parts of a split line; they sum to it. A line that is not split has none here.
create table app.line_part (
  tenant_id uuid not null,
  line_id uuid not null,
  n smallint not null,
  category_id uuid not null,
  -- Signed minor units of the line's currency.
  amount bigint not null check (amount <> 0),
  primary key (tenant_id, line_id, n),
  foreign key (tenant_id, line_id) references app.line_category (tenant_id, line_id) on delete cascade,
  foreign key (tenant_id, category_id) references app.category (tenant_id, id)
);
create index line_part_by_category on app.line_part (tenant_id, category_id, line_id);
select app.protect('line_part');

create table app.category_change_line (
  tenant_id uuid not null,
  change_id uuid not null,
  line_id uuid not null,
  -- What it was; null when it had no category.
  before jsonb,
  -- The version the change gave it: another one means that someone decided since. Null when the change took it away.
  after_version int,
  primary key (tenant_id, change_id, line_id),
  foreign key (tenant_id, change_id) references app.category_change (tenant_id, id) on delete cascade,
  foreign key (tenant_id, line_id) references app.bank_line (tenant_id, id) on delete cascade
);
create index category_change_line_by_line on app.category_change_line (tenant_id, line_id, change_id);
select app.protect('category_change_line', 'select, insert, delete');

-- What was learned of how a company files its lines, up to a lesson; later ones are read again on top of it.
create table app.category_model (
  tenant_id uuid not null references app.company(tenant_id),
  lesson_seq bigint not null,
  content bytea not null,
  examples int not null,
  categories int not null,
  memories int not null,
  measure jsonb,
  trained_at timestamptz not null default now(),
  primary key (tenant_id)
);
select app.protect('category_model', 'select, insert, update');

-- One thing a person taught: the category of a line, or that it has none any more.
create table app.category_lesson (
  tenant_id uuid not null,
  seq bigint not null,
  line_id uuid not null,
  category_id uuid not null,
  -- -1 takes an earlier lesson back.
  weight smallint not null check (weight in (1, -1)),
  primary key (tenant_id, seq),
  foreign key (tenant_id, line_id) references app.bank_line (tenant_id, id) on delete cascade,
  foreign key (tenant_id, category_id) references app.category (tenant_id, id) on delete cascade
);
create index category_lesson_by_line on app.category_lesson (tenant_id, line_id);
select app.protect('category_lesson');

-- The category of each line that has one.
create view app.line_category_view with (security_invoker = true) as
  select l.tenant_id, l.line_id, l.category_id, c.name as category_name, l.source, l.confidence::float8 as confidence, l.is_split
  from app.line_category l join app.category c on c.tenant_id = l.tenant_id and c.id = l.category_id;
grant select on app.line_category_view to quittance_tenant;

-- What of each line is in which category: one part when it is not split.
create view app.line_part_view with (security_invoker = true) as
  select l.tenant_id, l.line_id, 1::smallint as n, l.category_id, b.amount
  from app.line_category l join app.bank_line b on b.tenant_id = l.tenant_id and b.id = l.line_id
  where not l.is_split and l.category_id is not null
  union all
  select p.tenant_id, p.line_id, p.n, p.category_id, p.amount from app.line_part p;
grant select on app.line_part_view to quittance_tenant;

-- Deletes a category, unless a row of any module refers to it: then it answers false and changes nothing.
create function app.delete_unused_category(of_tenant uuid, of_id uuid) returns boolean language plpgsql as $$
begin
  delete from app.category where tenant_id = of_tenant and id = of_id;
  return true;
exception when foreign_key_violation then
  return false;
end $$;
