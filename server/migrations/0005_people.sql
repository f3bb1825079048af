-- What administrators do with accounts, and links that stand for a password.

alter table users
    add column disabled_at timestamptz,
    add column email_verified_at timestamptz;

-- So that an administrator can forget the failures of an account, in all of its buckets.
alter table login_attempts add column account uuid;
create index login_attempts_account on login_attempts (account) where account is not null;

-- Links are used once and kept as hashes. `user_id` is null for an invitation, which has no account yet. `mailed` says
-- that it went to `email` and nowhere else: whoever uses it reads mail there.
create table account_links (
    token_hash bytea primary key,
    id uuid not null unique,
    kind text not null check (kind in ('reset', 'invitation', 'verification')),
    user_id uuid references users (id) on delete cascade,
    email text,
    full_name text,
    plan text check (plan in ('free', 'plus', 'pro')),
    mailed boolean not null,
    created_by uuid references users (id) on delete set null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    check ((user_id is null) = (kind = 'invitation'))
);
create index account_links_user on account_links (user_id, kind) where user_id is not null;
create index account_links_creator on account_links (created_by) where created_by is not null;
create index account_links_expiry on account_links (expires_at);

-- One row at most: what an administrator decided while the server runs. Null leaves it to the settings.
create table entrance (
    only_one boolean primary key default true check (only_one),
    registration boolean,
    guests boolean,
    guests_a_day integer check (guests_a_day >= 0),
    changed_at timestamptz not null
);

-- The guests that an address opened are counted in the trail.
create index audit_events_guests on audit_events (at) where action = 'account.guest';
