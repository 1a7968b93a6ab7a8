CREATE SCHEMA app;
CREATE SCHEMA app_meta;
CREATE SCHEMA auth;
CREATE FUNCTION app.current_tenant() RETURNS uuid
    LANGUAGE sql STABLE
    AS $$ select current_setting('app.tenant_id')::uuid $$;
CREATE FUNCTION app.entry_line_keeps_its_content() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if tg_op = 'DELETE' or (to_jsonb(old) - 'lettering' - 'lettered_on') <> (to_jsonb(new) - 'lettering' - 'lettered_on') then
    raise exception '% on entry_line is refused: validated lines are final', tg_op using errcode = 'QT001';
  end if;
  return new;
end $$;
CREATE FUNCTION app.entry_lines_balance() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare bad uuid; unknown text;
begin
  select entry_id into bad from inserted group by tenant_id, entry_id having sum(debit) <> sum(credit) limit 1;
  if bad is not null then raise exception 'entry % does not balance', bad using errcode = 'QT002'; end if;
  execute 'select i.entry_id from (select distinct tenant_id, entry_id, seq, fiscal_year_id from inserted) i
    where (select e.fiscal_year_id from app.entry e where e.tenant_id = i.tenant_id and e.id = i.entry_id and e.seq = i.seq) is distinct from i.fiscal_year_id limit 1' into bad;
  if bad is not null then raise exception 'lines name the entry %, which does not exist as they say', bad using errcode = '23503'; end if;
  execute 'select i.account from (select distinct tenant_id, account from inserted) i
    where (select a.number from app.ledger_account a where a.tenant_id = i.tenant_id and a.number = i.account) is null limit 1' into unknown;
  if unknown is not null then raise exception 'lines name the account %, which does not exist', unknown using errcode = '23503'; end if;
  return null;
end $$;
CREATE FUNCTION app.issued_invoice_keeps_its_content() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if old.status = 'draft' then return case when tg_op = 'DELETE' then old else new end; end if;
  if tg_op = 'DELETE' or new.status = 'draft'
     or (to_jsonb(old) - 'status' - 'settled' - 'version') <> (to_jsonb(new) - 'status' - 'settled' - 'version') then
    raise exception 'invoice % is issued and final', old.number using errcode = 'QT001';
  end if;
  return new;
end $$;
CREATE FUNCTION app.issued_invoice_keeps_its_lines() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare found_status text;
begin
  select status into found_status from app.invoice where tenant_id = coalesce(new.tenant_id, old.tenant_id) and id = coalesce(new.invoice_id, old.invoice_id);
  if found_status <> 'draft' then raise exception 'the lines of an issued invoice are final' using errcode = 'QT001'; end if;
  return coalesce(new, old);
end $$;
CREATE FUNCTION app.protect(table_name text, rights text DEFAULT 'select, insert, update, delete'::text) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  execute format('alter table app.%I enable row level security', table_name);
  execute format('alter table app.%I force row level security', table_name);
  execute format('create policy tenant_only on app.%I to quittance_tenant using (tenant_id = current_setting(''app.tenant_id'')::uuid) with check (tenant_id = current_setting(''app.tenant_id'')::uuid)', table_name);
  execute format('grant %s on app.%I to quittance_tenant', rights, table_name);
end $$;
CREATE FUNCTION app.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  raise exception '% on % is refused: rows are final', tg_op, tg_table_name using errcode = 'QT001';
end $$;
CREATE TABLE app.account_balance (
    tenant_id uuid NOT NULL,
    fiscal_year_id uuid NOT NULL,
    account text NOT NULL,
    month date NOT NULL,
    is_opening boolean NOT NULL,
    debit bigint NOT NULL,
    credit bigint NOT NULL
)
WITH (fillfactor='70');
ALTER TABLE ONLY app.account_balance FORCE ROW LEVEL SECURITY;
CREATE TABLE app.audit_chain (
    tenant_id uuid NOT NULL,
    seq bigint NOT NULL,
    hash bytea NOT NULL
);
ALTER TABLE ONLY app.audit_chain FORCE ROW LEVEL SECURITY;
CREATE TABLE app.audit_log (
    tenant_id uuid NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    user_id uuid,
    actor text NOT NULL,
    action text NOT NULL,
    subject_kind text NOT NULL,
    subject_id text NOT NULL,
    before jsonb,
    after jsonb,
    address text,
    prev_hash bytea NOT NULL,
    hash bytea NOT NULL
);
ALTER TABLE ONLY app.audit_log FORCE ROW LEVEL SECURITY;
CREATE TABLE app.bank_account (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    iban text,
    bank_writing text,
    currency character(3) NOT NULL,
    ledger_account text NOT NULL,
    suspense_account text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bank_account_name_check CHECK ((name <> ''::text))
);
ALTER TABLE ONLY app.bank_account FORCE ROW LEVEL SECURITY;
CREATE TABLE app.bank_import (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    status text NOT NULL,
    file_name text NOT NULL,
    sha256 bytea NOT NULL,
    content bytea NOT NULL,
    format text NOT NULL,
    profile text,
    bank_account_id uuid,
    lines_new integer DEFAULT 0 NOT NULL,
    lines_known integer DEFAULT 0 NOT NULL,
    lines_suspicious integer DEFAULT 0 NOT NULL,
    problems jsonb DEFAULT '[]'::jsonb NOT NULL,
    uploaded_by uuid,
    uploaded_at timestamp with time zone DEFAULT now() NOT NULL,
    committed_at timestamp with time zone,
    CONSTRAINT bank_import_status_check CHECK ((status = ANY (ARRAY['previewed'::text, 'committed'::text])))
);
ALTER TABLE ONLY app.bank_import FORCE ROW LEVEL SECURITY;
CREATE TABLE app.bank_line (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    bank_account_id uuid NOT NULL,
    import_id uuid NOT NULL,
    "position" integer NOT NULL,
    booked_on date NOT NULL,
    value_on date,
    amount bigint NOT NULL,
    currency character(3) NOT NULL,
    label text NOT NULL,
    reference text,
    counterparty_name text,
    counterparty_iban text,
    bank_reference text,
    entry_id uuid,
    treated bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bank_line_check CHECK ((abs(treated) <= abs(amount)))
);
ALTER TABLE ONLY app.bank_line FORCE ROW LEVEL SECURITY;
CREATE TABLE app.bank_statement (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    import_id uuid NOT NULL,
    bank_account_id uuid NOT NULL,
    opening_on date,
    opening bigint,
    closing_on date,
    closing bigint,
    first_line_on date,
    line_count integer NOT NULL,
    continuity text NOT NULL,
    gap bigint,
    CONSTRAINT bank_statement_continuity_check CHECK ((continuity = ANY (ARRAY['proven'::text, 'broken'::text, 'unknown'::text])))
);
ALTER TABLE ONLY app.bank_statement FORCE ROW LEVEL SECURITY;
CREATE TABLE app.company (
    tenant_id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    siren text,
    vat_number text,
    address text,
    postal_code text,
    city text,
    country character(2) DEFAULT 'FR'::bpchar NOT NULL,
    currency character(3) NOT NULL,
    time_zone text DEFAULT 'Europe/Paris'::text NOT NULL,
    locale text DEFAULT 'fr'::text NOT NULL,
    vat_due_on text DEFAULT 'receipts'::text NOT NULL,
    colour text DEFAULT '#2F46C9'::text NOT NULL,
    is_demo boolean DEFAULT false NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT company_colour_check CHECK ((colour ~ '^#[0-9A-F]{6}$'::text)),
    CONSTRAINT company_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT company_kind_check CHECK ((kind = ANY (ARRAY['company'::text, 'firm'::text]))),
    CONSTRAINT company_locale_check CHECK ((locale = ANY (ARRAY['fr'::text, 'en'::text]))),
    CONSTRAINT company_name_check CHECK ((name <> ''::text)),
    CONSTRAINT company_siren_check CHECK ((siren ~ '^[0-9]{9}$'::text)),
    CONSTRAINT company_vat_due_on_check CHECK ((vat_due_on = ANY (ARRAY['receipts'::text, 'debits'::text])))
);
ALTER TABLE ONLY app.company FORCE ROW LEVEL SECURITY;
CREATE TABLE app.customer (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    sort_name text NOT NULL COLLATE pg_catalog."C",
    siren text,
    vat_number text,
    email text,
    iban text,
    address text,
    postal_code text,
    city text,
    country character(2) DEFAULT 'FR'::bpchar NOT NULL,
    payment_days integer DEFAULT 30 NOT NULL,
    language text DEFAULT 'fr'::text NOT NULL,
    external_id text,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT customer_code_check CHECK ((code ~ '^[^|\t\r\n]{1,40}$'::text)),
    CONSTRAINT customer_language_check CHECK ((language = ANY (ARRAY['fr'::text, 'en'::text]))),
    CONSTRAINT customer_name_check CHECK ((name <> ''::text)),
    CONSTRAINT customer_payment_days_check CHECK (((payment_days >= 0) AND (payment_days <= 120))),
    CONSTRAINT customer_siren_check CHECK ((siren ~ '^[0-9]{9}$'::text))
);
ALTER TABLE ONLY app.customer FORCE ROW LEVEL SECURITY;
CREATE TABLE app.customer_counter (
    tenant_id uuid NOT NULL,
    next_number integer NOT NULL
);
ALTER TABLE ONLY app.customer_counter FORCE ROW LEVEL SECURITY;
CREATE TABLE app.entry (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    seq bigint NOT NULL,
    fiscal_year_id uuid NOT NULL,
    period_id uuid NOT NULL,
    journal_code text NOT NULL,
    number text NOT NULL,
    entry_date date NOT NULL,
    piece_ref text NOT NULL,
    piece_date date NOT NULL,
    label text NOT NULL,
    source text NOT NULL,
    source_id uuid,
    reverses_id uuid,
    is_opening boolean DEFAULT false NOT NULL,
    imported boolean DEFAULT false NOT NULL,
    validated_on date NOT NULL,
    posted_by uuid,
    posted_at timestamp with time zone NOT NULL,
    prev_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT entry_source_check CHECK ((source = ANY (ARRAY['manual'::text, 'invoice'::text, 'bank'::text, 'match'::text, 'import'::text, 'opening'::text, 'reversal'::text])))
);
ALTER TABLE ONLY app.entry FORCE ROW LEVEL SECURITY;
CREATE TABLE app.entry_draft (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    journal_code text NOT NULL,
    entry_date date NOT NULL,
    piece_ref text NOT NULL,
    piece_date date NOT NULL,
    label text NOT NULL,
    lines jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY app.entry_draft FORCE ROW LEVEL SECURITY;
CREATE TABLE app.entry_line (
    tenant_id uuid NOT NULL,
    entry_id uuid NOT NULL,
    n integer NOT NULL,
    seq bigint NOT NULL,
    fiscal_year_id uuid NOT NULL,
    entry_date date NOT NULL,
    account text NOT NULL,
    aux_code text,
    aux_label text,
    label text NOT NULL,
    debit bigint NOT NULL,
    credit bigint NOT NULL,
    foreign_minor bigint,
    foreign_currency character(3),
    lettering text,
    lettered_on date,
    imported boolean DEFAULT false NOT NULL,
    piece_ref text,
    piece_date date,
    CONSTRAINT entry_line_check CHECK ((imported OR ((debit >= 0) AND (credit >= 0) AND ((debit = 0) <> (credit = 0))))),
    CONSTRAINT entry_line_check1 CHECK (((aux_code IS NULL) = (aux_label IS NULL))),
    CONSTRAINT entry_line_check2 CHECK (((foreign_minor IS NULL) = (foreign_currency IS NULL))),
    CONSTRAINT entry_line_check3 CHECK (((lettered_on IS NULL) OR (lettering IS NOT NULL))),
    CONSTRAINT entry_line_check4 CHECK ((imported OR (lettering IS NULL) OR (lettered_on IS NOT NULL)))
);
ALTER TABLE ONLY app.entry_line FORCE ROW LEVEL SECURITY;
CREATE TABLE app.firm_grant (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    firm_id uuid NOT NULL,
    role text NOT NULL,
    granted_by uuid,
    granted_at timestamp with time zone DEFAULT now() NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT firm_grant_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'accountant'::text, 'assistant'::text, 'viewer'::text, 'auditor'::text])))
);
ALTER TABLE ONLY app.firm_grant FORCE ROW LEVEL SECURITY;
CREATE TABLE app.fiscal_year (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    next_number integer DEFAULT 2 NOT NULL,
    CONSTRAINT fiscal_year_check CHECK ((ends_on >= starts_on)),
    CONSTRAINT fiscal_year_status_check CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text])))
);
ALTER TABLE ONLY app.fiscal_year FORCE ROW LEVEL SECURITY;
CREATE TABLE app.invoice (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    origin text DEFAULT 'quittance'::text NOT NULL,
    number text,
    customer_id uuid NOT NULL,
    customer_snapshot jsonb,
    issued_on date,
    due_on date,
    currency character(3) NOT NULL,
    net bigint NOT NULL,
    vat bigint NOT NULL,
    gross bigint NOT NULL,
    base_net bigint NOT NULL,
    base_vat bigint NOT NULL,
    base_gross bigint NOT NULL,
    vat_due_on text NOT NULL,
    credits_id uuid,
    settled bigint DEFAULT 0 NOT NULL,
    entry_id uuid,
    order_reference text,
    note text,
    external_id text,
    version integer DEFAULT 1 NOT NULL,
    created_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT invoice_check CHECK ((gross = (net + vat))),
    CONSTRAINT invoice_check1 CHECK ((base_gross = (base_net + base_vat))),
    CONSTRAINT invoice_check2 CHECK (((status = 'draft'::text) = (number IS NULL))),
    CONSTRAINT invoice_check3 CHECK (((status = 'draft'::text) OR ((issued_on IS NOT NULL) AND (due_on IS NOT NULL) AND (customer_snapshot IS NOT NULL)))),
    CONSTRAINT invoice_check4 CHECK (((status <> 'draft'::text) OR (settled = 0))),
    CONSTRAINT invoice_check5 CHECK ((abs(settled) <= abs(gross))),
    CONSTRAINT invoice_kind_check CHECK ((kind = ANY (ARRAY['invoice'::text, 'credit_note'::text]))),
    CONSTRAINT invoice_origin_check CHECK ((origin = ANY (ARRAY['quittance'::text, 'taken_over'::text, 'imported'::text]))),
    CONSTRAINT invoice_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'issued'::text, 'part_paid'::text, 'paid'::text, 'credited'::text]))),
    CONSTRAINT invoice_vat_due_on_check CHECK ((vat_due_on = ANY (ARRAY['receipts'::text, 'debits'::text])))
);
ALTER TABLE ONLY app.invoice FORCE ROW LEVEL SECURITY;
CREATE TABLE app.invoice_line (
    tenant_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    n integer NOT NULL,
    description text NOT NULL,
    quantity numeric(18,4) NOT NULL,
    unit_price numeric(18,4) NOT NULL,
    vat_rate_bp integer NOT NULL,
    nature text NOT NULL,
    net bigint NOT NULL,
    CONSTRAINT invoice_line_nature_check CHECK ((nature = ANY (ARRAY['goods'::text, 'services'::text]))),
    CONSTRAINT invoice_line_vat_rate_bp_check CHECK (((vat_rate_bp >= 0) AND (vat_rate_bp <= 10000)))
);
ALTER TABLE ONLY app.invoice_line FORCE ROW LEVEL SECURITY;
CREATE TABLE app.match (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    bank_line_id uuid NOT NULL,
    status text NOT NULL,
    confidence numeric(5,4),
    automatic boolean DEFAULT false NOT NULL,
    reasons jsonb NOT NULL,
    residual bigint DEFAULT 0 NOT NULL,
    residual_account text,
    entry_id uuid NOT NULL,
    undo_entry_id uuid,
    created_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    undone_by uuid,
    undone_at timestamp with time zone,
    CONSTRAINT match_status_check CHECK ((status = ANY (ARRAY['active'::text, 'undone'::text])))
);
ALTER TABLE ONLY app.match FORCE ROW LEVEL SECURITY;
CREATE TABLE app.match_allocation (
    tenant_id uuid NOT NULL,
    match_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    amount bigint NOT NULL,
    vat_released bigint DEFAULT 0 NOT NULL,
    vat_shares jsonb DEFAULT '[]'::jsonb NOT NULL,
    vat_entry_id uuid,
    line_n integer NOT NULL,
    CONSTRAINT match_allocation_amount_check CHECK ((amount <> 0))
);
ALTER TABLE ONLY app.match_allocation FORCE ROW LEVEL SECURITY;
CREATE VIEW app.invoice_payment WITH (security_invoker='true') AS
 SELECT a.tenant_id,
    a.invoice_id,
    m.id AS match_id,
    l.id AS line_id,
    l.booked_on,
    l.label,
    a.amount
   FROM ((app.match_allocation a
     JOIN app.match m ON (((m.tenant_id = a.tenant_id) AND (m.id = a.match_id))))
     JOIN app.bank_line l ON (((l.tenant_id = m.tenant_id) AND (l.id = m.bank_line_id))))
  WHERE (m.status = 'active'::text);
