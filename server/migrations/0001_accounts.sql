-- Accounts, sign-in sessions and the trail of who did what.

create table users (
    id uuid primary key,
    email text not null,
    username text not null,
    password_hash text not null,
    full_name text,
    nickname text,
    avatar_url text,
    timezone text not null default 'UTC',
    native_language text,
    cefr_level text,
    role text not null default 'user' check (role in ('user', 'admin')),
    plan text not null default 'free' check (plan in ('free', 'plus', 'pro')),
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create unique index users_email on users (lower(email));
create unique index users_username on users (username);

-- One row for each sign-in; every access and refresh token belongs to one ("family"), and dies with it.
create table auth_sessions (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    revoked_reason text,
    address text not null,
    user_agent text not null
);
create index auth_sessions_user on auth_sessions (user_id, id);

-- Only hashes. A used token keeps its successor, sealed, for the seconds in which a lost reply may be asked for again.
create table refresh_tokens (
    token_hash bytea primary key,
    session_id uuid not null references auth_sessions (id) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    successor_hash bytea,
    successor_sealed bytea
);
create index refresh_tokens_session on refresh_tokens (session_id);

-- Failed (or running) password checks, counted by bucket: an account as seen by strangers, an address, a known device.
create table login_attempts (
    id uuid not null,
    bucket bytea not null,
    at timestamptz not null,
    primary key (id, bucket)
);
create index login_attempts_bucket on login_attempts (bucket, at);

-- No foreign keys: the trail outlives what it speaks of.
create table audit_events (
    id uuid primary key,
    at timestamptz not null,
    actor_id uuid,
    action text not null,
    target_kind text not null,
    target_id text not null,
    organization_id uuid,
    address text,
    request_id text,
    details jsonb not null
);
create index audit_events_actor on audit_events (actor_id, id);
create index audit_events_organization on audit_events (organization_id, id);
