-- Invitations by link: whoever has the secret may become a member, with a role that manages no more than a team. Only the
-- secret's hash is kept. A link dies with its maker's membership.
create table organization_links (
    id uuid primary key,
    organization_id uuid not null references organizations (id) on delete cascade,
    secret_hash bytea not null unique,
    role text not null check (role in ('team_manager', 'member')),
    team text,
    invited_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used integer not null default 0,
    foreign key (organization_id, invited_by) references organization_members (organization_id, user_id)
        on delete cascade
);
create index organization_links_of on organization_links (organization_id, id);
create index organization_links_inviter on organization_links (organization_id, invited_by);
create index organization_links_expiry on organization_links (expires_at);

-- As they are shown: with the names that belong to them.
create view organization_links_shown as
select l.id, l.organization_id, o.name as organization_name, l.secret_hash, l.role, l.team, l.invited_by,
    u.username as inviter, l.created_at, l.expires_at, l.used
from organization_links l join organizations o on o.id = l.organization_id join users u on u.id = l.invited_by;
