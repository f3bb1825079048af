-- Webhooks: who wants which events, what happened, and what became of telling them.

-- An endpoint is a person's or an organization's. `previous_secret_sealed` signs as well until `previous_until`.
create table webhook_endpoints (
    id uuid primary key,
    user_id uuid references users (id) on delete cascade,
    organization_id uuid references organizations (id) on delete cascade,
    created_by uuid references users (id) on delete set null,
    url text not null,
    description text not null,
    events text[] not null,
    secret_sealed bytea not null,
    previous_secret_sealed bytea,
    previous_until timestamptz,
    failing_since timestamptz,
    disabled_at timestamptz,
    disabled_reason text check (disabled_reason in ('owner', 'failing', 'gone')),
    created_at timestamptz not null,
    check (num_nonnulls(user_id, organization_id) = 1),
    check ((disabled_at is null) = (disabled_reason is null)),
    check ((previous_secret_sealed is null) = (previous_until is null))
);
create index webhook_endpoints_user on webhook_endpoints (user_id, id) where user_id is not null;
create index webhook_endpoints_organization on webhook_endpoints (organization_id, id) where organization_id is not null;
create index webhook_endpoints_created_by on webhook_endpoints (created_by) where created_by is not null;

-- The outbox: a row is written in the transaction of the fact. It is for the endpoints of `user_id`, whom it is about,
-- and of the organizations in `audience`; a test is for `endpoint_id` alone. `once` names what is told only once.
create table webhook_events (
    id uuid primary key,
    type text not null,
    user_id uuid references users (id) on delete cascade,
    audience uuid[] not null,
    endpoint_id uuid references webhook_endpoints (id) on delete cascade,
    data jsonb not null,
    at timestamptz not null,
    once text,
    is_fanned_out boolean not null default false
);
create unique index webhook_events_once on webhook_events (once) where once is not null;
create index webhook_events_user on webhook_events (user_id) where user_id is not null;
create index webhook_events_endpoint on webhook_events (endpoint_id) where endpoint_id is not null;
create index webhook_events_at on webhook_events (at);
create index webhook_events_waiting on webhook_events (at) where not is_fanned_out;

-- `turn` grows with each planned try, so that a try that was replaced does nothing.
create table webhook_deliveries (
    id uuid primary key,
    endpoint_id uuid not null references webhook_endpoints (id) on delete cascade,
    event_id uuid not null references webhook_events (id) on delete cascade,
    status text not null check (status in ('waiting', 'delivered', 'dead')),
    turn int not null default 0,
    failures int not null default 0,
    next_at timestamptz,
    delivered_at timestamptz,
    created_at timestamptz not null,
    unique (endpoint_id, event_id),
    check ((status = 'waiting') = (next_at is not null))
);
create index webhook_deliveries_endpoint on webhook_deliveries (endpoint_id, id);
create index webhook_deliveries_event on webhook_deliveries (event_id);
create index webhook_deliveries_waiting on webhook_deliveries (next_at) where status = 'waiting';

-- The log: the status of the answer, or why there was none. What was sent and answered is not kept.
create table webhook_attempts (
    id uuid primary key,
    delivery_id uuid not null references webhook_deliveries (id) on delete cascade,
    at timestamptz not null,
    status int,
    problem text,
    latency_ms int not null
);
create index webhook_attempts_delivery on webhook_attempts (delivery_id, id);
