-- Accounts at other providers that learners have connected.

create table connection_attempts (
    state_hash bytea primary key,
    user_id uuid not null references users (id) on delete cascade,
    browser_hash bytea not null,
    verifier_sealed bytea not null,
    redirect_to text,
    expires_at timestamptz not null
);
create index connection_attempts_user on connection_attempts (user_id);

create table connections (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    provider text not null,
    account text not null,
    scopes text[] not null,
    status text not null check (status in ('active', 'expired', 'revoked')),
    access_token_sealed bytea not null,
    refresh_token_sealed bytea,
    access_expires_at timestamptz not null,
    connected_at timestamptz not null,
    unique (user_id, provider, account)
);