CREATE TABLE app.invoice_series (
    tenant_id uuid NOT NULL,
    prefix text NOT NULL,
    year integer NOT NULL,
    next_number integer NOT NULL
);
ALTER TABLE ONLY app.invoice_series FORCE ROW LEVEL SECURITY;
CREATE TABLE app.invoice_vat (
    tenant_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    vat_rate_bp integer NOT NULL,
    nature text NOT NULL,
    basis bigint NOT NULL,
    amount bigint NOT NULL,
    base_amount bigint NOT NULL,
    CONSTRAINT invoice_vat_nature_check CHECK ((nature = ANY (ARRAY['goods'::text, 'services'::text])))
);
ALTER TABLE ONLY app.invoice_vat FORCE ROW LEVEL SECURITY;
CREATE TABLE app.journal (
    tenant_id uuid NOT NULL,
    code text NOT NULL,
    label text NOT NULL,
    imported boolean DEFAULT false NOT NULL,
    CONSTRAINT journal_code_check CHECK ((code ~ '^[^|\t\r\n]{1,20}$'::text))
);
ALTER TABLE ONLY app.journal FORCE ROW LEVEL SECURITY;
CREATE TABLE app.ledger_account (
    tenant_id uuid NOT NULL,
    number text NOT NULL,
    label text NOT NULL,
    CONSTRAINT ledger_account_number_check CHECK ((number ~ '^[0-9][^|[:space:]]{0,39}$'::text))
);
ALTER TABLE ONLY app.ledger_account FORCE ROW LEVEL SECURITY;
CREATE TABLE app.ledger_chain (
    tenant_id uuid NOT NULL,
    seq bigint NOT NULL,
    hash bytea NOT NULL
);
ALTER TABLE ONLY app.ledger_chain FORCE ROW LEVEL SECURITY;
CREATE TABLE app.lettering_counter (
    tenant_id uuid NOT NULL,
    account text NOT NULL,
    aux_code text NOT NULL,
    last_code text NOT NULL,
    CONSTRAINT lettering_counter_last_code_check CHECK ((last_code ~ '^[A-Z]{2,}$'::text))
);
ALTER TABLE ONLY app.lettering_counter FORCE ROW LEVEL SECURITY;
CREATE TABLE app.match_refusal (
    tenant_id uuid NOT NULL,
    bank_line_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    refused_by uuid,
    refused_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY app.match_refusal FORCE ROW LEVEL SECURITY;
CREATE VIEW app.open_invoice WITH (security_invoker='true') AS
 SELECT invoice.tenant_id,
    invoice.id,
    invoice.customer_id,
    invoice.kind,
    invoice.number,
    invoice.issued_on,
    invoice.due_on,
    invoice.currency,
    (invoice.base_gross - invoice.settled) AS open
   FROM app.invoice
  WHERE (invoice.status = ANY (ARRAY['issued'::text, 'part_paid'::text]));
CREATE TABLE app.period (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    fiscal_year_id uuid NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    CONSTRAINT period_check CHECK ((ends_on >= starts_on)),
    CONSTRAINT period_status_check CHECK ((status = ANY (ARRAY['open'::text, 'locked'::text])))
);
ALTER TABLE ONLY app.period FORCE ROW LEVEL SECURITY;
CREATE TABLE app_meta.schema_migrations (
    name text NOT NULL,
    sha256 text NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE auth.account (
    id uuid NOT NULL,
    "accountId" text NOT NULL,
    "providerId" text NOT NULL,
    "userId" uuid NOT NULL,
    "accessToken" text,
    "refreshToken" text,
    "idToken" text,
    "accessTokenExpiresAt" timestamp with time zone,
    "refreshTokenExpiresAt" timestamp with time zone,
    scope text,
    password text,
    "createdAt" timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp with time zone NOT NULL
);
CREATE TABLE auth.invitation (
    id uuid NOT NULL,
    "organizationId" uuid NOT NULL,
    email text NOT NULL,
    role text,
    status text NOT NULL,
    "expiresAt" timestamp with time zone NOT NULL,
    "createdAt" timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "inviterId" uuid NOT NULL
);
CREATE TABLE auth.member (
    id uuid NOT NULL,
    "organizationId" uuid NOT NULL,
    "userId" uuid NOT NULL,
    role text NOT NULL,
    "createdAt" timestamp with time zone NOT NULL,
    CONSTRAINT member_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'accountant'::text, 'assistant'::text, 'viewer'::text, 'auditor'::text])))
);
CREATE TABLE auth.organization (
    id uuid NOT NULL,
    name text NOT NULL,
    slug text NOT NULL,
    logo text,
    "createdAt" timestamp with time zone NOT NULL,
    metadata text
);
CREATE TABLE auth.session (
    id uuid NOT NULL,
    "expiresAt" timestamp with time zone NOT NULL,
    token text NOT NULL,
    "createdAt" timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp with time zone NOT NULL,
    "ipAddress" text,
    "userAgent" text,
    "userId" uuid NOT NULL,
    "activeOrganizationId" uuid
);
CREATE TABLE auth."user" (
    id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    "emailVerified" boolean NOT NULL,
    image text,
    "createdAt" timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE TABLE auth.verification (
    id uuid NOT NULL,
    identifier text NOT NULL,
    value text NOT NULL,
    "expiresAt" timestamp with time zone NOT NULL,
    "createdAt" timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
INSERT INTO app.account_balance VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '706000', '2026-10-01', false, 0, 596967),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '512001', '2026-10-01', false, 683996, 12345),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '411000', '2026-10-01', false, 716360, 683996),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '445711', '2026-10-01', false, 0, 113999),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '445741', '2026-10-01', false, 113999, 119393),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '471001', '2026-10-01', false, 696341, 683996);
INSERT INTO app.audit_chain VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', 13, '\x8086cc670633b260898c4ab36108b3cc3442d17c79924619f4e09e478cb139be');
INSERT INTO app.audit_log VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', 1, '2026-11-21 17:08:47.695+00', '01a1ff14-f1a1-7143-85f1-95d571f8b166', 'Claire Vasseur', 'company.create', 'company', '01a1ff14-f76d-74ce-be57-166155ae6001', NULL, '{"city": null, "kind": "company", "name": "Atelier Mélèze", "slug": "atelier-meleze", "siren": null, "colour": "#2F46C9", "isDemo": false, "locale": "fr", "address": null, "country": "FR", "currency": "EUR", "timeZone": "Europe/Paris", "vatDueOn": "receipts", "firstYear": {"endsOn": "2026-12-31", "startsOn": "2026-01-01"}, "vatNumber": null, "postalCode": null}', NULL, '\x0000000000000000000000000000000000000000000000000000000000000000', '\x67a85c16c79863f150c897235ff19de25cce3110217c0832b4064df397abc19d'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 2, '2026-11-21 17:08:48.334+00', '01a1ff14-f1a1-7143-85f1-95d571f8b166', 'Claire Vasseur', 'customer.create', 'customer', '01a1ff14-fd7b-7638-b210-8b67d200cee5', NULL, '{"id": "01a1ff14-fd7b-7638-b210-8b67d200cee5", "city": null, "code": "C00001", "iban": null, "name": "Maison Vermeil", "email": null, "siren": null, "address": null, "country": "FR", "language": "fr", "vatNumber": null, "externalId": null, "postalCode": null, "paymentDays": 30}', NULL, '\x67a85c16c79863f150c897235ff19de25cce3110217c0832b4064df397abc19d', '\x6f0621336608886193ab2f3b2ddba4018f76e025f4dff5e798a56dcd0a60f61d'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 3, '2026-11-21 17:08:48.966+00', '01a1ff14-f1a1-7143-85f1-95d571f8b166', 'Claire Vasseur', 'invoice.create', 'invoice', '01a1ff14-ff96-715f-82b5-aa1685be14c6', NULL, '{"net": "195000", "vat": "39000", "kind": "invoice", "dueOn": null, "gross": "234000", "lines": 1, "number": null, "status": "draft", "settled": "0", "currency": "EUR", "issuedOn": "2026-10-01", "customerId": "01a1ff14-fd7b-7638-b210-8b67d200cee5"}', NULL, '\x6f0621336608886193ab2f3b2ddba4018f76e025f4dff5e798a56dcd0a60f61d', '\x1c005a969388b26f947805b1f3e5c27e4de94bdf0ee3c865b68ab3bf7d8a6fbb'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 4, '2026-11-21 17:08:50.602+00', '01a1ff14-f1a1-7143-85f1-95d571f8b166', 'Claire Vasseur', 'invoice.issue', 'invoice', '01a1ff14-ff96-715f-82b5-aa1685be14c6', '{"net": "195000", "vat": "39000", "kind": "invoice", "dueOn": "2026-10-31", "gross": "234000", "lines": 1, "number": null, "status": "draft", "settled": "0", "currency": "EUR", "issuedOn": "2026-10-01", "customerId": "01a1ff14-fd7b-7638-b210-8b67d200cee5"}', '{"net": "195000", "vat": "39000", "kind": "invoice", "dueOn": "2026-10-31", "gross": "234000", "lines": 1, "number": "FA-2026-0001", "status": "issued", "settled": "0", "currency": "EUR", "issuedOn": "2026-10-01", "customerId": "01a1ff14-fd7b-7638-b210-8b67d200cee5"}', NULL, '\x1c005a969388b26f947805b1f3e5c27e4de94bdf0ee3c865b68ab3bf7d8a6fbb', '\x568522616602533a1155ef058d8c2e4ddb4c7282605ab2e9b9395c1a16d1d467'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 5, '2026-11-21 17:08:51.058+00', '01a1ff14-f1a1-7143-85f1-95d571f8b166', 'Claire Vasseur', 'invoice.create', 'invoice', '01a1ff15-07f5-7036-8a01-639e69696844', NULL, '{"net": "374997", "vat": "74999", "kind": "invoice", "dueOn": null, "gross": "449996", "lines": 1, "number": null, "status": "draft", "settled": "0", "currency": "EUR", "issuedOn": "2026-10-01", "customerId": "01a1ff14-fd7b-7638-b210-8b67d200cee5"}', NULL, '\x568522616602533a1155ef058d8c2e4ddb4c7282605ab2e9b9395c1a16d1d467', '\x033781c23ddf1081c7fb5f0e56747ad00f65430b686ed7730104c5b0c8544971'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 6, '2026-11-21 17:08:52.01+00', '01a1ff14-f1a1-7143-85f1-95d571f8b166', 'Claire Vasseur', 'invoice.issue', 'invoice', '01a1ff15-07f5-7036-8a01-639e69696844', '{"net": "374997", "vat": "74999", "kind": "invoice", "dueOn": "2026-10-31", "gross": "449996", "lines": 1, "number": null, "status": "draft", "settled": "0", "currency": "EUR", "issuedOn": "2026-10-01", "customerId": "01a1ff14-fd7b-7638-b210-8b67d200cee5"}', '{"net": "374997", "vat": "74999", "kind": "invoice", "dueOn": "2026-10-31", "gross": "449996", "lines": 1, "number": "FA-2026-0002", "status": "issued", "settled": "0", "currency": "EUR", "issuedOn": "2026-10-01", "customerId": "01a1ff14-fd7b-7638-b210-8b67d200cee5"}', NULL, '\x033781c23ddf1081c7fb5f0e56747ad00f65430b686ed7730104c5b0c8544971', '\xb4921f3065b02c62e6e3fb488cde6adffcc9b1bdab77f85b7500dcf34cb4ef4c'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 7, '2026-11-21 17:08:52.453+00', '01a1ff14-f1a1-7143-85f1-95d571f8b166', 'Claire Vasseur', 'invoice.create', 'invoice', '01a1ff15-0da4-7113-9a2d-b65ce2e5c22e', NULL, '{"net": "26970", "vat": "5394", "kind": "invoice", "dueOn": null, "gross": "32364", "lines": 1, "number": null, "status": "draft", "settled": "0", "currency": "EUR", "issuedOn": "2026-10-01", "customerId": "01a1ff14-fd7b-7638-b210-8b67d200cee5"}', NULL, '\xb4921f3065b02c62e6e3fb488cde6adffcc9b1bdab77f85b7500dcf34cb4ef4c', '\x8e9628633a11299aaa0546070583fba621efc113c2657720b8685e673914958f'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 8, '2026-11-21 17:08:53.612+00', '01a1ff14-f1a1-7143-85f1-95d571f8b166', 'Claire Vasseur', 'invoice.issue', 'invoice', '01a1ff15-0da4-7113-9a2d-b65ce2e5c22e', '{"net": "26970", "vat": "5394", "kind": "invoice", "dueOn": "2026-10-31", "gross": "32364", "lines": 1, "number": null, "status": "draft", "settled": "0", "currency": "EUR", "issuedOn": "2026-10-01", "customerId": "01a1ff14-fd7b-7638-b210-8b67d200cee5"}', '{"net": "26970", "vat": "5394", "kind": "invoice", "dueOn": "2026-10-31", "gross": "32364", "lines": 1, "number": "FA-2026-0003", "status": "issued", "settled": "0", "currency": "EUR", "issuedOn": "2026-10-01", "customerId": "01a1ff14-fd7b-7638-b210-8b67d200cee5"}', NULL, '\x8e9628633a11299aaa0546070583fba621efc113c2657720b8685e673914958f', '\x926490d6a1cf20be1822e7dc75f36e9736c536606fcf2e6aef3bbec3aa8dbf36'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 9, '2026-11-21 17:08:54.94+00', '01a1ff14-f1a1-7143-85f1-95d571f8b166', 'Claire Vasseur', 'bank-account.create', 'bank-account', '01a1ff15-17dc-733c-a37e-8edf71418b48', NULL, '{"id": "01a1ff15-17dc-733c-a37e-8edf71418b48", "iban": "FR1420041010050500013M02606", "name": "Courant", "version": 1, "currency": "EUR", "bankWriting": null, "ledgerAccount": "512001", "suspenseAccount": "471001"}', NULL, '\x926490d6a1cf20be1822e7dc75f36e9736c536606fcf2e6aef3bbec3aa8dbf36', '\xa5e66b2f6aadd3c2625dea7c87d82c78df8dc538faf7ff2a265539787ec16cf2'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 10, '2026-11-21 17:08:56.329+00', '01a1ff14-f1a1-7143-85f1-95d571f8b166', 'Claire Vasseur', 'import.preview', 'import', '01a1ff15-1c8e-759f-bab8-d4e2a021ec99', NULL, '{"new": 3, "file": "octobre.cfo", "known": 0, "format": "cfonb120", "sha256": "25f548fd1d621922e1cf4c951a66845a4dccba39649f498ed75c647062d73c1d", "suspicious": 0}', NULL, '\xa5e66b2f6aadd3c2625dea7c87d82c78df8dc538faf7ff2a265539787ec16cf2', '\xc9a770b1f4a6b184dee465ed0501092778d036114f62f951703600734c2531d8'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 11, '2026-11-21 17:08:57.203+00', '01a1ff14-f1a1-7143-85f1-95d571f8b166', 'Claire Vasseur', 'import.commit', 'import', '01a1ff15-1c8e-759f-bab8-d4e2a021ec99', NULL, '{"new": 3, "file": "octobre.cfo", "known": 0, "accounts": ["512001"], "suspicious": 0}', NULL, '\xc9a770b1f4a6b184dee465ed0501092778d036114f62f951703600734c2531d8', '\x24b76d83e3913ad704438af6fe6203f7edbbca22c3e66503e3f30257d099a162'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 12, '2026-11-21 17:08:59.801+00', '01a1ff14-f1a1-7143-85f1-95d571f8b166', 'Claire Vasseur', 'match.create', 'match', '01a1ff15-27b4-76ff-9977-15a135ec7325', NULL, '{"total": "234000", "lineId": "01a1ff15-1f9c-7714-8398-4c6c2a4a3719", "invoices": [{"amount": "234000", "number": "FA-2026-0001"}], "residual": null, "automatic": true}', NULL, '\x24b76d83e3913ad704438af6fe6203f7edbbca22c3e66503e3f30257d099a162', '\xd2fd55c7c56f20777d8440bbf134086dc66c694a159544bb09dfcf34db09a070'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 13, '2026-11-21 17:09:00.815+00', '01a1ff14-f1a1-7143-85f1-95d571f8b166', 'Claire Vasseur', 'match.create', 'match', '01a1ff15-2c3e-75a8-bcb4-64b6187d0983', NULL, '{"total": "449996", "lineId": "01a1ff15-1f9c-7715-a806-6c2932942ef2", "invoices": [{"amount": "449996", "number": "FA-2026-0002"}], "residual": null, "automatic": true}', NULL, '\xd2fd55c7c56f20777d8440bbf134086dc66c694a159544bb09dfcf34db09a070', '\x8086cc670633b260898c4ab36108b3cc3442d17c79924619f4e09e478cb139be');
INSERT INTO app.bank_account VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-17dc-733c-a37e-8edf71418b48', 'Courant', 'FR1420041010050500013M02606', NULL, 'EUR', '512001', '471001', 1, '2026-11-21 17:08:54.501538+00');
INSERT INTO app.bank_import VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-1c8e-759f-bab8-d4e2a021ec99', 'committed', 'octobre.cfo', '\x25f548fd1d621922e1cf4c951a66845a4dccba39649f498ed75c647062d73c1d', '\x303132303034312020202030313030354555523220303530303031334d30323620203031313032362020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020303030303030303030303030307b202020202020202020202020202020200d0a303432303034312020202030313030354555523220303530303031334d30323631383132313032362020313231303236564952204d4149534f4e205645524d45494c2046412d323032362d303030312020303030303030302020303030303030303032333430307b523120202020202020202020202020200d0a303432303034312020202030313030354555523220303530303031334d30323631383134313032362020313431303236564952204d4149534f4e205645524d45494c2046412d323032362d3030303220203030303030303020203030303030303030343439393946523220202020202020202020202020200d0a303432303034312020202030313030354555523220303530303031334d3032363138323031303236202032303130323650524c5620464f55524e4953534555522020202020202020202020202020202020303030303030302020303030303030303030313233344e523320202020202020202020202020200d0a303732303034312020202030313030354555523220303530303031334d30323620203331313032362020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020303030303030303036373136354120202020202020202020202020202020', 'cfonb120', NULL, '01a1ff15-17dc-733c-a37e-8edf71418b48', 3, 0, 0, '[]', '01a1ff14-f1a1-7143-85f1-95d571f8b166', '2026-11-21 17:08:55.871575+00', '2026-11-21 17:08:56.753867+00');
INSERT INTO app.bank_line VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-1f9c-7716-9271-0f5da3d2692a', '01a1ff15-17dc-733c-a37e-8edf71418b48', '01a1ff15-1c8e-759f-bab8-d4e2a021ec99', 3, '2026-10-20', '2026-10-20', -12345, 'EUR', 'PRLV FOURNISSEUR', NULL, NULL, NULL, 'R3', '01a1ff15-238d-7123-ad24-0197085b7c93', 0, '2026-11-21 17:08:56.753867+00'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-1f9c-7714-8398-4c6c2a4a3719', '01a1ff15-17dc-733c-a37e-8edf71418b48', '01a1ff15-1c8e-759f-bab8-d4e2a021ec99', 1, '2026-10-12', '2026-10-12', 234000, 'EUR', 'VIR MAISON VERMEIL FA-2026-0001', NULL, NULL, NULL, 'R1', '01a1ff15-238d-7121-a543-a022eaeda799', 234000, '2026-11-21 17:08:56.753867+00'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-1f9c-7715-a806-6c2932942ef2', '01a1ff15-17dc-733c-a37e-8edf71418b48', '01a1ff15-1c8e-759f-bab8-d4e2a021ec99', 2, '2026-10-14', '2026-10-14', 449996, 'EUR', 'VIR MAISON VERMEIL FA-2026-0002', NULL, NULL, NULL, 'R2', '01a1ff15-238d-7122-80f4-07a5ec20639b', 449996, '2026-11-21 17:08:56.753867+00');
INSERT INTO app.bank_statement VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-2090-74a9-bf43-71d58ab2ebe1', '01a1ff15-1c8e-759f-bab8-d4e2a021ec99', '01a1ff15-17dc-733c-a37e-8edf71418b48', '2026-10-01', 0, '2026-10-31', 671651, '2026-10-12', 3, 'proven', 0);
INSERT INTO app.company VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', 'company', 'Atelier Mélèze', NULL, NULL, NULL, NULL, NULL, 'FR', 'EUR', 'Europe/Paris', 'fr', 'receipts', '#2F46C9', false, 1, '2026-11-21 17:08:46.579337+00');
INSERT INTO app.customer VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fd7b-7638-b210-8b67d200cee5', 'C00001', 'Maison Vermeil', 'maison vermeil', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'FR', 30, 'fr', NULL, 1, '2026-11-21 17:08:48.087659+00');
INSERT INTO app.customer_counter VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', 2);
INSERT INTO app.entry VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-062b-756c-855e-6ae73618d1fe', 1, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '01a1ff14-fad2-77b7-9509-22ec0de0eab4', 'VT', '000002', '2026-10-01', 'FA-2026-0001', '2026-10-01', 'FA-2026-0001 Maison Vermeil', 'invoice', '01a1ff14-ff96-715f-82b5-aa1685be14c6', NULL, false, false, '2026-11-20', '01a1ff14-f1a1-7143-85f1-95d571f8b166', '2026-11-21 17:08:49.046061+00', '\x', '\x4a04ac820b396a1c22c3f962748ce4e034289f22169c98a7323230245d8737e0'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-0c27-7423-8176-ae12702fbbc6', 2, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '01a1ff14-fad2-77b7-9509-22ec0de0eab4', 'VT', '000003', '2026-10-01', 'FA-2026-0002', '2026-10-01', 'FA-2026-0002 Maison Vermeil', 'invoice', '01a1ff15-07f5-7036-8a01-639e69696844', NULL, false, false, '2026-11-20', '01a1ff14-f1a1-7143-85f1-95d571f8b166', '2026-11-21 17:08:51.179044+00', '\x4a04ac820b396a1c22c3f962748ce4e034289f22169c98a7323230245d8737e0', '\x51cb0da98a7886a987bff64f045fe1d26537ad1544efdef4ec84816ab30c1ee3'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-115b-77c5-8851-835e432ee4e2', 3, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '01a1ff14-fad2-77b7-9509-22ec0de0eab4', 'VT', '000004', '2026-10-01', 'FA-2026-0003', '2026-10-01', 'FA-2026-0003 Maison Vermeil', 'invoice', '01a1ff15-0da4-7113-9a2d-b65ce2e5c22e', NULL, false, false, '2026-11-20', '01a1ff14-f1a1-7143-85f1-95d571f8b166', '2026-11-21 17:08:52.589837+00', '\x51cb0da98a7886a987bff64f045fe1d26537ad1544efdef4ec84816ab30c1ee3', '\x3c364decf3704595b7499ce4ba6050e17d20536ef659432e07661390f9462646'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-238d-7121-a543-a022eaeda799', 4, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '01a1ff14-fad2-77b7-9509-22ec0de0eab4', 'BQ', '000005', '2026-10-12', 'REL-20261012', '2026-10-12', 'VIR MAISON VERMEIL FA-2026-0001', 'bank', '01a1ff15-1f9c-7714-8398-4c6c2a4a3719', NULL, false, false, '2026-11-20', '01a1ff14-f1a1-7143-85f1-95d571f8b166', '2026-11-21 17:08:57.476262+00', '\x3c364decf3704595b7499ce4ba6050e17d20536ef659432e07661390f9462646', '\x26cfbd85b314d23fdfcd38b76c0e3a7a9ac11fb7e1cd795fcd75ba10d836f2ec'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-238d-7122-80f4-07a5ec20639b', 5, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '01a1ff14-fad2-77b7-9509-22ec0de0eab4', 'BQ', '000006', '2026-10-14', 'REL-20261014', '2026-10-14', 'VIR MAISON VERMEIL FA-2026-0002', 'bank', '01a1ff15-1f9c-7715-a806-6c2932942ef2', NULL, false, false, '2026-11-20', '01a1ff14-f1a1-7143-85f1-95d571f8b166', '2026-11-21 17:08:57.476262+00', '\x26cfbd85b314d23fdfcd38b76c0e3a7a9ac11fb7e1cd795fcd75ba10d836f2ec', '\x32c2557f1c5990bc1e71eebd0815efc79014ed96186b0c45e1c5c4154db206c9'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-238d-7123-ad24-0197085b7c93', 6, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '01a1ff14-fad2-77b7-9509-22ec0de0eab4', 'BQ', '000007', '2026-10-20', 'REL-20261020', '2026-10-20', 'PRLV FOURNISSEUR', 'bank', '01a1ff15-1f9c-7716-9271-0f5da3d2692a', NULL, false, false, '2026-11-20', '01a1ff14-f1a1-7143-85f1-95d571f8b166', '2026-11-21 17:08:57.476262+00', '\x32c2557f1c5990bc1e71eebd0815efc79014ed96186b0c45e1c5c4154db206c9', '\xd4b190095416fa6af39b2657249ce4a8a56c929eb06b755439669cad3c5cf6a7'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-28d8-70c2-bb16-c40a52c20161', 7, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '01a1ff14-fad2-77b7-9509-22ec0de0eab4', 'BQ', '000008', '2026-10-12', 'REL-20261012', '2026-10-12', 'VIR MAISON VERMEIL FA-2026-0001', 'match', '01a1ff15-27b4-76ff-9977-15a135ec7325', NULL, false, false, '2026-11-20', '01a1ff14-f1a1-7143-85f1-95d571f8b166', '2026-11-21 17:08:58.640926+00', '\xd4b190095416fa6af39b2657249ce4a8a56c929eb06b755439669cad3c5cf6a7', '\x4d016e2d1a2d88a163003a3ff7e601a2f840cc0406b4f6a1cc2939567fd309ec'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-28d8-70c3-8937-55b2fd5615e5', 8, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '01a1ff14-fad2-77b7-9509-22ec0de0eab4', 'RT', '000009', '2026-10-12', 'FA-2026-0001', '2026-10-12', 'TVA sur encaissement FA-2026-0001 Maison Vermeil', 'match', '01a1ff15-27b4-76ff-9977-15a135ec7325', NULL, false, false, '2026-11-20', '01a1ff14-f1a1-7143-85f1-95d571f8b166', '2026-11-21 17:08:58.640926+00', '\x4d016e2d1a2d88a163003a3ff7e601a2f840cc0406b4f6a1cc2939567fd309ec', '\xc94a290629248dd2da027823834ec66608463a77826c72e9355d89a6963ad90f'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-2c8d-75bf-a6c2-ec7882470182', 9, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '01a1ff14-fad2-77b7-9509-22ec0de0eab4', 'BQ', '000010', '2026-10-14', 'REL-20261014', '2026-10-14', 'VIR MAISON VERMEIL FA-2026-0002', 'match', '01a1ff15-2c3e-75a8-bcb4-64b6187d0983', NULL, false, false, '2026-11-20', '01a1ff14-f1a1-7143-85f1-95d571f8b166', '2026-11-21 17:08:59.93194+00', '\xc94a290629248dd2da027823834ec66608463a77826c72e9355d89a6963ad90f', '\x68a183394762ef64a79b9a289bfc91ed84e97b9dddb56f3a7ea0d629f54d8814'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-2c8d-75c0-8a29-4b24f998b457', 10, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '01a1ff14-fad2-77b7-9509-22ec0de0eab4', 'RT', '000011', '2026-10-14', 'FA-2026-0002', '2026-10-14', 'TVA sur encaissement FA-2026-0002 Maison Vermeil', 'match', '01a1ff15-2c3e-75a8-bcb4-64b6187d0983', NULL, false, false, '2026-11-20', '01a1ff14-f1a1-7143-85f1-95d571f8b166', '2026-11-21 17:08:59.93194+00', '\x68a183394762ef64a79b9a289bfc91ed84e97b9dddb56f3a7ea0d629f54d8814', '\xc75c443719794943c40a7b1a34d1db3e6d05537b46036cf41e2c203ba6c86831');
INSERT INTO app.entry_line VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-062b-756c-855e-6ae73618d1fe', 2, 1, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-01', '706000', NULL, NULL, 'FA-2026-0001 Maison Vermeil', 0, 195000, NULL, NULL, NULL, NULL, false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-062b-756c-855e-6ae73618d1fe', 3, 1, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-01', '445741', NULL, NULL, 'FA-2026-0001 Maison Vermeil', 0, 39000, NULL, NULL, NULL, NULL, false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-0c27-7423-8176-ae12702fbbc6', 2, 2, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-01', '706000', NULL, NULL, 'FA-2026-0002 Maison Vermeil', 0, 374997, NULL, NULL, NULL, NULL, false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-0c27-7423-8176-ae12702fbbc6', 3, 2, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-01', '445741', NULL, NULL, 'FA-2026-0002 Maison Vermeil', 0, 74999, NULL, NULL, NULL, NULL, false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-115b-77c5-8851-835e432ee4e2', 1, 3, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-01', '411000', 'C00001', 'Maison Vermeil', 'FA-2026-0003 Maison Vermeil', 32364, 0, NULL, NULL, NULL, NULL, false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-115b-77c5-8851-835e432ee4e2', 2, 3, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-01', '706000', NULL, NULL, 'FA-2026-0003 Maison Vermeil', 0, 26970, NULL, NULL, NULL, NULL, false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-115b-77c5-8851-835e432ee4e2', 3, 3, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-01', '445741', NULL, NULL, 'FA-2026-0003 Maison Vermeil', 0, 5394, NULL, NULL, NULL, NULL, false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-238d-7121-a543-a022eaeda799', 1, 4, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-12', '512001', NULL, NULL, 'VIR MAISON VERMEIL FA-2026-0001', 234000, 0, NULL, NULL, NULL, NULL, false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-238d-7122-80f4-07a5ec20639b', 1, 5, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-14', '512001', NULL, NULL, 'VIR MAISON VERMEIL FA-2026-0002', 449996, 0, NULL, NULL, NULL, NULL, false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-238d-7123-ad24-0197085b7c93', 1, 6, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-20', '512001', NULL, NULL, 'PRLV FOURNISSEUR', 0, 12345, NULL, NULL, NULL, NULL, false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-238d-7123-ad24-0197085b7c93', 2, 6, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-20', '471001', NULL, NULL, 'PRLV FOURNISSEUR', 12345, 0, NULL, NULL, NULL, NULL, false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-28d8-70c3-8937-55b2fd5615e5', 1, 8, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-12', '445741', NULL, NULL, 'TVA sur encaissement FA-2026-0001 Maison Vermeil', 39000, 0, NULL, NULL, NULL, NULL, false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-28d8-70c3-8937-55b2fd5615e5', 2, 8, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-12', '445711', NULL, NULL, 'TVA sur encaissement FA-2026-0001 Maison Vermeil', 0, 39000, NULL, NULL, NULL, NULL, false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-062b-756c-855e-6ae73618d1fe', 1, 1, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-01', '411000', 'C00001', 'Maison Vermeil', 'FA-2026-0001 Maison Vermeil', 234000, 0, NULL, NULL, 'AA', '2026-10-12', false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-28d8-70c2-bb16-c40a52c20161', 2, 7, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-12', '411000', 'C00001', 'Maison Vermeil', 'FA-2026-0001 Maison Vermeil', 0, 234000, NULL, NULL, 'AA', '2026-10-12', false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-238d-7121-a543-a022eaeda799', 2, 4, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-12', '471001', NULL, NULL, 'VIR MAISON VERMEIL FA-2026-0001', 0, 234000, NULL, NULL, 'AA', '2026-10-12', false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-28d8-70c2-bb16-c40a52c20161', 1, 7, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-12', '471001', NULL, NULL, 'VIR MAISON VERMEIL FA-2026-0001', 234000, 0, NULL, NULL, 'AA', '2026-10-12', false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-2c8d-75c0-8a29-4b24f998b457', 1, 10, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-14', '445741', NULL, NULL, 'TVA sur encaissement FA-2026-0002 Maison Vermeil', 74999, 0, NULL, NULL, NULL, NULL, false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-2c8d-75c0-8a29-4b24f998b457', 2, 10, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-14', '445711', NULL, NULL, 'TVA sur encaissement FA-2026-0002 Maison Vermeil', 0, 74999, NULL, NULL, NULL, NULL, false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-0c27-7423-8176-ae12702fbbc6', 1, 2, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-01', '411000', 'C00001', 'Maison Vermeil', 'FA-2026-0002 Maison Vermeil', 449996, 0, NULL, NULL, 'AB', '2026-10-14', false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-2c8d-75bf-a6c2-ec7882470182', 2, 9, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-14', '411000', 'C00001', 'Maison Vermeil', 'FA-2026-0002 Maison Vermeil', 0, 449996, NULL, NULL, 'AB', '2026-10-14', false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-238d-7122-80f4-07a5ec20639b', 2, 5, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-14', '471001', NULL, NULL, 'VIR MAISON VERMEIL FA-2026-0002', 0, 449996, NULL, NULL, 'AB', '2026-10-14', false, NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-2c8d-75bf-a6c2-ec7882470182', 1, 9, '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-14', '471001', NULL, NULL, 'VIR MAISON VERMEIL FA-2026-0002', 449996, 0, NULL, NULL, 'AB', '2026-10-14', false, NULL, NULL);
INSERT INTO app.fiscal_year VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-01-01', '2026-12-31', 'open', 12);
INSERT INTO app.invoice VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-0da4-7113-9a2d-b65ce2e5c22e', 'invoice', 'issued', 'quittance', 'FA-2026-0003', '01a1ff14-fd7b-7638-b210-8b67d200cee5', '{"city": null, "code": "C00001", "name": "Maison Vermeil", "siren": null, "address": null, "country": "FR", "vatNumber": null, "postalCode": null}', '2026-10-01', '2026-10-31', 'EUR', 26970, 5394, 32364, 26970, 5394, 32364, 'receipts', NULL, 0, '01a1ff15-115b-77c5-8851-835e432ee4e2', NULL, NULL, NULL, 2, '01a1ff14-f1a1-7143-85f1-95d571f8b166', '2026-11-21 17:08:52.249323+00'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-ff96-715f-82b5-aa1685be14c6', 'invoice', 'paid', 'quittance', 'FA-2026-0001', '01a1ff14-fd7b-7638-b210-8b67d200cee5', '{"city": null, "code": "C00001", "name": "Maison Vermeil", "siren": null, "address": null, "country": "FR", "vatNumber": null, "postalCode": null}', '2026-10-01', '2026-10-31', 'EUR', 195000, 39000, 234000, 195000, 39000, 234000, 'receipts', NULL, 234000, '01a1ff15-062b-756c-855e-6ae73618d1fe', NULL, NULL, NULL, 3, '01a1ff14-f1a1-7143-85f1-95d571f8b166', '2026-11-21 17:08:48.598026+00'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-07f5-7036-8a01-639e69696844', 'invoice', 'paid', 'quittance', 'FA-2026-0002', '01a1ff14-fd7b-7638-b210-8b67d200cee5', '{"city": null, "code": "C00001", "name": "Maison Vermeil", "siren": null, "address": null, "country": "FR", "vatNumber": null, "postalCode": null}', '2026-10-01', '2026-10-31', 'EUR', 374997, 74999, 449996, 374997, 74999, 449996, 'receipts', NULL, 449996, '01a1ff15-0c27-7423-8176-ae12702fbbc6', NULL, NULL, NULL, 3, '01a1ff14-f1a1-7143-85f1-95d571f8b166', '2026-11-21 17:08:50.786135+00');
INSERT INTO app.invoice_line VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-ff96-715f-82b5-aa1685be14c6', 1, 'Étude', 3.0000, 650.0000, 2000, 'services', 195000),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-07f5-7036-8a01-639e69696844', 1, 'Étude', 3.0000, 1249.9900, 2000, 'services', 374997),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-0da4-7113-9a2d-b65ce2e5c22e', 1, 'Étude', 3.0000, 89.9000, 2000, 'services', 26970);
INSERT INTO app.invoice_series VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', 'FA', 2026, 4);
INSERT INTO app.invoice_vat VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-ff96-715f-82b5-aa1685be14c6', 2000, 'services', 195000, 39000, 39000),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-07f5-7036-8a01-639e69696844', 2000, 'services', 374997, 74999, 74999),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-0da4-7113-9a2d-b65ce2e5c22e', 2000, 'services', 26970, 5394, 5394);
INSERT INTO app.journal VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', 'VT', 'Ventes', false),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 'AC', 'Achats', false),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 'BQ', 'Banque', false),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 'CA', 'Caisse', false),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 'OD', 'Opérations diverses', false),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 'AN', 'À nouveaux', false),
	('01a1ff14-f76d-74ce-be57-166155ae6001', 'RT', 'Règlements - TVA sur encaissements', false);
