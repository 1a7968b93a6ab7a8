-- Who is paid, found in the labels of bank lines and arranged by people. A merchant that was merged stays, so that the merge can be undone.
create table app.merchant (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  name text not null check (name <> ''),
  -- The name in capitals without accents: what it is sorted and searched by.
  folded text not null,
  siren text check (siren ~ '^[0-9]{9}$'),
  made_by text not null check (made_by in ('rule', 'person')),
  merged_into uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, merged_into) references app.merchant (tenant_id, id)
);
create index merchant_by_name on app.merchant (tenant_id, folded, id) where merged_into is null;
create index merchant_by_siren on app.merchant (tenant_id, siren) where siren is not null and merged_into is null;
select app.protect('merchant');

-- The words of a label that lead to a merchant.
create table app.merchant_alias (
  tenant_id uuid not null,
  id uuid not null,
  merchant_id uuid not null,
  pattern text not null check (pattern <> ''),
  made_by text not null check (made_by in ('rule', 'person')),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, pattern),
  foreign key (tenant_id, merchant_id) references app.merchant (tenant_id, id)
);
-- Compared letter by letter, whatever the language of the database: a cut word is looked for by its beginning.
create index merchant_alias_by_beginning on app.merchant_alias (tenant_id, pattern text_pattern_ops);
create index merchant_alias_by_merchant on app.merchant_alias (tenant_id, merchant_id);
select app.protect('merchant_alias');

-- What was read in the label of a line, value by value with its provenance, and what a person gave instead.
create table app.line_enrichment (
  tenant_id uuid not null,
  line_id uuid not null,
  -- The version of the rules that read it.
  rules int not null,
  found jsonb not null,
  given jsonb not null default '{}',
  alias_id uuid,
  merchant_id uuid,
  merchant_source text check (merchant_source in ('rule', 'bank', 'manual')),
  merchant_rule text,
  merchant_confidence real check (merchant_confidence between 0 and 1),
  enriched_at timestamptz not null default now(),
  primary key (tenant_id, line_id),
  foreign key (tenant_id, line_id) references app.bank_line (tenant_id, id) on delete cascade,
  foreign key (tenant_id, alias_id) references app.merchant_alias (tenant_id, id),
  foreign key (tenant_id, merchant_id) references app.merchant (tenant_id, id),
  check ((merchant_id is null) = (merchant_source is null))
);
create index line_enrichment_by_merchant on app.line_enrichment (tenant_id, merchant_id, line_id) where merchant_id is not null;
create index line_enrichment_by_alias on app.line_enrichment (tenant_id, alias_id) where alias_id is not null;
select app.protect('line_enrichment');

-- What people did to merchants, with what it takes to undo it.
create table app.merchant_change (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('rename', 'merge', 'split')),
  -- The merchant renamed, merged into or split; the others are those merged, or the one split off.
  merchant_id uuid not null,
  others uuid[] not null default '{}',
  before jsonb not null,
  actor text not null,
  made_by uuid,
  made_at timestamptz not null default now(),
  undone_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, merchant_id) references app.merchant (tenant_id, id)
);
create index merchant_change_by_merchant on app.merchant_change (tenant_id, merchant_id, made_at, id);
create index merchant_change_by_others on app.merchant_change using gin (others);
select app.protect('merchant_change');

-- The lines and patterns a change moved, and where each was before.
create table app.merchant_move (
  tenant_id uuid not null,
  change_id uuid not null,
  kind text not null check (kind in ('line', 'alias')),
  subject_id uuid not null,
  from_merchant_id uuid not null,
  from_source text,
  primary key (tenant_id, change_id, kind, subject_id),
  foreign key (tenant_id, change_id) references app.merchant_change (tenant_id, id) on delete cascade,
  foreign key (tenant_id, from_merchant_id) references app.merchant (tenant_id, id)
);
select app.protect('merchant_move');

-- The merchant of each line, for whoever lists or sums lines.
create view app.line_merchant_view with (security_invoker = true) as
  select e.tenant_id, e.line_id, e.merchant_id, m.name as merchant_name
  from app.line_enrichment e join app.merchant m on m.tenant_id = e.tenant_id and m.id = e.merchant_id;
grant select on app.line_merchant_view to quittance_tenant;
