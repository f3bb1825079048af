-- Nobody becomes a member without saying so: organizations invite, people accept.

-- `addressee` is what the inviter wrote; `user_id` whom that meant at that moment, null when nobody. The inviter cannot
-- tell the two apart, nor see that somebody declined. An invitation dies with its inviter's membership.
create table organization_invitations (
    id uuid primary key,
    organization_id uuid not null references organizations (id) on delete cascade,
    addressee text not null,
    user_id uuid references users (id) on delete cascade,
    role text not null check (role in ('owner', 'admin', 'team_manager', 'member')),
    team text,
    moves_from uuid references organizations (id) on delete set null,
    invited_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    declined_at timestamptz,
    unique (organization_id, addressee),
    foreign key (organization_id, invited_by) references organization_members (organization_id, user_id)
        on delete cascade
);
create index organization_invitations_user on organization_invitations (user_id, id);
create index organization_invitations_inviter on organization_invitations (organization_id, invited_by);
create index organization_invitations_expiry on organization_invitations (expires_at);

-- As they are shown: with the names that belong to them, and without whether they were declined.
create view invitations_shown as
select i.id, i.organization_id, o.name as organization_name, o.slug as organization_slug, i.addressee, i.user_id, i.role,
    i.team, i.moves_from, i.invited_by, u.username as inviter, i.created_at, i.expires_at
from organization_invitations i join organizations o on o.id = i.organization_id join users u on u.id = i.invited_by;

-- When the member agreed to belong. Who was put in before there were invitations has not yet: they are asked now, and until
-- they accept nobody watches their sessions. The first of an organization made it.
alter table organization_members add column accepted_at timestamptz default now();
update organization_members m set accepted_at = null
where exists (
    select 1 from organization_members o
    where o.organization_id = m.organization_id and o.role = 'owner' and o.user_id <> m.user_id
) and exists (
    select 1 from organization_members e where e.organization_id = m.organization_id and e.joined_at < m.joined_at
) and not exists (
    select 1 from integration_subjects s where s.organization_id = m.organization_id and s.user_id = m.user_id
);
insert into organization_invitations
    (id, organization_id, addressee, user_id, role, team, invited_by, created_at, expires_at)
select gen_random_uuid(), m.organization_id, m.user_id::text, m.user_id, m.role, m.team, o.user_id, now(),
       '9999-12-31 00:00:00Z'
from organization_members m
join lateral (
    select user_id from organization_members
    where organization_id = m.organization_id and role = 'owner' and user_id <> m.user_id order by joined_at limit 1
) o on true
where m.accepted_at is null;