INSERT INTO app.ledger_account VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', '411000', 'Clients'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '445741', 'TVA collectée en attente d''encaissement 20 %'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '706000', 'Prestations de services'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '512001', 'Banque - Courant'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '471001', 'Compte d''attente - Courant'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '445711', 'TVA collectée 20 %');
INSERT INTO app.ledger_chain VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', 10, '\xc75c443719794943c40a7b1a34d1db3e6d05537b46036cf41e2c203ba6c86831');
INSERT INTO app.lettering_counter VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', '411000', 'C00001', 'AB'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '471001', '', 'AB');
INSERT INTO app.match VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-27b4-76ff-9977-15a135ec7325', '01a1ff15-1f9c-7714-8398-4c6c2a4a3719', 'active', 0.9997, true, '[{"code": "REFERENCE", "text": {"en": "no. FA-2026-0001 in the label", "fr": "n° FA-2026-0001 dans le libellé"}}, {"code": "PAYER_NAME", "text": {"en": "Maison Vermeil in the label", "fr": "Maison Vermeil dans le libellé"}}, {"code": "AMOUNT_EXACT", "text": {"en": "amount to the cent", "fr": "montant au centime"}}]', 0, NULL, '01a1ff15-28d8-70c2-bb16-c40a52c20161', NULL, '01a1ff14-f1a1-7143-85f1-95d571f8b166', '2026-11-21 17:08:58.640926+00', NULL, NULL),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-2c3e-75a8-bcb4-64b6187d0983', '01a1ff15-1f9c-7715-a806-6c2932942ef2', 'active', 0.9997, true, '[{"code": "REFERENCE", "text": {"en": "no. FA-2026-0002 in the label", "fr": "n° FA-2026-0002 dans le libellé"}}, {"code": "PAYER_NAME", "text": {"en": "Maison Vermeil in the label", "fr": "Maison Vermeil dans le libellé"}}, {"code": "AMOUNT_EXACT", "text": {"en": "amount to the cent", "fr": "montant au centime"}}]', 0, NULL, '01a1ff15-2c8d-75bf-a6c2-ec7882470182', NULL, '01a1ff14-f1a1-7143-85f1-95d571f8b166', '2026-11-21 17:08:59.93194+00', NULL, NULL);
INSERT INTO app.match_allocation VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-27b4-76ff-9977-15a135ec7325', '01a1ff14-ff96-715f-82b5-aa1685be14c6', 234000, 39000, '[[2000, "39000"]]', '01a1ff15-28d8-70c3-8937-55b2fd5615e5', 2),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff15-2c3e-75a8-bcb4-64b6187d0983', '01a1ff15-07f5-7036-8a01-639e69696844', 449996, 74999, '[[2000, "74999"]]', '01a1ff15-2c8d-75c0-8a29-4b24f998b457', 2);
INSERT INTO app.period VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77ae-b642-d90b330ec77d', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-01-01', '2026-01-31', 'open'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77af-9c18-b924a3b9fc7f', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-02-01', '2026-02-28', 'open'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77b0-844e-566e6f4089de', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-03-01', '2026-03-31', 'open'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77b1-8e8c-9a517729e091', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-04-01', '2026-04-30', 'open'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77b2-ac97-57ce3abce3f5', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-05-01', '2026-05-31', 'open'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77b3-b202-1d4748d838ce', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-06-01', '2026-06-30', 'open'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77b4-b9b8-e8a0f49162d0', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-07-01', '2026-07-31', 'open'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77b5-9ae3-1c6821823219', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-08-01', '2026-08-31', 'open'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77b6-9725-9a0a24766d38', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-09-01', '2026-09-30', 'open'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77b7-9509-22ec0de0eab4', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-10-01', '2026-10-31', 'open'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77b8-b26e-d213ae0126e8', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-11-01', '2026-11-30', 'open'),
	('01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-fad2-77b9-9520-968c23072b56', '01a1ff14-fad2-77ad-908d-1fdeb6320b45', '2026-12-01', '2026-12-31', 'open');
