-- Organizations, who belongs to them, and the API keys that act in them.

create table organizations (
    id uuid primary key,
    name text not null,
    slug text not null unique,
    description text,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create table organization_members (
    organization_id uuid not null references organizations (id) on delete cascade,
    user_id uuid not null references users (id) on delete cascade,
    role text not null check (role in ('owner', 'admin', 'team_manager', 'member')),
    team text,
    joined_at timestamptz not null,
    primary key (organization_id, user_id)
);
create index organization_members_user on organization_members (user_id, organization_id);

-- Only the hash of a key is kept. A key that acts in an organization dies with its creator's membership: the second
-- reference sees to that (it is not checked while organization_id is null).
create table api_keys (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    organization_id uuid,
    name text not null,
    prefix text not null,
    key_hash bytea not null unique,
    scopes text[] not null,
    allowed_ips text[] not null,
    expires_at timestamptz,
    last_used_at timestamptz,
    created_at timestamptz not null,
    foreign key (organization_id, user_id) references organization_members (organization_id, user_id) on delete cascade
);
create index api_keys_user on api_keys (user_id, id);
create index api_keys_membership on api_keys (organization_id, user_id);
