-- Sign-ins by an OpenID Connect provider. Whoever comes from there is known by issuer and subject, never by an address.
create table identities (
    issuer text not null,
    subject text not null,
    user_id uuid not null references users (id) on delete cascade,
    joined_at timestamptz not null,
    last_used_at timestamptz not null,
    primary key (issuer, subject),
    unique (user_id, issuer)
);

-- Begun, and not come back yet. `secrets_sealed` has the nonce and the verifier of the key exchange.
create table identity_attempts (
    state_hash bytea primary key,
    browser_hash bytea not null,
    secrets_sealed bytea not null,
    expires_at timestamptz not null
);
create index identity_attempts_expiry on identity_attempts (expires_at);