INSERT INTO app_meta.schema_migrations VALUES
	('0001_platform_create_roles_and_schemas.sql', '0cf6eeae795d137c9eafa8f9d29a6659e79028a22407c5679cdccea123912654', '2026-11-21 17:08:28.976035+00'),
	('0002_identity_create_auth.sql', '449b91a72b7bbca537457669edbfc422cce835ee5418cab07b6f6c3fb8d4717b', '2026-11-21 17:08:29.341812+00'),
	('0003_identity_create_company.sql', 'e9319e246dae5d50ef782198faaa73706fef7293e3022db93e979c0b2ad60f8d', '2026-11-21 17:08:29.986035+00'),
	('0004_audit_create_log.sql', 'c4d6fb19e3d6d895f61e277c185d524e319b99b6fb9de6e7777a0a5cf868a8a6', '2026-11-21 17:08:30.424214+00'),
	('0005_ledger_create_books.sql', 'cb2a75662390ff553593cc1d97caa3e9186ce3ea8788bfffc2cb5546747b5a03', '2026-11-21 17:08:30.721855+00'),
	('0006_party_create_customer.sql', 'c0edf1735670a8eaac07d64c607a32790f941add63645e8043ceb5b8a7db4686', '2026-11-21 17:08:31.885315+00'),
	('0007_invoicing_create_invoice.sql', 'e2b3c13c21858b8a0e80f23dd95f8680894cd99eb67b324073b7981e8321f403', '2026-11-21 17:08:32.302106+00'),
	('0008_banking_create_bank.sql', '02e1d54dc8434fcddee594bc4f86a1602a4487b3f2af01900f82a7cc1d516daa', '2026-11-21 17:08:32.9885+00'),
	('0009_reconciliation_create_match.sql', '21f2c8b79836b9f7833755ff084c1016a6cd6f48d50bc27e22989ba7ffb8fbce', '2026-11-21 17:08:33.706468+00');
