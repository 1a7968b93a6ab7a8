-- What budgets and analyses add up: each part of each booked line, in its category, and which way it flows. Spending is what is
-- in a category of expenses, refunds included; what has no category goes by its sign; money moved between own accounts, and what
-- is neither earned nor spent, is `transfer`. It reads the tables behind line_part_view, which says the same of categorised lines:
-- a window of days is then found by index and joined to its own categories only.
create view app.line_flow_view with (security_invoker = true) as
  select l.tenant_id, l.id as line_id, coalesce(p.n, 1::smallint) as n, l.bank_account_id, l.booked_on, l.currency, coalesce(p.category_id, k.category_id) as category_id,
    coalesce(p.amount, l.amount) as amount,
    case when l.transfer_id is not null or c.kind = 'transfer' then 'transfer' when c.kind = 'expense' then 'spending' when c.kind = 'income' then 'income'
      when l.amount < 0 then 'spending' else 'income' end as flow
  from app.bank_line l
    left join app.line_category k on k.tenant_id = l.tenant_id and k.line_id = l.id
    left join app.line_part p on p.tenant_id = k.tenant_id and p.line_id = k.line_id and k.is_split
    left join app.category c on c.tenant_id = k.tenant_id and c.id = coalesce(p.category_id, k.category_id)
  where l.status = 'booked';
grant select on app.line_flow_view to quittance_tenant;
