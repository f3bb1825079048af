-- Tokens that a tenant (an organization) hands to its own pages and servers.

-- At most one key of a tenant signs; a retired one keeps only its public half, until the tokens it signed are dead.
create table tenant_keys (
    kid text primary key,
    organization_id uuid not null references organizations (id) on delete cascade,
    public_key bytea not null,
    private_key_sealed bytea,
    created_at timestamptz not null,
    retired_at timestamptz,
    check ((retired_at is null) = (private_key_sealed is not null))
);
create unique index tenant_keys_active on tenant_keys (organization_id) where retired_at is null;
create index tenant_keys_organization on tenant_keys (organization_id);

create table integration_tokens (
    jti uuid primary key,
    organization_id uuid not null references organizations (id) on delete cascade,
    kid text not null,
    mode text not null check (mode in ('api', 'embed')),
    origin text not null,
    scopes text[] not null,
    subject text not null,
    acts_for uuid not null references users (id) on delete cascade,
    issued_by uuid references users (id) on delete set null,
    issued_at timestamptz not null,
    expires_at timestamptz not null
);
create index integration_tokens_expiry on integration_tokens (expires_at);

create table integration_token_revocations (
    jti uuid primary key,
    organization_id uuid not null references organizations (id) on delete cascade,
    reason text not null,
    revoked_at timestamptz not null,
    revoked_by uuid references users (id) on delete set null,
    expires_at timestamptz not null
);
create index integration_token_revocations_organization on integration_token_revocations (organization_id, revoked_at);

-- A learner of a tenant's own site: known to us by the tenant's name for them, with an account that nobody signs in to.
create table integration_subjects (
    organization_id uuid not null references organizations (id) on delete cascade,
    subject text not null,
    user_id uuid not null unique references users (id) on delete cascade,
    created_at timestamptz not null,
    primary key (organization_id, subject)
);
