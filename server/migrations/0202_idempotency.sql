-- Answers kept for requests that are repeated. A row without a status is a request that runs now, under a lease.

create table idempotency_keys (
    owner text not null,
    operation text not null,
    key text not null,
    digest text not null,
    claim uuid not null,
    lease_until timestamptz not null,
    expires_at timestamptz not null,
    status int,
    headers jsonb,
    body_sealed bytea,
    primary key (owner, operation, key)
);
create index idempotency_keys_expiry on idempotency_keys (expires_at);