INSERT INTO auth.account VALUES
	('01a1ff14-f2bc-7564-a57b-4ced5f9f97d3', '01a1ff14-f1a1-7143-85f1-95d571f8b166', 'credential', '01a1ff14-f1a1-7143-85f1-95d571f8b166', NULL, NULL, NULL, NULL, NULL, NULL, '$argon2id$v=19$m=19456,t=2,p=1$n4Ivq4PrwhM9Z4GWckHf7Q$TwuhA3LYF98joAdJovI9g1cX7xMapiFJbFp1zfSGNq8', '2026-11-21 17:08:45.301+00', '2026-11-21 17:08:45.301+00');
INSERT INTO auth.member VALUES
	('01a1ff14-f8af-719c-b894-bb9c3d11e8fc', '01a1ff14-f76d-74ce-be57-166155ae6001', '01a1ff14-f1a1-7143-85f1-95d571f8b166', 'owner', '2026-11-21 17:08:46.579337+00');
INSERT INTO auth.organization VALUES
	('01a1ff14-f76d-74ce-be57-166155ae6001', 'Atelier Mélèze', 'atelier-meleze', NULL, '2026-11-21 17:08:46.579337+00', NULL);
INSERT INTO auth.session VALUES
	('01a1ff14-f37b-763a-8bae-0880b6ebad41', '2026-12-05 17:08:45.543+00', 'YwqacABqSMCOUDKrVH1gImspYTHiffsw', '2026-11-21 17:08:45.544+00', '2026-11-21 17:08:45.544+00', '', '', '01a1ff14-f1a1-7143-85f1-95d571f8b166', NULL);
