-- A line put on an account may carry TVA, and a split line has several accounts: [[account, signed amount], ...], summing to the residual.
alter table app.match add column residual_parts jsonb;
