-- Work that an organization gives to its learners: a module, or a text to read aloud, until a day.

-- `team` with the audience `members`: the team whose manager named them.
create table assignments (
    id uuid primary key,
    organization_id uuid not null references organizations (id) on delete cascade,
    module_id text,
    title text,
    text text,
    audience text not null check (audience in ('organization', 'team', 'members')),
    team text,
    due_at timestamptz not null,
    created_by uuid references users (id) on delete set null,
    created_at timestamptz not null,
    check ((module_id is null) = (title is not null) and (title is null) = (text is null)),
    check (case audience when 'organization' then team is null when 'team' then team is not null else true end)
);
create index assignments_organization on assignments (organization_id, id);
create index assignments_due on assignments (organization_id, due_at, id);
create index assignments_created_by on assignments (created_by) where created_by is not null;

-- Who is named ends to be so with the membership.
create table assignment_members (
    assignment_id uuid not null references assignments (id) on delete cascade,
    organization_id uuid not null,
    user_id uuid not null,
    primary key (assignment_id, user_id),
    foreign key (organization_id, user_id) references organization_members (organization_id, user_id) on delete cascade
);
create index assignment_members_membership on assignment_members (organization_id, user_id);