INSERT INTO auth."user" VALUES
	('01a1ff14-f1a1-7143-85f1-95d571f8b166', 'Claire Vasseur', 'claire@example.org', false, NULL, '2026-11-21 17:08:45.039+00', '2026-11-21 17:08:45.039+00');
ALTER TABLE ONLY app.account_balance
    ADD CONSTRAINT account_balance_pkey PRIMARY KEY (tenant_id, fiscal_year_id, account, month, is_opening);
ALTER TABLE ONLY app.audit_chain
    ADD CONSTRAINT audit_chain_pkey PRIMARY KEY (tenant_id);
ALTER TABLE ONLY app.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (tenant_id, seq);
ALTER TABLE ONLY app.bank_account
    ADD CONSTRAINT bank_account_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY app.bank_account
    ADD CONSTRAINT bank_account_tenant_id_ledger_account_key UNIQUE (tenant_id, ledger_account);
ALTER TABLE ONLY app.bank_account
    ADD CONSTRAINT bank_account_tenant_id_suspense_account_key UNIQUE (tenant_id, suspense_account);
ALTER TABLE ONLY app.bank_import
    ADD CONSTRAINT bank_import_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY app.bank_line
    ADD CONSTRAINT bank_line_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY app.bank_line
    ADD CONSTRAINT bank_line_tenant_id_import_id_position_key UNIQUE (tenant_id, import_id, "position");
ALTER TABLE ONLY app.bank_statement
    ADD CONSTRAINT bank_statement_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY app.company
    ADD CONSTRAINT company_pkey PRIMARY KEY (tenant_id);
ALTER TABLE ONLY app.customer_counter
    ADD CONSTRAINT customer_counter_pkey PRIMARY KEY (tenant_id);
ALTER TABLE ONLY app.customer
    ADD CONSTRAINT customer_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY app.customer
    ADD CONSTRAINT customer_tenant_id_code_key UNIQUE (tenant_id, code);
ALTER TABLE ONLY app.entry_draft
    ADD CONSTRAINT entry_draft_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY app.entry_line
    ADD CONSTRAINT entry_line_pkey PRIMARY KEY (tenant_id, entry_id, n);
ALTER TABLE ONLY app.entry
    ADD CONSTRAINT entry_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY app.entry
    ADD CONSTRAINT entry_tenant_id_seq_key UNIQUE (tenant_id, seq);
