-- What a company means to spend: on one category with those below it, or on everything, in each period.
create table app.budget (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  name text not null check (name <> ''),
  category_id uuid,
  period text not null check (period in ('month', 'quarter', 'year', 'custom')),
  starts_on date not null,
  ends_on date,
  carry_over text not null check (carry_over in ('none', 'left', 'overspent', 'both')),
  version int not null default 1,
  created_by uuid,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, category_id) references app.category (tenant_id, id),
  check (ends_on is null or ends_on >= starts_on),
  check (period <> 'custom' or ends_on is not null)
);
create index budget_by_name on app.budget (tenant_id, name, id);
create index budget_by_category on app.budget (tenant_id, category_id);
select app.protect('budget');

-- The amount of one period, from a day on: changing it leaves the periods that are past as they were.
create table app.budget_amount (
  tenant_id uuid not null,
  budget_id uuid not null,
  from_on date not null,
  amount bigint not null check (amount >= 0),
  primary key (tenant_id, budget_id, from_on),
  foreign key (tenant_id, budget_id) references app.budget (tenant_id, id) on delete cascade
);
select app.protect('budget_amount');

-- What the period of the last look was worth, so that a page need not add up years to say how many budgets hold.
create table app.budget_check (
  tenant_id uuid not null,
  budget_id uuid not null,
  period_from date not null,
  spent bigint not null,
  available bigint not null,
  primary key (tenant_id, budget_id),
  foreign key (tenant_id, budget_id) references app.budget (tenant_id, id) on delete cascade
);
select app.protect('budget_check');

-- Raised once for a budget, a period and a threshold; the key is what keeps it from being raised again.
create table app.budget_alert (
  tenant_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  period_from date not null,
  period_to date not null,
  threshold smallint not null check (threshold in (80, 100)),
  spent bigint not null,
  available bigint not null,
  line_id uuid,
  raised_at timestamptz not null default now(),
  dismissed_at timestamptz,
  -- Null when a higher threshold took its place.
  dismissed_by uuid,
  dismissed_by_name text,
  primary key (tenant_id, id),
  unique (tenant_id, budget_id, period_from, threshold),
  foreign key (tenant_id, budget_id) references app.budget (tenant_id, id) on delete cascade,
  foreign key (tenant_id, line_id) references app.bank_line (tenant_id, id) on delete set null (line_id)
);
create index budget_alert_by_time on app.budget_alert (tenant_id, raised_at, id);
create index budget_alert_open on app.budget_alert (tenant_id, raised_at, id) where dismissed_at is null;
create index budget_alert_by_line on app.budget_alert (tenant_id, line_id) where line_id is not null;
select app.protect('budget_alert');

-- Money a company means to have put aside. What is saved is the balance of its accounts and what was written by hand.
create table app.goal (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  name text not null check (name <> ''),
  target bigint not null check (target > 0),
  target_on date,
  note text not null default '',
  started_on date not null,
  -- Told once, when it is first reached.
  reached_on date,
  version int not null default 1,
  created_by uuid,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index goal_by_time on app.goal (tenant_id, created_at, id);
select app.protect('goal');

create table app.goal_account (
  tenant_id uuid not null,
  goal_id uuid not null,
  bank_account_id uuid not null,
  primary key (tenant_id, goal_id, bank_account_id),
  foreign key (tenant_id, goal_id) references app.goal (tenant_id, id) on delete cascade,
  foreign key (tenant_id, bank_account_id) references app.bank_account (tenant_id, id) on delete cascade
);
create index goal_account_by_account on app.goal_account (tenant_id, bank_account_id);
select app.protect('goal_account');

create table app.goal_contribution (
  tenant_id uuid not null,
  id uuid not null,
  goal_id uuid not null,
  amount bigint not null check (amount <> 0),
  given_on date not null,
  note text not null default '',
  made_by uuid,
  made_by_name text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, goal_id) references app.goal (tenant_id, id) on delete cascade
);
create index goal_contribution_by_goal on app.goal_contribution (tenant_id, goal_id, given_on, id);
select app.protect('goal_contribution');

-- Payments of one party that come back at a rhythm. Amounts are positive minor units.
create table app.recurring (
  tenant_id uuid not null references app.company(tenant_id),
  id uuid not null,
  -- Account, direction, currency and party: several series of one party share it.
  key text not null,
  bank_account_id uuid not null,
  merchant_id uuid,
  name text not null,
  direction text not null check (direction in ('in', 'out')),
  currency char(3) not null,
  rhythm text not null check (rhythm in ('week', 'two_weeks', 'month', 'quarter', 'year')),
  usual bigint not null check (usual > 0),
  low bigint not null,
  high bigint not null,
  last_amount bigint not null,
  first_on date not null,
  last_on date not null,
  next_on date,
  -- The latest days, which say on which day of the month it comes.
  recent_days jsonb not null,
  occurrences int not null,
  confidence smallint not null check (confidence between 0 and 100),
  state text not null check (state in ('active', 'ended')),
  flags jsonb not null,
  -- What a person said of it. Dismissed, it is kept so that it is not proposed again.
  decision text check (decision in ('confirmed', 'dismissed')),
  decided_by uuid,
  decided_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, bank_account_id) references app.bank_account (tenant_id, id) on delete cascade,
  check ((decision is null) = (decided_at is null)),
  check ((state = 'ended') = (next_on is null))
);
create index recurring_by_account on app.recurring (tenant_id, bank_account_id);
select app.protect('recurring');

create table app.recurring_line (
  tenant_id uuid not null,
  line_id uuid not null,
  recurring_id uuid not null,
  primary key (tenant_id, line_id),
  foreign key (tenant_id, line_id) references app.bank_line (tenant_id, id) on delete cascade,
  foreign key (tenant_id, recurring_id) references app.recurring (tenant_id, id) on delete cascade
);
create index recurring_line_by_series on app.recurring_line (tenant_id, recurring_id, line_id);
select app.protect('recurring_line');

-- When the lines of a company were last searched for what comes back.
create table app.recurring_search (
  tenant_id uuid primary key references app.company(tenant_id),
  searched_at timestamptz not null
);
select app.protect('recurring_search', 'select, insert, update');
