-- Modules that teachers made of texts of their own. `content` is a module of the course's shape; `text` what it was made of.

create table english_own_modules (
    id text primary key,
    organization_id uuid not null references organizations (id) on delete cascade,
    owner_id uuid not null references users (id) on delete cascade,
    title text not null,
    level text not null,
    text text not null,
    content jsonb not null,
    created_at timestamptz not null
);
create index english_own_modules_organization on english_own_modules (organization_id, created_at, id);
create index english_own_modules_owner on english_own_modules (owner_id);

-- A module of a teacher has its title with the assignment: the course does not know it.
alter table assignments drop constraint assignments_check;
alter table assignments add constraint assignments_work check (
    (module_id is null) = (text is not null) and (text is null or title is not null)
);