ALTER TABLE ONLY app.firm_grant
    ADD CONSTRAINT firm_grant_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY app.fiscal_year
    ADD CONSTRAINT fiscal_year_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY app.fiscal_year
    ADD CONSTRAINT fiscal_year_tenant_id_starts_on_key UNIQUE (tenant_id, starts_on);
ALTER TABLE ONLY app.invoice_line
    ADD CONSTRAINT invoice_line_pkey PRIMARY KEY (tenant_id, invoice_id, n);
ALTER TABLE ONLY app.invoice
    ADD CONSTRAINT invoice_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY app.invoice_series
    ADD CONSTRAINT invoice_series_pkey PRIMARY KEY (tenant_id, prefix, year);
ALTER TABLE ONLY app.invoice_vat
    ADD CONSTRAINT invoice_vat_pkey PRIMARY KEY (tenant_id, invoice_id, vat_rate_bp, nature);
ALTER TABLE ONLY app.journal
    ADD CONSTRAINT journal_pkey PRIMARY KEY (tenant_id, code);
ALTER TABLE ONLY app.ledger_account
    ADD CONSTRAINT ledger_account_pkey PRIMARY KEY (tenant_id, number);
ALTER TABLE ONLY app.ledger_chain
    ADD CONSTRAINT ledger_chain_pkey PRIMARY KEY (tenant_id);
ALTER TABLE ONLY app.lettering_counter
    ADD CONSTRAINT lettering_counter_pkey PRIMARY KEY (tenant_id, account, aux_code);
ALTER TABLE ONLY app.match_allocation
    ADD CONSTRAINT match_allocation_pkey PRIMARY KEY (tenant_id, match_id, invoice_id);
ALTER TABLE ONLY app.match
    ADD CONSTRAINT match_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY app.match_refusal
    ADD CONSTRAINT match_refusal_pkey PRIMARY KEY (tenant_id, bank_line_id, invoice_id);
ALTER TABLE ONLY app.period
    ADD CONSTRAINT period_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY app.period
    ADD CONSTRAINT period_tenant_id_starts_on_key UNIQUE (tenant_id, starts_on);
ALTER TABLE ONLY app_meta.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);
ALTER TABLE ONLY auth.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth.member
    ADD CONSTRAINT member_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth.organization
    ADD CONSTRAINT organization_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth.organization
    ADD CONSTRAINT organization_slug_key UNIQUE (slug);
ALTER TABLE ONLY auth.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth.session
    ADD CONSTRAINT session_token_key UNIQUE (token);
ALTER TABLE ONLY auth."user"
    ADD CONSTRAINT user_email_key UNIQUE (email);
ALTER TABLE ONLY auth."user"
    ADD CONSTRAINT user_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth.verification
    ADD CONSTRAINT verification_pkey PRIMARY KEY (id);
CREATE INDEX audit_log_by_subject ON app.audit_log USING btree (tenant_id, subject_kind, subject_id, seq);
CREATE UNIQUE INDEX bank_account_iban_once ON app.bank_account USING btree (tenant_id, iban) WHERE (iban IS NOT NULL);
CREATE INDEX bank_import_by_time ON app.bank_import USING btree (tenant_id, uploaded_at, id);
CREATE INDEX bank_line_by_account ON app.bank_line USING btree (tenant_id, bank_account_id, booked_on, id);
CREATE INDEX bank_line_by_date ON app.bank_line USING btree (tenant_id, booked_on, id);
CREATE INDEX bank_line_to_post ON app.bank_line USING btree (tenant_id, import_id, "position") WHERE ((entry_id IS NULL) AND (amount <> 0));
CREATE INDEX bank_line_to_treat ON app.bank_line USING btree (tenant_id, booked_on, id) WHERE (treated <> amount);
CREATE INDEX bank_statement_by_account ON app.bank_statement USING btree (tenant_id, bank_account_id, closing_on, id);
CREATE INDEX customer_by_name ON app.customer USING btree (tenant_id, sort_name, id);
CREATE UNIQUE INDEX customer_external_once ON app.customer USING btree (tenant_id, external_id) WHERE (external_id IS NOT NULL);
CREATE INDEX entry_by_date ON app.entry USING btree (tenant_id, entry_date, seq);
CREATE INDEX entry_by_journal ON app.entry USING btree (tenant_id, journal_code, entry_date, seq);
CREATE INDEX entry_line_by_account ON app.entry_line USING btree (tenant_id, account, entry_date, seq, n);
CREATE INDEX entry_line_by_auxiliary ON app.entry_line USING btree (tenant_id, account, aux_code, entry_date, seq, n) WHERE (aux_code IS NOT NULL);
CREATE UNIQUE INDEX entry_number_once ON app.entry USING btree (tenant_id, fiscal_year_id, number) WHERE (NOT imported);
CREATE UNIQUE INDEX entry_reversed_once ON app.entry USING btree (tenant_id, reverses_id) WHERE (reverses_id IS NOT NULL);
CREATE UNIQUE INDEX entry_source_once ON app.entry USING btree (tenant_id, source, source_id) WHERE (source = ANY (ARRAY['bank'::text, 'invoice'::text]));
CREATE UNIQUE INDEX firm_grant_active ON app.firm_grant USING btree (tenant_id, firm_id) WHERE (revoked_at IS NULL);
CREATE INDEX firm_grant_by_firm ON app.firm_grant USING btree (firm_id) WHERE (revoked_at IS NULL);
CREATE INDEX invoice_by_customer ON app.invoice USING btree (tenant_id, customer_id, issued_on, id);
CREATE INDEX invoice_by_date ON app.invoice USING btree (tenant_id, issued_on, id);
CREATE UNIQUE INDEX invoice_external_once ON app.invoice USING btree (tenant_id, external_id) WHERE (external_id IS NOT NULL);
CREATE UNIQUE INDEX invoice_number_once ON app.invoice USING btree (tenant_id, number) WHERE (number IS NOT NULL);
CREATE INDEX invoice_open ON app.invoice USING btree (tenant_id, due_on, id) WHERE (status = ANY (ARRAY['issued'::text, 'part_paid'::text]));
CREATE INDEX match_allocation_by_invoice ON app.match_allocation USING btree (tenant_id, invoice_id, match_id);
CREATE INDEX match_by_line ON app.match USING btree (tenant_id, bank_line_id, created_at);
CREATE INDEX match_by_time ON app.match USING btree (tenant_id, created_at, id);
CREATE INDEX "account_userId_idx" ON auth.account USING btree ("userId");
CREATE INDEX invitation_email_idx ON auth.invitation USING btree (email);
CREATE INDEX "invitation_organizationId_idx" ON auth.invitation USING btree ("organizationId");
CREATE UNIQUE INDEX member_once ON auth.member USING btree ("organizationId", "userId");
CREATE INDEX "member_organizationId_idx" ON auth.member USING btree ("organizationId");
CREATE INDEX "member_userId_idx" ON auth.member USING btree ("userId");
CREATE INDEX "session_userId_idx" ON auth.session USING btree ("userId");
CREATE INDEX verification_identifier_idx ON auth.verification USING btree (identifier);
CREATE TRIGGER audit_log_is_final BEFORE DELETE OR UPDATE ON app.audit_log FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER entry_is_final BEFORE DELETE OR UPDATE ON app.entry FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER entry_line_balances AFTER INSERT ON app.entry_line REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION app.entry_lines_balance();
CREATE TRIGGER entry_line_is_final BEFORE DELETE OR UPDATE ON app.entry_line FOR EACH ROW EXECUTE FUNCTION app.entry_line_keeps_its_content();
CREATE TRIGGER invoice_is_final BEFORE DELETE OR UPDATE ON app.invoice FOR EACH ROW EXECUTE FUNCTION app.issued_invoice_keeps_its_content();
CREATE TRIGGER invoice_line_is_final BEFORE INSERT OR DELETE OR UPDATE ON app.invoice_line FOR EACH ROW EXECUTE FUNCTION app.issued_invoice_keeps_its_lines();
CREATE TRIGGER invoice_vat_is_final BEFORE INSERT OR DELETE OR UPDATE ON app.invoice_vat FOR EACH ROW EXECUTE FUNCTION app.issued_invoice_keeps_its_lines();
ALTER TABLE ONLY app.account_balance
    ADD CONSTRAINT account_balance_tenant_id_fiscal_year_id_fkey FOREIGN KEY (tenant_id, fiscal_year_id) REFERENCES app.fiscal_year(tenant_id, id);
ALTER TABLE ONLY app.audit_chain
    ADD CONSTRAINT audit_chain_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.company(tenant_id);
ALTER TABLE ONLY app.audit_log
    ADD CONSTRAINT audit_log_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.company(tenant_id);
ALTER TABLE ONLY app.bank_account
    ADD CONSTRAINT bank_account_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.company(tenant_id);
ALTER TABLE ONLY app.bank_account
    ADD CONSTRAINT bank_account_tenant_id_ledger_account_fkey FOREIGN KEY (tenant_id, ledger_account) REFERENCES app.ledger_account(tenant_id, number);
ALTER TABLE ONLY app.bank_account
    ADD CONSTRAINT bank_account_tenant_id_suspense_account_fkey FOREIGN KEY (tenant_id, suspense_account) REFERENCES app.ledger_account(tenant_id, number);
ALTER TABLE ONLY app.bank_import
    ADD CONSTRAINT bank_import_tenant_id_bank_account_id_fkey FOREIGN KEY (tenant_id, bank_account_id) REFERENCES app.bank_account(tenant_id, id);
ALTER TABLE ONLY app.bank_import
    ADD CONSTRAINT bank_import_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.company(tenant_id);
ALTER TABLE ONLY app.bank_line
    ADD CONSTRAINT bank_line_tenant_id_bank_account_id_fkey FOREIGN KEY (tenant_id, bank_account_id) REFERENCES app.bank_account(tenant_id, id);
ALTER TABLE ONLY app.bank_line
    ADD CONSTRAINT bank_line_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES app.entry(tenant_id, id);
ALTER TABLE ONLY app.bank_line
    ADD CONSTRAINT bank_line_tenant_id_import_id_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES app.bank_import(tenant_id, id);
ALTER TABLE ONLY app.bank_statement
    ADD CONSTRAINT bank_statement_tenant_id_bank_account_id_fkey FOREIGN KEY (tenant_id, bank_account_id) REFERENCES app.bank_account(tenant_id, id);
ALTER TABLE ONLY app.bank_statement
    ADD CONSTRAINT bank_statement_tenant_id_import_id_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES app.bank_import(tenant_id, id);
ALTER TABLE ONLY app.company
    ADD CONSTRAINT company_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES auth.organization(id);
ALTER TABLE ONLY app.customer_counter
    ADD CONSTRAINT customer_counter_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.company(tenant_id);
ALTER TABLE ONLY app.customer
    ADD CONSTRAINT customer_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.company(tenant_id);
