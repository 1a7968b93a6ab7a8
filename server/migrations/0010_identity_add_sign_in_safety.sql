-- Signing in safely: second factors, passkeys, sessions one can see and end, counters of wrong tries, tokens, mail.
-- It belongs to people and to the installation, not to a company: only quittance_system reads and writes it.

-- A passkey, as the sign-in library defines it (a test compares the two); the last column is ours.
create table auth.passkey (
  "id" uuid not null primary key,
  "name" text,
  "publicKey" text not null,
  "userId" uuid not null references auth."user" ("id") on delete cascade,
  "credentialID" text not null,
  "counter" integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  "transports" text,
  "createdAt" timestamptz,
  "aaguid" text,
  last_used_at timestamptz
);
create index "passkey_userId_idx" on auth.passkey ("userId");
create index "passkey_credentialID_idx" on auth.passkey ("credentialID");
-- The library looks a passkey up by its credential alone: two people must never hold the same one.
create unique index passkey_credential_once on auth.passkey ("credentialID");

-- A browser or a program a person signed in from. token_hash: the cookie that a browser keeps to be recognised.
create table auth.device (
  id uuid not null primary key,
  user_id uuid not null references auth."user" ("id") on delete cascade,
  token_hash text,
  words text not null,
  agent_hash text not null,
  -- The neighbourhood of the address (/24, or /48 in IPv6): a program that keeps no cookie is known by it.
  network text not null,
  last_address text not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now()
);
create unique index device_by_token on auth.device (user_id, token_hash) where token_hash is not null;
create index device_by_user on auth.device (user_id, last_seen_at desc, id);

-- What the library's session does not hold.
create table auth.session_detail (
  session_id uuid not null primary key references auth.session ("id") on delete cascade,
  device_id uuid references auth.device (id) on delete set null,
  kind text not null check (kind in ('browser', 'program')),
  method text not null check (method in ('password', 'two-factor', 'recovery-code', 'passkey', 'sign-up')),
  device_words text not null,
  last_seen_at timestamptz not null default now()
);

-- The seed of the codes (RFC 6238), sealed. last_step: the thirty seconds of the last code taken, so that none is taken twice.
create table auth.second_factor (
  -- The id of the person.
  id uuid not null primary key references auth."user" ("id") on delete cascade,
  seed_sealed text not null,
  last_step bigint not null default 0,
  created_at timestamptz not null default now(),
  confirmed_at timestamptz
);

create table auth.recovery_code (
  user_id uuid not null references auth.second_factor (id) on delete cascade,
  hash text not null,
  used_at timestamptz,
  primary key (user_id, hash)
);

-- Between the right password and the right code.
create table auth.sign_in_challenge (
  token_hash text not null primary key,
  user_id uuid not null references auth."user" ("id") on delete cascade,
  wrong_codes int not null default 0,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sign_in_challenge_by_end on auth.sign_in_challenge (expires_at);

-- Wrong tries, counted for every process together. The key is a hash: no address is kept here.
create table auth.attempt (
  key text not null primary key,
  count int not null default 0,
  last_at timestamptz not null default now(),
  blocked_until timestamptz,
  forget_at timestamptz not null default now() + interval '1 day'
);
create index attempt_by_end on auth.attempt (forget_at);

create table auth.password_reset (
  token_hash text not null primary key,
  user_id uuid not null references auth."user" ("id") on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index password_reset_by_user on auth.password_reset (user_id);

-- The keys that sign access tokens: the public half is published, the private one sealed.
create table auth.jwks (
  -- The kid of the tokens.
  id uuid not null primary key,
  public_jwk jsonb not null,
  private_sealed text not null,
  created_at timestamptz not null
);
create index jwks_by_age on auth.jwks (created_at desc);

-- A refresh token is good once. A used one stays until its session ends: meeting it again means that it was stolen.
create table auth.refresh_token (
  token_hash text not null primary key,
  session_id uuid not null references auth.session ("id") on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index refresh_token_by_session on auth.refresh_token (session_id);

-- Messages on their way. The body holds links that open an account: it is sealed, and gone once the message is sent.
create table auth.mail_message (
  id uuid not null primary key,
  tenant_id uuid references auth.organization ("id") on delete cascade,
  "to" text not null,
  locale text not null check (locale in ('fr', 'en')),
  subject text not null,
  body_sealed text,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  attempts int not null default 0,
  error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  check (state <> 'sent' or (sent_at is not null and body_sealed is null))
);
create index mail_message_by_recipient on auth.mail_message ("to", created_at desc, id desc);
create index mail_message_by_tenant on auth.mail_message (tenant_id, created_at desc, id desc);