ALTER TABLE ONLY app.entry_draft
    ADD CONSTRAINT entry_draft_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.company(tenant_id);
ALTER TABLE ONLY app.entry_draft
    ADD CONSTRAINT entry_draft_tenant_id_journal_code_fkey FOREIGN KEY (tenant_id, journal_code) REFERENCES app.journal(tenant_id, code);
ALTER TABLE ONLY app.entry
    ADD CONSTRAINT entry_tenant_id_fiscal_year_id_fkey FOREIGN KEY (tenant_id, fiscal_year_id) REFERENCES app.fiscal_year(tenant_id, id);
ALTER TABLE ONLY app.entry
    ADD CONSTRAINT entry_tenant_id_journal_code_fkey FOREIGN KEY (tenant_id, journal_code) REFERENCES app.journal(tenant_id, code);
ALTER TABLE ONLY app.entry
    ADD CONSTRAINT entry_tenant_id_period_id_fkey FOREIGN KEY (tenant_id, period_id) REFERENCES app.period(tenant_id, id);
ALTER TABLE ONLY app.entry
    ADD CONSTRAINT entry_tenant_id_reverses_id_fkey FOREIGN KEY (tenant_id, reverses_id) REFERENCES app.entry(tenant_id, id);
ALTER TABLE ONLY app.firm_grant
    ADD CONSTRAINT firm_grant_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES auth.organization(id);
ALTER TABLE ONLY app.firm_grant
    ADD CONSTRAINT firm_grant_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.company(tenant_id);
ALTER TABLE ONLY app.fiscal_year
    ADD CONSTRAINT fiscal_year_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.company(tenant_id);
ALTER TABLE ONLY app.invoice_line
    ADD CONSTRAINT invoice_line_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES app.invoice(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY app.invoice_series
    ADD CONSTRAINT invoice_series_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.company(tenant_id);
ALTER TABLE ONLY app.invoice
    ADD CONSTRAINT invoice_tenant_id_credits_id_fkey FOREIGN KEY (tenant_id, credits_id) REFERENCES app.invoice(tenant_id, id);
ALTER TABLE ONLY app.invoice
    ADD CONSTRAINT invoice_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES app.customer(tenant_id, id);
ALTER TABLE ONLY app.invoice
    ADD CONSTRAINT invoice_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES app.entry(tenant_id, id);
ALTER TABLE ONLY app.invoice
    ADD CONSTRAINT invoice_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.company(tenant_id);
ALTER TABLE ONLY app.invoice_vat
    ADD CONSTRAINT invoice_vat_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES app.invoice(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY app.journal
    ADD CONSTRAINT journal_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.company(tenant_id);
ALTER TABLE ONLY app.ledger_account
    ADD CONSTRAINT ledger_account_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.company(tenant_id);
ALTER TABLE ONLY app.ledger_chain
    ADD CONSTRAINT ledger_chain_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.company(tenant_id);
ALTER TABLE ONLY app.lettering_counter
    ADD CONSTRAINT lettering_counter_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.company(tenant_id);
ALTER TABLE ONLY app.match_allocation
    ADD CONSTRAINT match_allocation_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES app.invoice(tenant_id, id);
ALTER TABLE ONLY app.match_allocation
    ADD CONSTRAINT match_allocation_tenant_id_match_id_fkey FOREIGN KEY (tenant_id, match_id) REFERENCES app.match(tenant_id, id);
ALTER TABLE ONLY app.match_allocation
    ADD CONSTRAINT match_allocation_tenant_id_vat_entry_id_fkey FOREIGN KEY (tenant_id, vat_entry_id) REFERENCES app.entry(tenant_id, id);
ALTER TABLE ONLY app.match_refusal
    ADD CONSTRAINT match_refusal_tenant_id_bank_line_id_fkey FOREIGN KEY (tenant_id, bank_line_id) REFERENCES app.bank_line(tenant_id, id);
ALTER TABLE ONLY app.match_refusal
    ADD CONSTRAINT match_refusal_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES app.invoice(tenant_id, id);
ALTER TABLE ONLY app.match
    ADD CONSTRAINT match_tenant_id_bank_line_id_fkey FOREIGN KEY (tenant_id, bank_line_id) REFERENCES app.bank_line(tenant_id, id);
ALTER TABLE ONLY app.match
    ADD CONSTRAINT match_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES app.entry(tenant_id, id);
ALTER TABLE ONLY app.match
    ADD CONSTRAINT match_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.company(tenant_id);
ALTER TABLE ONLY app.match
    ADD CONSTRAINT match_tenant_id_undo_entry_id_fkey FOREIGN KEY (tenant_id, undo_entry_id) REFERENCES app.entry(tenant_id, id);
ALTER TABLE ONLY app.period
    ADD CONSTRAINT period_tenant_id_fiscal_year_id_fkey FOREIGN KEY (tenant_id, fiscal_year_id) REFERENCES app.fiscal_year(tenant_id, id);
ALTER TABLE ONLY auth.account
    ADD CONSTRAINT "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.invitation
    ADD CONSTRAINT "invitation_inviterId_fkey" FOREIGN KEY ("inviterId") REFERENCES auth."user"(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.invitation
    ADD CONSTRAINT "invitation_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES auth.organization(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.member
    ADD CONSTRAINT "member_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES auth.organization(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.member
    ADD CONSTRAINT "member_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.session
    ADD CONSTRAINT "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE;
ALTER TABLE app.account_balance ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.audit_chain ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.bank_account ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.bank_import ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.bank_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.bank_statement ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.company ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.customer ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.customer_counter ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.entry_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.entry_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.firm_grant ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.fiscal_year ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.invoice ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.invoice_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.invoice_series ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.invoice_vat ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.journal ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.ledger_account ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.ledger_chain ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.lettering_counter ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.match ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.match_allocation ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.match_refusal ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.period ENABLE ROW LEVEL SECURITY;
CREATE POLICY system_reads ON app.company FOR SELECT TO quittance_system USING (true);
CREATE POLICY system_reads ON app.firm_grant FOR SELECT TO quittance_system USING (true);
CREATE POLICY tenant_only ON app.account_balance TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.audit_chain TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.audit_log TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.bank_account TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.bank_import TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.bank_line TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.bank_statement TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.company TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.customer TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.customer_counter TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.entry TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.entry_draft TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.entry_line TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.firm_grant TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.fiscal_year TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.invoice TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.invoice_line TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.invoice_series TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.invoice_vat TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.journal TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.ledger_account TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.ledger_chain TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.lettering_counter TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.match TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.match_allocation TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.match_refusal TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
CREATE POLICY tenant_only ON app.period TO quittance_tenant USING ((tenant_id = (current_setting('app.tenant_id'::text))::uuid)) WITH CHECK ((tenant_id = (current_setting('app.tenant_id'::text))::uuid));
GRANT USAGE ON SCHEMA app TO quittance_tenant;
GRANT USAGE ON SCHEMA app TO quittance_system;
GRANT USAGE ON SCHEMA app_meta TO quittance_system;
GRANT USAGE ON SCHEMA auth TO quittance_system;
REVOKE ALL ON FUNCTION app.protect(table_name text, rights text) FROM PUBLIC;
GRANT SELECT,INSERT,UPDATE ON TABLE app.account_balance TO quittance_tenant;
GRANT SELECT,INSERT,UPDATE ON TABLE app.audit_chain TO quittance_tenant;
GRANT SELECT,INSERT ON TABLE app.audit_log TO quittance_tenant;
GRANT SELECT,INSERT,UPDATE ON TABLE app.bank_account TO quittance_tenant;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.bank_import TO quittance_tenant;
GRANT SELECT,INSERT ON TABLE app.bank_line TO quittance_tenant;
GRANT UPDATE(entry_id) ON TABLE app.bank_line TO quittance_tenant;
GRANT UPDATE(treated) ON TABLE app.bank_line TO quittance_tenant;
GRANT SELECT,INSERT ON TABLE app.bank_statement TO quittance_tenant;
GRANT SELECT,INSERT,UPDATE ON TABLE app.company TO quittance_tenant;
GRANT SELECT ON TABLE app.company TO quittance_system;
GRANT SELECT,INSERT,UPDATE ON TABLE app.customer TO quittance_tenant;
GRANT SELECT,INSERT,UPDATE ON TABLE app.customer_counter TO quittance_tenant;
GRANT SELECT,INSERT ON TABLE app.entry TO quittance_tenant;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.entry_draft TO quittance_tenant;
GRANT SELECT,INSERT ON TABLE app.entry_line TO quittance_tenant;
GRANT UPDATE(lettering) ON TABLE app.entry_line TO quittance_tenant;
GRANT UPDATE(lettered_on) ON TABLE app.entry_line TO quittance_tenant;
GRANT SELECT,INSERT,UPDATE ON TABLE app.firm_grant TO quittance_tenant;
GRANT SELECT ON TABLE app.firm_grant TO quittance_system;
GRANT SELECT,INSERT,UPDATE ON TABLE app.fiscal_year TO quittance_tenant;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.invoice TO quittance_tenant;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.invoice_line TO quittance_tenant;
GRANT SELECT,INSERT,UPDATE ON TABLE app.match TO quittance_tenant;
GRANT SELECT,INSERT ON TABLE app.match_allocation TO quittance_tenant;
GRANT SELECT ON TABLE app.invoice_payment TO quittance_tenant;
GRANT SELECT,INSERT,UPDATE ON TABLE app.invoice_series TO quittance_tenant;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.invoice_vat TO quittance_tenant;
GRANT SELECT,INSERT,UPDATE ON TABLE app.journal TO quittance_tenant;
GRANT SELECT,INSERT ON TABLE app.ledger_account TO quittance_tenant;
GRANT UPDATE(label) ON TABLE app.ledger_account TO quittance_tenant;
GRANT SELECT,INSERT,UPDATE ON TABLE app.ledger_chain TO quittance_tenant;
GRANT SELECT,INSERT,UPDATE ON TABLE app.lettering_counter TO quittance_tenant;
GRANT SELECT,INSERT,DELETE ON TABLE app.match_refusal TO quittance_tenant;
GRANT SELECT ON TABLE app.open_invoice TO quittance_tenant;
GRANT SELECT,INSERT,UPDATE ON TABLE app.period TO quittance_tenant;
GRANT SELECT ON TABLE app_meta.schema_migrations TO quittance_system;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.account TO quittance_system;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.invitation TO quittance_system;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.member TO quittance_system;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.organization TO quittance_system;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.session TO quittance_system;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth."user" TO quittance_system;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.verification TO quittance_system;
ALTER DEFAULT PRIVILEGES IN SCHEMA auth GRANT SELECT,INSERT,DELETE,UPDATE ON TABLES  TO quittance_system;
